"""Titles and file names of papers: the branch's name joined with what the paper is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import combinations, pairwise

from dangjian_desktop.domain.branch import Branch
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.meetings.kinds import MeetingKind
from dangjian_desktop.domain.members.member import Member
from dangjian_desktop.domain.references import Person
from dangjian_desktop.domain.submissions.naming import period_words

_COMMITTEE = "支部委员会"
# Where the name of an organisation may be parted over two lines of a title.
_UNITS = (
    *("集团", "有限公司", "公司", "煤矿", "矿", "厂", "局", "处", "科", "院", "校", "所", "站"),
    *("中心", "街道", "社区", "车间", "工区", "区", "段", "队", "支部", "党支部", "委员会"),
)
_FEWEST_IN_LINE = 5


def branch_stem(name: str) -> str:
    """中共××支部 or ××党支部: what the name of a paper is joined to."""
    return name[: -len("委员会")] if name.endswith(_COMMITTEE) else name


def kinds_words(kinds: Sequence[MeetingKind]) -> str:
    """Several kinds of one sitting in one phrase: 支部党员大会、党课暨主题党日."""
    return _joined([kind.title for kind in kinds])


def short_words(kinds: Sequence[MeetingKind]) -> str:
    """The same in running text: 党员大会、党课暨主题党日."""
    return _joined([kind.short for kind in kinds])


def _joined(names: Sequence[str]) -> str:
    if len(names) < 2:
        return "".join(names) or "会议"
    return "、".join(names[:-1]) + "暨" + names[-1]


def full_title(branch: Branch, rest: str) -> str:
    """The branch's name and what the paper is, parted into lines by sense."""
    stem = branch_stem(branch.name)
    return title_lines(stem, rest.removeprefix("支部") if stem.endswith("支部") else rest)


def record_title(kinds: Sequence[MeetingKind], group: str | None) -> str:
    """What the minutes are called: 党员大会会议记录, 第一党小组会会议记录, 主题党日活动记录."""
    return f"{sitting_words(kinds, group)}{_ending(kinds)}记录"


def agenda_title(kinds: Sequence[MeetingKind], group: str | None) -> str:
    """What the paper of a planned sitting is called."""
    return f"{sitting_words(kinds, group)}{_ending(kinds)}议程"


def called_words(kinds: Sequence[MeetingKind], group: str | None) -> str:
    """What a sitting itself is called: 支部党员大会, 第一党小组会, 主题党日活动."""
    return sitting_words(kinds, group) + _ending(kinds).removesuffix("会议")


def sitting_words(kinds: Sequence[MeetingKind], group: str | None) -> str:
    """What a sitting is called, with the group that meets: 第一党小组会, 党课暨主题党日."""
    words = kinds_words(kinds)
    if group and words.startswith("党小组会"):
        words = words.removeprefix("党小组") if group.endswith("党小组") else words
        return f"{group}{words}"
    return f"{group}{words}" if group else words


def _ending(kinds: Sequence[MeetingKind]) -> str:
    """会议 behind a meeting, 活动 behind a theme day, nothing behind a lecture or 会议 itself."""
    words = kinds_words(kinds)
    if words.endswith(("会议", "活动")) or (len(kinds) == 1 and words.endswith("课")):
        return ""
    active = kinds and all(kind.title.endswith(("日", "课", "活动")) for kind in kinds)
    return "活动" if active else "会议"


def title_lines(stem: str, rest: str, longest: int = 20) -> str:
    """A title of at most so many characters a line, parted by sense, with line breaks.

    Lines are parted behind a unit of the stem or between stem and rest; where that is not
    possible, the title is left in one piece for the page to break.
    """
    title = stem + rest
    if len(title) <= longest:
        return title
    places = [n for n in range(1, len(stem)) if title[:n].endswith(_UNITS) and _may_part(title, n)]
    places.append(len(stem))
    for lines in range(2, 5):
        cuts = [_parted(title, chosen) for chosen in combinations(places, lines - 1)]
        cuts = [cut for cut in cuts if all(_FEWEST_IN_LINE <= len(p) <= longest for p in cut)]
        if cuts:
            best: list[str] = min(cuts, key=_unevenness)
            return "\n".join(best)
    return f"{stem}\n{rest}"


def _may_part(title: str, place: int) -> bool:
    """A longer unit is not torn: 集团|有限公司 and 矿|区 stay together."""
    tail = title[place:]
    return not tail.startswith(("有限", "公司", "委员会", "区", "段", "队", "科"))


def _parted(title: str, places: Sequence[int]) -> list[str]:
    edges = [0, *places, len(title)]
    return [title[a:b] for a, b in pairwise(edges)]


def _unevenness(lines: list[str]) -> int:
    return max(map(len, lines)) - min(map(len, lines))


def names_of(people: Iterable[Member | Person]) -> frozenset[str]:
    """The names that a paper must not tear at the end of a line."""
    return frozenset(person.name for person in people)


def paper_name(branch: Branch, what: str, when: date | Period) -> str:
    """支部名_材料名_YYYYMMDD, or _YYYYMM, _2025年上半年 and the like for a period; not yet
    cleaned. Papers and filled forms are called so by themselves as in a package."""
    told = f"{when:%Y%m%d}" if isinstance(when, date) else period_words(when)
    return f"{branch.short}_{what}_{told}"
