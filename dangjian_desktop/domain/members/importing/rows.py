"""What was read from a roster: rows of persons, and what is wrong with them by row number."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from dangjian_desktop.domain.dates import PartialDate
from dangjian_desktop.domain.members.identity import birth_of
from dangjian_desktop.domain.members.member import NORMAL, MemberKind, Spans, kinds_by_dates
from dangjian_desktop.errors import Issue
from dangjian_desktop.frozen import dataclass

NOT_A_MEMBER = "not_a_member"
"""The code of a row that is read as a person who is no member, and so not kept."""


def leaves_incomplete(issue: Issue) -> bool:
    """Whether the issue tells that a person's ID number is still wanted (身份证号待补)."""
    return issue.field == "id_number" and issue.code != "text_cleaned"


class RosterRow(NamedTuple):
    """One person as the sheet has him; ``row`` is counted as the sheet counts.

    ``kind`` is what the sheet says (then ``declared``) or what its dates allow. ``undecided`` is
    why neither tells whether this is a member, or of which kind; then there is no kind.
    ``status`` is nothing where the sheet is silent. A tuple, since rosters may have many rows.
    """

    row: int
    name: str
    sex: str | None = None
    ethnicity: str | None = None
    id_number: str | None = None
    birth_date: PartialDate | None = None
    education: str | None = None
    join_date: PartialDate | None = None
    join_approved: PartialDate | None = None
    full_date: PartialDate | None = None
    full_approved: PartialDate | None = None
    kind: MemberKind | None = None
    declared: bool = False
    undecided: str = ""
    status: str | None = None
    posts: tuple[str, ...] = ()
    group: str | None = None
    work_post: str | None = None
    phone: str | None = None
    note: str | None = None

    @property
    def born(self) -> PartialDate | None:
        """The birth date of the card, else that of the ID number."""
        if self.birth_date is not None or self.id_number is None:
            return self.birth_date
        born = birth_of(self.id_number)
        return None if born is None else PartialDate.of(born)

    def kinds(self) -> Spans:
        """Kind of membership by the row's own dates; none while it is undecided."""
        if self.undecided:
            return ()
        join = self.join_approved or self.join_date
        return kinds_by_dates(join, self.full_approved or self.full_date, self.kind)

    def standing(self) -> str:
        """党籍状态; 正常 where the sheet is silent."""
        return self.status or NORMAL


@dataclass(frozen=True, slots=True)
class RosterReading:
    """A roster read from a sheet; all issues are sorted by row.

    Every filled row below the heading is one of ``rows``, ``refused`` or ``skipped``.
    ``stated_total`` is the number of persons that the sheet itself gives. ``mapping`` is heading
    to field; ``untaken`` are headings not taken. ``named`` are the names of all persons in the
    sheet, those refused and those who are no members included.
    """

    rows: tuple[RosterRow, ...]
    refused: tuple[Issue, ...]
    skipped: tuple[Issue, ...]
    incomplete: tuple[Issue, ...]
    warnings: tuple[Issue, ...]
    stated_total: int | None
    mapping: Mapping[str, str]
    sheet: str
    header_row: int
    untaken: tuple[str, ...] = ()
    named: frozenset[str] = frozenset()

    @property
    def met(self) -> int:
        """How many rows were met below the heading."""
        return len(self.rows) + len(self.refused) + len(self.skipped)

    @property
    def people(self) -> int:
        """How many persons the sheet holds, 入党积极分子 and others included."""
        outside = sum(issue.code == NOT_A_MEMBER for issue in self.skipped)
        return len(self.rows) + len(self.refused) + outside
