"""The ledgers of a library: those that came with the program, changed or not, and its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from dangjian_desktop.domain.ledgers.ledger import Ask, Ledger
from dangjian_desktop.domain.ledgers.record import PREFIX
from dangjian_desktop.domain.members.member import new_id
from dangjian_desktop.errors import InputError
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.storage.ledger_words import SECTIONS, declared_as, shipped
from dangjian_desktop.storage.ledgers import StoredLedger
from dangjian_desktop.storage.work import Work

__all__ = ["shipped"]


@dataclass(frozen=True, slots=True)
class Asking:
    """What the branch made of a ledger's ``ask``: since which day, and the members named.

    ``members`` are ids; they are asked where the declaration asks the ``named``.
    """

    since: date
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """One ledger as the library has it.

    ``asking`` is None while it asks for nothing. ``changed`` tells a built-in one that the branch
    changed, ``newest`` the edition of the program that it may take over (采用新版), else None.
    """

    ledger: Ledger
    shown: bool = True
    asking: Asking | None = None
    changed: bool = False
    newest: Ledger | None = None

    @property
    def ask(self) -> Ask | None:
        """What is asked now; nothing while asking is switched off."""
        return self.ledger.ask if self.asking is not None else None


def kind_of(code: str) -> str:
    """Under which kind the rows of a ledger are stored; its subject in drafts and history."""
    return f"{PREFIX}{code}"


def code_of(kind: str) -> str | None:
    """The code of the ledger whose rows are stored under this kind; None for another kind."""
    return kind.removeprefix(PREFIX) if kind.startswith(PREFIX) else None


def entries(work: Work) -> tuple[LedgerEntry, ...]:
    """Every ledger of the library, by section, the built-in ones of a section first."""
    stored = {kept.code: kept for kept in work.ledgers.all()}
    found = [_entry(ledger, stored.pop(code, None)) for code, ledger in shipped().items()]
    found += [_entry(None, kept) for kept in stored.values()]
    return tuple(sorted(found, key=lambda e: SECTIONS.index(e.ledger.section.value)))


def entry_of(work: Work, code: str) -> LedgerEntry:
    """The ledger of this code; raises ``InputError`` where there is none."""
    kept, built_in = stored_of(work, code), shipped().get(code)
    if kept is None and built_in is None:
        raise InputError(f"没有编码为 {code} 的台账。", "请用 ledger list 查看台账的编码。")
    return _entry(built_in, kept)


def ledger_of(work: Work, code: str) -> Ledger:
    """The declaration of the ledger of this code; raises ``InputError`` where there is none."""
    return entry_of(work, code).ledger


def stored_of(work: Work, code: str) -> StoredLedger | None:
    """What the library keeps of a ledger: nothing of a built-in one that is as it came."""
    return next((kept for kept in work.ledgers.all() if kept.code == code), None)


def _entry(built_in: Ledger | None, kept: StoredLedger | None) -> LedgerEntry:
    if kept is None and built_in is not None:
        return LedgerEntry(ledger=built_in, asking=_from_start(built_in))
    if kept is None:
        raise LookupError("neither shipped nor stored")
    ledger, changed = declared_as(kept), bool(kept.declaration) or built_in is None
    offered = built_in is not None and changed and built_in.edition > (kept.shipped_edition or 0)
    return LedgerEntry(
        ledger=ledger,
        shown=kept.shown,
        asking=_asking(kept),
        changed=changed and built_in is not None,
        newest=built_in if offered else None,
    )


def _from_start(ledger: Ledger) -> Asking | None:
    asks = ledger.ask is not None and ledger.ask.on_from_start
    return Asking(date.min) if asks else None


def _asking(kept: StoredLedger) -> Asking | None:
    if not kept.asking:
        return None
    since = date.fromisoformat(kept.asking["since"])
    return Asking(since, tuple(kept.asking.get("members", ())))


def blank(ledger: Ledger) -> StoredLedger:
    """What is stored when something of a ledger is set for the first time."""
    return StoredLedger(id=new_id(), code=ledger.code, declaration="", edition=ledger.edition)


def put_asking(kept: StoredLedger, asking: Asking | None) -> StoredLedger:
    """The stored ledger with its asking set."""
    if asking is None:
        return replace(kept, asking=None)
    plain = {"since": asking.since.isoformat(), "members": list(asking.members)}
    return replace(kept, asking=plain)


def asked(work: Work) -> Iterator[LedgerEntry]:
    """The ledgers that ask for something now."""
    return (entry for entry in entries(work) if entry.ask is not None)
