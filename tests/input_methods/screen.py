"""A window seen from outside: where its parts are, as the accessibility bus tells it, and keys and
clicks of a real hand. Runs where only Debian's own Python is (3.9 and later)."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Iterator
from typing import Any

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

LONGEST = 20.0


class Screen:
    """Every window that tells of itself."""

    def __init__(self) -> None:
        Atspi.init()

    def find(self, *, ends: str = "", name: str = "", role: str = "") -> Any | None:
        """The first part that is shown and has this name, role and end of its path."""
        for part in self._parts(Atspi.get_desktop(0)):
            if (
                (not ends or part.get_accessible_id().endswith(ends))
                and (not name or part.get_name() == name)
                and (not role or part.get_role_name() == role)
            ):
                return part
        return None

    def names(self) -> list[str]:
        """What can be read on the screen, part by part."""
        return [part.get_name() for part in self._parts(Atspi.get_desktop(0))]

    def wait(self, **asked: str) -> Any:
        """The part, once it is there."""
        return until(lambda: self.find(**asked), f"没有找到 {asked}")

    def click(self, part: Any, times: int = 1) -> None:
        """The left button in its middle."""
        place = part.get_extents(Atspi.CoordType.SCREEN)
        x, y = place.x + place.width // 2, place.y + place.height // 2
        hand("mousemove", str(x), str(y))
        hand("click", "--repeat", str(times), "--delay", "60", "1")
        time.sleep(0.6)

    def read(self, part: Any) -> str:
        """The text of a field."""
        return str(Atspi.Text.get_text(part, 0, -1))

    def _parts(self, part: Any) -> Iterator[Any]:
        try:
            children = [part.get_child_at_index(n) for n in range(part.get_child_count())]
        except GLib.Error:  # it went while it was asked
            return
        for child in filter(None, children):
            try:
                role = child.get_role_name()
                shown = child.get_state_set().contains(Atspi.StateType.SHOWING)
            except GLib.Error:
                continue
            if role == "application":
                yield from self._parts(child)
            elif shown:
                yield child
                yield from self._parts(child)


def hand(*words: str) -> None:
    """One command of xdotool."""
    subprocess.run(["xdotool", *words], check=True)


def keys(*names: str) -> None:
    """Press these keys."""
    hand("key", "--delay", "70", *names)
    time.sleep(0.4)


def letters(text: str) -> None:
    """Type them as a person does."""
    hand("type", "--delay", "120", text)
    time.sleep(0.8)


def until(so: Callable[[], Any], said: str) -> Any:
    """What it gives, once it gives something."""
    end = time.monotonic() + LONGEST
    while not (found := so()):
        if time.monotonic() > end:
            raise TimeoutError(said)
        time.sleep(0.2)
    return found
