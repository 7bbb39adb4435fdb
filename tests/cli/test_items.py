"""Items on the command line: the four verbs, and the forms and lists of ``item print``."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from dangjian_desktop.cli.running import main
from dangjian_desktop.domain.dates import PartialDate
from dangjian_desktop.domain.members.member import Span
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.services.desk import open_desk
from tests.documents.reading import pdf_texts
from tests.services.items.items_world import FOUR, a_task
from tests.services.make import a_meeting, a_member, clock
from tests.services.talks.talks_world import a_desk


@pytest.fixture
def library(tmp_path):
    with a_desk(tmp_path) as desk:
        return desk.path


@pytest.fixture
def ids(library, tmp_path, capsys):
    file = tmp_path / "事项.json"
    told = [a_task(**FOUR), a_task("吹干机没人修", kind="problem")]
    file.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    return run(capsys, library, "item", "import", str(file))["ids"]


def run(capsys, library, *words, code=0):
    assert main(["--library", str(library), "--json", *words]) == code
    return json.loads(capsys.readouterr().out)


def test_the_four_verbs_tell_the_contract(library, ids, capsys, tmp_path):
    found = run(capsys, library, "item", "list")["records"]
    assert {each["id"] for each in found} == set(ids)
    told = run(capsys, library, "item", "show", ids[0])["record"]
    assert {"number", "kind", "problem", "source", "source_ref", "content"} <= told.keys()
    assert (told["responsible"], told["due"], told["state"]) == ("张三", "2026-03-20", "open")
    [file] = run(capsys, library, "item", "export", str(tmp_path / "a.xlsx"))["files"]
    assert file.endswith("a.xlsx")
    run(capsys, library, "item", "delete", ids[0], "--reason", "重复")
    assert len(run(capsys, library, "item", "list")["records"]) == 1


@pytest.mark.parametrize("form", ["督办", "督办单", "item_supervision"])
def test_a_form_of_an_item_goes_by_its_word(library, ids, capsys, tmp_path, form):
    out = ("--out", str(tmp_path / "out"), "--format", "pdf")
    [file] = run(capsys, library, "item", "print", ids[0], "--form", form, *out)["files"]
    assert any("修好更衣室吹干机" in text for text in pdf_texts(Path(file).read_bytes()))


def test_a_list_is_printed_of_a_period(library, ids, capsys, tmp_path):
    out = ("--out", str(tmp_path / "out"), "--format", "docx", "--format", "pdf")
    asked = ("--form", "三单", "--period", "2026")
    files = run(capsys, library, "item", "print", *asked, *out)["files"]
    assert len(files) == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--form", "无"], "没有名为“无”的表。"),
        (["--form", "督办"], "督办单要写明是哪一项。"),
        (["--form", "任务", "11111111-1111-4111-8111-111111111111"], "不按编号打印。"),
        (["--form", "督办", "11111111-1111-4111-8111-111111111111"], "没有编号为"),
    ],
)
def test_what_cannot_be_printed_is_said(library, capsys, tmp_path, words, said):
    told = run(capsys, library, "item", "print", *words, "--out", str(tmp_path), code=1)
    assert said in told["error"]["message"]


def listed(capsys, library, *words):
    return [each["content"] for each in run(capsys, library, "item", "list", *words)["records"]]


def test_the_list_narrows_as_that_of_the_window(library, capsys, tmp_path):
    file = tmp_path / "事项.json"
    ready = {"evidence": "照片", **FOUR}
    told = [
        a_task("逾期的", **FOUR),
        a_task("以后的", **FOUR | {"due": "2099-12-30", "responsible": "李四"}, source="superior"),
        a_task("缺的", kind="problem", state="doing"),
        a_task("完了的", **ready, state="closed"),
        a_task("待查的", **ready | {"due": None}, kind="problem", state="close_requested"),
    ]
    file.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    run(capsys, library, "item", "import", str(file))
    for words, wanted in (
        (("--overdue",), ["逾期的"]),
        (("--due", "2026-03-20"), ["逾期的"]),
        (("--due", "2099-12-31"), ["逾期的", "以后的"]),
        (("--due",), []),
        (("--person", "李四"), ["以后的"]),
        (("--source", "上级部署"), ["以后的"]),
        (("--source", "superior", "--overdue"), []),
        (("--state", "办理中"), ["缺的"]),
        (("--state", "closed"), ["完了的"]),
        (("--state", "待核查"), ["待查的"]),
        (("--state", "going", "--overdue"), ["逾期的"]),
        (("--state", "going", "--kind", "任务"), ["逾期的", "以后的"]),
        (("--year", "2025"), []),
    ):
        assert listed(capsys, library, *words) == wanted, words


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--state", "没有"], "没有名为 没有 的状态。"),
        (["--source", "x"], "没有名为 x 的来源。"),
        (["--kind", "x"], "没有名为 x 的列入。"),
        (["--due", "--overdue"], "已逾期的不会本周才到期。"),
    ],
)
def test_what_it_cannot_narrow_by_is_said(library, capsys, words, said):
    told = run(capsys, library, "item", "list", *words, code=1)["error"]
    assert said in told["message"]
    assert told["remedy"]


def test_every_bad_input_is_said_at_once_with_what_to_do(library, capsys, tmp_path):
    """A 销号 without the four, a day before the task, who has left, a meeting of the bin."""
    with closing(open_desk(library, clock=clock)) as desk:
        gone = Span("转出", PartialDate.parse("2026-01-15"))
        with desk._library.changing(Topic.MEMBERS) as work:
            work.members.save(replace(a_member("许远"), standings=(gone,)))
        [meeting] = desk.meetings.import_json([a_meeting()])["ids"]
        desk.meetings.delete(meeting)
    ref = {"subject": "meeting", "id": meeting}
    file = tmp_path / "事项.json"
    told = [
        a_task("一", state="closed", evidence="照片", responsible="张三"),
        a_task("二", due="2026-02-01"),
        a_task("三", responsible="许远"),
    ]
    file.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    issues = run(capsys, library, "item", "import", str(file), code=1)["error"]["issues"]
    assert [issue["message"] for issue in issues] == [
        "第1个事项：销号前请明确完成时限。",
        "第1个事项：销号前请明确工作标准。",
        "第1个事项：销号前请明确考核部门。",
        "第2个事项：完成时限早于提出日期（2026-02-13）。",
        "第3个事项：许远在2026-02-13已不是本支部党员，请填写现在负责的人。",
    ]
    file.write_text(json.dumps(a_task("四", source_ref=ref), ensure_ascii=False), encoding="utf-8")
    [issue] = run(capsys, library, "item", "import", str(file), code=1)["error"]["issues"]
    assert "来源记录在回收站中，请先到“设置→回收站”恢复" in issue["message"]
    assert listed(capsys, library) == []
