"""The ledger commands of the contract, run as a script would."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from dangjian_desktop.cli.running import main
from tests.documents.reading import word_texts
from tests.domain.ledgers.making import own
from tests.services.ledgers.test_ledger_rows import TRAINING, VISIT
from tests.services.make import NAMES, a_library


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
def papers(library, capsys):
    def command(*words: str):
        code = main(["--library", str(library), "--json", "paper", *map(str, words)])
        return code, json.loads(capsys.readouterr().out)

    return command


def said(file: str) -> str:
    return "\n".join(word_texts(Path(file).read_bytes()))


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
    assert len(told["ledgers"]) == 19


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


def test_prints_of_a_ledger_are_papers_of_the_catalogue(papers, run, rows, tmp_path) -> None:
    uid = run("import", "visits", rows)[1]["ids"][0]
    mine = tmp_path / "样式.toml"
    mine.write_text(own(), encoding="utf-8")
    run("define", mine)
    listed = {paper["code"]: paper for paper in papers("list")[1]["papers"]}
    assert listed["minutes"]["of"] == "meeting"
    assert listed["ledger:visits:1"] == {
        "code": "ledger:visits:1",
        "title": "走访慰问与关怀帮扶登记表",
        "of": "row",
    }
    assert listed["ledger:own_0a1b2c3d:1"]["of"] == "ledger"
    out = ("--format", "docx", "--out", tmp_path / "出")
    code, card = papers("print", "ledger:visits:1", uid, *out)
    (by_command,) = run("print", "visits", "--id", uid, "--format", "docx", "--out", tmp_path)[1][
        "files"
    ]
    assert code == 0
    assert said(card["files"][0]) == said(by_command)
    assert "看病花费大" in said(by_command)
    for code_of in ("ledger:visits:2", "ledger:own_0a1b2c3d:1"):
        code, table = papers("print", code_of, "--period", "2026", *out)
        assert (code, len(table["files"])) == (0, 1)


def test_a_row_prints_its_public_notice_with_the_holidays_of_its_year(
    papers, run, tmp_path
) -> None:
    values = {
        "matter": "活动经费收支",
        "kind": "funds",
        "content": "收入、支出和结余见公开栏。",
        "scope": "branch",
        "ways": ["board"],
        "day": "2026-04-29",
        "ends": "2026-05-09",
        "responsible": [NAMES[0]],
        "feedback": "有人问及结余",
    }
    file = tmp_path / "rows.json"
    file.write_text(json.dumps([{"values": values}], ensure_ascii=False), encoding="utf-8")
    (uid,) = run("import", "openness", file)[1]["ids"]
    listed = {paper["code"]: paper for paper in papers("list")[1]["papers"]}
    assert listed["ledger:openness:3"] == {
        "code": "ledger:openness:3",
        "title": "公示",
        "of": "row",
    }
    assert listed["ledger:awards:2"]["title"] == "公示"
    code, made = papers("print", "ledger:openness:3", uid, "--out", tmp_path / "出")
    (file,) = [each for each in made["files"] if each.endswith(".docx")]
    assert (code, len(made["files"])) == (0, 2)
    assert said(file).startswith("关于活动经费收支的公示")
    assert "2026年4月29日至2026年5月9日（6个工作日）" in said(file)
    assert "有人问及结余" in said(file)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("ledger:visits:9",), "“走访慰问与关怀帮扶”没有打印样式“ledger:visits:9”"),
        (("ledger:nothing:1",), "没有编码为 nothing 的台账"),
        (("ledger:visits:1",), "没有编号为"),
        (("ledger:visits:1", "nobody"), "没有编号为 nobody 的记录"),
        (("ledger:training:1", "--period", "2026-03"), "按年度填写，不能按2026年3月"),
        (("ledger:regulations:2", "--period", "2026"), "不分时间段"),
        (("ledger:visits:2", "--layout", "official"), "没有这种版式"),
    ],
)
def test_print_of_a_ledger_that_cannot_be_is_said(papers, tmp_path, words, told) -> None:
    code, refused = papers("print", *words, "--out", tmp_path / "出")
    assert code == 1
    assert told in refused["error"]["message"]
    assert not (tmp_path / "出").exists()


def test_all_prints_of_a_month_come_and_the_grid_is_that_of_its_year(run, tmp_path) -> None:
    code, told = run(
        "print", "training", "--period", "2026-03", "--format", "docx", "--out", tmp_path
    )
    assert code == 0
    titles = [said(file).splitlines()[0] for file in told["files"]]
    assert sorted("2026年3月" in title for title in titles) == [False, True]
    assert sorted("2026年度" in title for title in titles) == [False, True]


def test_hidden_ledger_prints_but_is_not_listed(papers, run, tmp_path) -> None:
    run("switch", "visits", "off")
    assert not [p for p in papers("list")[1]["papers"] if p["code"].startswith("ledger:visits")]
    assert papers("print", "ledger:visits:2", "--out", tmp_path)[0] == 0


def test_papers_are_listed_before_there_is_a_library(tmp_path, capsys) -> None:
    assert main(["--library", str(tmp_path / "无.dangjian"), "--json", "paper", "list"]) == 0
    codes = {paper["code"] for paper in json.loads(capsys.readouterr().out)["papers"]}
    assert {"minutes", "ledger:training:1"} < codes


def test_summary_and_check_lead_to_the_rows_of_ledgers(library, run, tmp_path, capsys) -> None:
    everybody = list(NAMES)
    row = TRAINING | {"day": "2025-05-06", "form": "class", "who": everybody, "hours": "33"}
    file = tmp_path / "rows.json"
    file.write_text(json.dumps([{"values": row | {"counts": True}}]), encoding="utf-8")
    ids = run("import", "training", file)[1]["ids"]

    def told(*words: str):
        assert main(["--library", str(library), "--json", *words]) == 0
        return json.loads(capsys.readouterr().out)

    summary = told("summary", "2025-05", "--out", str(tmp_path / "汇总"))
    assert summary["figures"]["ledger.training.hours"] == {"value": "33", "records": ids}
    paper = next(file for file in summary["files"] if file.endswith("docx"))
    assert "5月6日参加安全规程" in said(paper)
    (finding,) = told("check", "--as-of", "2026-02-01", "--rule", "CAD-32H")["findings"]
    assert finding["records"] == ids
    assert finding["verdict"] == "ok"


def test_export_writes_a_workbook_of_the_profile(run, rows, tmp_path) -> None:
    run("import", "visits", rows)
    code, told = run("export", "visits", tmp_path / "出.xlsx", "--profile", "full")
    assert (code, told["rows"], len(told["files"])) == (0, 1, 1)
    code, told = run("export", "visits", tmp_path / "出.xlsx", "--profile", "masked")
    assert code == 1
    assert "知悉范围" in told["error"]["message"]


def test_import_tells_its_problems_beside_their_own_sheet(run, tmp_path) -> None:
    file, out = tmp_path / "培训.csv", tmp_path / "问题.xlsx"
    good = "2026-03-02,安全规程,集中培训,矿党委,张三,8,是"
    bad = "2026-03-03,消防,集中培训,矿党委,路人甲,8,是"
    head = "开始日期,培训名称,类别,主办单位,参训党员,学时,计入集中学习培训"
    file.write_text("\n".join((head, good, bad)), encoding="utf-8")
    words = ("import", "training", file, "--accept-partial", "--report", out)
    code, told = run(*words)
    assert (code, told["added"], told["files"]) == (0, 1, [str(out)])
    theirs = list(openpyxl.load_workbook(out).worksheets[1].iter_rows(values_only=True))
    assert theirs[0] == (*head.split(","), "问题")
    assert theirs[1] == (*good.split(","), None)
    assert theirs[2][:-1] == tuple(bad.split(","))
    assert theirs[2][-1].startswith("【不能导入】")
    before = out.read_bytes()
    code, told = run(*words, "--dry-run")
    assert (code, told["unchanged"], told["files"]) == (0, 1, [str(tmp_path / "问题（2）.xlsx")])
    assert out.read_bytes() == before


def test_what_was_imported_stays_where_the_report_cannot_be_written(
    library, tmp_path, capsys
) -> None:
    file = tmp_path / "培训.csv"
    file.write_text(
        "开始日期,培训名称,类别,主办单位,参训党员,学时,计入集中学习培训\n"
        "2026-03-02,安全规程,集中培训,矿党委,张三,8,是\n",
        encoding="utf-8",
    )
    place = ("--report", str(file / "问题.xlsx"))
    words = ["--library", str(library), "--json", "ledger", "import", "training", str(file), *place]
    assert main([*words, "--dry-run"]) == 1
    assert "无法在" in json.loads(capsys.readouterr().out)["error"]["message"]
    assert main(words) == 0
    told = capsys.readouterr()
    done = json.loads(told.out)
    assert (done["added"], done["files"]) == (1, [])
    assert done["batch"]
    assert "已导入，但原表加“问题”一列没有写成。无法在" in told.err


def test_a_report_is_of_a_sheet_only(run, rows, tmp_path) -> None:
    code, told = run("import", "visits", rows, "--report", tmp_path / "问题.xlsx")
    assert (code, told["error"]["remedy"]) == (1, "导入 JSON 时请去掉 --report。")
    assert run("show", "visits")[1]["rows"] == []
    assert not (tmp_path / "问题.xlsx").exists()


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


def test_a_rota_is_looked_at_assigned_and_taken_back(run) -> None:
    year = "2098"  # none of its months is over
    code, seen = run("rota", "short_lessons", year)
    assert (code, len(seen["turns"]), seen["batch"]) == (0, 12, None)
    assert run("show", "short_lessons")[1]["rows"] == []
    code, done = run("rota", "short_lessons", year, "--assign")
    assert [turn["month"] for turn in done["turns"]] == [f"{year}-{n:02}" for n in range(1, 13)]
    assert {*done["waiting"]} == {turn["name"] for turn in done["turns"]}
    assert len(run("show", "short_lessons")[1]["rows"]) == 12
    code, full = run("rota", "short_lessons", year, "--assign")
    assert (code, full["error"]["message"]) == (1, f"{year}年没有可以增加的轮次。")
    assert run("undo", done["batch"]) == (0, {"removed": 12, "restored": 0})
    code, other = run("rota", "training", year)
    assert code == 1
    assert "不按人轮讲" in other["error"]["message"]
