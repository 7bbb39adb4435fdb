"""How paragraphs of a Word file look: runs, styles, defaults and theme taken together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docx.document import Document as WordFile
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from dangjian_desktop.frozen import dataclass

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_DEEPEST = 12


@dataclass(frozen=True, slots=True)
class Seen:
    """One paragraph: its text and how most of it is set; what no one says is None.

    ``leading`` is in points where it is fixed, ``times`` the multiple where it is not.
    """

    text: str
    face: str
    latin: str
    size: float | None
    tracking: float
    leading: float | None
    times: float | None
    align: str
    bold: bool


class Reader:
    """Reads paragraphs of one file."""

    def __init__(self, file: WordFile) -> None:
        self._styles = {
            style.get(qn("w:styleId")): style for style in file.styles.element.iter(qn("w:style"))
        }
        standing = (s for s in self._styles.values() if s.get(qn("w:default")) in ("1", "true"))
        self._standing = next(
            (s.get(qn("w:styleId")) for s in standing if s.get(qn("w:type")) == "paragraph"), ""
        )
        defaults = file.styles.element.find(qn("w:docDefaults"))
        self._defaults = [] if defaults is None else list(defaults.iter(qn("w:rPr"), qn("w:pPr")))
        self._theme = _theme(file)

    def seen(self, paragraph: Any) -> Seen:
        """How a ``w:p`` looks: by the run that carries most of its text."""
        runs = [(_text(run), run) for run in paragraph.iter(qn("w:r"))]
        text = "".join(words for words, _ in runs)
        longest = max(runs, key=lambda each: len(each[0]), default=("", None))[1]
        layers = [*self._layers(paragraph, longest)]
        spacing = _attributes(layers, "w:spacing", ("line", "lineRule"))
        line = _number(spacing.get("line"))
        fixed = spacing.get("lineRule") in ("exact", "atLeast")
        size = _number(_attributes(layers, "w:sz", ("val",)).get("val"))
        fonts = _attributes(layers, "w:rFonts", ("eastAsia", "ascii", "eastAsiaTheme"))
        bold = _attributes(layers, "w:b", ("val",), present="1").get("val", "0")
        return Seen(
            text=text.strip(),
            face=fonts.get("eastAsia") or self._theme.get(fonts.get("eastAsiaTheme", ""), ""),
            latin=fonts.get("ascii") or "",
            size=None if size is None else size / 2,
            tracking=(_number(_tracking(layers)) or 0.0) / 20,
            leading=line / 20 if line and fixed else None,
            times=line / 240 if line and not fixed else None,
            align=_attributes(layers, "w:jc", ("val",)).get("val", "both"),
            bold=bold not in ("0", "false"),
        )

    def edge(self, table: Any, edge: str, of_cell: str) -> Any:
        """The line of a ``w:tbl`` by its name: of the table, of its style, or, as other programs
        write it, of its first cell; None where none says."""
        own = table.find(qn("w:tblPr"))
        named = None if own is None else own.find(qn("w:tblStyle"))
        layers = [own, *self._style(_value(named), ("w:tblPr",))]
        lines = [
            layer.find(f"{qn('w:tblBorders')}/{qn(edge)}") for layer in layers if layer is not None
        ]
        lines.append(
            table.find(f".//{qn('w:tc')}/{qn('w:tcPr')}/{qn('w:tcBorders')}/{qn(of_cell)}")
        )
        return next((line for line in lines if line is not None), None)

    def _layers(self, paragraph: Any, run: Any) -> Iterator[Any]:
        """The properties that hold, nearest first."""
        own = paragraph.find(qn("w:pPr"))
        if run is not None and (found := run.find(qn("w:rPr"))) is not None:
            yield found
            yield from self._style(_value(found.find(qn("w:rStyle"))))
        if own is not None:
            yield own
        named = None if own is None else own.find(qn("w:pStyle"))
        yield from self._style(_value(named) or self._standing)
        yield from self._defaults

    def _style(self, name: str, wanted: tuple[str, ...] = ("w:rPr", "w:pPr")) -> Iterator[Any]:
        for _ in range(_DEEPEST):
            style = self._styles.get(name)
            if style is None:
                return
            parts = (style.find(qn(part)) for part in wanted)
            yield from (part for part in parts if part is not None)
            name = _value(style.find(qn("w:basedOn")))


def _attributes(
    layers: list[Any], tag: str, names: tuple[str, ...], *, present: str = ""
) -> dict[str, str]:
    """Each attribute from the nearest element that has it; ``present`` for one without a value."""
    found: dict[str, str] = {}
    for layer in layers:
        element = layer.find(qn(tag))
        if element is None:
            continue
        for name in names:
            value = element.get(qn(f"w:{name}")) or present
            if value:
                found.setdefault(name, value)
    return found


def _tracking(layers: list[Any]) -> str | None:
    """``w:spacing`` of characters has the name of that of lines; it stands in ``w:rPr``."""
    inner = (layer.find(qn("w:spacing")) for layer in layers if layer.tag == qn("w:rPr"))
    return next((each.get(qn("w:val")) for each in inner if each is not None), None)


def _text(run: Any) -> str:
    return "".join(node.text or "" for node in run.iter(qn("w:t")))


def _value(element: Any) -> str:
    return "" if element is None else element.get(qn("w:val")) or ""


def _number(text: str | None) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        return None


def _theme(file: WordFile) -> dict[str, str]:
    """The Chinese faces that ``majorEastAsia`` and ``minorEastAsia`` stand for."""
    try:
        part = file.part.part_related_by(RELATIONSHIP_TYPE.THEME)
        root = parse_xml(part.blob)
    except (KeyError, ValueError, SyntaxError):
        return {}
    found = {}
    for kind in ("major", "minor"):
        fonts = root.find(f".//{_DRAWING}{kind}Font")
        if fonts is None:
            continue
        named = [f.get("typeface") for f in fonts if f.get("script") == "Hans"]
        named += [f.get("typeface") for f in fonts if f.tag == f"{_DRAWING}ea"]
        found[f"{kind}EastAsia"] = next((name for name in named if name), "")
    return found
