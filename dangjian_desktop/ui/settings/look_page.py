"""One look: its values at the left, a page set in it at the right, drawn anew as they change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QSplitter, QWidget

from dangjian_desktop.errors import InputError
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.papers.looks import LAYOUTS, SECTIONS, TITLES, Look
from dangjian_desktop.ui.desk.jobs import Progress
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.desk.timers import once
from dangjian_desktop.ui.fields.forms import Form
from dangjian_desktop.ui.look.chips import ChipRow
from dangjian_desktop.ui.look.stage import head_of, scrolling
from dangjian_desktop.ui.look.widgets import button, column_of, label
from dangjian_desktop.ui.paper.preview import Preview

_PAUSE = 400
_SHIPPED = "随程序提供的版式不能改；复制一份以后就能改。"
_SAVED = "改动随时保存"
_WRONG = "有不合适的数值，没有保存，请按提示改正"


def _nothing() -> None:
    """Nothing follows."""


class LookPage(QWidget):
    """``left`` asks for the way back; ``copied`` tells the code of a copy."""

    left = Signal()
    copied = Signal(str)

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._shell = desk, shell
        self._look: Look | None = None
        theme = shell.theme
        self.leaving = button("返回", theme, icon="arrow-left", look="quiet", name="look.back")
        self.title = label("", "title")
        self.state = label("", "soft", wrap=True)
        self.copy = button("复制一份", theme, icon="plus", name="look.copy_page")
        self.layouts = ChipRow(theme, list(LAYOUTS.items()))
        self.layouts.set_codes([next(iter(LAYOUTS))])
        self.forms = {section: Form(fields, theme) for section, fields in SECTIONS.items()}
        self.preview = Preview(theme)
        self._waiting = once(self, _PAUSE, self._enter)
        self._compose()
        self.leaving.clicked.connect(self._leave)
        self.copy.clicked.connect(self._copy)
        self.layouts.chosen.connect(self._turn)
        for form in self.forms.values():
            form.changed.connect(self._on_changed)

    def refresh(self, _topics: object) -> None:
        """What is typed here is the newest; nothing is read again."""

    def open(self, code: str) -> None:
        """Show the look of this code."""
        self._shell.jobs.library(partial(self._desk.looks.one, code), self._show)

    def focus_first(self) -> None:
        """Put the focus on the way back."""
        self.leaving.setFocus()

    def _show(self, look: Look) -> None:
        self._look = look
        own = self._desk.looks.is_own(look.code)
        self.title.setText(look.title)
        self.state.setText(_SAVED if own else _SHIPPED)
        self.copy.setVisible(not own)
        for section, values in self._desk.looks.values(look).items():
            form = self.forms[section]
            quiet = form.blockSignals(True)
            form.fill(values)
            form.tell({})
            form.setEnabled(own)
            form.blockSignals(quiet)
        self._turn()

    @Slot()
    def _turn(self) -> None:
        for section in LAYOUTS:
            self.forms[section].setVisible(section == self.layouts.code())
        self._draw()

    @Slot()
    def _on_changed(self) -> None:
        self._waiting.start()

    def settle(self, then: Callable[[], object]) -> None:
        """Keep what was typed last, then call ``then``.

        What cannot be kept is told and stays once; whoever goes on leaves it behind.
        """
        if not self._waiting.isActive():
            then()
            return
        self._waiting.stop()
        self._enter(then)

    @Slot()
    def _enter(self, then: Callable[[], object] = _nothing) -> None:
        """Keep what is typed, where it is right, and show it."""
        if self._look is None or not self._desk.looks.is_own(self._look.code):
            then()
            return
        values = {section: form.values() for section, form in self.forms.items()}
        work = partial(_saved, self._desk, self._look.code, values)
        kept = partial(self._kept, then)
        self._shell.jobs.library(work, kept, self._refused, title="正在保存版式")

    def _kept(self, then: Callable[[], object], look: Look) -> None:
        then()
        if self._look is None or look.code != self._look.code:
            return
        self._look = look
        self.title.setText(look.title)
        self.state.setText(_SAVED)
        for form in self.forms.values():
            form.tell({})
        self._draw()

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, InputError):
            self._shell.messages.report(error)
            return
        self.state.setText(_WRONG if error.fields else str(error))
        for section, form in self.forms.items():
            head = f"{section}." if section else ""
            own = {
                place.removeprefix(head): words
                for place, words in error.fields.items()
                if place.startswith(head) and (section or "." not in place)
            }
            form.tell(own)
        wrong = [place.partition(".")[0] for place in error.fields]
        if first := next((place for place in wrong if place in LAYOUTS), ""):
            self.layouts.set_codes([first])
            for section in LAYOUTS:
                self.forms[section].setVisible(section == first)

    def _draw(self) -> None:
        look, layout = self._look, self.layouts.code()
        if look is not None:
            work = partial(_drawn, self._desk, look, layout)
            self._shell.jobs.papers(work, self._shown, title="正在生成预览")

    def _shown(self, pdf: bytes) -> None:
        self.preview.show_pdf(pdf, keep_place=True)

    @Slot()
    def _leave(self) -> None:
        self.settle(_nothing)
        self.left.emit()

    @Slot()
    def _copy(self) -> None:
        if self._look is not None:
            work = partial(self._desk.looks.copy, self._look.code)
            self._shell.jobs.library(work, self._show)

    def _compose(self) -> None:
        inner = QWidget()
        parts: list[Any] = [self.forms[""]]
        for section in ("families", "faces"):
            parts += [label(TITLES[section], "heading"), self.forms[section]]
        parts += [label("各种版面", "heading"), self.layouts]
        parts += [self.forms[section] for section in LAYOUTS]
        column_of(*parts, ..., on=inner, gap=10, margins=(0, 0, 12, 0))
        split = QSplitter()
        split.addWidget(scrolling(inner))
        split.addWidget(self.preview)
        split.setSizes([560, 480])
        split.setChildrenCollapsible(False)
        head = head_of(self.leaving, self.title, ..., self.copy)
        column_of(head, self.state, (split, 1), on=self, gap=8)


def _saved(desk: Desk, code: str, values: Mapping[str, Mapping[str, Any]]) -> Look:
    return desk.looks.save(desk.looks.made(code, values))


def _drawn(desk: Desk, look: Look, layout: str, progress: Progress) -> bytes:
    progress(0, 0, "")
    return desk.looks.specimen(look, layout)
