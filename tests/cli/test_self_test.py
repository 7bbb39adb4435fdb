"""``dangjian self-test``: every part used once, on a computer that lacks this or that."""

from __future__ import annotations

import filecmp
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from dangjian_desktop import paths
from dangjian_desktop.children import command, surroundings
from dangjian_desktop.documents.submissions.texts import pdf_pages
from dangjian_desktop.services.library import self_test, self_test_steps
from dangjian_desktop.services.library.self_test import run_self_test
from dangjian_desktop.services.library.self_test_steps import STEPS, Step

GOLDEN = Path(__file__).parents[1] / "golden"
CODES = [step.code for step in STEPS]


def called(out: Path, **changed: str | None) -> tuple[int, dict, str]:
    """A self-test in a process of its own, with these variables changed or taken away."""
    kept = {name: value for name, value in os.environ.items() if name not in changed}
    given = {name: value for name, value in changed.items() if value is not None}
    call = [sys.executable, "-m", "dangjian_desktop.cli", "--json", "self-test", "--out", str(out)]
    done = subprocess.run(
        call,
        check=False,
        capture_output=True,
        encoding="utf-8",
        env={**kept, **given, **surroundings()},
        cwd=out.parent,
    )
    return done.returncode, json.loads(done.stdout), done.stderr


@pytest.mark.slow
def test_without_a_display_and_with_a_home_that_is_closed_every_part_works(tmp_path):
    home, out = "/proc/家", tmp_path / "出 报告"  # nothing can be made there, by root neither
    lacking = dict.fromkeys(("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "DANGJIAN_DATA"))
    rest = tmp_path / "rest"
    rest.mkdir()
    code, told, said = called(out, HOME=home, TMPDIR=str(rest), **lacking)
    assert (code, said) == (0, ""), told
    assert told["ok"]
    assert [step["code"] for step in told["steps"]] == CODES
    assert [*rest.iterdir()] == []
    report = Path(told["report"]).read_text("utf-8-sig")
    assert report.splitlines()[-1] == "自检通过，本机可以使用。"
    assert json.loads(Path(told["data"]).read_text("utf-8"))["steps"] == told["steps"]
    printed = Path(out / "打印到文件.pdf").read_bytes()
    (pdf,) = (out / "会议记录").glob("*.pdf")
    assert len(pdf_pages(printed, "")) == len(pdf_pages(pdf.read_bytes(), ""))
    assert not [file for file in out.iterdir() if file.name.startswith(".")]


def test_a_part_that_fails_is_told_with_its_code_and_the_log(tmp_path, monkeypatch, shell):
    def broken(_ground):
        raise RuntimeError("330102199003071234")

    steps = (Step("ST-FONTS", "字体", lambda _: "好"), Step("ST-INDEX", "索引", broken))
    monkeypatch.setattr(self_test.run_self_test, "__defaults__", (steps,))
    told = shell.json("self-test", "--out", tmp_path / "出", code=1)
    assert told["failed"] == ["ST-INDEX"]
    assert [step["ok"] for step in told["steps"]] == [True, False]
    report = Path(told["report"]).read_text("utf-8-sig")
    assert "不通过　索引：内部出错（RuntimeError）" in report
    assert f"日志：{told['log']}" in report
    log = Path(told["log"]).read_text("utf-8")
    assert "RuntimeError" in log
    assert "33010219900307" not in log + report


def test_a_folder_that_is_none_is_refused_in_words(tmp_path, shell):
    place = tmp_path / "文件"
    place.touch()
    assert "无法在" in shell("self-test", "--out", place, code=1)[1]


def test_nothing_of_the_user_is_asked_or_changed(tmp_path, monkeypatch):
    monkeypatch.setenv("DANGJIAN_DATA", str(tmp_path / "我的"))
    seen = []
    step = Step("ST-FONTS", "字体", lambda ground: seen.append(paths.data_folder()) or "好")
    run_self_test(tmp_path / "出", (step,))
    assert seen[0].is_relative_to(tmp_path / "出")
    assert paths.data_folder() == tmp_path / "我的"
    assert not (tmp_path / "我的").exists()


@pytest.fixture
def changed(tmp_path, monkeypatch):
    """Resources of which one file can be changed without its length."""
    package = tmp_path / "dangjian_desktop"
    shutil.copytree(paths.resources("style").parent, package / "resources", copy_function=os.link)
    monkeypatch.setattr(paths, "_PACKAGE", package)
    return package / "resources"


def test_one_changed_byte_of_a_file_of_the_program_is_found(tmp_path, changed):
    file = next((changed / "style").iterdir())
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.unlink()
    file.write_bytes(content)
    found = run_self_test(tmp_path / "出", STEPS[:1])
    assert found.failed == ("ST-FILES",)
    assert file.name in found.outcomes[0].words


@pytest.mark.parametrize(
    ("child", "code", "at"), [("modules", "ST-MODULES", 1), ("window", "ST-WINDOW", -1)]
)
def test_a_process_that_ends_midway_is_told(tmp_path, monkeypatch, child, code, at):
    dying = [sys.executable, "-c", "import os; os.abort()"]
    monkeypatch.setattr(
        self_test_steps, "command", lambda of: dying if of == child else command(of)
    )
    (tmp_path / "出" / "会议记录").mkdir(parents=True)
    (tmp_path / "出" / "会议记录" / "甲.pdf").touch()
    found = run_self_test(tmp_path / "出", (STEPS[at],))
    assert found.failed == (code,)
    assert "中途结束（代码 -6）" in found.outcomes[0].words


def test_a_module_that_cannot_be_imported_is_named(tmp_path, monkeypatch):
    told = json.dumps({"modules": ["a", "b"], "failed": {"dangjian_desktop.ui.x": "ImportError"}})
    monkeypatch.setattr(
        self_test_steps, "command", lambda _: [sys.executable, "-c", f"print({told!r})"]
    )
    found = run_self_test(tmp_path / "出", (STEPS[1],))
    assert "dangjian_desktop.ui.x" in found.outcomes[0].words


def test_where_the_test_itself_cannot_be_imported_it_says_so_with_its_code(
    tmp_path, monkeypatch, shell
):
    monkeypatch.setitem(sys.modules, "dangjian_desktop.services.library.self_test", None)
    said = shell("self-test", "--out", tmp_path / "出", code=1)[1]
    assert said.startswith("不通过　程序模块")
    assert "代码 ST-MODULES" in said


def test_the_earlier_library_is_the_golden_one():
    shipped = self_test_steps.earlier_library()
    golden = GOLDEN / shipped.stem / "示例.dangjian"
    assert filecmp.cmp(shipped, golden, shallow=False)
