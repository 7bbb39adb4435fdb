"""谈心谈话记录表: what is known of a talk, and room to write the rest by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dangjian_desktop.documents.model import Document, Layout, Paragraph, Role, Row
from dangjian_desktop.domain.dates import chinese_date
from dangjian_desktop.domain.talks.coverage import TalkKind
from dangjian_desktop.domain.talks.talk import HeartTalk
from dangjian_desktop.papers.blanks import DAY_BLANK
from dangjian_desktop.papers.catalogue import Wanted
from dangjian_desktop.papers.naming import branch_stem, names_of, paper_name
from dangjian_desktop.papers.ruled_form import form_table, line, running, signature, wide
from dangjian_desktop.papers.talks.sheet import TalkSheet

_TITLE = "谈心谈话记录表"
_HALF = 8


def compose_record(sheet: TalkSheet, _wanted: Wanted) -> Document:
    """One page, signed by both sides."""
    talk = sheet.talk
    day = sheet.stamp.made.date() if talk is None else talk.day
    people = () if talk is None else (*talk.talkers, *talk.partners)
    what = f"{_TITLE}（空表）" if talk is None else _TITLE
    return Document(
        name=paper_name(sheet.branch, what, day),
        title=f"{sheet.branch.name}{_TITLE}",
        blocks=(
            Paragraph(branch_stem(sheet.branch.name), Role.SUBTITLE),
            Paragraph(_TITLE, Role.TITLE),
            form_table([*_rows(talk, sheet.kinds)]),
        ),
        layout=Layout.FORM,
        foot=sheet.stamp.foot if talk is not None else "",
        mark=sheet.stamp.mark,
        names=names_of(people),
    )


def _rows(talk: HeartTalk | None, kinds: tuple[TalkKind, ...]) -> Iterator[Row]:
    told = _told(talk)
    between = "、".join(kind.label for kind in kinds if kind is not TalkKind.OPEN)
    yield line(
        ("谈话日期", told["day"] or DAY_BLANK.strip("　"), _HALF), ("地点", told["place"], _HALF)
    )
    yield line(("谈话人", told["talkers"], _HALF), ("谈话对象", told["partners"], _HALF))
    yield line(("谈话类型", between, _HALF), ("谈话时机", told["occasion"], _HALF))
    yield wide("内容要点", running(told["gist"]), blank_mm=62.0)
    yield wide("意见建议", running(told["opinion"]), blank_mm=36.0)
    yield wide("跟进事项", running(told["follow_up"]), blank_mm=22.0)
    yield line(("跟进人", told["follow_by"], _HALF), ("跟进期限", told["follow_due"], _HALF))
    yield line(("办结日期", told["followed"], _HALF), ("记录人", "", _HALF))
    yield signature("谈话人\n签字")
    yield signature("谈话对象\n签字")


def _told(talk: HeartTalk | None) -> dict[str, str]:
    if talk is None:
        names = ("day", "place", "talkers", "partners", "occasion", "gist", "opinion")
        return dict.fromkeys((*names, "follow_up", "follow_by", "follow_due", "followed"), "")
    occasion = talk.occasion.label if talk.occasion else ""
    return {
        "day": chinese_date(talk.day),
        "place": talk.place,
        "talkers": "、".join(person.name for person in talk.talkers),
        "partners": "、".join(person.name for person in talk.partners),
        "occasion": "，".join(filter(None, (occasion, talk.about))),
        "gist": talk.gist,
        "opinion": talk.opinion,
        "follow_up": talk.follow_up,
        "follow_by": talk.follow_by.name if talk.follow_by else "",
        "follow_due": _day(talk.follow_due),
        "followed": _day(talk.followed),
    }


def _day(day: date | None) -> str:
    return chinese_date(day) if day else ""
