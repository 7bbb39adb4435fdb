"""A list for the empty rows of a table, by the headings of its columns and what it is called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from dangjian_desktop.domain.blank_forms.form import JOIN, Blank
from dangjian_desktop.domain.blank_forms.labels import bare
from dangjian_desktop.domain.blank_forms.naming import Index
from dangjian_desktop.domain.blank_forms.proposal import Certainty, Proposal, quoted
from dangjian_desktop.domain.blank_forms.sources import Habits, Source, with_columns
from dangjian_desktop.frozen import dataclass

NUMBER, NOTE = "number", "note"
"""Columns that every list has: they tell nothing of which list is meant."""
PART = ":"
"""Behind the key of a list, before what tells a part of it (``meetings:KIND``)."""
_BY_HAND = ("备注", "签字", "签名", "本人签字", "签到")
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class _Fit:
    """How a list fits: its columns in the order of the form ("" for none), those told exactly,
    the longest of its names that the form says."""

    source: Source
    columns: tuple[str, ...]
    exact: tuple[str, ...]
    called: str

    @property
    def family(self) -> str:
        """The list of which it may be a part."""
        return self.source.key.split(PART)[0]

    @property
    def part(self) -> bool:
        """Whether it is a part that the form names."""
        return bool(self.called) and self.family != self.source.key

    @property
    def score(self) -> tuple[int, bool, int, int]:
        """What is compared between lists."""
        return len(self.exact), self.part, len(self.called), sum(map(bool, self.columns))


def of_list(
    blank: Blank, lists: Sequence[Source], habits: Habits, title: str = ""
) -> Proposal | None:
    """The list whose columns the headings name; None where too few are named by any."""
    said = bare(title) + "".join(map(bare, (*blank.heads, blank.label)))
    fits = _one_part_each([_fit(source, blank.columns, said) for source in lists])
    best = max(fits, key=lambda fit: fit.score, default=None)
    if best is None or sum(c not in ("", NUMBER, NOTE) for c in best.columns) < _FEWEST:
        return None
    rivals = [fit.source for fit in fits if fit.score == best.score and fit is not best]
    rivals = [rival for rival in rivals if not rival.key.startswith(best.source.key + PART)]
    made = Proposal(
        source=with_columns(best.source.key, best.columns),
        certainty=Certainty.SURE,
        reason=f"表头{quoted([*blank.columns])}与名单“{best.source.label}”的各列一致",
        others=tuple(source.key for source in rivals),
    )
    for certainty, words in _doubts(best, blank, rivals, said, habits):
        made = made.at_most(certainty, words)
    return made


def _doubts(
    fit: _Fit, blank: Blank, rivals: Sequence[Source], said: str, habits: Habits
) -> Iterator[tuple[Certainty, str]]:
    pairs = list(zip(blank.columns, fit.columns, strict=True))
    strange = [c for c, key in pairs if not key and bare(c) not in _BY_HAND]
    loose = [c for c, key in pairs if key and key not in (*fit.exact, NUMBER, NOTE)]
    told = said + "".join(map(bare, strange))
    narrower = [word for word in habits.narrower if word in told and word not in fit.called]
    if rivals:
        yield Certainty.LIKELY, f"也可能是{quoted([rival.label for rival in rivals])}，请核对"
    if strange:
        most = Certainty.GUESS if len(strange) > len(fit.exact) else Certainty.LIKELY
        yield most, f"列{quoted(strange)}没有对应的内容，留空"
    if loose:
        yield Certainty.LIKELY, f"列{quoted(loose)}请核对"
    if narrower:
        yield Certainty.GUESS, f"标题中的{quoted(narrower)}没有考虑，请核对"
    if not fit.called and not fit.source.near:
        yield Certainty.LIKELY, "表中没有写明是哪一份名单，请核对"


def _one_part_each(fits: Sequence[_Fit]) -> list[_Fit]:
    """Where a form names several parts of a list, none of them alone is meant."""
    named = Counter(fit.family for fit in fits if fit.part)
    return [replace(fit, called="") if fit.part and named[fit.family] > 1 else fit for fit in fits]


def _fit(source: Source, headings: Sequence[str], said: str) -> _Fit:
    index = Index(source.columns)
    columns: list[str] = []
    exact: list[str] = []
    for heading in headings:
        parts = [bare(part) for part in heading.split(JOIN)]
        named = [source.key for source in index.combined(parts)]
        perhaps = [s.key for s in (*index.named(parts[-1]), *index.perhaps(parts[-1]))]
        found = next((key for key in (*named, *perhaps) if key not in columns), "")
        columns.append(found)
        if len(named) == 1 and found == named[0] and found not in (NUMBER, NOTE):
            exact.append(found)
    names = [bare(name) for name in (source.label, *source.also)]
    called = max((name for name in names if name in said), key=len, default="")
    return _Fit(source, tuple(columns), tuple(exact), called)
