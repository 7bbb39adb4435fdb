"""A day's work as whole processes, then the hunt: what may be found nowhere, and what was started.

Once without a password and once with; what must not be found where is the table ``NOWHERE``.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.hunt.marks import (
    ALL,
    BAD_ID,
    ID_NUMBER,
    LANDLINE,
    MINUTES,
    NAME,
    OTHER,
    PASSWORD,
    PHONE,
    TITLE,
    WRONG,
    files_below,
    told_in,
)
from tests.services.make import a_meeting

ROOT = Path(__file__).resolve().parents[2]
NO_NAMES = ALL - {"names"}
NOWHERE = {
    "log": ALL,
    "temp": ALL,
    "cache": ALL,
    "config": ALL,
    "data": ALL,
    "title": ALL,
    "child": ALL,
    "environment": frozenset({"keys"}),
    "dialog": ALL,
    "details": frozenset({"numbers", "keys"}),
    # Who is meant is told to whoever typed the command; no number, no text, no key.
    "error": NO_NAMES,
    "beside": ALL,
    # With a password: the library itself, its journal, files, copies and slots.
    "library": ALL,
}
"""Place: the kinds of marks that must not be there."""
GIVEN = ("DANGJIAN_PASSWORD", "DANGJIAN_NEW_PASSWORD", "DANGJIAN_RECOVERY")


@dataclass
class Day:
    """One home, one library, and everything that was seen from outside."""

    home: Path
    password: bool
    code: tuple[str, ...] = ()
    seen: set[tuple[str, str]] = field(default_factory=set)
    errors: str = ""

    @property
    def library(self) -> Path:
        return self.home / "资料" / "支部.dangjian"

    @property
    def notes(self) -> Path:
        return self.home.parent / "notes.jsonl"

    def surroundings(self, **given: str) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
        password = {"DANGJIAN_PASSWORD": PASSWORD} if self.password else {}
        return {
            **kept,
            "HOME": str(self.home),
            "TMPDIR": str(self.home / "tmp"),
            "QT_QPA_PLATFORM": "offscreen",
            "PYTHONPATH": str(ROOT),
            # What the window compiles for its next start is none of the checkout's.
            "PYTHONDONTWRITEBYTECODE": "1",
            "HUNT_NOTES": str(self.notes),
            **password,
            **given,
        }

    def start(self, *words: object, **given: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "tests.hunt.driver", *map(str, words)],
            cwd=self.home,
            env=self.surroundings(**given),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )

    def command(self, *words: object, code: int = 0, verb: str = "command", **given: str) -> str:
        """What it printed; in detail, so that all of the log is looked through."""
        library = ("--library", self.library)
        process = self.start(verb, *library, *words, "--debug", **given)
        out, err = self._ended(process)
        assert process.returncode == code, (words, out, err)
        return out

    def window(self, verb: str, until: str, *, kill: bool) -> None:
        with self.start(verb, "--debug", self.library) as process:
            watch = threading.Thread(target=self._watch, args=(process,))
            watch.start()
            line = process.stdout.readline() if process.stdout else ""
            if kill:
                process.kill()
            _out, err = process.communicate(timeout=120)
            watch.join()
        self.errors += err
        assert line.strip() == until, (err, self.notes.read_text("utf-8")[-2000:])
        assert kill or process.returncode == 0, err

    def _ended(self, process: subprocess.Popen[str]) -> tuple[str, str]:
        watch = threading.Thread(target=self._watch, args=(process,))
        watch.start()
        out, err = process.communicate(timeout=120)
        watch.join()
        self.errors += err
        return out, err

    def _watch(self, process: subprocess.Popen[str]) -> None:
        """What any other program of this user sees of those that ours starts."""
        # Not asked of /proc: so soon after it began that may be empty still.
        own = "".join(f"{word}\0" for word in process.args)
        while process.poll() is None:
            for pid in _below(process.pid):
                words = _read(Path("/proc") / pid / "cmdline")
                inherited = _read(Path("/proc") / pid / "environ")
                # Between fork and exec it is what was started by hand, once more.
                if words and words != own:
                    self.seen |= {("child", words), ("environment", inherited)}
            time.sleep(0.02)


def _below(pid: int) -> list[str]:
    found, todo = [], [str(pid)]
    while todo:
        at = todo.pop()
        below = _read(Path("/proc") / at / "task" / at / "children").split()
        found += below
        todo += below
    return found


def _read(place: Path) -> str:
    try:
        return place.read_bytes().decode("utf-8", "replace")
    except OSError:
        return ""


def a_roster(file: Path, *, right: bool) -> Path:
    book = Workbook()
    book.active.append(["姓名", "性别", "公民身份号码", "入党日期", "人员类别", "手机号码"])
    book.active.append([NAME, "男", ID_NUMBER, "2008-11-28", "正式党员", PHONE])
    if right:
        book.active.append([OTHER, "女", None, "2010-07-01", "正式党员", None])
    else:
        book.active.append([OTHER, "女", BAD_ID, "昨天", "正式党员", f"{PHONE}9"])
    book.save(file)
    return file


def meetings(file: Path, **more: object) -> Path:
    there = {"present": [NAME, OTHER], "video": [], "leave": [], "absent": [], "excluded": []}
    content = [f"{MINUTES}，{ID_NUMBER}，电话{LANDLINE}。"]
    told = {
        "kinds": ["committee_meeting"],
        "title": TITLE,
        "attendance": there,
        "stated": None,
        "observers": [],
        "details": {},
        "host": NAME,
        "recorder": OTHER,
        "agenda": [{"topic": TITLE, "content": content}],
        **more,
    }
    file.write_text(json.dumps(a_meeting(**told), ensure_ascii=False), encoding="utf-8")
    return file


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="what runs is seen in /proc")
@pytest.mark.parametrize("password", [False, True], ids=["open", "password"])
def test_a_day_leaves_nothing_where_it_must_not_be(tmp_path: Path, *, password: bool):
    day = a_day(tmp_path / "home", password=password)
    places = _places(day)
    _require_that_the_day_left_something(day, places)
    found = {
        (place, name): told
        for place, hidden in NOWHERE.items()
        for name, data in places[place]
        if (told := told_in(data, hidden, day.code))
    }
    assert found == {}
    inherited = "".join(data.decode() for _name, data in places["environment"])
    assert not [name for name in GIVEN if name in inherited]


def a_day(home: Path, *, password: bool) -> Day:
    """From the new library to the last window."""
    (home / "tmp").mkdir(parents=True)
    (home / "资料").mkdir()
    made = Day(home, password=False)
    made.command("new", "--name", "中共甲公司机关支部委员会")
    if password:
        said = made.command("password", "set", DANGJIAN_NEW_PASSWORD=PASSWORD)
        found = re.search(r"恢复码：([0-9A-Z-]+)", said)
        assert found
        made.code, made.password = tuple(found[1].split("-")), True
    _paperwork(made)
    made.window("typing", "typed", kill=True)
    made.window("working", "worked", kill=False)
    _refused(made)
    return made


def _paperwork(day: Day) -> None:
    given, out = day.home / "收到", day.home / "写出"
    given.mkdir()
    day.command("roster", "import", a_roster(given / "册.xlsx", right=True))
    day.command("roster", "import", a_roster(given / "错.xlsx", right=False))
    day.command("meeting", "import", meetings(given / "会.json"))
    day.command("meeting", "import", meetings(given / "错.json", start=PHONE), code=1)
    assert TITLE in day.command("search", MINUTES)
    terms = ("--period", "2026-03", "--to", "公司党委", "--profile", "full")
    papers = ("--papers", "roster.xlsx", "minutes")
    day.command("package", "make", *terms, *papers, "--out", out / "包", "--zip")
    day.command("package", "check", next(out.rglob("*.zip")))
    day.command("template", "fill", "情况报告", "--period", "2026-03", "--out", out / "表")
    copy = re.search(r"已备份并核验：(.+)", day.command("backup"))
    assert copy
    day.command("restore", copy[1])


def _refused(day: Day) -> None:
    day.command("info", verb="falling", code=1)
    if day.password:
        day.command("info", DANGJIAN_PASSWORD=WRONG, code=1)
        wrong = "-".join((*day.code[:3], "ZZZZZ", *day.code[4:]))
        given = {"DANGJIAN_RECOVERY": wrong, "DANGJIAN_NEW_PASSWORD": WRONG}
        day.command("password", "recover", code=1, **given)
        given["DANGJIAN_RECOVERY"] = "-".join(day.code).lower()
        given["DANGJIAN_NEW_PASSWORD"] = PASSWORD
        day.command("password", "recover", **given)


def _notes(day: Day, wanted: str) -> list[str]:
    lines = [json.loads(line) for line in day.notes.read_text("utf-8").splitlines()]
    assert not [line for line in lines if line[0] == "late"]
    return [text for kind, *told in lines if kind == wanted for text in told]


def _places(day: Day) -> dict[str, list[tuple[str, bytes]]]:
    """Everything that the day left behind or showed, by place."""
    home = day.home
    data = home / ".local" / "share" / "dangjian-desktop"
    children = day.notes.read_text("utf-8").splitlines()
    told = [json.loads(line) for line in children]
    found = {
        "log": _content(home / ".cache" / "dangjian-desktop" / "log")
        + _content(home / ".local" / "state"),
        "temp": _content(home / "tmp"),
        "cache": _content(home / ".cache"),
        "config": _content(home / ".config"),
        "data": _content(data),
        "title": [("", text.encode()) for text in _notes(day, "title")],
        "child": [("", line[1].encode()) for line in told if line[0] == "child"],
        "environment": [("", line[-1].encode()) for line in told if line[0] in ("child", "left")],
        "dialog": [("", text.encode()) for text in _notes(day, "dialog")],
        "details": [("", text.encode()) for text in _notes(day, "details")],
        "error": [("", day.errors.encode())],
        "library": _content(day.library.parent) if day.password else [],
        "beside": [
            (str(file), file.read_bytes())
            for file in files_below(home)
            if not {"收到", "写出", "印出", "资料", "tmp", ".cache", ".config", ".local"}
            & set(file.relative_to(home).parts)
        ],
    }
    for kind, text in day.seen:
        found[kind].append((kind, text.encode()))
    return found


def _content(folder: Path) -> list[tuple[str, bytes]]:
    return [
        (str(file), os.fsencode(file.relative_to(folder)) + b"\n" + file.read_bytes())
        for file in files_below(folder)
    ]


def _require_that_the_day_left_something(
    day: Day, places: dict[str, list[tuple[str, bytes]]]
) -> None:
    """Else nothing would be found because nothing was there."""
    there = {place for place, told in places.items() if any(data for _name, data in told)}
    assert {"log", "title", "child", "environment", "dialog", "details", "error", "config"} <= there
    log = b"".join(data for _name, data in places["log"]).decode()
    assert all(words in log for words in ("SELECT", "RuntimeError", "others.library"))
    assert _notes(day, "printed")
    assert ('["unlocked"]' in day.notes.read_text("utf-8")) == day.password
    assert "KeyError" in day.errors
