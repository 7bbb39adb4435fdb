"""The lock of the sealed minutes, where the library that they were printed from is gone: the
password with any slots that are left, or the recovery code alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from dangjian_desktop.errors import BlockedError, InputError
from dangjian_desktop.services.library.passwords import entered, new_password
from dangjian_desktop.storage.copies.kept import copies_folder
from dangjian_desktop.storage.copies.minutes import closed_names
from dangjian_desktop.storage.file.keys import SLOTS, hold, slots_file
from dangjian_desktop.storage.file.recovery_code import read_code
from dangjian_desktop.storage.file.sealing import keys_from
from dangjian_desktop.storage.file.slots import opened, read_slots
from dangjian_desktop.storage.file.unlocking import (
    Holder,
    Opening,
    SlotsLostError,
    WrongPasswordError,
    kept_slots,
    put_slot,
)


def unlock_minutes(library: Path, password: str | None, code: str | None) -> None:
    """Unlock what these open; raises ``InputError`` for a code that was copied wrong, nothing for
    a password that does not fit."""
    names = closed_names(library)
    if names and code:
        keys = keys_from(read_code(code))
        if keys.name in names:
            hold(keys)
    if names and password:
        for name in names:
            _by_password(library, name, entered(password))


def open_minutes(library: Path, password: str) -> None:
    """The same for a window, by the password alone; raises ``SlotsLostError`` where no slots are
    left, ``WrongPasswordError`` where none of them opens."""
    names = closed_names(library)
    unlock_minutes(library, password, None)
    if closed_names(library) != names:
        return
    if not any(kept_slots(file, name) for file in with_slots(library) for name in names):
        raise SlotsLostError(
            "打印时另存的会议记录有密码，但钥匙文件不见了，密码无法核对。", "请用打印的恢复码打开。"
        )
    raise WrongPasswordError(
        "密码不对，没有打开打印时另存的会议记录。",
        "请检查大小写和输入法后再输入一次；忘记密码的，用打印的恢复码打开并设置新密码。",
    )


def recover_minutes(library: Path, code: str, password: str) -> None:
    """The same by the recovery code; a library that is made of them opens by this password. Raises
    ``InputError`` for a code or a password of no use."""
    wanted, master = new_password(password), read_code(code)
    keys = keys_from(master)
    if keys.name not in closed_names(library):
        raise InputError(
            "这份恢复码没有抄错，但打不开打印时另存的会议记录。",
            "请核对恢复码纸上的资料库名称、日期和编号；换过恢复码的，要用当时的一张。",
        )
    hold(keys)
    put_slot(library, Opening(master, keys), Holder.SECRETARY, wanted)


def with_slots(library: Path) -> Iterator[Path]:
    """The library and its copies, there or not, as far as a file of slots lies beside them."""
    beside = [slots_file(library), *sorted(copies_folder(library).glob(f"*{SLOTS}"), reverse=True)]
    return (each.with_suffix(library.suffix) for each in beside if each.is_file())


def _by_password(library: Path, name: bytes, password: str) -> None:
    """By the slots beside the library, or beside a copy of it."""
    for file in with_slots(library):
        with suppress(BlockedError, OSError):
            keys = keys_from(opened(file, read_slots(file, name), password)[0])
            if keys.name == name:
                hold(keys)
                return
