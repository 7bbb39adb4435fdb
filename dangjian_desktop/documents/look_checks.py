"""Whether a page of a look has room for what stands on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from dangjian_desktop.documents.roles import Layout
from dangjian_desktop.documents.styles import MM, page_size

_LEAST_WIDTH_MM = 80
_LEAST_HEIGHT_MM = 100
_TIGHTEST = 0.9
_FEWEST_LINES = 3


def setting_problems(values: Mapping[str, Any], layout: Layout) -> Iterator[tuple[str, str]]:
    """A field and a sentence for everything that would not fit on the page."""
    paper_width, paper_height = page_size(layout)
    width = paper_width - values["left"] - values["right"]
    height = paper_height - values["top"] - values["bottom"]
    if width < _LEAST_WIDTH_MM:
        yield "left", f"左右边距太大，纸宽{paper_width:g}毫米只剩{width:g}毫米写字"
    if height < _LEAST_HEIGHT_MM:
        yield "top", f"上下边距太大，纸高{paper_height:g}毫米只剩{height:g}毫米写字"
    if width >= _LEAST_WIDTH_MM and height >= _LEAST_HEIGHT_MM:
        yield from _type_problems(values, width * MM, height * MM)
    if values["number_mm"] + values["number"] / MM > values["bottom"]:
        yield "number_mm", "页码高出下边距，会压住正文"
    if values["foot_mm"] + 3 > values["number_mm"]:
        yield "foot_mm", "页脚小字会压住页码，要比页码至少低3毫米"


def _type_problems(
    values: Mapping[str, Any], width: float, height: float
) -> Iterator[tuple[str, str]]:
    leading = height / values["lines"] if values["lines"] else values["leading"]
    if not leading:
        yield "leading", "每页行数和行距都是0，至少填一个"
        return
    if leading < values["body"]:
        name = "lines" if values["lines"] else "leading"
        yield name, f"行距{leading:.1f}磅比正文字号小，上下行会重叠"
    if values["cells"] and width / values["cells"] < values["body"] * _TIGHTEST:
        yield "cells", f"每行{values['cells']}字放不下，{values['body']:g}磅的字会重叠"
    for size in ("title", "cell", "note"):
        if (values[f"{size}_leading"] or leading) < values[size]:
            yield f"{size}_leading", "行距比字号小，上下行会重叠"
    if max(leading, values["title_leading"]) * _FEWEST_LINES > height:
        yield "leading", "行距太大，一页放不下三行"
