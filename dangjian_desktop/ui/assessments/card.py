"""The card of a self-check: its sums in a line, and its standards as a table to read across."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from PySide6.QtWidgets import QWidget

from dangjian_desktop.domain.amounts import number_text
from dangjian_desktop.domain.assessments.assessment import (
    Assessment,
    Band,
    Criterion,
    evidence_numbers,
    notes,
    reached,
    source_words,
)
from dangjian_desktop.domain.items.item import Item
from dangjian_desktop.services.assessments.assessments import CheckSheet
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import column_of, label
from dangjian_desktop.ui.records.subject import Detail, Heading
from dangjian_desktop.ui.versions import TextTable

_COLUMNS = (
    ("项目", 14),
    ("标准", 24),
    ("得分", 2),
    ("完成情况", 22),
    ("差距", 24),
    ("佐证", 20),
)


class AssessmentCard(QWidget):
    """One self-check; ``sheet`` is what is shown of it."""

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__()
        self._desk = desk
        self.sheet: CheckSheet | None = None
        self.sums = label("", wrap=True, name="assessment.sums")
        self.counted = label("", "soft", wrap=True, name="assessment.counted")
        self.notes = label("", "warn", wrap=True, name="assessment.notes")
        shares = [share for _, share in _COLUMNS]
        self.table = TextTable(theme, name="assessment.table", title="考核项目", shares=shares)
        column_of(self.sums, self.counted, self.notes, (self.table, 1), on=self, gap=4)

    def as_detail(self) -> Detail:
        """What the page has to know of it."""
        hint = "选择一次自评，这里显示各项标准、得分和差距。"
        return Detail(body=self, load=self._desk.assessments.sheet, show=self._show, hint=hint)

    @property
    def finished(self) -> bool:
        """Whether the one that is shown is finished."""
        return self.sheet is not None and self.sheet.assessment.finished is not None

    @property
    def has_gaps(self) -> bool:
        """Whether something lacks in the one that is shown."""
        return self.sheet is not None and bool(self.sheet.assessment.gaps)

    def _show(self, sheet: CheckSheet) -> Heading:
        self.sheet = sheet
        found = sheet.assessment
        self.sums.setText("　".join(_sums(found)))
        self.counted.setText(source_words(found))
        self.counted.setVisible(bool(self.counted.text()))
        said = notes(found)
        self.notes.setText("；".join(said) + "。" if said else "")
        self.notes.setVisible(bool(said))
        self.table.show_texts([title for title, _ in _COLUMNS], [*_rows(sheet)])
        self.table.setVisible(bool(found.criteria))
        when = found.period.label if found.period else "时段待填"
        line = "　".join(filter(None, (when, f"自评日期 {found.day}", found.source)))
        state = f"已完成 {found.finished}" if found.finished else "未完成"
        return Heading(found.title, line, state, "good" if found.finished else "soft")


def _sums(found: Assessment) -> Iterator[str]:
    """共12项（底线10项、高线2项）　得分95/100　差距4项　佐证15件."""
    bands = [(band, sum(c.band is band for c in found.criteria)) for band in Band]
    told = "、".join(f"{band.label}{number}项" for band, number in bands if number)
    yield f"共{len(found.criteria)}项" + (f"（{told}）" if told else "")
    if found.scores is not None:
        full = f"/{number_text(found.weights)}" if found.weighted else ""
        yield f"得分{number_text(found.scores)}{full}"
    yield f"差距{len(found.gaps)}项"
    yield f"佐证{sum(len(each.evidence) for each in found.criteria)}件"


def _rows(sheet: CheckSheet) -> Iterator[tuple[str, ...]]:
    every = zip(sheet.assessment.criteria, sheet.counted, sheet.problems, strict=True)
    for number, (each, counted, problems) in enumerate(every, 1):
        band = f"\n{each.band.label}" if each.band else ""
        yield (
            f"{each.number or number} {each.item}{band}",
            each.standard,
            f"{_number(each.score)}/{_number(each.weight)}".strip("/"),
            reached(each, counted),
            "\n".join(filter(None, (each.gap, *map(_problem, problems)))),
            "\n".join(_evidence(each, number)),
        )


def _number(value: Decimal | None) -> str:
    return "" if value is None else number_text(value)


def _problem(item: Item) -> str:
    return f"【问题{item.number}：{item.state.label}】"


def _evidence(each: Criterion, number: int) -> Iterator[str]:
    return (" ".join(told) for told in evidence_numbers(each, number))
