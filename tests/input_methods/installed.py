"""``python3 -m tests.input_methods.installed ENGINE MODULE``: the installed program under a real
input method, seen from outside alone.

Typed by real keys, clicked by the mouse, read back by the program's own command from what it
saved; MODULE is what the desktop says in ``QT_IM_MODULE``. ``installer/prove_input.sh`` calls it
on a bare system, in a session of its own; there is no Python but Debian's.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from tests.input_methods.engines import ENGINES, missing, start
from tests.input_methods.screen import Screen, keys, letters, until

PROGRAMS = {
    "openbox": "openbox",
    "xdotool": "xdotool",
    "/usr/libexec/at-spi-bus-launcher": "at-spi2-core",
    "dangjian-desktop": "dangjian-desktop",
}
NAME, SPELLED = "周丽凤", "zhoulifeng"
WORD, PINYIN = "中国", "zhongguo"
LEDGER, TITLE = "training", "教育培训学时"
MEETING = "一月支部党员大会"
ROSTER = f"""姓名,性别,出生日期,入党时间,转正时间
{NAME},女,1980-01-05,2005-07-01,2006-07-01
李小红,女,1981-02-05,2006-07-01,2007-07-01
"""
HEAD = "开始日期,培训名称,类别,主办单位,参训党员,学时,计入集中学习培训\n"
Row = dict[str, Any]
Do = Callable[["Desk"], None]
Right = Callable[[Row], bool]


class Desk:
    """One window of the installed program on one library."""

    def __init__(self, engine: str) -> None:
        self.engine, self.home = engine, Path(os.environ["HOME"])
        self.library = self.home / "支部.dangjian"
        self._prepare()
        self.screen = Screen()
        self.program = subprocess.Popen(["dangjian-desktop", str(self.library)])
        self.screen.wait(ends="place.home")
        time.sleep(2)

    def told(self, *words: str) -> Any:
        """What the command line of the installed program answers."""
        call = ["dangjian", "--json", "--library", str(self.library), *words]
        done = subprocess.run(call, check=False, capture_output=True, encoding="utf-8")
        if done.returncode:
            raise RuntimeError(done.stdout + done.stderr)
        return json.loads(done.stdout)

    def _prepare(self) -> None:
        rows = [f"2026-01-{day:02},{title(day)},集中培训,支部,李小红,2,是" for day in days()]
        meeting = {
            "kinds": ["general_meeting"],
            "title": MEETING,
            "date": "2026-01-05",
            "agenda": [{"topic": "原题"}],
        }
        for name, text in (
            ("名册.csv", ROSTER),
            ("培训.csv", HEAD + "\n".join(rows)),
            ("会议.json", json.dumps(meeting, ensure_ascii=False)),
        ):
            (self.home / name).write_text(text, encoding="utf-8")
        self.told("new", "--name", "示例党支部")
        self.told("roster", "import", str(self.home / "名册.csv"))
        self.told("ledger", "import", LEDGER, str(self.home / "培训.csv"))
        self.meeting = self.told("meeting", "import", str(self.home / "会议.json"))["ids"][0]

    def end(self) -> None:
        """Close it as the session does when it ends."""
        self.program.terminate()
        self.program.wait(30)

    def into(self, field: str, *, emptied: bool = True) -> None:
        """The cursor into the field of this name, with Chinese turned on."""
        self.screen.click(self.screen.wait(ends=f".{field}", role="text"))
        keys(*(("ctrl+a", "BackSpace") if emptied else ("End",)))
        if self.engine == "fcitx5":
            subprocess.run(["fcitx5-remote", "-o"], check=True)
            time.sleep(0.4)

    def save(self) -> None:
        """The button; an engine may have kept the shortcut for itself."""
        self.screen.click(self.screen.wait(ends="editor.save"))
        time.sleep(1)

    def row(self, day: int, do: Do) -> None:
        """Open the row of that day, do it, save, go back."""
        self.screen.click(self.screen.wait(name=title(day), role="table cell"), 2)
        self.screen.wait(ends="TextEditor.topic", role="text")
        time.sleep(0.6)
        do(self)
        self.save()
        self.screen.click(self.screen.wait(ends="editor.back"))
        time.sleep(1)


def title(day: int) -> str:
    """What the training of that day is called before anything is typed."""
    return f"第{day}次"


def days() -> range:
    """One row for each trial."""
    return range(1, len(TRIALS) + 1)


def _typed(field: str, text: str, *then: str, emptied: bool = True) -> Do:
    def do(desk: Desk) -> None:
        desk.into(field, emptied=emptied)
        letters(text)
        for key in then:
            keys(key)

    return do


def _left(desk: Desk) -> None:
    desk.into("topic")
    letters(PINYIN)
    desk.screen.click(desk.screen.wait(ends="TextEditor.result", role="text"))


def _composed(text: object) -> bool:
    """What was shown while it was composed: letters with blanks, or the first candidate."""
    return str(text).replace(" ", "").replace("'", "") in (WORD, PINYIN)


TRIALS: Sequence[tuple[str, Do, Right]] = (
    ("写好，Ctrl+S", _typed("topic", PINYIN, "space", "ctrl+s"), lambda row: row["topic"] == WORD),
    ("拼写中，点保存", _typed("topic", PINYIN), lambda row: _composed(row["topic"])),
    ("拼写中，点别处", _left, lambda row: _composed(row["topic"])),
    ("拼写中，Ctrl+S", _typed("topic", PINYIN, "ctrl+s"), lambda row: _composed(row["topic"])),
    ("备注拼写中，点保存", _typed("note", PINYIN), lambda row: _composed(row["note"])),
    (
        "拼写中，Esc",
        _typed("topic", PINYIN, "Escape", emptied=False),
        lambda row: row["topic"].startswith("第"),
    ),
    ("学时 9.5", _typed("hours", "9.5", "Tab"), lambda row: row["hours"] == "9.5"),
    ("姓名", _typed("who", SPELLED, "space", "Down", "Return"), lambda row: row["who"] == [NAME]),
)


def rows_are_right(desk: Desk) -> list[str]:
    """Type them all, then read what was saved; a line for each trial."""
    desk.screen.click(desk.screen.wait(ends="place.ledgers"))
    desk.screen.click(desk.screen.wait(name=TITLE, role="table cell"), 2)
    done = {name: tried(lambda do=do, day=day: desk.row(day, do)) for day, (name, do, _) in _each()}
    kept = {
        row["values"]["day"]: {**row["values"], "note": row["note"]}
        for row in desk.told("ledger", "show", LEDGER)["rows"]
    }
    lines = []
    for day, (name, _do, right) in _each():
        row = kept[f"2026-01-{day:02}"]
        said = done[name] or ("" if right(row) else f"保存的是 {row}")
        lines.append(_line(name, said))
    return lines


def _each() -> Sequence[tuple[int, tuple[str, Do, Right]]]:
    return list(zip(days(), TRIALS))  # noqa: B905 - Python 3.9 has no strict


def search_finds(desk: Desk) -> str:
    """The name is found by what the engine made of its letters."""
    desk.into("TopBar.search")
    letters(SPELLED)
    keys("space")
    until(lambda: any(NAME in each for each in desk.screen.names()), f"没有列出 {NAME}")
    typed = desk.screen.read(desk.screen.wait(ends="TopBar.search", role="text"))
    keys("Escape")
    return "" if typed and not typed.isascii() else f"查的是 {typed!r}"


def agenda_keeps(desk: Desk) -> str:
    """Ctrl+Enter adds an item while the topic of the one before is being composed."""
    desk.screen.click(desk.screen.wait(ends="place.meetings"))
    desk.screen.click(desk.screen.wait(name=MEETING, role="table cell"), 2)
    topic = desk.screen.wait(name="第1项议题", role="text")
    time.sleep(1)
    desk.screen.click(topic)
    keys("ctrl+a", "BackSpace")
    if desk.engine == "fcitx5":
        subprocess.run(["fcitx5-remote", "-o"], check=True)
    letters(PINYIN)
    keys("ctrl+Return")
    desk.save()
    desk.screen.click(desk.screen.wait(ends="editor.back"))
    kept = [
        item["topic"] for item in desk.told("meeting", "show", desk.meeting)["record"]["agenda"]
    ]
    return "" if _composed(kept[0]) else f"保存的是 {kept}"


def tried(trial: Callable[[], Any]) -> str:
    """What is wrong; the other trials go on."""
    try:
        return trial() or ""
    except Exception as error:  # noqa: BLE001
        keys("Escape")
        return f"{type(error).__name__}: {error}"


def _line(name: str, said: str) -> str:
    return f"  {'不对' if said else '在'}　{name}{'：' if said else ''}{said}\n"


def main(engine: str, module: str) -> int:
    """Print one line for each trial; 1 when one failed, 2 when it cannot be tried."""
    if lacking := missing(PROGRAMS, [engine]):
        sys.stderr.write(f"缺少这些软件包，无法试输入法：{' '.join(lacking)}。\n")
        return 2
    os.environ |= {"QT_IM_MODULE": module, "XMODIFIERS": f"@im={ENGINES[engine]}"}
    begun = start(engine)
    desk = Desk(engine)
    sys.stdout.write(f"{engine}，QT_IM_MODULE={module}\n")
    lines = rows_are_right(desk)
    lines.append(_line("搜索", tried(lambda: search_finds(desk))))
    lines.append(_line("议题拼写中，Ctrl+Enter", tried(lambda: agenda_keeps(desk))))
    sys.stdout.write("".join(lines))
    desk.end()
    for process in reversed(begun):
        process.terminate()
    return int(any("不对" in line for line in lines))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
