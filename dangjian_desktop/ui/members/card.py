"""The card of one member beside the list."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from dangjian_desktop.domain.members.identity import masked, masked_phone
from dangjian_desktop.domain.members.member import Member
from dangjian_desktop.services.members.listing import history
from dangjian_desktop.services.members.participation import Participation
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import button, label, space
from dangjian_desktop.ui.members.rows import MemberRow

SHOWN_FOR = 60_000
"""Milliseconds for which a personal number stays readable."""

_WANTED = "待补"


class Secret(QWidget):
    """A personal number, masked; 显示 uncovers it for a minute."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._number, self._mask = "", ""
        self.text = label()
        self.text.setObjectName(f"{name}.text")
        self.show_button = button("显示", theme, look="quiet", name=f"{name}.show")
        self.show_button.clicked.connect(self._switch)
        line = QHBoxLayout(self)
        space(line, margins=(0, 0, 0, 0), gap=4)
        line.addWidget(self.text)
        line.addWidget(self.show_button)
        line.addStretch()
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(SHOWN_FOR)
        self.timer.timeout.connect(self.cover)

    def set_number(self, number: str | None, mask: str) -> None:
        """Take another number, covered."""
        self._number, self._mask = number or "", mask
        self.show_button.setVisible(bool(number))
        self.cover()

    @Slot()
    def cover(self) -> None:
        """Mask the number again."""
        self.timer.stop()
        self.text.setText(self._mask or _WANTED)
        self.show_button.setText("显示")

    @Slot()
    def _switch(self) -> None:
        if self.timer.isActive():
            self.cover()
            return
        self.text.setText(self._number)
        self.show_button.setText("隐藏")
        self.timer.start()


class MemberCard(QFrame):
    """Shows one member as of a day; ``edit_asked`` and ``delete_asked`` carry the id."""

    edit_asked = Signal(str)
    delete_asked = Signal(str)
    meeting_asked = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("look", "card")
        self._theme = theme
        self._uid = ""
        self.name = label("", "title")
        self.name.setObjectName("card.name")
        self.kind = label("", "soft", wrap=True)
        self.missing = label("", "warn", wrap=True)
        self.missing.setObjectName("card.missing")
        self.edit = button("编辑", theme, icon="pencil", name="card.edit")
        self.edit.clicked.connect(self._on_edit)
        self.remove = button("删除", theme, icon="trash-2", name="card.delete")
        self.remove.setToolTip("仅用于误录的人员")
        self.remove.clicked.connect(self._on_delete)
        self.id_number = Secret(theme, "card.id_number")
        self.phone = Secret(theme, "card.phone")
        self._values = {name: label("", wrap=True) for name in _FACTS}
        self._headings: dict[str, QLabel] = {}
        self.past = label("", wrap=True)
        self.past.setObjectName("card.history")
        self.sittings = QVBoxLayout()
        space(self.sittings, margins=(0, 0, 0, 0), gap=0)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._hint())
        self._stack.addWidget(self._compose())

    @property
    def uid(self) -> str:
        """Whom it shows; empty when nobody."""
        return self._uid

    def clear(self) -> None:
        """Show nobody."""
        self._uid = ""
        self._stack.setCurrentIndex(0)

    def show_member(self, row: MemberRow) -> None:
        """Show a member as of the day of the row; the numbers covered."""
        member, day = row.member, row.day
        if self._uid != member.id:
            self.show_sittings(())
        self._uid = member.id
        self.name.setText(member.name)
        posts = "、".join(member.posts_on(day))
        about = (row.kind, member.group_on(day), posts)
        self.kind.setText("　".join(filter(None, about)))
        self.missing.setText("待补：" + "、".join(row.missing))
        self.missing.setVisible(bool(row.missing))
        for name, value in _facts(row).items():
            self._values[name].setText(value or "—")
            for part in (self._values[name], self._headings[name]):
                part.setVisible(bool(value) or name not in _IF_ANY)
        self._show_numbers(member)
        self.past.setText("\n".join(history(member)) or "没有登记过变化")
        self._stack.setCurrentIndex(1)

    def show_sittings(self, found: Sequence[Participation]) -> None:
        """Show where the member was lately."""
        while (item := self.sittings.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for each in found:
            text = f"{each.date:%Y-%m-%d}　{each.kind}　{each.stood}"
            line = button(text, self._theme, look="quiet", name="card.sitting")
            line.setToolTip("打开这次会议")
            line.clicked.connect(partial(self.meeting_asked.emit, each.meeting))
            self.sittings.addWidget(line, 0, Qt.AlignmentFlag.AlignLeft)
        if not found:
            self.sittings.addWidget(label("没有登记参加情况", "soft"))

    def _show_numbers(self, member: Member) -> None:
        self.id_number.set_number(member.id_number, masked(member.id_number))
        self.phone.set_number(member.phone, masked_phone(member.phone))

    def _hint(self) -> QWidget:
        text = label("选择一名党员，这里显示其信息和参加组织生活情况。", "soft", wrap=True)
        text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        text.setContentsMargins(24, 24, 24, 24)
        return text

    def _compose(self) -> QWidget:
        inside = QWidget()
        inside.setProperty("look", "clear")
        column = QVBoxLayout(inside)
        space(column, margins=(16, 14, 16, 14), gap=8)
        top = QHBoxLayout()
        space(top, margins=(0, 0, 0, 0), gap=8)
        top.addWidget(self.name, 1)
        top.addWidget(self.edit)
        top.addWidget(self.remove)
        column.addLayout(top)
        for part in (self.kind, self.missing):
            column.addWidget(part)
        column.addLayout(self._grid())
        column.addWidget(label("变化记录", "heading"))
        column.addWidget(self.past)
        column.addWidget(label("近期参加组织生活", "heading"))
        column.addLayout(self.sittings)
        column.addStretch()
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(inside)
        return area

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(0, 4, 0, 8)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        parts: list[tuple[str, QWidget]] = [*self._values.items()]
        parts[4:4] = [("身份证号", self.id_number), ("联系电话", self.phone)]
        for place, (title, value) in enumerate(parts):
            heading = label(title, "soft")
            secret = isinstance(value, Secret)
            side = Qt.AlignmentFlag.AlignVCenter if secret else Qt.AlignmentFlag.AlignTop
            grid.addWidget(heading, place, 0, side)
            grid.addWidget(value, place, 1)
            self._headings[title] = heading
        return grid

    @Slot()
    def _on_edit(self) -> None:
        self.edit_asked.emit(self._uid)

    @Slot()
    def _on_delete(self) -> None:
        self.delete_asked.emit(self._uid)


_FACTS = (
    "性别",
    "民族",
    "出生日期",
    "学历",
    "入党时间",
    "转正时间",
    "工作岗位",
    "党籍状态",
    "特殊情形",
    "备注",
)


_IF_ANY = frozenset({"特殊情形", "备注"})


def _facts(row: MemberRow) -> dict[str, str | None]:
    member, day = row.member, row.day
    barred = [f"暂无表决权（{s.value}）" for s in member.voting_suspended if s.covers(day)]
    barred += [f"不作参加要求（{s.value}）" for s in member.waived if s.covers(day)]
    return {
        "性别": member.sex,
        "民族": member.ethnicity,
        "出生日期": None if member.birth_date is None else f"{member.birth_date}{row.age}",
        "学历": member.education,
        "入党时间": _approved(member.join_date, member.join_approved),
        "转正时间": _approved(member.full_date, member.full_approved),
        "工作岗位": member.work_post,
        "党籍状态": member.status_on(day),
        "特殊情形": "；".join(barred),
        "备注": member.note,
    }


def _approved(day: object, approved: object) -> str:
    text = "" if day is None else str(day)
    return f"{text}（批准 {approved}）" if approved else text
