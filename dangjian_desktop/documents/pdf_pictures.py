"""The marks of a picture as operators of a page."""

from __future__ import annotations

from dangjian_desktop.documents.fonts import bundled_fonts
from dangjian_desktop.documents.model import Anchor, Label, Stroke
from dangjian_desktop.documents.styles import Style
from dangjian_desktop.documents.typeset import typesetter_of


def stroke_operators(stroke: Stroke, left: float, low: float) -> str:
    """Lines and the area within; ``left`` and ``low`` are where the picture stands."""
    path = " ".join(
        f"{left + x:.2f} {low + y:.2f} {'l' if n else 'm'}"
        for n, (x, y) in enumerate(stroke.points)
    )
    dash = f" [{' '.join(f'{part:g}' for part in stroke.dash)}] 0 d" if stroke.dash else ""
    parts = [f"{stroke.width:g} w{dash}", path]
    if stroke.closed:
        parts.append("h")
    if stroke.gray is None:
        parts.append("S" if stroke.width else "n")
    else:
        parts.insert(0, f"{stroke.gray:g} g")
        parts.append("B 0 g" if stroke.width else "f 0 g")
    if stroke.dash:
        parts.append("[] 0 d")
    if stroke.ink:
        parts = [f"{stroke.ink:g} G", *parts, "0 G"]
    return " ".join(parts)


def label_place(label: Label, left: float, low: float) -> str:
    """The matrix that puts the anchor of a label at its place."""
    style = Style(label.face, label.size, 0.0)
    width = typesetter_of(bundled_fonts()).natural_width(label.text, style)
    before = {Anchor.START: 0.0, Anchor.MIDDLE: width / 2, Anchor.END: width}[label.anchor]
    if label.upright:
        return f"0 1 -1 0 {left + label.x:.2f} {low + label.y - before:.2f}"
    return f"1 0 0 1 {left + label.x - before:.2f} {low + label.y:.2f}"
