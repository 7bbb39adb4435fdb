"""How large the type of a form is and how much of it a cell holds."""

from __future__ import annotations

from typing import Any

from dangjian_desktop.documents.blank_forms.package import Package, W
from dangjian_desktop.documents.blank_forms.pieces import own_paragraphs, through

LEAST = 18
"""Half points of 小五, below which nothing is set."""
_WORD_DEFAULT = 20
_MARGINS = 216
_LEADING = 1.3
_WIDEST = 31680
"""Twips, the largest measure of Word."""


def size_of(package: Package, place: Any) -> int:
    """Half points of the type that is typed into a cell or paragraph."""
    face = typed_face(place)
    return _half_points(None if face is None else face.find(f"{W}sz")) or _usual(package)


def typed_face(place: Any) -> Any:
    """The w:rPr of what is typed into a cell: that of its first run, else of its paragraph's end;
    None where neither tells anything."""
    run = first_run(place)
    face = None if run is None else run.find(f"{W}rPr")
    if face is None and run is None:
        face = next((p.find(f"{W}pPr/{W}rPr") for p in own_paragraphs(place)), None)
    return face


def smallest_size(package: Package) -> int:
    """The smallest type that the form's own cells use, in half points, never below 小五."""
    used = {_usual(package)}
    for cell in package.root.iter(f"{W}tc"):
        used |= {size for sz in cell.iter(f"{W}sz") if (size := _half_points(sz))}
    return max(min(used), LEAST)


def room_of(
    cell: Any, wide: int, heights: list[tuple[int, str]], size: int
) -> tuple[int | None, bool]:
    """Roughly how many characters of a size fit into a cell, and whether it cannot grow.

    ``wide`` is the width of its columns (twips), ``heights`` are those of its rows (twips, rule).
    None where no width is told.
    """
    width = cell.find(f"{W}tcPr/{W}tcW")
    twips = number(width.get(f"{W}w")) if width is not None else 0
    if not twips or width.get(f"{W}type") not in ("dxa", None):
        twips = wide
    if not twips:
        return None, False
    a_line = max(1, (twips - _MARGINS) // (size * 10))
    total = sum(height for height, _ in heights)
    lines = int(total / (size * 10 * _LEADING))
    if not heights or any(rule != "exact" for _, rule in heights):
        return a_line * max(lines, len(own_paragraphs(cell)), 1), False
    return a_line * max(lines, 1), True


def height_of(row: Any) -> tuple[int, str]:
    """The height of a row that is written in it, and how it is meant; 0 where it is not."""
    found = row.find(f"{W}trPr/{W}trHeight")
    if found is None:
        return 0, "auto"
    return number(found.get(f"{W}val")), found.get(f"{W}hRule") or "atLeast"


def first_run(place: Any) -> Any:
    """The first run of a cell's or paragraph's own text, if there is one."""
    paragraphs = [place] if place.tag == f"{W}p" else own_paragraphs(place)
    return next((run for p in paragraphs for run in through(p, "r", "hyperlink")), None)


def _usual(package: Package) -> int:
    if package.styles is None:
        return _WORD_DEFAULT
    normal = next(
        (s for s in package.styles.iter(f"{W}style") if s.get(f"{W}default") in ("1", "true")), None
    )
    places = [] if normal is None else [normal.find(f"{W}rPr/{W}sz")]
    places.append(package.styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}sz"))
    return next((size for place in places if (size := _half_points(place))), _WORD_DEFAULT)


def _half_points(element: Any) -> int:
    return 0 if element is None else number(element.get(f"{W}val"))


def number(text: str | None) -> int:
    """A whole number as Word writes it, 0 for what is none; never more than a page is wide."""
    plain = text is not None and len(text) < 7 and text.isascii() and text.isdigit()
    return min(int(text or 0), _WIDEST) if plain else 0
