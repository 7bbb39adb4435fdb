"""What the program is made of: its version, its faces, icons and libraries with their licences."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import PackageNotFoundError, requires, version
from platform import platform, python_version

from dangjian_desktop import paths
from dangjian_desktop.frozen import dataclass

DISTRIBUTION = "dangjian-desktop"


@dataclass(frozen=True, slots=True)
class Licensed:
    """One part made by others: what it is, what for, and under which licence."""

    name: str
    purpose: str
    licence: str


def program_version() -> str:
    """The version of the program; empty when it runs without having been installed."""
    try:
        return version(DISTRIBUTION)
    except PackageNotFoundError:
        return ""


def surroundings() -> str:
    """Versions of program, system and libraries in one line, for the log."""
    own = f"{DISTRIBUTION} {program_version()}, Python {python_version()}, {platform()}"
    names = re.findall(r"^[\w.-]+", "\n".join(_requirements()), re.M)
    return ", ".join([own, *(f"{name} {version(name)}" for name in names)])


def _requirements() -> list[str]:
    try:
        return requires(DISTRIBUTION) or []
    except PackageNotFoundError:
        return []


def faces() -> tuple[Licensed, ...]:
    """The faces that ship with the program."""
    with paths.resources("fonts", "MANIFEST.toml").open("rb") as file:
        table = tomllib.load(file)
    return tuple(Licensed(row["family"], row["style"], row["licence"]) for row in table["face"])


def libraries() -> tuple[Licensed, ...]:
    """Icons and libraries that the program uses."""
    with paths.resources("licences", "libraries.toml").open("rb") as file:
        table = tomllib.load(file)
    return tuple(Licensed(row["name"], row["purpose"], row["licence"]) for row in table["library"])
