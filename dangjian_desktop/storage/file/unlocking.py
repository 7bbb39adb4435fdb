"""Opening a lock: by password through the slots, by recovery code without them."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from dangjian_desktop.errors import BlockedError, InputError
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.storage.file.companions import put_aside
from dangjian_desktop.storage.file.keys import Keys, hold, key_name, slots_file
from dangjian_desktop.storage.file.recovery_code import mark_of, read_code
from dangjian_desktop.storage.file.sealing import keys_from
from dangjian_desktop.storage.file.slots import (
    Holder,
    Slot,
    SlotsLostError,
    WrongPasswordError,
    new_slot,
    opened,
    read_slots,
    write_slots,
)


@dataclass(frozen=True, slots=True, repr=False)
class Opening:
    """What a password or a code gave: the secret, its keys, the slot that a password opened."""

    master: bytes
    keys: Keys
    slot: Slot | None = None

    @property
    def who(self) -> Holder:
        """Whose password it was; the recovery code is the secretary's."""
        return Holder(self.slot.who) if self.slot else Holder.SECRETARY


def by_password(library: Path, password: str) -> Opening:
    """Try a password; nothing is unlocked yet. Raises ``SlotsLostError``, ``WrongPasswordError``,
    or ``BlockedError`` for a library without a password."""
    name = _named(library)
    master, slot = opened(library, read_slots(library, name), password)
    return _matching(library, name, master, slot)


def by_code(library: Path, code: str) -> Opening:
    """The same by the recovery code; raises ``InputError`` where it is copied wrong or of another
    library."""
    name, master = _named(library), read_code(code)
    keys = keys_from(master)
    if keys.name != name:
        raise InputError(
            f"这份恢复码（编号 {mark_of(keys.name)}）没有抄错，但不是“{library.name}”现在用的"
            f"（编号 {mark_of(name)}）。",
            "请核对恢复码纸上的资料库名称、日期和编号；换过恢复码的，要用最新的一张。"
            "都对得上的，资料库开头可能已损坏，请用备份恢复。",
        )
    return Opening(master, keys)


def unlock(library: Path, password: str) -> Opening:
    """Unlock every file of the key that the password gives."""
    opening = by_password(library, password)
    hold(opening.keys)
    return opening


def unlock_by_code(library: Path, code: str) -> Opening:
    """The same by the recovery code."""
    opening = by_code(library, code)
    hold(opening.keys)
    return opening


def kept_slots(library: Path, name: bytes) -> tuple[Slot, ...]:
    """The slots of this key that can be read; none where the file is lost or spoiled."""
    with suppress(SlotsLostError):
        return read_slots(library, name)
    return ()


def put_slot(library: Path, opening: Opening, who: Holder, password: str) -> None:
    """Let this password open the library from now on, in place of the one of the same holder;
    the others' stay."""
    name = opening.keys.name
    others = [slot for slot in kept_slots(library, name) if slot.who != who]
    made = new_slot(opening.master, name, who, password, others)
    write_slots(library, [made, *others])


def take_slot(library: Path, who: Holder) -> None:
    """Let the password of this holder open the library no more."""
    name = _named(library)
    write_slots(library, [slot for slot in read_slots(library, name) if slot.who != who])


def tidy_slots(library: Path) -> None:
    """Under the lock: a file of slots tells of no other key than that of the library beside it.

    What a kill left of the other key goes; one beside a library without a password is put aside.
    """
    name = key_name(library)
    if name is None:
        put_aside(library)
        return
    with suppress(SlotsLostError, BlockedError, OSError):
        every = read_slots(library)
        own = [slot for slot in every if slot.key == name.hex()]
        if own and len(own) < len(every):
            write_slots(library, own)


def _named(library: Path) -> bytes:
    name = key_name(library)
    if name is None:
        raise BlockedError(f"资料库“{library}”没有设置密码。", "可以直接打开。")
    return name


def _matching(library: Path, name: bytes, master: bytes, slot: Slot) -> Opening:
    """A slot that names this key and gives another was not made for it."""
    keys = keys_from(master)
    if keys.name != name:
        raise SlotsLostError(
            f"钥匙文件“{slots_file(library)}”与资料库“{library.name}”不符。",
            "请用打印的恢复码打开，程序会写出新的钥匙文件；资料没有改动。",
        )
    return Opening(master, keys, slot)


__all__ = [
    "Holder",
    "Opening",
    "SlotsLostError",
    "WrongPasswordError",
    "by_code",
    "by_password",
    "kept_slots",
    "put_aside",
    "put_slot",
    "take_slot",
    "tidy_slots",
    "unlock",
    "unlock_by_code",
]
