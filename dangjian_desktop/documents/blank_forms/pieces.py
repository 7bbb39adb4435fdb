"""The text of paragraphs, character by character, with the element that each stands in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from typing import Any

from dangjian_desktop.documents.blank_forms.package import MC, W
from dangjian_desktop.frozen import dataclass

W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_BOX, _FALLBACK = f"{W}txbxContent", f"{MC}Fallback"
_BREAKS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_THROUGH = {
    f"{W}{name}"
    for name in (
        "r",
        "hyperlink",
        "ins",
        "smartTag",
        "sdt",
        "sdtContent",
        "fldSimple",
        "bdo",
        "dir",
    )
}
# Boxes of the symbol faces by face and code, and the ticked box of the same face.
_SYMBOL_BOXES = {"Wingdings": ("6F", "71", "72", "A8"), "Wingdings 2": ("A3",)}
TICKED_SYMBOLS = {"Wingdings": "F0FE", "Wingdings 2": "F052"}
TICKED = {"☐": "☑", "□": "■"}


@dataclass(frozen=True, slots=True)
class Char:
    """One character: as the finder of gaps is to see it, as it is, and where it stands.

    Underlined blanks and the words that a control shows while it is empty are seen as underscores.
    """

    seen: str
    real: str
    element: Any
    placeholder: Any = None


def own_paragraphs(place: Any) -> list[Any]:
    """The paragraphs of a body, cell or control itself, those of tables in it left out."""
    return list(through(place, "p"))


def through(place: Any, *tags: str) -> Iterator[Any]:
    """The children of these tags, looked for inside of content controls too."""
    wanted = {f"{W}{tag}" for tag in tags}
    for child in place:
        if child.tag in wanted:
            yield child
        elif child.tag == f"{W}sdt":
            content = child.find(f"{W}sdtContent")
            if content is not None:
                yield from through(content, *tags)
        elif child.tag in (f"{W}ins", f"{W}customXml", f"{W}smartTag"):
            yield from through(child, *tags)


def boxes(root: Any) -> list[Any]:
    """The boxes of text of a part, each once: what older programs are shown in place of one is its
    twin (``bring_twins``)."""
    return [box for box in root.iter(_BOX) if next(box.iterancestors(_FALLBACK), None) is None]


def bring_twins(root: Any) -> None:
    """Put what stands in boxes of text also into what older programs are shown in their place."""
    for either in root.iter(f"{MC}AlternateContent"):
        shown = [
            box for box in either.iter(_BOX) if next(box.iterancestors(_FALLBACK), None) is None
        ]
        older = [box for box in either.iter(_BOX) if box not in shown]
        for box, twin in zip(shown, older, strict=False):
            twin[:] = [deepcopy(part) for part in box]


def characters(paragraphs: Iterable[Any]) -> list[Char]:
    """Every character of some paragraphs, a line feed between each two."""
    found: list[Char] = []
    for number, paragraph in enumerate(paragraphs):
        if number:
            found.append(Char("\n", "\n", None))
        found += _inside(paragraph, empty_control(paragraph))
    return found


def seen(chars: Sequence[Char]) -> str:
    """The text as the finder of gaps is to see it."""
    return "".join(char.seen for char in chars)


def empty_control(element: Any) -> Any:
    """The content control around an element that still shows what to type there, if any."""
    control = next(element.iterancestors(f"{W}sdt"), None)
    return control if control is not None and _is_empty(control) else None


def _is_empty(control: Any) -> bool:
    about = control.find(f"{W}sdtPr")
    shown = None if about is None else about.find(f"{W}showingPlcHdr")
    return shown is not None and shown.get(f"{W}val") not in ("0", "false")


def _inside(element: Any, control: Any) -> Iterator[Char]:
    for child in element:
        if child.tag == f"{W}sdt":
            yield from _inside(child, child if _is_empty(child) else control)
        elif child.tag in _THROUGH:
            yield from _inside(child, control)
        elif child.tag == f"{W}t":
            yield from _of_text(child, control)
        elif child.tag in _BREAKS:
            yield Char(_BREAKS[child.tag], _BREAKS[child.tag], child)
        elif child.tag == f"{W}sym":
            yield Char(_symbol(child), "", child)


def _of_text(element: Any, control: Any) -> Iterator[Char]:
    lined = _underlined(element.getparent())
    for char in element.text or "":
        blank = control is not None or (lined and char.isspace())
        yield Char("_" if blank else char, char, element, control)


def _underlined(run: Any) -> bool:
    line = run.find(f"{W}rPr/{W}u")
    return line is not None and line.get(f"{W}val") not in (None, "none")


def _symbol(element: Any) -> str:
    codes = _SYMBOL_BOXES.get(element.get(f"{W}font") or "", ())
    return "□" if (element.get(f"{W}char") or "").upper().removeprefix("F0") in codes else "?"
