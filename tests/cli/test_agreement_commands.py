"""The commands of 责任状 and 融合成效测评: signed, taken back, printed, exported, refused."""

from __future__ import annotations

import json

import docx
import pytest

from dangjian_desktop.cli.running import main
from tests.services.make import a_library

AGREEMENT = {
    "title": "2026年度责任状",
    "signer": "张三",
    "starts": "2026-01-01",
    "ends": "2026-12-31",
    "clauses": "三天内答复",
}
RATED = {
    "title": "2025年度融合成效测评",
    "held_on": "2025-12-26",
    "year": 2025,
    "valid": 3,
    "ratings": [
        {"name": "安全", "satisfied": 2, "mostly_satisfied": 1, "neutral": 0, "dissatisfied": 0}
        | {"unrated": 0}
    ],
}


@pytest.fixture
def library(tmp_path):
    made = a_library(tmp_path)
    made.close()
    return made.path


@pytest.fixture
def run(library, capsys):
    def ran(*words):
        code = main(["--library", str(library), *map(str, words), "--json"])
        said = capsys.readouterr()
        return code, json.loads(said.out or said.err)

    return ran


def imported(run, tmp_path, command, told):
    file = tmp_path / f"{command}.json"
    file.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    return run(command, "import", file)


def test_it_is_signed_and_taken_back(run, tmp_path):
    [uid] = imported(run, tmp_path, "duty_agreement", AGREEMENT)[1]["ids"]
    assert run("duty_agreement", "sign", uid, "--on", "2026-01-05")[0] == 0
    told = run("duty_agreement", "show", uid)[1]["record"]
    assert told["signed_on"] == "2026-01-05"
    code, said = imported(run, tmp_path, "duty_agreement", told | {"clauses": "另写"})
    assert code == 1
    assert "先撤回签订" in json.dumps(said, ensure_ascii=False)
    code, said = run("duty_agreement", "withdraw", uid, "--reason", "  ")
    assert code == 1
    assert "请填写撤回签订的原因" in json.dumps(said, ensure_ascii=False)
    assert run("duty_agreement", "withdraw", uid, "--reason", "写错")[0] == 0
    told = run("duty_agreement", "show", uid)[1]["record"]
    assert (told["signed_on"], told["withdrawals"][0]["reason"]) == (None, "写错")


def test_what_was_listed_can_be_read_again(run, tmp_path):
    [uid] = imported(run, tmp_path, "duty_agreement", AGREEMENT)[1]["ids"]
    run("duty_agreement", "sign", uid, "--on", "2026-01-05")
    listed = run("duty_agreement", "list")[1]["records"]
    assert imported(run, tmp_path, "duty_agreement", listed)[1]["unchanged"] == [uid]
    [file] = run("duty_agreement", "export", tmp_path / "责任状.xlsx")[1]["files"]
    assert file.endswith("责任状.xlsx")


def test_clauses_are_taken_from_an_own_template(run, tmp_path):
    [uid] = imported(run, tmp_path, "duty_agreement", AGREEMENT)[1]["ids"]
    file = docx.Document()
    file.add_paragraph("按月到现场。")
    file.save(tmp_path / "条款.docx")
    assert run("template", "add", tmp_path / "条款.docx")[0] == 0
    assert run("duty_agreement", "clauses", uid, "--template", "条款")[0] == 0
    assert run("duty_agreement", "show", uid)[1]["record"]["clauses"] == "按月到现场。"
    assert run("duty_agreement", "clauses", uid, "--template", "没有的")[0] == 1


@pytest.mark.parametrize("paper", ["appraisal_sheet", "appraisal_result"])
def test_a_rating_is_printed(run, tmp_path, paper):
    [uid] = imported(run, tmp_path, "fusion_appraisal", RATED)[1]["ids"]
    code, said = run("paper", "print", paper, uid, "--out", tmp_path / "出")
    assert (code, len(said["files"])) == (0, 2)


def test_counts_that_do_not_agree_are_refused(run, tmp_path):
    code, said = imported(run, tmp_path, "fusion_appraisal", RATED | {"valid": 2})
    assert code == 1
    assert "合计3张，多于有效的2张" in json.dumps(said, ensure_ascii=False)
    assert run("fusion_appraisal", "list")[1]["records"] == []
