"""What the editor of a meeting needs to begin, gathered in the library's thread."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from functools import partial
from typing import Any

from dangjian_desktop.domain.checks.facts import RuleText
from dangjian_desktop.domain.meetings.kinds import Kinds
from dangjian_desktop.domain.meetings.meeting import Meeting, MeetingFilter
from dangjian_desktop.domain.members.roll import Roll, Rolls
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.records.writing import State
from dangjian_desktop.ui.meetings.form import (
    FormReader,
    Reading,
    new_state,
    open_with,
    state_like,
    state_of,
)
from dangjian_desktop.ui.meetings.link import NO_LINKS, LinkChoices, load_links
from dangjian_desktop.ui.records.editing import Opened, found_in

FORM = "meeting"
"""The name under which drafts of meetings are kept."""
LIKE = "like:"
USUAL_REASONS = ("出差", "病假", "当班", "事假", "年休假")
LEARNED_FROM = 200
LEARNED = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class EditorContext(Opened):
    """A meeting as the editor found it, with what its form offers.

    ``reasons`` are leave reasons, the most used first.
    """

    kinds: Kinds
    members: Rolls
    reasons: tuple[str, ...]
    rules: Mapping[str, RuleText]
    links: LinkChoices = NO_LINKS

    def roll_of(self, day: date) -> Roll:
        """The roll of a day."""
        return self.members.on(day)


def context_of(desk: Desk, uid: str) -> EditorContext | None:
    """For a stored record or a draft; nothing where there is neither."""
    return found_in(desk.meetings, partial(_context, desk), desk.drafts, FORM, uid, state_of)


def context_for_new(desk: Desk, wanted: str) -> EditorContext:
    """For a new record of a kind, with what was usual the last time; ``KIND/YEAR/GROUP`` for that
    of a group, or that of a year where the kind is held once for each; ``LIKE`` and an id for a
    further sitting like that one."""
    if wanted.startswith(LIKE):
        source = desk.meetings.one(wanted.removeprefix(LIKE))
        state = state_like(source, desk.meetings.kinds(), desk.today())
        return _context(desk, uid=state["id"], state=state)
    code, year, group = (*wanted.split("/", 2), "", "")[:3]
    kind = desk.meetings.kinds()[code]
    ids = desk.meetings.find(MeetingFilter(kind=code))
    usual = next(iter(desk.meetings.get(ids[:1]).values()), None)
    state = new_state(kind, desk.today(), usual, group or None)
    if kind.yearly and year:
        state["for_year"] = int(year)
    lines = desk.previous_items.lines(state["kinds"], state.get("group"), desk.today())
    open_with(state, kind, lines)
    return _context(desk, uid=state["id"], state=state)


def read_state(state: State, context: EditorContext) -> Reading:
    """What a form means against the roster of its day."""
    return FormReader(context.kinds, context.roll_of, context.today).read(state)


def _context(desk: Desk, **opened: Any) -> EditorContext:
    recent = desk.meetings.get(desk.meetings.find(MeetingFilter())[:LEARNED_FROM])
    return EditorContext(
        kinds=desk.meetings.kinds(),
        members=desk.meetings.members(),
        reasons=learned_reasons(recent.values()),
        rules=desk.check.rules(),
        today=desk.today(),
        links=load_links(desk, opened["uid"]),
        **opened,
    )


def learned_reasons(meetings: Iterable[Meeting]) -> tuple[str, ...]:
    """Leave reasons of earlier meetings, the most used first, then the usual words."""
    used = Counter(a.reason for m in meetings for a in m.attendance if a.reason)
    words = [reason for reason, _count in used.most_common(LEARNED)]
    return tuple(dict.fromkeys((*words, *USUAL_REASONS)))
