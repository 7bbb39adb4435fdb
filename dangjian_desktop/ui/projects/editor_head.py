"""The head of the editor of a project: what is edited, whether it is safe, save; drafts found."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import button, frame, label, look, space
from dangjian_desktop.ui.projects.context import ProjectContext


class ProjectHead(QWidget):
    """Title, state of saving and 保存; under them a banner when a draft was found."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.back = button(
            "返回列表", theme, icon="arrow-left", look="quiet", name="project.editor.back"
        )
        self.title = label("新建项目", "title")
        self.state = label("", "soft")
        self.state.setObjectName("project.editor.state")
        self.save = button("保存", theme, icon="save", look="primary", name="project.editor.save")
        self.save.setToolTip("保存并返回列表；Ctrl+S 保存后继续编辑")
        row = QHBoxLayout()
        space(row, margins=(0, 0, 0, 0), gap=10)
        row.addWidget(self.back)
        row.addWidget(self.title)
        row.addWidget(self.state, 1)
        row.addWidget(self.save)
        self.found = frame("banner")
        self.found_words = label("", wrap=True)
        self.drop = button("", theme, name="project.editor.drop")
        line = QHBoxLayout(self.found)
        space(line, margins=(12, 4, 8, 4), gap=8)
        line.addWidget(self.found_words, 1)
        line.addWidget(self.drop)
        column = QVBoxLayout(self)
        space(column, margins=(0, 0, 0, 0), gap=8)
        column.addLayout(row)
        column.addWidget(self.found)
        self.found.hide()

    def show_record(self, title: str, context: ProjectContext) -> None:
        """Another project; a banner where its draft is shown."""
        self.title.setText(title)
        self._say("")
        draft = context.draft
        self.found.setVisible(draft is not None)
        if draft is None:
            return
        at = _moment(draft.saved_at, context.today)
        stored = context.stored is not None
        more = "，其中的修改还没有保存" if stored else ""
        self.found_words.setText(f"已恢复 {at} 自动保存的草稿{more}。")
        self.drop.setText("改用已保存的记录" if stored else "放弃草稿")

    def say_unsaved(self) -> None:
        """Something was changed and is not kept yet."""
        if not self.state.text():
            self._say("草稿")

    def say_kept(self, moment: str) -> None:
        """The draft is safe since that moment (ISO text)."""
        at = datetime.fromisoformat(moment).astimezone()
        self._say(f"草稿 · {at:%H:%M} 已自动保存")

    def say_saved(self, at: datetime) -> None:
        """The project itself is safe."""
        self._say(f"{at:%H:%M} 已保存")
        self.found.hide()

    def say_problems(self, count: int) -> None:
        """It could not be saved."""
        self._say(f"有 {count} 处需要改正，草稿已保留", wrong=True)

    def _say(self, text: str, *, wrong: bool = False) -> None:
        look(self.state, "problem" if wrong else "soft")
        self.state.setText(text)


def _moment(text: str, today: date) -> str:
    at = datetime.fromisoformat(text).astimezone()
    return f"{at:%H:%M}" if at.date() == today else f"{at.month}月{at.day}日 {at:%H:%M}"
