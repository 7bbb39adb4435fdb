"""The file of key slots beside a library: the master secret, wrapped once for each password.

It is needed to open a library by its password, not by its recovery code: lost or spoiled it is
written anew. A slot names the key that it gives; which one counts is told by the library.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict, fields, replace
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from dangjian_desktop.domain.texts import json_text
from dangjian_desktop.errors import BlockedError, UserError
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.inputs import read_input
from dangjian_desktop.storage.file.failures import system_told_in_words
from dangjian_desktop.storage.file.keys import LockedError, slots_file
from dangjian_desktop.storage.file.placing import put_in_place, sync_file, written_aside
from dangjian_desktop.storage.file.sealing import MASTER, BrokenSealError, seal, unseal

FORMAT = 1
_KDF, _CIPHER = "argon2id", "aes-256-gcm"
_LONGEST = 65_536
_MOST_SLOTS = 16
MEMORY, PASSES, LANES = 65_536, 3, 4
"""Of Argon2id: KiB, and how often and by how many it is gone through at least."""
_MOST_MEMORY, _MOST_PASSES = 1 << 20, 64
_MOST_WORK = MEMORY * _MOST_PASSES
"""Memory times passes: what a slot of ours never has keeps nobody waiting for minutes."""
LEAST_SECONDS, AIMED_SECONDS = 0.2, 0.27
"""What trying one password takes here at least, and what it is set to take: the neighbours of a
program that is busy lengthen what is measured."""
_MEASURED = 3


class Holder(StrEnum):
    """Whose password a slot is for."""

    SECRETARY = "secretary"
    DEPUTY = "deputy"

    @property
    def label(self) -> str:
        """For people."""
        return {"secretary": "书记", "deputy": "副书记"}[self]


class SlotsLostError(LockedError):
    """There is no file of slots for this library, or none that can be read."""


class WrongPasswordError(LockedError):
    """No slot opens with this password."""


@dataclass(frozen=True, slots=True, repr=False)
class Slot:
    """One wrapped secret; bytes as hexadecimal text. ``key`` is the name of the key it gives."""

    key: str
    who: str
    salt: str
    memory: int
    passes: int
    lanes: int
    wrapped: str
    kdf: str = _KDF
    cipher: str = _CIPHER

    @property
    def about(self) -> bytes:
        """What the wrapping is bound to: everything else that the slot says."""
        told = {n: v for n, v in asdict(self).items() if n != "wrapped"}
        return json.dumps({"format": FORMAT, **told}, sort_keys=True).encode()


def read_slots(library: Path, key: bytes | None = None) -> tuple[Slot, ...]:
    """The slots beside a library, those of one key where it is named; raises ``SlotsLostError``
    where there are none that can be read."""
    file = slots_file(library)
    if not file.exists():
        raise SlotsLostError(
            f"资料库“{library}”有密码，但旁边的钥匙文件“{file.name}”不见了，密码无法核对。",
            _BY_CODE,
        )
    try:
        found = _slots(json.loads(read_input(file, _LONGEST)))
    except (UserError, ValueError, TypeError, KeyError, RecursionError) as error:
        raise SlotsLostError(
            f"钥匙文件“{file}”已损坏，无法识别，密码无法核对。", _BY_CODE
        ) from error
    own = tuple(slot for slot in found if key is None or slot.key == key.hex())
    if not own:
        raise SlotsLostError(
            f"钥匙文件“{file}”不是这个资料库的，密码无法核对。",
            f"请把这个资料库自己的钥匙文件放回原处；没有的，{_BY_CODE}",
        )
    return own


_BY_CODE = "请用打印的恢复码打开，程序会写出新的钥匙文件；资料没有改动。"


def write_slots(library: Path, slots: Iterable[Slot]) -> None:
    """Write the slots beside a library in one step, read back before they count."""
    file, wanted = slots_file(library), tuple(slots)
    told = {"format": FORMAT, "about": _ABOUT, "slots": [asdict(slot) for slot in wanted]}
    told["sum"] = _sum(wanted)
    with system_told_in_words(file.parent, "写入文件夹"), written_aside(file) as part:
        part.write_text(json_text(told, indent=1), encoding="utf-8")
        sync_file(part)
        if _slots(json.loads(read_input(part, _LONGEST))) != wanted:
            raise BlockedError("钥匙文件写出后读回不一致，没有改动。", "请检查磁盘后再试。")
        put_in_place(part, file)


_ABOUT = "党支部工作台的钥匙文件，请与同名的资料库放在一起；没有密码打不开"


def new_slot(
    master: bytes, key: bytes, who: Holder, password: str, beside: Sequence[Slot] = ()
) -> Slot:
    """The secret wrapped for a password, tried before it is given back.

    It is spread by the salt that the other slots have: one password is tried on all in one go.
    """
    if beside:
        bare = replace(beside[0], key=key.hex(), who=who, wrapped="")
    else:
        bare = Slot(key.hex(), who, os.urandom(16).hex(), MEMORY, _calibrated(), LANES, "")
    spread = _spread(password, bare)
    sealed = seal(spread, master, bare.about)
    if unseal(spread, sealed, bare.about) != master:
        raise BrokenSealError
    return replace(bare, wrapped=sealed.hex())


def opened(library: Path, slots: Sequence[Slot], password: str) -> tuple[bytes, Slot]:
    """The master secret and the slot that gave it; raises ``WrongPasswordError``."""
    spread: dict[tuple[object, ...], bytes] = {}
    for slot in slots:
        how = (slot.salt, slot.memory, slot.passes, slot.lanes)
        if how not in spread:
            spread[how] = _spread(password, slot)
        try:
            return unseal(spread[how], bytes.fromhex(slot.wrapped), slot.about), slot
        except BrokenSealError:
            continue
    raise WrongPasswordError(
        f"“{library.name}”的密码不对，没有打开。",
        "请检查大小写和输入法后再输入一次；忘记密码的，用打印的恢复码打开并设置新密码。",
    )


def _slots(told: Any) -> tuple[Slot, ...]:
    """Every slot; raises ``ValueError``, ``TypeError`` or ``KeyError`` for what is none."""
    if told["format"] != FORMAT:
        raise ValueError("format")
    made = tuple(Slot(**{f.name: each[f.name] for f in fields(Slot)}) for each in told["slots"])
    if len(made) > _MOST_SLOTS or not all(map(_possible, made)):
        raise ValueError("slots")
    # It keeps nothing secret and nobody off: a spoiled slot is not taken for a wrong password.
    if told.get("sum", _sum(made)) != _sum(made):
        raise ValueError("sum")
    return made


def _sum(slots: Sequence[Slot]) -> str:
    whole = b"".join(slot.about + bytes.fromhex(slot.wrapped) for slot in slots)
    return hashlib.sha256(whole).hexdigest()


def _possible(slot: Slot) -> bool:
    """Whether it can be tried at all: a spoiled number must not take the machine's memory."""
    sizes = len(bytes.fromhex(slot.key)), len(bytes.fromhex(slot.salt))
    wrapped = len(bytes.fromhex(slot.wrapped))
    return (
        (slot.kdf, slot.cipher, *sizes) == (_KDF, _CIPHER, 8, 16)
        and wrapped == 12 + MASTER + 16
        and slot.who in [*Holder]
        and all(type(n) is int for n in (slot.memory, slot.passes, slot.lanes))
        and 8 * slot.lanes <= slot.memory <= _MOST_MEMORY
        and 1 <= slot.passes <= _MOST_PASSES
        and slot.memory * slot.passes <= _MOST_WORK
        and 1 <= slot.lanes <= 64
    )


def _spread(password: str, slot: Slot) -> bytes:
    return _argon(password.encode(), bytes.fromhex(slot.salt), slot.memory, slot.passes, slot.lanes)


def _argon(password: bytes, salt: bytes, memory: int, passes: int, lanes: int) -> bytes:
    made = Argon2id(salt=salt, length=32, iterations=passes, lanes=lanes, memory_cost=memory)
    return made.derive(password)


@lru_cache(maxsize=1)
def _calibrated() -> int:
    """How many passes take as long as trying a password should; by the time of the processor,
    which other programs lengthen little."""
    took = []
    for _ in range(_MEASURED):
        begun = time.process_time()
        _argon(b"\0" * 8, b"\0" * 16, MEMORY, PASSES, LANES)
        took.append(time.process_time() - begun)
    each = min(took) / PASSES / min(LANES, os.cpu_count() or 1)
    return min(max(PASSES, round(AIMED_SECONDS / max(each, 0.001) + 0.5)), _MOST_PASSES)
