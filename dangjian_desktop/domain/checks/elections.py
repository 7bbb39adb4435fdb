"""Elections: votes of candidates, the count as a whole (Q-ELE-W), ties and rounds (Q-TIE).

Says whose votes meet the condition, whom the minutes record as elected and where both differ. It
never says who is elected: 当选由大会宣布.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from dangjian_desktop.domain.checks.facts import Facts, subject_of
from dangjian_desktop.domain.checks.quorum import Ballot, ballot
from dangjian_desktop.domain.checks.votes import (
    carried,
    carries,
    more_than_half,
    more_than_there,
    rule_for,
)
from dangjian_desktop.domain.findings import Cause, Finding, Judgement, Verdict, unknown, words_of
from dangjian_desktop.domain.meetings.election import Outcome, Round, marks_beyond, outcome, rounds
from dangjian_desktop.domain.meetings.meeting import Candidate, Matter, Meeting
from dangjian_desktop.frozen import dataclass

_MET = (Verdict.OK, Verdict.NOTICE)


@dataclass(frozen=True, slots=True)
class JudgedRound:
    """One ballot: what is said of each candidate's votes, and the outcome by them if it is sure.

    ``causes`` are what leaves the outcome open.
    """

    round: Round
    judged: tuple[tuple[Candidate, Judgement], ...]
    outcome: Outcome | None
    causes: tuple[Cause, ...]

    @property
    def met(self) -> tuple[Candidate, ...]:
        """Whose votes meet the condition."""
        return tuple(c for c, judgement in self.judged if judgement.verdict in _MET)


def judged_rounds(facts: Facts, meeting: Meeting) -> tuple[JudgedRound, ...]:
    """Every ballot of the elections of a sitting."""
    return facts.once("rounds", meeting, lambda: tuple(_judged_rounds(facts, meeting)))


def _judged_rounds(facts: Facts, meeting: Meeting) -> Iterator[JudgedRound]:
    numbers = [n for n in range(1, len(meeting.agenda) + 1) if is_election(facts, meeting, n)]
    for found in rounds(meeting, numbers):
        yield _judged(facts, meeting, found)


def is_election(facts: Facts, meeting: Meeting, number: int) -> bool:
    """Whether the n-th item elects; the committee too may elect."""
    item = meeting.agenda[number - 1]
    return item.matter is Matter.ELECTION or rule_for(facts, meeting, item) == "Q-ELE"


def _judged(facts: Facts, meeting: Meeting, found: Round) -> JudgedRound:
    rule = rule_for(facts, meeting, found.item)
    votes = ballot(facts, meeting, Matter.ELECTION, of_committee=rule == "Q-BC")
    place = f"agenda.{found.number - 1}"
    again = found.before is not None
    judged = tuple(
        (c, _winning(votes, c, f"{place}.candidates", again=again)) for c in found.item.candidates
    )
    causes = list(_gaps(found, place))
    if found.seats is None or causes:
        return JudgedRound(found, judged, None, tuple(causes))
    sure = [c for c, judgement in judged if judgement.verdict in _MET]
    open_ones = [(c, j) for c, j in judged if j.verdict is Verdict.UNKNOWN]
    least = outcome(sure, found.seats)
    if least == outcome([*sure, *(c for c, _ in open_ones)], found.seats):
        return JudgedRound(found, judged, least, ())
    causes += (cause for _, judgement in open_ones for cause in judgement.causes)
    return JudgedRound(found, judged, None, tuple(dict.fromkeys(causes)))


def _gaps(found: Round, place: str) -> Iterator[Cause]:
    """What is not recorded, or cannot be right, so that no order can be told."""
    if found.seats is None:
        yield Cause("未记录应选名额", "meeting", f"{place}.seats")
    without = [c.name for c in found.item.candidates if c.yes is None]
    if without:
        words = f"未记录{'、'.join(without)}的得票数"
        yield Cause(words, "meeting", f"{place}.candidates")
    if beyond := marks_beyond(found):
        yield Cause(beyond, "meeting", f"{place}.vote")


def elected_findings(facts: Facts) -> Iterator[Finding]:
    """Q-ELE-W: votes of each candidate recorded as elected, and the count as a whole."""
    for meeting in facts.own():
        for judged in judged_rounds(facts, meeting):
            number, item = judged.round.number, judged.round.item
            subject, records = subject_of(meeting, facts.kinds, number), (meeting.id, item.id)
            for candidate, judgement in judged.judged:
                if candidate.elected:
                    who = f"{subject} {candidate.name}"
                    yield facts.judged("Q-ELE-W", judgement, who, records)
            # A vote on the rules of an election alone has no candidates.
            if item.candidates or item.vote is None:
                whole = _whole(judged)
                yield facts.judged("Q-ELE-W", whole, f"{subject} 选举结果", records)


def _winning(votes: Ballot, candidate: Candidate, place: str, *, again: bool) -> Judgement:
    yes = candidate.yes
    if yes is None:
        return unknown("无法判断：未记录得票数。", Cause("未记录得票数", "meeting", place))
    counts = f"有选举权应到 {votes.eligible}，得赞成票 {yes}"
    if too_many := more_than_there(votes, yes):
        cause = Cause(too_many, "meeting", place)
        return unknown(f"无法判断得票是否达到规定人数：{counts}；{too_many}。", cause)
    verdict = carries(votes, yes)
    if verdict is Verdict.UNKNOWN:
        causes = votes.reasons(carried(yes))
        words = f"无法判断得票是否达到规定人数：{counts}；{words_of(causes)}。"
        return unknown(words, *causes)
    if verdict is Verdict.VIOLATION:
        return _short(votes, yes, counts, again=again)
    words = f"得票达到规定人数：{counts}"
    if not more_than_half(votes.eligible, yes - votes.video_voters):
        words = f"{words}；其中视频参会 {votes.video_voters} 人，请上级明确。"
        return Judgement(Verdict.NOTICE, words)
    return Judgement(verdict, words + "。")


def _short(votes: Ballot, yes: int, counts: str, *, again: bool) -> Judgement:
    """Not more than half of 应到: some rules count 实到, and for a second ballot none was seen."""
    verdict = votes.verdict(lambda _eligible, present: 2 * yes > present)
    if verdict is Verdict.VIOLATION and not again:
        return Judgement(verdict, f"得票未达到规定人数：{counts}。")
    said = "再次投票，" if again else ""
    if verdict is Verdict.OK:
        said += f"超过实到 {votes.present} 的半数，"
    rules = Cause("未超过应到的半数，请核对选举办法", "meeting", "details.method")
    causes = votes.reasons(lambda _eligible, present: 2 * yes > present)
    why = f"{words_of(causes)}，" if causes else ""
    words = f"无法判断：{counts}，{said}{why}{rules.words}。"
    return unknown(words, *causes, rules)


def _whole(judged: JudgedRound) -> Judgement:
    """Seats, votes and the minutes held against each other."""
    found, known = judged.round, judged.outcome
    if not found.item.candidates:
        place = f"agenda.{found.number - 1}.candidates"
        missing = Cause("未见候选人得票的记录", "meeting", place)
        return unknown("无法判断：未见候选人得票的记录。", missing)
    wrong = list(_differences(judged))
    if wrong:
        return Judgement(Verdict.VIOLATION, _said(judged, wrong))
    causes = judged.causes
    if not found.elected and any(c.elected is None for c in found.item.candidates):
        place = f"agenda.{found.number - 1}.candidates"
        causes = (*causes, Cause("未记录当选人", "meeting", place))
        known = None if not found.later else known
    if known is None or found.seats is None:
        return unknown(f"无法判断选举结果：{words_of(causes)}。{_said(judged, ())}", *causes)
    left = list(_left_over(judged, known, found.seats))
    return Judgement(Verdict.NOTICE if left else Verdict.OK, _said(judged, left))


def _said(judged: JudgedRound, differences: Sequence[str]) -> str:
    """Who meets the condition, whom the minutes record, and where the two differ."""
    parts = [] if judged.round.seats is None else [f"应选{judged.round.seats}名"]
    if judged.outcome is not None:
        parts.append(f"得票达到规定人数并在应选名额内：{_names(judged.outcome.within)}")
    told = any(candidate.elected is not None for candidate in judged.round.item.candidates)
    parts.append(f"会议记录当选：{_names(judged.round.elected) if told else '未记录'}")
    return "；".join([*parts, *differences]) + "。当选由大会宣布。"


def _names(candidates: Iterable[Candidate]) -> str:
    found = [f"{c.name}（{c.yes}票）" if c.yes is not None else c.name for c in candidates]
    return "、".join(found) or "无"


def _differences(judged: JudgedRound) -> Iterator[str]:
    """Where the minutes contradict seats and votes, whatever else is open."""
    found = judged.round
    elected, others = found.elected, _passed_over(found)
    if found.seats is not None and len(elected) > found.seats:
        yield f"记录当选{len(elected)}人，多于应选{found.seats}名"
    passed = [c for c in others if any((w.yes or 0) < (c.yes or 0) for w in elected if _both(w, c))]
    if passed:
        behind = [
            w for w in elected if any(_both(w, c) and (w.yes or 0) < (c.yes or 0) for c in passed)
        ]
        yield f"{_names(passed)}未记录当选，得票较少的{_names(behind)}记录当选"
    fails = {c.name for c, judgement in judged.judged if judgement.verdict is Verdict.VIOLATION}
    short = [c for c in elected if c.name in fails]
    if short:
        yield f"{_names(short)}记录当选，得票未达到规定人数"


def _passed_over(found: Round) -> list[Candidate]:
    """Who is surely not recorded as elected: 否, or nothing said while the seats are taken."""
    taken = found.seats is not None and len(found.elected) >= found.seats
    return [c for c in found.item.candidates if c.elected is False or (taken and c.elected is None)]


def _both(one: Candidate, other: Candidate) -> bool:
    return one.yes is not None and other.yes is not None


def _left_over(judged: JudgedRound, known: Outcome, seats: int) -> Iterator[str]:
    """What the ballot leaves to be done or to be recorded."""
    found = judged.round
    names = {c.name for c in found.elected} | found.later
    unsaid = [c for c in known.within if c.name not in names]
    if unsaid and found.elected:
        yield f"{_names(unsaid)}未记录当选，请核对"
    tied = [c for c in known.tied if c.elected and c.name not in found.later]
    if tied:
        yield f"{_names(tied)}与他人得票相等，未见再次投票的记录，记录当选，请核对"
    filled = len(known.within) + len(known.tied)
    if filled < seats and not found.later:
        yield f"达到规定人数的不足应选名额，缺{seats - filled}名，应另行选举或者按规定减少名额"


def tie_findings(facts: Facts) -> Iterator[Finding]:
    """Q-TIE: equal votes at the last seat are voted on again, among those who have them."""
    for meeting in facts.own():
        for judged in judged_rounds(facts, meeting):
            tied = _tied(judged)
            if tied:
                subject = f"{subject_of(meeting, facts.kinds, judged.round.number)} 得票相等"
                judgement = _tie(facts, judged.round, tied)
                records = (meeting.id, judged.round.item.id)
                yield facts.judged("Q-TIE", judgement, subject, records)


def _tied(judged: JudgedRound) -> tuple[Candidate, ...]:
    """Equal votes at the last seat; without sure seats, those of whom the minutes took a part."""
    if judged.outcome is not None:
        return judged.outcome.tied
    taken = {c.yes for c in judged.round.elected} - {None}
    left = {c.yes for c in _passed_over(judged.round)} & taken
    return tuple(c for c in judged.round.item.candidates if c.yes in left)


def _tie(facts: Facts, found: Round, tied: Sequence[Candidate]) -> Judgement:
    names, taken = {c.name for c in tied}, [c for c in tied if c.elected]
    words = f"{_names(tied)}得票相等，应选名额不足以全部当选"
    if names <= found.later:
        return Judgement(Verdict.OK, f"{words}，已再次投票。")
    if found.later:
        other = "、".join(c.name for c in tied if c.name not in found.later)
        return Judgement(Verdict.NOTICE, f"{words}，再次投票的候选人中没有{other}，请核对。")
    if taken:
        words += f"，未见再次投票的记录，{_names(taken)}已记录当选。"
        return Judgement(facts.rules["Q-TIE"].failed, words)
    return Judgement(Verdict.NOTICE, f"{words}，应就得票相等的候选人再次投票。")
