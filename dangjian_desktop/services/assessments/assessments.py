"""Self-checks of one library: read from a superior's table, begun anew, finished, gaps made
problems."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from dangjian_desktop.domain.amounts import number_text
from dangjian_desktop.domain.assessments.assessment import Assessment, Criterion, Span
from dangjian_desktop.domain.assessments.reading import TableReading, read_standards
from dangjian_desktop.domain.assessments.record import ASSESSMENT
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.items.item import Item, ItemKind, ItemState, Source, Step
from dangjian_desktop.domain.items.record import ITEM
from dangjian_desktop.domain.members.member import new_id
from dangjian_desktop.domain.references import Link
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.errors import DoubtedError, InputError
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.services.assessments.sources import counted_in, counted_now
from dangjian_desktop.services.items.items import next_number
from dangjian_desktop.services.items.sources import made_from
from dangjian_desktop.services.judged import judged_day
from dangjian_desktop.services.of_library import OfLibrary
from dangjian_desktop.services.records.writing import State
from dangjian_desktop.spreadsheets.reading import read_tables
from dangjian_desktop.storage.work import Work

_REMEDY = "请刷新列表后再试。"
_WRITE_THEM = "请在表格里改好后再读入；也可以照样读入，读不出的格留空，由自己填写。"


@dataclass(frozen=True, slots=True)
class CheckSheet:
    """A self-check as its card shows it: what its sources tell and the problems that were
    registered, both by the order of its standards."""

    assessment: Assessment
    counted: tuple[str, ...]
    problems: tuple[tuple[Item, ...], ...]


class AssessmentService(OfLibrary):
    """Self-checks of one library; ``clock`` tells the present time."""

    def looked_into(self, path: Path, sheet: str = "") -> TableReading:
        """What a superior's table says, of the ``sheet`` where several are such; not stored.
        Raises ``InputError`` for what is no such table."""
        return read_standards(read_tables(path), path.name, sheet)

    def take(
        self,
        path: Path,
        *,
        sheet: str = "",
        title: str = "",
        period: Period | None = None,
        accept: bool = False,
    ) -> tuple[Assessment, TableReading]:
        """Store what a superior's table asks as a new self-check of this quarter, or of the period.

        Raises ``InputError`` for what is no such table and for a period that is none of a
        self-check, ``DoubtedError`` with all that cannot be read unless they ``accept`` it.
        """
        found = self.looked_into(path, sheet)
        if found.refused and not accept:
            words = f"“{path.name}”里有{len(found.refused)}处读不出，没有读入。"
            raise DoubtedError(words, _WRITE_THEM, (*found.refused, *found.warnings))
        with self._library.changing(Topic.RECORDS) as work:
            today = judged_day(work, self._clock().date())
            made = Assessment(
                id=new_id(),
                title=(title or found.title or path.stem)[:200],
                day=today,
                year=period.year if period else today.year,
                span=_span(period, today),
                criteria=found.criteria,
            )
            work.of(ASSESSMENT.code).save(made)
        return made, found

    def begun(self, which: str) -> State:
        """What a new self-check begins with: this quarter, or this year after a yearly one, and
        the standards of an earlier one, by its id, without what was found then."""
        with self._library.reading() as work:
            today = judged_day(work, self._clock().date())
            known: Assessment | None = work.of(ASSESSMENT.code).one(which) if which else None
        span = known.span if known is not None and known.span is Span.YEAR else _span(None, today)
        begun: State = {"year": today.year, "span": span.value}
        if known is None:
            return begun
        criteria = [_asked(criterion) for criterion in known.criteria]
        return begun | {"title": known.title, "source": known.source, "criteria": criteria}

    def sheet(self, uid: str) -> CheckSheet | None:
        """What its card shows; nothing where it is gone."""
        with self._library.reading() as work:
            found: Assessment | None = work.of(ASSESSMENT.code).one(uid)
            if found is None or found.deleted:
                return None
            today = judged_day(work, self._clock().date())
            known = _registered(work, found)
            problems = tuple(tuple(known.get(each.id, ())) for each in found.criteria)
            return CheckSheet(found, counted_in(work, found, today), problems)

    def finish(self, uid: str) -> Assessment:
        """Keep what its sources tell now; from here on they stay so, also on paper.

        Raises ``InputError`` where it is finished already, or its time is not told.
        """
        with self._library.changing(Topic.RECORDS) as work:
            before = _one(work, uid)
            if before.finished is not None:
                raise InputError(f"这次自评已于{before.finished}完成。", "要改动请先“重新打开”。")
            if before.period is None:
                words = "这次自评没有写明年度和时段，来源数字不知从哪天数到哪天。"
                raise InputError(words, "请编辑后填写年度和时段，再完成自评。")
            today = judged_day(work, self._clock().date())
            told = zip(before.criteria, counted_now(work, before, today), strict=True)
            criteria = tuple(replace(each, counted=counted) for each, counted in told)
            done = replace(before, finished=today, criteria=criteria)
            work.of(ASSESSMENT.code).save(done, reason="完成自评")
        return done

    def reopen(self, uid: str) -> Assessment:
        """Let it be changed again; its sources are counted anew. Raises ``InputError`` where it
        is not finished."""
        with self._library.changing(Topic.RECORDS) as work:
            before = _one(work, uid)
            if before.finished is None:
                raise InputError("这次自评还没有完成，可以直接编辑。")
            criteria = tuple(replace(each, counted="") for each in before.criteria)
            opened = replace(before, finished=None, criteria=criteria)
            work.of(ASSESSMENT.code).save(opened, reason="重新打开")
        return opened

    def to_problems(self, uid: str) -> tuple[Item, ...]:
        """Register every gap that is no problem yet, each with the standard that it comes from.

        Raises ``InputError`` where there is no gap, or all are registered.
        """
        with self._library.changing(Topic.RECORDS) as work:
            before = _one(work, uid)
            known = _registered(work, before)
            told = {item.content.strip() for items in known.values() for item in items}
            gaps: dict[str, str] = {}
            for _place, each in before.gaps:
                if each.id not in known and each.gap.strip() not in told:
                    gaps.setdefault(each.gap.strip(), each.id)
            if not gaps:
                words = "这次自评的差距都已转为问题。" if before.gaps else "这次自评没有填写差距。"
                raise InputError(words, "有新的差距时，先在自评里填写再转。")
            made = _problems(work, before, gaps)
            for item in made:
                work.of(ITEM.code).save(item)
        return made

    def take_back(self, made: Sequence[Item]) -> None:
        """Put the problems that were just made into the bin."""
        with self._library.changing(Topic.RECORDS) as work:
            for item in made:
                work.of(ITEM.code).mark_deleted(item.id, reason="撤销登记")


def _one(work: Work, uid: str) -> Assessment:
    found: Assessment | None = work.of(ASSESSMENT.code).one(uid)
    if found is None or found.deleted:
        raise InputError("这次自评已不在。", _REMEDY)
    return found


def _span(period: Period | None, today: date) -> Span:
    wanted = Period.around(today, 3) if period is None else period
    found = next((span for span in Span if span.of(wanted.year) == wanted), None)
    if found is None:
        words = f"自评按季度、半年或全年，不按{wanted.label}。"
        raise InputError(words, "请写季度（2026-Q1）、半年（2026-H1）或全年（2026）。")
    return found


def _registered(work: Work, assessment: Assessment) -> Mapping[str, Sequence[Item]]:
    """The problems that were made from its gaps, by the id of the standard."""
    found: dict[str, list[Item]] = defaultdict(list)
    for item in made_from(work, Link(ASSESSMENT.code, assessment.id)):
        for link in item.source_ref:
            found[link.item or ""].append(item)
    return found


def _problems(work: Work, assessment: Assessment, gaps: Mapping[str, str]) -> tuple[Item, ...]:
    taken: set[str] = set()
    made = []
    for gap, criterion in gaps.items():
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
                source_ref=(Link(ASSESSMENT.code, assessment.id, criterion or None),),
                history=(Step(ItemState.OPEN, assessment.day),),
            )
        )
    return tuple(made)


def _asked(criterion: Criterion) -> State:
    """A standard as the form holds it, without what was found."""
    return {
        "number": criterion.number,
        "item": criterion.item,
        "standard": criterion.standard,
        "band": criterion.band.value if criterion.band else None,
        "weight": None if criterion.weight is None else number_text(criterion.weight),
        "figure": criterion.figure,
        "indicator": [{"id": link.uid} for link in criterion.indicator],
    }
