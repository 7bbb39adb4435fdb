"""One record typed as a whole with the input method on: search, title, long text, name, grid,
date, save; then what the library holds of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Protocol

from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from dangjian_desktop.ui.look.widgets import go_to
from tests.ui.project_world import a_stored_project

NAME, SPELLED = "周丽凤", "zhoulifeng"
MONTH, NUMBER, END = "2026-03", "9.5", "2026-12-30"
WORDS = "zhibugongzuo"


class Hand(Protocol):
    """What types and clicks, and the program under it."""

    program: Any

    def go(self, place: str) -> Any: ...

    def wait(self, seconds: float) -> None: ...

    def hand(self, *words: str) -> None: ...

    def keys(self, *names: str) -> None: ...

    def click(self, widget: QWidget) -> None: ...

    def switch_on(self) -> None: ...

    def until(self, so: Callable[[], Any]) -> bool: ...


def search_finds(session: Hand) -> str:
    """The name is found by whatever the engine made of its letters."""
    search = session.program.window.top.search
    _spell(session, search, SPELLED)
    found = session.until(lambda: any(NAME in words for words in _listed(search.results)))
    typed, listed = search.text(), _listed(search.results)
    session.keys("Escape")
    return "" if found and not typed.isascii() else f"查的是 {typed!r}，列出 {listed}"


def record_is_kept(session: Hand) -> str:
    """Everything that was typed is in the record, as the field showed it."""
    stored = a_stored_project(session.program.desk)
    page = session.go("projects")
    page.edit(stored.id)
    session.until(lambda: page.editing and page.editor.body is not None)
    session.wait(1)
    body = page.editor.body
    shown = {
        "title": _write(session, body.head.editor("title")),
        "background": _write(session, body.words.editor("background")),
    }
    who = next(iter(body.tables["team"].rows[0].cells.values()))
    _spell(session, who.editor, SPELLED)
    session.keys("Down", "Return")
    _type(session, body.head.editor("end"), END.replace("-", "."))
    session.keys("Tab")
    _enter_cell(session, body.values.grid)
    session.click(page.editor.findChild(QPushButton, "editor.save"))
    session.until(lambda: not page.editing)
    return _differences(session.program.desk.projects.one(stored.id), shown)


def _differences(kept: Any, shown: Mapping[str, str]) -> str:
    member = kept.team[0].person
    held = {
        **{name: (getattr(kept, name), words) for name, words in shown.items()},
        "name": (member.name, NAME),
        "member": (bool(member.member_id), True),
        "end": (kept.end.isoformat(), END),
        "grid": (kept.targets[0].values.get(MONTH), Decimal(NUMBER)),
    }
    wrong = [
        f"{name}：{there!r}，应为 {meant!r}"
        for name, (there, meant) in held.items()
        if there != meant
    ]
    wrong += [f"{name}：{words!r} 不是汉字" for name, words in shown.items() if not _chinese(words)]
    return "；".join(wrong)


def _chinese(words: str) -> bool:
    return bool(words) and all("\u4e00" <= sign <= "\u9fff" for sign in words)


def _write(session: Hand, field: QWidget) -> str:
    """Spell the words over what stands there; what the field shows then."""
    _spell(session, field, WORDS)
    return str(field.value() or "")  # type: ignore[attr-defined]


def _spell(session: Hand, field: QWidget, letters: str) -> None:
    _type(session, field, letters)
    session.wait(0.6)
    session.keys("space")
    session.wait(0.6)


def _type(session: Hand, field: QWidget, letters: str) -> None:
    inner = field.focusProxy() or field
    go_to(inner)
    session.wait(0.4)
    session.click(inner)
    session.keys("ctrl+a", "BackSpace")
    session.switch_on()
    session.hand("type", "--delay", "120", letters)


def _enter_cell(session: Hand, grid: Any) -> None:
    """The first digit opens the cell."""
    go_to(grid)
    session.wait(0.4)
    place = grid.values.index(0, grid.values.months.index(MONTH))
    grid.scrollTo(place)
    grid.setCurrentIndex(place)
    QApplication.processEvents()
    session.switch_on()
    session.hand("type", "--delay", "120", NUMBER)
    session.keys("Return")
    session.wait(0.5)


def _listed(results: Any) -> list[str]:
    return [results.item(row).text() for row in range(results.count())]
