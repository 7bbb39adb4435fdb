"""The head of the editor: what is edited, whether it is safe, preview and save; drafts found."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import button, frame, label, look, space
from dangjian_desktop.ui.meetings.context import EditorContext


class EditorHead(QWidget):
    """Title, state of saving, 预览 and 保存; under them a banner when a draft was found."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.back = button("返回列表", theme, icon="arrow-left", look="quiet", name="editor.back")
        self.title = label("会议记录", "title")
        self.state = label("", "soft")
        self.state.setObjectName("editor.state")
        self.preview = button("预览", theme, icon="eye", name="editor.preview")
        self.preview.setCheckable(True)
        self.save = button("保存", theme, icon="save", look="primary", name="editor.save")
        self.save.setToolTip("保存并返回列表；Ctrl+S 保存后继续编辑")
        row = QHBoxLayout()
        space(row, margins=(0, 0, 0, 0), gap=10)
        row.addWidget(self.back)
        row.addWidget(self.title)
        row.addWidget(self.state, 1)
        row.addWidget(self.preview)
        row.addWidget(self.save)
        self.found = frame("banner")
        self.found_words = label("", wrap=True)
        self.found_words.setObjectName("editor.found")
        self.drop = button("", theme, name="editor.drop")
        line = QHBoxLayout(self.found)
        space(line, margins=(12, 4, 8, 4), gap=8)
        line.addWidget(self.found_words, 1)
        line.addWidget(self.drop)
        column = QVBoxLayout(self)
        space(column, margins=(0, 0, 0, 0), gap=8)
        column.addLayout(row)
        column.addWidget(self.found)
        self.found.hide()

    def show_record(self, title: str, found: tuple[str, str] | None) -> None:
        """Another record; ``found`` are the words about its draft and of the way out of it."""
        self.title.setText(title)
        self._say("")
        self.found.setVisible(found is not None)
        words, way_out = found or ("", "")
        self.found_words.setText(words)
        self.drop.setText(way_out)

    def say_unsaved(self) -> None:
        """Something was changed and is not kept yet."""
        if not self.state.text():
            self._say("草稿")

    def say_kept(self, moment: str) -> None:
        """The draft is safe since that moment (ISO text)."""
        at = datetime.fromisoformat(moment).astimezone()
        self._say(f"草稿 · {at:%H:%M} 已自动保存")

    def say_saved(self, at: datetime) -> None:
        """The record itself is safe."""
        self._say(f"{at:%H:%M} 已保存")
        self.found.hide()

    def say_problems(self, count: int) -> None:
        """It could not be saved."""
        self._say(f"有 {count} 处需要改正，草稿已保留", wrong=True)

    def _say(self, text: str, *, wrong: bool = False) -> None:
        look(self.state, "problem" if wrong else "soft")
        self.state.setText(text)


def draft_words(context: EditorContext) -> tuple[str, str] | None:
    """What to say about the draft that is shown, and the label of the way out; or nothing."""
    draft = context.draft
    if draft is None:
        return None
    at = _moment(draft.saved_at)
    if context.stored is None:
        return f"已恢复 {at} 自动保存的草稿。", "放弃草稿"
    way_out = "改用已保存的记录"
    if draft.base_revision == context.revision:
        return f"已恢复 {at} 自动保存的草稿，其中的修改还没有保存。", way_out
    return (
        f"现在显示的是 {at} 的草稿，它开始于记录第{draft.base_revision}次保存之后；"
        f"此后记录又保存过，现为第{context.revision}次保存。保存草稿将替换现有记录。",
        way_out,
    )


def _moment(text: str) -> str:
    at = datetime.fromisoformat(text).astimezone()
    today = datetime.now().astimezone().date()
    return f"{at:%H:%M}" if at.date() == today else f"{at.month}月{at.day}日 {at:%H:%M}"
