"""What was sent before each content was kept once is still what was sent."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

from dangjian_desktop.storage.copies.checks import verify
from dangjian_desktop.storage.file.connecting import raw
from dangjian_desktop.storage.library import Library
from dangjian_desktop.storage.records.sums import text_sum
from dangjian_desktop.storage.sent import Sent, moment

FIRST = Sent(
    version=1,
    day=date(2026, 4, 2),
    until=date(2026, 3, 31),
    at=moment(),
    name="一支部_汇总",
    content={"words": "好"},
    files={"docx": b"word", "pdf": b"paper"},
)
SECOND = replace(FIRST, version=2, files={"docx": b"word", "pdf": b"other"})
TOLD = ("paper", "uid", "version", "day", "until", "at", "name", "content")


def _as_of_0007(path: Path) -> None:
    """The library with both versions, as the revision before kept them."""
    with closing(Library.open(path, write=True)) as library, library.changing() as work:
        for made in (FIRST, SECOND):
            work.sent.add("summary", "2026-03", made)
    with raw(path, write=True) as connection:
        for form in ("docx", "pdf"):
            connection.execute(f"ALTER TABLE sent ADD COLUMN {form} BLOB NOT NULL DEFAULT x''")
        for made in (FIRST, SECOND):
            query = f"SELECT {', '.join(TOLD)} FROM sent WHERE version = ?"
            told = connection.execute(query, (made.version,)).fetchone()
            sums = [sha256(made.files[form]).hexdigest() for form in ("docx", "pdf")]
            row = (*made.files.values(), text_sum(json.dumps([*told, *sums])), made.version)
            put = "UPDATE sent SET docx = ?, pdf = ?, checksum = ? WHERE version = ?"
            connection.execute(put, row)
        connection.execute("ALTER TABLE sent DROP COLUMN files")
        connection.execute("DROP TABLE sent_file")
        connection.execute("DROP TABLE chain")
        connection.execute("UPDATE alembic_version SET version_num = '0007'")
        connection.execute("PRAGMA user_version = 7")


def test_versions_keep_their_files_and_what_is_alike_is_kept_once(path: Path) -> None:
    _as_of_0007(path)
    with closing(Library.open(path, write=True)) as library, library.reading() as work:
        assert work.sent.of("summary", "2026-03") == (FIRST, SECOND)
        assert work.sent.one("summary", "2026-03", 2) == SECOND
        assert work.sent.one("summary", "2026-03", 3) is None
    with raw(path) as connection:
        [number] = connection.execute("SELECT count(*) FROM sent_file").fetchone()
    assert number == 3
    assert verify(path) == ()


def test_a_version_that_was_changed_before_is_still_told(path: Path) -> None:
    _as_of_0007(path)
    with raw(path, write=True) as connection:
        connection.execute("UPDATE sent SET pdf = x'00' WHERE version = 1")
    Library.open(path, write=True).close()
    [problem] = verify(path)
    assert "第1版与报出时的内容不一致" in problem
