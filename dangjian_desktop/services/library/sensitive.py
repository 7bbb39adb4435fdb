"""What stands in a library that must not stand in one without a password."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from dangjian_desktop.domain.levels import Level
from dangjian_desktop.domain.record import Record
from dangjian_desktop.domain.showing import sensitive_fields
from dangjian_desktop.errors import BlockedError
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.services.declared import all_declared
from dangjian_desktop.services.ever_held import ever_held, holds
from dangjian_desktop.services.ledgers.catalogue import code_of
from dangjian_desktop.storage.copies.checks import examine
from dangjian_desktop.storage.library import Library
from dangjian_desktop.storage.records.drafts import Draft
from dangjian_desktop.storage.tables import SCHEMA
from dangjian_desktop.storage.work import Work


@dataclass(frozen=True, slots=True)
class Sensitive:
    """Something sensitive of one kind (``title``): how many records hold it, or did in an older
    version, how many of them lie in the bin, and how many drafts hold it, or cannot be read."""

    title: str
    records: int
    binned: int
    drafts: int

    @property
    def told(self) -> str:
        """The same in words."""
        binned = f"（其中回收站 {self.binned} 条）" if self.binned else ""
        records = [f"{self.title} {self.records} 条{binned}"] if self.records else []
        drafts = [f"{self.title}草稿 {self.drafts} 份"] if self.drafts else []
        return "、".join([*records, *drafts])


def sensitive_kept(library: Library) -> tuple[Sensitive, ...]:
    """What keeps the password from being removed, kind by kind."""
    found: list[Sensitive] = []
    with library.reading() as work:
        drafts = work.drafts.all()
        for record in all_declared(work):
            names = [*_names(work, record)]
            if names:
                own, store = [d for d in drafts if d.form == record.code], work.of(record.code)
                left = sum(not isinstance(d, Draft) or holds(d.content, names) for d in own)
                used, binned = (ever_held(store, names, deleted=gone) for gone in (False, True))
                found += [Sensitive(record.title, used + binned, binned, left)]
    return tuple(each for each in found if each.told)


def sensitive_told(path: Path) -> str:
    """In words what sensitive a library holds that nobody has open; empty for nothing."""
    library = Library.open(path, write=False)
    try:
        return "、".join(each.told for each in sensitive_kept(library))
    finally:
        library.close()


def require_nothing_sensitive(path: Path) -> None:
    """Raises ``BlockedError`` where the password of a library that nobody has open must stay."""
    if told := sensitive_told(path):
        raise BlockedError(
            f"资料库里还有只在密码保护下保存的内容（含以前的版本）：{told}。不能去掉密码。",
            "请先把这些记录放进回收站，再到“设置”的“回收站”里彻底删除，以前的版本会一并删除；"
            "草稿请打开后放弃（无法读取的在“设置”里放弃）。或者继续使用密码：密码和恢复码都可以更换。",
        )


def may_be_open_to_all(copy: Path) -> bool:
    """Whether nothing sensitive stands in a copy; of one of an older version nobody knows."""
    if examine(copy) < SCHEMA:
        return False
    try:
        require_nothing_sensitive(copy)
    except BlockedError:
        return False
    return True


def _names(work: Work, record: Record) -> Iterator[str]:
    """The keys of what is kept behind a password alone, of fields that a ledger once had too."""
    yield from (field.json or field.name for field in sensitive_fields(record))
    if record.of is None and (code := code_of(record.code)):
        former = work.former_fields(code)
        whole = Level(record.level) is Level.SENSITIVE
        yield from (name for name, field in former.items() if whole or field.secret)
