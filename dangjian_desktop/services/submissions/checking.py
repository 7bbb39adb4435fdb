"""The delivery check (报送前核对): of a package, or of any folder."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.meetings.meeting import MeetingFilter
from dangjian_desktop.domain.meetings.record import MEETING
from dangjian_desktop.domain.members.record import MEMBER
from dangjian_desktop.domain.projects.record import PROJECT
from dangjian_desktop.domain.submissions.asked import AskedMaterial
from dangjian_desktop.domain.submissions.delivery import (
    Code,
    DeliveryFinding,
    Known,
    looked_through,
)
from dangjian_desktop.domain.submissions.listed import against_list, against_manifest
from dangjian_desktop.domain.submissions.matching import Offered, match
from dangjian_desktop.domain.texts import normal_name
from dangjian_desktop.services.declared import all_declared
from dangjian_desktop.services.narrowing import narrowed
from dangjian_desktop.services.of_library import OfLibrary
from dangjian_desktop.services.submissions.offering import offered_in
from dangjian_desktop.services.submissions.reading import Progress, files_in, manifest_in, opened
from dangjian_desktop.storage.work import Work

_OWN_TABLES = frozenset({MEMBER.code, MEETING.code, PROJECT.code})


class DeliveryService(OfLibrary):
    """Looks through what is to go up, before it goes."""

    def check(
        self,
        place: Path,
        period: Period | None = None,
        asked: Sequence[AskedMaterial] = (),
        told: Progress | None = None,
    ) -> tuple[DeliveryFinding, ...]:
        """What is to be looked at in a folder or .zip: first against the list of what was asked
        for, then against the manifest of a package, then in each file; see ``opened``."""
        with opened(place) as there:
            files, manifest = files_in(there, told), manifest_in(there)
        with self._library.reading() as work:
            known = known_of(work, period)
            offered = offered_in(work) if asked else ()
        names = tuple(known.branches)
        listed: Iterable[DeliveryFinding] = ()
        if asked:
            meaning = partial(_meaning, offered, names)
            listed = against_list(asked, files, names, manifest, meaning)
        packed = against_manifest(manifest, files)
        if asked:  # what the list does not know was told
            packed = (each for each in packed if each.code is not Code.SURPLUS)
        return (*listed, *packed, *looked_through(files, known))


def _meaning(offered: Sequence[Offered], names: tuple[str, ...], title: str) -> Collection[str]:
    """The papers and sheets that a title means; those of one kind of sitting with their kind."""
    found = match(title, offered, names).offered
    return {f"{each.code}/{each.kind}" if each.kind else each.code for each in found}


def known_of(work: Work, period: Period | None) -> Known:
    """What the records know of the period, or of all time."""
    history = work.branch.get()
    names = {name for each in history.periods for name in (each.name, each.short_name) if name}
    people = frozenset(map(normal_name, _people(work, period)))
    return Known(branches=frozenset(names), people=people, period=period, sample=history.sample)


def _people(work: Work, period: Period | None) -> Iterator[str]:
    days = [] if period is None else [each.last for each in period.split(1)] + [period.first]
    for member in work.members.all():
        if not days or any(member.belongs_on(day) for day in days):
            yield member.name
    first, last = (None, None) if period is None else (period.first, period.last)
    for meeting in work.meetings.all(MeetingFilter(first=first, last=last)):
        yield from (person.name for _path, person in MEETING.persons(meeting))
    for project in work.projects.all():
        yield from (person.name for _path, person in PROJECT.persons(project))
    wanted = narrowed(period=period)
    for record in all_declared(work):
        if record.code not in _OWN_TABLES:
            for stored in work.records(record.code).all(wanted):
                yield from (person.name for person in stored.people)
