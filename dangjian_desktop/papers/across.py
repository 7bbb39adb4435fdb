"""Tables on A4 laid across: the ruled table under its head line, and the paper around it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from dangjian_desktop.documents.model import (
    Block,
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
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.papers.naming import branch_stem, paper_name
from dangjian_desktop.papers.stamp import Stamp

Columns = Sequence[tuple[str, float]]
"""The heads of a table with the widths of their columns."""


class OfBranch(Protocol):
    """What a sheet has beside its own."""

    @property
    def branch(self) -> Branch:
        """Whose paper it is."""

    @property
    def stamp(self) -> Stamp:
        """What stands at the foot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Across:
    """What is told across: ``what`` names the file, ``title`` the paper; ``words`` stand above the
    table, ``below`` under it; ``names`` are not torn at the end of a line."""

    what: str
    title: str
    period: Period
    words: str
    table: Table
    below: tuple[Block, ...] = ()
    names: frozenset[str] = frozenset()


def paper_across(sheet: OfBranch, told: Across) -> Document:
    """The paper, the name of the branch over its title."""
    return Document(
        name=paper_name(sheet.branch, told.what, told.period),
        title=f"{sheet.branch.short}{told.title}",
        blocks=(
            Paragraph(branch_stem(sheet.branch.name), Role.SUBTITLE),
            Paragraph(told.title, Role.TITLE),
            Paragraph(told.words, Role.FLUSH),
            told.table,
            *told.below,
        ),
        layout=Layout.LANDSCAPE,
        foot=sheet.stamp.foot,
        mark=sheet.stamp.mark,
        names=told.names,
    )


def table_of(columns: Columns, rows: Iterable[Row]) -> Table:
    """The rows under their heads, which each page repeats."""
    head = row([name for name, _ in columns], Role.CELL_HEAD, header=True)
    return Table((head, *rows), tuple(width for _, width in columns))


def middle_row(texts: Iterable[str], *, read: Sequence[int]) -> Row:
    """A row of fields in the middle of their columns but for those that are read like text."""
    fields = (
        cell(text, Role.CELL if n in read else Role.CELL_CENTER) for n, text in enumerate(texts)
    )
    return Row(tuple(fields), splittable=False)
