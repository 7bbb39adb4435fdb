"""lay.exe dies at each call that changes something: what starts afterwards is one whole version.
``sh installer/windows/rehearse.sh``"""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.installer.windows import (
    REHEARSAL,
    WHOLE,
    Place,
    current,
    dos,
    make_setup,
    names,
    whole,
)

pytestmark = pytest.mark.skipif(not WHOLE, reason="sh installer/windows/rehearse.sh")


@pytest.fixture(scope="session")
def dying(made) -> Path:
    target = made.folder / "dying.exe"
    own, _ = make_setup.PROGRAMS["lay.exe"]
    sources = [str(make_setup.SOURCES / f"{name}.c") for name in (*own, *make_setup.SHARED)]
    sources.append(str(REHEARSAL / "killing.c"))
    call = [make_setup.GCC, *make_setup.FLAGS, *make_setup.LINKED, "-mconsole"]
    call += ["-include", str(REHEARSAL / "killing.h"), "-o", str(target), *sources]
    subprocess.run([*call, *make_setup.LIBRARIES], check=True)
    return target


class Dying:
    """Calls of lay.exe that die before or after the n-th call that changes something."""

    def __init__(self, place: Place, tool: Path) -> None:
        self.place, self.tool = place, tool
        self.count = place.folder / "count"

    def lay(self, verb: str, root: Path, *words: object, at: int, when: str) -> int:
        given = [dos(word) if isinstance(word, Path) else word for word in words]
        env = {"KILL_AT": str(at), "KILL_WHEN": when, "KILL_COUNT": dos(self.count)}
        return self.place.wine.run(self.tool, verb, dos(root), *given, **env).returncode

    def points(self, verb: str, root: Path, *words: object) -> list[tuple[int, str]]:
        assert self.lay(verb, root, *words, at=0, when="never") == 0
        found = int(self.count.read_text())
        return [(n, when) for n in range(1, found + 1) for when in ("before", "after")]


@pytest.fixture
def killer(place, dying) -> Dying:
    return Dying(place, dying)


def test_killed_anywhere_a_first_set_up_leaves_nothing_or_a_whole_version(place, killer):
    source = place.made.version(place.folder / "一", "0.1.0", parts=2)
    points = killer.points("put", place.folder / "量", source)
    assert len(points) >= 40
    for number, when in points:
        place.root = place.folder / f"{number} {when}"
        assert killer.lay("put", place.root, source, at=number, when=when) in (99, 0)
        if (place.root / "current").exists():
            assert whole(place.root / "versions" / current(place.root))
            assert place.started() == current(place.root)
        elif (place.root / "dangjian.exe").exists():
            assert "没有装好" in place.started()
        assert place.lay("put", source).returncode == 0
        assert place.started() == current(place.root)
        place.lay("sweep")
        assert len(names(place.root)) == 1


def test_killed_anywhere_an_update_leaves_one_whole_version(place, killer):
    one = place.made.version(place.folder / "一", "0.1.0", parts=2)
    two = place.made.version(place.folder / "二", "0.2.0", parts=2)
    place.root = place.folder / "量"
    place.lay("put", one)
    points = killer.points("put", place.root, two)
    seen = set()
    for number, when in points:
        place.root = place.folder / f"{number} {when}"
        place.lay("put", one, "--no-test")
        killer.lay("put", place.root, two, at=number, when=when)
        version = current(place.root)
        assert whole(place.root / "versions" / version), (number, when)
        assert place.started() == version
        seen.add(version)
        assert place.lay("put", two, "--no-test").returncode == 0
        assert place.started().startswith("0.2.0")
        place.lay("sweep")
        assert len(names(place.root)) == 1
    assert seen == {"0.1.0", "0.2.0"}


@pytest.mark.parametrize("verb", ["sweep", "back", "remove"])
def test_killed_anywhere_the_rest_leaves_what_starts_or_can_be_done_again(place, killer, verb):
    one = place.made.version(place.folder / "一", "0.1.0", parts=2)
    two = place.made.version(place.folder / "二", "0.2.0", parts=2)

    def begin(root: Path) -> None:
        place.root = root
        place.lay("put", one, "--no-test")
        place.lay("put", two, "--no-test")

    begin(place.folder / "量")
    for number, when in killer.points(verb, place.root):
        begin(place.folder / f"{number} {when}")
        killer.lay(verb, place.root, at=number, when=when)
        if verb != "remove":
            assert place.started() == current(place.root)
            assert whole(place.root / "versions" / current(place.root))
        elif (place.root / "dangjian.exe").exists():
            assert place.started() == "0.2.0" or "没有装好" in place.started()
        again = place.lay(verb).returncode
        assert again == 0 or verb == "back"
        if verb == "remove":
            assert [*place.root.iterdir()] == []
