"""The public keys that the program was built with, and what is known of their replacement."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from dangjian_desktop.domain.updating.canonical import canonical, read_canonical
from dangjian_desktop.domain.updating.keys import KEY, Keys, Rotation, read_rotations
from dangjian_desktop.errors import UserError
from dangjian_desktop.inputs import read_input
from dangjian_desktop.paths import resources
from dangjian_desktop.storage.file.placing import put_in_place, sync_file, written_aside

KEPT = ".update-keys.json"
_LIMIT = 65_536


def built_in() -> Keys:
    """The keys that stand in the program; empty where whoever built it gave none."""
    told = tomllib.loads(resources("updating", "keys.toml").read_text(encoding="utf-8"))
    return keys_of(told.get("in_use", ""), told.get("reserve", ""))


def keys_of(in_use: str, reserve: str) -> Keys:
    """Keys that are none count as not given; one key for both ends is none in reserve."""
    given = [each if KEY.fullmatch(each) else "" for each in (in_use, reserve)]
    return Keys(given[0], "" if given[0] == given[1] else given[1])


def kept(versions: Path) -> tuple[Rotation, ...]:
    """The statements that earlier packages brought to the program installed there."""
    with suppress(UserError, ValueError):
        return read_rotations(read_canonical(read_input(versions / KEPT, _LIMIT)))
    return ()


def keep(versions: Path, brought: Iterable[Rotation]) -> None:
    """Remember what a package brought that was accepted; raises ``OSError``."""
    before = kept(versions)
    after = tuple(dict.fromkeys((*before, *brought)))
    if after == before:
        return
    with written_aside(versions / KEPT) as part:
        part.write_bytes(canonical([each.as_json() for each in after]))
        sync_file(part)
        put_in_place(part, versions / KEPT)
