"""Items on the command line: the four verbs, and the forms and lists of ``item print``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dangjian_desktop.cli.running import main
from tests.documents.reading import pdf_texts
from tests.services.items.items_world import FOUR, a_task
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
