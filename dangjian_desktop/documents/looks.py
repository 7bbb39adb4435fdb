"""The looks that ship with the program, as their files in ``resources/looks`` have them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from dangjian_desktop import paths
from dangjian_desktop.documents.look import Faces, Families, Look, Numbering, Setting
from dangjian_desktop.documents.roles import Face, Layout

USUAL = "standard"
"""The code of the look that papers have unless another is chosen."""
SUFFIX = ".toml"

Plain = Mapping[str, Any]


@cache
def usual_values() -> Plain:
    """The values of the usual look as its file has them.

    Read from their twin in JSON: a paper by the usual look needs no reader of TOML.
    """
    text = paths.resources("looks", f"{USUAL}.json").read_text(encoding="utf-8")
    found: Plain = json.loads(text)
    return found


@cache
def default_look() -> Look:
    """The usual look."""
    return look_of(USUAL, usual_values())


def keyword_of(look: Look | None) -> str:
    """By which look a paper is set, as a keyword of its file; None is the usual one."""
    return f"版式：{(look or default_look()).title}"


def shipped_text(code: str) -> str:
    """The file of a shipped look; raises ``OSError`` where there is none."""
    return paths.resources("looks", f"{code}{SUFFIX}").read_text(encoding="utf-8")


def shipped_codes() -> tuple[str, ...]:
    """The codes of the looks that ship, the usual one first."""
    found = sorted(path.stem for path in paths.resources("looks").glob(f"*{SUFFIX}"))
    return (USUAL, *(code for code in found if code != USUAL))


def look_of(code: str, values: Plain) -> Look:
    """The look of whole and right values."""
    plain = {name: value for name, value in values.items() if not isinstance(value, Mapping)}
    faces = {name: Face(value) for name, value in values["faces"].items()}
    parts: dict[str, Any] = {layout.value: _setting(values[layout.value]) for layout in Layout}
    parts |= {"families": Families(**values["families"]), "faces": Faces(**faces)}
    return Look(code=code, **plain, **parts)


def _setting(values: Plain) -> Setting:
    chosen = {"note_face": Face(values["note_face"]), "numbering": Numbering(values["numbering"])}
    return Setting(**{**values, **chosen})
