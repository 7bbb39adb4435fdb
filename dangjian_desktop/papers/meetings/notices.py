"""会议通知 and 议程: what is told of a sitting before it takes place."""

from __future__ import annotations

from collections.abc import Iterator

from dangjian_desktop.documents.model import (
    Block,
    Document,
    Layout,
    Paragraph,
    Role,
    Row,
    Table,
    WriteLines,
    cell,
    row,
)
from dangjian_desktop.domain.dates import chinese_date, weekday_name
from dangjian_desktop.domain.meetings.kinds import PREVIOUS_TITLE
from dangjian_desktop.domain.meetings.meeting import AgendaItem
from dangjian_desktop.papers.blanks import DAY_BLANK
from dangjian_desktop.papers.catalogue import Wanted
from dangjian_desktop.papers.meetings.details import details_beforehand
from dangjian_desktop.papers.meetings.items import topic_words
from dangjian_desktop.papers.meetings.sheet import MeetingSheet
from dangjian_desktop.papers.meetings.sitting import Sitting
from dangjian_desktop.papers.naming import branch_stem, called_words, full_title, paper_name
from dangjian_desktop.papers.numerals import numeral

_BLANK = "　" * 8
_NO_TIME = "　　时　　分"


def compose_notice(sheet: MeetingSheet, _wanted: Wanted) -> Document:
    """会议通知: when, where, who, what about; what else there is to say is left to be written."""
    sitting = sheet.sitting
    called = called_words(sitting.kinds, sitting.meeting.group)
    title = f"关于{_verb(called)}{called}的通知"
    blocks = (
        Paragraph(full_title(sitting.branch, title), Role.TITLE),
        Paragraph("", Role.BLANK_LINE),
        Paragraph(f"{_called(sitting)}：", Role.FLUSH),
        *_told(sitting, called),
        Paragraph("", Role.BLANK_LINE, keep_with_next=True),
        Paragraph(branch_stem(sitting.branch.name), Role.SIGNATURE, keep_with_next=True),
        Paragraph(DAY_BLANK, Role.DATE_LINE),
    )
    return _document(sheet, f"{called}通知", blocks)


def compose_agenda(sheet: MeetingSheet, _wanted: Wanted) -> Document:
    """议程: each item with who reports and how long it is to take."""
    sitting, meeting = sheet.sitting, sheet.meeting
    title = f"{called_words(sitting.kinds, meeting.group)}议程"
    facts = [
        ("会议名称", meeting.title),
        ("时间", _when(sitting)),
        ("地点", meeting.place or _BLANK),
        ("主持人", sitting.host() if meeting.host else _BLANK),
        ("参加人员", _called(sitting)),
        ("列席人员", _observers(sitting)),
        *_details(sitting),
    ]
    blocks = (
        Paragraph(full_title(sitting.branch, title), Role.TITLE),
        Paragraph("", Role.BLANK_LINE),
        *(Paragraph(text, Role.LABELLED, f"{label}：") for label, text in facts if text),
        *_carried(sheet),
        *_items(sitting),
    )
    return _document(sheet, title, blocks)


def _carried(sheet: MeetingSheet) -> Iterator[Block]:
    """What became of the last decisions; room to write where nobody has said."""
    if sheet.carried:
        yield Paragraph("", lead=f"{PREVIOUS_TITLE}：", keep_with_next=True)
    for number, each in enumerate(sheet.carried, 1):
        start = f"{number}. {each.head}：" if len(sheet.carried) > 1 else f"{each.head}："
        yield Paragraph(f"{start}{each.told}", keep_with_next=not each.told)
        if not each.told:
            yield WriteLines(1)


def _document(sheet: MeetingSheet, what: str, blocks: tuple[Block, ...]) -> Document:
    return Document(
        name=paper_name(sheet.branch, what, sheet.meeting.date),
        title=f"{sheet.branch.short}{what}",
        blocks=blocks,
        layout=Layout.OFFICIAL,
        foot=sheet.stamp.foot,
        mark=sheet.stamp.mark,
    )


def _verb(called: str) -> str:
    if called.endswith(("日", "活动")):
        return "开展"
    return "上" if called == "党课" else "召开"


def _called(sitting: Sitting) -> str:
    """Who is to come: 全体党员; 支部委员; the members of a party group."""
    words = dict.fromkeys(count.called.label for count in sitting.counts)
    group = sitting.meeting.group
    return f"{group}党员" if group else "、".join(words) or _BLANK


def _when(sitting: Sitting) -> str:
    meeting = sitting.meeting
    day = f"{chinese_date(meeting.date)}（{weekday_name(meeting.date)}）"
    start = f"{meeting.start:%H:%M}" if meeting.start else _NO_TIME
    return day + start + (f"至{meeting.end:%H:%M}" if meeting.end else "")


def _observers(sitting: Sitting) -> str:
    found = sitting.meeting.observers
    return "、".join(f"{o.name}（{o.role}）" if o.role else o.name for o in found)


def _details(sitting: Sitting) -> list[tuple[str, str]]:
    return [(detail.label, "；".join(detail.texts)) for detail in details_beforehand(sitting)]


def _told(sitting: Sitting, called: str) -> Iterator[Block]:
    meeting = sitting.meeting
    name = meeting.title or called
    yield Paragraph(
        f"定于{chinese_date(meeting.date)}{_verb(called)}{name}，现将有关事项通知如下。"
    )
    agenda = [_notice_words(item) for item in meeting.agenda]
    points: list[tuple[str, list[str]]] = [
        ("时间", [_when(sitting)]),
        ("地点", [meeting.place or _BLANK]),
        ("参加人员", [_called(sitting)]),
        ("列席人员", [_observers(sitting)] if meeting.observers else []),
        ("议程", [f"{n}. {t}" for n, t in enumerate(agenda, 1)] if len(agenda) > 1 else agenda),
        *((label, [text]) for label, text in _details(sitting)),
        ("其他事项", [""]),
    ]
    told = [(label, texts) for label, texts in points if texts]
    for number, (label, texts) in enumerate(told, 1):
        if len(texts) == 1 and texts[0]:
            yield Paragraph(texts[0], lead=f"{numeral(number)}、{label}：")
        else:
            yield Paragraph(f"{numeral(number)}、{label}", Role.HEADING1)
            yield from (Paragraph(text) for text in texts if text)
    yield WriteLines(2)


def _notice_words(item: AgendaItem) -> str:
    """The topic with who speaks to it."""
    return topic_words(item) + (f"（{item.reporter.name}）" if item.reporter else "")


def _items(sitting: Sitting) -> Iterator[Block]:
    """The items as a table; three empty rows where there are none yet."""
    agenda = sitting.meeting.agenda
    rows = [
        (
            str(number),
            topic_words(item),
            item.reporter.name if item.reporter else "",
            f"{item.minutes}分钟" if item.minutes else "",
        )
        for number, item in enumerate(agenda, 1)
    ] or [(str(number), "", "", "") for number in (1, 2, 3)]
    first = 1 if len(agenda) == 1 else 0  # a single item has no number
    yield Paragraph("", lead="议程：", keep_with_next=True)
    head = row(("序号", "内容", "汇报人", "时长")[first:], Role.CELL_HEAD, header=True)
    yield Table((head, *(_row(texts, first) for texts in rows)), (1.0, 6.4, 1.8, 1.6)[first:])


def _row(texts: tuple[str, ...], first: int) -> Row:
    number, topic, *rest = texts
    middle = (cell(text, Role.CELL_CENTER) for text in rest)
    fields = (cell(number, Role.CELL_CENTER), cell(topic), *middle)
    return Row(fields[first:], min_height_mm=10.0, splittable=False)
