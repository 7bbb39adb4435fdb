"""Whose signature an update must bear: the key in use, and what replaced it since."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from dangjian_desktop.domain.updating.canonical import canonical
from dangjian_desktop.domain.updating.manifest import PRODUCT
from dangjian_desktop.frozen import dataclass

KEY, SIGNATURE = re.compile(r"[0-9a-f]{64}"), re.compile(r"[0-9a-f]{128}")
Holds = Callable[[str, bytes, str], bool]
"""Whether the signature (third) over the bytes is that of the key (first)."""


@dataclass(frozen=True, slots=True)
class Keys:
    """Public keys as hexadecimal text; the one in reserve signs nothing but what replaces the
    other. Empty where the program was built without any."""

    in_use: str = ""
    reserve: str = ""

    def __bool__(self) -> bool:
        return bool(KEY.fullmatch(self.in_use))


@dataclass(frozen=True, slots=True)
class Rotation:
    """The key in reserve says: this key is replaced by that one."""

    replaced: str
    by: str
    signature: str

    @property
    def signed(self) -> bytes:
        """The bytes under the signature."""
        return canonical({"product": PRODUCT, "replaced": self.replaced, "by": self.by})

    def as_json(self) -> dict[str, str]:
        """As it travels and is kept."""
        return {"replaced": self.replaced, "by": self.by, "signature": self.signature}


def read_rotations(told: Any) -> tuple[Rotation, ...]:
    """What travelled or was kept; raises ``ValueError`` for anything else."""
    if not isinstance(told, list) or len(told) > 100:
        raise ValueError("no list of rotations")
    return tuple(_rotation(each) for each in told)


def _rotation(told: Any) -> Rotation:
    fields = {"replaced": KEY, "by": KEY, "signature": SIGNATURE}
    if not isinstance(told, dict) or told.keys() != fields.keys():
        raise ValueError("no rotation")
    for name, pattern in fields.items():
        if not isinstance(told[name], str) or not pattern.fullmatch(told[name]):
            raise ValueError(name)
    return Rotation(**told)


def key_now(keys: Keys, rotations: Iterable[Rotation], holds: Holds) -> str:
    """The key that must have signed; a statement counts where it replaces the one in use until
    then, nothing comes back that was replaced, and the key in reserve has signed it."""
    now, gone = keys.in_use, {keys.reserve}
    for each in rotations:
        if each.replaced != now or each.by in gone or each.by == now:
            continue
        if KEY.fullmatch(keys.reserve) and holds(keys.reserve, each.signed, each.signature):
            gone.add(now)
            now = each.by
    return now
