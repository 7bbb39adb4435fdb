"""Rows of a ledger with all that a print of them needs, and what stands around the rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date

from dangjian_desktop.documents.model import Block, Document, Layout, Paragraph, Role
from dangjian_desktop.domain.branch import Branch
from dangjian_desktop.domain.dates import Period, chinese_date
from dangjian_desktop.domain.fields import Field
from dangjian_desktop.domain.ledgers.figures import Grid
from dangjian_desktop.domain.ledgers.ledger import SUPERIORS, CardPrint, Ledger, Print, SheetPrint
from dangjian_desktop.domain.ledgers.patterns import Place, filled
from dangjian_desktop.domain.ledgers.rows import LedgerRow
from dangjian_desktop.domain.levels import Outlet, may_be_shown
from dangjian_desktop.domain.references import Link, Person
from dangjian_desktop.domain.workdays import WEEKDAYS, Workdays
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.papers.blanks import DAY_BLANK, ROOM
from dangjian_desktop.papers.naming import branch_stem, names_of, paper_name, title_lines
from dangjian_desktop.papers.stamp import Stamp

_BLANK = "　" * 8
_GAP = "　　"
NO_GRID = Grid((), (), ())
_LONGEST = 32
_MOST_UPRIGHT, _MOST_ACROSS = 38, 62
DATE = "日期"


_ONE_ROW = (CardPrint, SheetPrint)
"""A notice is of one row as well, but for everybody to read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerSheet:
    """The rows to print as ``layout`` says, the oldest first, as of ``day``.

    ``period`` is theirs; ``grid`` is that of a print of persons against months; ``titles`` are
    those of linked records. ``public`` leaves masked fields out; ``workdays`` knows the holidays.
    What is sensitive stands on the print of one row alone, of a library that is ``protected``.
    """

    ledger: Ledger
    layout: Print
    branch: Branch
    stamp: Stamp
    day: date
    rows: Sequence[LedgerRow] = ()
    period: Period | None = None
    grid: Grid = NO_GRID
    titles: Mapping[Link, str] = field(default_factory=dict)
    public: bool = False
    protected: bool = False
    workdays: Workdays = WEEKDAYS
    remarks: tuple[str, ...] = ()
    """What is told below a grid."""

    @property
    def row(self) -> LedgerRow:
        """The row that a card or sheet is about; an empty one where there is none."""
        return self.rows[-1] if self.rows else LedgerRow(id="", ledger=self.ledger.code)

    def field(self, name: str) -> Field | None:
        """The field of this name, unless it is kept back from this print."""
        found = self.ledger.named(name)
        if found is None or (self.public and found.masked):
            return None
        outlet = Outlet.PRINT if isinstance(self.layout, _ONE_ROW) else Outlet.LIST
        outlet = Outlet.MASKED if self.public else outlet
        seen = may_be_shown(found.level, outlet, protected=self.protected)
        return found if seen else None

    @property
    def plain_title(self) -> str:
        """The title without branch and period."""
        return self._title(self.layout.title, branch="", period="")

    def document(
        self, page: Layout, blocks: Sequence[Block], what: str = "", heading: str = ""
    ) -> Document:
        """The paper with its title, the line above the rows, and the places to sign.

        ``heading`` is printed in place of the title; ``what`` names the row that it is about,
        whose day the file then bears.
        """
        layout = self.layout
        when = self._day_of_row if what else self.period or self.day
        return Document(
            name=paper_name(self.branch, "_".join(p for p in (self.plain_title, what) if p), when),
            title=self._title(layout.title, branch=self.branch.short, period=self._when),
            blocks=(
                Paragraph(heading or self._printed_title(layout.title, page), Role.TITLE),
                *self._head(
                    layout.head, _MOST_ACROSS if page is Layout.LANDSCAPE else _MOST_UPRIGHT
                ),
                *blocks,
            ),
            layout=page,
            foot=self.stamp.foot,
            mark=self.stamp.mark,
            names=names_of(self._people()),
        )

    @property
    def _day_of_row(self) -> date | Period:
        """The day, month or year of the row; the day of printing where it has none."""
        first, last = self.row.first_day(self.ledger), self.row.last_day(self.ledger)
        if first is None or last is None:
            return self.day
        months = last.month - first.month + 1
        return first if first == last else Period(first.year, first.month, months)

    def _people(self) -> Iterator[Person]:
        """Everybody whom the rows name."""
        for row in self.rows:
            for value in row.values.values():
                people = value if isinstance(value, list | tuple) else (value,)
                yield from (person for person in people if isinstance(person, Person))

    @property
    def superiors(self) -> dict[str, str]:
        """The levels above the branch by their words, as far as they are known."""
        return dict(zip(SUPERIORS, self.branch.superiors, strict=False))

    @property
    def _when(self) -> str:
        if self.period is None:
            return ""
        return f"{self.period.year}年度" if self.period.length == 12 else self.period.label

    def _printed_title(self, title: str, page: Layout) -> str:
        stem = branch_stem(self.branch.name)
        rest = self._title(title, branch="", period=self._when)
        if "{branch}" not in title:
            return rest
        if page is Layout.LANDSCAPE:
            return stem + rest if len(stem + rest) <= _LONGEST else f"{stem}\n{rest}"
        return title_lines(stem, rest)

    def _title(self, title: str, *, branch: str, period: str) -> str:
        words = self.superiors | {"branch": branch, "period": period}

        def word(place: Place) -> str:
            return words.get(place.field, "")

        return filled(title, word).replace("（）", "").strip()

    def _head(self, head: Sequence[str], most: int) -> Iterator[Block]:
        """The line above the rows; one line for each part where they are too long for one."""
        if head:
            known = {
                "单位": self.branch.name,
                "上级党组织": self.branch.superior or ROOM,
                "期间": self.period.label if self.period else ROOM,
                "截至": chinese_date(self.day),
            }
            parts = [f"{label}：{known.get(label, ROOM)}" for label in head]
            whole = _GAP.join(parts)
            for text in [whole] if len(whole) <= most else parts:
                yield Paragraph(text, Role.FLUSH, keep_with_next=True)


def sign_line(sign: Sequence[str]) -> Iterator[Block]:
    """The places to sign below a table, in one line."""
    if sign:
        parts = (f"{who}：{DAY_BLANK if who == DATE else _BLANK}" for who in sign)
        yield Paragraph("", Role.BLANK_LINE, keep_with_next=True)
        yield Paragraph(_GAP.join(parts), Role.FLUSH)
