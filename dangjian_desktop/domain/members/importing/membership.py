"""Whether the words of a roster make a person a member: of which kind, with which standing.

One answer out of the cells, the heading, the section line and the title: a member, no member, or
undecided. Nobody is taken for a member, or for none, by words that do not say so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from dangjian_desktop.domain.dates import PartialDate
from dangjian_desktop.domain.members.importing.checks import Remark, dated_kind
from dangjian_desktop.domain.members.importing.quoting import quoted
from dangjian_desktop.domain.members.member import STATUSES, MemberKind, Status
from dangjian_desktop.domain.texts import squeeze

_OTHER_PARTIES = re.compile(
    r"(?:民革|民盟|民建|民进|农工民主党|农工党?|致公党?|九三学?社?|台盟)(?:党员|盟员|会员|社员|成员)?"
)
_NO_PARTY = re.compile(
    r"(?:非|不是|不属于)(?:中共|共产)?党员?|无党派(?:人士)?|民主党派(?:成员|人士)?"
)
_OUTSIDE = re.compile(
    r"(?:入党)?积极分子|(?:党员)?发展(?:党员)?对象|(?:入党|递交|提交)?申请(?:人|者)?|群众|共青团员|团员|少先队员"
    r"|入党培养对象|培养对象"
)
_DOUBT = re.compile(
    r"[拟待原曾]|非正式|不是正式|取消|撤销|不予|家属|是否|不详|不清|待定|未定|[?？]"
)
_FORMAL = re.compile(r"正式|(?<!未)(?<!待)已?按期转正|已转正")
_PROBATIONARY = re.compile(r"预备|候补党员|未转正|尚未转正|延长预备期")
_MEMBER = re.compile(
    r"(?:中共|中国共产党|共产党|在册|在职|离退休|退休|流动|困难)*党员|中共|中国共产党"
)
_NEGATED = r"(?<![未非不拟待])(?<!没有)(?<!解除)(?<!撤销)(?<!申请)(?<!准备)"
_STATUS = tuple(
    (status, re.compile(_NEGATED + "(?:" + "|".join((status.word, *status.words)) + ")"))
    for status in STATUSES
)
_NEUTRAL = re.compile(
    r"(?:离退休|离休|退休|在职|在岗|在编|在校|内退|流动|外出|困难|干部|工人|职工|教师|学生|农民工?|合同工"
    r"|劳务|编外|党员|人员|[、，,/／()（）])+"
)
"""Words about work and circumstances that say nothing about membership."""

_NUMBERING = re.compile(
    r"^[(（]?[一二三四五六七八九十0-9]+[)）]?[、.．]?|[(（]?共?[0-9]*[人名]?[)）]?[:：]?$"
)


class Told(NamedTuple):
    """What one text says; ``unknown`` when it says something that nobody understands.

    ``outside`` is the word for persons who are no members; ``neutral`` tells that the words are
    known and say nothing about membership; ``member`` that they name a member of either kind.
    """

    kind: MemberKind | None = None
    outside: str = ""
    status: Status | None = None
    member: bool = False
    neutral: bool = False
    unknown: bool = False
    word: str = ""


NOTHING = Told()


@lru_cache(maxsize=4096)
def told_by(text: str) -> Told:
    """What the words of a cell, of a section line or of a remark behind a name say."""
    word = squeeze(text)
    if not word:
        return NOTHING
    rest = _NO_PARTY.sub("", _OTHER_PARTIES.sub("", word))
    outside = rest != word or bool(_OUTSIDE.search(word))
    rest = _OUTSIDE.sub("", rest)
    kinds = _kinds(rest)
    status = _gravest(known for known, words in _STATUS if words.search(rest))
    doubtful = _DOUBT.search(rest) is not None
    member = _MEMBER.fullmatch(rest) is not None
    if doubtful or len(kinds) > 1 or (outside and (kinds or status or member)):
        return Told(unknown=True, word=word)
    if outside:
        return Told(outside=word, word=word)
    if kinds or status or member:
        return Told(next(iter(kinds), None), status=status, member=member, word=word)
    neutral = _NEUTRAL.fullmatch(word) is not None
    return Told(neutral=neutral, unknown=not neutral, word=word)


def _kinds(word: str) -> set[MemberKind]:
    found = set()
    if _FORMAL.search(word):
        found.add(MemberKind.FORMAL)
    if _PROBATIONARY.search(word):
        found.add(MemberKind.PROBATIONARY)
    return found


def section_of(text: str) -> Told | None:
    """What a line such as 二、预备党员（1人） announces; nothing for a line that announces none."""
    word = _NUMBERING.sub("", _NUMBERING.sub("", squeeze(text)))
    told = told_by(word.removesuffix("名单").removesuffix("名册"))
    return told if told.kind or told.outside or told.status or told.member else None


def title_of(texts: Iterable[str]) -> Told:
    """What title lines and the name of the sheet say of everybody below them."""
    found = NOTHING
    for text in map(squeeze, texts):
        outside = _OUTSIDE.search(text.replace("发展党员", ""))
        kinds = _kinds(text)
        rest = _OUTSIDE.sub("", text)
        if outside and not kinds and "党员" not in rest:
            found = Told(outside=outside[0])
        elif len(kinds) == 1 and not outside and found == NOTHING:
            found = Told(next(iter(kinds)))
    return found


class Belonging(NamedTuple):
    """The answer: ``outside`` names what one is who is no member; ``doubt`` tells why undecided.

    Without both it is a member of ``kind``; ``by_words`` tells that the sheet says the kind
    itself. ``status`` is nothing where the sheet is silent.
    """

    kind: MemberKind | None = None
    status: str | None = None
    outside: str = ""
    doubt: str = ""
    by_words: bool = False
    remark: Remark | None = None


class Over(NamedTuple):
    """What stands over a row: the section line, the title, and whether columns ask for more.

    ``politics`` tells that the kind stands under 政治面貌, where 中共党员 is the word for 正式党员
    (GB/T 4762); ``asks_full`` that there is a column for the day of regularisation.
    """

    section: Told | None = None
    title: Told = NOTHING
    politics: bool = False
    asks_full: bool = True


def belonging(
    said: Sequence[Told],
    over: Over,
    join: PartialDate | None,
    full: PartialDate | None,
    today: date,
) -> Belonging:
    """One answer out of what the row's words say (``said``), what stands over it, and its dates."""
    status = _gravest(told.status for told in (*said, over.section or NOTHING))
    word = None if status is None else status.word
    kinds = {told.kind for told in said if told.kind}
    outside = next((told.outside for told in said if told.outside), "")
    regularised = full is not None and full.last <= today
    if unknown := "、".join(dict.fromkeys(told.word for told in said if told.unknown)):
        return Belonging(None, word, doubt=f"{quoted(unknown)}不能判断是不是党员")
    if len(kinds) > 1 or (outside and (kinds or regularised or (status and not status.member))):
        return Belonging(None, word, doubt="人员类别、党籍状态和转正时间互相矛盾")
    if outside:
        return Belonging(outside=outside)
    if kinds:
        return Belonging(kinds.pop(), word, by_words=True)
    found = _by_lines(over, join, full, today) or _by_dates(over, join, full, today)
    if found is None and over.politics and any(told.member for told in said):
        found = Belonging(MemberKind.FORMAL, by_words=True)
    found = found or Belonging(doubt="没有人员类别、入党时间和转正时间，不知是正式党员还是预备党员")
    return found._replace(status=word)


def _gravest(found: Iterable[Status | None]) -> Status | None:
    known = [status for status in found if status]
    return min(known, key=lambda status: (status.member, status.votes), default=None)


def _by_lines(
    over: Over, join: PartialDate | None, full: PartialDate | None, today: date
) -> Belonging | None:
    section, title = over.section or NOTHING, over.title
    if section.outside and full is not None and full.last <= today:
        return Belonging(doubt=f"排在“{section.outside}”一段，而转正时间已过")
    if section.outside:
        return Belonging(outside=section.outside)
    if section.kind:
        return Belonging(section.kind, by_words=True)
    if title.outside and (join or full):
        return Belonging(doubt=f"表的标题是“{title.outside}”，而本行有入党或转正时间")
    if title.outside:
        return Belonging(outside=title.outside)
    return None


def _by_dates(
    over: Over, join: PartialDate | None, full: PartialDate | None, today: date
) -> Belonging | None:
    kind, remark = dated_kind(join, full, today)
    if kind is MemberKind.PROBATIONARY and remark is not None and not over.asks_full:
        return Belonging(doubt="入党已满一年，表中没有转正时间，不知是否已转正")
    if kind is None and over.title.kind:
        return Belonging(over.title.kind, by_words=True)
    return None if kind is None else Belonging(kind, remark=remark)
