"""``bin`` and ``versions`` as a script runs them."""

from __future__ import annotations

import json

import pytest

from tests.cli.test_record_commands import KINDS, filled, first  # noqa: F401 - a fixture


def test_a_deleted_record_is_listed_and_restored(filled):  # noqa: F811
    meeting = first(filled, "meeting", "meetings")
    assert filled.json("bin", "list") == {"records": []}
    filled("meeting", "delete", meeting["id"], "--reason", "录重了")
    [binned] = filled.json("bin", "list")["records"]
    assert binned["deleted_at"][:2] == "20"
    assert {k: v for k, v in binned.items() if k != "deleted_at"} == {
        "id": meeting["id"],
        "type": "meeting",
        "kind": "会议",
        "title": meeting["title"],
        "date": meeting["date"],
        "reason": "录重了",
    }
    words, _ = filled("bin", "list")
    assert f"会议　{meeting['title']}　{meeting['date']}" in words
    assert "（录重了）" in words
    assert "共 1 条" in words
    assert filled.json("bin", "restore", meeting["id"]) == {"ids": [meeting["id"]]}
    assert first(filled, "meeting", "meetings") == meeting
    refused = filled.json("bin", "restore", meeting["id"], code=1)["error"]
    assert refused["issues"][0]["code"] == "not_in_bin"
    filled("bin", "restore", code=2)


@pytest.mark.parametrize(("kind", "plural"), KINDS)
def test_versions_are_listed_shown_compared_and_restored(filled, tmp_path, kind, plural):  # noqa: F811
    record = first(filled, kind, plural)
    uid, name = record["id"], "work_post" if kind == "member" else "title"
    before = record[name]
    changed = {**record, name: "新岗位"} if kind == "member" else {**record, name: "新名称"}
    file = tmp_path / "改.json"
    file.write_text(json.dumps(changed, ensure_ascii=False), encoding="utf-8")
    filled(kind, "import", file)
    told = filled.json("versions", uid)
    assert [v["number"] for v in told["versions"]] == [1, 2]
    assert all(set(v) == {"number", "saved_at", "reason"} for v in told["versions"])
    assert filled.json("versions", uid, "--show", 1)["record"] == record
    assert filled.json("versions", uid, "--show", 2)["record"][name] == changed[name]
    compared = filled.json("versions", uid, "--compare", 1, 2)
    [change] = compared["changes"]
    assert (compared["from"], compared["to"], change["field"]) == (1, 2, name)
    assert (change["before"], change["after"]) == (before or "", changed[name])
    words, _ = filled("versions", uid, "--compare", 1, 2)
    assert f"第2版：{changed[name]}" in words
    assert filled("versions", uid, "--compare", 1, 1)[0].strip() == "第1版与第1版相同"
    assert filled.json("versions", uid, "--restore", 1) == {"ids": [uid], "number": 3}
    assert first(filled, kind, plural)[name] == before
    assert "恢复到第1版" in filled("versions", uid)[0]


def test_numbers_are_covered_for_people(branch):
    member = next(m for m in branch.json("member", "list")["members"] if m["id_number"])
    words, _ = branch("versions", member["id"], "--show", 1)
    assert member["id_number"] not in words
    assert f"身份证号：{member['id_number'][:6]}********" in words


def test_what_is_not_there_is_refused_in_words(filled):  # noqa: F811
    uid = first(filled, "meeting", "meetings")["id"]
    assert "没有编号为 x 的记录" in filled("versions", "x", code=1)[1]
    assert "没有第9版" in filled("versions", uid, "--show", 9, code=1)[1]
    assert "就是现在的内容" in filled("versions", uid, "--restore", 1, code=1)[1]
    filled("versions", uid, "--show", 1, "--restore", 1, code=2)
    filled("versions", uid, "--show", 0, code=2)


def test_what_is_purged_is_told_before_and_kept_count_of_after(filled):  # noqa: F811
    meeting = first(filled, "meeting", "meetings")
    filled("meeting", "delete", meeting["id"], "--reason", "录重了")
    why = ("--reason", "按规定销毁")
    told = filled.json("bin", "purge", meeting["id"], *why, "--dry-run")
    assert [record["id"] for record in told["records"]] == [meeting["id"]]
    assert any("1 条记录（会议 1）" in line for line in told["going"])
    words, _ = filled("bin", "purge", meeting["id"], *why, "--dry-run")
    assert "将彻底删除：" in words
    assert "不会删除：" in words
    assert "没有改动任何内容。" in words
    assert len(filled.json("bin", "list")["records"]) == 1
    assert filled.json("bin", "purged") == {"purges": []}
    done = filled.json("bin", "purge", meeting["id"], *why)
    assert (done["ids"], done["left"]) == ([meeting["id"]], "")
    assert "_清除前" in done["copy"]
    assert filled.json("bin", "list") == {"records": []}
    assert filled.json("verify") == {"ok": True, "problems": []}
    [act] = filled.json("bin", "purged")["purges"]
    assert (act["reason"], act["kinds"], act["by"]) == ("按规定销毁", {"会议": 1}, "命令行")
    words, _ = filled("bin", "purged")
    assert "会议 1" in words
    assert "按规定销毁" in words
    assert meeting["title"] not in words
    refused = filled.json("bin", "purge", meeting["id"], *why, code=1)["error"]
    assert refused["issues"][0]["code"] == "not_in_bin"
    filled("bin", "purge", meeting["id"], code=2)
    words, _ = filled("restore", done["copy"], "--dry-run")
    assert "这份备份里有 1 条后来彻底删除的记录，恢复后又会有" in words
    filled("restore", done["copy"])
    assert [record["id"] for record in filled.json("bin", "list")["records"]] == [meeting["id"]]
    assert "备份里还有" in filled("bin", "purge", meeting["id"], *why)[0]
