"""Q-SUM: whether the numbers of a vote agree with each other; all that is found of one vote."""

from __future__ import annotations

from collections.abc import Iterator

from dangjian_desktop.domain.checks.elections import judged_rounds
from dangjian_desktop.domain.checks.excluded import exclusions_of
from dangjian_desktop.domain.checks.facts import Facts, subject_of
from dangjian_desktop.domain.checks.quorum import Ballot, ballot
from dangjian_desktop.domain.checks.resolutions import all_votes_of
from dangjian_desktop.domain.checks.votes import item_findings, quorum_finding, rule_for
from dangjian_desktop.domain.findings import Cause, Finding, Judgement, Verdict, unknown, words_of
from dangjian_desktop.domain.meetings.election import marks_beyond
from dangjian_desktop.domain.meetings.meeting import (
    Candidate,
    Meeting,
    Vote,
    VoteMethod,
)
from dangjian_desktop.frozen import dataclass


def sums_findings(facts: Facts) -> Iterator[Finding]:
    """Do issued, returned, valid and counted ballots agree."""
    for meeting in facts.own():
        for number, item in enumerate(meeting.agenda, 1):
            if item.vote is not None:
                yield _sums(facts, meeting, item.vote, number)


@dataclass(frozen=True, slots=True)
class JudgedVote:
    """All that is found of the vote on one item: what it ``reached``, and all ``beside`` that."""

    reached: Finding | None
    beside: tuple[Finding, ...]

    @property
    def verdict(self) -> Verdict:
        """What may be said of the vote; unknown unless everything beside it is in order."""
        if self.reached is None or any(f.verdict is not Verdict.OK for f in self.beside):
            return Verdict.UNKNOWN
        return self.reached.verdict


def judged_vote(facts: Facts, meeting: Meeting, number: int) -> JudgedVote:
    """Quorum, sums, manner and result of the vote on the n-th item, as the check finds them."""
    item = meeting.agenda[number - 1]
    rule = rule_for(facts, meeting, item)
    reached = None
    beside = [] if item.vote is None else [_sums(facts, meeting, item.vote, number)]
    beside += (*exclusions_of(facts, meeting), *all_votes_of(facts, meeting, number))
    if rule is not None:
        beside.append(quorum_finding(facts, meeting, rule, item.matter))
        told = () if rule == "Q-ELE" else item_findings(facts, meeting, rule, number)
        for finding in told:
            if finding.subject == subject_of(meeting, facts.kinds, number):
                reached = finding
            else:
                beside.append(finding)
    return JudgedVote(reached, tuple(beside))


def _sums(facts: Facts, meeting: Meeting, vote: Vote, number: int) -> Finding:
    item = meeting.agenda[number - 1]
    votes = ballot(facts, meeting, item.matter) if meeting.attendance else None
    compared = Comparison(vote, votes, f"agenda.{number - 1}", item.candidates)
    compared.problems += (
        beyond
        for judged in judged_rounds(facts, meeting)
        if judged.round.number == number and (beyond := marks_beyond(judged.round))
    )
    subject = f"{subject_of(meeting, facts.kinds, number)} 票数"
    if compared.problems:
        words = "票数不一致：" + "；".join(compared.problems) + "。"
        judgement = Judgement(Verdict.NOTICE, words)
    elif compared.gaps:
        gaps = tuple(dict.fromkeys(compared.gaps))
        judgement = unknown(f"无法判断票数是否一致：{words_of(gaps)}。", *gaps)
    else:
        judgement = Judgement(Verdict.OK, "票数相互一致。")
    return facts.judged("Q-SUM", judgement, subject, (meeting.id, item.id))


class Comparison:
    """The numbers of one vote held against each other: ``problems`` and ``gaps`` in words.

    ``votes`` are the counts of the sitting, nothing where no attendance is recorded; ``place`` is
    that of the item. In an election every candidate's votes make up the valid ballots. Opinions in
    writing come from those who were called and not there.
    """

    def __init__(
        self,
        vote: Vote,
        votes: Ballot | None,
        place: str = "agenda.0",
        candidates: tuple[Candidate, ...] = (),
    ) -> None:
        self.vote = vote
        self.problems: list[str] = []
        self.gaps: list[Cause] = []
        self._votes, self._place = votes, place
        self._present: tuple[int, int] | None = None
        if votes is not None:
            there = [present for _eligible, present in votes.possibilities]
            self._present = min(there), max(there)
            self._compare_written(votes, candidates)
        self._tallies = [(f"{c.name}的", (c.yes, c.no, c.abstain)) for c in candidates] or [
            ("", (vote.yes, vote.no, vote.abstain))
        ]
        if vote.method is VoteMethod.HANDS:
            for name, tally in self._tallies:
                self._compare_hands(name, tally)
        else:
            self._compare_ballots()

    def _compare_hands(self, name: str, tally: tuple[int | None, ...]) -> None:
        total, complete = self._total(name, tally)
        if self._present is None:
            self._miss("到会情况", "attendance")
            return
        least, most = self._present
        if total > most or (complete and total < least):
            there = f"{most}人" if least == most else f"{least}至{most}人"
            self.problems.append(f"{name}赞成、反对、弃权合计{total}，实到有表决权{there}")
        elif complete and least < most:
            self._miss_presence()

    def _compare_written(self, votes: Ballot, candidates: tuple[Candidate, ...]) -> None:
        vote = self.vote
        away = {eligible - present for eligible, present in votes.possibilities}
        parts = (vote.written_yes, vote.written_no, vote.written_abstain)
        written = [("", sum(part or 0 for part in parts))]
        written += [(f"{c.name}的", c.written_yes or 0) for c in candidates]
        for name, number in written:
            if number > max(away):
                words = f"{name}书面意见{number}份，多于应到未到的{max(away)}人"
                self.problems.append(words)
            elif number > min(away):
                self.gaps += votes.causes(lambda eligible, present: eligible - present)

    def _compare_ballots(self) -> None:
        vote = self.vote
        if vote.method is None and vote.issued is None and vote.returned is None:
            self._miss("表决方式", "vote.method")
        if vote.issued is None:
            self._miss("发出的票数", "vote.issued")
        else:
            self._compare_issued(vote.issued)
        if vote.returned is None:
            self._miss("收回的票数", "vote.returned")
            return
        if vote.issued is not None and vote.returned < vote.issued:
            self.problems.append(f"收回{vote.returned}张，少于发出的{vote.issued}张")
        for name, tally in self._tallies:
            self._compare_returned(name, tally, vote.returned)

    def _compare_issued(self, issued: int) -> None:
        if self._present is None:
            self._miss("到会情况", "attendance")
            return
        least, most = self._present
        there = f"{most}人" if least == most else f"{least}至{most}人"
        if issued > most:
            self.problems.append(f"发出{issued}张，多于实到有表决权的{there}")
        elif issued < least:
            self.problems.append(f"发出{issued}张，少于实到有表决权的{there}")
        elif least < most:
            self._miss_presence()

    def _compare_returned(self, name: str, tally: tuple[int | None, ...], returned: int) -> None:
        total, complete = self._total(name, tally)
        void = self.vote.void
        if total + (void or 0) > returned or (complete and void is not None):
            if total + (void or 0) != returned:
                sentence = (
                    f"{name}赞成、反对、弃权、废票合计{total + (void or 0)}，收回{returned}张"
                )
                self.problems.append(sentence)
        elif complete and total < returned:
            self._miss("废票数", "vote.void")

    def _total(self, name: str, tally: tuple[int | None, ...]) -> tuple[int, bool]:
        """The sum of what is known, and whether all is; what is not becomes a gap."""
        words = zip(("赞成", "反对", "弃权"), ("yes", "no", "abstain"), tally, strict=True)
        for word, field, number in words:
            if number is None:
                self._miss(f"{name}{word}票数", "candidates" if name else f"vote.{field}")
        return sum(n for n in tally if n is not None), None not in tally

    def _miss(self, what: str, field: str) -> None:
        place = field if field == "attendance" else f"{self._place}.{field}"
        self.gaps.append(Cause(f"未记录{what}", "meeting", place))

    def _miss_presence(self) -> None:
        """Each thing that leaves 实到 open by its own name."""
        if self._votes is not None:
            self.gaps += self._votes.causes(lambda _eligible, present: present)
