"""Every problem at its field: a place such as ``agenda.2.vote.yes`` is followed part by part."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from dangjian_desktop.ui.look.widgets import go_to

Problems = Mapping[str, str]
"""Sentences by place, seen from the part that they are told to; "" is the part as a whole."""


def told(parts: Mapping[str, Any], problems: Problems, otherwise: str = "") -> QWidget | None:
    """Tell each part (``tell``) what is said of it, also nothing; gives the first that is wrong.

    What has no part is told to the one named ``otherwise``, as a whole.
    """
    sorted_out: dict[str, dict[str, str]] = {name: {} for name in parts}
    for place, text in problems.items():
        name, _, inner = place.partition(".")
        name, inner = (name, inner) if name in parts else (otherwise, "")
        if name in parts:
            before = sorted_out[name].get(inner)
            sorted_out[name][inner] = f"{before}；{text}" if before else text
    wrong: list[QWidget | None] = [part.tell(sorted_out[n]) for n, part in parts.items()]
    return next(filter(None, wrong), None)


def point_out(parts: Mapping[str, Any], problems: Problems) -> tuple[str, ...]:
    """Show each problem in these parts of a form and go to the first; what has no place."""
    first = told(parts, problems)
    if first is not None:
        go_to(first)
    return tuple(t for place, t in problems.items() if place.partition(".")[0] not in parts)
