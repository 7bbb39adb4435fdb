"""The catalogue of one library: the papers that are built in, and the prints of its ledgers."""

from __future__ import annotations

from collections.abc import Iterator

from dangjian_desktop.domain.ledgers.record import PREFIX
from dangjian_desktop.errors import InputError
from dangjian_desktop.papers.catalogue import LEDGER, PAPERS, ROW, Paper
from dangjian_desktop.papers.ledgers.prints import papers_of_ledger
from dangjian_desktop.services.checks.rule_table import OWN_RULES, rules_with
from dangjian_desktop.services.ledgers.catalogue import entries, entry_of, shipped
from dangjian_desktop.storage.work import Work


def shipped_papers() -> tuple[Paper, ...]:
    """The catalogue where there is no library yet."""
    prints = (paper for ledger in shipped().values() for paper in papers_of_ledger(ledger))
    return (*(paper for paper in PAPERS if not paper.rule), *prints)


def papers_in(work: Work, of: str | None = None) -> Iterator[Paper]:
    """The papers of the library, perhaps about one subject; none of ledgers that are not shown."""
    rules = rules_with(work.settings.get(OWN_RULES, {}))
    for paper in PAPERS:
        if of in (None, paper.of) and (not paper.rule or rules[paper.rule].enabled):
            yield paper
    for entry in entries(work) if of in (None, ROW, LEDGER) else ():
        if entry.shown:
            yield from (p for p in papers_of_ledger(entry.ledger) if of in (None, p.of))


def paper_in(work: Work, code: str, of: str | None = None) -> Paper:
    """The paper of this code; of one record also by the word that its papers go by.

    Also a print of a ledger that is not shown. Raises ``InputError`` where there is none.
    """
    known = {p.word if of and p.word else p.code: p for p in PAPERS if of in (None, p.of)}
    if code in known:
        return known[code]
    if of is None and code.startswith(PREFIX):
        return _print(work, code)
    what, words = ("表" if of else "材料"), "、".join(known)
    more = "" if of else "；台账的各种打印样式请用 paper list 查看"
    raise InputError(f"没有名为“{code}”的{what}。", f"可用的{what}：{words}{more}。")


def _print(work: Work, code: str) -> Paper:
    ledger = entry_of(work, code.removeprefix(PREFIX).partition(":")[0]).ledger
    papers = papers_of_ledger(ledger)
    found = next((paper for paper in papers if paper.code == code), None)
    if found is None:
        words = "、".join(paper.code for paper in papers)
        remedy = f"可用的：{words}。" if papers else "请在台账样式里增加打印样式。"
        raise InputError(f"“{ledger.title}”没有打印样式“{code}”。", remedy)
    return found
