"""The same document through typst: its strongest way, fonts and compiler kept between runs."""

from __future__ import annotations

import json

import typst

from dangjian_desktop import paths
from dangjian_desktop.documents.model import Document, Face, Paragraph, Role, Table
from dangjian_desktop.documents.styles import sheet_of

_FAMILIES = {
    Face.FANGSONG: "Dangjian FangSong",
    Face.KAITI: "Dangjian KaiTi",
    Face.HEITI: "Dangjian HeiTi",
    Face.SONGTI: "Dangjian SongTi",
    Face.XIAOBIAOSONG: "Dangjian XiaoBiaoSong",
}
_HEAD = """#set page(paper: "a4", margin: (top: 37mm, left: 28mm, right: 26mm, bottom: 35mm),
  footer: context { let n = counter(page).get().first(); set text(size: 14pt)
    align(if calc.odd(n) { right } else { left }, [— #n —]) })
#set text(font: ("Dangjian FangSong", "Dangjian SongTi", "Dangjian SongTi Ext"), size: 16pt,
  lang: "zh", region: "cn", tracking: -0.207pt, top-edge: 0.88em, bottom-edge: -0.12em)
#set par(leading: 12.99pt, spacing: 12.99pt, justify: true)
"""


def render_once(document: Document) -> bytes:
    """As typst's page on PyPI shows it."""
    made = typst.compile(
        source(document).encode(),
        format="pdf",
        font_paths=[str(paths.resources("fonts"))],
        ignore_system_fonts=True,
    )
    assert isinstance(made, bytes)
    return made


class TypstWay:
    """Keeps what typst can keep: the faces it has found."""

    def __init__(self) -> None:
        fonts = typst.Fonts(
            include_system_fonts=False,
            include_embedded_fonts=False,
            font_paths=[str(paths.resources("fonts"))],
        )
        self._compiler = typst.Compiler(font_paths=fonts, ignore_system_fonts=True)

    def render(self, document: Document) -> bytes:
        made = self._compiler.compile(input=source(document).encode(), format="pdf")
        assert isinstance(made, bytes)
        return made


def source(document: Document) -> str:
    parts = [_HEAD]
    for block in document.blocks:
        match block:
            case Paragraph():
                parts.append(_paragraph(document, block))
            case Table():
                cells = ",".join(
                    f"[#{_quoted(part.words)}]"
                    for row in block.rows
                    for cell in row.cells
                    for part in cell.paragraphs
                    if isinstance(part, Paragraph)
                )
                widths = ",".join(f"{width}fr" for width in block.widths)
                parts.append(
                    f"#block(text(size: 12pt, table(columns: ({widths}), align: center, {cells})))"
                )
            case _:
                raise AssertionError(block)
    return "\n\n".join(parts)


def _paragraph(document: Document, block: Paragraph) -> str:
    style = sheet_of(document).style(block.role)
    chain = f'("{_FAMILIES[style.face]}", "Dangjian SongTi", "Dangjian SongTi Ext")'
    words = f"#text(font: {chain}, size: {style.size}pt, {_quoted(block.text)})"
    if block.lead:
        lead = '("Dangjian HeiTi", "Dangjian SongTi", "Dangjian SongTi Ext")'
        words = f"#text(font: {lead}, {_quoted(block.lead)}){words}"
    if block.role is Role.TITLE:
        return f"#heading(level: 1, align(center)[{words}])"
    if block.role is Role.SIGNATURE:
        return f"#align(right)[{words}]"
    return f"#h(2em){words}"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
