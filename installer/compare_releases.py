"""Name every file in which two releases of one state differ, down to what lies in the packages.

    python installer/compare_releases.py FOLDER FOLDER

Ends with 0 where there is none. Needs dpkg-deb for what lies in a .deb.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from frozen_folder import say


def differences(first: Path, second: Path) -> list[str]:
    """What differs, by file; what lies in a package that can be opened stands below it."""
    told = []
    for name in sorted({path.name for path in (*first.iterdir(), *second.iterdir())}):
        one, other = first / name, second / name
        if not (one.is_file() and other.is_file()):
            told.append(f"{name}：只在 {first if one.is_file() else second} 里有")
        elif one.read_bytes() != other.read_bytes():
            told.append(name)
            told += [f"  {each}" for each in _unlike(_inside(one), _inside(other))]
    return told


def _unlike(one: Mapping[str, str], other: Mapping[str, str]) -> list[str]:
    return sorted(name for name in {*one, *other} if one.get(name) != other.get(name))


def _inside(package: Path) -> dict[str, str]:
    """Each file in a .deb or a .zip, with its hash; of others nothing."""
    if package.suffix == ".zip":
        with zipfile.ZipFile(package) as archive:
            return {each.filename: _hash(archive.read(each)) for each in archive.infolist()}
    if package.suffix != ".deb":
        return {}
    with tempfile.TemporaryDirectory() as folder:
        call = ["dpkg-deb", "--raw-extract", str(package), folder]
        subprocess.run(call, check=True, capture_output=True)
        files = [path for path in Path(folder).rglob("*") if path.is_file()]
        return {path.relative_to(folder).as_posix(): _hash(path.read_bytes()) for path in files}


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
