"""Everything out and back in, as a script would do it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dangjian_desktop.services.library import everything_papers
from dangjian_desktop.storage import library, plain_in


@pytest.fixture(autouse=True)
def _quickly(monkeypatch):
    """Without a workbook for each ledger, and the tables made once for all."""
    monkeypatch.setattr(everything_papers.LedgerService, "all", lambda _: ())
    monkeypatch.setattr(plain_in, "migrating", library.migrating)


def test_a_library_goes_out_and_comes_back_into_one_that_did_not_exist(branch, tmp_path):
    before = branch.json("member", "list")
    told = branch.json("export", "all", "--out", tmp_path / "全部", "--as-of", "2026-03-31")
    assert told["folder"] == str(tmp_path / "全部")
    assert told["problems"] == []
    files = {*map(Path, told["files"])}
    assert {tmp_path / "全部" / "说明.txt", tmp_path / "全部" / "表格" / "党员名册.xlsx"} <= files
    assert all(file.is_file() for file in files)
    branch.library = tmp_path / "新" / "支部.dangjian"
    done = branch.json("import", "all", tmp_path / "全部")
    assert done["records"] == told["records"] == done["by_kind"]["member"] == len(before["members"])
    assert branch.json("member", "list") == before
    assert branch.json("verify")["ok"]


def test_it_is_refused_where_something_is_or_is_wanting(branch, tmp_path):
    folder = tmp_path / "夹"
    folder.mkdir()
    files = [{"path": "说明.txt", "size": 1, "sha256": ""}]
    manifest = {"format": 1, "schema": 7, "records": {}, "problems": [], "files": files}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    _, err = branch("import", "all", folder, code=1)
    assert "已经有内容（党员36条）" in err
    branch.library = tmp_path / "新.dangjian"
    told = branch.json("import", "all", folder, code=1)
    assert [issue["field"] for issue in told["error"]["issues"]] == ["说明.txt"]
    assert not branch.library.exists()


def test_sample_sheets_are_handed_out(branch, tmp_path):
    for words in (("roster", "sample"), ("ledger", "sample", "training")):
        [file] = branch.json(*words, tmp_path / "样表.xlsx", "--force")["files"]
        assert Path(file).stat().st_size
