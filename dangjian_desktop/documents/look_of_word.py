"""The look of an old Word file: what can be read of it, and sentences about what cannot."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from copy import deepcopy
from pathlib import PurePath
from typing import Any

from docx.document import Document as WordFile
from docx.oxml.ns import qn

from dangjian_desktop.documents.look import Look, Numbering
from dangjian_desktop.documents.look_checks import setting_problems
from dangjian_desktop.documents.look_reading import made_look
from dangjian_desktop.documents.looks import usual_values
from dangjian_desktop.documents.roles import Face, Layout
from dangjian_desktop.documents.word_opening import open_word
from dangjian_desktop.documents.word_seen import Reader, Seen
from dangjian_desktop.errors import InputError

_KINDS = (
    (Face.XIAOBIAOSONG, ("小标宋", "中宋", "XiaoBiaoSong", "Zhongsong")),
    (Face.FANGSONG, ("仿宋", "FangSong")),
    (Face.KAITI, ("楷", "KaiTi")),
    (Face.HEITI, ("黑", "SimHei", "等线", "DengXian", "YaHei")),
    (Face.SONGTI, ("宋", "SimSun", "Song")),
)
_HEADINGS = (
    ("heading1", re.compile(r"[一二三四五六七八九十]+、")),
    ("heading2", re.compile(r"（[一二三四五六七八九十]+）")),
    ("heading3", re.compile(r"\d+[.．]")),
)
_LOOSE = 1.3
_A4 = 210, 297
_CLOSE_MM = 3
# A line of small type in the foot.
_FOOT_MM = 5.6
# From the edge of the number's line to its digits.
_NUMBER_MM = 0.6
_LEAST_MM = 7.0


def look_of_word(data: bytes, name: str) -> tuple[Look, tuple[str, ...]]:
    """A look without code, named after the file, and what was not taken.

    Raises ``InputError`` for what is no plain .docx, and for one without any text.
    """
    return _Finding(open_word(data, name), name).look()


class _Finding:
    """What is found in one file; ``left`` tells what is not."""

    def __init__(self, file: WordFile, name: str) -> None:
        self._file, self._name = file, name
        self._values: dict[str, Any] = deepcopy(dict(usual_values()))
        self._left: list[str] = []
        self._reader = reader = Reader(file)
        body = file.element.body
        inside = {p for table in body.iter(qn("w:tbl")) for p in table.iter(qn("w:p"))}
        every = [(p in inside, reader.seen(p)) for p in body.iter(qn("w:p"))]
        self._cells = [seen for within, seen in every if within and seen.text]
        self._lines = [seen for within, seen in every if not within and seen.text]
        if not self._cells and not self._lines:
            raise InputError(f"文件“{name}”里没有文字，看不出版式。", "请选一份印过的材料。")

    def look(self) -> tuple[Look, tuple[str, ...]]:
        title = PurePath(self._name).stem[:30].strip() or "读入的版式"
        self._values |= {"title": title, "about": f"从“{self._name[:80]}”读出。"}
        self._faces()
        target = self._target()
        self._page(target)
        self._type(target)
        self._numbers(target)
        self._table_lines()
        self._left += untaken(self._file, self._lines)
        self._require_room(target)
        return made_look(self._values, "", f"文件“{self._name}”"), tuple(self._left)

    def _target(self) -> str:
        """Which layout the file tells of: across, of forms, or of text."""
        section = self._file.sections[0]
        if (section.page_width or 0) > (section.page_height or 0):
            return Layout.LANDSCAPE.value
        texts, cells = (sum(len(s.text) for s in each) for each in (self._lines, self._cells))
        return Layout.FORM.value if cells > texts else Layout.OFFICIAL.value

    def _faces(self) -> None:
        used: dict[Face, Counter[str]] = {face: Counter() for face in Face}
        unknown: Counter[str] = Counter()
        for seen in (*self._lines, *self._cells):
            face = face_of(seen.face)
            if face is not None:
                used[face][seen.face] += len(seen.text)
            elif seen.face:
                unknown[seen.face] += len(seen.text)
        for face, names in used.items():
            first, *others = [name for name, _ in names.most_common()] or [""]
            if first:
                self._values["families"][face.value] = first[:40]
            said = f"”：同一类字体只能用一种，用了“{first}”。"
            self._left += [f"字体“{other}{said}" for other in others]
        said = "”：不是仿宋、楷体、黑体、宋体一类，没有采用。"
        self._left += [f"字体“{name}{said}" for name in unknown]
        latin = Counter({"": 0})
        for seen in self._lines:
            if seen.latin and face_of(seen.latin) is None and any(c.isdigit() for c in seen.text):
                latin[seen.latin] += len(seen.text)
        self._values["families"]["digits"] = latin.most_common(1)[0][0][:40]

    def _page(self, target: str) -> None:
        section, setting = self._file.sections[0], self._values[target]
        sides = sorted(
            length.mm for length in (section.page_width, section.page_height) if length is not None
        )
        if len(sides) == 2 and any(abs(a - b) > _CLOSE_MM for a, b in zip(sides, _A4, strict=True)):
            self._left.append(f"纸张{sides[0]:.0f}×{sides[1]:.0f}毫米：本程序只用 A4。")
        for name in ("top", "bottom", "left", "right"):
            length = getattr(section, f"{name}_margin")
            if length is None:
                self._left.append("页边距没有写明，用公文版式的。")
            else:
                setting[name] = round(length.mm, 1)
        if len({(s.left_margin, s.top_margin, s.page_width) for s in self._file.sections}) > 1:
            self._left.append("各节的页边距或纸张不同：只取第一节的。")

    def _type(self, target: str) -> None:
        setting, faces = self._values[target], self._values["faces"]
        title = self._title()
        plain = [seen for seen in self._lines if seen is not title and not _heading(seen)]
        if title is not None:
            self._put(faces, "title", face_of(title.face))
            self._put(setting, "title", title.size)
            setting["title_leading"] = self._leading(title, "标题") or 0
        if plain:
            body = _main(plain)
            self._put(faces, "body", face_of(body.face))
            self._put(setting, "body", body.size)
            self._measure(setting, body)
        if self._cells:
            cell = _main(self._cells)
            self._put(faces, "cell", face_of(cell.face))
            self._put(setting, "cell", cell.size)
            setting["cell_leading"] = self._leading(cell, "表格") or round(setting["cell"] * 1.5, 1)
        for name, pattern in _HEADINGS:
            found = [seen for seen in self._lines if pattern.match(seen.text)]
            if found:
                self._put(faces, name, face_of(_main(found).face))

    def _title(self) -> Seen | None:
        """The largest line in the middle of the first ten."""
        middle = [s for s in self._lines[:10] if s.align == "center" and s.size]
        return max(middle, key=lambda seen: seen.size or 0, default=None)

    def _measure(self, setting: dict[str, Any], body: Seen) -> None:
        """Lines of a page and characters of a line, or the leading alone."""
        leading = self._leading(body, "正文")
        height = (_A4[1] - setting["top"] - setting["bottom"]) * 72 / 25.4
        setting |= {"lines": 0, "cells": 0, "leading": leading or round(setting["body"] * 1.75, 1)}
        if body.leading and abs(self._pitch() - body.leading) < 1:
            setting |= {"lines": int(height / body.leading), "leading": 0}
        setting["write_line"] = setting["leading"]
        if body.tracking:
            width = (_A4[0] - setting["left"] - setting["right"]) * 72 / 25.4
            setting["cells"] = round(width / (setting["body"] + body.tracking) - 0.5)

    def _leading(self, seen: Seen, what: str) -> float | None:
        if seen.leading:
            return round(seen.leading, 2)
        pitch = self._pitch()
        times = seen.times or 1.0
        natural = max(pitch, (seen.size or 0) * _LOOSE) if pitch else (seen.size or 0) * _LOOSE
        words = f"{what}的行距是{times:g}倍行距，折算成{natural * times:.1f}磅。"
        self._left.append(words)
        return round(natural * times, 2) or None

    def _pitch(self) -> float:
        """The line of the grid in points, 0 where there is none."""
        found = self._file.element.body.find(f"{qn('w:sectPr')}/{qn('w:docGrid')}")
        if found is None or found.get(qn("w:type")) not in ("lines", "linesAndChars"):
            return 0.0
        text = found.get(qn("w:linePitch")) or "0"
        return int(text) / 20 if text.isdigit() else 0.0

    def _numbers(self, target: str) -> None:
        section, setting = self._file.sections[0], self._values[target]
        foot = section.footer._element  # noqa: SLF001 - fields have no name in the library
        words = "".join(foot.itertext()) + "".join(
            node.get(qn("w:instr")) or "" for node in foot.iter(qn("w:fldSimple"))
        )
        if "PAGE" not in words:
            self._left.append("页脚里没有页码，页码用公文版式的。")
        elif self._file.settings.odd_and_even_pages_header_footer:
            setting["numbering"] = Numbering.OFFICIAL.value
        elif "NUMPAGES" in words:
            setting["numbering"] = Numbering.COUNTED.value
        else:
            dashed = any(mark in words for mark in "—－-")
            setting["numbering"] = (Numbering.CENTERED if dashed else Numbering.PLAIN).value
        usual = usual_values()[target]
        above = setting["bottom"] - usual["bottom"] + usual["number_mm"]
        if section.footer_distance is not None and "PAGE" in words:
            below = _lines_below(section.footer.paragraphs)
            above = section.footer_distance.mm + _NUMBER_MM + below * _FOOT_MM
        highest = setting["bottom"] - setting["number"] * 25.4 / 72
        setting["number_mm"] = round(max(_LEAST_MM, min(above, highest)), 1)
        setting["foot_mm"] = round(max(2.0, setting["number_mm"] - _FOOT_MM), 1)

    def _table_lines(self) -> None:
        table = next(self._file.element.body.iter(qn("w:tbl")), None)
        if table is None:
            return
        told = False
        for name, edge, of_cell in (
            ("frame", "w:top", "w:top"),
            ("inner", "w:insideH", "w:bottom"),
        ):
            line = self._reader.edge(table, edge, of_cell)
            told = told or line is not None
            size = "" if line is None else line.get(qn("w:sz")) or ""
            if line is not None and line.get(qn("w:val")) in ("none", "nil"):
                self._values[name] = 0
            elif size.isdigit():
                self._values[name] = min(int(size) / 8, 6)
        if not told:
            self._left.append("没有写明表格线，线宽用公文版式的。")

    def _require_room(self, target: str) -> None:
        """What would not fit is as in the usual look, and told."""
        usual, setting = usual_values()[target], self._values[target]
        for _ in range(len(setting)):
            found = next(iter(setting_problems(setting, Layout(target))), None)
            if found is None:
                return
            field, words = found
            self._left.append(f"{words}；这一项用公文版式的。")
            group = _GROUPS.get(field, (field,))
            setting |= {name: usual[name] for name in group}
        self._values[target] = dict(usual)

    def _put(self, where: dict[str, Any], name: str, value: Any) -> None:
        if value:
            where[name] = value.value if isinstance(value, Face) else value


_GROUPS = {
    "left": ("left", "right"),
    "top": ("top", "bottom", "number_mm", "foot_mm"),
    "number_mm": ("top", "bottom", "number", "number_mm", "foot_mm"),
    "foot_mm": ("top", "bottom", "number", "number_mm", "foot_mm"),
    "lines": ("body", "lines", "leading"),
    "leading": ("body", "lines", "leading"),
    "cells": ("body", "lines", "leading", "cells", "left", "right"),
    "title_leading": ("title", "title_leading"),
    "cell_leading": ("cell", "cell_leading"),
    "note_leading": ("note", "note_leading"),
}


def untaken(file: WordFile, lines: Sequence[Seen]) -> list[str]:
    """What stands in a file and is no part of a look."""
    body = file.element.body
    colours = {c.get(qn("w:val")) for c in body.iter(qn("w:color"))}
    columns = {c.get(qn("w:num")) for c in body.iter(qn("w:cols"))}
    there = (
        ("图片、文本框没有采用。", _has(body, "w:drawing", "w:pict")),
        ("加粗没有采用，各级标题按字体区分。", any(s.bold for s in lines)),
        ("字的颜色没有采用，一律印成黑色。", colours - {None, "auto", "000000"}),
        ("分栏没有采用。", columns - {None, "1"}),
        ("页眉没有采用。", _words(file.sections[0].header)),
    )
    return [words for words, found in there if found]


def face_of(name: str) -> Face | None:
    """Which kind of face a family is; None for one that is none of them."""
    folded = name.casefold()
    return next(
        (face for face, words in _KINDS if any(w.casefold() in folded for w in words)), None
    )


def _heading(seen: Seen) -> bool:
    return any(pattern.match(seen.text) for _, pattern in _HEADINGS)


def _main(paragraphs: Iterable[Seen]) -> Seen:
    """One that is set as most of the text is."""
    weights: Counter[tuple[Any, ...]] = Counter()
    first: dict[tuple[Any, ...], Seen] = {}
    for seen in paragraphs:
        key = (seen.face, seen.size, seen.leading, seen.times, seen.tracking)
        weights[key] += len(seen.text)
        first.setdefault(key, seen)
    return first[weights.most_common(1)[0][0]]


def _lines_below(paragraphs: Sequence[Any]) -> int:
    """How many lines of a foot stand under that with the page number."""
    places = [n for n, p in enumerate(paragraphs) if "PAGE" in "".join(p._p.itertext())]  # noqa: SLF001
    return len(paragraphs) - 1 - places[-1] if places else 0


def _has(body: Any, *tags: str) -> bool:
    return any(next(body.iter(qn(tag)), None) is not None for tag in tags)


def _words(part: Any) -> str:
    return "".join(paragraph.text for paragraph in part.paragraphs).strip()
