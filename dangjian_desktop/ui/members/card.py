"""The card of one member beside the list."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from dangjian_desktop.domain.members.identity import masked, masked_phone
from dangjian_desktop.services.ledgers.counting import NamingRow
from dangjian_desktop.services.members.listing import history
from dangjian_desktop.ui.look.lines import Lines
from dangjian_desktop.ui.look.secret import Secret
from dangjian_desktop.ui.look.stage import Scrolling
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import button, empty, label, row_of, space
from dangjian_desktop.ui.members.gathering import MemberSheet
from dangjian_desktop.ui.members.rows import MemberRow
from dangjian_desktop.ui.records.subject import Heading


class MemberCard(Scrolling):
    """One member as of a day; the numbers are covered. ``asked`` brings place and record of what
    names the member: a sitting, a talk, a row of a ledger; or a new talk."""

    asked = Signal(str, str)

    def __init__(self, theme: Theme, *, read_only: bool = False) -> None:
        super().__init__()
        self._theme, self._who = theme, ""
        self.missing = label("", "warn", wrap=True, name="card.missing")
        self.id_number = Secret(theme, "card.id_number")
        self.phone = Secret(theme, "card.phone")
        self.facts = Lines({"身份证号": self.id_number, "联系电话": self.phone})
        self.past = label("", wrap=True, name="card.history")
        self.sittings, self.talks, self.rows = QVBoxLayout(), QVBoxLayout(), QVBoxLayout()
        self.talk = button("与本人谈话", theme, icon="plus", look="quiet", name="card.talk")
        self.talk.clicked.connect(self._ask_talk)
        if read_only:  # told to be shown, it would be a window for a moment
            self.talk.hide()
        self._filled: dict[str, Sequence[tuple[str, str]]] = {}
        for lines in (self.sittings, self.talks, self.rows):
            space(lines, margins=(0, 0, 0, 0), gap=0)
        inside = QWidget()
        inside.setProperty("look", "clear")
        column = QVBoxLayout(inside)
        space(column, margins=(0, 0, 8, 0), gap=8)
        heading = label("近期参加组织生活", "heading")
        for part in (self.missing, self.facts, label("变化记录", "heading"), self.past, heading):
            column.addWidget(part)
        column.addLayout(self.sittings)
        column.addLayout(row_of(label("谈心谈话", "heading"), self.talk, ...))
        column.addLayout(self.talks)
        column.addWidget(label("台账中的记录", "heading"))
        column.addLayout(self.rows)
        column.addStretch()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(inside)

    def cover(self) -> None:
        """Mask the numbers again."""
        self.id_number.cover()
        self.phone.cover()

    def show_sheet(self, sheet: MemberSheet) -> Heading:
        """Show a member as of the day of the row."""
        row = sheet.row
        member, day = row.member, row.day
        self.missing.setText("待补：" + "、".join(row.missing))
        self.missing.setVisible(bool(row.missing))
        self.id_number.set_words(member.id_number, masked(member.id_number))
        self.phone.set_words(member.phone, masked_phone(member.phone))
        self.facts.show_lines(_facts(row))
        self.past.setText("\n".join(history(member)) or "没有登记过变化")
        sittings = [(f"{s.date:%Y-%m-%d}　{s.kind}　{s.stood}", s.meeting) for s in sheet.sittings]
        self._fill(self.sittings, "meetings", sittings, "没有登记参加情况")
        self._who = f"{member.name}/{member.id}"
        talks = [(talk.words, talk.id) for talk in sheet.talks]
        self._fill(self.talks, "heart_talk", talks, "没有谈心谈话记录")
        self._fill(self.rows, "ledgers", list(map(_row_line, sheet.named)), "没有台账提到本人")
        posts = "、".join(member.posts_on(day))
        about = (row.kind, member.group_on(day), posts)
        return Heading(member.name, "　".join(filter(None, about)))

    @Slot()
    def _ask_talk(self) -> None:
        self.asked.emit("heart_talk", f"new//{self._who}")

    def _fill(
        self, lines: QVBoxLayout, place: str, found: Sequence[tuple[str, str]], nothing: str
    ) -> None:
        if self._filled.get(place) == found:
            return  # the focus may stand on one of them
        self._filled[place] = found
        empty(lines)
        for text, uid in found:
            line = button(
                text, self._theme, look="quiet", name=f"card.{place}", tip=text, short=True
            )
            line.clicked.connect(partial(self.asked.emit, place, uid))
            lines.addWidget(line, 0, Qt.AlignmentFlag.AlignLeft)
        if not found:
            lines.addWidget(label(nothing, "soft"))


def _row_line(named: NamingRow) -> tuple[str, str]:
    """What a row of a ledger says of the member, and where it is."""
    day = named.day.isoformat() if named.day else ""
    parts = (day, named.ledger_title, "、".join(named.fields), named.title)
    return "　".join(filter(None, parts)), f"{named.ledger}/{named.row}"


_IF_ANY = frozenset({"特殊情形", "备注"})


def _facts(row: MemberRow) -> tuple[tuple[str, str], ...]:
    member, day = row.member, row.day
    barred = [f"暂无表决权（{s.value}）" for s in member.voting_suspended if s.covers(day)]
    barred += [f"不作参加要求（{s.value}）" for s in member.waived if s.covers(day)]
    born = None if member.birth_date is None else f"{member.birth_date}{row.age}"
    lines = (
        ("性别", member.sex),
        ("民族", member.ethnicity),
        ("出生日期", born),
        ("学历", member.education),
        ("身份证号", ""),
        ("联系电话", ""),
        ("入党时间", _approved(member.join_date, member.join_approved)),
        ("转正时间", _approved(member.full_date, member.full_approved)),
        ("工作岗位", member.work_post),
        ("党籍状态", member.status_on(day)),
        ("特殊情形", "；".join(barred)),
        ("备注", member.note),
    )
    return tuple((title, value or "") for title, value in lines if value or title not in _IF_ANY)


def _approved(day: object, approved: object) -> str:
    text = "" if day is None else str(day)
    return f"{text}（批准 {approved}）" if approved else text
