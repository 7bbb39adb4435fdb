"""Blank forms as superiors write them, made as .docx, and what differs between two of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import deepcopy
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt
from lxml import etree

from dangjian_desktop import paths
from dangjian_desktop.documents.blank_forms.pieces import bring_twins
from dangjian_desktop.documents.blank_forms.reading import WordForm
from dangjian_desktop.domain.blank_forms.finding import split_key
from dangjian_desktop.domain.blank_forms.form import BlankKind

MAIN = "word/document.xml"
LEFT, ABOVE = "<", "^"
"""In rows of texts: the cell at the left reaches over this place, the cell above does."""


def a_table(file, rows: Sequence[Sequence[str]]):
    """A table of these texts, cells merged as told."""
    table = file.add_table(len(rows), len(rows[0]), style="Table Grid")
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if text in (LEFT, ABOVE):
                continue
            across = next((n for n in range(c + 1, len(row)) if row[n] != LEFT), len(row)) - c
            down = next((n for n in range(r + 1, len(rows)) if rows[n][c] != ABOVE), len(rows)) - r
            cell = table.cell(r, c)
            if across * down > 1:
                cell = cell.merge(table.cell(r + down - 1, c + across - 1))
            first, *others = text.split("\n")
            cell.text = first
            for line in others:
                cell.add_paragraph(line)
    return table


def a_form(*blocks: str | Sequence[Sequence[str]]) -> bytes:
    """A file of paragraphs (texts) and tables (rows of texts)."""
    file = docx.Document()
    for block in blocks:
        if isinstance(block, str):
            file.add_paragraph(block)
        else:
            a_table(file, block)
    return saved(file)


def saved(file) -> bytes:
    data = BytesIO()
    file.save(data)
    return data.getvalue()


def control(about: str, shown: str) -> str:
    """The XML of a content control in a line."""
    return (
        f"<w:sdt {nsdecls('w', 'w14')}><w:sdtPr>{about}</w:sdtPr>"
        f"<w:sdtContent><w:r><w:t>{shown}</w:t></w:r></w:sdtContent></w:sdt>"
    )


def with_part(data: bytes, name: str, old: str, new: str) -> bytes:
    """The file with a text of one of its parts replaced."""
    packed = BytesIO()
    with ZipFile(BytesIO(data)) as file, ZipFile(packed, "w", ZIP_DEFLATED) as out:
        for part in file.namelist():
            content = file.read(part)
            if part == name:
                assert old.encode() in content
                content = content.replace(old.encode(), new.encode())
            out.writestr(part, content)
    return packed.getvalue()


def differences(blank: bytes, filled: bytes, keys: Iterable[str]) -> list[str]:
    """What differs between a blank and the same form filled, beside the cells and paragraphs of
    these keys and the rows that were added to blanks of rows among them."""
    keys = [*keys]
    with ZipFile(BytesIO(blank)) as old, ZipFile(BytesIO(filled)) as new:
        names = [part.filename for part in old.infolist()]
        found = [] if names == [p.filename for p in new.infolist()] else ["parts"]
        differing = [n for n in names if old.read(n) != new.read(n)]
    old, new = WordForm(blank, "空表.docx"), WordForm(filled, "空表.docx")
    found += [n for n in differing if n != MAIN and n not in old.package.around]
    blanks = {each.key: each for each in old.form.blanks}
    for key in keys:
        each = blanks.get(key)
        for place in {key for row in each.rows for key in row} if each and each.rows else {key}:
            for form in (old, new):
                _hollow(form.place(split_key(place)[0]))
        if each is not None and each.kind is BlankKind.ROWS:
            _drop_added(old, new, each.rows)
    boxed = any("x" in key for key in keys)
    for part in (MAIN, *old.package.around):
        roots = [form.package.around.get(part, form.package.root) for form in (old, new)]
        found += _where_they_differ(*roots, boxed=boxed)
    return found


def _where_they_differ(old, new, *, boxed: bool) -> list[str]:
    for root in (old, new) if boxed else ():
        bring_twins(root)
    a, b = (etree.tostring(root, method="c14n") for root in (old, new))
    at = next(
        (n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(map(len, (a, b)))
    )
    return [] if a == b else [f"…{a[at - 80 : at + 40]!r} → {b[at - 80 : at + 40]!r}"]


def _hollow(place) -> None:
    """Nothing but what a cell is by itself: its borders, its width."""
    for child in list(place):
        if child.tag not in (qn("w:tcPr"), qn("w:pPr")):
            place.remove(child)


def _drop_added(old: WordForm, new: WordForm, rows) -> None:
    """Rows that were copied from the last empty one: each is like it but for its texts."""
    last = next(new.place(rows[-1][0]).iterancestors(qn("w:tr")))
    table = last.getparent()
    was = next(old.place(rows[-1][0]).iterancestors(qn("w:tr"))).getparent()
    for _ in range(len(table.findall(qn("w:tr"))) - len(was.findall(qn("w:tr")))):
        added = last.getnext()
        copy, model = deepcopy(added), deepcopy(last)
        for row in (copy, model):
            for cell in row.findall(qn("w:tc")):
                _hollow(cell)
        assert etree.tostring(copy) == etree.tostring(model)
        table.remove(added)


def a_box(text: str) -> str:
    """The XML of a run with a box of text, and of what older programs show in its place."""
    inside = f"<w:txbxContent><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent>"
    spaces = " ".join(
        (
            nsdecls("w"),
            'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"',
            'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"',
            'xmlns:v="urn:schemas-microsoft-com:vml"',
        )
    )
    return (
        f'<w:r {spaces}><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:wsp>'
        f"<wps:txbx>{inside}</wps:txbx></wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict>"
        f"<v:shape><v:textbox>{inside}</v:textbox></v:shape></w:pict></mc:Fallback>"
        f"</mc:AlternateContent></w:r>"
    )


def with_heads_feet_and_a_box() -> bytes:
    """A form with blanks in the head and foot of its pages and in a box of text."""
    file = docx.Document()
    file.add_paragraph("情况报表")
    inserted(file.add_paragraph("说明"), a_box("填报单位：____________"))
    a_table(file, (("党员总数", ""), ("预备党员", "")))
    section = file.sections[0]
    section.header.paragraphs[0].text = "所属月份：____________"
    section.footer.add_table(1, 2, Pt(300)).cell(0, 0).text = "填报人"
    return saved(file)


def texts(data: bytes) -> list[str]:
    """Every text of a filled form: its paragraphs, then the cells of its tables by rows."""
    file = docx.Document(BytesIO(data))
    cells = [c.text for t in file.tables for row in t.rows for c in row.cells]
    return [p.text for p in file.paragraphs] + cells


SAMPLES = paths.resources("demo", "forms")
MONTH, PROJECT = SAMPLES / "month.docx", SAMPLES / "project.docx"
"""The two forms of a superior that come with the sample year."""

LETTER = (
    "关于党支部组织生活情况的报告",
    "中共某某公司委员会：",
    "我支部现有党员____名，其中预备党员____名；本月召开党员大会____次、支委会____次。",
    "联系人：              联系电话：              ",
    "填报日期：        年    月    日",
)
LEDGER = (
    "党员花名册",
    (
        ("序号", "姓名", "性别", "民族", "出生年月", "入党时间", "备注"),
        *([("", "", "", "", "", "", "")] * 3),
    ),
)
STATISTICS = (
    "党员情况统计表",
    (
        ("党支部名称", "党员人数", LEFT, LEFT, "性别", LEFT),
        (ABOVE, "合计", "正式党员", "预备党员", "男", "女"),
        ("", "", "", "", "", ""),
    ),
)
MATRIX = (
    "组织生活情况统计表",
    (
        ("类别", "召开次数", "应到人次", "实到人次", "出勤率"),
        ("支部党员大会", "", "", "", ""),
        ("支部委员会", "", "", "", ""),
        ("党课", "", "", "", ""),
    ),
)
LEVELS = (
    "党支部工作情况表",
    (
        ("党支部名称", LEFT, ""),
        ("党员", "总数（人）", ""),
        (ABOVE, "正式党员（人）", ""),
        (ABOVE, "预备党员（人）", ""),
        ("三会一课", "支部党员大会（次）", ""),
        (ABOVE, "支部委员会（次）", ""),
        (ABOVE, "党小组会（次）", ""),
        (ABOVE, "党课（次）", ""),
        ("填报人", LEFT, ""),
    ),
)
PERSON = (
    "党员基本情况登记表",
    (
        ("姓名", "", "性别", "□男  □女", "照片"),
        ("民族", "", "出生年月", "", ABOVE),
        ("入党时间", "", "学历", "", ABOVE),
        ("党员类别", "☐正式党员  ☐预备党员", LEFT, LEFT, LEFT),
        ("联系电话", "", LEFT, LEFT, LEFT),
        (
            "党支部意见",
            "\n\n负责人签名：          （盖章）\n      年    月    日",
            LEFT,
            LEFT,
            LEFT,
        ),
    ),
)


def a_face(cell, name: str, size: float) -> None:
    """The text of a cell in this face and size."""
    run = (cell.paragraphs[0].runs or [cell.paragraphs[0].add_run()])[0]
    run.font.name, run.font.size = name, Pt(size)
    run._r.rPr.rFonts.set(qn("w:eastAsia"), name)


def inserted(paragraph, xml: str) -> None:
    """More XML at the end of a paragraph."""
    paragraph._p.append(parse_xml(xml))
