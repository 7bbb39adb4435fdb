"""What is sensitive comes into no library without a password: words, remedy, nothing lost."""

from __future__ import annotations

import openpyxl
import pytest

from dangjian_desktop.domain.ledgers.reading import read_ledger
from dangjian_desktop.errors import BlockedError, InputError
from tests.guards.test_levels import CODE, LEDGER
from tests.services.talks.talks_world import a_desk

pytestmark = pytest.mark.usefixtures("quick_passwords")
REMEDY = "请先给资料库设置密码"
HEAD = ("日期", "公开内容", "敏感内容")


def a_sheet(folder, *rows):
    book = openpyxl.Workbook()
    for row in (HEAD, *rows):
        book.active.append(row)
    path = folder / "表.xlsx"
    book.save(path)
    return path


def kept(desk):
    return [row["values"]["open"] for row in desk.ledgers.as_json(CODE)]


@pytest.fixture
def desk(tmp_path):
    with a_desk(tmp_path / "资料") as opened:
        opened.ledger_styles.define(read_ledger(LEDGER.format(level="public")))
        yield opened


def test_a_sheet_says_which_rows_and_why_and_the_others_can_be_taken(desk, tmp_path):
    sheet = a_sheet(tmp_path, ("2026-03-05", "甲", "不宜外传"), ("2026-03-06", "乙", None))
    with pytest.raises(InputError) as refused:
        desk.ledger_imports.run(CODE, sheet)
    [issue] = refused.value.issues
    assert (issue.field, issue.row, REMEDY in issue.message) == ("closed", 2, True)
    assert "不宜外传" not in f"{refused.value.issues}{refused.value.message}"
    assert kept(desk) == []
    done = desk.ledger_imports.run(CODE, sheet, accept_partial=True)
    assert (len(done.added), kept(desk)) == (1, ["乙"])
    assert "不宜外传" in [
        cell.value for row in openpyxl.load_workbook(sheet).active for cell in row
    ]


def test_json_says_so_too(desk):
    row = {"ledger": CODE, "values": {"day": "2026-03-05", "open": "甲", "closed": "不宜外传"}}
    with pytest.raises(InputError) as refused:
        desk.ledger_imports.run_json(CODE, row, "表.json")
    [issue] = refused.value.issues
    assert (issue.field, REMEDY in issue.message) == ("closed", True)
    assert kept(desk) == []


def test_a_sensitive_ledger_takes_no_row_at_all(desk, tmp_path):
    desk.ledger_styles.define(read_ledger(LEDGER.format(level="sensitive")))
    sheet = a_sheet(tmp_path, ("2026-03-05", "甲", None))
    for bring in (
        lambda: desk.ledger_imports.run(CODE, sheet),
        lambda: desk.ledgers.save(desk.ledgers.read(CODE, {"day": "2026-03-05", "open": "甲"})),
    ):
        with pytest.raises(BlockedError, match="密码"):
            bring()
    assert "密码" in desk.ledgers.blocked(CODE)
    assert desk.ledgers.as_json(CODE) == []
