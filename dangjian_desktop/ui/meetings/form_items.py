"""Agenda items between the form (plain JSON, as typed) and the domain; knows no widget."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from dangjian_desktop.domain.dates import read_day
from dangjian_desktop.domain.field_values import whole_number
from dangjian_desktop.domain.meetings.meeting import (
    Action,
    AgendaItem,
    Candidate,
    Matter,
    Speech,
    Vote,
    VoteMethod,
)
from dangjian_desktop.domain.members.member import new_id
from dangjian_desktop.domain.references import Person
from dangjian_desktop.domain.texts import clean

COUNTS = (
    ("issued", "发出"),
    ("returned", "收回"),
    ("void", "废票"),
    ("yes", "赞成"),
    ("no", "反对"),
    ("abstain", "弃权"),
    ("written_yes", "书面赞成"),
    ("written_no", "书面反对"),
    ("written_abstain", "书面弃权"),
)
_CANDIDATE_COUNTS = (
    ("yes", "赞成"),
    ("no", "反对"),
    ("abstain", "弃权"),
    ("written_yes", "书面赞成"),
)

State = dict[str, Any]
FindPerson = Callable[[Any], Person | None]


def paragraph(value: Any) -> str | None:
    """A typed text without what no paper prints; nothing when empty."""
    return clean(str(value), multiline=True)[0].strip() or None if value else None


def line(value: Any) -> str | None:
    """The same on one line."""
    return clean(str(value))[0].strip() or None if value else None


def paragraphs(value: Any) -> tuple[str, ...]:
    """Each line that is not empty is a paragraph."""
    return tuple(p for part in str(value or "").splitlines() if (p := paragraph(part)))


def day_of(value: Any, today: date) -> date | None:
    """The day that was typed, if it means one."""
    return read_day(str(value), today) if value else None


def item_state(item: AgendaItem) -> State:
    """An agenda item as the form holds it."""
    vote = item.vote
    return {
        "id": item.id,
        "topic": item.topic,
        "matter": item.matter.value,
        "person": item.person,
        "content": "\n".join(item.content),
        "speeches": [{"speaker": s.speaker.name, "text": s.text} for s in item.speeches],
        "vote": None if vote is None else _vote_state(vote),
        "candidates": [_candidate_state(candidate) for candidate in item.candidates],
        "resolution": item.resolution,
        "actions": [_action_state(action) for action in item.actions],
    }


def new_item() -> State:
    """An empty agenda item."""
    return {"id": new_id(), "topic": "", "matter": Matter.GENERAL.value}


class ItemReader:
    """Reads agenda items; ``problems`` collects sentences about what cannot be read or kept."""

    def __init__(self, person: FindPerson, today: date) -> None:
        self._person = person
        self._today = today
        self.problems: list[str] = []

    def items(self, states: Sequence[Mapping[str, Any]]) -> tuple[AgendaItem, ...]:
        """All items in which anything stands."""
        found = []
        for number, state in enumerate(states, 1):
            if not _empty(state):
                found.append(self._item(state, f"第{number}项议题"))
        return tuple(found)

    def _item(self, state: Mapping[str, Any], place: str) -> AgendaItem:
        topic = line(state.get("topic"))
        if topic is None:
            self.problems.append(f"{place}：请填写议题")
        return AgendaItem(
            id=state.get("id") or new_id(),
            topic=topic or "",
            matter=Matter(state.get("matter") or Matter.GENERAL.value),
            person=line(state.get("person")),
            content=paragraphs(state.get("content")),
            speeches=self._speeches(state.get("speeches") or (), place),
            vote=self._vote(state.get("vote"), place),
            candidates=self._candidates(state.get("candidates") or (), place),
            resolution=paragraph(state.get("resolution")),
            actions=self._actions(state.get("actions") or (), place),
        )

    def _speeches(self, rows: Sequence[Mapping[str, Any]], place: str) -> tuple[Speech, ...]:
        found = []
        for number, row in enumerate(rows, 1):
            speaker, text = self._person(row.get("speaker")), paragraph(row.get("text"))
            if speaker is not None and text is not None:
                found.append(Speech(speaker, text))
            elif speaker is not None or text is not None:
                missing = "发言内容" if text is None else "发言人"
                self.problems.append(f"{place}第{number}条发言：请填写{missing}")
        return tuple(found)

    def _vote(self, state: Mapping[str, Any] | None, place: str) -> Vote | None:
        if not state:
            return None
        counts = self._counts(state, COUNTS, f"{place}的表决")
        method = VoteMethod(state["method"]) if state.get("method") else None
        if method is None and not any(count is not None for count in counts.values()):
            return None
        return Vote(method=method, **counts)

    def _counts(
        self, state: Mapping[str, Any], names: Sequence[tuple[str, str]], place: str
    ) -> dict[str, int | None]:
        found: dict[str, int | None] = {}
        for name, label in names:
            typed = state.get(name)
            found[name] = whole_number(typed)
            if found[name] is None and typed not in (None, ""):
                self.problems.append(f"{place}：{label}请填写整数")
        return found

    def _candidates(self, rows: Sequence[Mapping[str, Any]], place: str) -> tuple[Candidate, ...]:
        found = []
        for number, row in enumerate(rows, 1):
            where = f"{place}第{number}名候选人"
            name = line(row.get("name"))
            counts = self._counts(row, _CANDIDATE_COUNTS, where)
            if name is None:
                self.problems.append(f"{where}：请填写姓名")
            else:
                found.append(Candidate(name=name, elected=row.get("elected"), **counts))
        return tuple(found)

    def _actions(self, rows: Sequence[Mapping[str, Any]], place: str) -> tuple[Action, ...]:
        found = []
        for number, row in enumerate(rows, 1):
            where = f"{place}第{number}条议定事项"
            what, due = paragraph(row.get("what")), day_of(row.get("due"), self._today)
            if due is None and row.get("due"):
                self.problems.append(f"{where}：完成时限请按年、月、日填写，例如 2026-03-05")
            if what is None:
                self.problems.append(f"{where}：请填写事项")
                continue
            found.append(
                Action(
                    what=what,
                    responsible=self._person(row.get("responsible")),
                    due=due,
                    standard=paragraph(row.get("standard")),
                    checker=self._person(row.get("checker")),
                )
            )
        return tuple(found)


def persons_of(item: AgendaItem) -> list[Person]:
    """Everybody whom the item names as a person."""
    named = [speech.speaker for speech in item.speeches]
    for action in item.actions:
        named += [person for person in (action.responsible, action.checker) if person]
    return named


def _empty(state: Mapping[str, Any]) -> bool:
    return not any(v for name, v in state.items() if name not in ("id", "matter"))


def _vote_state(vote: Vote) -> State:
    counts = {name: getattr(vote, name) for name, _label in COUNTS}
    return {"method": vote.method.value if vote.method else None} | counts


def _candidate_state(candidate: Candidate) -> State:
    return {
        "name": candidate.name,
        "elected": candidate.elected,
        **{name: getattr(candidate, name) for name, _label in _CANDIDATE_COUNTS},
    }


def _action_state(action: Action) -> State:
    return {
        "what": action.what,
        "responsible": action.responsible.name if action.responsible else None,
        "due": action.due.isoformat() if action.due else None,
        "standard": action.standard,
        "checker": action.checker.name if action.checker else None,
    }
