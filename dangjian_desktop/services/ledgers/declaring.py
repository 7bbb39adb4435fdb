"""Making, changing, handing on and switching ledgers; nothing that was entered is ever lost."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.domain.ledgers.changing import (
    differences,
    refusals,
    settled,
    with_own_fields,
)
from dangjian_desktop.domain.ledgers.checks import problems_of
from dangjian_desktop.domain.ledgers.ledger import CHOICE_TYPES, Ledger, Origin, TablePrint
from dangjian_desktop.domain.ledgers.reading import REMEDY, read_ledger
from dangjian_desktop.domain.ledgers.writing import write_ledger
from dangjian_desktop.domain.levels import Level
from dangjian_desktop.domain.texts import clean
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.errors import BlockedError, InputError, Issue
from dangjian_desktop.inputs import MEBIBYTE, read_input
from dangjian_desktop.services.files import write_file
from dangjian_desktop.services.ledgers import keeping
from dangjian_desktop.services.ledgers.catalogue import (
    Asking,
    LedgerEntry,
    blank,
    entry_of,
    put_asking,
    shipped,
    stored_of,
)
from dangjian_desktop.services.ledgers.opening_up import opened_up
from dangjian_desktop.services.of_library import OfLibrary
from dangjian_desktop.storage.file.keys import has_password
from dangjian_desktop.storage.ledgers import StoredLedger
from dangjian_desktop.storage.stored import StoredFilter
from dangjian_desktop.storage.work import Work

SUFFIX = ".toml"
"""How the file of a declaration (台账样式文件) ends."""
_LARGEST = MEBIBYTE


class LedgerStyles(OfLibrary):
    """The declarations of one library; ``clock`` tells the present time."""

    def new(self, title: str) -> Ledger:
        """A ledger of the branch's own to begin with, not stored: a day, a text, a table."""
        return Ledger(
            code=f"own_{secrets.token_hex(4)}",
            title=clean(title)[0],
            origin=Origin.OWN,
            name="{content}",
            day="day",
            period="month",
            identity=("day", "content"),
            listed=("day", "content"),
            sort=("-day",),
            fields=(
                Field("day", "日期", FieldType.DATE, required=True),
                Field("content", "内容", FieldType.TEXT, required=True),
            ),
            prints=(
                TablePrint(
                    title="{branch}{period}" + clean(title)[0],
                    head=("单位", "期间"),
                    columns=(("day", Decimal(30)), ("content", Decimal(126))),
                    sign=("填表人", "支部书记"),
                ),
            ),
        )

    def copy_of(self, code: str, title: str) -> Ledger:
        """A ledger of the branch's own that begins as another one, not stored."""
        with self._library.reading() as work:
            ledger = entry_of(work, code).ledger
        fresh = f"own_{secrets.token_hex(4)}"
        return replace(ledger, code=fresh, title=title, origin=Origin.OWN, edition=1)

    def has_rows(self, code: str) -> bool:
        """Whether rows were entered, also in the bin: then the types of its fields stay."""
        with self._library.reading() as work:
            return _has_rows(work, code)

    def problems(self, ledger: Ledger) -> list[Issue]:
        """What cannot be in a declaration as it stands in the editor; also what rows forbid."""
        with self._library.reading() as work:
            return [*problems_of(ledger), *_refused(work, self._library.path, ledger)]

    def define(self, ledger: Ledger) -> LedgerEntry:
        """Store a new ledger, or the changed declaration of one that is there.

        What was entered stays: values of fields taken away lie under 其他内容, used choices are
        retired. Raises ``InputError`` with every problem; ``BlockedError`` for one that a newer
        program declared.
        """
        with self._library.changing(Topic.LEDGERS) as work:
            return defined(work, self._library.path, ledger)

    def adopt(self, code: str) -> LedgerEntry:
        """采用新版: take over the program's declaration; what was entered stays, and so do the
        fields that the branch added."""
        with self._library.changing(Topic.LEDGERS) as work:
            entry = entry_of(work, code)
            if not entry.changed or (built_in := shipped().get(code)) is None:
                raise InputError(f"“{entry.ledger.title}”没有可以采用的新版。", "不需要处理。")
            newest = with_own_fields(entry.ledger, built_in)
            issues = _refused(work, self._library.path, newest)
            if issues:
                raise InputError("新版不能采用，没有改动任何内容。", "请按提示处理。", issues)
            return _put(work, newest)

    def differences(self, code: str) -> tuple[str, ...]:
        """What adopting the program's declaration would change, in sentences."""
        with self._library.reading() as work:
            entry = entry_of(work, code)
        built_in = shipped().get(code)
        if built_in is None:
            return ()
        return differences(entry.ledger, with_own_fields(entry.ledger, built_in))

    def remove(self, code: str) -> None:
        """Take away a ledger of the branch's own that has no row, also none in the bin."""
        with self._library.changing(Topic.LEDGERS) as work:
            ledger = entry_of(work, code).ledger
            if code in shipped():
                raise InputError(
                    f"“{ledger.title}”是随程序的台账，不能删除。", "不用时可以把它设为不显示。"
                )
            if _has_rows(work, code):
                raise InputError(
                    f"“{ledger.title}”已有记录（包括回收站中的），不能删除。",
                    "不用时可以把它设为不显示，记录都会保留。",
                )
            kept = stored_of(work, code)
            if kept is not None:
                work.ledgers.mark_deleted(kept.id, reason="删除台账")

    def switch(self, code: str, *, shown: bool) -> LedgerEntry:
        """Show a ledger among the others or not; its rows stay."""
        return self._set(code, lambda kept: replace(kept, shown=shown))

    def ask(
        self, code: str, *, on: bool, members: Sequence[str] | None = None, since: str | None = None
    ) -> LedgerEntry:
        """Switch the asking of a ledger on or off.

        Asked is from the period of ``since`` (ISO day, today unless told) on. ``members`` are the
        ids of those asked where the declaration asks the ``named``; left out, they stay. Raises
        ``InputError`` for a ledger whose declaration asks for nothing.
        """
        with self._library.reading() as work:
            entry = entry_of(work, code)
        if on and entry.ledger.ask is None:
            raise InputError(
                f"“{entry.ledger.title}”没有设填报要求，不能打开。", "请先在台账样式里设填报要求。"
            )
        begun = entry.asking.since if entry.asking and since is None else None
        day = begun or datetime.fromisoformat(since or self._clock().date().isoformat()).date()
        kept_members = entry.asking.members if entry.asking else ()
        chosen = kept_members if members is None else tuple(members)
        asking = Asking(day, chosen) if on else None
        return self._set(code, lambda kept: put_asking(kept, asking))

    def read_file(self, path: Path) -> Ledger:
        """The declaration in a file (台账样式文件), not stored; raises ``InputError``."""
        return read_ledger(_text_of(path), f"台账样式文件“{path.name}”")

    def import_file(self, path: Path, *, replacing: bool = False) -> LedgerEntry:
        """Take a ledger from a file. Another one of the same code is refused unless ``replacing``.

        The very same declaration changes nothing.
        """
        ledger = self.read_file(path)
        with self._library.reading() as work:
            known = ledger.code in shipped() or stored_of(work, ledger.code) is not None
            if known:
                present = entry_of(work, ledger.code).ledger
        if known and replace(present, edition=ledger.edition) != ledger and not replacing:
            raise InputError(
                f"资料库里已有编码相同的台账“{present.title}”，内容不同，没有导入。",
                "要用这份样式代替现有样式，请选择替换（命令行用 --replace）；已有记录都会保留。",
                [Issue(text, "different", "code") for text in differences(present, ledger)],
            )
        return self.define(ledger)

    def export_file(self, code: str, folder: Path) -> Path:
        """Write the declaration as a file to hand to another branch; its rows stay here."""
        with self._library.reading() as work:
            kept, ledger = stored_of(work, code), entry_of(work, code).ledger
        text = kept.declaration if kept is not None and ledger.newer else write_ledger(ledger)
        return write_file(folder, f"台账样式_{ledger.title}", SUFFIX, text.encode())

    def _set(self, code: str, change: Callable[[StoredLedger], StoredLedger]) -> LedgerEntry:
        with self._library.changing(Topic.LEDGERS) as work:
            entry = entry_of(work, code)
            work.ledgers.save(change(stored_of(work, code) or _fresh(work, entry.ledger)))
            return entry_of(work, code)


def _text_of(path: Path) -> str:
    try:
        return read_input(path, _LARGEST).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(
            f"“{path.name}”不是台账样式文件。", "请选择由本程序导出的台账样式文件（.toml）。"
        ) from None


def defined(work: Work, path: Path, ledger: Ledger) -> LedgerEntry:
    """``LedgerStyles.define`` inside a transaction, for the library of this path."""
    _require_ours(work, ledger.code)
    issues = [*problems_of(ledger), *_refused(work, path, ledger)]
    if issues:
        message = f"台账“{ledger.title}”有{len(issues)}处问题，没有采用。"
        raise InputError(message, REMEDY, issues)
    return _put(work, ledger)


def _has_rows(work: Work, code: str) -> bool:
    store = keeping.store_of(work, code)
    return any(store.ids(StoredFilter(deleted=gone)) for gone in (False, True))


def _require_ours(work: Work, code: str) -> None:
    kept = stored_of(work, code)
    if kept is not None and entry_of(work, code).ledger.newer:
        raise BlockedError(
            "这本台账是用新版程序设置的，本程序不能修改它的样式。", "请换用新版程序。"
        )


def _refused(work: Work, path: Path, ledger: Ledger) -> list[Issue]:
    """What the rows that are there forbid."""
    known = ledger.code in shipped() or stored_of(work, ledger.code) is not None
    has_rows = known and _has_rows(work, ledger.code)
    if not has_rows:
        return []
    present = entry_of(work, ledger.code).ledger
    found = [*refusals(present, ledger, has_rows=True), *opened_up(work, present, ledger)]
    if ledger.level is Level.SENSITIVE and not has_password(path):
        text = "已有记录，资料库又没有密码，知悉范围不能改为“敏感”，请先给资料库设置密码。"
        found.append(Issue(text, "invalid", "level"))
    return found


def _put(work: Work, ledger: Ledger) -> LedgerEntry:
    code, built_in = ledger.code, shipped().get(ledger.code)
    kept = stored_of(work, code)
    if kept is None and built_in is None:
        work.ledgers.save(replace(_fresh(work, ledger), declaration=write_ledger(ledger)))
        return entry_of(work, code)
    present = entry_of(work, code).ledger
    ready = settled(present, ledger, _used(work, present))
    if built_in is not None and replace(ready, edition=built_in.edition) == built_in:
        declaration, edition = "", built_in.edition
    else:
        declaration, edition = write_ledger(ready), ready.edition
    changed = replace(
        kept or _fresh(work, ledger),
        declaration=declaration,
        edition=edition,
        shipped_edition=None if built_in is None else built_in.edition,
    )
    work.ledgers.save(changed, reason="修改台账样式")
    entry = entry_of(work, code)
    keeping.renew(work, entry.ledger)
    return entry


def _fresh(work: Work, ledger: Ledger) -> StoredLedger:
    """What is stored for the first time, in the place of one that was taken away."""
    gone = next((kept for kept in work.ledgers.all(True) if kept.code == ledger.code), None)
    return blank(ledger) if gone is None else replace(blank(ledger), id=gone.id)


def _used(work: Work, ledger: Ledger) -> dict[str, set[str]]:
    """The codes that rows hold, also rows in the bin, by field of choices."""
    used: dict[str, set[str]] = {asked.name: set() for asked in ledger.of_type(*CHOICE_TYPES)}
    store = keeping.store_of(work, ledger.code)
    for gone in (False, True):
        for kept in store.all(StoredFilter(deleted=gone)):
            row = keeping.loaded(ledger, kept)
            for name, codes in used.items():
                value = row.value(name)
                codes.update(
                    value if isinstance(value, tuple) else () if value is None else (value,)
                )
    return used
