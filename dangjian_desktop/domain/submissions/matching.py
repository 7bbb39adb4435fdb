"""Which papers are meant by the words of a superior's list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from unicodedata import normalize

from dangjian_desktop.domain.levels import Level
from dangjian_desktop.frozen import dataclass

_MARKS = re.compile(r"[\s　《》〈〉“”\"'‘’（）()【】\[\]〔〕、，,。.;；:：/\\_\-—·和与及]+")
"""What tells no difference: 走访慰问和关怀帮扶 is 走访慰问与关怀帮扶."""
_PERIODS = re.compile(
    r"\d{4}年度?|第?[一二三四1-4]季度|[上下]半年|(?:1[0-2]|0?[1-9])月份?(?!报)"
    r"|本年度?|全年|年度|半年度?|本?季度|本月|当月|月度|每月"
)
_BEFORE = re.compile(
    r"^(?:关于)?(?:报送)?(?:中共)?(?:本|各|该|你|我)?(?:单位)?(?:党支部|支部(?=党员大会|体检))?"
)
_BEHIND = re.compile(r"(?:的?电子版|扫描件|复印件|原件|各?一式.份|盖章|签字|材料|资料|各?一份)+$")
_KIND = re.compile(
    r"(?:月报|季报|年报|报表|统计表|申报表|台账|名册|方案|报告|通知|决议|计划|总结|纪要)表?$"
)
"""What a title is at its end: a 月报 is no bundle of minutes."""
_SHORTEST = 3
_AND = re.compile(r"[、，,；;/+＋]|以及|及其?|和|与|暨")
_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")
_MOST_PARTS = 8
IN_EXCEL = "（Excel）"
"""What stands behind the title of a sheet."""


@dataclass(frozen=True, slots=True)
class Offered:
    """Something that can be sent: a paper of the catalogue or a sheet, by its ``code``.

    ``words`` are all that it goes by, ``of`` says what it is about; ``kind`` narrows papers of
    sittings to a kind of meeting, ``level`` tells how far it may go.
    """

    code: str
    title: str
    words: tuple[str, ...] = ()
    of: str = ""
    kind: str = ""
    level: Level = Level.PUBLIC

    @property
    def plain_title(self) -> str:
        """The title without the word that tells a sheet."""
        return self.title.removesuffix(IN_EXCEL)

    @property
    def sheet(self) -> bool:
        """Whether it is a workbook, and no paper."""
        return self.code.endswith(".xlsx")


@dataclass(frozen=True, slots=True)
class Match:
    """What a title means; ``sure`` where it says so in the very words. ``left`` are the parts of
    it of which nothing is known."""

    offered: tuple[Offered, ...]
    sure: bool
    left: tuple[str, ...] = ()


NO_MATCH = Match((), sure=False)


def plain_title(text: str, ours: Iterable[str] = ()) -> str:
    """A title without marks, period, copies and the names of the branch: what it is."""
    found = _MARKS.sub("", normalize("NFKC", text)).lower()
    for name in sorted(filter(None, ours), key=len, reverse=True):
        found = found.replace(_MARKS.sub("", normalize("NFKC", name)).lower(), "")
    found = _BEFORE.sub("", _PERIODS.sub("", found))
    return _BEHIND.sub("", found) or found


def match(title: str, offered: Sequence[Offered], ours: Iterable[str] = ()) -> Match:
    """The papers and sheets that a title of a list means; ``ours`` are the branch's names.

    In the very words, else by each part of it (党员大会、支委会会议记录), else those with which it
    shares the longest; what several different ones share as much is not decided here.
    """
    names = tuple(ours)
    asked = plain_title(title, names)
    if not asked:
        return NO_MATCH
    known = [
        (each, {plain_title(word, names) for word in (each.title, *each.words)}) for each in offered
    ]
    if same := _same(asked, known):
        return Match(same, sure=True)
    return _by_parts(title, known, names) or _nearest(asked, known)


_Known = Sequence[tuple[Offered, set[str]]]


def _same(asked: str, known: _Known) -> tuple[Offered, ...]:
    return _one_subject([each for each, words in known if asked in words])


def _by_parts(title: str, known: _Known, names: tuple[str, ...]) -> Match | None:
    """What a title of several materials means, where any part of it is known in its very words."""
    parts = [part for each in _AND.split(_BRACKETS.sub("", title)) if (part := each.strip())]
    if not 1 < len(parts) <= _MOST_PARTS:
        return None
    found = [_part(parts, at, known, names) for at in range(len(parts))]
    if not any(found):
        return None
    left = tuple(part for part, each in zip(parts, found, strict=True) if not each)
    return Match(tuple(dict.fromkeys(o for each in found for o in each)), sure=not left, left=left)


def _part(
    parts: Sequence[str], at: int, known: _Known, names: tuple[str, ...]
) -> tuple[Offered, ...]:
    """A part with what it shares with the first one (主题党日记录及签到表) or the last one."""
    part, first, last = parts[at], parts[0], parts[-1]
    before = [first[:end] for end in range(len(first) - 1, 1, -1)] if at else []
    behind = [last[begin:] for begin in range(1, len(last) - 1)] if part is not last else []
    for tried in (*(f"{b}{part}" for b in before), *(f"{part}{b}" for b in behind), part):
        if found := _same(plain_title(tried, names), known):
            return found
    return ()


def _nearest(asked: str, known: _Known) -> Match:
    near = [
        (len(word), each)
        for each, words in known
        for word in words
        if len(word) >= _SHORTEST and _near(asked, word)
    ]
    longest = max((length for length, _ in near), default=0)
    best = tuple(dict.fromkeys(each for length, each in near if length == longest))
    return Match(best, sure=False) if len(_subjects(best)) == 1 else NO_MATCH


def _near(asked: str, word: str) -> bool:
    """Whether one stands in the other, and they do not say that they are different things; also
    where the beginning of a title stands in a word that ends alike (走访慰问台账)."""
    kind = _KIND.search(asked)
    end = kind[0] if kind else ""
    if word in asked:
        return word.endswith(end)
    if len(asked) >= _SHORTEST and asked in word:
        return True
    stem = asked.removesuffix(end)
    return bool(end) and word.endswith(end) and len(stem) >= _SHORTEST and stem in word


def _one_subject(found: Sequence[Offered]) -> tuple[Offered, ...]:
    """Of several that bear the same words, the first with its sheet."""
    first = next(map(_subject, found), "")
    return tuple(each for each in found if _subject(each) == first)


def _subjects(found: Iterable[Offered]) -> set[str]:
    return {_subject(each) for each in found}


def _subject(each: Offered) -> str:
    """A paper and the sheet of the same are one subject."""
    code = each.code.removesuffix(".xlsx")
    return code if not code.startswith("ledger:") else ":".join(code.split(":")[:2])
