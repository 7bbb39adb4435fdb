"""A record with rules of its own is kept, found, exported and due from its declaration alone."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from dangjian_desktop.cli.running import main
from dangjian_desktop.domain.references import Link, Person
from dangjian_desktop.domain.summaries.due import DueKind
from dangjian_desktop.errors import InputError
from dangjian_desktop.services.checks.gathering import gather
from dangjian_desktop.services.desk import Desk, open_desk
from dangjian_desktop.services.narrowing import narrowed
from tests.letters import Letter, State, Step, declare_letters
from tests.services.make import a_library, a_meeting, clock

DAY = date(2026, 3, 5)


@pytest.fixture
def desk(tmp_path, monkeypatch):
    declare_letters(monkeypatch)
    made = Desk(a_library(tmp_path), clock)
    yield made
    made.close()


def a_letter(desk, **changes) -> Letter:
    handler = desk.meetings.members()[0]
    letter = Letter(
        id="11111111-1111-4111-8111-111111111111",
        day=DAY,
        person=Person("李四方"),
        matter="井口候车室没有暖气",
        handlers=(Person(handler.name, handler.id),),
        group="一组",
        phone="13800001234",
        answer_by=date(2026, 3, 20),
        steps=(Step("现场看", date(2026, 3, 10), date(2026, 3, 9)), Step("装暖气", DAY)),
    )
    return replace(letter, **changes)


def test_it_comes_back_as_it_was_with_every_state_it_had(desk):
    records = desk.shared["letter"]
    [meeting] = desk.meetings.import_json(a_meeting())["ids"]
    letter = a_letter(desk, meetings=(Link("meeting", meeting),))
    records.save(letter)
    done = replace(letter, state=State.DONE, answered=date(2026, 3, 12))
    records.save(done)
    records.save(done)
    assert records.get([letter.id])[letter.id] == done
    assert (records.revision(letter.id), records.years()) == (2, (2026,))
    assert records.rows([letter.id])[letter.id].title == "李四方来信"
    assert records.find(narrowed(2026, "暖气")) == [letter.id]
    assert records.find(narrowed(2025, "")) == records.find(narrowed(0, "没有这个")) == []


def test_what_cannot_be_is_refused_and_nothing_is_stored(desk):
    records = desk.shared["letter"]
    with pytest.raises(InputError) as refused:
        records.save(a_letter(desk, matter="", answered=date(2026, 3, 1)))
    assert {issue.field for issue in refused.value.issues} == {"matter", "answered"}
    assert records.find() == []


def test_the_bin_takes_it_and_gives_it_back(desk):
    records = desk.shared["letter"]
    letter = a_letter(desk)
    records.save(letter)
    records.delete(letter.id, "重复")
    assert records.find() == []
    assert desk.search.find("暖气")[1] == 0
    records.bring_back(letter.id)
    assert records.one(letter.id) == letter


def test_it_is_found_by_every_text_and_what_is_masked_is_not_shown(desk):
    desk.shared["letter"].save(a_letter(desk))
    for words in ("李四方", "候车室", "一组", "装暖气"):
        [hit], total = desk.search.find(words)
        assert (hit.type, hit.title, hit.date, total) == ("letter", "李四方来信", "2026-03-05", 1)
    [hit], _total = desk.search.find("13800001234")
    assert "13800001234" not in hit.snippet


def test_a_member_whom_it_names_cannot_be_deleted(desk):
    letter = a_letter(desk)
    desk.shared["letter"].save(letter)
    with pytest.raises(InputError, match="1条"):
        desk.roster.delete(letter.handlers[0].member_id)


def test_what_is_due_and_not_done_is_a_thing_to_do(desk):
    desk.shared["letter"].save(a_letter(desk))
    due = [d for d in desk.due.items(date(2026, 3, 31)) if d.kind is DueKind.RECORD]
    assert [(d.day, d.words, d.code) for d in due] == [
        (date(2026, 3, 5), "李四方来信：办理步骤，已逾期26天", "letter"),
        (date(2026, 3, 20), "李四方来信：答复来信人，已逾期11天", "letter"),
    ]


def test_rules_see_it(desk):
    letter = a_letter(desk)
    desk.shared["letter"].save(letter)
    with desk._library.reading() as work:
        assert gather(work, date(2026, 3, 31)).records == {"letter": (letter,)}


def test_a_meeting_that_it_is_linked_to_is_known(desk):
    [meeting] = desk.meetings.import_json(a_meeting())["ids"]
    letter = a_letter(desk, meetings=(Link("meeting", meeting),))
    desk.shared["letter"].save(letter)
    with desk._library.reading() as work:
        assert work.of("letter").linked_to("meeting", meeting) == (letter.id,)
    [target] = desk.links.targets(desk.shared["letter"].record)["meetings"]
    assert (target["id"], target["title"][:10]) == (meeting, "2026-03-18")


@pytest.fixture
def ask(tmp_path, monkeypatch, capsys):
    declare_letters(monkeypatch)
    library = a_library(tmp_path)
    library.close()

    def ask(*words, code=0):
        told = main(["--library", str(library.path), "--json", *map(str, words)])
        out = capsys.readouterr()
        assert told == code, out.err
        return json.loads(out.out)

    return ask


def put(tmp_path, plain):
    file = tmp_path / "信.json"
    file.write_text(json.dumps(plain, ensure_ascii=False), encoding="utf-8")
    return file


def test_the_command_line_lists_shows_imports_exports_and_deletes(ask, tmp_path):
    plain = {
        "day": "2026-03-05",
        "person": "李四方",
        "matter": "井口候车室没有暖气",
        "state": "done",
        "steps": [{"what": "现场看", "until": "2026-03-10", "done": None}],
    }
    [uid] = ask("letter", "import", put(tmp_path, plain))["ids"]
    [found] = ask("letter", "list")["letters"]
    assert {name: found[name] for name in plain} == plain
    assert ask("letter", "import", put(tmp_path, found))["unchanged"] == [uid]
    changed = plain | {"matter": "已经有暖气"}
    assert "已有日期、来信人相同" in str(ask("letter", "import", put(tmp_path, changed), code=1))
    assert ask("letter", "show", uid)["record"]["id"] == uid
    ask("letter", "export", tmp_path / "信.xlsx")
    ask("letter", "delete", uid, "--reason", "试")
    assert ask("letter", "list")["letters"] == []


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("meetings", ["没有这个"], "不存在"),
        ("meetings", [3], "无法识别"),
        ("handlers", ["无此人"], "不是2026-03-05当日的在册党员"),
        ("state", "lost", "应从给出的选项中选择"),
        ("unknown", 1, "不是可识别的名称"),
    ],
)
def test_a_wrong_value_is_named_with_its_place(ask, tmp_path, name, value, words):
    plain = {"day": "2026-03-05", "person": "李四方", "matter": "暖气", name: value}
    assert words in str(ask("letter", "import", put(tmp_path, plain), code=1))
    assert ask("letter", "list")["letters"] == []


def test_a_library_opens_in_a_program_that_does_not_know_the_record(tmp_path):
    with pytest.MonkeyPatch.context() as patch:
        declare_letters(patch)
        desk = Desk(a_library(tmp_path), clock)
        desk.shared["letter"].save(a_letter(desk))
        path = desk.path
        desk.close()
    desk = open_desk(path)
    assert desk.search.find("暖气")[1] == 1
    assert "letter" not in desk.shared
    desk.close()
