"""Word's XML for paragraphs, tables, head and foot, as text; no file is touched here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from dangjian_desktop.documents.look import Families
from dangjian_desktop.documents.model import Cell, Face, Paragraph, Role, Table
from dangjian_desktop.documents.styles import CELL_PADDING, MM, Align, Sheet, Style
from dangjian_desktop.documents.table_layout import placed

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
_CELL_MARGIN_TWIPS = 60
# A paragraph of next to no height: Word wants one behind a table, and joins adjoining tables.
SPACER = f'<w:p><w:pPr><w:pStyle w:val="{END_STYLE}"/></w:pPr></w:p>'
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


def paragraph(block: Paragraph, sheet: Sheet, *, free: float | None = None) -> str:
    """A paragraph; ``free`` points stay empty at its right.

    Rows of ideographic spaces become what a clerk would set: an indent, a tab with its stop.
    """
    style, lead, text = sheet.style(block.role), block.lead, block.text
    extra = "<w:keepNext/>" if block.keep_with_next else ""
    if free is not None:
        extra += f'<w:ind w:right="{twips(free)}" w:firstLine="0"/>'
    elif block.role is Role.LABELLED and 0 < len(lead) <= _LONGEST_HANGING:
        hanging = len(lead) if lead.strip() else 0
        extra += _hanging(len(lead), hanging, style)
        lead = f"{lead.rstrip()}\t" if lead[-1:].isspace() and hanging else lead.strip()
    elif style.align in (Align.JUSTIFY, Align.LEFT):
        shaped, text = _unspaced(lead, text, style, sheet.page.width)
        extra += shaped
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{style_id(block.role)}"/>{extra}</w:pPr>'
        f"{run(lead, LEAD_STYLE)}{run(text)}</w:p>"
    )


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


def run(text: str, style: str = "") -> str:
    """Runs of literal text; a line end and a tab become Word's, nothing is read as markup.

    Characters of Extension B are a run of their own in the face that Word takes for them.
    """
    if text.isascii() or max(text) < _EXTENSION_B[0]:
        return _run(text, style)
    pieces = _EXTENSION_B_RUN.split(text)
    return "".join(_run(piece, style, rare=bool(n % 2)) for n, piece in enumerate(pieces))


def _run(text: str, style: str, *, rare: bool = False) -> str:
    if not text:
        return ""
    properties = f'<w:rStyle w:val="{style}"/>' if style else ""
    if rare:
        properties += _slots(_EXTENSION_B_FACE)
    if properties:
        properties = f"<w:rPr>{properties}</w:rPr>"
    parts = (_SIGNS.get(part) or _words(part) for part in _SIGN.split(text) if part)
    return f"<w:r>{properties}{''.join(parts)}</w:r>"


def _words(text: str) -> str:
    return f'<w:t xml:space="preserve">{escape(text)}</w:t>'


def write_lines(count: int) -> str:
    """Ruled lines to write on."""
    return f'<w:p><w:pPr><w:pStyle w:val="{WRITE_STYLE}"/></w:pPr></w:p>' * count


def table(block: Table, sheet: Sheet, fill_height: float) -> str:
    """A ruled table as wide as the type area; a fill row is ``fill_height`` points at least."""
    width = sheet.page.width
    total = sum(block.widths)
    columns = [twips(width * part / total) for part in block.widths]
    grid = "".join(f'<w:gridCol w:w="{wide}"/>' for wide in columns)
    return (
        f"<w:tbl>{_table_properties(sum(columns), sheet)}<w:tblGrid>{grid}</w:tblGrid>"
        f"{''.join(_rows(block, sheet, columns, fill_height))}</w:tbl>"
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
    margins = "".join(
        f'<w:{edge} w:w="{size}" w:type="dxa"/>'
        for edge, size in (
            ("top", _CELL_MARGIN_TWIPS),
            ("left", side),
            ("bottom", _CELL_MARGIN_TWIPS),
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


def _rows(block: Table, sheet: Sheet, columns: list[int], fill_height: float) -> Iterator[str]:
    taken = [0] * len(columns)
    open_cells: dict[int, Cell] = {}
    for row in block.rows:
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
        fields = (
            _cell(cell, start, sum(columns[place : place + cell.columns]), sheet, fill=row.fill)
            for place, (cell, start) in sorted(cells.items())
        )
        yield f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(fields)}</w:tr>"


def _cell(cell: Cell, start: str, width: int, sheet: Sheet, *, fill: bool) -> str:
    centered = not fill or any(
        isinstance(part, Paragraph) and part.role is not Role.CELL and part.role in _CELL_ROLES
        for part in cell.paragraphs
    )
    properties = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    if cell.columns > 1:
        properties += f'<w:gridSpan w:val="{cell.columns}"/>'
    if cell.rows > 1:
        properties += f'<w:vMerge w:val="{start or "continue"}"/>'
    properties += f'<w:vAlign w:val="{"center" if centered else "top"}"/>'
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{_cell_text(cell, start, sheet)}</w:tc>"


_CELL_ROLES = frozenset(role for role in Role if role.value.startswith("cell"))


def _cell_text(cell: Cell, start: str, sheet: Sheet) -> str:
    empty = paragraph(Paragraph("", Role.CELL), sheet)
    if not start or not cell.paragraphs:
        return empty
    parts = [
        paragraph(part, sheet) if isinstance(part, Paragraph) else write_lines(part.count)
        for part in cell.paragraphs
    ]
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
