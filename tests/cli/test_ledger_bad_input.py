"""Bad input to ledgers on the command line: words, place and remedy; nothing is lost."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from dangjian_desktop.cli.running import main
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.storage.library import Library
from tests.domain.ledgers.making import own
from tests.services.make import a_library

TWICE = '{ name = "told", label = "再说", type = "text" }'
CODE = "own_0a1b2c3d"
ROW = {"month": "2026-03", "who": ["张三"], "near": "2", "told": "一处"}
HEAD = "月份,党员,身边三违\n"
TABLE = '[[print]]\nkind = "table"\ntitle = "表"\ncolumns = [["month", 130], ["{}", {}]]\n'


@pytest.fixture
def library(tmp_path):
    opened = a_library(tmp_path)
    opened.close()
    return opened.path


@pytest.fixture
def run(library, capsys):
    def command(*words: object):
        code = main(["--library", str(library), "--json", *map(str, words)])
        said = capsys.readouterr()
        return code, json.loads(said.out), said.err

    return command


@pytest.fixture
def ledger(run, tmp_path):
    """A ledger of the branch's own with one row."""
    run("ledger", "define", written(tmp_path, "样式.toml", own()))
    rows = json.dumps([{"values": ROW}], ensure_ascii=False)
    return run("ledger", "import", CODE, written(tmp_path, "一条.json", rows))[1]["ids"][0]


def written(folder, name: str, text: str):
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def everything(run):
    return run("ledger", "list")[1], run("ledger", "show", CODE)[1]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            own('type = "long_text"', 'type = "number"'),
            "“说明”的 type 的“number”不认识，可以写：text",
        ),
        (
            own('{ name = "told"', f'{TWICE},\n  {{ name = "told"'),
            "有两个字段都叫“told”，请改掉一个",
        ),
        (own('listed = ["month"', 'listed = ["moon"'), "列表（listed）写的“moon”不是本台账的字段"),
        (own() + TABLE.format("whom", 20), "第2个打印样式“表”的列写的“whom”不是本台账的字段"),
        (own('type = "long_text"', 'type = "choice"'), "“说明”（told）是选择，却没有选项"),
        (own() + TABLE.format("who", 128), "列宽合计258毫米，超过257毫米，请减少列或改窄"),
        (
            own('period = "month"', 'period = "week"'),
            "period 的“week”不认识，可以写：month、quarter",
        ),
        (own('per = "month"', 'per = "week"'), "per 的“week”不认识，可以写：month、quarter"),
        (own("format = 1", "format = 0"), "format 不对，应为不小于 1 的整数"),
    ],
)
def test_declaration_that_cannot_be_is_refused_with_place_and_remedy(
    run, ledger, tmp_path, text, told
) -> None:
    before = everything(run)
    code, refused, said = run("ledger", "define", written(tmp_path, "坏.toml", text), "--replace")
    assert code == 1
    (issue,) = refused["error"]["issues"]
    assert told in issue["message"]
    assert told in said
    assert refused["error"]["message"] == "台账样式文件“坏.toml”有1处问题，没有采用。"
    assert "没有改动任何内容" in refused["error"]["remedy"]
    assert everything(run) == before


@pytest.mark.parametrize(
    ("text", "told", "remedy"),
    [
        (own("format = 1", "format = 2"), "是第2版格式，本程序只认识到第1版", "换用新版程序"),
        (own("format = 1", "format = = 1"), "第2行第10列写法不对", "重新取得这份文件"),
        (own("身边无三违", "另一本"), "编码相同的台账“身边无三违”，内容不同", "--replace"),
    ],
)
def test_declaration_that_is_not_taken_says_why(run, ledger, tmp_path, text, told, remedy) -> None:
    before = everything(run)
    code, refused, _said = run("ledger", "define", written(tmp_path, "坏.toml", text))
    assert code == 1
    assert told in refused["error"]["message"]
    assert remedy in refused["error"]["remedy"]
    assert everything(run) == before


def test_same_declaration_again_is_no_second_ledger(run, ledger, tmp_path) -> None:
    before = everything(run)
    assert run("ledger", "define", written(tmp_path, "样式.toml", own()))[0] == 0
    assert everything(run) == before


@pytest.mark.parametrize("period", ["2026-13", "2026-Q5", "三月"])
def test_period_that_is_none_is_told(run, ledger, tmp_path, period) -> None:
    for words in (("show", CODE), ("print", CODE, "--out", tmp_path / "出")):
        code, refused, _said = run("ledger", *words, "--period", period)
        assert code == 1
        assert period in refused["error"]["message"]
        assert "2026-Q1" in refused["error"]["remedy"]
    assert not (tmp_path / "出").exists()


def test_rows_that_cannot_be_are_all_told_by_their_number_and_none_is_taken(
    run, ledger, tmp_path
) -> None:
    """Of what is no row at all nothing more is said than that."""
    bad = [
        {"values": {"month": "2026-04"}},
        {"values": ROW | {"month": "2026-13"}},
        {"values": ROW | {"who": ["王二麻"]}},
        {"values": ROW | {"what": 1}},
        5,
        {"values": ROW | {"month": "2026-05"}},
    ]
    before = everything(run)
    file = written(tmp_path, "坏.json", json.dumps(bad, ensure_ascii=False))
    code, refused, said = run("ledger", "import", CODE, file)
    assert code == 1
    told = [
        (issue["row"], issue["field"], issue["message"]) for issue in refused["error"]["issues"]
    ]
    assert [(row, field) for row, field, _ in told] == [
        (1, "who"),
        (2, "month"),
        (3, "who"),
        (4, "what"),
        (5, None),
    ]
    assert all(words.startswith(f"第{row}条") for row, _, words in told)
    assert "第1条：请填写党员。" in said
    assert "第2行" not in said
    assert "--accept-partial" in refused["error"]["remedy"]
    assert everything(run) == before


def test_row_of_a_sheet_without_a_required_field_is_told_by_its_line(run, ledger, tmp_path) -> None:
    before = everything(run)
    file = written(tmp_path, "坏.csv", f"{HEAD}2026年4月,张三,1\n,李四,2\n2026年4月,,3\n")
    code, refused, said = run("ledger", "import", CODE, file)
    assert code == 1
    assert [issue["row"] for issue in refused["error"]["issues"]] == [3, 4]
    assert "第3行：请填写月份。" in said
    assert "第4行：请填写党员。" in said
    assert everything(run) == before


def test_what_cannot_be_read_of_an_optional_field_is_told_with_its_row(
    run, ledger, tmp_path
) -> None:
    rows = json.dumps([{"values": ROW | {"month": "2026-04", "near": "-1"}}], ensure_ascii=False)
    done = run("ledger", "import", CODE, written(tmp_path, "半.json", rows))[1]
    (issue,) = done["incomplete"]
    assert (issue["row"], issue["field"]) == (1, "near")
    file = written(tmp_path, "半.csv", f"{HEAD}2026年5月,张三,二\n")
    (issue,) = run("ledger", "import", CODE, file)[1]["incomplete"]
    assert issue["message"].startswith("第2行：“身边三违”“二”不是数字")


def test_same_sheet_twice_changes_nothing(run, ledger, tmp_path) -> None:
    file = written(tmp_path, "表.csv", f"{HEAD}2026年4月,张三,1\n2026年4月,李四,2\n")
    first = run("ledger", "import", CODE, file)[1]
    before = everything(run)
    code, again, _said = run("ledger", "import", CODE, file)
    assert (code, again["added"], again["updated"], again["unchanged"]) == (0, 0, 0, 2)
    assert again["ids"] == first["ids"]
    assert again["batch"] is None
    assert everything(run) == before


def test_sensitive_rows_are_refused_without_a_password_also_in_a_trial(
    run, ledger, tmp_path
) -> None:
    secret = own('level = "internal"', 'level = "sensitive"', (CODE, "own_11111111"))
    assert run("ledger", "define", written(tmp_path, "密.toml", secret))[0] == 0
    file = written(tmp_path, "表.csv", f"{HEAD}2026年4月,张三,1\n")
    for more in ((), ("--dry-run",)):
        code, refused, _said = run("ledger", "import", "own_11111111", file, *more)
        assert code == 1
        assert "资料库没有密码时不能录入" in refused["error"]["message"]
        assert "设置密码" in refused["error"]["remedy"]
    assert run("ledger", "show", "own_11111111")[1]["rows"] == []
    open_one = own('level = "internal"', 'level = "sensitive"')
    code, refused, _said = run(
        "ledger", "define", written(tmp_path, "改.toml", open_one), "--replace"
    )
    assert code == 1
    assert "请先给资料库设置密码" in refused["error"]["issues"][0]["message"]


def test_ledger_that_a_newer_program_declared_is_shown_and_never_changed(
    run, library, ledger, tmp_path
) -> None:
    """What this program does not know stays word for word: in rows, and in the file handed on."""
    opened = Library.open(library, write=True, holder="试")
    with opened.changing(Topic.LEDGERS) as work:
        kept = next(each for each in work.ledgers.all() if each.code == CODE)
        newer = kept.declaration.replace("format = 1", "format = 9")
        work.ledgers.save(replace(kept, declaration=newer.replace('"long_text"', '"hologram"')))
    opened.close()
    told = run("ledger", "show", CODE)[1]
    assert told["rows"][0]["values"] == ROW
    file = written(tmp_path, "表.csv", f"{HEAD}2026年4月,张三,1\n")
    for words in (("import", CODE, file), ("import", CODE, file, "--dry-run")):
        code, refused, _said = run("ledger", *words)
        assert code == 1
        assert "用新版程序设置的，本程序只能查看" in refused["error"]["message"]
    code, refused, _said = run("ledger", "define", tmp_path / "样式.toml", "--replace")
    assert code == 1
    assert "新版程序" in refused["error"]["remedy"]
    assert run("ledger", "show", CODE)[1] == told
    assert run("verify")[1]["ok"]
