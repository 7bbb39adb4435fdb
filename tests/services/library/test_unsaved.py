"""The second place: what it holds, for which library, for whose eyes, and how it is taken back."""

from __future__ import annotations

import json
import os
import shutil
import stat
from dataclasses import replace

import pytest

from dangjian_desktop.domain.levels import Level
from dangjian_desktop.errors import BlockedError, InputError
from dangjian_desktop.paths import data_folder
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.ledgers.declaring import _put
from dangjian_desktop.services.library.holding import FOLDER, Holding, NotKeptError
from dangjian_desktop.services.library.unsaved import UnsavedService
from dangjian_desktop.storage.library import Library
from tests.services.make import a_library, clock

UID, CONTENT = "5a3c", {"title": "三季度党课", "name": "张三", "agenda": [{"topic": "不能丢"}]}


@pytest.fixture
def desk(tmp_path):
    made = Desk(a_library(tmp_path), clock)
    made.unsaved.learn()
    yield made
    made.close()


def refuse(*_given):
    raise BlockedError("磁盘已满。", "请腾出空间。")


def held_by(desk, form="meeting", content=CONTENT):
    """As an editor that could not keep its draft leaves it."""
    door = desk.unsaved.door(form, refuse)
    door.bases[UID] = 0
    with pytest.raises(NotKeptError) as told:
        door.keep(UID, content)
    return told.value


def files():
    return sorted((data_folder() / FOLDER).iterdir())


def test_it_is_for_the_owner_alone_and_its_names_tell_nothing(desk):
    assert held_by(desk).held
    [file] = files()
    assert not {"张三", "meeting", UID, "支部"} & {file.stem, file.name}
    assert file.stem.isalnum()
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_it_is_offered_by_library_not_by_path(desk, tmp_path):
    held_by(desk)
    copy = tmp_path / "另一处" / "改了名.dangjian"
    copy.parent.mkdir()
    shutil.copy(desk.path, copy)
    (tmp_path / "另一个").mkdir()
    other = a_library(tmp_path / "另一个")
    for library, count in ((Library.open(copy, write=True), 1), (other, 0)):
        again = Desk(library, clock)
        assert len(again.unsaved.waiting()) == count
        again.close()


def test_it_becomes_the_draft_of_its_record_and_is_gone_here(desk):
    held_by(desk)
    [waiting] = desk.unsaved.waiting()
    assert (waiting.words, waiting.newer) == ("会议：三季度党课", "")
    desk.unsaved.take_up(waiting.held)
    draft = desk.drafts.get("meeting", UID)
    assert (draft.content, draft.base_revision) == (CONTENT, 0)
    assert (files(), desk.unsaved.waiting()) == ([], ())


def test_what_is_kept_saved_or_given_up_is_gone_here(desk):
    door = desk.unsaved.door("meeting")
    held_by(desk)
    door.keep(UID, CONTENT)
    assert files() == []
    held_by(desk)
    door.release(UID)
    assert files() == []
    held_by(desk)
    [waiting] = desk.unsaved.waiting()
    desk.unsaved.let_go(waiting.held)
    assert files() == []
    desk.unsaved.put_back(waiting.held)
    assert desk.unsaved.waiting() == (waiting,)


def test_a_newer_draft_or_record_is_said(desk):
    held_by(desk)
    [waiting] = desk.unsaved.waiting()
    early = replace(waiting.held, saved_at="2020-01-01T08:00:00+08:00")
    desk.unsaved.put_back(early)
    desk.drafts.put("meeting", UID, {"title": "较新的"})
    assert desk.unsaved.waiting()[0].newer == "资料库里另有一份更新的草稿"
    (uid,) = desk.roster.find("张三")
    known = replace(early, form="member", uid=uid, content={"values": {}, "changes": {}})
    desk.unsaved.put_back(replace(known, base_revision=desk.roster.revision(uid)))
    member = desk.roster.get([uid])[uid]
    desk.roster.save(replace(member, work_post="后来改的"))
    told = {each.held.form: each.newer for each in desk.unsaved.waiting()}
    assert told["member"] == "此后这条记录又保存过"


def test_nothing_of_a_sensitive_ledger_lies_outside_without_a_password(desk):
    ledger = desk.ledgers.one_ledger("visits").ledger
    with desk._library.changing() as work:
        _put(work, replace(ledger, level=Level.SENSITIVE))
    assert not held_by(desk, "ledger:visits", {"plight": "家庭困难"}).held
    assert not (data_folder() / FOLDER).exists()
    assert held_by(desk, "ledger:talks").held


def test_a_place_that_cannot_be_written_is_told(desk):
    data_folder().mkdir(parents=True, exist_ok=True)
    (data_folder() / FOLDER).write_text("不是文件夹", encoding="utf-8")
    assert not held_by(desk).held


def test_a_file_in_it_that_nobody_can_read_hides_no_other_and_stays(desk):
    held_by(desk)
    broken = data_folder() / FOLDER / "0123.json"
    for text in ("{半句", "[]", '{"library": 3}', json.dumps({"uid": None}), "null"):
        broken.write_text(text, encoding="utf-8")
        assert len(desk.unsaved.waiting()) == 1
    assert broken.exists()


def test_a_file_for_people_can_be_taken_back(desk, tmp_path):
    file = tmp_path / "别处.txt"
    door = desk.unsaved.door("meeting")
    door.bases[UID] = 2
    door.write(file, {UID: CONTENT})
    people = file.read_text("utf-8").partition("════")[0]
    assert "三季度党课" in people
    assert "不能丢" in people
    assert "agenda" not in people
    assert desk.unsaved.from_file(file) == 1
    [waiting] = desk.unsaved.waiting()
    assert (waiting.held.content, waiting.held.base_revision) == (CONTENT, 2)
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "text", ["", "别的文字", "════ 以下供程序读取，请不要改动 ════\n{", "\udcff"]
)
def test_another_file_is_refused_in_words(desk, tmp_path, text):
    file = tmp_path / "别的.txt"
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(InputError, match="不是本程序另存的内容"):
        desk.unsaved.from_file(file)
    with pytest.raises(InputError, match="是文件夹，不是文件"):
        desk.unsaved.from_file(tmp_path)


def test_what_another_library_could_not_take_is_refused_in_words(desk, tmp_path):
    file = tmp_path / "别处.txt"
    held_by(desk)
    [waiting] = desk.unsaved.waiting()
    desk.unsaved.write(file, [replace(waiting.held, library="别的", name="二支部")])
    with pytest.raises(InputError, match="另一个资料库“二支部”"):
        desk.unsaved.from_file(file)


def test_a_library_of_the_first_version_is_known_by_the_moment_it_was_made(desk):
    with desk._library.changing() as work:
        known = work.identity
        work.settings.put("library.id", None)
        assert work.identity == work.journal.first() != known
        assert work.identity


def test_how_many_wait_is_said_by_library(desk):
    held_by(desk)
    assert Holding().libraries() == {desk.path.stem: 1}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with a path")
def test_a_pipe_that_nobody_reads_is_refused_at_once(desk, tmp_path):
    held_by(desk)
    os.mkfifo(tmp_path / "管道")
    [waiting] = desk.unsaved.waiting()
    with pytest.raises(BlockedError, match="没有写到选定的位置"):
        desk.unsaved.write(tmp_path / "管道", [waiting.held])


def test_where_nothing_waits_no_ledger_is_read_for_it(desk, monkeypatch):
    fresh = UnsavedService(desk._library, desk.drafts)
    monkeypatch.setattr("dangjian_desktop.services.library.unsaved.all_declared", refuse)
    assert fresh.waiting() == ()


def test_before_it_is_known_what_is_sensitive_nothing_lies_outside(desk):
    fresh = UnsavedService(desk._library, desk.drafts)
    assert fresh.waiting() == ()
    held = fresh.as_held("meeting", UID, CONTENT, 0)
    assert held.library
    assert not fresh.hold(held)
    fresh.learn()
    assert fresh.hold(held)
