"""Cases 15-17: damage is noticed, locked out of writing, and never read as if it were whole."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from dangjian_desktop.errors import BlockedError
from dangjian_desktop.services.desk import Desk, open_desk
from dangjian_desktop.services.meetings.meetings import MeetingService
from dangjian_desktop.storage.copies import checks
from dangjian_desktop.storage.copies.checks import verify
from dangjian_desktop.storage.copies.copies import Copy, backup
from dangjian_desktop.storage.file.failures import DamagedError
from dangjian_desktop.storage.file.lock import lock_file
from dangjian_desktop.storage.file.processes import this_host
from dangjian_desktop.storage.library import Library
from tests.faults.cases import Trial, many
from tests.faults.disk import watched
from tests.faults.driver import closing_of, save_one, uid_of
from tests.faults.whole import lost

PAGE = 4096


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "PAUSE", 0)


@pytest.fixture
def copy(path: Path) -> Copy:
    """The newest verified copy of a library with five saves."""
    desk = open_desk(path)
    for number in range(1, 6):
        save_one(desk, number)
    desk._library.close()
    return backup(path)


def flipped(whole: bytes, bit: int) -> bytes:
    made = bytearray(whole)
    made[bit // 8] ^= 1 << bit % 8
    return bytes(made)


def refused(path: Path, copy: Copy) -> None:
    """Noticed by ``verify``; neither written nor read; the copy is offered with its date."""
    damaged = path.read_bytes()
    assert verify(path) != ()
    for write in (True, False):
        with pytest.raises(DamagedError, match=r"已损坏.*不再写入") as told:
            Library.open(path, write=write)
        assert str(copy.file) in told.value.remedy
        assert f"{copy.at.year}年{copy.at.month}月{copy.at.day}日" in told.value.remedy
    assert path.read_bytes() == damaged


@pytest.mark.case(15)
def test_one_flipped_bit_anywhere(path: Path, copy: Copy, trial: Trial) -> None:
    whole, chance = path.read_bytes(), Random(15)
    for _ in range(many(10, 300)):
        path.write_bytes(flipped(whole, chance.randrange(len(whole) * 8)))
        refused(path, copy)
        trial.tries += 1


@pytest.mark.case(15)
def test_one_flipped_bit_after_an_unclean_end(path: Path, copy: Copy, trial: Trial) -> None:
    """Only what holds nothing is then mended; whatever is opened has all that was saved."""
    whole, chance = path.read_bytes(), Random(16)
    told = {"pid": 999_999_999, "started": "before/1", "host": this_host()}
    opened = 0
    for _ in range(many(10, 300)):
        path.write_bytes(flipped(whole, chance.randrange(len(whole) * 8)))
        lock_file(path).write_text(json.dumps(told), encoding="utf-8")
        trial.tries += 1
        try:
            Library.open(path, write=True, wait=0).close()
        except DamagedError:
            continue
        opened += 1
        trial.lost += len(lost(path, (), range(1, 6)))
    assert opened <= trial.tries / 4
    assert trial.lost == 0


@pytest.mark.case(16)
def test_a_damaged_page_read_singly(path: Path, trial: Trial) -> None:
    """Read without any examination before: an error in words, or the whole text."""
    with watched(keep=True) as disk:
        desk = open_desk(path)
        save_one(desk, 1)
        pages = sorted(
            {step.at for step in disk.steps if len(step.data) == PAGE and step.file == path.name}
        )
        meetings = Desk(Library(path, None)).meetings
        desk._library.close()
    whole, chance, noticed = path.read_bytes(), Random(16), 0
    for _ in range(many(30, 300)):
        path.write_bytes(flipped(whole, chance.choice(pages) * 8 + chance.randrange(PAGE * 8)))
        trial.tries += 1
        text = read_singly(meetings)
        noticed += "已损坏" in text
        assert text == closing_of(1) or "已损坏" in text
    assert noticed >= trial.tries / 4


def read_singly(meetings: MeetingService) -> str:
    """The text, or what is said instead."""
    try:
        return meetings.one(uid_of(1)).closing
    except BlockedError as error:
        return error.message


@pytest.mark.case(17)
@pytest.mark.parametrize("length", [0.5, 0.1, 0.99, PAGE, 100, -1])
def test_a_truncated_file(path: Path, copy: Copy, trial: Trial, length: float) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[: int(length * len(whole)) if isinstance(length, float) else length])
    refused(path, copy)
    trial.tries = 1


@pytest.mark.case(16)
def test_a_page_of_an_earlier_moment_is_told_unless_nothing_reads_otherwise(
    path: Path, trial: Trial
) -> None:
    """What a disk that lost a write leaves: each page whole in itself, and old."""
    desk = open_desk(path)
    for number in range(1, 7):
        save_one(desk, number)
    old = path.read_bytes()
    with desk._library.changing() as work:
        for meeting in work.meetings.all()[:3]:
            work.meetings.save(replace(meeting, closing="后来改过的话。" * 300, place="另一处"))
        for member in work.members.all()[:2]:
            work.members.save(replace(member, name=f"{member.name}改"))
        work.settings.put("summary/2026", {"a": 1})
    for number in range(7, 9):
        save_one(desk, number)
    desk._library.close()
    new = path.read_bytes()
    expected = read_all(path)
    pages = range(0, min(len(old), len(new)), PAGE)
    stale = [at for at in pages if old[at : at + PAGE] != new[at : at + PAGE]]
    stale = stale[:: many(4, 1)]
    silent = 0
    for at in stale:
        path.write_bytes(new[:at] + old[at : at + PAGE] + new[at + PAGE :])
        trial.tries += 1
        if verify(path) == ():
            silent += 1
            trial.lost += read_all(path) != expected
    assert len(stale) > 10
    assert silent < len(stale) / 4
    assert trial.lost == 0


def read_all(path: Path) -> tuple[object, ...]:
    """Every record, as lists and searches meet it."""
    with Library(path, None).reading() as work:
        return work.members.all(), work.meetings.all(), work.settings.get("summary/2026", None)
