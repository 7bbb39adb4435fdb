"""What the editor of a meeting needs to begin, gathered in the library's thread."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from dangjian_desktop.domain.checks.facts import RuleText
from dangjian_desktop.domain.meetings.kinds import Kinds
from dangjian_desktop.domain.meetings.meeting import Meeting, MeetingFilter
from dangjian_desktop.domain.members.member import Member
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.library.drafts import Draft
from dangjian_desktop.services.records.writing import State
from dangjian_desktop.ui.meetings.form import new_state, state_of
from dangjian_desktop.ui.meetings.link import NO_LINKS, LinkChoices, load_links

FORM = "meeting"
"""The name under which drafts of meetings are kept."""
USUAL_REASONS = ("出差", "病假", "当班", "事假", "年休假")
LEARNED_FROM = 200
LEARNED = 12


@dataclass(frozen=True, slots=True)
class EditorContext:
    """``state`` is what the form shows first; ``stored`` the record as it was last saved.

    ``revision`` counts its saved states (0: never saved), ``draft`` is what was found unsaved,
    ``reasons`` are leave reasons, the most used first.
    """

    state: State
    stored: Meeting | None
    revision: int
    draft: Draft | None
    kinds: Kinds
    members: tuple[Member, ...]
    reasons: tuple[str, ...]
    rules: Mapping[str, RuleText]
    today: date
    links: LinkChoices = NO_LINKS


def context_of(desk: Desk, uid: str) -> EditorContext | None:
    """For a stored record or a draft; nothing where there is neither."""
    stored = desk.meetings.get([uid]).get(uid)
    stored = None if stored is None or stored.deleted else stored
    draft = desk.drafts.get(FORM, uid)
    if stored is None and draft is None:
        return None
    state = dict(draft.content) if draft else state_of(stored) if stored else {}
    return _context(desk, state, stored, draft)


def context_for_new(desk: Desk, kind: str) -> EditorContext:
    """For a new record of this kind, with what was usual the last time."""
    ids = desk.meetings.find(MeetingFilter(kind=kind))
    usual = next(iter(desk.meetings.get(ids[:1]).values()), None)
    state = new_state(desk.meetings.kinds()[kind], desk.clock().date(), usual)
    return _context(desk, state, None, None)


def _context(
    desk: Desk, state: dict[str, Any], stored: Meeting | None, draft: Draft | None
) -> EditorContext:
    recent = desk.meetings.get(desk.meetings.find(MeetingFilter())[:LEARNED_FROM])
    return EditorContext(
        state=state,
        stored=stored,
        revision=desk.meetings.revision(state["id"]),
        draft=draft,
        kinds=desk.meetings.kinds(),
        members=desk.meetings.members(),
        reasons=learned_reasons(recent.values()),
        rules=desk.check.rules(),
        today=desk.clock().date(),
        links=load_links(desk, state["id"]),
    )


def learned_reasons(meetings: Iterable[Meeting]) -> tuple[str, ...]:
    """Leave reasons of earlier meetings, the most used first, then the usual words."""
    used = Counter(a.reason for m in meetings for a in m.attendance if a.reason)
    words = [reason for reason, _count in used.most_common(LEARNED)]
    return tuple(dict.fromkeys((*words, *USUAL_REASONS)))
