"""The tables as they are now; a change here needs a revision in ``migrations``.

Every table has a whole-number row id, so that VACUUM keeps it; what may travel to another library
has a ``uid`` (UUID) besides. Dates are ISO text, nested values JSON text. No collation or
function of our own: the file stays readable to any SQLCipher tool. The index of the search is none
of these tables: it is made by ``index``, and may be missing.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

SCHEMA = 9
"""The newest revision; equal to the ``user_version`` of an up-to-date library."""
DELETED = "删除"
"""The reason of a deletion for which none was given."""

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _table(name: str, *parts: Any) -> Table:
    return Table(
        name, metadata, Column("id", Integer, primary_key=True), *parts, sqlite_strict=True
    )


def _text(name: str, *, empty: bool = False) -> Column[str]:
    return Column(name, Text, nullable=empty)


def _number(name: str, *, empty: bool = False) -> Column[int]:
    return Column(name, Integer, nullable=empty)


def _sum() -> Column[str]:
    return Column("checksum", Text)  # of the row and those below it (``records/sums.py``)


def _of(table: str, on_delete: str, *, empty: bool = False) -> Column[int]:
    target = ForeignKey(f"{table}.id", ondelete=on_delete)
    return Column(f"{table}_id", Integer, target, nullable=empty)


setting = _table("setting", _text("key"), _text("value"), UniqueConstraint("key"))

member = _table(
    "member",
    _text("uid"),
    _text("name"),
    _text("sex", empty=True),
    _text("ethnicity", empty=True),
    _text("id_number", empty=True),
    _text("birth_date", empty=True),
    _text("education", empty=True),
    _text("join_date", empty=True),
    _text("join_approved", empty=True),
    _text("full_date", empty=True),
    _text("full_approved", empty=True),
    _text("work_post", empty=True),
    _text("phone", empty=True),
    _text("note", empty=True),
    _text("sort_key"),
    _text("initials"),
    _text("updated_at"),
    _text("deleted_at", empty=True),
    _text("deleted_reason", empty=True),
    _sum(),
    _text("pinyin", empty=True),
    UniqueConstraint("uid"),
)
Index(None, member.c.name)
Index(None, member.c.id_number)

member_span = _table(
    "member_span",
    _of("member", "CASCADE"),
    _text("subject"),  # post, group, kind, standing, voting_suspended, waived
    _number("position"),
    _text("value"),
    _text("start", empty=True),
    _text("end", empty=True),  # half-open: the first day on which it no longer holds
    UniqueConstraint("member_id", "subject", "position"),
)

meeting = _table(
    "meeting",
    _text("uid"),
    _text("title"),
    _text("date"),
    _text("start", empty=True),
    _text("end", empty=True),
    _text("group", empty=True),
    _number("for_year", empty=True),
    _number("number", empty=True),
    _number("held"),
    _text("body"),  # what no column or other table holds
    _text("updated_at"),
    _text("deleted_at", empty=True),
    _text("deleted_reason", empty=True),
    Column("late", Integer, nullable=False, server_default="0"),  # 补录, so that a list knows
    _sum(),
    UniqueConstraint("uid"),
)
# Covers a list and its order, and the years: no minutes are read to find the ids.
Index(
    "ix_meeting_list",
    *(meeting.c[name] for name in ("date", "start", "uid", "deleted_at")),
)

meeting_kind = _table(
    "meeting_kind",
    _of("meeting", "CASCADE"),
    _number("position"),
    _text("kind"),
    UniqueConstraint("meeting_id", "kind"),
)
Index(None, meeting_kind.c.kind)

attendance = _table(
    "attendance",
    _of("meeting", "CASCADE"),
    _number("position"),
    _of("member", "RESTRICT", empty=True),
    _text("name"),
    _text("state"),  # present, video, leave, absent, excluded
    _text("reason", empty=True),
    _text("made_up", empty=True),
    _text("consent", empty=True),
    _text("approved_on", empty=True),
    UniqueConstraint("meeting_id", "position"),
)
Index(None, attendance.c.member_id)

file_number = _table(
    "file_number",
    _of("meeting", "RESTRICT"),
    _text("kind"),
    _number("number"),
    _text("fixed_at"),
    UniqueConstraint("meeting_id", "kind"),
)

revision = _table(
    "revision",
    _text("subject"),
    _text("uid"),
    _number("number"),
    _text("saved_at"),
    _text("reason"),
    _text("content"),  # whole in version 0.1.0, since then empty
    Column("delta", LargeBinary),  # none: the newest, which is the record itself
    _number("whole", empty=True),
    _text("checksum", empty=True),
    UniqueConstraint("subject", "uid", "number"),
)

draft = _table(
    "draft",
    _text("form"),
    _text("uid"),
    _number("base_revision"),
    _text("saved_at"),
    _text("content"),
    Column("version", Integer, nullable=False, server_default="1"),
    UniqueConstraint("form", "uid"),
)

batch = _table(
    "batch",
    _text("uid"),
    _text("file_name"),
    _text("at"),
    _text("as_of"),
    _text("content"),  # subject, UUID and revision of each record that the import touched
    _text("undone_at", empty=True),
    UniqueConstraint("uid"),
)

waiver = _table(
    "waiver",
    _text("uid"),
    _text("rule"),
    _text("subject"),
    _text("reason"),
    _text("on"),
    UniqueConstraint("uid"),
    UniqueConstraint("rule", "subject"),
)

printed = _table(
    "printed",
    _text("paper"),
    _text("uid"),
    _number("version"),
    _text("at"),
    # JSON of what else is known of the print: its look. The column was meant for figures first.
    Column("figures", Text, key="about", nullable=True),
)
Index(None, printed.c.uid)

sent = _table(
    "sent",
    _text("paper"),
    _text("uid"),  # what the paper is about, such as the period of a summary
    _number("version"),
    _text("day"),  # on which it was sent
    _text("until"),  # data date
    _text("at"),
    _text("name"),  # of its files
    _text("content"),  # JSON: figures and words as they were told
    _text("checksum"),  # of everything, the files too
    # JSON: the SHA-256 of its files by their kinds
    Column("files", Text, nullable=False, server_default="{}"),
    UniqueConstraint("paper", "uid", "version"),
)

sent_file = _table(
    "sent_file",
    _text("sha256"),
    Column("data", LargeBinary, nullable=False),
    UniqueConstraint("sha256"),
)

chain = _table(
    "chain",
    _text("what"),
    _text("subject"),
    _text("uid"),
    _number("number"),
    _text("at"),
    _text("state"),
    _text("rows"),
    Column("before", LargeBinary, nullable=False),
    Column("seal", LargeBinary, nullable=False),
)
Index(None, chain.c.subject, chain.c.uid)

journal = _table(
    "journal",
    _text("at"),
    _text("what"),
    _text("subject"),
    _text("uid"),
)
Index(None, journal.c.uid)

attachment = _table(
    "attachment",
    _text("name"),
    _number("size"),
    _text("sha256"),
    UniqueConstraint("name"),
)

project = _table(
    "project",
    _text("uid"),
    _text("title"),
    _text("category"),
    _text("state"),
    _text("secretary"),
    _text("number", empty=True),
    _text("start", empty=True),
    _text("last_day", empty=True),
    _number("year", empty=True),
    _text("percent"),  # counted from the body at each save, so that a list reads no body
    _text("open_planned"),  # planned days of milestones not done, one a word
    _text("body"),  # the whole project
    _text("updated_at"),
    _text("deleted_at", empty=True),
    _text("deleted_reason", empty=True),
    _sum(),
    UniqueConstraint("uid"),
)
Index(None, project.c.start)

project_person = _table(
    "project_person",
    _of("project", "CASCADE"),
    _number("position"),
    _of("member", "RESTRICT"),
    _text("role"),  # secretary, assistant, team
    UniqueConstraint("project_id", "position"),
)
Index(None, project_person.c.member_id)

project_meeting = _table(
    "project_meeting",
    _of("project", "CASCADE"),
    _number("position"),
    _of("meeting", "RESTRICT"),
    _text("item", empty=True),  # the UUID of the agenda item
    UniqueConstraint("project_id", "position"),
)
Index(None, project_meeting.c.meeting_id)

record = _table(
    "record",
    _text("uid"),
    _text("kind"),
    _text("title"),
    _text("day", empty=True),
    _text("until", empty=True),
    _text("period", empty=True),
    _number("year", empty=True),
    _text("state", empty=True),
    _text("body"),  # every value, also of keys that no declaration knows
    _text("updated_at"),
    _text("deleted_at", empty=True),
    _text("deleted_reason", empty=True),
    _sum(),
    UniqueConstraint("uid"),
)
# Covers a list and its order: the bodies, a page and more each, are not read to find the ids.
Index(
    "ix_record_list",
    *(record.c[name] for name in ("kind", "year", "day", "uid", "deleted_at")),
)

record_due = _table(
    "record_due",
    _of("record", "CASCADE"),
    _text("field"),
    _text("day"),
    _number("done"),
)
Index(None, record_due.c.record_id)
Index(None, record_due.c.day)

record_person = _table(
    "record_person",
    _of("record", "CASCADE"),
    _number("position"),
    _text("role"),
    _of("member", "RESTRICT", empty=True),
    _text("name"),
    UniqueConstraint("record_id", "position"),
)
Index(None, record_person.c.member_id)

record_link = _table(
    "record_link",
    _of("record", "CASCADE"),
    _text("field"),
    _text("subject"),
    _text("uid"),
    _text("item", empty=True),  # the UUID of a part, such as an agenda item
)
Index(None, record_link.c.record_id)
Index(None, record_link.c.subject, record_link.c.uid)

record_file = _table(
    "record_file",
    _text("subject"),
    _text("uid"),
    _text("field"),
    _text("attachment"),  # SHA-256 of the file, as in ``attachment``
)
Index(None, record_file.c.subject, record_file.c.uid)

ledger = _table(
    "ledger",
    _text("uid"),
    _text("code"),
    _text("declaration"),  # TOML
    _number("edition"),
    _number("shipped_edition", empty=True),
    _number("shown"),
    _text("asking", empty=True),  # JSON
    _text("updated_at"),
    _text("deleted_at", empty=True),
    _text("deleted_reason", empty=True),
    _sum(),
    UniqueConstraint("uid"),
    UniqueConstraint("code"),
)
