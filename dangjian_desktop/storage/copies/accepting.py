"""What was changed past the program and has been looked at by somebody, who said so.

It stays named for ever, apart from what is new: who, when, which sentences. What he wrote lies in
a setting, under a sum that the chain seals. A change is known again by what lies there, not by its
sentence: one that is changed once more is new.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

from sqlcipher3 import dbapi2

from dangjian_desktop.domain.texts import json_text
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.storage.chain import ACCEPTED, Entry, Told, append
from dangjian_desktop.storage.file.moments import stamp

KEY = "library.accepted"
"""Setting: every acceptance, as JSON."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it was sealed: a sentence, a mark of what lies there, whose."""

    words: str
    mark: str
    about: tuple[str, str, int] = ("", "", 0)

    def renamed(self, names: Mapping[str, str]) -> Finding:
        """The same with other names in the sentence."""
        return Finding(_renamed(self.words, names), self.mark, self.about)


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Who has looked at what, when (as stamped), and what is to be said of it; which states of
    which records that was."""

    by: str
    note: str
    at: str
    words: tuple[str, ...]
    marks: tuple[str, ...]
    about: tuple[tuple[str, int], ...]

    def called(self, names: Mapping[str, str]) -> Acceptance:
        """The same with other names in the sentences."""
        return replace(self, words=tuple(_renamed(each, names) for each in self.words))

    def names(self, problem: str) -> bool:
        """Whether a problem of a saved state tells the same again: of one that cannot be read any
        more, since the state that it was told from was changed."""
        return any(f"记录{uid}的第{number}次保存" in problem for uid, number in self.about)

    def told(self) -> str:
        """For a sentence."""
        note = f"，说明：{self.note}" if self.note else ""
        return f"{self.at[:16].replace('T', ' ')} 由{self.by}核对过{note}"


def finding(words: str, *lies_there: Any, about: tuple[str, str, int] = ("", "", 0)) -> Finding:
    """A finding; what lies there is what would be other if it were changed once more."""
    told = json.dumps(lies_there, default=bytes.hex).encode()
    return Finding(words, hashlib.sha256(told).hexdigest(), about)


def acceptances(driver: dbapi2.Connection, sound: Iterable[Entry]) -> Iterator[Acceptance]:
    """Those that are as they were sealed."""
    written = {_sum(part): part for part in _written(driver)}
    for entry in sound:
        if entry.what == ACCEPTED and (part := written.get(entry.rows)) is not None:
            yield Acceptance(
                part["by"],
                part["note"],
                part["at"],
                tuple(part["words"]),
                tuple(part["marks"]),
                tuple((uid, number) for uid, number in part["about"]),
            )


def lost_acceptances(driver: dbapi2.Connection, sound: Iterable[Entry]) -> Iterator[Finding]:
    """Those that were sealed and are there no more."""
    there = {_sum(part) for part in _written(driver)}
    for entry in sound:
        if entry.what == ACCEPTED and entry.rows and entry.rows not in there:
            at = entry.at[:16].replace("T", " ")
            words = f"{at}核对时留下的说明被删除或改动：当时核对过的改动重新列出。"
            yield finding(words, "acceptance", entry.seal)


def accept(
    driver: dbapi2.Connection, key: bytes, found: Iterable[Finding], by: str, note: str
) -> None:
    """Seal that somebody has looked at these; an entry that tells nothing stands before already,
    so that what is wrong with the end of the chain shows behind it."""
    told = [*found]
    part = {
        "by": by,
        "note": note,
        "at": stamp(),
        "words": [*dict.fromkeys(each.words for each in told)],
        "marks": [each.mark for each in told],
        "about": [each.about[1:] for each in told if each.about[2]],
    }
    put = (
        "INSERT INTO setting (key, value) VALUES (?, ?)"
        " ON CONFLICT (key) DO UPDATE SET value = excluded.value"
    )
    driver.execute(put, (KEY, json_text([*_written(driver), part])))
    append(driver, key, [Told(ACCEPTED, ACCEPTED, "", 0, "", _sum(part))])


def _renamed(words: str, names: Mapping[str, str]) -> str:
    for old, new in names.items():
        words = words.replace(old, new)
    return words


def _written(driver: dbapi2.Connection) -> list[dict[str, Any]]:
    found = driver.execute("SELECT value FROM setting WHERE key = ?", (KEY,)).fetchone()
    with suppress(TypeError, ValueError):
        parts = json.loads(found[0])
        return [part for part in parts if isinstance(part, dict)]
    return []


def _sum(part: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(part, sort_keys=True).encode()).hexdigest()
