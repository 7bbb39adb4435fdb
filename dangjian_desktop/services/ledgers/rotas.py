"""轮讲安排 of a ledger: turns from the roster, written as rows that can be taken back at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from dangjian_desktop.domain.fields import FieldType
from dangjian_desktop.domain.ledgers.ledger import Ledger
from dangjian_desktop.domain.ledgers.rota import Rota, Turn, rota_of
from dangjian_desktop.domain.ledgers.rows import LedgerRow
from dangjian_desktop.domain.members.member import new_id
from dangjian_desktop.domain.references import Person
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.errors import InputError
from dangjian_desktop.services.judged import judged_day
from dangjian_desktop.services.ledgers import keeping
from dangjian_desktop.services.ledgers.catalogue import kind_of, ledger_of
from dangjian_desktop.services.of_library import OfLibrary
from dangjian_desktop.services.undoing import take_back
from dangjian_desktop.storage.records.batches import Batch, Touched
from dangjian_desktop.storage.stored import StoredFilter
from dangjian_desktop.storage.work import Work

_REASON = "排定轮次"


class LedgerRotas(OfLibrary):
    """Rotas of one library; ``clock`` tells the present time.

    Every method raises ``InputError`` for an unknown ledger, and for one without a rota.
    """

    def proposed(self, code: str, year: int, each: int = 1) -> Rota:
        """The turns that a year still lacks, ``each`` for every group and month; not written."""
        with self._library.reading() as work:
            since = judged_day(work, self._clock().date())
            return rota_in(work, ledger_of(work, code), year, each, since)

    def assign(self, code: str, year: int, each: int = 1) -> tuple[str, int]:
        """Write the turns that a year still lacks: the id to take them back by, and how many.

        Raises ``InputError`` where none is lacking.
        """
        with self._library.changing(Topic.LEDGERS) as work:
            ledger = ledger_of(work, code)
            keeping.require_open(self._library.path, ledger)
            since = judged_day(work, self._clock().date())
            turns = rota_in(work, ledger, year, each, since).turns
            if not turns:
                raise InputError(
                    f"{year}年没有可以增加的轮次。",
                    "以前的月份不再排；要多排，请增加每月人数，或换一年。",
                )
            rows = [keeping.save(work, ledger, _row(ledger, turn), _REASON) for turn in turns]
            store, kind = keeping.store_of(work, code), kind_of(code)
            touched = tuple(Touched(kind, row.id, store.revision_number(row.id)) for row in rows)
            batch = Batch(new_id(), f"{year}年轮讲安排", self._clock().date(), touched)
            return work.batches.add(batch, _REASON).id, len(rows)

    def undo(self, batch: str) -> tuple[int, int]:
        """Take the turns back; raises ``InputError`` where one was changed since."""
        with self._library.changing(Topic.LEDGERS) as work:
            return take_back(work, batch)


def rota_in(
    work: Work, ledger: Ledger, year: int, each: int = 1, since: date | None = None
) -> Rota:
    """The rota of a year inside a transaction; raises ``InputError`` where there is none."""
    wanted = StoredFilter(first=date(year, 1, 1), last=date(year, 12, 31))
    rows: Sequence[LedgerRow] = keeping.oldest_first(work, ledger, wanted)
    found = rota_of(ledger, work.roster(), rows, year, each, since)
    if found is None:
        raise InputError(f"“{ledger.title}”不按人轮讲，排不了轮次。", "请选择按月轮讲的台账。")
    return found


def _row(ledger: Ledger, turn: Turn) -> LedgerRow:
    return LedgerRow(
        id=new_id(), ledger=ledger.code, values=dict(_values(ledger, turn)), edition=ledger.edition
    )


def _values(ledger: Ledger, turn: Turn) -> Iterator[tuple[str, Any]]:
    person = Person(turn.name, turn.member)
    name = ledger.ask.field if ledger.ask else ""
    asked = ledger.named(name)
    several = asked is not None and asked.type is FieldType.PEOPLE
    yield ledger.day, turn.month
    yield name, (person,) if several else person
    group = next(ledger.of_type(FieldType.GROUP), None)
    if group is not None and turn.group:
        yield group.name, turn.group
