"""For ``prove_update.sh``: of one release make two versions that only differ in their number, with
keys that are thrown away: the set-up of the first and the update package to the second.

    python installer/prove_update.py RELEASE.run FOLDER

Everything else in them is, byte for byte, what the release holds.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import linux_packages
import make_update
from frozen_folder import ReleaseError, say, write_list
from make_keys import put
from make_manifest import MANIFEST, lines

from dangjian_desktop.domain.updating.keys import Keys
from dangjian_desktop.storage.updating.signing import public_of


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description="由一个发布文件做出两个版本")
    parser.add_argument("run", type=Path)
    parser.add_argument("out", type=Path)
    asked = parser.parse_args(arguments)
    try:
        _make(asked.run, asked.out)
    except ReleaseError as error:
        say(str(error))
        return 1
    return 0


def _make(run: Path, out: Path) -> None:
    shutil.rmtree(out, ignore_errors=True)
    one, two, work, key = (out / "work" / name for name in ("一", "二", "做", "私钥.key"))
    for folder in (one, two, work):
        folder.mkdir(parents=True)
    _unpack(run, one)
    shutil.copytree(one, two, dirs_exist_ok=True)
    private = os.urandom(32)
    key.write_text(f"{private.hex()}\n", encoding="ascii")
    keys = Keys(public_of(private), public_of(os.urandom(32)))
    version = (one / "version").read_text(encoding="ascii").strip()
    first, _, last = version.rpartition(".")
    following = f"{first}.{int(last) + 1}"
    for folder, number in ((one, version), (two, following)):
        _renumber(folder, version, number)
        _give(folder, keys)
        write_list(folder)
    machine = platform.machine()
    # Pressed as little as may be: nobody carries them anywhere.
    linux_packages.PRESET, make_update.PRESET = "-0", 0
    linux_packages.make_run(one, version, machine, work, out / f"{version}.run")
    make_update.make_update(two, following, "linux", machine, None, out, key)
    shutil.rmtree(out / "work")
    say(f"{version} {following}")


def _unpack(run: Path, folder: Path) -> None:
    with run.open("rb") as opened:
        found = re.search(rb"^offset=(\d+)$", opened.read(4096), re.M)
        if found is None:
            raise ReleaseError(f"{run} 不是安装文件。")
        opened.seek(int(found[1]))
        packed = subprocess.Popen(["xz", "-dc"], stdin=opened, stdout=subprocess.PIPE)
        subprocess.run(["tar", "-x", "-C", str(folder)], stdin=packed.stdout, check=True)
    if packed.wait():
        raise ReleaseError(f"{run} 没有解开。")


def _renumber(folder: Path, version: str, number: str) -> None:
    (folder / "version").write_text(f"{number}\n", encoding="ascii")
    (told,) = folder.glob(f"_internal/dangjian_desktop-{version}.dist-info")
    file = told / "METADATA"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace(f"\nVersion: {version}\n", f"\nVersion: {number}\n", 1), "utf-8")
    told.rename(told.with_name(f"dangjian_desktop-{number}.dist-info"))


def _give(folder: Path, keys: Keys) -> None:
    resources = folder / "_internal" / "dangjian_desktop" / "resources"
    put(resources / "updating", keys)
    text = "\n".join([*lines(resources), ""])
    (resources / MANIFEST).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
