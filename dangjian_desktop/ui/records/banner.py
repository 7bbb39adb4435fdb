"""Says that unsaved drafts were found, and offers to go on with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dangjian_desktop.frozen import dataclass
from dangjian_desktop.ui.look.spoken import announce
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import button, empty, frame, label, space
from dangjian_desktop.ui.records.editing import moment

SHOWN = 3


@dataclass(frozen=True, slots=True)
class OpenDraft:
    """An unsaved form: ``words`` name it, ``at`` (ISO text) is when it was kept."""

    uid: str
    words: str
    at: str
    content: Mapping[str, object] = field(compare=False)


class DraftsBanner(QWidget):
    """One line for each draft: 继续编辑 or 放弃."""

    resumed = Signal(str)
    dropped = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown: tuple[OpenDraft, ...] = ()
        self._column = QVBoxLayout(self)
        space(self._column, margins=(0, 0, 0, 0), gap=6)
        self.hide()

    def show_drafts(self, drafts: Sequence[OpenDraft], today: date) -> None:
        """Show these, the newest first; lines that say the same stay, with the focus on them."""
        if tuple(drafts) == self._shown:
            return
        self._shown = tuple(drafts)
        if drafts:
            announce(self, f"有 {len(drafts)} 份草稿")
        empty(self._column)
        for draft in drafts[:SHOWN]:
            self._column.addWidget(self._line(draft, today))
        if len(drafts) > SHOWN:
            self._column.addWidget(label(f"另有 {len(drafts) - SHOWN} 份草稿", "soft"))
        self.setVisible(bool(drafts))

    def _line(self, draft: OpenDraft, today: date) -> QWidget:
        card = frame("banner")
        row = QHBoxLayout(card)
        space(row, margins=(12, 4, 8, 4), gap=8)
        words = f"有草稿（{draft.words}，{moment(draft.at, today)}）"
        row.addWidget(label(words, wrap=True), 1)
        resume = button("继续编辑", self._theme, name="draft.resume")
        resume.clicked.connect(partial(self.resumed.emit, draft.uid))
        drop = button("放弃", self._theme, look="quiet", name="draft.drop")
        drop.clicked.connect(partial(self.dropped.emit, draft))
        row.addWidget(resume)
        row.addWidget(drop)
        return card
