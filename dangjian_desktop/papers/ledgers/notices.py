"""公示 of one row: the sheet to be put up, and behind it the record of how it went."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from dangjian_desktop.documents.model import (
    Block,
    Document,
    Layout,
    PageBreak,
    Paragraph,
    Role,
    WriteLines,
)
from dangjian_desktop.domain.dates import chinese_date
from dangjian_desktop.domain.ledgers.ledger import SUPERIORS, TITLE_WORDS, NoticePrint
from dangjian_desktop.domain.ledgers.patterns import Place, filled, places_of
from dangjian_desktop.domain.ledgers.words import stands_in, title_of
from dangjian_desktop.papers.blanks import DAY_BLANK, ROOM, UNKNOWN
from dangjian_desktop.papers.ledgers.cards import field_text, place_text, signs
from dangjian_desktop.papers.ledgers.sheet import LedgerSheet
from dangjian_desktop.papers.naming import branch_stem
from dangjian_desktop.papers.ruled_form import (
    GRID,
    LABEL,
    form_table,
    line,
    opinion,
    running,
    wide,
)

_RESULT_MM = 60.0
_RESULT, _CONTACT = "收到的意见及处理", "受理人及电话"
_TIME = "公示时间："
_UNCHECKED = "，未计法定节假日，待核对"


def compose_public_notice(sheet: LedgerSheet, layout: NoticePrint) -> Document:
    """What is told, from when to when, whom to tell; what is not filled is room to write.

    The sheet is for everybody to read, so masked fields never stand on it; the record behind it
    is left out of a public print.
    """
    posted = replace(sheet, public=True)
    blocks: list[Block] = [
        Paragraph("", Role.BLANK_LINE),
        *(block for text in layout.text for block in _told(posted, text)),
        *(Paragraph(text, lead=lead) for lead, text in _time(posted, layout)),
        *_contacts(posted, layout),
        Paragraph("对公示内容有意见的，请在公示期间向受理人反映。"),
        Paragraph("", Role.BLANK_LINE, keep_with_next=True),
        Paragraph(branch_stem(sheet.branch.name), Role.SIGNATURE, keep_with_next=True),
        # A 公示 is dated by the day on which it is put up.
        Paragraph(_day(_date(posted, layout.from_field)), Role.DATE_LINE),
    ]
    if not sheet.public:
        blocks += _record(sheet, layout)
    about = _about(posted, layout)
    heading = f"关于{about}的{sheet.plain_title}" if about else ""
    return sheet.document(
        Layout.OFFICIAL, blocks, what=title_of(sheet.ledger, sheet.row), heading=heading
    )


def _about(sheet: LedgerSheet, layout: NoticePrint) -> str:
    """What the 公示 is about, without the words of a title that were typed with it."""
    text = place_text(sheet, Place("", layout.about)).removesuffix(sheet.plain_title)
    return text.removeprefix("关于").removesuffix("的")


def _told(sheet: LedgerSheet, pattern: str) -> Iterator[Block]:
    """The paragraphs of one pattern; none where all that it names is kept back."""
    places = [p for p in places_of(pattern) if p.field not in TITLE_WORDS]
    shown = [p for p in places if sheet.field(p.field) is not None]
    if places and (not shown or all(stands_in(sheet.ledger, sheet.row, p.field) for p in shown)):
        return
    known = any(place_text(sheet, place) for place in shown)
    room = (*SUPERIORS, *("" if known else place.field for place in shown[:1]))

    def words(place: Place) -> str:
        return place_text(sheet, place) or (ROOM if place.field in room else "")

    parts = [part for part in filled(pattern, words).split("\n") if part.strip(f" 　{ROOM}")]
    yield from map(Paragraph, parts)
    if not parts:
        yield WriteLines(4)


def _date(sheet: LedgerSheet, name: str) -> date | None:
    found = sheet.row.value(name) if sheet.field(name) else None
    return found if isinstance(found, date) else None


def _day(day: date | None) -> str:
    return DAY_BLANK if day is None else chinese_date(day)


def _time(sheet: LedgerSheet, layout: NoticePrint) -> Iterator[tuple[str, str]]:
    """From when to when, and how many working days these are as far as holidays are known."""
    first, last = _date(sheet, layout.from_field), _date(sheet, layout.until_field)
    # Two days to be written by hand find room in one line.
    span = "至".join(DAY_BLANK[2:] if day is None else chinese_date(day) for day in (first, last))
    if first is None or last is None or first > last:
        yield _TIME, span
        yield "工作日数：", UNKNOWN
        return
    unsure = "" if sheet.workdays.knows(first, last) else _UNCHECKED
    yield _TIME, f"{span}（{sheet.workdays.count(first, last)}个工作日{unsure}）"


def _contacts(sheet: LedgerSheet, layout: NoticePrint) -> Iterator[Block]:
    """Each field of whom to tell, or one line to write it on."""
    fields = [found for name in layout.contact if (found := sheet.field(name)) is not None]
    for asked in fields:
        text = field_text(sheet, asked, sheet.row) or ROOM
        yield Paragraph(text, lead=f"{asked.label}：")
    if not fields:
        yield Paragraph(ROOM, lead=f"{_CONTACT}：")


def _record(sheet: LedgerSheet, layout: NoticePrint) -> Iterator[Block]:
    """公示结果: what came in, and room for what the branch found, which is never drafted."""
    asked = sheet.field(layout.result)
    text = field_text(sheet, asked, sheet.row) if asked else ""
    rows = [
        line(("公示事项", title_of(sheet.ledger, sheet.row), GRID - LABEL)),
        *(line((lead.rstrip("："), text, GRID - LABEL)) for lead, text in _time(sheet, layout)),
        wide(asked.label if asked else _RESULT, running(text), blank_mm=_RESULT_MM),
        opinion("公示结果", "负责人"),
        *signs(layout.sign),
    ]
    yield PageBreak()
    yield Paragraph("公示结果记录", Role.TITLE)
    yield form_table(rows)
