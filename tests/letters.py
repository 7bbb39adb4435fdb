"""来信来访: a made-up record with rules, declared for the length of a test."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dangjian_desktop.cli import parsing, running
from dangjian_desktop.domain import declared
from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.domain.record import Due, Facts, Problem, Record
from dangjian_desktop.domain.references import KeptFile, Link, Person
from dangjian_desktop.services import record_services
from dangjian_desktop.services.checks import due, gathering
from dangjian_desktop.services.records import declaring
from dangjian_desktop.storage import work
from dangjian_desktop.storage.shared import kept_whole
from dangjian_desktop.ui.home import gathering as home


class State(StrEnum):
    """What became of it."""

    OPEN = "open"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the answer, due on a day."""

    what: str
    until: date | None = None
    done: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter or a visit."""

    id: str
    day: date
    person: Person
    matter: str = ""
    handlers: tuple[Person, ...] = ()
    group: str = ""
    phone: str = ""
    state: State = State.OPEN
    answer_by: date | None = None
    answered: date | None = None
    steps: tuple[Step, ...] = ()
    meetings: tuple[Link, ...] = ()
    scans: tuple[KeptFile, ...] = ()
    deleted: bool = False


def _problems(letter: Letter, _facts: Facts) -> Iterator[Problem]:
    if letter.answered is not None and letter.answered < letter.day:
        yield Problem("answered", "答复日期早于来信日期")


LETTER = Record(
    code="letter",
    title="来信来访",
    plural="letters",
    of=Letter,
    fields=(
        Field("id", "编号"),
        Field("day", "日期", FieldType.DATE, required=True),
        Field("person", "来信人", FieldType.PERSON, required=True),
        Field("matter", "反映事项", FieldType.LONG_TEXT, required=True, empty=""),
        Field("handlers", "承办人", FieldType.PEOPLE, who="member", empty=()),
        Field("group", "党小组", FieldType.GROUP, empty=""),
        Field("phone", "联系电话", masked=True, empty=""),
        Field(
            "state",
            "状态",
            FieldType.CHOICE,
            choices=(("open", "办理中"), ("done", "已办结")),
            of=State,
            empty=State.OPEN,
        ),
        Field("answer_by", "答复期限", FieldType.DATE),
        Field("answered", "答复日期", FieldType.DATE),
        Field(
            "steps",
            "办理步骤",
            FieldType.RECORDS,
            of=Step,
            empty=(),
            columns=(
                Field("what", "步骤", required=True, empty=""),
                Field("until", "期限", FieldType.DATE),
                Field("done", "完成", FieldType.DATE),
            ),
        ),
        Field("meetings", "研究的会议", FieldType.LINK, to=("meeting",), empty=()),
        Field("scans", "来信扫描件", FieldType.FILES, empty=()),
    ),
    problems=_problems,
    name="{person}来信",
    day="day",
    state="state",
    due=(
        Due("answer_by", "answered", "答复来信人"),
        Due("steps.until", "steps.done", "办理步骤"),
    ),
    listed=("day", "person", "matter", "handlers", "phone"),
    people=("person", "handlers"),
    identity=("day", "person"),
)


def declare_letters(monkeypatch) -> None:
    """Make it one of the records of the program."""
    shared = (LETTER,)
    for module in (declared, due, gathering, parsing):
        monkeypatch.setattr(module, "SHARED", shared)
    monkeypatch.setattr(declaring, "RECORDS", (*declared.RECORDS, LETTER))
    monkeypatch.setitem(work._WHOLE, "letter", kept_whole(LETTER))
    monkeypatch.setitem(record_services._SHARED, "letter", LETTER)
    monkeypatch.setitem(home._DRAFTS, "letter", "来信来访草稿")
    for verb, function in running.RECORD_VERBS.items():
        monkeypatch.setitem(running._COMMANDS, f"letter {verb}", ("records", function))
