"""A source for each blank of a form, with how sure that is and why: never wrong without a mark."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from dangjian_desktop.domain.blank_forms.form import Blank, BlankKind
from dangjian_desktop.domain.blank_forms.labels import bare
from dangjian_desktop.domain.blank_forms.listing import of_list
from dangjian_desktop.domain.blank_forms.matching import Matcher
from dangjian_desktop.domain.blank_forms.proposal import Certainty, Proposal
from dangjian_desktop.domain.blank_forms.sources import Habits, Source

_COUNT_TABLE = 3
"""So many counts of sittings in one form make a statistic, where 党课 alone means how many."""
_TIMES = "次"


def propose(
    blanks: Sequence[Blank], sources: Sequence[Source], habits: Habits, title: str = ""
) -> dict[str, Proposal]:
    """Proposals by the key of the blank; a blank of which nothing can be said has none.

    ``title`` is what the form is called: it tells which list a table is.
    """
    values = Matcher((s for s in sources if s.kind is not BlankKind.ROWS), habits, title)
    lists = [source for source in sources if source.kind is BlankKind.ROWS]
    open_ones = [blank for blank in blanks if not blank.formula]
    seen = Counter(map(_place, open_ones))
    found: dict[str, Proposal] = {}
    for blank in open_ones:
        of_rows = blank.kind is BlankKind.ROWS
        made = of_list(blank, lists, habits, title) if of_rows else values.proposal(blank)
        if made is not None:
            found[blank.key] = _if_once(made, blank, seen[_place(blank)])
    return _as_statistic(found, open_ones, {s.key for s in sources if s.unit == _TIMES})


def _place(blank: Blank) -> tuple[str, ...]:
    return (*map(bare, (*blank.heads, blank.label)), blank.unit, *map(bare, blank.columns))


def _if_once(made: Proposal, blank: Blank, times: int) -> Proposal:
    if times == 1 or made.source is None:
        return made
    called = f"“{blank.label}”" if blank.label else "同样的表头"
    return made.at_most(Certainty.LIKELY, f"{called}在表中出现{times}次，请逐处核对")


def _as_statistic(
    found: dict[str, Proposal], blanks: Sequence[Blank], counts: set[str]
) -> dict[str, Proposal]:
    """党课 without 次 is a count where the form asks for counts of sittings, else perhaps not."""
    counting = [b for b in blanks if b.key in found and found[b.key].source in counts]
    if len(counting) >= _COUNT_TABLE:
        return found
    for blank in counting:
        if not blank.unit and not any(_TIMES in text for text in (*blank.heads, blank.label)):
            words = "表中没有写“次”，也可能要填内容，请核对"
            found[blank.key] = found[blank.key].at_most(Certainty.LIKELY, words)
    return found
