"""What the page of members shows, gathered in the library's thread; makes no widget."""

from __future__ import annotations

from dataclasses import replace

from dangjian_desktop.frozen import dataclass
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.ledgers.counting import NamingRow
from dangjian_desktop.services.library.drafts import Draft
from dangjian_desktop.services.members.listing import FORMER, PRESENT
from dangjian_desktop.services.members.listing import Listing as Parts
from dangjian_desktop.services.members.participation import Participation, last_sittings
from dangjian_desktop.services.talks.talks import TalkOf
from dangjian_desktop.ui.members.rows import MemberRow, rows_of
from dangjian_desktop.ui.records.subject import Listing, Narrowing, open_drafts, settled

FORM = "member"
"""The name under which drafts of members are kept."""
EMPTY = "这里是党支部的党员名册。可以导入已有的花名册（Excel 或 CSV），也可以逐人新增。"
NOBODY = "没有符合条件的党员。"
NO_FORMER = "没有已转出、停止党籍或去世的党员。登记党籍状态的变化后，会显示在这里。"


@dataclass(frozen=True, slots=True)
class MemberSheet:
    """What the card shows of one member, as of the day of the row."""

    row: MemberRow
    sittings: tuple[Participation, ...]
    named: tuple[NamingRow, ...] = ()
    talks: tuple[TalkOf, ...] = ()


def load_listing(desk: Desk, wanted: Narrowing, reveal: str = "") -> Listing:
    """The roster of a day (``more``, today unless told), narrowed to a part and what was typed."""
    day = wanted.more or desk.today()
    people = Parts.of(desk.roster.roll(day))

    def find(shown: Narrowing) -> tuple[str, ...]:
        return tuple(m.id for m in people.shown(shown.part, shown.typed))

    def place_of(uid: str) -> Narrowing | None:
        part = people.part_of(uid)
        return Narrowing(0, part, more=wanted.more) if part else None

    wanted = replace(wanted, part=wanted.part or PRESENT)
    shown, ids = settled(wanted, reveal, find, place_of)
    known = {member.id: member for member in people.roll.known}
    members = [known[uid] for uid in ids]
    all_there = len(ids) == len(people.roll.members)
    fresh = not known
    return Listing(
        shown=shown,
        ids=ids,
        rows=rows_of(members, day),
        keys={member.id: member.initials for member in members},
        parts=people.parts(),
        foot=people.counts() + ("" if all_there else f"　　本列表 {len(ids)} 人"),
        empty=EMPTY if fresh else NO_FORMER if shown.part == FORMER else NOBODY,
        step="导入花名册" if fresh else "",
        drafts=open_drafts(desk, FORM, _draft_words),
        more=people.roll.groups,
    )


def load_sheet(desk: Desk, row: MemberRow | None) -> MemberSheet | None:
    """The card of a row of the list."""
    if row is None:
        return None
    uid = row.member.id
    sittings, named = last_sittings(desk.meetings, uid, row.day), desk.ledger_counts.naming(uid)
    return MemberSheet(row, sittings, named, desk.talks.of_member(uid))


def _draft_words(draft: Draft) -> str:
    return str(draft.content.get("name") or "") or "未填姓名"
