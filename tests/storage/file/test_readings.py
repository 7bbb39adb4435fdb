"""What revision 0004 makes anew: sort keys and names; the history before it stays readable."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from dangjian_desktop.domain.members.member import Member, new_id
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.storage.copies.checks import verify
from dangjian_desktop.storage.file.connecting import engine_for, raw
from dangjian_desktop.storage.library import Library
from dangjian_desktop.storage.migrations.versions import r0003_one_store as before
from dangjian_desktop.storage.records.deltas import delta
from dangjian_desktop.storage.records.records import to_json
from dangjian_desktop.storage.records.sums import text_sum, write_sums

OLD = Member(id=new_id(), name="曾⽴新", sort_key="ceng2 li4 xin1", initials="clx", note="旧")
NEW = Member(id=OLD.id, name="曾⽴新", sort_key="ceng2 li4 xin1", initials="clx", note="⽅")


def _as_then(member: Member) -> bytes:
    return to_json(member).replace('"pinyin":null,', "").encode()


def _as_of_0003(path: Path) -> None:
    """The library with the two states of one member, as the revision before left it."""
    with (
        closing(Library.open(path, write=True)) as library,
        library.changing(Topic.MEMBERS) as work,
    ):
        for state in (OLD, NEW):
            work.members.save(state)
    old, new = _as_then(OLD), _as_then(NEW)
    with raw(path, write=True) as connection:
        connection.execute(
            "UPDATE revision SET delta = ?, whole = 0, checksum = ? WHERE number = 1",
            (delta(old, new), text_sum(old.decode())),
        )
        connection.execute("ALTER TABLE member DROP COLUMN pinyin")
        # What later revisions add.
        connection.execute("DROP TABLE sent")
        connection.execute("DROP TABLE sent_file")
        connection.execute("DROP TABLE chain")
        for table in ("member", "meeting", "project", "record"):
            connection.execute(f"ALTER TABLE {table} ADD COLUMN words TEXT NOT NULL DEFAULT ''")
        connection.execute("UPDATE member SET words = '曾⽴新\n⽅'")
        connection.execute("DROP INDEX ix_meeting_list")
        connection.execute("CREATE INDEX ix_meeting_date ON meeting (date)")
        connection.execute("UPDATE alembic_version SET version_num = '0003'")
        connection.execute("PRAGMA user_version = 3")
        connection.commit()
    with engine_for(path, write=True).begin() as connection:
        for sheet in before.SHEETS:
            write_sums(connection, sheet)


def test_names_are_folded_and_keys_made_anew_and_history_stays(path: Path) -> None:
    _as_of_0003(path)
    with closing(Library.open(path, write=True)) as library, library.reading() as work:
        [member] = work.members.all()
        assert (member.name, member.sort_key) == ("曾立新", "zeng1 li4 xin1")
        assert {"zlx", "clx"} <= set(member.initials.split())
        assert member.note == "⽅"
        assert {"曾立新", "方"} <= set(work.members.words([OLD.id])[OLD.id])
        was = work.members.content_of(OLD.id, 1)
        assert was.encode() == _as_then(OLD)
    assert verify(path) == ()
