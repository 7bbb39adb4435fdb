"""The old system in which a release is made, so that it starts on systems as old.

Debian 11 by debootstrap, with CPython compiled in it. It is made once below ``build`` and is found
again by the hash of its recipe. It needs the rights of an administrator, and network the first
time; what is run in it afterwards has none.

CPython is compiled without profiles and link-time optimisation: with Debian's own library of the
same version, made with both, the frozen program took the same processor time (every module
imported 1.05 to 1.24 s against 1.12 to 1.23 s, the self-test 3.7 to 3.9 s against 3.8), and what
profiles make differs from one run to the next.
"""

from __future__ import annotations

import hashlib
import os
import platform
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from frozen_folder import ROOT, ReleaseError, say

HERE = Path(__file__).resolve().parent
RECIPE = HERE / "old_root.sh"
SUITE = "bullseye"
SOURCES = "bookworm"
"""Whose Python is compiled: that of the suite is too old for the program."""
PYTHON = "/opt/python/bin/python3.11"
FLOOR = {"x86_64": "2.28", "aarch64": "2.31"}
"""The glibc that the wheels of the lock ask for, and what is compiled here not more."""
COMPILING = (
    *("gcc", "libc6-dev", "make", "dpkg-dev", "file", "patch"),
    *("zlib1g-dev", "libbz2-dev", "liblzma-dev", "libffi-dev"),
)
PACKING = ("binutils", "xz-utils")
LINKED = (
    *("libegl1", "libgl1", "libglib2.0-0", "libdbus-1-3", "libfontconfig1", "libfreetype6"),
    *("libx11-6", "libx11-xcb1", "libxkbcommon0", "libxkbcommon-x11-0", "libxcb-cursor0"),
    *("libxcb-icccm4", "libxcb-image0", "libxcb-keysyms1", "libxcb-randr0", "libxcb-shape0"),
    *("libxcb-render-util0", "libxcb-render0", "libxcb-shm0", "libxcb-sync1", "libxcb-xfixes0"),
    *("libxcb-xkb1", "libcups2", "libwayland-client0", "libwayland-cursor0", "libwayland-egl1"),
)
"""What Qt's platforms are linked with: carried along or asked of the system."""


class OldRoot:
    """One such system, and what is called in it."""

    def __init__(self, folder: Path = ROOT / "build") -> None:
        recipe = hashlib.sha256(RECIPE.read_bytes())
        recipe.update(" ".join((SUITE, SOURCES, *COMPILING, *PACKING, *LINKED)).encode())
        self.tree = folder / f"root-{SUITE}-{recipe.hexdigest()[:12]}"
        self.ready = self.tree / "ready"
        self.log = self.tree.with_suffix(".log")

    def prepare(self) -> None:
        """Make it where it is not there yet, whole or not at all."""
        if self.ready.is_file():
            return
        if os.geteuid() != 0 or shutil.which("debootstrap") is None:
            raise ReleaseError(
                "做旧系统要管理员权限和软件包 debootstrap。没有的，用 --here 在这台电脑上做："
                "那样做出的程序只能用在不比它旧的系统上。"
            )
        say(f"  做一个 Debian 11（只在第一次，约五分钟，日志 {self.log}）")
        shutil.rmtree(self.tree, ignore_errors=True)
        self.tree.mkdir(parents=True)
        self.log.unlink(missing_ok=True)
        self._logged(["debootstrap", "--variant=minbase", SUITE, str(self.tree)])
        settings = [*Path("/etc/apt/apt.conf.d").iterdir(), Path("/etc/resolv.conf")]
        for path in settings:
            if path.is_file():
                shutil.copyfile(path, self.tree / path.relative_to("/"))
        listed = self.tree / "etc" / "apt" / "sources.list"
        mirror = listed.read_text(encoding="utf-8").split()[1]
        with listed.open("a", encoding="utf-8") as file:
            file.write(f"deb-src {mirror} {SOURCES} main\n")
        shutil.copyfile(RECIPE, self.tree / "recipe.sh")
        install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends"]
        self._logged(self.inside(["apt-get", "update", "-qq"], network=True))
        self._logged(self.inside([*install, *COMPILING, *PACKING, *LINKED], network=True))
        self._logged(self.inside(["sh", "/recipe.sh"], network=True))
        self.ready.touch()

    def outside(self, place: Path) -> Path:
        """Where a place of it lies for this computer."""
        return self.tree / place.relative_to("/")

    def inside(self, command: Sequence[str], *, network: bool = False) -> list[str]:
        """The call that runs a command in it."""
        apart = ["unshare", "--mount", "--pid", "--fork", *([] if network else ["--net"])]
        shell = 'mount -t proc proc "$0/proc" && exec chroot "$0" env -i "$@"'
        given = ["PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LANG=C.UTF-8", "HOME=/root"]
        given += ["DEBIAN_FRONTEND=noninteractive"]
        return [*apart, "sh", "-c", shell, str(self.tree), *given, *command]

    def _logged(self, command: Sequence[str]) -> None:
        with self.log.open("ab") as log:
            done = subprocess.run(
                command, check=False, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        if done.returncode:
            raise ReleaseError(f"旧系统没有做成，见 {self.log}。")


def floor() -> str:
    """What a release that is made in it asks of glibc."""
    return FLOOR.get(platform.machine(), "2.31")
