"""The libraries that the program asks of the system instead of carrying them along.

What the system's own libraries load too must not come twice: an older libstdc++ in the program
keeps the driver of the screen from loading, which was compiled with a newer one. Everything else
that a binary needs lies in the folder, or the release is not made.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

GLIBC = ("libc.so.6", "libm.so.6", "libdl.so.2", "libpthread.so.0", "librt.so.1", "libutil.so.1")
LOADERS = ("ld-linux-x86-64.so.2", "ld-linux-aarch64.so.1", "libcrypt.so.1")
ASKED = {
    **dict.fromkeys((*GLIBC, *LOADERS), "libc6"),
    "libgcc_s.so.1": "libstdc++6",
    "libstdc++.so.6": "libstdc++6",
    "libz.so.1": "zlib1g",
    "libbz2.so.1.0": "libbz2-1.0",
    "liblzma.so.5": "liblzma5",
    "libglib-2.0.so.0": "libglib2.0-0 | libglib2.0-0t64",
    "libgthread-2.0.so.0": "libglib2.0-0 | libglib2.0-0t64",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libGL.so.1": "libgl1",
    "libGLX.so.0": "libgl1",
    "libOpenGL.so.0": "libgl1",
    "libEGL.so.1": "libegl1",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb.so.1": "libxcb1",
    "libzstd.so.1": "libzstd1",
}
"""The package of Debian that has each of them."""
LEFT = {
    "libcups.so.2": "libcups2 | libcups2t64",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
}
"""Where they are not, Qt leaves a plugin out: it prints to a file, and draws through X."""
NEWEST = {"GLIBCXX": (3, 4, 25), "CXXABI": (1, 3, 11), "GCC": (8, 0, 0)}
"""What the C++ library of the oldest system has, which is that of GCC 8."""


def of_the_system(name: str) -> bool:
    """Whether a library of this file name is not carried along."""
    return name in ASKED or name in LEFT


def reached(entries: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Of (name in the folder, file), without the system's libraries that no other one needs.

    They were found for a plugin that is left out, or for a library that is asked of the system.
    """
    wanted = {file: needed(Path(file)) for _, file in entries if _is_binary(Path(file))}
    kept = [*entries]
    while True:
        names = {name for _, file in kept for name in wanted.get(file, ())}
        left = [
            each for each in kept if each[0] in names or not each[1].startswith(("/usr/", "/lib"))
        ]
        if len(left) == len(kept):
            return kept
        kept = left


def _is_binary(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"


def packages() -> list[str]:
    """The packages of Debian to declare; that of glibc has its version and stands elsewhere."""
    return sorted({*ASKED.values()} - {"libc6"})


def table(binaries: Iterable[tuple[str, Path]]) -> str:
    """What these binaries ask of the system, a library and its packages on a line: with it the
    set-up and the launcher say which one a computer lacks."""
    wanted = {library for _, path in binaries for library in needed(path)}
    names = sorted(wanted & {*ASKED})
    return "".join(f"{name} {ASKED[name].replace(' | ', ' ')}\n" for name in names)


def needed(path: Path) -> tuple[str, ...]:
    """The libraries that a binary names."""
    told = _told(path, "-d")
    return tuple(re.findall(r"\(NEEDED\)\s+Shared library: \[([^\]]+)\]", told))


def missing(binaries: Iterable[tuple[str, Path]]) -> Iterator[str]:
    """What the binaries of a folder need and neither lies there nor may be asked for."""
    found = dict(binaries)
    there = {path.name for path in found.values()}
    for name, path in sorted(found.items()):
        for library in needed(path):
            if library not in there and library not in ASKED and library not in LEFT:
                yield f"{name} 要 {library}，程序里没有，也不能向系统要"


def too_new_for_cxx(binaries: Iterable[tuple[str, Path]]) -> Iterator[str]:
    """What asks for a newer C++ library than the oldest system has."""
    for name, path in binaries:
        told = _told(path, "--version-info")
        for family, number in re.findall(r"Name: (GLIBCXX|CXXABI|GCC)_([\d.]+)", told):
            if tuple(map(int, number.split("."))) > NEWEST[family]:
                yield f"{name} 要 {family}_{number}，老系统里没有"


def _told(path: Path, *wanted: str) -> str:
    call = ["readelf", "-W", *wanted, str(path)]
    return subprocess.run(call, check=True, capture_output=True, text=True).stdout
