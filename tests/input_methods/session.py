"""One engine, one window: types while composing, leaves in each way, reads back what was kept."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from traceback import format_exc
from typing import Any

from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from dangjian_desktop import app
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.ui.desk.composing import Composing
from dangjian_desktop.ui.desk.store import SettingsStore
from dangjian_desktop.ui.window.frame import Frame
from tests.input_methods.engines import start
from tests.input_methods.record import NAME, record_is_kept, search_finds
from tests.services.make import a_library, a_member

CODE = "training"
PLAIN = {"day": "2026-01-05", "form": "class", "organiser": "支部", "counts": True, "who": ["甲"]}
PINYIN = "zhongguo"


class Session:
    """The window, and a hand on the keyboard and the mouse."""

    def __init__(self, application: QApplication, engine: str) -> None:
        self.application, self.engine = application, engine
        library = a_library(Path(os.environ["HOME"]))
        self.library = library.path
        with library.changing(Topic.MEMBERS) as work:
            for name in ("甲", NAME):
                work.members.save(a_member(name))
        library.close()
        settings = SettingsStore()
        frame = Frame(settings.shape("window"))
        frame.show()
        self.program = app.furnish(application, frame, settings)
        self.program.open(self.library)
        self.until(lambda: self.program.window is not None)
        self.wait(1.5)
        self.page = self.go("ledgers")
        self.page.open_ledger(CODE)
        self.wait(1.5)

    def go(self, place: str) -> Any:
        """The page of a place, made when it is first asked for."""
        self.program.window.go(place)
        self.until(lambda: self.program.window.page(place) is not None)
        return self.program.window.page(place)

    def wait(self, seconds: float) -> None:
        """Let the window live."""
        end = time.monotonic() + seconds
        while time.monotonic() < end or self.program.jobs.busy:
            self.application.processEvents()
            time.sleep(0.005)

    def until(self, so: Callable[[], object]) -> bool:
        """Let it live until that is so, ten seconds at most; whether it came to be."""
        for _ in range(50):
            if so():
                return True
            self.wait(0.2)
        return False

    def hand(self, *words: str) -> None:
        """One command of xdotool, the window alive meanwhile."""
        done = subprocess.Popen(["xdotool", *words])
        while done.poll() is None:
            self.application.processEvents()
            time.sleep(0.005)
        self.wait(0.3)

    def click(self, widget: QWidget) -> None:
        """The left button in its middle."""
        place = widget.mapToGlobal(widget.rect().center())
        self.hand("mousemove", str(place.x()), str(place.y()), "click", "1")

    def keys(self, *names: str) -> None:
        """Press these keys."""
        self.hand("key", "--delay", "70", *names)

    def switch_on(self) -> None:
        """Turn the Chinese input on for the field that has the focus."""
        if self.engine == "fcitx5":
            subprocess.run(["fcitx5-remote", "-o"], check=True)
        self.wait(0.4)

    def composed(self) -> str:
        """What the engine shows now, once it has stopped changing."""
        composing = self.program.findChild(Composing)
        seen, still = "", 0
        while still < 8:
            self.wait(0.15)
            still = still + 1 if composing._text == seen else 0
            seen = composing._text
        return seen

    def new_row(self) -> QWidget:
        """The editor of a new row with all that is required but the text to type."""
        rows = self.page.shown
        rows.start_new()
        self.wait(0.8)
        for name, value in PLAIN.items():
            rows.editor.body.form.cells[name].set_value(value)
        self.wait(0.2)
        return rows.editor

    def line(self, editor: QWidget, name: str) -> QWidget:
        """What is typed into."""
        field = editor.body.form.cells[name].editor
        return field.focusProxy() or field

    def saved(self, uid: str) -> dict[str, object] | None:
        """The values of the row as the library keeps them."""
        found = self.program.desk.ledgers.of(CODE).get([uid])
        return dict(found[uid].values) if uid in found else None


def compose(session: Session, editor: QWidget, name: str) -> QWidget:
    """Type letters that nobody has committed yet."""
    field = session.line(editor, name)
    session.click(field)
    session.switch_on()
    session.hand("type", "--delay", "120", PINYIN)
    return field


def leave(session: Session, editor: QWidget, name: str, way: str) -> None:
    """Go on while they are being composed; the candidates cover what is next to the field."""
    save = editor.findChild(QPushButton, "editor.save")
    if way == "shortcut":
        session.keys("ctrl+s")
        session.wait(0.8)
    elif way == "field":
        session.click(session.line(editor, "note" if name == "topic" else "organiser"))
    # An engine may keep the shortcut for itself: then the text stands there still.
    session.click(save)
    session.wait(0.8)


def text_is_kept(session: Session, name: str, way: str) -> str:
    """Empty when the text is in the library, else what is there."""
    editor = session.new_row()
    if name != "topic":
        editor.body.form.cells["topic"].set_value("学习")
    editor.body.form.cells["hours"].set_value("2")
    compose(session, editor, name)
    shown = session.composed()
    leave(session, editor, name, way)
    values = session.saved(editor.uid)
    text = str((values or {}).get(name) or "").replace(" ", "")
    session.page.back()
    session.wait(0.5)
    good = shown and text == shown.replace(" ", "")
    return "" if good else f"拼写时显示 {shown!r}，保存的是 {text!r}"


def esc_gives_up(session: Session) -> str:
    """Esc belongs to the input method."""
    editor = session.new_row()
    field = compose(session, editor, "topic")
    if not session.composed():
        return "没有拼写"
    session.keys("Escape")
    session.click(session.line(editor, "organiser"))
    text = field.text()
    session.page.back()
    session.wait(0.5)
    return "" if text == "" else f"还在：{text!r}"


def number_is_read(session: Session) -> str:
    """9.5 as the engine makes it."""
    editor = session.new_row()
    editor.body.form.cells["topic"].set_value("学习")
    session.click(session.line(editor, "hours"))
    session.switch_on()
    session.hand("type", "--delay", "90", "9.5")
    session.keys("ctrl+s")
    session.wait(0.8)
    values = session.saved(editor.uid) or {}
    session.page.back()
    session.wait(0.5)
    return "" if str(values.get("hours")) == "9.5" else f"保存的是 {values.get('hours')!r}"


def trials(session: Session) -> Sequence[tuple[str, Callable[[], str]]]:
    """Each with its name."""
    return (
        *(
            (f"{name} {way}", partial(text_is_kept, session, name, way))
            for name in ("topic", "note")
            for way in ("field", "save", "shortcut")
        ),
        ("Esc", partial(esc_gives_up, session)),
        ("9.5", partial(number_is_read, session)),
        ("search", partial(search_finds, session)),
        ("record", partial(record_is_kept, session)),
    )


def tried(trial: Callable[[], str]) -> str:
    """What is wrong; the program's own hook would keep an exception for its log."""
    try:
        return trial()
    except Exception:  # noqa: BLE001
        return format_exc()


def main(engine: str) -> int:
    """Run all trials and print one line each; 1 when one failed."""
    begun = start(engine)
    application = app.make_application()
    session = Session(application, engine)
    sys.stdout.write(f"{engine}\n")
    lost = 0
    for name, trial in trials(session):
        wrong = tried(trial)
        lost += bool(wrong)
        sys.stdout.write(f"  {name:<16}{wrong or '在'}\n")
        sys.stdout.flush()
    for process in reversed(begun):
        process.terminate()
    os._exit(1 if lost else 0)


if __name__ == "__main__":
    main(sys.argv[1])
