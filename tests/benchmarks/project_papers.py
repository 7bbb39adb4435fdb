"""The ledger of a year as PDF, against the same table through reportlab's own Platypus.

usage: python -m tests.benchmarks.project_papers [--runs N] [--projects N]

Both ways set the same cells in the same faces, sizes and widths on A4 laid across, the header
row on every page. They take turns, with other projects in each run; faces stay opened between
runs. What is printed is a ratio of medians. The text that each PDF gives back is compared with
the cells. Ends with 1 when the figure is missed.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from xml.sax.saxutils import escape

import pypdfium2
from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle

from dangjian_desktop.documents.chart import Chart
from dangjian_desktop.documents.charts import chart_png, picture
from dangjian_desktop.documents.fonts import bundled_file, bundled_fonts
from dangjian_desktop.documents.model import Document, Face, Layout, Role
from dangjian_desktop.documents.model import Table as ModelTable
from dangjian_desktop.documents.pdf import render_pdf
from dangjian_desktop.documents.rasters import picture_pdf
from dangjian_desktop.documents.styles import CELL_MARGIN, CELL_PADDING, MM, sheet_in
from dangjian_desktop.domain.projects.project import Project
from dangjian_desktop.domain.references import Person
from dangjian_desktop.papers.projects.charts import chart_of
from tests.documents.reading import squeezed
from tests.papers.project_sample import FOOTAGE, MATERIAL, REPAIRS, STEPS, ledger, project

_BOTH = (FOOTAGE, MATERIAL, REPAIRS, FOOTAGE, MATERIAL)
_KINDS = ("提升综掘单进水平", "压降材料消耗", "现场隐患整改", "机电设备包保", "青年职工培养")


def projects(count: int, seed: int) -> tuple[Project, ...]:
    """Projects with five targets of twelve months; others for each seed."""
    return tuple(_project(n, seed) for n in range(count))


def _project(number: int, seed: int) -> Project:
    targets = tuple(
        replace(
            target,
            id=f"t{place}",
            indicator=f"{target.indicator}{place + 1}",
            values={
                f"2026-{month:02}": Decimal(1000 + (number * 7 + seed * 13 + month * place) % 500)
                / 10
                for month in range(1, 13)
            },
        )
        for place, target in enumerate(_BOTH)
    )
    steps = tuple(replace(step, what=f"完成第{n}阶段工作") for n, step in enumerate(STEPS, 1))
    return project(
        id=f"p{number}",
        title=f"党员攻关{_KINDS[(number + seed) % len(_KINDS)]}第{number + seed * 1000}号项目",
        number=f"2026-{number:03}",
        secretary=Person(f"张{'甲乙丙丁戊'[number % 5]}"),
        targets=targets,
        milestones=steps,
        start=date(2026, 1, 1),
    )


def _value(number: int) -> Decimal:
    return Decimal(1000 + number % 500) / 10


def ours(document: Document) -> bytes:
    return render_pdf(document, bundled_fonts())


class Platypus:
    """The same document by the means that reportlab ships; its faces are read once."""

    def __init__(self) -> None:
        for face in (Face.FANGSONG, Face.HEITI, Face.XIAOBIAOSONG, Face.SONGTI):
            pdfmetrics.registerFont(TTFont(face.value, str(bundled_file(face.value))))
        self._styles = {role: self._style(role) for role in Role}

    def _style(self, role: Role) -> ParagraphStyle:
        style = sheet_in(None, Layout.LANDSCAPE).style(role)
        return ParagraphStyle(
            role.value,
            fontName=style.face.value,
            fontSize=style.size,
            leading=style.leading,
            alignment=TA_CENTER if style.align.value == "center" else 0,
            wordWrap="CJK",
        )

    def render(self, document: Document) -> bytes:
        page = sheet_in(None, Layout.LANDSCAPE).page
        made = BytesIO()
        template = SimpleDocTemplate(
            made,
            pagesize=(page.width_mm * MM, page.height_mm * MM),
            leftMargin=page.left_mm * MM - 6,
            rightMargin=page.right_mm * MM - 6,
            topMargin=page.top_mm * MM - 6,
            bottomMargin=page.bottom_mm * MM - 6,
        )
        flow = []
        for block in document.blocks:
            if isinstance(block, ModelTable):
                flow.append(self._table(block, page.width))
            else:
                flow.append(Paragraph(escape(block.text), self._styles[block.role]))
        template.build(flow, onFirstPage=_foot, onLaterPages=_foot)
        return made.getvalue()

    def _table(self, table: ModelTable, width: float) -> Table:
        rows = [
            [
                [Paragraph(escape(part.text), self._styles[part.role]) for part in cell.paragraphs]
                for cell in row.cells
            ]
            for row in table.rows
        ]
        total = sum(table.widths)
        made = Table(rows, colWidths=[width * part / total for part in table.widths], repeatRows=1)
        made.setStyle(
            TableStyle(
                [
                    ("GRID", (0, 0), (-1, -1), 0.5, colors.black),
                    ("BOX", (0, 0), (-1, -1), 1.0, colors.black),
                    ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
                    ("LEFTPADDING", (0, 0), (-1, -1), CELL_PADDING),
                    ("RIGHTPADDING", (0, 0), (-1, -1), CELL_PADDING),
                    ("TOPPADDING", (0, 0), (-1, -1), CELL_MARGIN),
                    ("BOTTOMPADDING", (0, 0), (-1, -1), CELL_MARGIN),
                ]
            )
        )
        return made


def _foot(canvas, template) -> None:
    canvas.setFont(Face.SONGTI.value, 10.5)
    canvas.drawCentredString(template.pagesize[0] / 2, 34, f"第{canvas.getPageNumber()}页")


def characters(data: bytes) -> set[str]:
    file = pypdfium2.PdfDocument(data)
    try:
        text = "".join(page.get_textpage().get_text_bounded() for page in file)
    finally:
        file.close()
    return set(squeezed(text))


def seconds(render: Callable[[Document], bytes], document: Document) -> float:
    start = time.perf_counter()
    render(document)
    return time.perf_counter() - start


def compare(count: int, runs: int) -> float:
    """How many times as fast as Platypus; medians of runs that take turns."""
    platypus = Platypus()
    ways = {"ours": ours, "platypus": platypus.render}
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for seed in range(runs + 1):
        document = ledger(projects(count, seed))
        for name, render in ways.items():
            spent = seconds(render, document)
            if seed:
                taken[name].append(spent)
    wanted = set(squeezed("".join(document.texts())))
    for name, render in ways.items():
        data = render(document)
        missing = wanted - characters(data)
        pages = len(pypdfium2.PdfDocument(data))
        middle = statistics.median(taken[name])
        sys.stdout.write(
            f"{name:9} {middle * 1000:7.1f} ms  {pages:3} pages  {len(data) / 1024:5.0f} KiB"
            f"  characters not found again: {len(missing)}\n"
        )
    return statistics.median(taken["platypus"]) / statistics.median(taken["ours"])


def chart_times(runs: int) -> None:
    def as_pdf(chart: Chart) -> bytes:
        return picture_pdf(picture(chart))

    for name, render in (("chart, PDF", as_pdf), ("chart, PNG 300 dpi", chart_png)):
        found = []
        for seed in range(runs):
            of = _project(seed, seed)
            chart = chart_of(of, of.targets[0])
            assert chart is not None
            start = time.perf_counter()
            render(chart)
            found.append(time.perf_counter() - start)
        sys.stdout.write(f"{name:20} {statistics.median(found) * 1000:6.1f} ms\n")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--projects", type=int, default=20)
    asked = parser.parse_args()
    missed = 0
    for count in (asked.projects, 10 * asked.projects):
        ratio = compare(count, asked.runs)
        missed += ratio < 1
        sys.stdout.write(f"{count} projects: {ratio:.2f} times as fast (wanted ≥ 1)\n")
    chart_times(asked.runs)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
