"""Make an update package of a version folder: signed where the private key is at hand.

    python installer/make_update.py --program FOLDER --version N.N.N --platform linux|windows
        --machine x86_64|aarch64 [--floor GLIBC] --out FOLDER [--key FILE]

To be run by the Python of a checkout or of a release, which has the program and cryptography.
Without ``--key`` (or ``DANGJIAN_UPDATE_KEY``, a file too) nothing is made, and that is said: the
full installers are always lawful updates.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import lzma
import os
import re
import sys
import tomllib
import zlib
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from frozen_folder import ROOT, STARTED, ReleaseError, say

from dangjian_desktop.domain.updating.canonical import canonical
from dangjian_desktop.domain.updating.keys import Keys, Rotation, key_now, read_rotations
from dangjian_desktop.domain.updating.manifest import Manifest, Part, written
from dangjian_desktop.errors import UserError
from dangjian_desktop.storage.tables import SCHEMA
from dangjian_desktop.storage.updating.layout import Member, tail
from dangjian_desktop.storage.updating.reading import (
    MANIFEST,
    ROTATIONS,
    SIGNED,
    SUFFIX,
    member_of,
    members_first,
    package,
)
from dangjian_desktop.storage.updating.signing import holds, public_of, signature_of
from dangjian_desktop.storage.updating.trusted import keys_of

KEY = "DANGJIAN_UPDATE_KEY"
PRESET, WORTH = 4, 0.95
"""How hard xz presses (harder takes half as long again for two parts in a hundred); what it does
not make smaller than this is stored as it is."""


def make_update(
    program: Path,
    version: str,
    platform: str,
    machine: str,
    floor: str | None,
    out: Path,
    key_file: Path | None,
) -> Path | None:
    """The package, in ``out``; nothing without a key. Same folder and key, same bytes.

    Raises ``ReleaseError`` for a key that the program does not know, and for what its own reader
    would refuse.
    """
    if key_file is None:
        say("没有更新私钥，没有做更新文件；完整安装包照常可以用来更新。")
        return None
    _require_version(program, version)
    private, rotations, keys = private_key(key_file), rotations_in(program), keys_in(program)
    if not keys or key_now(keys, rotations, holds) != public_of(private):
        raise ReleaseError(
            "更新私钥与程序里的公钥（resources/updating/keys.toml）不是一对，没有做更新文件。"
        )
    brought = canonical([each.as_json() for each in rotations])
    parts, contents = zip(*_parts(program), strict=True)
    day, changes = changes_of(version)
    manifest = Manifest(
        version=version,
        platform=platform,
        machine=machine,
        floor=floor or "",
        day=day,
        schema=SCHEMA,
        changes=changes,
        rotations=hashlib.sha256(brought).hexdigest(),
        size=sum(part.size for part in parts),
        files=parts,
    )
    target = out / f"dangjian-desktop-{version}-{platform}-{machine}{SUFFIX}"
    if target.exists():
        raise ReleaseError(f"{target} 已存在，不覆盖。")
    out.mkdir(parents=True, exist_ok=True)
    write(target, manifest, private, brought, contents)
    _read_back(target, keys)
    return target


def _require_version(program: Path, version: str) -> None:
    file = program / "version"
    own = file.read_text(encoding="ascii").strip() if file.is_file() else ""
    if own != version:
        raise ReleaseError(
            f"{program} 里是 {own or '没有版本号的程序'}，不是 {version}，没有做更新文件。"
        )


def _read_back(target: Path, keys: Keys) -> None:
    try:
        with package(target, keys, ()) as made:
            made.check(lambda *_: None)
    except UserError as error:
        target.unlink()
        told = "\n  ".join([error.message, *(issue.message for issue in error.issues)])
        raise ReleaseError(f"做出的更新文件自己读不过：{told}") from error


def write(
    target: Path, manifest: Manifest, private: bytes, brought: bytes, contents: Sequence[bytes]
) -> None:
    """Write a package of what its manifest tells; ``contents`` are the files as they are packed."""
    told = written(manifest)
    signature = {"key": public_of(private), "signature": signature_of(private, told)}
    first = {MANIFEST: told, SIGNED: canonical(signature), ROTATIONS: brought}
    members: list[Member] = [*members_first(first), *map(member_of, manifest.files)]
    with target.open("xb") as file:
        for member, content in zip(members, [*first.values(), *contents], strict=True):
            file.write(member.head + content)
        file.write(tail(members))


def _parts(program: Path) -> Iterator[tuple[Part, bytes]]:
    """Every file of the folder, by its path, with its bytes as they are packed."""
    paths = sorted(program.rglob("*"))
    for path in paths:
        if path.is_symlink() or not (path.is_dir() or path.is_file()):
            name = path.relative_to(program).as_posix()
            raise ReleaseError(f"{name} 是链接或特殊文件，不能放进更新文件。")
    files = [path for path in paths if path.is_file()]
    with ThreadPoolExecutor(os.cpu_count()) as workers:
        yield from workers.map(partial(_packed, program), files)


def _packed(program: Path, path: Path) -> tuple[Part, bytes]:
    name, content = path.relative_to(program).as_posix(), path.read_bytes()
    small = lzma.compress(content, check=lzma.CHECK_CRC32, preset=PRESET)
    pressed = len(small) < len(content) * WORTH
    packed = small if pressed else content
    part = Part(
        path=name,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        mode=0o755 if name in STARTED else 0o644,
        pressed=pressed,
        packed=len(packed),
        packed_sha256=hashlib.sha256(packed).hexdigest(),
        crc=zlib.crc32(content),
    )
    return part, packed


def private_key(file: Path) -> bytes:
    """The 32 secret bytes that ``make_keys.py`` wrote."""
    try:
        return bytes.fromhex(file.read_text(encoding="ascii").split()[-1])
    except (OSError, ValueError, IndexError) as error:
        raise ReleaseError(f"读不出更新私钥 {file}。") from error


def _updating(program: Path) -> Path:
    found = [path.parent for path in program.rglob("updating/keys.toml")]
    if len(found) != 1:
        raise ReleaseError("程序里没有 resources/updating/keys.toml，或不止一个。")
    return found[0]


def keys_in(program: Path) -> Keys:
    """The public keys that the program was built with."""
    told = tomllib.loads((_updating(program) / "keys.toml").read_text(encoding="utf-8"))
    return keys_of(told["in_use"], told["reserve"])


def rotations_in(program: Path) -> tuple[Rotation, ...]:
    """The statements about keys that travel with every package."""
    return read_rotations(json.loads((_updating(program) / "rotations.json").read_bytes()))


def changes_of(version: str) -> tuple[str, tuple[str, ...]]:
    """The day of the version and its lines in the changelog: those marked with a star, what matters
    most, where there are any."""
    log = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    found = re.search(rf"^## {re.escape(version)}\b([^\n]*)\n(.*?)(?=^## |\Z)", log, re.M | re.S)
    if found is None:
        return "", ()
    day = re.search(r"\d{4}-\d\d-\d\d", found[1])
    lines = [re.findall(rf"^{mark} (.*\S)", found[2], re.M) for mark in (r"\*", "-")]
    return day[0] if day else "", tuple(lines[0] or lines[1])


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description="做出更新文件")
    parser.add_argument("--program", type=Path, required=True, help="版本文件夹")
    parser.add_argument("--version", required=True)
    parser.add_argument("--platform", choices=("linux", "windows"), required=True)
    parser.add_argument("--machine", choices=("x86_64", "aarch64"), required=True)
    parser.add_argument("--floor", help="程序要的 glibc")
    parser.add_argument("--out", type=Path, required=True)
    told = os.environ.get(KEY)
    parser.add_argument("--key", type=Path, default=Path(told) if told else None, help="更新私钥")
    asked = parser.parse_args(arguments)
    given = (asked.program, asked.version, asked.platform, asked.machine, asked.floor)
    try:
        made = make_update(*given, asked.out, asked.key)
    except ReleaseError as error:
        say(str(error))
        return 1
    if made:
        say(f"更新文件：{made.name}　{made.stat().st_size / 2**20:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
