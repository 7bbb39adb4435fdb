"""The ledger commands of the contract, run as a script would."""

from __future__ import annotations

import json

import pytest

from dangjian_desktop.cli.running import main
from tests.domain.ledgers.making import own
from tests.services.ledgers.test_ledger_rows import VISIT
from tests.services.make import a_library


@pytest.fixture
def library(tmp_path):
    opened = a_library(tmp_path)
    opened.close()
    return opened.path


@pytest.fixture
def run(library, capsys):
    def command(*words: str):
        code = main(["--library", str(library), "--json", "ledger", *map(str, words)])
        return code, json.loads(capsys.readouterr().out)

    return command


@pytest.fixture
def rows(tmp_path):
    file = tmp_path / "rows.json"
    file.write_text(json.dumps([{"values": VISIT}], ensure_ascii=False), encoding="utf-8")
    return file


def test_list_has_the_keys_of_the_contract(run) -> None:
    code, told = run("list")
    assert code == 0
    (visits,) = [each for each in told["ledgers"] if each["code"] == "visits"]
    wanted = {"title": "走访慰问与关怀帮扶", "section": "care", "level": "internal"}
    wanted |= {"origin": "builtin", "on": True, "asks": False, "rows": 0}
    assert wanted.items() <= visits.items()
    assert len(told["ledgers"]) == 11


def test_import_show_undo(run, rows) -> None:
    code, dry = run("import", "visits", rows, "--dry-run")
    assert (code, dry["added"], dry["batch"]) == (0, 1, None)
    code, done = run("import", "visits", rows)
    assert (code, done["rows"], done["added"], done["refused"]) == (0, 1, 1, [])
    code, told = run("show", "visits", "--period", "2026-03")
    assert told["ledger"]["code"] == "visits"
    assert {"name": "day", "label": "走访日期", "type": "date"} in told["ledger"]["fields"]
    (row,) = told["rows"]
    assert row["id"] == done["ids"][0]
    assert row["values"]["money"] == "300"
    assert run("show", "visits", "--period", "2026-02")[1]["rows"] == []
    code, undone = run("undo", done["batch"])
    assert (code, undone) == (0, {"removed": 1, "restored": 0})
    assert run("show", "visits")[1]["rows"] == []


def test_refused_rows_end_with_one_and_their_issues(run, tmp_path) -> None:
    file = tmp_path / "rows.json"
    file.write_text(json.dumps([{"values": VISIT | {"visitors": []}}]), encoding="utf-8")
    code, told = run("import", "visits", file)
    assert code == 1
    (issue,) = told["error"]["issues"]
    assert (issue["row"], issue["field"], issue["code"]) == (1, "visitors", "required")


def test_delete_takes_a_reason_and_print_makes_both_formats(run, rows, tmp_path) -> None:
    uid = run("import", "visits", rows)[1]["ids"][0]
    code, card = run("print", "visits", "--id", uid, "--out", tmp_path / "卡")
    assert code == 0
    assert sorted(file.rpartition(".")[2] for file in card["files"]) == ["docx", "pdf"]
    code, table = run("print", "visits", "--period", "2026", "--out", tmp_path / "表")
    assert (code, len(table["files"])) == (0, 2)
    assert run("delete", "visits", uid)[0] == 2
    code, gone = run("delete", "visits", uid, "--reason", "重复")
    assert (code, gone) == (0, {"ids": [uid]})
    assert run("list")[1]["ledgers"][0]["rows"] == 0


def test_export_writes_a_workbook_of_the_profile(run, rows, tmp_path) -> None:
    run("import", "visits", rows)
    code, told = run("export", "visits", tmp_path / "出.xlsx", "--profile", "full")
    assert (code, told["rows"], len(told["files"])) == (0, 1, 1)
    code, told = run("export", "visits", tmp_path / "出.xlsx", "--profile", "masked")
    assert code == 1
    assert "知悉范围" in told["error"]["message"]


def test_define_switch_and_asking(run, tmp_path) -> None:
    file = tmp_path / "样式.toml"
    file.write_text(own(), encoding="utf-8")
    assert run("define", file) == (0, {"code": "own_0a1b2c3d"})
    assert run("switch", "own_0a1b2c3d", "off")[1]["on"] is False
    assert run("asking", "own_0a1b2c3d", "on", "--since", "2026-01-01")[1]["asks"] is True
    (mine,) = [e for e in run("list")[1]["ledgers"] if e["origin"] == "own"]
    assert (mine["on"], mine["asks"]) == (False, True)
    file.write_text(own('type = "long_text"', 'type = "number"'), encoding="utf-8")
    code, told = run("define", file)
    assert code == 1
    assert "不认识，可以写：text" in told["error"]["issues"][0]["message"]


def test_unknown_ledger_is_refused_in_words(run) -> None:
    code, told = run("show", "nothing")
    assert code == 1
    assert told["error"]["message"] == "没有编码为 nothing 的台账。"
