"""meeting, minutes, signin, summary, and the copies."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

PLANNED = {
    "kinds": ["general_meeting"],
    "title": "第一季度支部党员大会",
    "date": "2026-03-18",
    "start": "14:30",
    "end": "16:00",
    "host": "邓涛",
    "agenda": [{"topic": "通报情况", "speeches": [{"speaker": "马磊", "text": "没有意见。"}]}],
    "attendance": {"present": ["邓涛", "马磊", "钱堃"], "leave": [{"name": "程明"}]},
}


@pytest.fixture
def meeting(branch, tmp_path):
    file = tmp_path / "会议.json"
    file.write_text(json.dumps(PLANNED), encoding="utf-8")
    [uid] = branch.json("meeting", "import", file)["ids"]
    return uid


def test_meetings_are_listed_by_day_and_kind(branch, meeting):
    assert [m["id"] for m in branch.json("meeting", "list")["meetings"]] == [meeting]
    none = branch.json("meeting", "list", "--kind", "theme_day", "--from", "2026-01-01")
    assert none["meetings"] == []
    assert branch.json("meeting", "list", "--kind", "x", code=1)["error"]["remedy"]


def test_minutes_are_written_in_both_formats_and_fix_the_number(branch, meeting, tmp_path):
    out = tmp_path / "输出 文件"
    for layout in ("official", "form"):
        files = branch.json("minutes", meeting, "--out", out, "--layout", layout)["files"]
        assert [Path(file).suffix for file in files] == [".docx", ".pdf"]
        assert all(Path(file).stat().st_size > 5_000 for file in files)
    assert len(list(out.iterdir())) == 4
    assert branch.json("meeting", "list")["meetings"][0]["number"] == 1


def test_an_unknown_id_writes_nothing(branch, meeting, tmp_path):
    out = tmp_path / "o"
    branch.json("minutes", meeting, "nobody", "--out", out, code=1)
    assert not out.exists()


def test_one_format_alone(branch, meeting, tmp_path):
    [file] = branch.json("signin", meeting, "--out", tmp_path, "--format", "pdf")["files"]
    assert Path(file).read_bytes().startswith(b"%PDF")


def test_a_target_without_permission_is_told(branch, meeting, tmp_path):
    (tmp_path / "file").write_bytes(b"")
    told = branch.json("minutes", meeting, "--out", tmp_path / "file", code=1)["error"]
    assert "无法在" in told["message"]


def test_every_figure_of_a_summary_leads_to_its_records(branch, meeting, tmp_path):
    told = branch.json("summary", "2026-03", "--out", tmp_path)
    assert len(told["files"]) == 2
    assert told["figures"]["general_meeting.held"] == {"value": 1, "records": [meeting]}
    assert len(told["figures"]["members.formal"]["records"]) == 32
    assert told["figures"]["members.formal"]["value"] == 32


@pytest.mark.parametrize("period", ["2026-3", "0001", "2026-Q5", "2026-13", "x", "2099-01"])
def test_a_period_that_is_none_or_lies_ahead_is_told(branch, tmp_path, period):
    assert branch.json("summary", period, "--out", tmp_path, code=1)["error"]["remedy"]


def test_a_wrong_meeting_file_is_told_with_its_place(branch, tmp_path):
    file = tmp_path / "坏.json"
    file.write_text('{"kinds": [', encoding="utf-8")
    assert "第1行" in branch.json("meeting", "import", file, code=1)["error"]["message"]
    assert branch.json("meeting", "import", tmp_path / "无.json", code=1)["error"]["remedy"]


def test_a_copy_is_verified_and_brings_the_past_back_with_the_present_kept(
    branch, meeting, tmp_path
):
    copy = branch.json("backup", "--to", tmp_path / "备份.dangjian")
    assert branch.json("verify", copy["file"]) == {"ok": True, "problems": []}
    file = tmp_path / "会议.json"
    file.write_text(json.dumps(PLANNED | {"date": "2026-03-19"}), encoding="utf-8")
    branch("meeting", "import", file)
    tried = branch.json("restore", copy["file"], "--dry-run")
    assert (tried["before"]["meetings"], tried["after"]["meetings"]) == (2, 1)
    assert branch.json("info")["meetings"] == 2
    branch("restore", copy["file"])
    assert branch.json("info")["meetings"] == 1
    kept = list(branch.library.with_suffix(".copies").glob("*恢复前*.dangjian"))
    assert len(kept) == 1
    branch("restore", kept[0])
    assert branch.json("info")["meetings"] == 2


def test_a_damaged_copy_is_found_and_refused(branch, tmp_path):
    copy = Path(branch.json("backup", "--to", tmp_path / "备份.dangjian")["file"])
    content = bytearray(copy.read_bytes())
    content[len(content) // 2] ^= 1
    copy.write_bytes(content)
    found = branch.json("verify", copy, code=1)
    assert found["ok"] is False
    assert found["problems"]
    before = branch.library.read_bytes()
    branch.json("restore", copy, code=1)
    assert branch.library.read_bytes() == before


def test_no_personal_number_reaches_a_message_or_the_log(branch, tmp_path):
    number = "430111200012018955"
    broken = tmp_path / "坏.dangjian"
    shutil.copyfile(branch.library, broken)
    broken.write_bytes(broken.read_bytes()[:-4096])
    out, err = branch("verify", broken, code=1)
    assert number not in out + err


def test_every_paper_is_listed_with_what_it_is_about(branch):
    papers = {paper["code"]: paper for paper in branch.json("paper", "list")["papers"]}
    assert papers["minutes"] == {"code": "minutes", "title": "会议记录", "of": "meeting"}
    assert papers["summary"]["of"] == "period"


def test_any_paper_is_printed_by_its_code(branch, meeting, tmp_path):
    out = ("--out", tmp_path / "出", "--format", "pdf")
    for words in (
        ("minutes", meeting, "--layout", "form"),
        ("roster", "--as-of", "2026-03-31"),
        ("summary", "--period", "2026-Q1"),
        ("project_claims",),
    ):
        [file] = branch.json("paper", "print", *words, *out)["files"]
        assert Path(file).read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("nothing",), "没有名为“nothing”的材料"),
        (("minutes",), "没有编号为"),
        (("signin", "nobody"), "没有编号为 nobody 的会议"),
        (("roster", "--period", "2026-03"), "党员名册不分时间段"),
        (("roster", "--layout", "form"), "党员名册没有这种版式"),
    ],
)
def test_a_print_that_cannot_be_is_said(branch, tmp_path, words, told):
    said = branch.json("paper", "print", *words, "--out", tmp_path / "o", code=1)
    assert told in said["error"]["message"]
    assert not (tmp_path / "o").exists()


def test_a_summary_that_was_sent_stays_and_tells_what_has_changed(branch, meeting, tmp_path):
    day, asked = "2026-04-02", ("summary", "2026-03", "--out")
    assert branch.json(*asked, tmp_path / "0")["version"] is None
    sent = branch.json(*asked, tmp_path / "1", "--sent", day)
    assert (sent["version"], sent["changed"], sent["differences"]) == (1, [], [])
    branch("roster", "import", _one_more(tmp_path), "--as-of", "2026-01-05")
    again = branch.json(*asked, tmp_path / "2", "--version", 1)
    assert again["figures"] == sent["figures"]
    assert _bytes(again["files"]) == _bytes(sent["files"])
    assert "members.formal" in again["changed"]
    [formal] = [d for d in again["differences"] if d["name"] == "members.formal"]
    assert (formal["sent"], formal["now"]) == ("32人", "33人")
    now = branch.json(*asked, tmp_path / "3")
    assert (now["version"], now["changed"]) == (None, again["changed"])
    assert now["figures"]["members.formal"]["value"] == 33
    out, _ = branch(*asked, tmp_path / "4", "--version", 1)
    assert "32人 → 33人" in out
    second = branch.json(*asked, tmp_path / "5", "--sent", day, "--format", "pdf")
    assert (second["version"], len(second["files"]), second["changed"]) == (2, 1, [])
    assert [each["version"] for each in second["versions"]] == [1, 2]


def test_what_cannot_be_sent_or_was_not_is_told(branch, tmp_path):
    asked = ("summary", "2026-03", "--out", tmp_path)
    assert branch.json(*asked, "--sent", "2026-02-28", code=1)["error"]["remedy"]
    assert "没有第1版" in branch.json(*asked, "--version", 1, code=1)["error"]["message"]
    for words in (("--version", 0), ("--sent", "x"), ("--sent", "2026-03-31", "--version", 1)):
        assert branch.json(*asked, *words, code=2)["error"]["message"]
    assert branch.json(*asked, "--version", 1, code=1)["error"]["remedy"]


def _one_more(folder):
    file = folder / "增.csv"
    file.write_text(
        "姓名,性别,人员类别,入党时间,转正时间\n新某某,男,正式党员,2001-07-01,2002-07-01\n",
        encoding="utf-8",
    )
    return file


def _bytes(files):
    return [Path(file).read_bytes() for file in files]


def test_a_look_is_chosen_for_one_print(branch, meeting, tmp_path):
    out = tmp_path / "o"
    for asked in (["minutes", meeting], ["signin", meeting], ["summary", "2026-03"]):
        files = branch.json(*asked, "--look", "紧凑", "--out", out)["files"]
        assert all(Path(file).is_file() for file in files)
    assert branch.json("paper", "print", "roster", "--look", "handbook", "--out", out)["files"]


def test_an_unknown_look_is_refused_with_those_that_there_are(branch, meeting, tmp_path):
    out = tmp_path / "o"
    said = branch.json("minutes", meeting, "--look", "没有", "--out", out, code=1)["error"]
    assert "紧凑" in said["remedy"]
    assert not out.exists()


def test_a_version_that_was_sent_takes_no_other_look(branch, tmp_path):
    out = tmp_path / "o"
    branch.json("summary", "2026-03", "--sent", "2026-04-02", "--look", "compact", "--out", out)
    again = branch.json("summary", "2026-03", "--version", "1", "--out", out)["files"]
    assert again
    asked = ("summary", "2026-03", "--version", "1", "--look", "compact", "--out", out)
    assert "版式" in branch.json(*asked, code=1)["error"]["message"]


def test_a_paper_of_party_groups_takes_their_names_and_one_of_no_record_takes_none(
    branch, tmp_path
):
    print_ = ("paper", "print", "group_month")
    said = branch.json(*print_, "第九党小组", "--out", tmp_path / "o", code=1)["error"]
    assert "第九党小组" in said["message"]
    known = said["remedy"].removeprefix("可选的党小组：").rstrip("。").split("、")
    files = branch.json(*print_, "--out", tmp_path / "o", "--format", "pdf")["files"]
    assert len(files) == len(known)
    assert all(group in file for group, file in zip(known, files, strict=True))
    [last] = branch.json(*print_, known[-1], "--out", tmp_path / "p", "--format", "pdf")["files"]
    assert known[-1] in last
    wrong = ("paper", "print", "roster", "x", "--out", tmp_path / "q")
    assert "不按编号打印" in branch.json(*wrong, code=1)["error"]["message"]
    assert not (tmp_path / "q").exists()
