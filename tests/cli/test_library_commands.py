"""new, info, check, search, demo; the rules for every command."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from dangjian_desktop.cli import main


def test_a_new_library_tells_its_path_and_holds_nothing(shell):
    made = shell.json("new", "--name", "中共某公司机关支部委员会", "--founded", "2020-01-01")
    assert Path(made["library"]) == shell.library
    told = shell.json("info")
    assert told["members"] == {"formal": 0, "probationary": 0, "undecided": 0}
    assert {"branch", "meetings", "projects", "schema", "size_bytes"} <= set(told)


def test_a_library_is_never_made_over_another(shell):
    shell("new", "--name", "甲支部")
    before = shell.library.read_bytes()
    refused = shell.json("new", "--name", "乙支部", code=1)
    assert "已经存在" in refused["error"]["message"]
    assert refused["error"]["remedy"]
    assert shell.library.read_bytes() == before


def test_a_missing_library_is_named_and_not_made(shell):
    _, err = shell("info", code=1)
    assert "找不到资料库" in err
    assert not shell.library.exists()


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["bogus"],
        ["minutes"],
        ["check", "--as-of", "2026-13-01"],
        ["check", "--as-of", "2026-W01-1"],
        ["check", "--as-of", "9999-12-31"],
        ["search", "x", "--limit", "0"],
        ["roster", "import", "a.xlsx", "--header-row", "0"],
        ["roster"],
        ["search"],
        ["roster", "export", "a.xlsx", "--profile", "all"],
    ],
)
def test_a_wrong_command_line_ends_with_two_and_chinese(words, capfd):
    assert main(words) == 2
    out, err = capfd.readouterr()
    assert out == ""
    assert "命令用法不对" in err
    for english in ("required", "invalid", "usage", "expected", "Traceback"):
        assert english not in err


def test_help_is_chinese(capfd):
    assert main(["roster", "import", "--help"]) == 0
    out, _ = capfd.readouterr()
    assert "用法：" in out
    assert "options" not in out


def test_a_fault_of_ours_is_a_sentence_and_no_traceback(shell, monkeypatch, tmp_path):
    shell("new", "--name", "甲支部")
    broken = "dangjian_desktop.services.library.branch.BranchService.info"
    monkeypatch.setattr(broken, lambda _self: 1 / 0)
    _, err = shell("info", code=1)
    assert "程序内部出错" in err
    assert "Traceback" not in err
    logs = list(Path(os.environ["DANGJIAN_DATA"]).rglob("*.log"))
    assert any("ZeroDivisionError" in log.read_text(encoding="utf-8") for log in logs)


def test_a_library_held_by_another_program_is_named(branch):
    program = (
        "import sys, time; from pathlib import Path;"
        "from dangjian_desktop.storage.library import Library;"
        "Library.open(Path(sys.argv[1]), write=True); print('held', flush=True); time.sleep(60)"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", program, str(branch.library)], stdout=subprocess.PIPE, text=True
    )
    with holder:
        assert holder.stdout.readline() == "held\n"
        refused = branch.json("roster", "undo", "x", code=1)
        assert "窗口" in refused["error"]["message"]
        assert branch.json("info")["members"]["formal"] == 34
        assert branch.json("backup")["sha256"]
        holder.kill()


def test_search_finds_members_and_counts_all(branch):
    found = branch.json("search", "dt")
    assert found["hits"][0]["title"] == "邓涛"
    limited = branch.json("search", "第二党小组", "--limit", "3")
    assert len(limited["hits"]) == 3
    assert limited["total"] > 3


def test_check_tells_findings_and_ends_with_zero(branch):
    told = branch.json("check", "--as-of", "2026-03-31")
    assert told["as_of"] == "2026-03-31"
    assert {"SZ-3", "SZ-7"} <= {finding["rule"] for finding in told["findings"]}
    assert "CAD-GM" in branch.json("check", "--rule", "X", code=1)["error"]["remedy"]


def test_check_is_narrowed_by_period_and_state(branch):
    asked = ("check", "--as-of", "2026-03-31")
    everything = branch.json(*asked)["findings"]
    now = branch.json(*asked, "--period", "2026-03", "--state", "unknown")["findings"]
    assert now
    assert now == [f for f in everything if f["verdict"] == "unknown" and f in now]
    assert branch.json(*asked, "--period", "2019")["findings"] == []
    assert branch.json(*asked, "--period", "三月", code=1)["error"]


def test_the_program_as_a_process_prints_one_document(branch):
    done = subprocess.run(
        [sys.executable, "-m", "dangjian_desktop.cli", "--json", "roster", "list"],
        env=os.environ | {"DANGJIAN_LIBRARY": str(branch.library)},
        capture_output=True,
        check=True,
    )
    members = json.loads(done.stdout.decode("utf-8"))["members"]
    assert done.stderr == b""
    assert len(members) == 36


@pytest.mark.parametrize("content", ["[" * 100_000, '{"number": ' + "9" * 5000 + "}"])
def test_json_that_no_reader_can_hold_is_refused_with_a_sentence(shell, tmp_path, content):
    shell("new", "--name", "甲支部")
    file = tmp_path / "会议.json"
    file.write_text(content, encoding="utf-8")
    refused = shell.json("meeting", "import", file, code=1)
    assert "嵌套过深" in refused["error"]["message"]
