"""A library with a password, and what somebody changes in it past the program."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date, time
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from dangjian_desktop.domain.meetings.meeting import Meeting
from dangjian_desktop.domain.members.member import new_id
from dangjian_desktop.domain.references import Person
from dangjian_desktop.storage.copies.checks import verify
from dangjian_desktop.storage.file.connecting import engine_for, raw
from dangjian_desktop.storage.file.sealing import keys_from
from dangjian_desktop.storage.library import Library
from dangjian_desktop.storage.meetings import MEETINGS
from dangjian_desktop.storage.records.sums import write_sums
from dangjian_desktop.storage.sent import Sent

KEYS, OTHERS = keys_from(bytes(range(20))), keys_from(bytes(range(1, 21)))
SENT = Sent(
    version=1,
    day=date(2026, 3, 31),
    until=date(2026, 3, 31),
    at="2026-03-31T09:00:00",
    name="三月小结",
    content={"figures": [1, 2]},
    files={"docx": b"word", "pdf": b"paper"},
)
COUNT = "SELECT count(*) FROM chain"

Attack = Callable[[dbapi2.Connection], object]


def a_meeting(title: str, **more: Any) -> Meeting:
    day = date(2026, 3, 18)
    return Meeting(id=new_id(), kinds=("general_meeting",), title=title, date=day, **more)


def fill(library: Path) -> list[str]:
    """Two sittings, one with four states and a fixed number, and two versions of a paper."""
    first = a_meeting("甲会", start=time(14, 30), host=Person("张三"))
    other = a_meeting("乙会", closing="小结。" * 300)
    with closing(Library.open(library, write=True)) as opened:
        for closing_words in ("一", "二" * 900, "二" * 901, "四"):
            with opened.changing() as work:
                work.meetings.save(replace(first, closing=closing_words), reason=closing_words[0])
        with opened.changing() as work:
            work.add("meeting", [other])
            work.prints.fix_number(first.id, "general_meeting", 3)
            for number in (1, 2):
                work.sent.add("summary", "2026-03", replace(SENT, version=number))
    return [first.id, other.id]


def attacked(path: Path, attack: Attack) -> tuple[str, ...]:
    """What verifying says after somebody had the file open with the bare driver."""
    with raw(path, write=True) as connection:
        connection.execute("PRAGMA foreign_keys=OFF")
        attack(connection)
    return verify(path)


def knowing(path: Path, attack: Attack) -> tuple[str, ...]:
    """The same by one who knows how checksums are made and makes them right again."""
    attacked(path, attack)
    with engine_for(path, write=True).begin() as connection:
        write_sums(connection, MEETINGS.sheet)
    return verify(path)


def run(*statements: str) -> Attack:
    return lambda connection: [connection.execute(each) for each in statements]


def named(problems: tuple[str, ...], *words: str) -> bool:
    """Whether a line that holds all the words is there, and what to do."""
    return any(all(word in line for word in words) for line in problems) and any(
        "备份" in line for line in problems
    )
