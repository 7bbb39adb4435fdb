"""What an import found and did, to be printed and kept."""

from __future__ import annotations

from collections.abc import Sequence

from dangjian_desktop.documents.model import (
    Document,
    Layout,
    Paragraph,
    Role,
    Row,
    Table,
    cell,
    row,
)
from dangjian_desktop.domain.branch import Branch
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.papers.naming import branch_stem
from dangjian_desktop.papers.stamp import Stamp


@dataclass(frozen=True, slots=True)
class BalanceLine:
    """One line: ``row`` as their sheet counts, empty where it concerns the whole sheet."""

    row: str
    name: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class BalanceSheet:
    """The balance of one import: ``numbers`` are what each row became, ``source`` its sheet.

    ``one`` is the heading over the names.
    """

    branch: Branch
    stamp: Stamp
    source: str
    numbers: Sequence[tuple[str, int]]
    lines: Sequence[BalanceLine]
    title: str
    one: str


def compose_balance(sheet: BalanceSheet) -> Document:
    """The numbers in one row, then everything that is to be looked at."""
    width = 247.0 / len(sheet.numbers)
    numbers = Table(
        (
            row(tuple(what for what, _ in sheet.numbers), Role.CELL_HEAD),
            row(tuple(str(number) for _, number in sheet.numbers), Role.CELL_CENTER),
        ),
        (width,) * len(sheet.numbers),
    )
    head = row(("行号", sheet.one, "类别", "说明"), Role.CELL_HEAD, header=True)
    lines = (
        Row(
            (
                *(cell(text, Role.CELL_CENTER) for text in (one.row, one.name, one.kind)),
                cell(one.text, Role.CELL),
            ),
            splittable=False,
        )
        for one in sheet.lines
    )
    listed = (Table((head, *lines), (14.0, 30.0, 26.0, 177.0)),) if sheet.lines else ()
    none = () if sheet.lines else (Paragraph("没有需要处理的问题。", Role.FLUSH),)
    return Document(
        name=sheet.title,
        title=f"{sheet.branch.name}{sheet.title}",
        blocks=(
            Paragraph(branch_stem(sheet.branch.name) + sheet.title, Role.TITLE),
            Paragraph(f"原表：{sheet.source}。行号为原表行号。", Role.FLUSH),
            numbers,
            Paragraph("", Role.FLUSH),
            *listed,
            *none,
        ),
        layout=Layout.LANDSCAPE,
        foot=sheet.stamp.foot,
        mark=sheet.stamp.mark,
    )
