"""What a person says of somebody who is undecided: formal, probationary, or no member."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from dangjian_desktop.domain.members.member import (
    NORMAL,
    OUTSIDER,
    Member,
    MemberKind,
    Span,
    Spans,
    changed_from,
    is_status,
    kinds_by_dates,
)


def decided(member: Member, kind: MemberKind | None, day: date) -> Member:
    """The member as of the kind since the days on the card; without a kind he is none.

    A status that no table knows becomes 正常; where it was set on a day, from that day on.
    """
    standings = tuple(
        span if is_status(span.value) else replace(span, value=NORMAL) for span in member.standings
    )
    if kind is None:
        return replace(member, standings=_all(standings or (Span(NORMAL),), OUTSIDER))
    kinds = member.kinds
    if member.kind_on(day) is not kind:
        join = member.join_approved or member.join_date
        full = member.full_approved or member.full_date
        dated = kinds_by_dates(join, full, kind)
        kinds = changed_from(member.kinds, kind.value, day) if member.kinds else dated
    return replace(member, kinds=kinds, standings=standings or (Span(NORMAL),))


def _all(spans: Spans, value: str) -> Spans:
    """One span for what was counted as membership, the others as they are."""
    return tuple(replace(span, value=value) if span.value == NORMAL else span for span in spans)
