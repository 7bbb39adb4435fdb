"""Self-checks of one library: read from a superior's table, begun anew, gaps made problems."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from dangjian_desktop.domain.amounts import number_text
from dangjian_desktop.domain.assessments.assessment import Assessment, Criterion, Span
from dangjian_desktop.domain.assessments.record import ASSESSMENT
from dangjian_desktop.domain.assessments.sheets import TableReading, read_standards
from dangjian_desktop.domain.items.item import Item, ItemKind, ItemState, Source, Step
from dangjian_desktop.domain.items.record import ITEM
from dangjian_desktop.domain.members.member import new_id
from dangjian_desktop.domain.references import Link
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.errors import InputError
from dangjian_desktop.services.items.items import next_number
from dangjian_desktop.services.judged import judged_day
from dangjian_desktop.services.of_library import OfLibrary
from dangjian_desktop.services.records.writing import State
from dangjian_desktop.spreadsheets.reading import read_tables
from dangjian_desktop.storage.work import Work

_REMEDY = "请刷新列表后再试。"


class AssessmentService(OfLibrary):
    """Self-checks of one library; ``clock`` tells the present time."""

    def take(self, path: Path) -> tuple[Assessment, TableReading]:
        """Store what a superior's table asks as a new self-check of this quarter.

        Raises ``InputError`` for what is no such table.
        """
        found = read_standards(read_tables(path), path.name)
        with self._library.changing(Topic.RECORDS) as work:
            today = judged_day(work, self._clock().date())
            made = Assessment(
                id=new_id(),
                title=(found.title or path.stem)[:200],
                day=today,
                year=today.year,
                span=(*Span,)[(today.month - 1) // 3],
                criteria=found.criteria,
            )
            work.of(ASSESSMENT.code).save(made)
        return made, found

    def begun(self, which: str) -> State:
        """What a new self-check begins with: the standards of an earlier one, by its id, without
        what was found then."""
        if not which:
            return {}
        with self._library.reading() as work:
            known: Assessment | None = work.of(ASSESSMENT.code).one(which)
        if known is None:
            return {}
        criteria = [_asked(criterion) for criterion in known.criteria]
        return {"title": known.title, "source": known.source, "criteria": criteria}

    def to_problems(self, uid: str) -> tuple[Assessment, tuple[Item, ...]]:
        """Register every gap that is no problem yet; the self-check names them.

        Raises ``InputError`` where there is no gap, or all are registered.
        """
        with self._library.changing(Topic.RECORDS) as work:
            before = _one(work, uid)
            known = _registered(work, before)
            gaps = [c.gap.strip() for _, c in before.gaps if c.gap.strip() not in known]
            if not gaps:
                words = "这次自评的差距都已转为问题。" if before.gaps else "这次自评没有填写差距。"
                raise InputError(words, "有新的差距时，先在自评里填写再转。")
            made = tuple(_problems(work, before, dict.fromkeys(gaps)))
            for item in made:
                work.of(ITEM.code).save(item)
            links = (*before.problems, *(Link(ITEM.code, item.id) for item in made))
            work.of(ASSESSMENT.code).save(replace(before, problems=links))
        return before, made

    def take_back(self, before: Assessment, made: Sequence[Item]) -> None:
        """Put the problems that were just made into the bin, and name them no more."""
        with self._library.changing(Topic.RECORDS) as work:
            gone = {item.id for item in made}
            now = _one(work, before.id)
            kept = tuple(link for link in now.problems if link.uid not in gone)
            work.of(ASSESSMENT.code).save(replace(now, problems=kept))
            for item in made:
                work.of(ITEM.code).mark_deleted(item.id, reason="撤销登记")


def _one(work: Work, uid: str) -> Assessment:
    found: Assessment | None = work.of(ASSESSMENT.code).one(uid)
    if found is None or found.deleted:
        raise InputError("这次自评已不在。", _REMEDY)
    return found


def _registered(work: Work, assessment: Assessment) -> set[str]:
    uids = {link.uid for link in assessment.problems}
    found: Mapping[str, Item] = work.of(ITEM.code).get(uids)
    return {item.content.strip() for item in found.values() if not item.deleted}


def _problems(work: Work, assessment: Assessment, gaps: Mapping[str, Any]) -> Sequence[Item]:
    taken: set[str] = set()
    made = []
    for gap in gaps:
        number = next_number(work, assessment.day.year, taken)
        taken.add(number)
        made.append(
            Item(
                id=new_id(),
                kind=ItemKind.PROBLEM,
                number=number,
                content=gap,
                found_on=assessment.day,
                source=Source.SELF_CHECK,
                history=(Step(ItemState.OPEN, assessment.day),),
            )
        )
    return made


def _asked(criterion: Criterion) -> State:
    """A standard as the form holds it, without what was found."""
    return {
        "number": criterion.number,
        "item": criterion.item,
        "standard": criterion.standard,
        "band": criterion.band.value if criterion.band else None,
        "weight": None if criterion.weight is None else number_text(criterion.weight),
        "figure": criterion.figure,
    }
