"""Every command with everything that no argument may be: taken, or refused in words, never a bug.

A new command is in the table by itself; what it needs beside goes into ``GOOD``. Each argument is
tried with one bad value after the other in turn, with all of them where the whole is asked for.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
from collections.abc import Iterator
from contextlib import chdir, contextmanager
from functools import cache
from itertools import cycle, groupby, islice
from pathlib import Path

import pytest

from dangjian_desktop.cli import running
from dangjian_desktop.cli.running import main
from dangjian_desktop.services.library import demo
from dangjian_desktop.storage.copies import checks
from dangjian_desktop.storage.file.connecting import raw
from dangjian_desktop.storage.state import state_of
from tests.cli.commands import Command, commands, is_path
from tests.faults.cases import WHOLE
from tests.services.make import a_library, a_meeting

pytestmark = pytest.mark.skipif(os.name == "nt", reason="FIFOs and devices of POSIX")
SECONDS = 60
NOT_UTF8 = os.fsdecode("坏名字".encode("gb18030"))

TEXTS = {
    "empty": "",
    "invisible": "\u200b\u2060\ufeff",
    "30,000": "甲" * 30_000,
    "30,000 digits": "9" * 30_000,
    "not UTF-8": NOT_UTF8,
    "control": "甲\x01\x1b[2J\u202e乙",
    "zero": "0",
    "negative": "-1",
    "huge": str(10**30),
    "full-width": "１２",
    "formula": "=1+1",
    "SQL": "'; DROP TABLE member; --",
}
FILES = ("夹", "管道", "空", "乱", "大", "圈", "口", NOT_UTF8, "无", "长" * 400)
NO_LIBRARIES = ("夹", "管道", "/proc/self/mem")
PATHS = (
    *FILES,
    *(
        "管道/下",
        "圈/下",
        "乱/下",
        "/dev/zero",
        "/dev/full",
        "",
        "甲\x00乙",
        "/",
        ".",
        "/proc/self/mem",
    ),
)


def make_paths(made: Path) -> dict[str, str]:
    """What a path may lead to, made in the folder."""
    made.mkdir()
    (made / "夹.dangjian").mkdir()
    os.mkfifo(made / "管道.dangjian")
    (made / "空.dangjian").touch()
    (made / "乱.dangjian").write_bytes(bytes(range(256)) * 40)
    with (made / "大.dangjian").open("wb") as file:
        file.truncate(3 << 30)
    (made / "圈.dangjian").symlink_to(made / "圈.dangjian")
    Path(made / f"{NOT_UTF8}.dangjian").write_bytes(b"x" * 100)
    with socket.socket(socket.AF_UNIX) as opened:
        opened.bind(str(made / "口.dangjian"))
    below = {f"{name}/下": f"{made}/{name}.dangjian/下" for name in ("管道", "圈", "乱")}
    own = {name: f"{made}/{name}.dangjian" for name in FILES} | below
    return {name: own.get(name, name) for name in PATHS}


class World:
    """A library that is as it was before each command."""

    def __init__(self, folder: Path) -> None:
        made = a_library(folder / "原")
        made.close()
        self.whole = made.path
        self.folder = folder
        self.library = folder / "试" / "支部.dangjian"
        self.out = folder / "出"
        self.here = folder / "此处"
        self.here.mkdir()
        self.file = folder / "会议.json"
        self.file.write_text(json.dumps(a_meeting(), ensure_ascii=False), encoding="utf-8")
        assert main(["--library", str(self.whole), "meeting", "import", str(self.file)]) == 0
        self.state = state(self.whole)
        with raw(self.whole) as connection:
            [self.id] = connection.execute("SELECT uid FROM meeting").fetchone()
        self.fresh()

    def fresh(self) -> None:
        for place in (self.library.parent, self.out, self.folder / "坏"):
            shutil.rmtree(place, ignore_errors=True)
        for left in self.here.iterdir():
            shutil.rmtree(left) if left.is_dir() else left.unlink()
        self.library.parent.mkdir()
        shutil.copyfile(self.whole, self.library)
        self.bad = make_paths(self.folder / "坏")

    def line(self, command: Command, argument: str, what: str) -> list[str]:
        """The whole command line, with the bad value for the argument."""
        value = TEXTS[what] if what in TEXTS else self.bad[what]
        named = argument == "library"
        words = command.line("" if named else argument, value)
        places = {"{id}": self.id, "{file}": str(self.file), "{out}": str(self.out)}
        for mark, place in places.items():
            words = [word.replace(mark, place) for word in words]
        return ["--library", value if named else str(self.library), *words]


def state(library: Path) -> str | None:
    with raw(library) as connection:
        return state_of(connection)


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(checks, "PAUSE", 0.0)
        made = demo._documents
        # What is asked for is whether it is taken, not the whole year.
        patched.setattr(demo, "_documents", lambda *given: islice(made(*given), 4))
        patched.setattr(running, "parser", cache(running.parser))
        patched.setattr(running.paths, "missing_resources", cache(running.paths.missing_resources))
        yield World(tmp_path_factory.mktemp("门"))


@contextmanager
def no_longer_than(seconds: int) -> Iterator[None]:
    def late(*_):
        raise AssertionError(f"no answer within {seconds} seconds")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def wrong(world: World, words: list[str], capfd) -> str:
    """What is wrong with how it ended; nothing where it was taken, or refused in words."""
    capfd.readouterr()
    try:
        # What names no folder is written where the command is given.
        with no_longer_than(SECONDS), chdir(world.here):
            code = main(words)
    except BaseException as error:  # noqa: BLE001 - whatever comes out is what is looked for
        return f"raised {error!r}"
    out, err = capfd.readouterr()
    left = sorted(path.name for place in (world.out, world.here) for path in place.rglob("*"))
    faults = {
        f"ended with {code}": code not in (0, 1, 2),
        f"bug: {err}": "程序内部出错" in err or "Traceback" in out + err,
        "refused without a word": code and not (out + err).strip(),
        f"refused, but wrote {left}": code and left,
        "refused, but changed the library": code and state(world.library) != world.state,
        "half a file is left": any(world.folder.rglob("*.part*")),
    }
    return "; ".join(said for said, holds in faults.items() if holds)


def doors() -> Iterator[tuple[str, Command, str, str]]:
    """Each argument of each command with what it may not be."""
    turns = {True: cycle(PATHS), False: cycle(TEXTS)}
    for command in commands():
        for argument, action in command.arguments.items():
            path = is_path(action)
            tried = (PATHS if path else TEXTS) if WHOLE else (next(turns[path]),)
            # What opens a library is never left to its turn: a pipe would be waited for.
            for what in dict.fromkeys((*tried, *(NO_LIBRARIES if argument == "library" else ()))):
                yield command.name, command, argument, what


TABLE = {name: tuple(rows) for name, rows in groupby(doors(), key=lambda row: row[0])}


@pytest.mark.parametrize("name", [name for name in TABLE if name != "gui"])
def test_every_argument_is_taken_or_refused_in_words(world, capfd, name):
    found = []
    for _, command, argument, what in TABLE[name]:
        if name == "demo" and argument == "library":
            continue  # it makes a library of its own
        world.fresh()
        if said := wrong(world, world.line(command, argument, what), capfd):
            found.append(f"{argument} {what!r}: {said}")
    assert not found


def test_every_kind_of_bad_value_has_its_turn():
    tried = {what for rows in TABLE.values() for *_, what in rows}
    assert tried >= {*PATHS, *TEXTS}
