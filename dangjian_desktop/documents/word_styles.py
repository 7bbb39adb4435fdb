"""The style sheet as Word's paragraph styles, so that the user can change a role at one place."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

from dangjian_desktop.documents.look import Families, Numbering
from dangjian_desktop.documents.model import HEADINGS, Face, Role
from dangjian_desktop.documents.styles import (
    FOOT_SIZE,
    MARK_SIZE,
    Align,
    Page,
    Sheet,
    Style,
)
from dangjian_desktop.documents.word_parts import (
    END_STYLE,
    FOOT_STYLE,
    LEAD_STYLE,
    MARK_STYLE,
    NUMBER_STYLE,
    WRITE_STYLE,
    fonts,
    style_id,
    tracking_twips,
    twips,
)

_JUSTIFICATION = {
    Align.JUSTIFY: "both",
    Align.LEFT: "left",
    Align.CENTER: "center",
    Align.RIGHT: "right",
}
_NAMES = {
    Role.TITLE: "公文标题",
    Role.SUBTITLE: "副标题",
    Role.HEADING1: "一级标题",
    Role.HEADING2: "二级标题",
    Role.HEADING3: "三级标题",
    Role.BODY: "公文正文",
    Role.FLUSH: "正文顶格",
    Role.LABELLED: "带标签的正文",
    Role.SIGNATURE: "署名",
    Role.DATE_LINE: "成文日期",
    Role.CENTER: "居中正文",
    Role.NOTE: "附注小字",
    Role.BLANK_LINE: "空行",
    Role.CELL: "表格文字",
    Role.CELL_CENTER: "表格居中",
    Role.CELL_RIGHT: "表格右对齐",
    Role.CELL_HEAD: "表头",
    Role.CELL_LABEL: "表格标签",
}
# The names by which Word knows its own styles; it shows ours behind them.
_BUILT_IN = {
    "Normal": "Normal",
    "Title": "Title",
    "Subtitle": "Subtitle",
    "Heading1": "heading 1",
    "Heading2": "heading 2",
    "Heading3": "heading 3",
    NUMBER_STYLE: "footer",
    MARK_STYLE: "header",
}
_NEXT = {Role.SIGNATURE: Role.DATE_LINE}
# No room between digits and Han, as in the PDF; a tall face must not take two lines of the grid.
_SETTING = (
    '<w:widowControl w:val="0"/><w:overflowPunct w:val="0"/><w:autoSpaceDE w:val="0"/>'
    '<w:autoSpaceDN w:val="0"/><w:snapToGrid w:val="0"/>'
)
# Points that are lost where lengths are told in hundredths of a millimetre.
_ROUNDING = 0.2
# What the line to write on and the white above it add to a paragraph.
_RULE = 1.75
_OUTLINE = {Role.HEADING1: 0, Role.HEADING2: 1, Role.HEADING3: 2}
_NO_INDENT = '<w:ind w:firstLineChars="0" w:firstLine="0"/>'


def style_elements(sheet: Sheet) -> Iterator[str]:
    """The XML of every style a document of the layout may use, 正文 first."""
    for role in sorted(Role, key=lambda role: role is not Role.BODY):
        yield _role(role, sheet.style(role), sheet)
    families, page = sheet.families, sheet.page
    yield (
        f'<w:style w:type="character" w:customStyle="1" w:styleId="{LEAD_STYLE}">'
        f'<w:name w:val="标签文字"/><w:qFormat/><w:rPr>{fonts(Face.HEITI, families)}</w:rPr>'
        "</w:style>"
    )
    rule = '<w:{0} w:val="single" w:sz="4" w:space="1" w:color="000000"/>'
    rules = f"<w:pBdr>{rule.format('bottom')}{rule.format('between')}</w:pBdr>"
    body = sheet.style(Role.FLUSH)
    writing = (body.face, body.size, families)
    yield _plain(WRITE_STYLE, "手写横线", writing, page.write_line - _RULE, borders=rules)
    number = page.number_size
    middle = "" if page.numbering is Numbering.OFFICIAL else "center"
    yield _plain(NUMBER_STYLE, "页码", (sheet.number_face, number, families), number, middle)
    small = (Face.SONGTI, FOOT_SIZE, families)
    yield _plain(FOOT_STYLE, "页脚小字", small, FOOT_SIZE + 2, "center", before=6)
    mark = (Face.HEITI, MARK_SIZE, families)
    yield _plain(MARK_STYLE, "页眉标记", mark, MARK_SIZE + 4, "right")
    yield _plain(END_STYLE, "隔行", (Face.SONGTI, 1, families), 1)


def _role(role: Role, style: Style, sheet: Sheet) -> str:
    leading = grid_twips(sheet.page) if _on_grid(style, sheet.page) else twips(style.leading)
    properties = "<w:keepNext/>" if role in HEADINGS else ""
    properties += (
        f'{_SETTING}<w:spacing w:before="0" w:after="{twips(style.after)}" '
        f'w:line="{leading}" w:lineRule="exact"/>{_indent(style)}'
        f'<w:jc w:val="{_JUSTIFICATION[style.align]}"/>'
    )
    if role in _OUTLINE:
        properties += f'<w:outlineLvl w:val="{_OUTLINE[role]}"/>'
    behind = _NEXT.get(role, Role.BODY if role in HEADINGS else role)
    made = (style_id(role), _NAMES[role], properties, _characters(style, sheet.families))
    return _element(*made, behind=style_id(behind))


def grid_twips(page: Page) -> int:
    """The line of the grid, rounded up: what the lines of a page grow by, ``grown`` tells."""
    return ceil(page.grid * 20)


def grown(page: Page) -> float:
    """Points that a page of such lines is higher than the type area (0.2 of 22 lines of 28.99).

    Rounded down, they would end before it, and LibreOffice, which sets the lines of a grid in the
    middle of their page, would turn it sooner than Word and the PDF.
    """
    return (grid_twips(page) / page.grid / 20 - 1) * page.height + _ROUNDING if page.grid else 0.0


def _on_grid(style: Style, page: Page) -> bool:
    return bool(page.grid) and style.leading == page.grid


def _indent(style: Style) -> str:
    """Told in every style, since all inherit from 正文, which is indented."""
    first, right = style.indent, style.free
    free = f'w:rightChars="{right * 100}" w:right="{twips(right * style.cell)}" ' if right else ""
    return (
        f'<w:ind {free}w:firstLineChars="{first * 100}" w:firstLine="{twips(first * style.cell)}"/>'
    )


def _characters(style: Style, families: Families) -> str:
    spacing = f'<w:spacing w:val="{tracking_twips(style)}"/>'
    return f"{fonts(style.face, families)}{spacing}{_size(style.size)}"


def _size(points: float) -> str:
    halves = round(points * 2)
    return f'<w:sz w:val="{halves}"/><w:szCs w:val="{halves}"/>'


def _plain(
    name: str,
    shown: str,
    characters: tuple[Face, float, Families],
    leading: float,
    justification: str = "",
    *,
    before: float = 0.0,
    borders: str = "",
) -> str:
    face, size, families = characters
    properties = (
        f'{borders}{_SETTING}<w:spacing w:before="{twips(before)}" w:after="0" '
        f'w:line="{twips(leading)}" w:lineRule="exact"/>{_NO_INDENT}'
    )
    if justification:
        properties += f'<w:jc w:val="{justification}"/>'
    spacing = '<w:spacing w:val="0"/>'
    return _element(name, shown, properties, fonts(face, families) + spacing + _size(size))


def _element(name: str, shown: str, paragraph: str, characters: str, *, behind: str = "") -> str:
    own = _BUILT_IN.get(name)
    kind = 'w:customStyle="1"' if own is None else 'w:default="1"' if name == "Normal" else ""
    names = f'<w:name w:val="{own or shown}"/>' + (f'<w:aliases w:val="{shown}"/>' if own else "")
    based = "" if name == "Normal" else '<w:basedOn w:val="Normal"/>'
    following = f'<w:next w:val="{behind}"/>' if behind not in ("", name) else ""
    return (
        f'<w:style w:type="paragraph" {kind} w:styleId="{name}">{names}{based}{following}'
        f'<w:uiPriority w:val="1"/><w:qFormat/><w:pPr>{paragraph}</w:pPr>'
        f"<w:rPr>{characters}</w:rPr></w:style>"
    )
