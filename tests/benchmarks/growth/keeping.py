"""What is written: one save against the bare driver, an import against its dry run, bytes."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

from dangjian_desktop.domain.branch import Branch
from dangjian_desktop.domain.meetings.meeting import Meeting
from dangjian_desktop.domain.words import texts_of
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.library.branch import new_library
from dangjian_desktop.services.members.roster_import import RosterImport
from dangjian_desktop.storage import chain
from dangjian_desktop.storage.file.connecting import raw
from dangjian_desktop.storage.file.keys import hold, let_go
from dangjian_desktop.storage.file.sealing import keys_from
from dangjian_desktop.storage.library import Library
from dangjian_desktop.storage.records.records import to_json
from dangjian_desktop.storage.rekeying import rekey
from tests.benchmarks.growth.libraries import clock, copy, library
from tests.benchmarks.growth.measuring import in_turns, median, milliseconds, opened, processor
from tests.benchmarks.report import Report
from tests.benchmarks.roster import make_workbook

ROWS = 2_000


def saving(report: Report, runs: int) -> None:
    """One sitting saved with a word changed, in both libraries and by the driver alone."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        files = {name: copy(name, Path(folder)) for name in ("y1", "y10")}
        desks = {
            name: stack.enter_context(opened(file, write=True)) for name, file in files.items()
        }
        took = in_turns({name: _save(desk) for name, desk in desks.items()}, runs)
        file = files["y10"]
        uid = desks["y10"].meetings.find()[0]
        took["bare"] = median(_Bare(file, uid).save, runs)
    report.line(milliseconds(**took))
    report.figure("save of one meeting, y10 : y1", took["y10"] / took["y1"], 1.3, most=True)
    ratio = took["y10"] / took["bare"]
    report.figure("save of one meeting, y10 : bare driver", ratio, 3, most=True)


def sealing(report: Report, runs: int) -> None:
    """The same in a library with a password, with the chain that seals each save and without."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        file = copy("y10", Path(folder))
        keys = keys_from(bytes(20))
        hold(keys)
        stack.callback(let_go)
        rekey(file, keys)
        desk = stack.enter_context(opened(file, write=True))
        sealed = _save(desk)

        def bare() -> Meeting:
            with patch.object(chain, "key_in", lambda _connection: None):
                return sealed()

        took = in_turns({"without": bare, "sealed": sealed}, runs)
    report.line(milliseconds(**took))
    ratio = took["sealed"] / took["without"]
    report.figure("save of one meeting under a password, sealed : not", ratio, 1.2, most=True)


def opening(report: Report, runs: int) -> None:
    """A library opened and closed, against the check of its seal alone."""

    def seal() -> None:
        with raw(library("y10")) as connection:
            connection.execute("PRAGMA cipher_integrity_check").fetchall()

    def opened() -> None:
        Library.open(library("y10"), write=False).close()

    took = in_turns({"seal": seal, "opening": opened}, runs)
    report.line(milliseconds(**took))
    report.figure("opening : seal check alone, y10", took["opening"] / took["seal"], 1.3, most=True)


def size(report: Report, saves: int) -> None:
    """Bytes of the file for its text, and what small changes add to it."""
    with opened(library("y10")) as desk, desk._library.reading() as work:
        records = [*work.members.all(), *work.meetings.all(), *work.projects.all()]
    text = sum(len(part.encode()) for record in records for part in texts_of(record))
    held = library("y10").stat().st_size
    report.line(f"y10: {text / 1e6:.2f} MB of text in {held / 1e6:.2f} MB")
    report.figure("bytes of the file for one of text, y10", held / text, 3, most=True)
    with tempfile.TemporaryDirectory() as folder:
        file = copy("y10", Path(folder))
        with opened(file, write=True) as desk:
            before, body, save = file.stat().st_size, 0, _save(desk)
            for _ in range(saves):
                body += len(to_json(save()).encode())
            added = file.stat().st_size - before
    report.line(f"{saves} small changes: {added} bytes for records of {body / saves:.0f}")
    report.figure("bytes that a change adds, for one of its record", added / body, 0.3, most=True)


def importing(report: Report, runs: int) -> None:
    """A roster read, checked and written, against the same without writing."""
    took: dict[str, list[float]] = {"dry": [], "import": []}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sheet = folder / "花名册.xlsx"
        make_workbook(sheet, ROWS)
        for turn in range(runs + 1):
            store = new_library(folder / f"{turn}.dangjian", Branch(name="中共测试公司支部"))
            service = RosterImport(store, clock)
            took["dry"].append(
                processor(lambda s=service: s.run(sheet, dry_run=True, accept_partial=True))
            )
            took["import"].append(processor(lambda s=service: s.run(sheet, accept_partial=True)))
            store.close()
    dry, whole = (sorted(each[1:])[runs // 2] for each in took.values())
    report.line(f"roster of {ROWS} rows: dry run {dry:.2f} s, import {whole:.2f} s")
    report.figure("roster of 2,000 rows, import : dry run", whole / dry, 1.6, most=True)


def _save(desk: Desk):
    """Saves another sitting at each call, with one word of it changed; gives what was saved."""
    uids = desk.meetings.find()
    calls = iter(range(10**6))

    def save() -> Meeting:
        number = next(calls)
        sitting = desk.meetings.one(uids[number % len(uids)])
        first, *others = sitting.agenda
        changed = replace(first, resolution=f"{first.resolution or ''}（{number}）"[-60:])
        return desk.meetings.save(replace(sitting, agenda=(changed, *others)))

    return save


class _Bare:
    """The rows that a save reads and writes, with the connections and pragmas of the program."""

    def __init__(self, file: Path, uid: str) -> None:
        self._file, self._uid, self._times = file, uid, 0

    def save(self) -> None:
        self._times += 1
        with raw(self._file) as reading:
            self._read(reading)
        with raw(self._file, write=True) as writing:
            writing.execute("BEGIN IMMEDIATE")
            row, at = self._read(writing), f"{self._times}"
            uid = (self._uid,)
            (number,) = writing.execute(
                "SELECT max(number) FROM revision WHERE subject = 'meeting' AND uid = ?", uid
            ).fetchone()
            writing.execute(
                "UPDATE revision SET delta = ?, whole = 0, checksum = ?"
                " WHERE subject = 'meeting' AND uid = ? AND number = ?",
                (b"x" * 160, at, *uid, number),
            )
            writing.execute(
                "INSERT INTO revision (subject, uid, number, saved_at, reason, content)"
                " VALUES ('meeting', ?, ?, ?, '', '')",
                (*uid, number + 1, at),
            )
            writing.execute(
                "UPDATE meeting SET body = ?, updated_at = ?, checksum = ? WHERE uid = ?",
                (row[0] + " ", at, at, *uid),
            )
            writing.execute(
                "UPDATE entry SET sum = NULL WHERE id = (SELECT id FROM meeting WHERE uid = ?) + ?",
                (*uid, 1 << 40),
            )
            journal = "INSERT INTO journal (at, what, subject, uid) VALUES (?, '保存会议', ?, ?)"
            writing.execute(journal, (at, "meeting", *uid))
            writing.execute("DELETE FROM draft WHERE form = 'meeting' AND uid = ?", uid)
            writing.execute(
                "UPDATE setting SET value = ? WHERE key = 'library.state'", (f'"{self._times}."',)
            )
            writing.execute("COMMIT")

    def _read(self, connection):
        uid = (self._uid,)
        row = connection.execute("SELECT body, * FROM meeting WHERE uid = ?", uid).fetchone()
        for table in ("meeting_kind", "attendance"):
            connection.execute(
                f"SELECT c.* FROM {table} c JOIN meeting r ON r.id = c.meeting_id WHERE r.uid = ?",
                uid,
            ).fetchall()
        return row
