"""What papers of business priorities are about: one of them in a period, or all of its year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.fusion.brand import Brand
from dangjian_desktop.domain.fusion.indicator import measured
from dangjian_desktop.domain.fusion.priority import Priority
from dangjian_desktop.domain.fusion.record import INDICATOR
from dangjian_desktop.domain.members.member import PostRole
from dangjian_desktop.papers.fusion.sheet import BrandSheet, FusionSheet
from dangjian_desktop.services.fusion.pages import in_order, pages, unplaced
from dangjian_desktop.services.papers.sheets import Asked
from dangjian_desktop.services.projects.lent import lent_to
from dangjian_desktop.services.records.declaring import kinds_of
from dangjian_desktop.storage.work import Work


def of_priority(work: Work, asked: Asked) -> FusionSheet:
    """One priority in the period that is asked for, else in the year."""
    version = work.of(asked.paper.of).revision_number(asked.record.id) or None
    return _sheet(work, asked, [asked.record], version)


def of_priorities(work: Work, asked: Asked) -> FusionSheet:
    """Every priority that holds in the year of the period."""
    year = _period(asked).year
    known = in_order(work, year)
    return replace(_sheet(work, asked, known, None), unplaced=unplaced(work, known, year))


def _period(asked: Asked) -> Period:
    return asked.wanted.period or Period(asked.today.year, 1, 12)


def _sheet(
    work: Work, asked: Asked, wanted: Sequence[Priority], version: int | None
) -> FusionSheet:
    period, today = _period(asked), asked.today
    return FusionSheet(
        branch=work.branch.on(min(today, period.last)),
        stamp=asked.stamp(work, version),
        period=period,
        today=today,
        kinds=kinds_of(work),
        pages=pages(work, wanted, period),
    )


def of_brand(work: Work, asked: Asked) -> BrandSheet:
    """A brand with its indicators as they are known everywhere; an empty form where none is."""
    today = asked.today
    secretaries = work.roster().on(today).with_role(PostRole.SECRETARY)
    bare = BrandSheet(
        branch=work.branch.on(today),
        stamp=asked.stamp(work),
        today=today,
        secretary="、".join(member.name for member in secretaries),
    )
    brand: Brand | None = asked.record
    if brand is None:
        return bare
    version = work.of(asked.paper.of).revision_number(brand.id) or None
    found = work.of(INDICATOR.code).get(link.uid for link in brand.indicators)
    lent = lent_to(work, found.values())
    projects = work.projects.get(link.uid for link in brand.projects).values()
    return replace(
        bare,
        stamp=asked.stamp(work, version),
        brand=brand,
        measured=tuple(
            measured(i, today.year if i.year is None else i.year.year, lent.get(uid))
            for uid, i in found.items()
            if not i.deleted
        ),
        projects=tuple(project.title for project in projects if not project.deleted),
    )
