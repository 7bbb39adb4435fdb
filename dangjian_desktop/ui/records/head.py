"""The head of an editor: what is edited, whether it is safe, and what can be done with it."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from dangjian_desktop.ui.look.spoken import Problem, announce
from dangjian_desktop.ui.look.stage import Shortened, TwoParts, head_of
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import button, column_of, frame, label, look, row_of
from dangjian_desktop.ui.records.editing import Opened, draft_words, moment

OVERTAKEN = "这份记录打开以后，又在别处保存过。"
REPLACES = "再次保存时，将替换别处保存的内容。"


class EditorHead(QWidget):
    """One row; ``notes`` are what was found (a draft, a newer record) and what is wrong.

    They stand under the form, so that it does not move when they come and go.

    保存 saves and stays, as Ctrl+S does; 保存并返回 says what it does besides.
    """

    dropped = Signal()
    mine = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.back = button("返回列表", theme, icon="arrow-left", look="quiet", name="editor.back")
        self.title = Shortened("", "title", "editor.title")
        self.state = Shortened("", "soft", "editor.state")
        self.drop = button("放弃草稿", theme, look="quiet", name="editor.drop", then=self.dropped)
        self.drop.hide()
        self.preview = button("预览", theme, icon="eye", name="editor.preview")
        self.preview.setCheckable(True)
        self.preview.hide()
        self.done = button("保存并返回", theme, name="editor.done")
        self.save = button("保存", theme, icon="save", look="primary", name="editor.save")
        self.save.setToolTip("保存后继续编辑（Ctrl+S）")
        self._row = head_of(self.back, self.title, (self.state, 1))
        acts = row_of(..., self.drop, self.preview, self.done, self.save, gap=10)
        column_of(TwoParts(self._row, acts, self._spare), on=self, gap=0)
        self.problem = Problem("editor.problem")
        self.notes = column_of(self._banner(theme), self.problem)

    def _spare(self) -> int:
        # What comes with the first draft must not make two lines of one under the hand.
        return self.drop.sizeHint().width() + 10 if self.drop.isHidden() else 0

    def name(self, title: str) -> None:
        """Say what is edited."""
        self.title.setText(title)
        # Else the head keeps the room of the name before, until something else moves.
        self._row.invalidate()
        self._row.activate()

    def show_record(self, title: str, opened: Opened) -> None:
        """Another record; a banner where its draft is shown."""
        self.name(title)
        self._say("")
        self.say_problems(0, ())
        words = draft_words(opened)
        self._show_banner(words, choice=opened.base != opened.revision)
        self.drop.setText("放弃草稿" if opened.stored is None else "改用已保存的记录")
        self.drop.setVisible(opened.draft is not None)

    def say_unsaved(self) -> None:
        """Something was changed and is not kept yet."""
        if self._settled:
            self._say("草稿")

    def say_kept(self, at: str, today: date) -> None:
        """The draft is safe since that moment (ISO text)."""
        if not self._wrong:
            self._say(f"草稿 · {moment(at, today)} 已自动保存")
            self._settled = False
        self.drop.show()

    def say_saved(self, at: datetime) -> None:
        """The record itself is safe."""
        self._say(f"{at:%H:%M} 已保存", spoken=True)
        self.found.hide()
        self.drop.hide()

    def say_problems(self, count: int, rest: tuple[str, ...]) -> None:
        """It could not be saved; ``rest`` has no place in the form."""
        self.problem.say("；".join(rest))
        if count:
            self._say(f"有 {count} 处需要改正，草稿已保留", wrong=True)

    def say_failed(self) -> None:
        """It could not be saved for a reason that is said elsewhere."""
        self._say("没有保存成功，填写的内容仍在", wrong=True)

    def say_overtaken(self) -> None:
        """A newer record lies in the library; the user chooses."""
        self._show_banner(OVERTAKEN, choice=True)
        self.drop.setText("改用已保存的记录")
        self.drop.show()

    def say_mine(self) -> None:
        """The user has chosen what stands in the form."""
        self._show_banner(REPLACES, choice=False)

    def _show_banner(self, words: str, *, choice: bool) -> None:
        self.found_words.setText(words)
        self.found.setVisible(bool(words))
        if words:
            announce(self.found_words, words)
        for act in (self.theirs, self.keep_mine):
            act.setVisible(choice)

    def _banner(self, theme: Theme) -> QWidget:
        self.found = frame("banner")
        self.found_words = label("", wrap=True, name="editor.found")
        self.theirs = button("改用已保存的记录", theme, name="editor.theirs", then=self.dropped)
        self.keep_mine = button("保留这里的内容", theme, name="editor.mine", then=self.mine)
        row_of(
            (self.found_words, 1), self.theirs, self.keep_mine, on=self.found, margins=(12, 4, 8, 4)
        )
        self.found.hide()
        return self.found

    def _say(self, text: str, *, wrong: bool = False, spoken: bool = False) -> None:
        self._wrong, self._settled = wrong, True
        look(self.state, "problem" if wrong else "soft")
        self.state.setText(text)
        if wrong or spoken:
            announce(self.state, text, urgent=wrong)
