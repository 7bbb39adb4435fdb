"""The style sheet as Word's paragraph styles, so that the user can change a role at one place."""

from __future__ import annotations

from collections.abc import Iterator
from math import floor

from dangjian_desktop.documents.look import Numbering
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
    twips,
)

_JUSTIFICATION = {
    Align.JUSTIFY: "both",
    Align.LEFT: "left",
    Align.CENTER: "center",
    Align.RIGHT: "right",
}
_NAMES = {
    Role.TITLE: "标题（公文）",
    Role.SUBTITLE: "副标题（公文）",
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
# No room between digits and Han, as in the PDF; a tall face must not take two lines of the grid.
_SETTING = '<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/><w:snapToGrid w:val="0"/>'
_OUTLINE = {Role.TITLE: 0, Role.HEADING1: 1, Role.HEADING2: 2, Role.HEADING3: 3}


def style_elements(sheet: Sheet) -> Iterator[str]:
    """The XML of every style a document of the layout may use."""
    for role in Role:
        yield _role(role, sheet.style(role), sheet)
    yield (
        f'<w:style w:type="character" w:customStyle="1" w:styleId="{LEAD_STYLE}">'
        f'<w:name w:val="标签文字"/><w:rPr>{fonts(Face.HEITI)}</w:rPr></w:style>'
    )
    page = sheet.page
    rule = '<w:{0} w:val="single" w:sz="4" w:space="1" w:color="000000"/>'
    rules = f"<w:pBdr>{rule.format('bottom')}{rule.format('between')}</w:pBdr>"
    body = sheet.style(Role.FLUSH)
    yield _plain(WRITE_STYLE, "手写横线", body.face, body.size, page.write_line, rules)
    outside = page.numbering is Numbering.OFFICIAL
    middle = "" if outside else '<w:jc w:val="center"/>'
    number = page.number_size
    yield _plain(NUMBER_STYLE, "页码", sheet.number_face, number, number, middle)
    centered = '<w:jc w:val="center"/>'
    yield _plain(FOOT_STYLE, "页脚小字", Face.SONGTI, FOOT_SIZE, FOOT_SIZE + 2, centered, before=6)
    right = '<w:jc w:val="right"/>'
    yield _plain(MARK_STYLE, "页眉标记", Face.HEITI, MARK_SIZE, MARK_SIZE + 4, right)
    yield _plain(END_STYLE, "隔行", Face.SONGTI, 1, 1, "")


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
    return _element(style_id(role), _NAMES[role], properties, _characters(style))


def grid_twips(page: Page) -> int:
    """The line of the grid; 22 lines of 28.99 pt are higher than the type area once rounded up."""
    return floor(page.grid * 20)


def _on_grid(style: Style, page: Page) -> bool:
    return bool(page.grid) and style.leading == page.grid


def _indent(style: Style) -> str:
    first, right = style.indent, style.free
    if not first and not right:
        return ""
    return (
        f'<w:ind w:rightChars="{right * 100}" w:right="{twips(right * style.cell)}" '
        f'w:firstLineChars="{first * 100}" w:firstLine="{twips(first * style.cell)}"/>'
    )


def _characters(style: Style) -> str:
    # Rounded down: 28 characters of 16 pt and −0.25 pt stay under 156 mm.
    tracking = floor(style.tracking * 20)
    spacing = f'<w:spacing w:val="{tracking}"/>' if tracking else ""
    return f"{fonts(style.face)}{spacing}{_size(style.size)}"


def _size(points: float) -> str:
    halves = round(points * 2)
    return f'<w:sz w:val="{halves}"/><w:szCs w:val="{halves}"/>'


def _plain(
    name: str,
    shown: str,
    face: Face,
    size: float,
    leading: float,
    extra: str,
    *,
    before: float = 0.0,
) -> str:
    spacing = (
        f'{_SETTING}<w:spacing w:before="{twips(before)}" w:after="0" w:line="{twips(leading)}" '
        'w:lineRule="exact"/>'
    )
    borders, rest = (extra, "") if extra.startswith("<w:pBdr") else ("", extra)
    return _element(name, shown, borders + spacing + rest, fonts(face) + _size(size))


def _element(name: str, shown: str, paragraph: str, characters: str) -> str:
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{name}">'
        f'<w:name w:val="{shown}"/><w:basedOn w:val="Normal"/><w:qFormat/>'
        f"<w:pPr>{paragraph}</w:pPr><w:rPr>{characters}</w:rPr></w:style>"
    )
