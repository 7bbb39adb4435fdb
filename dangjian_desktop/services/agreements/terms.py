"""What the items and indicators of a 责任状 tell on a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from dangjian_desktop.domain.agreements.agreement import Agreement, Promise, Undertaking
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.fusion.indicator import Measured, measured
from dangjian_desktop.domain.fusion.record import INDICATOR
from dangjian_desktop.domain.items.item import Item
from dangjian_desktop.domain.items.record import ITEM
from dangjian_desktop.domain.projects.progress import reached_value
from dangjian_desktop.domain.record import Problem
from dangjian_desktop.domain.references import Link
from dangjian_desktop.services.projects.lent import lent_to
from dangjian_desktop.storage.work import Work

_GONE = "其中有已删除的{0}，请先在编辑中去掉"


def told(work: Work, agreement: Agreement, day: date) -> Agreement:
    """With what its items and indicators tell on a day; as it was signed where it is signed.
    What is gone is left out."""
    if agreement.signed_on is not None:
        return agreement
    return replace(
        agreement,
        signed_items=tuple(map(_undertaking, _items(work, agreement.items))),
        signed_indicators=tuple(
            _promise(each, day) for each in _measured(work, agreement.indicators, day)
        ),
    )


def gone(agreement: Agreement) -> Iterator[Problem]:
    """What one that is ``told`` names and nobody has any more."""
    if len(agreement.signed_items) != len(agreement.items):
        yield Problem("items", _GONE.format("责任事项"))
    if len(agreement.signed_indicators) != len(agreement.indicators):
        yield Problem("indicators", _GONE.format("指标"))


def _items(work: Work, links: Sequence[Link]) -> Iterator[Item]:
    found = work.of(ITEM.code).get(link.uid for link in links)
    return (item for item in found.values() if not item.deleted)


def _undertaking(item: Item) -> Undertaking:
    return Undertaking(
        content=item.content,
        standard=item.standard,
        responsible="" if item.responsible is None else item.responsible.name,
        due=item.due,
        department=item.department,
    )


def _measured(work: Work, links: Sequence[Link], day: date) -> Iterable[Measured]:
    found = work.of(INDICATOR.code).get(link.uid for link in links)
    there = [indicator for indicator in found.values() if not indicator.deleted]
    lent = lent_to(work, there)
    for each in there:
        year = day.year if each.year is None else each.year.year
        yield measured(each, year, lent.get(each.id))


def _promise(each: Measured, day: date) -> Promise:
    target = each.target
    return Promise(
        name=each.indicator.name,
        unit=target.unit,
        baseline=target.baseline,
        target=target.target,
        value=reached_value(target, Period.around(day, 1)),
        source=target.source,
    )
