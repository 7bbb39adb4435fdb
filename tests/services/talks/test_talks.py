"""A talk: the fact always, what was said only behind a password."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dangjian_desktop.cli import main
from dangjian_desktop.domain.levels import Outlet
from dangjian_desktop.errors import BlockedError, InputError
from dangjian_desktop.services.library import bringing_in, passwords
from dangjian_desktop.services.library.bringing_in import import_all
from dangjian_desktop.services.library.everything import export_all
from dangjian_desktop.services.library.sensitive import Sensitive, sensitive_kept
from dangjian_desktop.storage.file.keys import has_password, let_go
from tests.services.make import clock
from tests.services.talks.talks_world import GIST, OPINION, PASSWORD, a_desk, a_talk, talks

pytestmark = pytest.mark.usefixtures("quick_passwords")
SAID = {"gist": GIST, "opinion": OPINION}
MORE = {"about": "家里老人住院", "follow_up": "与工会联系补助"}


def one(desk):
    [uid] = talks(desk).find()
    return talks(desk).one(uid)


def test_the_fact_is_kept_without_a_password(tmp_path):
    with a_desk(tmp_path) as desk:
        talk = a_talk(place="区队会议室", occasion="work", kept="文件柜")
        talks(desk).import_json(talk | {"follow_due": "2026-03-20"})
        kept = one(desk)
        assert talks(desk).record.title_of(kept) == "张三与赵六谈心谈话"
        assert kept.talkers[0].member_id
        [due] = [item for item in desk.due.items() if item.code == "heart_talk"]
        assert due.words == "张三与赵六谈心谈话：跟进事项，已逾期11天"


@pytest.mark.parametrize("name", SAID | MORE)
def test_what_was_said_is_refused_without_a_password_and_nothing_is_stored(tmp_path, name):
    words = (SAID | MORE)[name]
    with a_desk(tmp_path) as desk:
        with pytest.raises(InputError) as refused:
            talks(desk).import_json(a_talk(**{name: words}))
        [issue] = refused.value.issues
        assert issue.field == name
        assert "请先给资料库设置密码" in issue.message
        assert words not in issue.message
        talks(desk).import_json(a_talk())
        with pytest.raises(InputError):
            talks(desk).save(replace(one(desk), **{name: words}))
        assert getattr(one(desk), name) == ""


def test_behind_a_password_it_is_kept_and_stays_out_of_lists(tmp_path):
    with a_desk(tmp_path, protected=True) as desk:
        talks(desk).import_json(a_talk(**SAID))
        talk = one(desk)
        assert (talk.gist, talk.opinion) == (GIST, OPINION)
        assert dict(talks(desk).lines(talk))["内容要点"] == GIST
        [listed] = talks(desk).as_json([talk])
        assert not SAID.keys() & listed.keys()
        assert talks(desk).as_json([talk], outlet=Outlet.CARD)[0]["gist"] == GIST
        hits, total = desk.search.find("倒班")
        assert total == 1
        assert "倒班" not in f"{hits}"
        # A list that was written out and read in again takes nothing away.
        talks(desk).import_json(listed | {"place": "井口"})
        assert (one(desk).gist, one(desk).place) == (GIST, "井口")


def test_an_older_version_with_words_comes_back_behind_a_password_only(tmp_path):
    with a_desk(tmp_path, protected=True) as desk:
        talks(desk).import_json(a_talk(**SAID))
        talk = one(desk)
        talks(desk).save(replace(talk, gist="", opinion=""))
        assert GIST in {line.text for line in desk.versions.lines(talk.id, 1)}
        assert sensitive_kept(desk._library) == (Sensitive("谈心谈话", 1, 0, 0),)
        desk.versions.restore(talk.id, 1)
        assert one(desk) == talk


def test_a_password_stays_while_something_sensitive_is_kept(tmp_path):
    with a_desk(tmp_path, protected=True) as desk:
        talks(desk).import_json(a_talk(**SAID))
        talks(desk).delete(one(desk).id, "录错")
        desk.drafts.put("heart_talk", "22222222-2222-4222-8222-222222222222", {"gist": GIST})
        assert sensitive_kept(desk._library) == (Sensitive("谈心谈话", 1, 1, 1),)
    with pytest.raises(
        BlockedError, match=r"谈心谈话 1 条（其中回收站 1 条）、谈心谈话草稿 1 份。不能去掉密码"
    ):
        passwords.remove_password(desk.path, PASSWORD)
    assert has_password(desk.path)


def test_a_password_goes_where_only_facts_are_kept(tmp_path):
    with a_desk(tmp_path, protected=True) as desk:
        talks(desk).import_json(a_talk())
    passwords.remove_password(desk.path, PASSWORD)
    assert not has_password(desk.path)


def test_what_came_into_a_library_without_a_password_is_kept_and_not_shown(tmp_path, monkeypatch):
    """It does not come in any more by the program; a file that somebody made may hold it."""
    monkeypatch.setattr(bringing_in, "_require_nothing_sensitive", lambda _made: None)
    with a_desk(tmp_path, protected=True) as desk:
        talks(desk).import_json(a_talk(**SAID))
        talk = one(desk)
        folder = export_all(desk.path, tmp_path / "全部", clock=clock).folder
    let_go()
    told = {
        file.parent.name
        for file in folder.rglob("*")
        if file.is_file() and GIST.encode() in file.read_bytes()
    }
    assert told == {"record"}
    read_back = tmp_path / "读回" / "支部.dangjian"
    import_all(folder, read_back)
    with open_again(read_back) as desk:
        assert one(desk) == talk
        assert GIST not in f"{talks(desk).lines(talk)}{talks(desk).as_json([talk])}"
        assert GIST not in f"{desk.versions.lines(talk.id, 1)}{desk.versions.as_json(talk.id, 1)}"
        told = "已填写内容要点、意见建议，给资料库设置密码后可以看到"
        assert dict(talks(desk).lines(talk))["敏感内容"] == told
        # What is not shown is not lost by a save of the rest.
        talks(desk).save(replace(talk, place="井口"))
        assert one(desk).gist == GIST


def open_again(path):
    from contextlib import closing

    from dangjian_desktop.services.desk import open_desk

    return closing(open_desk(path, clock=clock))


@pytest.mark.parametrize(
    ("more", "place"),
    [
        ({"partners": [{"name": "张三"}]}, "partners"),
        ({"followed": "2026-03-01"}, "followed"),
        ({"follow_due": "2026-03-01"}, "follow_due"),
        ({"talkers": []}, "talkers"),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(tmp_path, more, place):
    with a_desk(tmp_path) as desk:
        with pytest.raises(InputError) as refused:
            talks(desk).import_json(a_talk() | more)
        assert [issue.field for issue in refused.value.issues] == [place]


def test_the_same_talk_is_not_taken_twice(tmp_path):
    with a_desk(tmp_path) as desk:
        done = talks(desk).import_json([a_talk(), a_talk(partner="孙八")])
        assert len(done["ids"]) == 2
        again = talks(desk).import_json([a_talk(), a_talk(partner="孙八")])
        assert again["ids"] == []
        assert len(again["unchanged"]) == 2


def test_before_a_form_is_printed_it_is_said_what_sensitive_words_stand_on_it(tmp_path, capsys):
    with a_desk(tmp_path, protected=True) as desk:
        talks(desk).import_json(a_talk(**SAID))
        uid, library = one(desk).id, desk.path
        assert "敏感内容（内容要点、意见建议）" in desk.printing.warning("talk_record", uid)
        assert desk.printing.warning("talk_record") == ""
        talks(desk).save(replace(one(desk), gist="", opinion=" "))
        assert desk.printing.warning("talk_record", uid) == ""
        talks(desk).save(replace(one(desk), gist=GIST))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DANGJIAN_PASSWORD", PASSWORD)
        words = ["--library", str(library), "paper", "print", "talk_record", uid]
        assert main([*words, "--out", str(tmp_path / "表")]) == 0
    said = capsys.readouterr().out.splitlines()
    assert [line for line in said if "敏感内容（内容要点）" in line] == [said[-1]]
    assert GIST not in f"{said}"
    let_go()
