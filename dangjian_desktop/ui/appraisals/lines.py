"""What the card of an anonymous rating says: the sheets, then each item with its counts."""

from __future__ import annotations

from collections.abc import Iterator

from dangjian_desktop.domain.appraisals.appraisal import FusionAppraisal, Grade, Rating
from dangjian_desktop.domain.dates import chinese_date
from dangjian_desktop.domain.field_texts import Titles

NONE = "—"
_SHEETS = (("发出", "issued"), ("收回", "returned"), ("有效", "valid"))
_COUNTS = (*((grade.label, grade.value) for grade in Grade), ("未评", "unrated"))


def appraisal_lines(found: FusionAppraisal, _titles: Titles) -> Iterator[tuple[str, str]]:
    """Labels and texts; a count that nobody told is not there."""
    yield "测评时段", found.period.label
    yield "测评日期", chinese_date(found.held_on)
    yield "测评表", _counted(found, _SHEETS, "张")
    for each in found.ratings:
        yield each.name, "\n".join(filter(None, (_counted(each, _COUNTS), each.opinions)))
    yield "其他意见建议", found.opinions or NONE
    yield "附件", "、".join(file.name for file in found.files) or NONE
    yield "备注", found.note or NONE


def _counted(
    told: FusionAppraisal | Rating, counts: tuple[tuple[str, str], ...], unit: str = ""
) -> str:
    """满意19　比较满意10."""
    known = ((label, getattr(told, name)) for label, name in counts)
    return "　".join(f"{label}{n}{unit}" for label, n in known if n is not None) or NONE
