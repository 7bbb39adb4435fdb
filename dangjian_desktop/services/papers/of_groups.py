"""What the paper of a party group and month is about."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from dangjian_desktop.domain.checks.facts import Facts
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.fields import FieldType
from dangjian_desktop.domain.items.as_of import item_on
from dangjian_desktop.domain.items.item import Item, ItemKind
from dangjian_desktop.domain.items.record import ITEM
from dangjian_desktop.domain.ledgers.ledger import Ledger
from dangjian_desktop.domain.ledgers.rows import LedgerRow
from dangjian_desktop.domain.levels import Outlet, may_be_shown
from dangjian_desktop.domain.meetings.meeting import MeetingFilter
from dangjian_desktop.domain.members.member import PostRole
from dangjian_desktop.domain.members.roll import Roll
from dangjian_desktop.errors import InputError
from dangjian_desktop.papers.ledgers.group_month import GroupSheet, GroupSitting, shown_of_group
from dangjian_desktop.services.checks.gathering import gather
from dangjian_desktop.services.ledgers import keeping
from dangjian_desktop.services.ledgers.catalogue import entries
from dangjian_desktop.services.links import link_titles, links_in
from dangjian_desktop.services.papers.sheets import Asked
from dangjian_desktop.storage.stored import StoredFilter
from dangjian_desktop.storage.work import Work


def of_group(work: Work, asked: Asked) -> GroupSheet:
    """The group that is asked for, else the first one of the branch, in the month that is asked
    for, else this one; raises ``InputError`` for a group that the branch does not have then."""
    month, day = _month(asked)
    roll = _roll(work, asked)
    group = asked.wanted.group or roll.groups[0]
    if group not in roll.groups:
        words = "、".join(roll.groups)
        raise InputError(f"{month.label}没有名为“{group}”的党小组。", f"可选的党小组：{words}。")
    members = roll.group_members(group)
    leaders = {member.id for member in roll.with_role(PostRole.GROUP_LEADER)}
    wanted = MeetingFilter(first=month.first, last=month.last, group=group)
    told = tuple(_ledgers(work, month, group))
    fields = [f for ledger, _ in told for f in shown_of_group(ledger)]
    values = [row.values for _, rows in told for row in rows]
    facts = gather(work, asked.today, wanted)
    return GroupSheet(
        branch=work.branch.on(day),
        stamp=asked.stamp(work),
        group=group,
        period=month,
        leaders=tuple(member.name for member in members if member.id in leaders),
        members=len(members),
        sittings=tuple(_sittings(facts)),
        ledgers=told,
        tasks=tuple(_open_tasks(facts, day, {member.id for member in members})),
        day=day,
        titles=link_titles(work, links_in(fields, values)),
    )


def groups_of_month(work: Work, asked: Asked) -> tuple[str, ...]:
    """The groups that there are in the month; raises ``InputError`` where there is none."""
    return tuple(_roll(work, asked).groups)


def _month(asked: Asked) -> tuple[Period, date]:
    """The month that is asked for, and the day of it as of which is told."""
    month = asked.wanted.period or Period.around(asked.today, 1)
    return month, min(asked.today, month.last)


def _roll(work: Work, asked: Asked) -> Roll:
    month, day = _month(asked)
    roll = work.roster().on(day)
    if not roll.groups:
        raise InputError(
            f"{month.label}名册上没有党小组。", "请先在党员名册中给党员登记党小组，或换一个月。"
        )
    return roll


def _open_tasks(facts: Facts, end: date, members: Collection[str]) -> Iterator[Item]:
    """What members carry that was registered by the day and not closed by then, as it stood."""
    for item in facts.records.get(ITEM.code, ()):
        carried = item.responsible is not None and item.responsible.member_id in members
        if item.kind is ItemKind.TASK and carried and item.found_on <= end:
            found = item_on(item, end)
            if not found.closed:
                yield found


def _sittings(facts: Facts) -> Iterator[GroupSitting]:
    for meeting in facts.held():
        counts = facts.headcounts(meeting)
        if counts and not counts[0].unrecorded:
            yield GroupSitting(meeting, len(counts[0].present), len(counts[0].expected))
        else:
            yield GroupSitting(meeting)


def _ledgers(work: Work, month: Period, group: str) -> Iterator[tuple[Ledger, Sequence[LedgerRow]]]:
    """The ledgers that go by groups and months, each with the rows of this group and month."""
    for entry in entries(work):
        ledger = entry.ledger
        by = next(ledger.of_type(FieldType.GROUP), None)
        day = ledger.named(ledger.day)
        monthly = day is not None and day.type is FieldType.MONTH
        if not entry.shown or by is None or not monthly:
            continue
        if may_be_shown(ledger.level, Outlet.LIST):
            found = keeping.oldest_first(
                work, ledger, StoredFilter(first=month.first, last=month.last)
            )
            yield ledger, [row for row in found if row.value(by.name) == group]
