"""Where things lie on this machine; the only module that asks appdirs."""

from __future__ import annotations

import os
from pathlib import Path

import appdirs

_APP = "dangjian-desktop"
_PACKAGE = Path(__file__).resolve().parent


def resources(*parts: str) -> Path:
    """A file or folder that ships with the program, beside the package or inside it."""
    inside = _PACKAGE / "resources"
    root = inside if inside.is_dir() else _PACKAGE.parent / "resources"
    return root.joinpath(*parts)


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


def user_fonts() -> Path:
    """The folder into which a user may drop further TrueType faces."""
    return data_folder() / "fonts"


def default_library() -> Path:
    """The library that is meant when none is named."""
    return data_folder() / "党支部.dangjian"
