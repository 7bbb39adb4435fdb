"""Q-SUM: whether the numbers of a vote agree with each other."""

from __future__ import annotations

from collections.abc import Iterator

from dangjian_desktop.domain.facts import Facts, subject_of
from dangjian_desktop.domain.findings import Finding, Verdict
from dangjian_desktop.domain.meetings import Candidate, Vote, VoteMethod
from dangjian_desktop.domain.quorum import ballot


def impossible(vote: Vote) -> str | None:
    """A sentence for counts that cannot be, whatever happened; a meeting with them is refused."""
    counted = [vote.yes, vote.no, vote.abstain, vote.void]
    known = sum(part for part in counted if part is not None)
    if vote.returned is not None and known > vote.returned:
        return f"赞成、反对、弃权、废票合计{known}，多于收回的{vote.returned}张"
    if vote.issued is not None and vote.returned is not None and vote.returned > vote.issued:
        return f"收回{vote.returned}张，多于发出的{vote.issued}张"
    if vote.issued is not None and vote.returned is None and known > vote.issued:
        return f"赞成、反对、弃权、废票合计{known}，多于发出的{vote.issued}张"
    return None


def impossible_candidate(candidate: Candidate, vote: Vote | None) -> str | None:
    """A sentence when one candidate got more ballots than there were."""
    if vote is None or vote.returned is None:
        return None
    known = sum(n for n in (candidate.yes, candidate.no, candidate.abstain) if n is not None)
    if known > vote.returned:
        return f"{candidate.name}的赞成、反对、弃权合计{known}，多于收回的{vote.returned}张"
    return None


def sums_findings(facts: Facts) -> Iterator[Finding]:
    """Do issued, returned, valid and counted ballots agree."""
    for meeting in facts.held():
        for number, item in enumerate(meeting.agenda, 1):
            if item.vote is None:
                continue
            kind = (
                "committee_meeting" if "committee_meeting" in meeting.kinds else "general_meeting"
            )
            present = None
            if meeting.attendance:
                present = ballot(facts, meeting, kind, item.matter).present
            problems, gaps = _compare(item.vote, present, with_candidates=bool(item.candidates))
            subject = f"{subject_of(meeting, facts.kinds, number)} 票数"
            if problems:
                verdict, message = Verdict.NOTICE, "票数不一致：" + "；".join(problems) + "。"
            elif gaps:
                verdict = Verdict.UNKNOWN
                message = "无法判断票数是否一致：未记录" + "、".join(gaps) + "。"
            else:
                verdict, message = Verdict.OK, "票数相互一致。"
            yield facts.finding("Q-SUM", verdict, subject, message, (meeting.id, item.id))


def _compare(
    vote: Vote, present: int | None, *, with_candidates: bool
) -> tuple[list[str], list[str]]:
    problems: list[str] = []
    gaps: list[str] = []
    if not with_candidates:
        gaps += [
            label
            for label, number in (("赞成", vote.yes), ("反对", vote.no), ("弃权", vote.abstain))
            if number is None
        ]
    if vote.method is VoteMethod.HANDS:
        problems += _hands(vote, present)
        return problems, gaps
    if vote.issued is None or vote.returned is None:
        gaps.append("发出和收回的票数")
        return problems, gaps
    if present is not None and vote.issued != present:
        more = "多于" if vote.issued > present else "少于"
        problems.append(f"发出{vote.issued}张，{more}实到有表决权的{present}人")
    if vote.returned < vote.issued:
        problems.append(f"收回{vote.returned}张，少于发出的{vote.issued}张")
    counted = (vote.yes, vote.no, vote.abstain)
    if not with_candidates and None not in counted:
        total = sum(n or 0 for n in counted) + (vote.void or 0)
        if total != vote.returned:
            problems.append(f"赞成、反对、弃权、废票合计{total}，收回{vote.returned}张")
    return problems, gaps


def _hands(vote: Vote, present: int | None) -> list[str]:
    total = sum(n or 0 for n in (vote.yes, vote.no, vote.abstain))
    known = None not in (vote.yes, vote.no, vote.abstain)
    if present is not None and (total > present or (known and total != present)):
        return [f"赞成、反对、弃权合计{total}，实到有表决权{present}人"]
    return []
