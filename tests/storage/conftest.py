"""Real library files; a template is made once and copied."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date, time
from pathlib import Path

import pytest

from dangjian_desktop.domain.branch import Branch
from dangjian_desktop.domain.dates import PartialDate
from dangjian_desktop.domain.meetings.meeting import (
    Action,
    AgendaItem,
    Attendance,
    Candidate,
    Exclusion,
    LateEntry,
    Meeting,
    Observer,
    Presence,
    Speech,
    Stated,
    Vote,
    VoteMethod,
)
from dangjian_desktop.domain.members.member import Member, Span, new_id
from dangjian_desktop.domain.references import Person
from dangjian_desktop.storage.copies import checks
from dangjian_desktop.storage.library import Library
from dangjian_desktop.storage.records.attachments import Attached
from dangjian_desktop.storage.stored import Stored, StoredDue, StoredFile, StoredLink, StoredPerson

BRANCH = Branch(name="中共示例公司机电队支部委员会", short_name="机电队党支部")

MakeMember = Callable[..., Member]
MakeMeeting = Callable[..., Meeting]


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "PAUSE", 0.0)


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "机电队.dangjian"
    Library.create(path, BRANCH).close()
    return path


@pytest.fixture
def path(template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(template, tmp_path / "机电队.dangjian"))


@pytest.fixture
def library(path: Path) -> Iterator[Library]:
    opened = Library.open(path, write=True)
    yield opened
    opened.close()


@pytest.fixture
def a_member() -> MakeMember:
    def make(name: str = "张三", **fields: object) -> Member:
        given: dict[str, object] = {
            "kinds": (Span("formal", PartialDate(2010, 6)),),
            "sort_key": name,
        }
        return Member(id=new_id(), name=name, **(given | fields))  # type: ignore[arg-type]

    return make


@pytest.fixture
def a_meeting() -> MakeMeeting:
    def make(**fields: object) -> Meeting:
        given: dict[str, object] = {
            "kinds": ("general_meeting",),
            "title": "第一季度支部党员大会",
            "date": date(2025, 3, 18),
            "start": time(14, 30),
        }
        return Meeting(id=new_id(), **(given | fields))  # type: ignore[arg-type]

    return make


@pytest.fixture
def full_meeting(a_member: MakeMember, a_meeting: MakeMeeting) -> tuple[Member, Meeting]:
    """A member and a meeting that fills every field with something."""
    person = a_member("堃喆")
    named = Person(person.name, person.id)
    item = AgendaItem(
        id=new_id(),
        topic="讨论接收预备党员",
        person="孙八",
        content=("第一段“引号”", "第二段<b>&amp;"),
        speeches=(Speech(named, "同意。"), Speech(Person("外来领导"), "很好……")),
        vote=Vote(method=VoteMethod.SECRET_BALLOT, issued=20, yes=19, written_yes=1),
        candidates=(Candidate(name="孙八", yes=19, elected=True),),
        resolution="同意接收",
        actions=(Action(what="谈话", responsible=named, due=date(2025, 4, 10)),),
    )
    meeting = a_meeting(
        kinds=("theme_day", "general_meeting"),
        for_year=2024,
        end=time(16, 5),
        place="三楼会议室",
        host=named,
        delegated_by=Person("李四"),
        recorder=named,
        group="第一党小组",
        attendance=(Attendance(named, Presence.LEAVE, "出差", "3月20日补学"),),
        excluded=(Exclusion(Person("赵六"), "长期患病、生活不能自理", "批复", date(2025, 3, 2)),),
        stated=Stated(34, 31),
        observers=(Observer("钱七", "入党积极分子"),),
        agenda=(item,),
        closing="小结",
        details={"hours": 2, "scrutineers": ["李四"], "nested": [{"name": "张三", "x": None}]},
        late_entry=LateEntry(date(2025, 5, 1), "设备故障", paper_original=True),
    )
    return person, meeting


@pytest.fixture
def kept_file(library, tmp_path) -> Attached:
    """A file that lies with the library and is written down there."""
    picture = tmp_path / "合影.jpg"
    picture.write_bytes(b"picture")
    attached = library.keep_file(picture)
    with library.changing() as work:
        work.attachments.register(attached)
    return attached


@pytest.fixture
def make_stored(kept_file) -> Callable[[Member, Meeting], Stored]:
    """A record of a further kind that fills every field, naming a member, a meeting, a file."""
    file = {"name": "合影.jpg", "sha256": kept_file.sha256}

    def make(person: Member, meeting: Meeting) -> Stored:
        return Stored(
            id=new_id(),
            title="走访",
            day=date(2026, 1, 5),
            period="2026-01",
            year=2026,
            state="open",
            due=(StoredDue("again", date(2026, 2, 1)),),
            people=(StoredPerson("who", person.name, person.id), StoredPerson("by", "外来领导")),
            links=(StoredLink("meeting", "meeting", meeting.id, "议题"),),
            files=(StoredFile("files", kept_file.sha256),),
            body={"what": "慰问", "money": "200.00", "list": ["a", None], "files": [file]},
        )

    return make
