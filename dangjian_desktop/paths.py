"""Where things lie on this machine, and whether all is there; the only module that asks appdirs."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import NamedTuple

import appdirs

MANIFEST = "manifest.txt"  # of resources, made by installer/make_manifest.py
_APP = "dangjian-desktop"
_PACKAGE = Path(__file__).resolve().parent


def resources(*parts: str) -> Path:
    """A file or folder that ships with the program, beside the package or inside it."""
    return _root(_PACKAGE).joinpath(*parts)


@cache
def _root(package: Path) -> Path:
    inside = package / "resources"
    return inside if inside.is_dir() else package.parent / "resources"


class Shipped(NamedTuple):
    """One line of the manifest: a file below ``resources``, its bytes and their SHA-256."""

    path: str
    size: int
    sha256: str


def shipped() -> tuple[Shipped, ...]:
    """Every file that belongs to the program; nothing when the manifest is missing or torn."""
    try:
        _, *lines, total = resources(MANIFEST).read_text(encoding="utf-8").splitlines()
        parts = [line.split(" ", 2) for line in lines]
        listed = tuple(Shipped(path, int(size), sha256) for sha256, size, path in parts)
        return listed if len(listed) == int(total) else ()
    except (OSError, ValueError):
        return ()


def missing_resources() -> tuple[str, ...]:
    """Files that are not there or too short, by the manifest; content is not read (1 ms)."""
    root = os.fspath(resources())
    listed = shipped()
    if not listed:
        return (f"resources/{MANIFEST}",)
    return tuple(f"resources/{each.path}" for each in listed if not _is_whole(root, each))


def _is_whole(root: str, file: Shipped) -> bool:
    try:
        return os.stat(f"{root}/{file.path}").st_size >= file.size  # noqa: PTH116 - at every start
    except OSError:
        return False


def data_folder() -> Path:
    """Where libraries lie unless the user chose another place; may not exist yet."""
    return Path(os.environ.get("DANGJIAN_DATA") or appdirs.user_data_dir(_APP, appauthor=False))


def log_folder() -> Path:
    """Where the log is written; may not exist yet."""
    if chosen := os.environ.get("DANGJIAN_DATA"):
        return Path(chosen) / "logs"
    return Path(appdirs.user_log_dir(_APP, appauthor=False))


def config_folder() -> Path:
    """Where this machine's window settings and the list of recent libraries lie."""
    if chosen := os.environ.get("DANGJIAN_DATA"):
        return Path(chosen) / "config"
    return Path(appdirs.user_config_dir(_APP, appauthor=False))


def carried_folder() -> Path | None:
    """What is carried about as a whole where a folder was chosen for the data: what lies around
    it, as on a stick. None where nothing is."""
    chosen = os.environ.get("DANGJIAN_DATA")
    return Path(chosen).absolute().parent if chosen else None


def lent_folder() -> Path:
    """Where files lie in clear while another program shows them; may not exist."""
    return data_folder() / "lent"


def user_fonts() -> Path:
    """The folder into which a user may drop further TrueType faces."""
    return data_folder() / "fonts"


def default_library() -> Path:
    """The library that is meant when none is named."""
    return data_folder() / "党支部.dangjian"
