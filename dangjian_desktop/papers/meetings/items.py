"""Agenda items, actions and who is expected, in words that both layouts of minutes use."""

from __future__ import annotations

from dangjian_desktop.domain.dates import chinese_date
from dangjian_desktop.domain.meetings.meeting import Action, AgendaItem, Matter, VoteMethod
from dangjian_desktop.papers.blanks import UNKNOWN
from dangjian_desktop.papers.meetings.sitting import Sitting


def expected_words(sitting: Sitting) -> str:
    """Who is to come, in words: 全体党员; for a party group its members."""
    words = dict.fromkeys(count.called.label for count in sitting.counts)
    group = sitting.meeting.group
    return f"{group}党员" if group else "、".join(words) or UNKNOWN


def topic_words(item: AgendaItem) -> str:
    """The topic, with the person it is about unless the topic names them, of a 第一议题 with where
    it is from."""
    if item.matter is Matter.FIRST_TOPIC:
        name = Matter.FIRST_TOPIC.label
        topic = item.topic if name in item.topic else f"{name}：{item.topic}"
        said = not item.source or item.source in topic
        return topic if said else f"{topic}（来源：{item.source}）"
    if item.person and item.person not in item.topic:
        return f"{item.topic}（{item.person}）"
    return item.topic


def action_words(action: Action) -> str:
    """Something agreed with responsible person, due date, standard and checker."""
    due = chinese_date(action.due) if action.due else UNKNOWN
    who = action.responsible.name if action.responsible else UNKNOWN
    more = f"；完成标准：{action.standard}" if action.standard else ""
    more += f"；检查人：{action.checker.name}" if action.checker else ""
    return f"{action.what}（责任人：{who}；时限：{due}{more}）"


def votes_by_ballot(sitting: Sitting) -> bool:
    """Whether ballots were cast at the sitting, so that scrutineers and tellers sign."""
    votes = [item.vote for item in sitting.meeting.agenda if item.vote]
    ballots = (VoteMethod.SECRET_BALLOT, VoteMethod.OPEN_BALLOT)
    return any(vote.method in ballots for vote in votes)
