"""The projects that tell of indicators: below all that asks for these."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dangjian_desktop.domain.fusion.indicator import Indicator
from dangjian_desktop.domain.projects.project import Project
from dangjian_desktop.storage.work import Work


def lent_to(work: Work, indicators: Iterable[Indicator]) -> Mapping[str, Project]:
    """The projects that have these indicators, by indicator; none that is in the bin."""
    links = {i.id: i.link.uid for i in indicators if i.link is not None}
    found = work.projects.get(set(links.values())) if links else {}
    there = {uid: found[project] for uid, project in links.items() if project in found}
    return {uid: project for uid, project in there.items() if not project.deleted}
