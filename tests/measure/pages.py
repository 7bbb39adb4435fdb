"""Counts what is wrong on printed pages: ``python -m tests.measure.pages [--pdf] [--keep DIR]``.

Makes every paper of the sample year and of every kind and layout as PDF and as Word, which
LibreOffice prints (left out with ``--pdf``), and counts

- last pages without content: nothing but places to sign, dates and labels of the closing;
- pairs whose pages hold other text in Word than in the PDF, and those whose first and last line
  of some page differ though the pages hold the same;
- tokens torn at a line end (number and unit, date, name of the roster, title in 《》 of at most
  five characters), and last lines of one character.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path

import pypdfium2.raw as pdfium

from dangjian_desktop.documents.fonts import bundled_fonts
from dangjian_desktop.documents.model import Document, Picture, Table
from dangjian_desktop.documents.pdf import render_pdf
from dangjian_desktop.documents.styles import MM, sheet_of
from dangjian_desktop.documents.word import render_word
from tests.documents import office
from tests.documents.reading import opened, piece_number, piece_text, squeezed
from tests.measure.paper_files import Made, every_paper

_APART = 3.0
_BESIDE = re.compile(
    r"填报人.*?审核人（书记）：?[一-鿿]{0,4}|散会时间：?[\d:]*|待明确|"
    r"主持人小结|主持人|记录人|监票人|计票人|到会委员|支部委员|委员|签到表|签字|签到|盖章|以下空白|附件|照片|"
    r"选票|学习材料|其他|报送|审核人|填报人|日期|党支部|支部|书记|上级|督导人?|意见|负责人|"
    r"应到|实到|请假|缺席|列席|人员|其中|有表决权|单位|职务|备注|验收|等次|党小组|组长|项目|"
    r"[年月日人（）：。，、□|]|\d|\s"
)
_UNIT = "人名次项个份张篇件条户元票天年月日时岁届期级组米吨台套场户页章节%％℃"
_TOKEN = re.compile(
    rf"\d{{4}}年(?:\d{{1,2}}月(?:\d{{1,2}}日)?)?|\d{{1,2}}月(?:\d{{1,2}}日)?|第\d+[{_UNIT}]|"
    rf"\d+(?:\.\d+)?(?:万|亿)?[{_UNIT}]|\d{{4}}-\d\d(?:-\d\d)?|《[^《》]{{1,5}}》"
)


def say(*words: object) -> None:
    sys.stdout.write(" ".join(map(str, words)) + "\n")


@dataclass(frozen=True)
class Piece:
    """A piece of text as a file sets it; ``y`` is its base line from below."""

    page: int
    x: float
    y: float
    text: str
    number: int


def pieces(data: bytes, document: Document) -> list[Piece]:
    """The text within the type area, page by page."""
    area, found = sheet_of(document).page, []
    low, high = area.bottom_mm * MM - _APART, (area.height_mm - area.top_mm) * MM
    with opened(data) as file:
        for number, page in enumerate(file, 1):
            text_page = page.get_textpage()
            for item in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_TEXT,)):
                place = item.get_matrix().get()
                if low <= place[5] <= high:
                    text = squeezed(piece_text(item.raw, text_page.raw))
                    found.append(Piece(number, place[4], place[5], text, piece_number(item.raw)))
    return [piece for piece in found if piece.text]


def page_count(data: bytes) -> int:
    with opened(data) as file:
        return len(file)


def edges(page: Sequence[Piece]) -> tuple[str, str]:
    """The first and the last line of a page."""
    high, low = max(piece.y for piece in page), min(piece.y for piece in page)
    return _line(page, high), _line(page, low)


def _line(page: Sequence[Piece], y: float) -> str:
    line = sorted((p for p in page if abs(p.y - y) < _APART), key=lambda piece: piece.x)
    return "".join(piece.text for piece in line)


def by_page(found: Sequence[Piece], count: int) -> list[list[Piece]]:
    return [[piece for piece in found if piece.page == n] for n in range(1, count + 1)]


def is_bare(page: Sequence[Piece]) -> bool:
    """Whether a page holds nothing but what a closing says."""
    text = "".join(piece.text for piece in sorted(page, key=lambda p: (-round(p.y), p.x)))
    return not re.search("[一-鿿A-Za-z]", _BESIDE.sub("", text))


def same_pages(ours: list[list[Piece]], theirs: list[list[Piece]]) -> str:
    """Empty where both hold the same on every page with the same edges; else what differs."""
    if len(ours) != len(theirs):
        return f"pages {len(ours)} / {len(theirs)}"
    for number, (mine, other) in enumerate(zip(ours, theirs, strict=True), 1):
        here, there = (Counter("".join(p.text for p in page)) for page in (mine, other))
        if here != there:
            less, more = "".join(here - there), "".join(there - here)
            return f"text of page {number}: PDF {less[:30]!r}, Word {more[:30]!r}"
    for number, (mine, other) in enumerate(zip(ours, theirs, strict=True), 1):
        if mine and [sorted(edge) for edge in edges(mine)] != [sorted(e) for e in edges(other)]:
            return f"line {number}: {edges(mine)} / {edges(other)}"
    return ""


def lines_of_paragraphs(found: Sequence[Piece]) -> Iterator[list[str]]:
    """The lines of each paragraph of our own PDF."""
    kept: dict[int, dict[tuple[int, float], str]] = {}
    for piece in found:
        if piece.number:
            lines = kept.setdefault(piece.number, {})
            key = piece.page, round(piece.y, 1)
            lines[key] = lines.get(key, "") + piece.text
    yield from (list(lines.values()) for lines in kept.values())


def torn(lines: Sequence[str], names: re.Pattern[str]) -> list[str]:
    """The tokens that a line end cuts, though the longest line has room for them."""
    text, ends = "".join(lines), list(accumulate(map(len, lines)))[:-1]
    most = max(map(len, lines), default=0)
    return [
        match.group()
        for pattern in (_TOKEN, names)
        for match in pattern.finditer(text)
        if len(match.group()) <= most and any(match.start() < e < match.end() for e in ends)
    ]


def measure(made: Sequence[Made], folder: Path, *, word: bool) -> Counter[str]:
    counted: Counter[str] = Counter()
    files = [render_pdf(paper.document, bundled_fonts()) for paper in made]
    found = [pieces(data, made[n].document) for n, data in enumerate(files)]
    for n, paper in enumerate(made):
        name = f"{n:03} {paper.group} {paper.document.name}"
        counted["papers"] += 1
        count = page_count(files[n])
        last = [piece for piece in found[n] if piece.page == count]
        if count > 1 and is_bare(last):
            counted["bare last pages"] += 1
            counted[f"bare last pages of {paper.group}"] += 1
            say("bare", name)
        people = re.compile("|".join(map(re.escape, sorted(paper.names, key=len, reverse=True))))
        cut = [t for lines in lines_of_paragraphs(found[n]) for t in torn(lines, people)]
        counted["torn tokens"] += len(cut)
        counted["papers with torn tokens"] += bool(cut)
        if cut:
            say("torn", name, cut)
        for lines in lines_of_paragraphs(found[n]):
            counted["last lines of one character"] += len(lines) > 1 and len(lines[-1]) == 1
    if word:
        compare(made, files, found, folder, counted)
    return counted


def without_words_in_pictures(document: Document) -> Document:
    """The paper with empty pictures: in Word their words are dots."""
    if not any(isinstance(block, Picture) for block in document.blocks):
        return document
    blocks = (replace(b, marks=()) if isinstance(b, Picture) else b for b in document.blocks)
    return replace(document, blocks=tuple(blocks))


def header_words(document: Document) -> str:
    """What is told again on each page by both; labels that go on are told by the PDF alone."""
    tables = (block for block in document.blocks if isinstance(block, Table))
    heads = (row for table in tables for row in table.rows if row.header)
    words = (p.text for row in heads for c in row.cells for p in c.paragraphs if hasattr(p, "text"))
    return "|".join(map(squeezed, words))


def compare(
    made: Sequence[Made],
    files: Sequence[bytes],
    found: Sequence[list[Piece]],
    folder: Path,
    counted: Counter[str],
) -> None:
    printed = office.as_pdfs([render_word(paper.document) for paper in made], folder)
    for n, paper in enumerate(made):
        theirs, ours = pieces(printed[n], paper.document), found[n]
        heads = header_words(paper.document)
        plain = without_words_in_pictures(paper.document)
        if plain is not paper.document:
            ours = pieces(render_pdf(plain, bundled_fonts()), plain)
        (folder / f"{n:03}.pdf").write_bytes(files[n])
        name = f"{n:03} {paper.group} {paper.document.name}"
        ours = [piece for piece in ours if piece.number or piece.text in heads]
        ours_by_page = by_page(ours, page_count(files[n]))
        theirs_by_page = by_page(theirs, page_count(printed[n]))
        counted["pairs"] += 1
        if len(theirs_by_page) > 1 and is_bare(theirs_by_page[-1]):
            counted["bare last pages in Word"] += 1
            say("bare in Word", name)
        differs = same_pages(ours_by_page, theirs_by_page)
        if differs:
            kind = "edges alone differ" if differs.startswith("line") else "other page breaks"
            counted[kind] += 1
            counted[f"{kind} of {paper.group}"] += 1
            say(kind, name, differs)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pdf", action="store_true", help="leave LibreOffice out")
    parser.add_argument("--only", default="", help="papers whose group holds this")
    parser.add_argument("--keep", type=Path, help="keep the files in this folder")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        kept = asked.keep or Path(folder)
        kept.mkdir(parents=True, exist_ok=True)
        made = [m for m in every_paper(Path(folder)) if asked.only in m.group]
        counted = measure(made, kept, word=not asked.pdf)
    for name, count in counted.items():
        say(f"{count:5}  {name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
