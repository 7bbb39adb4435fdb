"""Documents to try things on."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

from dangjian_desktop.documents.fitting import fitted
from dangjian_desktop.documents.fonts import bundled_fonts
from dangjian_desktop.documents.model import (
    Cell,
    Document,
    EndMark,
    Layout,
    PageBreak,
    Paragraph,
    Role,
    Row,
    Table,
    WriteLines,
    cell,
    row,
)
from dangjian_desktop.documents.pdf import render_pdf
from dangjian_desktop.documents.typeset import typesetter_of

RARE = "堃喆犇珺玥昇䶮㛃𬭎𠅤𫖯𠮷𨭎𩽾"
MARKS = "“引文”‘内’——……①℃㎡"
TRAPS = "<b>粗</b> & &amp; {{ 名 }} {% if %} %s %(x)d $x \\n ]]> "
SENTENCE = (
    "会议指出，要把制度建设摆在突出位置，确保按期完成；对进度滞后的单位，由组长约谈（一式3份），"
    "《年度工作要点》明确的12项任务已完成9项。应当按照“谁主管、谁负责”的原则抓好落实！"
)


def of(*blocks, layout=Layout.OFFICIAL, **more) -> Document:
    return Document("试印", "试印", tuple(blocks), layout=layout, **more)


def as_set(document: Document) -> Document:
    """The document as both writers set it, with what is told again behind a page's end."""
    return fitted(document, typesetter_of(bundled_fonts()).naming(document))


def pdf(document: Document) -> bytes:
    return render_pdf(document, bundled_fonts())


def long_table(rows: int, *, text: str = "到会", header: bool = True) -> Table:
    head = (row(["序号", "姓名", "备注"], Role.CELL_HEAD, header=True),) if header else ()
    body = (row([str(n), f"党员{n}", text], Role.CELL_CENTER) for n in range(1, rows + 1))
    return Table((*head, *body), (1, 2, 4))


def form(*paragraphs: Paragraph) -> Table:
    label = Role.CELL_LABEL
    return Table(
        (
            Row((cell("会议名称", label), cell("党员大会", columns=3)), splittable=False),
            Row(
                (
                    cell("时间", label),
                    cell("2025年3月5日"),
                    cell("出席\n情况", label, rows=2),
                    cell("应到36人，实到33人", rows=2),
                )
            ),
            Row((cell("地点", label), cell("会议室"))),
            Row((cell("内容", label), Cell(paragraphs, columns=3)), fill=True),
            Row((cell("备注", label), Cell((WriteLines(2),), columns=3)), splittable=False),
        ),
        (2, 4, 2, 4),
    )


def everything(layout: Layout) -> Document:
    """Every role and every block, with rare characters, marks and traps in it."""
    own = tuple(
        Paragraph(f"{role.value}{RARE}{MARKS}{TRAPS}{SENTENCE}", role)
        for role in Role
        if role is not Role.BLANK_LINE
    )
    return of(
        *own,
        Paragraph("", Role.BLANK_LINE),
        Paragraph(f"甲{RARE}、" * 6, Role.LABELLED, lead="出席："),
        form(*(Paragraph(SENTENCE * 8) for _ in range(4))),
        WriteLines(3),
        PageBreak(),
        long_table(60, text=RARE),
        Paragraph("中共某某有限公司支部委员会", Role.SIGNATURE),
        Paragraph("2025年3月5日", Role.DATE_LINE),
        EndMark(),
        layout=layout,
        foot="第3版　2025-03-06 09:12打印",
        mark="示例",
    )


def word_part(data: bytes, name: str) -> str:
    """The text of one part of a Word file."""
    with ZipFile(BytesIO(data)) as file:
        return file.read(name).decode()
