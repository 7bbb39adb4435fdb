"""Votes and resolutions in words: counts as recorded, what they reach, and nothing more."""

from __future__ import annotations

import re

from dangjian_desktop.domain.checks.ballots import JudgedVote, judged_vote
from dangjian_desktop.domain.checks.quorum import Ballot, ballot
from dangjian_desktop.domain.checks.resolutions import ALL_VOTES, in_favour
from dangjian_desktop.domain.checks.votes import rule_for
from dangjian_desktop.domain.findings import Verdict
from dangjian_desktop.domain.meetings.meeting import (
    ADMISSION_MATTERS,
    UNDECIDED_MATTERS,
    AgendaItem,
    Candidate,
    Vote,
    VoteMethod,
)
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.papers.blanks import UNKNOWN
from dangjian_desktop.papers.meetings.sitting import Sitting

_AGREES = re.compile(r"(?<!不)同意")
_COUNTED_RULES = ("Q-GEN", "Q-ADM", "Q-REG")


@dataclass(frozen=True, slots=True)
class Resolution:
    """What is printed as 决议: ``texts``, or so many ``lines`` to write on, and a ``note``."""

    texts: tuple[str, ...] = ()
    lines: int = 0
    note: str = ""


def vote_words(sitting: Sitting, item: AgendaItem) -> str:
    """The vote of an item in sentences; empty where there was none.

    Counts that are not recorded are left out, 赞成 is said to be 待明确. Says 全票赞成 only where
    every eligible voter agreed, 实到全票赞成 where every voter present did.
    """
    vote = item.vote
    if vote is None:
        return ""
    method = f"采取{vote.method.label}方式" if vote.method else f"表决方式{UNKNOWN}"
    if vote.method is VoteMethod.HANDS:
        method = "举手表决"
    sentences = [
        method,
        _entitled(sitting, item),
        _ballots(vote),
        _opinions(item, vote),
        _written(vote),
    ]
    sentences.append(_reached(sitting, item))
    return "".join(f"{sentence}。" for sentence in sentences if sentence)


def candidate_columns(item: AgendaItem) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Heading and rows of the table of candidates; no rows where there are none."""
    written = any(c.written_yes is not None for c in item.candidates)
    head = ("候选人", "赞成", "不赞成", "弃权", *(("书面赞成",) if written else ()), "结果")
    rows = tuple(_candidate(c, written=written) for c in item.candidates)
    return head, rows


def wants_resolution(item: AgendaItem) -> bool:
    """Whether a resolution belongs to the item, so that its place is kept free if none is said."""
    return bool(item.vote or item.candidates) or item.matter not in UNDECIDED_MATTERS


def resolution(sitting: Sitting, item: AgendaItem) -> Resolution:
    """The stored resolution as it is; lines to write on where it is missing.

    A resolution that agrees to an admission and the like is not printed where the recorded votes
    do not reach the number required.
    """
    text = (item.resolution or "").strip()
    if not text:
        return Resolution(lines=2 if wants_resolution(item) else 0)
    if item.matter in ADMISSION_MATTERS and _AGREES.search(text) and _fails(sitting, item):
        note = "按记录的票数，赞成未达到规定人数，记录中的决议文字与票数不一致，未予印出，"
        return Resolution(lines=2, note=f"（{note}请核对后填写。）")
    note = ""
    if ALL_VOTES.search(text) and not _everybody(sitting, item):
        note = "（按记录的票数，赞成人数不等于应到会有表决权人数。）"
    return Resolution(tuple(part for part in text.split("\n") if part.strip()), note=note)


def _count(sitting: Sitting, item: AgendaItem) -> Ballot | None:
    """The counts under which the item was voted on; nothing for a sitting without kinds."""
    if not sitting.kinds:
        return None
    return ballot(sitting.facts, sitting.meeting, item.matter)


def _entitled(sitting: Sitting, item: AgendaItem) -> str:
    count = _count(sitting, item)
    if count is None:
        return ""
    who = "应到委员" if count.count.of_committee else "有表决权应到"
    there = f"{UNKNOWN if count.no_attendance else count.present}人"
    return f"{who}{count.eligible}人，实到{there}"


def _ballots(vote: Vote) -> str:
    if vote.method is VoteMethod.HANDS:
        return ""
    valid = None
    if vote.returned is not None and vote.void is not None:
        valid = vote.returned - vote.void
    parts = (
        ("发出选票", vote.issued),
        ("收回", vote.returned),
        ("有效票", valid),
        ("无效票", vote.void),
    )
    return "，".join(f"{word}{number}张" for word, number in parts if number is not None)


def _opinions(item: AgendaItem, vote: Vote) -> str:
    """The counts; those of an election stand in the table of candidates."""
    if item.candidates and vote.yes is None:
        return ""
    unit = "人" if vote.method is VoteMethod.HANDS else "票"
    yes = f"赞成{vote.yes}{unit}" if vote.yes is not None else f"赞成票数{UNKNOWN}"
    rest = (("不赞成", vote.no), ("弃权", vote.abstain))
    return "，".join([yes, *(f"{word}{n}{unit}" for word, n in rest if n is not None)])


def _written(vote: Vote) -> str:
    parts = (
        ("赞成", vote.written_yes),
        ("不赞成", vote.written_no),
        ("弃权", vote.written_abstain),
    )
    if not any(number for _, number in parts):
        return ""
    total = sum(number or 0 for _, number in parts)
    said = "，".join(f"{word}{number}份" for word, number in parts if number is not None)
    return f"另有会前书面意见{total}份，其中{said}"


def _yes(sitting: Sitting, item: AgendaItem) -> int | None:
    """Everybody in favour."""
    return in_favour(sitting.facts, sitting.meeting, item)


def _judged(sitting: Sitting, item: AgendaItem) -> JudgedVote | None:
    """What the check finds of the vote, where it is held against the general meeting's rules."""
    if rule_for(sitting.facts, sitting.meeting, item) not in _COUNTED_RULES:
        return None
    return judged_vote(sitting.facts, sitting.meeting, sitting.meeting.agenda.index(item) + 1)


def _fails(sitting: Sitting, item: AgendaItem) -> bool:
    found = _judged(sitting, item)
    reached = None if found is None else found.reached
    return reached is not None and reached.verdict is Verdict.VIOLATION


def _everybody(sitting: Sitting, item: AgendaItem) -> bool:
    count, yes = _count(sitting, item), _yes(sitting, item)
    return count is not None and yes is not None and yes == count.eligible


def _reached(sitting: Sitting, item: AgendaItem) -> str:
    """Whether the number required is reached; nothing unless all that is found of it is sure."""
    found, count, yes = _judged(sitting, item), _count(sitting, item), _yes(sitting, item)
    if found is None or count is None or item.vote is None:
        return ""
    if found.verdict is Verdict.VIOLATION:
        return "赞成人数未超过应到会有表决权党员的半数，未达到规定人数"
    if found.verdict is not Verdict.OK:
        return ""
    said = "赞成人数超过应到会有表决权党员的半数，达到规定人数"
    if yes == count.eligible:
        return f"{said}，全票赞成"
    whole = item.vote.yes == count.present and item.vote.no == 0 and item.vote.abstain == 0
    dissent = item.vote.written_no or item.vote.written_abstain
    return f"{said}，实到全票赞成" if whole and not dissent else said


def _candidate(candidate: Candidate, *, written: bool) -> tuple[str, ...]:
    counts = [candidate.yes, candidate.no, candidate.abstain]
    if written:
        counts.append(candidate.written_yes)
    result = {True: "当选", False: "未当选", None: UNKNOWN}[candidate.elected]
    return (candidate.name, *("—" if n is None else str(n) for n in counts), result)
