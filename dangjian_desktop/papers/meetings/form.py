"""Minutes as the ruled form of the 党支部工作手册, in the order that an inspection accepts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from dangjian_desktop.documents.model import (
    Block,
    Cell,
    EndMark,
    Paragraph,
    Role,
    Row,
    Table,
    WriteLines,
    cell,
)
from dangjian_desktop.domain.dates import chinese_date
from dangjian_desktop.domain.meetings.meeting import Action, AgendaItem
from dangjian_desktop.papers.blanks import UNKNOWN
from dangjian_desktop.papers.meetings.details import Detail, Grid, absence_grid, details_of
from dangjian_desktop.papers.meetings.items import (
    expected_words,
    topic_words,
    votes_by_ballot,
)
from dangjian_desktop.papers.meetings.sitting import (
    Sitting,
    absence_words,
    day_words,
    excluded_words,
    late_words,
    members_words,
    number_words,
    numbered,
    observers_words,
    padded,
    stated_words,
    turnout_words,
    twice_words,
    voters_words,
)
from dangjian_desktop.papers.meetings.votes import candidate_columns, resolution, vote_words
from dangjian_desktop.papers.naming import agenda_title, record_title
from dangjian_desktop.papers.numerals import numeral
from dangjian_desktop.papers.ruled_form import columns_of

_GRID = 24
_LABEL = 4
_SIGNATURE_MM = 12.0
# Columns that a name of twelve characters takes.
_LONGEST_NAME = 8
_ABSENT, _OBSERVERS = "缺席人员、\n原因、补学", "列席人员、\n单位职务"
# A row of so many paragraphs and characters, about three lines, is not parted.
_FEW, _UNBROKEN = 3, 90


def form_blocks(sitting: Sitting) -> Iterator[Block]:
    """The form of a sitting that was held."""
    meeting = sitting.meeting
    yield Paragraph(record_title(sitting.kinds, meeting.group), Role.TITLE)
    if late := late_words(meeting):
        yield Paragraph(late, Role.CENTER)
    details = details_of(sitting)
    rows = [
        *_head(sitting),
        *_attendance(sitting),
        *_short([d for d in details if not d.long]),
        *_topics(sitting),
        *_long(d for d in details if d.long and not d.behind),
        *_items(sitting),
        *_long(d for d in details if d.long and d.behind),
        *_actions(sitting),
        *_closing(meeting.closing),
        *_signatures(sitting),
    ]
    yield Table(tuple(rows), (1.0,) * _GRID)
    yield EndMark()


def form_agenda(sitting: Sitting) -> Iterator[Block]:
    """The form of a planned sitting: no counts, nothing to sign."""
    meeting = sitting.meeting
    yield Paragraph(agenda_title(sitting.kinds, meeting.group), Role.TITLE)
    details = [d for d in details_of(sitting) if d.given]
    rows = [
        *_head(sitting),
        _wide("参加人员", expected_words(sitting)),
        *([_wide("列席人员", observers_words(sitting))] if meeting.observers else []),
        *_short([d for d in details if not d.long]),
        *_topics(sitting),
        *_long(d for d in details if d.long),
        *(
            _wide(f"议题（{numeral(n)}）", _said(item.content))
            for n, item in enumerate(meeting.agenda, 1)
            if item.content
        ),
        *_actions(sitting),
    ]
    yield Table(tuple(rows), (1.0,) * _GRID)
    yield EndMark()


def _label(text: str, rows: int = 1) -> Cell:
    inside = Paragraph(padded(text), Role.CELL_LABEL)
    return Cell((inside,), columns=_LABEL, rows=rows)


def _pair(first: str, value: str, second: str, other: str) -> Row:
    """Two labels with their values, each on one line if both can be."""
    whole, least, most = _GRID - 2 * _LABEL, columns_of(value), columns_of(other)
    narrow = least + most == whole + 1 and columns_of(padded(second)) < _LABEL
    whole += narrow
    width = min(max(whole // 2, least), whole - most) if least + most <= whole else whole // 2
    values = cell(value, columns=width), cell(other, columns=whole - width)
    labels = _label(first), replace(_label(second), columns=_LABEL - narrow)
    return Row((labels[0], values[0], labels[1], values[1]), splittable=False)


def _wide(label: str, value: str | Sequence[Paragraph | WriteLines]) -> Row:
    """A label with a value over the rest of the row, which may go on over pages if it is long."""
    inside = tuple(_texts(value)) if isinstance(value, str) else tuple(value)
    told = sum(len(part.words) for part in inside if isinstance(part, Paragraph))
    fields = (_label(label), Cell(inside, columns=_GRID - _LABEL))
    return Row(fields, splittable=len(inside) > _FEW or told > _UNBROKEN)


def _texts(text: str | None) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(line, Role.CELL) for line in (text or "").split("\n") if line.strip())


def _said(texts: Iterable[str]) -> tuple[Paragraph, ...]:
    """Paragraphs of running text, each set in by two characters."""
    lines = (line for text in texts for line in text.split("\n"))
    return tuple(Paragraph(f"　　{line}", Role.CELL) for line in lines if line.strip())


def _head(sitting: Sitting) -> Iterator[Row]:
    meeting = sitting.meeting
    yield _wide("党组织", sitting.branch.name)
    name = meeting.title or record_title(sitting.kinds, meeting.group).removesuffix("记录")
    yield _pair("会议名称", name, "次数", _number(sitting))
    if meeting.for_year is not None:
        yield _wide("所属年度", f"{meeting.for_year}年度")
    if meeting.group:
        leaders = "、".join(m.name for m in sitting.group_leaders) or UNKNOWN
        yield _pair("党小组", meeting.group, "组长", leaders)
    yield _pair("时间", day_words(meeting), "地点", meeting.place or UNKNOWN)
    recorder = sitting.with_post(meeting.recorder)
    yield _pair("主持人", sitting.host(), "记录人", recorder)


def _number(sitting: Sitting) -> str:
    if not sitting.meeting.held:
        return "—"
    numbered = any(kind.ordinal for kind in sitting.kinds)
    blank = f"{sitting.meeting.date.year}年度第　　次" if numbered else "—"
    return number_words(sitting.meeting) or blank


def _attendance(sitting: Sitting) -> Iterator[Row]:
    turnout = "\n".join(turnout_words(sitting))
    yield _pair("党员总数", members_words(sitting), "应到实到", turnout)
    if voters := voters_words(sitting):
        both = twice_words(sitting) or UNKNOWN
        yield _pair("其中有\n表决权", "\n".join(voters), "到会情况", both)
    if stated := stated_words(sitting):
        yield _wide("人数核对", stated)
    absent, observers = "\n".join(absence_words(sitting)), observers_words(sitting)
    many, excluded = absence_grid(sitting), excluded_words(sitting)
    told = _ABSENT, absent, _OBSERVERS, observers
    # Their labels are two lines high, so that each value may be.
    if not many and not excluded and max(map(columns_of, (absent, observers))) < _GRID - 2 * _LABEL:
        yield _pair(*told)
        return
    yield _wide(*told[:2])
    if many:
        yield from _grid("缺席名单", many)
    if excluded:
        yield _wide("不计入应到\n人员及依据", "\n".join(excluded))
    yield _wide(*told[2:])


def _short(details: Sequence[Detail]) -> Iterator[Row]:
    """Values of one line, two in a row where both are short."""
    waiting: Detail | None = None
    for detail in details:
        if len(detail.line) > 14:
            yield _wide(detail.label, detail.line)
        elif waiting is None:
            waiting = detail
        else:
            yield _pair(waiting.label, waiting.line, detail.label, detail.line)
            waiting = None
    if waiting is not None:
        yield _wide(waiting.label, waiting.line)


def _topics(sitting: Sitting) -> Iterator[Row]:
    topics = [topic_words(item) for item in sitting.meeting.agenda]
    if topics:
        yield _wide("议题", "\n".join(numbered(topics)))


def _long(details: Iterable[Detail]) -> Iterator[Row]:
    """Text of its own or records; two texts in a row where each has room on one line."""
    waiting = list(details)
    while waiting:
        detail = waiting.pop(0)
        if detail.grid is not None:
            yield from _grid(detail.label, detail.grid)
        elif waiting and _room_beside(detail, waiting[0]):
            other = waiting.pop(0)
            yield _pair(detail.label, detail.line, other.label, other.line)
        else:
            yield _wide(detail.label, _said(detail.texts) or (WriteLines(2),))


def _room_beside(*details: Detail) -> bool:
    told = all(detail.grid is None and len(detail.texts) == 1 for detail in details)
    return told and sum(columns_of(d.line) for d in details) <= _GRID - 2 * _LABEL


def _items(sitting: Sitting) -> Iterator[Row]:
    """What was said and settled; the one topic of a sitting is told above and not again."""
    agenda = sitting.meeting.agenda
    if len(agenda) == 1:
        yield from _item(sitting, agenda[0])
        return
    for number, item in enumerate(agenda, 1):
        about = (Paragraph(topic_words(item), Role.CELL),)
        heading, told = _wide(f"议题（{numeral(number)}）", about), list(_item(sitting, item))
        yield _kept(heading) if told else heading
        yield from told


def _item(sitting: Sitting, item: AgendaItem) -> Iterator[Row]:
    if item.content:
        yield _wide("汇报或传达", _said(item.content))
    if item.speeches:
        speeches = (
            Paragraph(line, Role.CELL, f"{s.speaker.name}：" if n == 0 else "")
            for s in item.speeches
            for n, line in enumerate(s.text.split("\n"))
        )
        yield _wide("讨论发言", tuple(speeches))
    if words := vote_words(sitting, item):
        yield _wide("表决", words)
    if item.candidates:
        head, rows = candidate_columns(item)
        yield from _grid("候选人得票", Grid(head, rows, (1.4,) + (1.0,) * (len(head) - 1)))
    found = resolution(sitting, item)
    inside: list[Paragraph | WriteLines] = list(_said((*found.texts, found.note)))
    if found.lines:
        inside.append(WriteLines(found.lines))
    if inside:
        yield _wide("决　　议\n（决定）", inside)


def _grid(label: str, grid: Grid) -> Iterator[Row]:
    """Records inside the form, the label at their left."""
    yield from _band(label, grid.head, grid.rows, _shares(grid.weights, _least(grid.rows)))


def _band(
    label: str, head: Sequence[str], rows: Sequence[Sequence[str]], columns: Sequence[int]
) -> Iterator[Row]:
    """A heading and rows beside one label."""
    fields = (cell(t, Role.CELL_HEAD, columns=n) for t, n in zip(head, columns, strict=True))
    yield Row((_label(label, rows=len(rows) + 1), *fields), splittable=False)
    for texts in rows:
        yield Row(
            tuple(
                cell(text, Role.CELL_CENTER if len(text) <= 11 else Role.CELL, columns=n)
                for text, n in zip(texts, columns, strict=True)
            ),
            splittable=False,
        )


def _least(rows: Sequence[Sequence[str]]) -> list[int]:
    """The columns that the names and other short texts of each field take on one line."""
    wanted = (max(map(columns_of, texts)) for texts in zip(*rows, strict=True))
    return [columns if columns <= _LONGEST_NAME else 1 for columns in wanted]


def _shares(weights: Sequence[float], least: Sequence[int]) -> list[int]:
    """The columns beside the label divided by weight, short texts on one line if all can be."""
    whole = _GRID - _LABEL
    shares = list(least) if least and sum(least) <= whole else [1] * len(weights)
    for _ in range(whole - sum(shares)):
        poorest = max(range(len(weights)), key=lambda n: weights[n] / shares[n])
        shares[poorest] += 1
    return shares


def _actions(sitting: Sitting) -> Iterator[Row]:
    actions = [a for item in sitting.meeting.agenda for a in item.actions]
    names = numbered([action.what for action in actions])
    rows = [_action(action, name) for action, name in zip(actions, names, strict=True)]
    if rows:
        columns = _shares((11, 4, 5), _least(rows))
        yield from _band("议定事项", ("事项", "责任人", "时限"), rows, columns)


def _action(action: Action, name: str) -> tuple[str, str, str]:
    more = f"（完成标准：{action.standard}）" if action.standard else ""
    more += f"（检查人：{action.checker.name}）" if action.checker else ""
    who = action.responsible.name if action.responsible else UNKNOWN
    due = chinese_date(action.due) if action.due else UNKNOWN
    return f"{name}{more}", who, due


def _closing(said: str | None) -> Iterator[Row]:
    """What the chair said at the end, or lines for it, which stay with what is to be signed."""
    summed_up = _wide("主持人小结", _texts(said) or (WriteLines(2),))
    yield summed_up if (said or "").strip() else _kept(summed_up)
    yield _kept(_wide("附件", "□签到表　□照片　□选票　□学习材料　□其他："))


def _kept(row: Row) -> Row:
    return replace(row, splittable=False, keep_with_next=True)


def _signatures(sitting: Sitting) -> Iterator[Row]:
    for signers, names in sitting.signers.items():
        yield from _signed_by_each(f"{signers}\n签　　字", names)
    if votes_by_ballot(sitting):
        yield _signed_row((("监票人签字", 8), ("计票人签字", 8)))
    day = cell("　　年　　月　日", Role.CELL_CENTER, columns=6)
    dated = (cell("日期", Role.CELL_LABEL, columns=2), day)
    yield _signed_row((("主持人签字", 4), ("记录人签字", 4)), dated)


def _signed_by_each(label: str, names: Sequence[str]) -> Iterator[Row]:
    """A label beside one line for each to sign; one open field where nobody is known."""
    if not names:
        yield _signed_row(((label, _GRID - _LABEL),))
    wide = max([_LABEL, *(min(columns_of(name), _LONGEST_NAME) for name in names)])
    for place, name in enumerate(names):
        start = (_label(label, rows=len(names)),) if place == 0 else ()
        named = cell(name, Role.CELL_CENTER, columns=wide)
        room = cell("", Role.CELL_CENTER, columns=_GRID - _LABEL - wide)
        yield _kept(Row((*start, named, room), min_height_mm=_SIGNATURE_MM))


def _signed_row(fields: Sequence[tuple[str, int]], dated: Sequence[Cell] = ()) -> Row:
    cells: list[Cell] = []
    for label, width in fields:
        cells += [_label(label), cell("", Role.CELL_CENTER, columns=width)]
    return _kept(Row((*cells, *dated), min_height_mm=_SIGNATURE_MM))
