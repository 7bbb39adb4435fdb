"""The values of a look as fields: their names in the file, their labels, their bounds."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from dangjian_desktop.documents.look import Numbering
from dangjian_desktop.documents.roles import Face, Layout
from dangjian_desktop.domain.fields import Bounds, Field, FieldType

FACES = (
    (Face.FANGSONG.value, "仿宋"),
    (Face.KAITI.value, "楷体"),
    (Face.HEITI.value, "黑体"),
    (Face.SONGTI.value, "宋体"),
    (Face.XIAOBIAOSONG.value, "小标宋"),
)
_NUMBERINGS = (
    (Numbering.OFFICIAL.value, "— 1 — 在外侧"),
    (Numbering.CENTERED.value, "— 1 — 居中"),
    (Numbering.COUNTED.value, "第1页 共3页"),
    (Numbering.PLAIN.value, "1 居中"),
)
LAYOUTS: Mapping[str, str] = {
    Layout.OFFICIAL.value: "公文版式",
    Layout.FORM.value: "表格版式",
    Layout.LANDSCAPE.value: "横放的表格",
    Layout.BRIEF.value: "一页纸的表格",
}


def _number(
    name: str, label: str, unit: str, least: float, most: float, hint: str = "", places: int = 2
) -> Field:
    bounds = Bounds(least=Decimal(str(least)), most=Decimal(str(most)), places=places)
    kind = FieldType.DECIMAL if places else FieldType.INTEGER
    return Field(name, label, kind, required=True, unit=unit, hint=hint, bounds=bounds)


def _face(name: str, label: str) -> Field:
    return Field(name, label, FieldType.CHOICE, required=True, choices=FACES)


def _family(name: str, label: str, *, required: bool = True, hint: str = "") -> Field:
    return Field(name, label, required=required, hint=hint, bounds=Bounds(longest=40))


GENERAL = (
    Field("title", "版式名称", required=True, bounds=Bounds(longest=30)),
    Field("about", "说明", bounds=Bounds(longest=200)),
    Field(
        "paper_title",
        "材料标题",
        hint="空着用材料自己的标题；可写 {branch}{paper}",
        bounds=Bounds(longest=60),
    ),
    _number("frame", "表格外框线", "磅", 0, 6),
    _number("inner", "表格内线", "磅", 0, 6),
)
FAMILIES = (
    _family("fangsong", "仿宋用"),
    _family("kaiti", "楷体用"),
    _family("heiti", "黑体用"),
    _family("songti", "宋体用"),
    _family("xiaobiaosong", "小标宋用"),
    _family("digits", "数字和字母", required=False, hint="空着与文字相同"),
)
ROLES = (
    _face("title", "标题"),
    _face("subtitle", "副标题"),
    _face("heading1", "一级标题"),
    _face("heading2", "二级标题"),
    _face("heading3", "三级标题"),
    _face("body", "正文"),
    _face("cell", "表格文字"),
    _face("head", "表头和标签"),
    _face("number", "页码"),
)
SETTING = (
    _number("top", "上边距", "毫米", 5, 120),
    _number("bottom", "下边距", "毫米", 5, 120),
    _number("left", "左边距", "毫米", 5, 120),
    _number("right", "右边距", "毫米", 5, 120),
    _number("body", "正文字号", "磅", 5, 48),
    _number("lines", "每页行数", "行", 0, 80, "0：按行距", 0),
    _number("leading", "行距", "磅", 0, 90),
    _number("cells", "每行字数", "字", 0, 80, "0：不限", 0),
    _number("title", "标题字号", "磅", 5, 72),
    _number("title_leading", "标题行距", "磅", 0, 120, "0：与正文相同"),
    _number("title_after", "标题后空", "磅", 0, 120),
    _number("cell", "表格字号", "磅", 5, 48),
    _number("cell_leading", "表格行距", "磅", 5, 90),
    _number("note", "附注字号", "磅", 5, 48),
    _number("note_leading", "附注行距", "磅", 0, 90, "0：与正文相同"),
    _face("note_face", "附注字体"),
    _number("blank_leading", "空行高", "磅", 0, 90, "0：与正文相同"),
    _number("write_line", "手写横线间距", "磅", 0, 90, "0：与行距相同"),
    Field("numbering", "页码样式", FieldType.CHOICE, required=True, choices=_NUMBERINGS),
    _number("number", "页码字号", "磅", 5, 36),
    _number("number_mm", "页码距纸边", "毫米", 2, 100),
    _number("foot_mm", "页脚小字距纸边", "毫米", 2, 100),
)
SECTIONS: Mapping[str, tuple[Field, ...]] = {
    "": GENERAL,
    "families": FAMILIES,
    "faces": ROLES,
    **{layout.value: SETTING for layout in Layout},
}
"""Every section of the file, the values outside of one first."""
TITLES: Mapping[str, str] = {"": "", "families": "字体名称", "faces": "各处用的字体", **LAYOUTS}
