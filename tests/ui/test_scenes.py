"""Each scene begins at the page's own beginning, unless it goes on from the one before."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.ui.scenes import MORE, SCENES, begin, on, played, scene


class Page:
    """Some views over each other."""

    def __init__(self) -> None:
        self.over: list[str] = []
        self.settled = 0

    def open(self, name: str) -> None:
        self.over.append(name)

    def back(self) -> bool:
        return bool(self.over) and bool(self.over.pop())

    def focus_first(self) -> None:
        """Nothing can have the focus here."""

    def settle(self) -> None:
        self.settled += 1


def test_a_scene_does_not_stand_over_the_one_before():
    page, shown = Page(), {}
    scenes = (
        scene("bin", lambda page: page.open("bin"), lambda page: page.open("log")),
        on("purge", lambda page: page.open("purge")),
        scene("about", lambda page: page.open("about")),
    )
    for name in played(lambda: page, scenes, page.settle):
        shown[name] = tuple(page.over)
    assert shown == {"bin": ("bin", "log"), "purge": ("bin", "log", "purge"), "about": ("about",)}
    assert page.settled >= 4 + 3


def test_a_page_that_never_lets_back_is_told():
    page = Page()
    page.back = lambda: True
    with pytest.raises(AssertionError, match="no way back"):
        begin(lambda: page, page.settle)


def test_every_scene_has_a_name_of_its_own():
    names = [each.name for table in (SCENES, MORE) for scenes in table.values() for each in scenes]
    assert {name: count for name, count in Counter(names).items() if count > 1} == {}
    assert not any(scenes[0].on for table in (SCENES, MORE) for scenes in table.values())
