"""The recipes are followed letter by letter in a copy of the program, and the result is used."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BLOCK = re.compile(r"^```\w+ (new|in): (\S+)(?: behind: ([^\n]*))?\n(.*?)^```$", re.M | re.S)
MEETING = {
    "kinds": ["study_circle"],
    "title": "三月青年学习",
    "date": "2026-03-12",
    "host": "周立峰",
    "details": {"reading": "研读章程第一章"},
    "agenda": [],
}
LETTER = {
    "day": "2026-03-05",
    "person": "周立峰",
    "matter": "反映井口候车室没有暖气",
    "phone": "13800001234",
    "answer_by": "2026-03-20",
}
ROW = {"values": {"day": "2026-03-05", "book": "矿工的儿子", "reader": "周立峰"}}


def follow(copy: Path) -> None:
    """Every block of the recipes, written where it says."""
    recipes = sorted((ROOT / "docs" / "recipes").glob("*.md"))
    text = "".join(recipe.read_text(encoding="utf-8") for recipe in recipes)
    for how, where, line, block in BLOCK.findall(text):
        path = copy / where
        assert not path.parent.is_symlink(), f"{where} would be changed in the checkout"
        if how == "new":
            assert not path.exists(), where
            path.parent.mkdir(exist_ok=True)
            path.write_text(block, encoding="utf-8")
            continue
        old = path.read_text(encoding="utf-8")
        assert old.count(f"{line}\n") == 1, (where, line)
        path.write_text(old.replace(f"{line}\n", f"{line}\n{block}"), encoding="utf-8")


@pytest.fixture(scope="module")
def copy(tmp_path_factory) -> Path:
    """The program with the recipes followed; fonts and pictures are only linked."""
    folder = tmp_path_factory.mktemp("做法")
    left = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "dangjian_desktop", folder / "dangjian_desktop", ignore=left)
    (folder / "resources").mkdir()
    for part in (ROOT / "resources").iterdir():
        if part.name in ("ledgers", "rules"):
            shutil.copytree(part, folder / "resources" / part.name)
        else:
            (folder / "resources" / part.name).symlink_to(part)
    follow(folder)
    return folder


def surroundings(copy: Path) -> dict[str, str]:
    return {
        **os.environ,
        "DANGJIAN_DATA": str(copy / "data"),
        "PYTHONPATH": str(copy),
        "QT_QPA_PLATFORM": "offscreen",
        # In the copy it may: compiling the program anew for each call takes most of the time.
        "PYTHONDONTWRITEBYTECODE": "",
    }


def run(copy: Path, *words: object, code: int = 0) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, *map(str, words)],
        cwd=copy,
        env=surroundings(copy),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == code, done.stderr
    return done


SERVED = """
import io, json, sys
from contextlib import redirect_stdout
from dangjian_desktop.cli import main

for line in sys.stdin:
    with redirect_stdout(io.StringIO()) as said:
        code = main(json.loads(line))
    print(json.dumps([code, said.getvalue()]), flush=True)
"""
"""One process for all calls: loading the program takes most of the time of each."""


@pytest.fixture
def ask(copy):
    """Asks the program over a library that is new in each test."""
    shutil.rmtree(copy / "data", ignore_errors=True)
    served = subprocess.Popen(
        [sys.executable, "-c", SERVED],
        cwd=copy,
        env=surroundings(copy),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )

    def ask(*words: object):
        print(json.dumps(["--json", *map(str, words)]), file=served.stdin, flush=True)
        code, said = json.loads(served.stdout.readline())
        assert code == 0, said
        return json.loads(said)

    ask("new", "--name", "中共测试公司机关党支部")
    yield ask
    served.communicate()


def put(copy: Path, name: str, content: object) -> Path:
    file = copy / name
    file.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return file


def test_the_made_up_ledger_is_listed_entered_found_and_printed(copy, ask):
    assert "reading_room" in {each["code"] for each in ask("ledger", "list")["ledgers"]}
    ask("ledger", "import", "reading_room", put(copy, "行.json", [ROW]))
    [row] = ask("ledger", "show", "reading_room")["rows"]
    assert row["values"]["book"] == "矿工的儿子"
    assert [hit["type"] for hit in ask("search", "矿工的儿子")["hits"]] == ["ledger:reading_room"]
    printed = ask("ledger", "print", "reading_room", "--period", "2026-03", "--out", copy / "印")
    assert {Path(file).suffix for file in printed["files"]} == {".docx", ".pdf"}


def test_the_made_up_kind_and_paper_are_entered_found_and_printed(copy, ask):
    [uid] = ask("meeting", "import", put(copy, "会.json", MEETING))["ids"]
    assert ask("meeting", "list", "--kind", "study_circle")["meetings"][0]["id"] == uid
    assert [hit["id"] for hit in ask("search", "研读章程第一章")["hits"]] == [uid]
    assert "seats" in {paper["code"] for paper in ask("paper", "list")["papers"]}
    for words in (("paper", "print", "seats", uid), ("minutes", uid)):
        files = ask(*words, "--out", copy / "印")["files"]
        assert {Path(file).suffix for file in files} == {".docx", ".pdf"}


def test_the_made_up_record_is_listed_entered_found_exported_and_due(copy, ask):
    [uid] = ask("letter", "import", put(copy, "信.json", LETTER))["ids"]
    [found] = ask("letter", "list")["letters"]
    assert (found["id"], found["matter"], found["answered"]) == (uid, LETTER["matter"], None)
    assert ask("letter", "show", uid)["record"] == found
    assert ask("letter", "import", put(copy, "信.json", LETTER))["unchanged"] == [uid]
    assert [hit["type"] for hit in ask("search", "没有暖气")["hits"]] == ["letter"]
    [hidden] = ask("search", "13800001234")["hits"]
    assert "13800001234" not in str(hidden)
    assert Path(ask("letter", "export", copy / "信.xlsx")["files"][0]).exists()
    early = LETTER | {"answered": "2026-03-01", "day": "2026-03-09"}
    refused = run(
        *(copy, "-m", "dangjian_desktop.cli", "letter", "import", put(copy, "早.json", early)),
        code=1,
    )
    assert "答复日期早于来信日期" in refused.stderr
    ask("letter", "delete", uid, "--reason", "试")
    assert ask("letter", "list")["letters"] == []
    assert ask("verify")["ok"]


def test_the_made_up_figure_and_rule_are_counted_and_judged(copy, ask):
    figures = ask("summary", "2026-03", "--out", copy / "印", "--format", "pdf")["figures"]
    assert figures["members.nameless_group"]["value"] == 0
    # A branch without groups is not judged; the rule itself is known.
    assert ask("check", "--rule", "ORG-GROUP", "--as-of", "2026-03-31")["findings"] == []


def test_every_recipe_is_named_on_the_one_page():
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    recipes = {recipe.stem for recipe in (ROOT / "docs" / "recipes").glob("*.md")}
    assert set(re.findall(r"docs/recipes/(\w+)\.md", page)) == recipes
    assert len(page.splitlines()) <= 60


def test_a_library_opens_in_a_python_prompt_as_told(copy, ask):
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    [lines] = re.findall(r"^```python\n(.*?)^```$", text, re.M | re.S)
    run(copy, "-c", lines.replace("示例年/示例党支部.dangjian", "data/党支部.dangjian"))


def test_the_window_offers_them_all(copy, ask):
    ask("letter", "import", put(copy, "又.json", LETTER | {"day": "2026-03-06"}))
    script = Path(__file__).with_name("seen_in_window.py").read_text(encoding="utf-8")
    told = run(copy, "-c", script).stdout
    assert {"党员书屋借阅", "青年学习", "会场牌", "来信来访"} <= set(told.split())
    assert "周立峰 2026-03-06：答复来信（访）人，已逾期" in told
    assert "李四方 2026-03-07" in told
