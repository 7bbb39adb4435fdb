"""The 督办台账 of 2,000 tasks over ten years as PDF, against reportlab's own table of the same.

``python -m tests.benchmarks.items`` makes its own items; medians of processor time of runs that
take turns, each with other words.
"""

from __future__ import annotations

import statistics
import sys
from collections.abc import Callable
from datetime import date, datetime, timedelta
from time import process_time

from dangjian_desktop.documents.model import Document
from dangjian_desktop.domain.branch import Branch
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.items.item import FollowUp, Item, ItemKind, ItemState, Source, Step
from dangjian_desktop.domain.references import Person
from dangjian_desktop.papers.items.lists import compose_ledger
from dangjian_desktop.papers.items.sheet import ItemsSheet
from dangjian_desktop.papers.paper import Wanted
from dangjian_desktop.papers.stamp import Stamp
from tests.benchmarks.project_papers import Platypus, ours
from tests.benchmarks.report import Report

TASKS, BEGUN, TODAY = 2_000, date(2017, 1, 5), date(2026, 12, 21)
_WORDS = (
    "修好更衣室吹干机",
    "核对停机时间",
    "补齐责任区名单并公示",
    "逐条答复职工意见",
    "更换锚杆",
)
_STATES = tuple(ItemState)


def items(count: int, seed: int) -> tuple[Item, ...]:
    """Tasks of ten years, each with two follow-ups."""
    return tuple(_item(number, seed) for number in range(count))


def _item(number: int, seed: int) -> Item:
    begun = BEGUN + timedelta(days=number * 3600 // TASKS)
    state, who = _STATES[(number + seed) % len(_STATES)], Person(f"张{'甲乙丙丁戊'[number % 5]}")
    told = (
        FollowUp(begun + timedelta(days=5), who, f"已联系厂家，第{seed}批到货{number % 90}件"),
        FollowUp(begun + timedelta(days=12), who, f"完成{number % 100}处，其余排入下月检修计划"),
    )
    return Item(
        id=f"i{number}",
        kind=ItemKind.TASK,
        number=f"{begun.year}-{number:04}",
        content=f"{_WORDS[(number + seed) % len(_WORDS)]}，第{number}处按标准验收",
        found_on=begun,
        source=Source.MEETING,
        responsible=who,
        due=begun + timedelta(days=30),
        standard="逐处验收合格" if number % 3 else "",
        department="支部委员会",
        state=state,
        follow_ups=told,
        history=(Step(state, begun + timedelta(days=20), who),),
    )


def ledger(count: int, seed: int) -> Document:
    """The list of all years in one."""
    sheet = ItemsSheet(
        items=items(count, seed),
        branch=Branch(name="中共测试公司机关支部委员会"),
        stamp=Stamp(None, datetime.fromisoformat("2026-12-21T09:00")),
        today=TODAY,
        period=Period(TODAY.year, 1, 12),
        titles={kind: f"{kind.label}清单" for kind in ItemKind},
    )
    return compose_ledger(sheet, Wanted())


def _spent(render: Callable[[Document], bytes], document: Document) -> float:
    start = process_time()
    render(document)
    return process_time() - start


def compare(report: Report, runs: int = 5) -> None:
    """Held against the bound: no slower than what reportlab ships."""
    ways = {"ours": ours, "platypus": Platypus().render}
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for seed in range(runs + 1):
        document = ledger(TASKS, seed)
        for name, render in ways.items():
            taken[name].append(_spent(render, document))
    mine, theirs = (statistics.median(each[1:]) for each in taken.values())
    report.line(f"台账 of {TASKS} tasks as PDF: {mine:.2f} s, reportlab's table {theirs:.2f} s")
    report.figure("台账 of 2,000 tasks, times as fast as reportlab's table", theirs / mine, 1.0)


def main() -> int:
    """Print the figure; 1 when it is missed."""
    report = Report()
    compare(report)
    return 1 if report.missed else 0


if __name__ == "__main__":
    sys.exit(main())
