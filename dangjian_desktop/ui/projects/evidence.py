"""佐证: the meetings that dealt with the project, and files kept with the library."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from dangjian_desktop.domain.projects.project import EvidenceFile, MeetingLink
from dangjian_desktop.ui.fields.inputs import WheelGuard
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import button, column_of, empty, frame, label, row_of, space
from dangjian_desktop.ui.projects.listing import LinkedMeeting, ProjectSheet

NO_MEETING = "还没有关联会议。"
NO_FILE = "还没有佐证文件。验收单、照片、统计表等可以添加到这里，随资料库一起保存和备份。"


class EvidencePane(QWidget):
    """Asks for what the user wants to do with links and files; does nothing by itself."""

    meetings_wanted = Signal()
    linked = Signal(object)
    unlinked = Signal(object)
    meeting_asked = Signal(str)
    file_wanted = Signal()
    file_opened = Signal(str)
    file_removed = Signal(str)
    file_saved = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._links: tuple[MeetingLink, ...] = ()
        self.setProperty("look", "clear")
        self.link = button("关联会议", theme, icon="plus", name="evidence.link")
        self.link.clicked.connect(self.meetings_wanted)
        self.add = button(
            "添加文件", theme, icon="plus", name="evidence.add", then=self.file_wanted
        )
        self.choice = LinkChoice(theme)
        self.choice.chosen.connect(self.linked)
        self._meetings, self._files = QVBoxLayout(), QVBoxLayout()
        for part in (self._meetings, self._files):
            space(part, margins=(0, 0, 0, 0), gap=6)
        column_of(
            _head("会议", self.link),
            self.choice,
            self._meetings,
            8,
            _head("文件", self.add),
            self._files,
            ...,
            on=self,
            margins=(0, 4, 8, 0),
        )

    def show_detail(self, detail: ProjectSheet) -> None:
        """Show what is linked and kept."""
        self.choice.hide()
        self._links = detail.project.meetings
        empty(self._meetings)
        for meeting in detail.meetings:
            self._meetings.addWidget(self._meeting(meeting))
        if not detail.meetings:
            self._meetings.addWidget(label(NO_MEETING, "soft", wrap=True))
        empty(self._files)
        for file in detail.project.evidence:
            self._files.addWidget(self._file(file))
        if not detail.project.evidence:
            self._files.addWidget(label(NO_FILE, "soft", wrap=True))

    def offer(self, meetings: Sequence[LinkedMeeting]) -> None:
        """Offer meetings and items that are not linked yet."""
        self.choice.offer([m for m in meetings if m.link not in self._links])

    def _meeting(self, meeting: LinkedMeeting) -> QWidget:
        item = f"　议题：{meeting.item}" if meeting.item else ""
        card, row = _line(f"{meeting.day}　{meeting.title}{item}")
        show = button("查看", self._theme, look="quiet", name="evidence.meeting")
        show.clicked.connect(partial(self.meeting_asked.emit, meeting.link.meeting_id))
        off = button("取消关联", self._theme, look="quiet", name="evidence.unlink")
        off.clicked.connect(partial(self.unlinked.emit, meeting.link))
        row.addWidget(show)
        row.addWidget(off)
        return card

    def _file(self, file: EvidenceFile) -> QWidget:
        note = f"　{file.note}" if file.note else ""
        card, row = _line(f"{file.name}　{size_words(file.size)}{note}")
        acts = (("打开", self.file_opened), ("另存", self.file_saved), ("移除", self.file_removed))
        for title, signal in acts:
            one = button(title, self._theme, look="quiet", name=f"evidence.{title}")
            one.clicked.connect(partial(signal.emit, file.uid))
            row.addWidget(one)
        return card


class LinkChoice(QWidget):
    """A choice of meetings and agenda items, closed until it is asked for."""

    chosen = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._found: tuple[LinkedMeeting, ...] = ()
        self.box = QComboBox()
        self.box.setObjectName("evidence.choice")
        self.box.setAccessibleName("会议或议题")
        self.box.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.box.setMinimumContentsLength(12)
        self._guard = WheelGuard(self)
        self.box.installEventFilter(self._guard)
        self.yes = button("关联", theme, name="evidence.confirm", then=self._choose)
        no = button("取消", theme, look="quiet", then=self.hide)
        row_of((self.box, 1), self.yes, no, on=self)
        self.hide()

    def offer(self, meetings: Sequence[LinkedMeeting]) -> None:
        """Open with these."""
        self._found = tuple(meetings)
        self.box.clear()
        for meeting in self._found:
            item = (
                f"　　议题：{meeting.item}" if meeting.item else f"{meeting.day}　{meeting.title}"
            )
            self.box.addItem(item)
        if not self._found:
            self.box.addItem("项目起止时间内没有可以关联的会议")
        self.yes.setEnabled(bool(self._found))
        self.show()
        self.box.setFocus()

    @Slot()
    def _choose(self) -> None:
        place = self.box.currentIndex()
        if 0 <= place < len(self._found):
            self.hide()
            self.chosen.emit(self._found[place].link)


def size_words(size: int) -> str:
    """Bytes as people read them: 812 KB, 3.4 MB."""
    if size < 1024 * 1024:
        return f"{max(size // 1024, 1)} KB"
    return f"{size / 1024 / 1024:.1f} MB"


def _head(title: str, act: QWidget) -> QHBoxLayout:
    return row_of((label(title, "heading"), 1), act)


def _line(text: str) -> tuple[QWidget, QHBoxLayout]:
    card = frame("card")
    row = QHBoxLayout(card)
    space(row, margins=(12, 4, 6, 4), gap=2)
    words = label(text, wrap=True)
    words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    row.addWidget(words, 1)
    return card, row
