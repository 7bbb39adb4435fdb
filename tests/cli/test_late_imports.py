"""What is heavy comes when it is first used; each in an interpreter of its own."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

HEAVY = {"pypinyin", "sqlalchemy", "openpyxl", "docx", "lxml", "reportlab"}
OF_OTHERS = {
    f"dangjian_desktop.{name}"
    for name in (
        "papers.checks.compose",
        "papers.ledgers.sheet",
        "papers.members.roster",
        "papers.projects.sheet",
        "services.summaries.counted",
    )
}
COMMAND = """
import sys
from dangjian_desktop.cli import main
status = main(sys.argv[1:])
print(status, *sorted({modules} & set(sys.modules)))
"""


def loaded(*words):
    code = COMMAND.format(modules=HEAVY | OF_OTHERS)
    done = subprocess.run(
        [sys.executable, "-c", code, *words], capture_output=True, text=True, check=True
    )
    status, *found = done.stdout.splitlines()[-1].split()
    assert status == "0", done.stderr
    return found


def test_the_help_needs_nothing_heavy():
    assert loaded("--help") == []


@pytest.mark.parametrize(("form", "more"), [("pdf", []), ("docx", ["docx", "lxml"])])
def test_minutes_load_what_their_format_needs(branch, tmp_path, form, more):
    sitting = {"title": "党员大会", "kinds": ["general_meeting"], "date": "2026-01-08"}
    file = tmp_path / "会议.json"
    file.write_text(json.dumps([sitting]), encoding="utf-8")
    branch("meeting", "import", file)
    (uid,) = (row["id"] for row in branch.json("meeting", "list")["meetings"])
    place = ["--library", str(branch.library), "--out", str(tmp_path), "--format", form]
    assert loaded("minutes", uid, *place) == [*more, "sqlalchemy"]
