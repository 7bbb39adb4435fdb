"""Which papers are meant by the words of a superior's list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from unicodedata import normalize

from dangjian_desktop.frozen import dataclass

_MARKS = re.compile(r"[\s　《》〈〉“”\"'‘’（）()【】\[\]〔〕、，,。.;；:：/\\_\-—·]+")
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
IN_EXCEL = "（Excel）"
"""What stands behind the title of a sheet."""


@dataclass(frozen=True, slots=True)
class Offered:
    """Something that can be sent: a paper of the catalogue or a sheet, by its ``code``.

    ``words`` are all that it goes by, ``of`` says what it is about; ``kind`` narrows papers of
    sittings to a kind of meeting.
    """

    code: str
    title: str
    words: tuple[str, ...] = ()
    of: str = ""
    kind: str = ""

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
    """What a title means; ``sure`` where it says so in the very words."""

    offered: tuple[Offered, ...]
    sure: bool


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

    In the very words, else those with which it shares the longest; what several different ones
    share as much is not decided here.
    """
    names = tuple(ours)
    asked = plain_title(title, names)
    if not asked:
        return NO_MATCH
    known = [
        (each, {plain_title(word, names) for word in (each.title, *each.words)}) for each in offered
    ]
    same = tuple(each for each, words in known if asked in words)
    if same:
        return Match(_one_subject(same), sure=True)
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
    first = _subject(found[0])
    return tuple(each for each in found if _subject(each) == first)


def _subjects(found: Iterable[Offered]) -> set[str]:
    return {_subject(each) for each in found}


def _subject(each: Offered) -> str:
    """A paper and the sheet of the same are one subject."""
    code = each.code.removesuffix(".xlsx")
    return code if not code.startswith("ledger:") else ":".join(code.split(":")[:2])
