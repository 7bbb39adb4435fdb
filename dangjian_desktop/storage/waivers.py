"""Written reasons why a finding is accepted."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert

from dangjian_desktop.domain.members.member import new_id
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.storage.records.journal import Journal
from dangjian_desktop.storage.tables import waiver


@dataclass(frozen=True, slots=True)
class Waiver:
    """The reason (情况说明) for one rule and subject, and the day on which it was written."""

    rule: str
    subject: str
    reason: str
    on: date


class WaiverStore:
    """At most one waiver for each rule and subject."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._journal = Journal(connection)

    def put(self, written: Waiver) -> None:
        """Keep the reason in place of an older one."""
        row = {"reason": written.reason, "on": written.on.isoformat()}
        added = insert(waiver).values(
            uid=new_id(), rule=written.rule, subject=written.subject, **row
        )
        self._connection.execute(
            added.on_conflict_do_update(index_elements=["rule", "subject"], set_=row)
        )
        self._journal.add("填写情况说明", "waiver", written.rule)

    def all(self) -> dict[tuple[str, str], Waiver]:
        """Every waiver by rule and subject, the key of a finding."""
        columns = (waiver.c.rule, waiver.c.subject, waiver.c.reason, waiver.c.on)
        found = self._connection.execute(select(*columns).order_by(waiver.c.id))
        return {
            (rule, subject): Waiver(rule, subject, reason, date.fromisoformat(day))
            for rule, subject, reason, day in found
        }

    def drop(self, rule: str, subject: str) -> None:
        """Take the waiver back."""
        self._connection.execute(
            delete(waiver).where(waiver.c.rule == rule, waiver.c.subject == subject)
        )
        self._journal.add("撤回情况说明", "waiver", rule)
