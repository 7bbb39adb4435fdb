"""Word's XML for paragraphs, tables, head and foot, as text; no file is touched here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import floor
from xml.sax.saxutils import escape, quoteattr

from dangjian_desktop.documents.look import Families
from dangjian_desktop.documents.model import Cell, Face, Paragraph, Role, Table, WriteLines
from dangjian_desktop.documents.styles import CELL_PADDING, MM, Align, Sheet, Style
from dangjian_desktop.documents.table_layout import placed, ties
from dangjian_desktop.documents.typeset import Strain, Typesetter, is_narrow
from dangjian_desktop.frozen import dataclass

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LEAD_STYLE = "DangjianLead"
WRITE_STYLE = "DangjianWriteLine"
FOOT_STYLE = "DangjianFoot"
NUMBER_STYLE = "Footer"
MARK_STYLE = "Header"
END_STYLE = "DangjianEnd"
_OWN = {
    Role.BODY: "Normal",
    Role.TITLE: "Title",
    Role.SUBTITLE: "Subtitle",
    Role.HEADING1: "Heading1",
    Role.HEADING2: "Heading2",
    Role.HEADING3: "Heading3",
}
_LONGEST_HANGING = 8
_GAP = re.compile(r"(?<=\S)\u3000{2,}(?=\S)")
_EXTENSION_B = "\U00020000", "\U0002a6df"
_EXTENSION_B_RUN = re.compile(f"([{'-'.join(_EXTENSION_B)}]+)")
_SIGN = re.compile("([\n\t])")
_SIGNS = {"\n": "<w:br/>", "\t": "<w:tab/>"}
_EXTENSION_B_FACE = "SimSun-ExtB"
_KEEP = "<w:keepNext/>"
_BREAK = "<w:r><w:br/></w:r>"
# Of the size: a line that would be looser ends with a line break instead.
_LOOSEST = 0.25
PAGE_BREAK = (
    f'<w:p><w:pPr><w:pStyle w:val="{END_STYLE}"/></w:pPr><w:r><w:br w:type="page"/></w:r></w:p>'
)


def style_id(role: Role) -> str:
    """The identifier of a role's paragraph style: of Word's own where it has one."""
    if role in _OWN:
        return _OWN[role]
    return "Dangjian" + "".join(part.capitalize() for part in role.value.split("_"))


def twips(points: float) -> int:
    """Twentieths of a point."""
    return round(points * 20)


def fonts(face: Face, families: Families) -> str:
    """The four faces of a run; without them Word draws quotation marks from a Latin one."""
    return _slots(families.of(face), families.digits)


def _slots(name: str, latin: str = "") -> str:
    han, plain = quoteattr(name), quoteattr(latin or name)
    slots = f"w:ascii={plain} w:hAnsi={plain} w:eastAsia={han} w:cs={plain}"
    return f'<w:rFonts w:hint="eastAsia" {slots}/>'


def paragraph(
    block: Paragraph,
    setting: Setting,
    *,
    free: float | None = None,
    kept: bool = False,
    whole: bool = False,
    after: float = 0.0,
) -> str:
    """A paragraph; ``free`` points stay empty at its right, ``after`` points below it.

    Its lines stay together where it is ``whole``. Rows of ideographic spaces become what a clerk
    would set: an indent, a tab with its stop.
    """
    style, lead, text = setting.sheet.style(block.role), block.lead, block.text
    extra = _KEEP if block.keep_with_next or kept else ""
    extra += "<w:keepLines/>" if whole else ""
    if free is not None:
        extra += f'<w:ind w:right="{twips(free)}" w:firstLine="0"/>'
    elif block.role is Role.LABELLED and 0 < len(lead) <= _LONGEST_HANGING:
        hanging = len(lead) if lead.strip() else 0
        extra += _hanging(len(lead), hanging, style)
        lead = f"{lead.rstrip()}\t" if lead[-1:].isspace() and hanging else lead.strip()
    elif style.align in (Align.JUSTIFY, Align.LEFT):
        shaped, text = _unspaced(lead, text, style, setting.width)
        extra += shaped
    if after:
        place = extra.find("<w:ind ")
        place = len(extra) if place < 0 else place
        extra = f'{extra[:place]}<w:spacing w:after="{twips(after)}"/>{extra[place:]}'
    if style.align is Align.JUSTIFY and is_narrow(style, setting.width):
        extra += '<w:jc w:val="left"/>'
    width, thin = setting.width, setting.less
    strains = setting.typesetter.strains(block, style, width, free=free, less=thin)
    less = len(block.words) - len(lead) - len(text)
    strains = [] if "\t" in text else [_moved(strain, less) for strain in strains]
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{style_id(block.role)}"/>{extra}</w:pPr>'
        f"{_runs(lead, text, style, strains)}</w:p>"
    )


@dataclass(frozen=True, slots=True)
class Setting:
    """In what a paragraph is set: ``width`` points of a column, ``less`` taken by its lines."""

    sheet: Sheet
    typesetter: Typesetter
    width: float
    less: float = 0.0


def _moved(strain: Strain, less: int) -> Strain:
    """The same line where the first part of the text lost so many characters."""
    if strain.part:
        return strain
    return replace(strain, start=max(0, strain.start - less), end=max(0, strain.end - less))


def _runs(lead: str, text: str, style: Style, strains: Sequence[Strain]) -> str:
    """The runs of a paragraph, lines under strain spaced so that they end where ours do."""
    made = []
    for number, part in enumerate(text.split("\n")):
        words, place, runs = lead + part, 0, []
        for strain in (strain for strain in strains if strain.part == number):
            runs.append((words[place : strain.start], 0.0, ""))
            loose = strain.each > _LOOSEST * style.size
            each, end = (0.0, _BREAK) if loose else (strain.each, "")
            runs.append((words[strain.start : strain.end], each, end))
            place = strain.end
        runs.append((words[place:], 0.0, ""))
        made.append("".join(_led_runs(runs, len(lead), style)))
        lead = ""
    return _BREAK.join(made)


def _led_runs(parts: Sequence[tuple[str, float, str]], lead: int, style: Style) -> Iterator[str]:
    for text, each, end in parts:
        spacing = tracking_twips(style) + floor(20 * each) - 1 if each else None
        yield run(text[:lead], LEAD_STYLE, spacing) + run(text[lead:], "", spacing) + end
        lead = max(0, lead - len(text))


def tracking_twips(style: Style) -> int:
    """What stands behind each character.

    A little less than in the PDF: 28 characters of 16 pt have to stay under 156 mm, and
    LibreOffice leaves it out where Han and figures meet.
    """
    return floor(style.tracking * 20) - 1 if style.tracking else 0


def _hanging(lead: int, back: int, style: Style) -> str:
    left = style.indent + lead
    return f'<w:ind w:leftChars="{left * 100}" w:left="{twips(left * style.cell)}" ' + (
        f'w:hangingChars="{back * 100}" w:hanging="{twips(back * style.cell)}"/>'
        if back
        else 'w:firstLineChars="0" w:firstLine="0"/>'
    )


def _unspaced(lead: str, text: str, style: Style, width: float) -> tuple[str, str]:
    """Tab stops and indent in the place of rows of spaces, and the text with its tabs."""
    bare = text.lstrip("\u3000")
    first, shaped = style.indent + len(text) - len(bare), ""
    if lead or first == style.indent or not bare:
        first, bare = style.indent, text
    cells = first + len(lead) + len(bare)
    if "\n" not in bare and cells * style.cell <= width:
        places = [first + len(lead) + gap.end() for gap in _GAP.finditer(bare)]
        stops = "".join(
            f'<w:tab w:val="left" w:pos="{twips(place * style.cell)}"/>' for place in places
        )
        shaped = f"<w:tabs>{stops}</w:tabs>" if stops else ""
        bare = _GAP.sub("\t", bare)
    if first != style.indent:
        indent = f'w:firstLineChars="{first * 100}" w:firstLine="{twips(first * style.cell)}"'
        shaped += f"<w:ind {indent}/>"
    return shaped, bare


def run(text: str, style: str = "", spacing: int | None = None) -> str:
    """Runs of literal text; a line end and a tab become Word's, nothing is read as markup.

    Characters of Extension B are a run of their own in the face that Word takes for them.
    ``spacing`` twips stand behind each character instead of those of the style.
    """
    if text.isascii() or max(text) < _EXTENSION_B[0]:
        return _run(text, style, spacing)
    pieces = _EXTENSION_B_RUN.split(text)
    return "".join(_run(piece, style, spacing, rare=bool(n % 2)) for n, piece in enumerate(pieces))


def _run(text: str, style: str, spacing: int | None, *, rare: bool = False) -> str:
    if not text:
        return ""
    properties = f'<w:rStyle w:val="{style}"/>' if style else ""
    if rare:
        properties += _slots(_EXTENSION_B_FACE)
    if spacing is not None:
        properties += f'<w:spacing w:val="{spacing}"/>'
    if properties:
        properties = f"<w:rPr>{properties}</w:rPr>"
    parts = (_SIGNS.get(part) or _words(part) for part in _SIGN.split(text) if part)
    return f"<w:r>{properties}{''.join(parts)}</w:r>"


def _words(text: str) -> str:
    return f'<w:t xml:space="preserve">{escape(text)}</w:t>'


def spacer(height: float, *, kept: bool) -> str:
    """A low empty paragraph: Word wants one behind a table, and joins those without.

    Without ``height``, at the end of a document, it is hidden: it must not need a page.
    """
    keep = _KEEP if kept else ""
    keep += (
        f'<w:spacing w:line="{twips(height)}" w:lineRule="exact"/>'
        if height
        else "<w:rPr><w:vanish/></w:rPr>"
    )
    return f'<w:p><w:pPr><w:pStyle w:val="{END_STYLE}"/>{keep}</w:pPr></w:p>'


def write_lines(count: int, *, kept: bool = False) -> str:
    """Ruled lines to write on."""
    keep = _KEEP if kept else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{WRITE_STYLE}"/>{keep}</w:pPr></w:p>' * count


def table(block: Table, setting: Setting, fill_height: float) -> str:
    """A ruled table as wide as the type area; a fill row is ``fill_height`` points at least."""
    sheet, width = setting.sheet, setting.width
    total = sum(block.widths)
    columns = [twips(width * part / total) for part in block.widths]
    grid = "".join(f'<w:gridCol w:w="{wide}"/>' for wide in columns)
    return (
        f"<w:tbl>{_table_properties(sum(columns), sheet)}<w:tblGrid>{grid}</w:tblGrid>"
        f"{''.join(_rows(block, setting, columns, fill_height))}</w:tbl>"
    )


def _table_properties(width: int, sheet: Sheet) -> str:
    frame, inner = _edge(sheet.frame), _edge(sheet.inner)
    edges = "".join(
        f"<w:{edge} {line}/>"
        for edge, line in (
            ("top", frame),
            ("left", frame),
            ("bottom", frame),
            ("right", frame),
            ("insideH", inner),
            ("insideV", inner),
        )
    )
    side = twips(CELL_PADDING)
    # A line is part of its row in Word, and drawn between rows by us.
    above = twips(sheet.margin)
    below = above - twips(sheet.inner)
    margins = "".join(
        f'<w:{edge} w:w="{size}" w:type="dxa"/>'
        for edge, size in (
            ("top", above),
            ("left", side),
            ("bottom", below),
            ("right", side),
        )
    )
    return (
        f'<w:tblPr><w:tblW w:w="{width}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{edges}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f"<w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>"
    )


def _edge(points: float) -> str:
    eighths = round(points * 8)
    kind = "single" if eighths else "none"
    return f'w:val="{kind}" w:sz="{eighths}" w:space="0" w:color="000000"'


def _rows(block: Table, setting: Setting, columns: list[int], fill_height: float) -> Iterator[str]:
    taken = [0] * len(columns)
    open_cells: dict[int, Cell] = {}
    kept = ties(block.rows)
    for place, row in enumerate(block.rows):
        covered = {column: cell for column, cell in open_cells.items() if taken[column]}
        cells = {column: (cell, "restart") for cell, column in placed(row, taken)}
        cells |= {column: (cell, "") for column, cell in covered.items()}
        open_cells = {column: cell for column, (cell, _) in cells.items()}
        height = max(row.min_height_mm * MM, fill_height if row.fill else 0.0)
        properties = "" if row.splittable else "<w:cantSplit/>"
        if height:
            properties += f'<w:trHeight w:val="{twips(height)}" w:hRule="atLeast"/>'
        if row.header:
            properties += "<w:tblHeader/>"
        following = block.rows[place + 1 : place + 2]
        edges = _open_edges(row.goes_on, any(part.goes_on for part in following))
        keep = kept[place] or (row.header and bool(following))
        fields = []
        for column, (cell, start) in sorted(cells.items()):
            width = sum(columns[column : column + cell.columns])
            open_edges = edges if cell.rows == 1 else ""
            made = _Made(width, start, row.fill or row.top, open_edges, keep)
            fields.append(_cell(cell, made, setting))
        yield f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(fields)}</w:tr>"


@dataclass(frozen=True, slots=True)
class _Made:
    """How a field stands in its row: ``start`` is empty where it reaches down from above."""

    width: int
    start: str
    top: bool
    edges: str
    kept: bool


def _open_edges(above: bool, below: bool) -> str:
    """Lines that are not drawn where a row goes on from another."""
    missing = [edge for edge, left in (("top", above), ("bottom", below)) if left]
    lines = "".join(f'<w:{edge} w:val="nil"/>' for edge in missing)
    return f"<w:tcBorders>{lines}</w:tcBorders>" if lines else ""


def _cell(cell: Cell, made: _Made, setting: Setting) -> str:
    centered = not made.top or any(
        isinstance(part, Paragraph) and part.role is not Role.CELL and part.role in _CELL_ROLES
        for part in cell.paragraphs
    )
    properties = f'<w:tcW w:w="{made.width}" w:type="dxa"/>'
    if cell.columns > 1:
        properties += f'<w:gridSpan w:val="{cell.columns}"/>'
    if cell.rows > 1:
        properties += f'<w:vMerge w:val="{made.start or "continue"}"/>'
    properties += f'{made.edges}<w:vAlign w:val="{"center" if centered else "top"}"/>'
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{_cell_text(cell, made, setting)}</w:tc>"


_CELL_ROLES = frozenset(role for role in Role if role.value.startswith("cell"))


def _cell_text(cell: Cell, made: _Made, outer: Setting) -> str:
    width = made.width / 20 - 2 * CELL_PADDING
    setting = replace(outer, width=width, less=2 * outer.sheet.inner)
    empty = paragraph(Paragraph("", Role.CELL), setting, kept=made.kept)
    if not made.start or not cell.paragraphs:
        return empty
    parts = [
        paragraph(part, setting, kept=made.kept)
        if isinstance(part, Paragraph)
        else write_lines(part.count, kept=made.kept)
        for part in cell.paragraphs
    ]
    if isinstance(cell.paragraphs[-1], WriteLines):
        high = twips(setting.sheet.page.write_line)
        keep = _KEEP if made.kept else ""
        parts[-1] = write_lines(cell.paragraphs[-1].count - 1, kept=made.kept)
        parts[-1] += (
            f'<w:p><w:pPr><w:pStyle w:val="{END_STYLE}"/>{keep}'
            f'<w:spacing w:line="{high}" w:lineRule="exact"/></w:pPr></w:p>'
        )
    return "".join(parts) or empty


def field(name: str) -> str:
    """The runs of a PAGE or NUMPAGES field."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {name} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        "<w:r><w:t>1</w:t></w:r>"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
