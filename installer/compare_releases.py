"""Name every file in which two releases of one state differ, down to what lies in the packages.

    python installer/compare_releases.py FOLDER FOLDER

Ends with 0 where there is none. Each difference is told with its kind: the content, or the time,
the rights, the order, what packs it. Needs dpkg-deb for what lies in a .deb.
"""

from __future__ import annotations

import hashlib
import io
import re
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from frozen_folder import say

KINDS = ("内容", "时间", "权限")


class Member(NamedTuple):
    """What lies in a package: its content by its hash, its time, its rights."""

    content: str
    time: str
    rights: str


def differences(first: Path, second: Path) -> list[str]:
    """What differs, by file; what lies in a package that can be opened stands below it."""
    told = []
    for name in sorted({path.name for path in (*first.iterdir(), *second.iterdir())}):
        one, other = first / name, second / name
        if not (one.is_file() and other.is_file()):
            told.append(f"{name}：只在 {first if one.is_file() else second} 里有")
        elif one.read_bytes() != other.read_bytes():
            told.append(name)
            told += [f"  {each}" for each in _unlike(inside(one), inside(other))]
    return told


def _unlike(one: Mapping[str, Member], other: Mapping[str, Member]) -> list[str]:
    told = []
    for name in sorted({*one, *other}):
        if name not in one or name not in other:
            told.append(f"{name}：只在一个里有")
            continue
        pairs = zip(KINDS, one[name], other[name], strict=True)
        if unlike := [kind for kind, was, now in pairs if was != now]:
            told.append(f"{name}：{'、'.join(unlike)}")
    if not told and one:
        told.append("里面的文件相同：" + ("次序" if [*one] != [*other] else "包装"))
    return told


def inside(package: Path) -> dict[str, Member]:
    """What lies in a .deb, a .run or a .zip, in its order; of others nothing."""
    if package.suffix == ".deb":
        return dict(_of_deb(package))
    if package.suffix == ".run":
        content = package.read_bytes()
        offset = re.search(rb"^offset=(\d+)$", content, re.M)
        return dict(_of_tar(content[int(offset[1]) :])) if offset else {}
    return dict(_of_zip(package.read_bytes()))


def _of_deb(package: Path) -> Iterator[tuple[str, Member]]:
    for part, named in (("--ctrl-tarfile", "DEBIAN/"), ("--fsys-tarfile", "")):
        with tempfile.TemporaryFile() as file:
            subprocess.run(["dpkg-deb", part, str(package)], check=True, stdout=file)
            file.seek(0)
            for name, member in _of_tar(file.read()):
                yield named + name, member


def _of_tar(content: bytes) -> Iterator[tuple[str, Member]]:
    with tarfile.open(fileobj=io.BytesIO(content)) as archive:
        for each in archive:
            file = archive.extractfile(each) if each.isreg() else None
            held = file.read() if file else each.linkname.encode()
            name = each.name.removeprefix("./")
            rights = f"{each.mode:o} {each.uid} {each.gid} {each.type!r}"
            yield name, Member(_hash(held), str(each.mtime), rights)
            for further, member in _of_zip(held) if name.endswith(".zip") else ():
                yield f"{name}/{further}", member


def _of_zip(content: bytes) -> Iterator[tuple[str, Member]]:
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for each in archive.infolist():
                held = _hash(archive.read(each))
                yield each.filename, Member(held, str(each.date_time), str(each.external_attr))


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def main(arguments: Sequence[str]) -> int:
    if len(arguments) != 2 or not all(Path(each).is_dir() for each in arguments):
        say("用法：compare_releases.py 一次发布的文件夹 另一次发布的文件夹")
        return 2
    told = differences(Path(arguments[0]), Path(arguments[1]))
    say("\n".join(told) or "两次做出的完全相同。")
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
