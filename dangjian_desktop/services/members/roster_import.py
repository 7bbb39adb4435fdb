"""Importing a roster from a spreadsheet: read, plan, write in one transaction, take back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from dangjian_desktop.domain.members.importing.likeness import Likeness
from dangjian_desktop.domain.members.importing.merging import (
    Change,
    Match,
    Matcher,
    changes,
    merged,
    new_member,
)
from dangjian_desktop.domain.members.importing.rows import (
    NOT_A_MEMBER,
    RosterReading,
    RosterRow,
)
from dangjian_desktop.domain.members.importing.sheet import read_roster
from dangjian_desktop.domain.members.member import Member, new_id, sort_members
from dangjian_desktop.domain.texts import normal_name
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.errors import InputError, Issue
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.services.checks.gathering import STATED_ROSTER
from dangjian_desktop.services.members.declared import with_keys
from dangjian_desktop.services.of_library import OfLibrary
from dangjian_desktop.services.undoing import take_back
from dangjian_desktop.spreadsheets.reading import read_tables
from dangjian_desktop.storage.copies import copies
from dangjian_desktop.storage.records.batches import Batch, Touched
from dangjian_desktop.storage.work import Work
from dangjian_desktop.sweeps import unswept

_REASON = "导入名册"


@dataclass(frozen=True, slots=True)
class Planned:
    """What becomes of one row: ``before`` is nothing for a new member."""

    row: int
    before: Member | None
    after: Member
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What an import would do, row by row, and what the comparison with the library warns of.

    ``undecided`` are those of whom neither the sheet nor the library tells whether they are
    members, ``absent`` the members of the library whom the sheet does not name.
    """

    added: tuple[Planned, ...]
    updated: tuple[Planned, ...]
    unchanged: tuple[Planned, ...]
    warnings: tuple[Issue, ...]
    undecided: tuple[Issue, ...] = ()
    absent: tuple[Member, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did, or would do when ``batch`` is nothing (a dry run)."""

    reading: RosterReading
    plan: ImportPlan
    batch: str | None = None

    @property
    def added(self) -> int:
        """How many members are new."""
        return len(self.plan.added)

    @property
    def updated(self) -> int:
        """How many members the file changes."""
        return len(self.plan.updated)

    @property
    def unchanged(self) -> int:
        """How many members are as they were."""
        return len(self.plan.unchanged)

    @property
    def refused(self) -> tuple[Issue, ...]:
        """Rows that were not imported."""
        return self.reading.refused

    @property
    def incomplete(self) -> tuple[Issue, ...]:
        """Persons whose ID number is still wanted."""
        return self.reading.incomplete

    @property
    def warnings(self) -> tuple[Issue, ...]:
        """What only looks odd, by row."""
        both = (*self.reading.warnings, *self.plan.warnings)
        return tuple(sorted(both, key=lambda issue: issue.row or 0))

    def as_json(self) -> dict[str, Any]:
        """The JSON document of the contract."""
        return {
            "rows": self.reading.met,
            "added": self.added,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "refused": [issue.as_json() for issue in self.refused],
            "incomplete": [issue.as_json() for issue in self.incomplete],
            "warnings": [issue.as_json() for issue in self.warnings],
            "skipped": [issue.as_json() for issue in self.reading.skipped],
            "undecided": [issue.as_json() for issue in self.plan.undecided],
            "absent": [{"id": one.id, "name": one.name} for one in self.plan.absent],
            "untaken": list(self.reading.untaken),
            "stated_total": self.reading.stated_total,
            "mapping": dict(self.reading.mapping),
            "batch": self.batch,
            "sheet": self.reading.sheet,
            "header_row": self.reading.header_row,
        }


class RosterImport(OfLibrary):
    """Imports into one library; ``clock`` tells the present time."""

    def read(
        self,
        path: Path,
        *,
        sheet: str | None = None,
        header_row: int | None = None,
        mapping: Mapping[str, str] | None = None,
    ) -> RosterReading:
        """The roster in the file; nothing is written. Raises ``InputError``, ``BlockedError``."""
        today = self._clock().date()
        sheets = read_tables(path)
        with unswept():
            return read_roster(
                sheets, today=today, sheet=sheet, header_row=header_row, mapping=mapping
            )

    def plan(self, reading: RosterReading, as_of: date | None = None) -> ImportPlan:
        """What importing would change; nothing is written."""
        with self._library.reading() as work:
            return _plan(work, reading, as_of or self._clock().date())

    def run(
        self,
        path: Path,
        *,
        as_of: date | None = None,
        dry_run: bool = False,
        accept_partial: bool = False,
        **reading: Any,
    ) -> ImportResult:
        """Read a file (``reading`` as in ``read``) and import it; with ``dry_run`` only say what
        would happen.

        Raises ``InputError`` with the refused rows unless ``accept_partial``.
        """
        found = self.read(path, **reading)
        if dry_run:
            return ImportResult(found, self.plan(found, as_of))
        return self.apply(found, path.name, as_of=as_of, accept_partial=accept_partial)

    def apply(
        self,
        reading: RosterReading,
        file_name: str,
        *,
        as_of: date | None = None,
        accept_partial: bool = False,
    ) -> ImportResult:
        """Import what was read in one transaction; a verified copy is made before.

        Raises ``InputError`` with the refused rows unless ``accept_partial``.
        """
        if reading.refused and not accept_partial:
            raise InputError(
                f"名册中有{len(reading.refused)}行不能导入，本次没有导入任何人员。",
                "请改正这些行后重新导入；也可以只导入其余各行（命令行用 --accept-partial）。",
                reading.refused,
            )
        day = as_of or self._clock().date()
        copies.backup(self._library.path, reason=copies.BEFORE_IMPORT)
        with self._library.changing(Topic.MEMBERS) as work:
            plan = _plan(work, reading, day)
            batch = _write(work, plan, file_name, day)
            _keep_total(work, reading, day, batch)
        return ImportResult(reading, plan, batch)

    def undo(self, batch_id: str) -> tuple[int, int]:
        """Take an import back as a whole: how many members were removed, how many restored.

        Raises ``InputError`` for an unknown import, or naming what relies on it by now.
        """
        with self._library.changing(Topic.MEMBERS) as work:
            done = take_back(work, batch_id)
            if (work.settings.get(STATED_ROSTER) or {}).get("batch") == batch_id:
                work.settings.put(STATED_ROSTER, None)
        return done


@unswept()
def _plan(work: Work, reading: RosterReading, day: date) -> ImportPlan:
    members = work.roster()
    first = all(batch.undone_at for batch in work.batches.all())
    matcher, likes = Matcher(members, reading.rows), Likeness(members)
    planned: dict[str, list[Planned]] = {"added": [], "updated": [], "unchanged": []}
    warnings: list[Issue] = []
    undecided: list[Issue] = []
    for row in reading.rows:
        found = matcher.find(row)
        if found is None:
            one = Planned(row.row, None, with_keys(new_member(row, None if first else day)))
            planned["added"].append(one)
            warnings += _alike(row, matcher.named(row), likes)
        else:
            before, match = found
            after = merged(before, row, day)
            after = with_keys(after) if after.name != before.name else after
            one = Planned(row.row, before, after, changes(before, after, day))
            planned["unchanged" if after == before else "updated"].append(one)
            warnings += _remarks(row, before, match, reading, day)
        if row.undecided:
            (undecided if one.after.undecided_on(day) else warnings).append(_doubt(row, one))
    met = {one.after.id for part in planned.values() for one in part}
    absent = _absent(members, reading, met, day)
    warnings += _listed_otherwise(members, reading, met, day)
    parts = {name: tuple(part) for name, part in planned.items()}
    return ImportPlan(**parts, warnings=tuple(warnings), undecided=tuple(undecided), absent=absent)


def _doubt(row: RosterRow, one: Planned) -> Issue:
    text = f"第{row.row}行 {row.name}：{row.undecided}，"
    if one.before is None or not one.after.kinds:
        text += "身份未定，不计入应到，请决定是正式党员、预备党员还是非党员。"
    else:
        text += "资料库中的人员类别保留不变，请核对。"
    return Issue(text, "kind_unknown", "member_kind", row.row, row.name)


def _absent(
    members: Sequence[Member], reading: RosterReading, met: set[str], day: date
) -> tuple[Member, ...]:
    """Members of the day whom the sheet does not name, not even in a row that was not taken."""
    return tuple(
        one
        for one in sort_members(members)
        if not one.deleted
        and one.id not in met
        and one.belongs_on(day)
        and normal_name(one.name) not in reading.named
    )


def _listed_otherwise(
    members: Sequence[Member], reading: RosterReading, met: set[str], day: date
) -> list[Issue]:
    """Members of the library whom the sheet lists as no members."""
    outside = {
        normal_name(issue.name or ""): issue
        for issue in reading.skipped
        if issue.code == NOT_A_MEMBER
    }
    known = [m for m in members if m.id not in met and m.belongs_on(day)]
    found = [(m, outside[normal_name(m.name)]) for m in known if normal_name(m.name) in outside]
    return [
        Issue(
            f"第{issue.row}行 {one.name}：表中不是党员，资料库中是党员，保留不变，请核对。",
            NOT_A_MEMBER,
            "member_kind",
            issue.row,
            one.name,
        )
        for one, issue in found
    ]


def _alike(row: RosterRow, named: Sequence[Member], likes: Likeness) -> tuple[Issue, ...]:
    start = f"第{row.row}行 {row.name}："
    if named:
        why = "资料库中已有同名党员，证件号码或出生日期不同，已作为另一人登记，请核对。"
    elif (like := likes.of(row)) is not None:
        why = f"可能与资料库中的“{like.name}”是同一人，已作为另一人登记，请核对。"
    else:
        return ()
    return (Issue(start + why, "possible_duplicate", "name", row.row, row.name),)


def _remarks(
    row: RosterRow, before: Member, match: Match, reading: RosterReading, day: date
) -> tuple[Issue, ...]:
    found: list[Issue] = []
    if match is Match.NAME_ALONE:
        text = f"第{row.row}行 {row.name}：只凭姓名认定为资料库中的同一人，请核对。"
        found.append(Issue(text, "matched_by_name", "name", row.row, row.name))
    has_posts = any("party_post" in field for field in reading.mapping.values())
    held = before.posts_on(day)
    if has_posts and held and not row.posts:
        text = (
            f"第{row.row}行 {row.name}：表中没有党内职务，资料库中的“{'、'.join(held)}”保留不变；"
            "如已卸任，请在党员页登记。"
        )
        found.append(Issue(text, "post_kept", "party_post", row.row, row.name))
    return tuple(found)


@unswept()
def _write(work: Work, plan: ImportPlan, file_name: str, day: date) -> str:
    added = [planned.after for planned in plan.added]
    work.add("member", added, reason=_REASON)
    members = [Touched("member", one.id, 1) for one in added]
    for planned in plan.updated:
        uid = work.members.save(planned.after, reason=_REASON).id
        members.append(Touched("member", uid, work.members.revision_number(uid)))
    return work.batches.add(Batch(new_id(), file_name, day, tuple(members))).id


def _keep_total(work: Work, reading: RosterReading, day: date, batch: str) -> None:
    """Remember a total that the sheet gave and did not reach: somebody is missing from it."""
    total = reading.stated_total
    if total is not None:
        short = total > reading.people
        stated = {"total": total, "day": day.isoformat(), "batch": batch}
        work.settings.put(STATED_ROSTER, stated if short else None)
