"""Text put into runs, gaps and controls of a form with the properties that are there."""

from __future__ import annotations

import unicodedata
from copy import deepcopy
from typing import Any

from lxml import etree

from dangjian_desktop.documents.blank_forms.package import W
from dangjian_desktop.documents.blank_forms.pieces import (
    SPACE,
    TICKED,
    TICKED_SYMBOLS,
    W14,
    Char,
    characters,
    empty_control,
    own_paragraphs,
    seen,
    through,
)
from dangjian_desktop.documents.blank_forms.sizes import typed_face
from dangjian_desktop.domain.blank_forms.gaps import Gap, gaps

_TEXTS = {f"{W}{name}" for name in ("t", "tab", "br", "cr", "sym", "noBreakHyphen")}
# What stands behind w:szCs in the order of the schema.
_BEHIND_SIZE = {
    f"{W}{name}"
    for name in (
        *("highlight", "u", "effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs", "em"),
        *("lang", "eastAsianLayout", "specVanish", "oMath", "rPrChange"),
    )
}


def width(text: str) -> int:
    """How wide a text is in half characters."""
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


def put_text(paragraph: Any, text: str, face: Any, size: int | None) -> None:
    """The text as all that a blank paragraph holds, in its first run, a new one where it has none.

    ``face`` is the w:rPr of a new run, ``size`` half points where the text is set smaller.
    """
    runs = list(through(paragraph, "r"))
    if not runs:
        runs = [etree.SubElement(paragraph, f"{W}r")]
        if face is not None:
            runs[0].append(deepcopy(face))
    first = run_for(paragraph)
    control = empty_control(first)
    for run in runs:
        for child in [child for child in run if child.tag in _TEXTS]:
            run.remove(child)
    _write(first, text)
    if control is not None:
        open_control(control)
    if size is not None:
        _set_size(first, size)


def run_for(paragraph: Any) -> Any:
    """The run that takes the text of a blank paragraph: that of its control, if it has one, and
    none that holds the marks of a field; None where there is no run."""
    runs = list(through(paragraph, "r"))
    plain = [run for run in runs if run.find(f"{W}fldChar") is None]
    inside = (run for run in plain if empty_control(run) is not None)
    return next(inside, next(iter(plain or runs), None))


def face_for(cell: Any) -> Any:
    """What a new run of an empty cell looks like: the end of its paragraph, else the face and
    size of the label at its left, else nothing."""
    own = typed_face(cell)
    if own is not None:
        face = etree.Element(f"{W}rPr")
        face.extend(deepcopy(child) for child in own if child.tag not in (f"{W}ins", f"{W}del"))
        return face
    for label in cell.itersiblings(f"{W}tc", preceding=True):
        beside = typed_face(label)
        if beside is not None:
            face = etree.Element(f"{W}rPr")
            wanted = (f"{W}rFonts", f"{W}sz", f"{W}szCs")
            face.extend(deepcopy(child) for child in beside if child.tag in wanted)
            return face
    return None


def open_control(control: Any) -> None:
    """A control that holds something: no words of what to type, no source that overwrites it."""
    about = control.find(f"{W}sdtPr")
    for name in ("showingPlcHdr", "dataBinding"):
        for child in about.findall(f"{W}{name}"):
            about.remove(child)
    for style in control.findall(f"{W}sdtContent//{W}rPr/{W}rStyle"):
        style.getparent().remove(style)


def listed(element: Any) -> tuple[str, ...]:
    """The choices of the list that an element stands in, if it stands in one."""
    for control in element.iterancestors(f"{W}sdt"):
        for kind in ("dropDownList", "comboBox"):
            found = control.findall(f"{W}sdtPr/{W}{kind}/{W}listItem")
            if found and kind == "dropDownList":
                shown = (item.get(f"{W}displayText") or item.get(f"{W}value") for item in found)
                return tuple(filter(None, shown))
    return ()


class Line:
    """The characters of a paragraph or cell, edited from the last to the first."""

    def __init__(self, place: Any) -> None:
        paragraphs = [place] if place.tag == f"{W}p" else own_paragraphs(place)
        self._chars = characters(paragraphs)
        self.gaps = gaps(seen(self._chars))
        self._touched: list[Any] = []

    def fill(self, gap: Gap, text: str) -> None:
        """Write over as much of a gap as the text is wide; a skeleton of a date goes as a whole."""
        inside = self._chars[gap.start : gap.end]
        held = [char for char in inside if _writable(char)]
        host = next(iter(held), None) or self._before(gap.start)
        if host is None:
            return
        if host.placeholder is not None:
            open_control(host.placeholder)
        left, kept = ("", "") if gap.dated else _rest(held, text, self._follows(gap.end))
        new = [Char(char, char, host.element) for char in left + text + kept]
        others = [char for char in inside if not _writable(char)]
        self._chars[gap.start : gap.end] = [*new, *others]
        self._touch(host.element, *(char.element for char in held))

    def tick(self, gap: Gap, chosen: tuple[str, ...]) -> None:
        """Tick the boxes of these choices."""
        for box, choice in zip(gap.boxes, gap.choices, strict=True):
            if choice in chosen:
                self._tick(box)

    def finish(self) -> None:
        """Write the characters back to the elements they stand in."""
        for element in self._touched:
            own = (char.real for char in self._chars if char.element is element)
            element.text = "".join(own)
            element.set(SPACE, "preserve")

    def _tick(self, at: int) -> None:
        char = self._chars[at]
        if char.element.tag == f"{W}sym":
            char.element.set(f"{W}char", TICKED_SYMBOLS[char.element.get(f"{W}font")])
            return
        ticked = _check(char.element) or TICKED[char.real]
        self._chars[at] = Char(ticked, ticked, char.element)
        self._touch(char.element)

    def _before(self, start: int) -> Char | None:
        char = self._chars[start - 1] if start else None
        return char if char is not None and _writable(char) else None

    def _follows(self, end: int) -> bool:
        """Whether other words follow at once on the same line."""
        after = self._chars[end].seen if end < len(self._chars) else "\n"
        return after not in "\n\t，。；、）)"

    def _touch(self, *elements: Any) -> None:
        self._touched += [one for one in elements if one is not None and one not in self._touched]


def _rest(held: list[Char], text: str, followed: bool) -> tuple[str, str]:
    """What is left of a gap before and behind a text, which lies in the middle of a drawn line."""
    if any(char.placeholder is not None for char in held):
        return "", ""
    blanks = "".join(char.real for char in held)
    drawn = any(char.seen in "_＿" for char in held)
    spare = width(blanks) - width(text)
    before = ""
    while drawn and blanks and width(before) < spare // 2:
        before, blanks = before + blanks[0], blanks[1:]
    used = 0
    while blanks and used < width(text):
        used, blanks = used + width(blanks[0]), blanks[1:]
    return before, blanks or (" " if followed and not drawn else "")


def _writable(char: Char) -> bool:
    return char.element is not None and char.element.tag == f"{W}t"


def _check(element: Any) -> str:
    """The sign of a checked box of Word's own, which is told that it is checked; "" elsewhere."""
    for control in element.iterancestors(f"{W}sdt"):
        box = control.find(f"{W}sdtPr/{W14}checkbox")
        if box is None:
            continue
        state = box.find(f"{W14}checked")
        if state is None:
            state = etree.SubElement(box, f"{W14}checked")
        state.set(f"{W14}val", "1")
        sign = box.find(f"{W14}checkedState")
        code = None if sign is None else sign.get(f"{W14}val")
        return chr(int(code or "2612", 16))
    return ""


def _write(run: Any, text: str) -> None:
    for number, line in enumerate(text.split("\n")):
        if number:
            etree.SubElement(run, f"{W}br")
        for place, part in enumerate(line.split("\t")):
            if place:
                etree.SubElement(run, f"{W}tab")
            if part:
                node = etree.SubElement(run, f"{W}t")
                node.text = part
                if part != part.strip():
                    node.set(SPACE, "preserve")


def _set_size(run: Any, size: int) -> None:
    face = run.find(f"{W}rPr")
    if face is None:
        face = etree.Element(f"{W}rPr")
        run.insert(0, face)
    for name in ("sz", "szCs"):
        for old in face.findall(f"{W}{name}"):
            face.remove(old)
    at = next((n for n, child in enumerate(face) if child.tag in _BEHIND_SIZE), len(face))
    for name in ("szCs", "sz"):
        node = etree.Element(f"{W}{name}")
        node.set(f"{W}val", str(size))
        face.insert(at, node)
