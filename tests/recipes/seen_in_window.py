"""What the window offers: printed as words, one a line; run in a copy of the program."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from PySide6.QtWidgets import QAbstractButton, QLabel

from dangjian_desktop import app
from dangjian_desktop.ui.desk.parts import Parts
from dangjian_desktop.ui.desk.store import SettingsStore
from dangjian_desktop.ui.window.frame import Frame


def main() -> None:
    """Open the library, show every place, and say every word on buttons, labels and lists."""
    application = app.make_application()
    settings = SettingsStore()
    frame = Frame(settings.shape("window"))
    frame.show()
    program = app.furnish(application, frame, settings)
    program.open(Path(os.environ["DANGJIAN_DATA"]) / "党支部.dangjian")
    settle(application, program)
    for code in [*program.window._places]:
        program.window.go(code)
        settle(application, program, code)
    write_a_letter(application, program)
    for kind in (QAbstractButton, QLabel):
        for widget in frame.findChildren(kind):
            sys.stdout.write(widget.text().strip() + "\n")
    for view in words_of_models(frame):
        sys.stdout.write(view + "\n")
    program.close()


def write_a_letter(application, program) -> None:
    """The record of the recipe through its editor, as a person would."""
    program.window.go("letter")
    settle(application, program, "letter")
    page = program.window._pages["letter"]
    page.start_new()
    settle(application, program)
    cells = page.editor.body.form.cells
    for name, value in (("person", "李四方"), ("matter", "请求修路"), ("day", "2026-03-07")):
        cells[name].set_value(value)
    page.editor.saver.save_and_leave()
    settle(application, program)
    sys.stdout.write(f"{page.card.title.text()}\n")


def words_of_models(frame: Frame):
    """The first column of every list that is in the window."""
    from PySide6.QtWidgets import QAbstractItemView, QComboBox

    for view in [*frame.findChildren(QAbstractItemView), *frame.findChildren(QComboBox)]:
        model = view.model()
        for row in range(model.rowCount() if model else 0):
            yield str(model.index(row, 0).data() or "")


def settle(application, program, place: str = "") -> None:
    """Until what is under way has ended, and what that has begun: a page is imported in many turns
    of the events before it is there."""
    last, given_up = time.monotonic(), time.monotonic() + 60
    while time.monotonic() < min(last + 1, given_up):
        application.processEvents()
        time.sleep(0.005)
        if under_way(program, place):
            last = time.monotonic()


def under_way(program, place: str) -> bool:
    """Whether something is read, imported or made."""
    window = program.window
    waiting = window is not None and any(parts.waiting for parts in window.findChildren(Parts))
    return program.jobs.busy or waiting or bool(place and window.page(place) is None)


main()
