"""彻底删除 in a library with a password, which goes when nothing sensitive is left."""

from __future__ import annotations

import pytest

from dangjian_desktop.errors import BlockedError
from dangjian_desktop.services.desk import open_desk
from dangjian_desktop.services.library import passwords
from dangjian_desktop.storage.copies.checks import verify
from dangjian_desktop.storage.file.connecting import raw
from dangjian_desktop.storage.file.keys import has_password, let_go
from tests.services.library.purging_world import (
    GIST,
    WHY,
    below,
    in_copy,
)
from tests.services.make import clock
from tests.services.talks.talks_world import PASSWORD, a_talk, talks
from tests.services.talks.talks_world import a_desk as talking
from tests.storage.pages import clear_pages

# --- with a password ---


@pytest.fixture
def protected(tmp_path, quick_passwords):
    with talking(tmp_path, protected=True) as made:
        yield made


def put_talk(desk, gist=GIST * 30, **more) -> str:
    uid = talks(desk).import_json(a_talk(gist=gist, **more))["ids"][0]
    talks(desk).delete(uid, "误录")
    return uid


def test_a_talk_is_in_no_page_of_a_library_with_a_password(protected):
    uid = put_talk(protected)
    assert GIST.encode() in clear_pages(protected.path)
    protected.purges.purge([uid], WHY)
    assert GIST.encode() not in clear_pages(protected.path)
    assert has_password(protected.path)
    assert verify(protected.path) == ()


def test_a_password_goes_when_the_last_words_are_gone_and_copies_keep_theirs(protected):
    path, uid = protected.path, put_talk(protected)
    protected._library.close()
    with pytest.raises(BlockedError) as caught:
        passwords.remove_password(path, PASSWORD)
    assert "谈心谈话 1 条（其中回收站 1 条）" in str(caught.value)
    assert "彻底删除" in caught.value.remedy
    desk = open_desk(path, clock=clock)
    copy = desk.purges.purge([uid], WHY).copy
    after = desk.copies.backup().file
    desk._library.close()
    done = passwords.remove_password(path, PASSWORD)
    assert (done.copies, done.left) == (1, (copy,))
    let_go()
    assert not has_password(path)
    assert not has_password(after)
    assert has_password(copy)
    for file in below(path.parent):
        assert (
            file == copy
            or not file.name.endswith(".dangjian")
            or (GIST.encode() not in clear_pages(file))
        )
    desk = open_desk(path, clock=clock)
    [act] = desk.purges.acts()
    assert (dict(act.kinds), act.reason) == ({"谈心谈话": 1}, WHY)
    desk._library.close()
    passwords.unlock(copy, PASSWORD)
    assert verify(copy) == ()
    assert {each.uid for each in in_copy(copy)} == {uid}


def test_a_talk_in_use_and_a_draft_stand_in_the_way_each_in_its_place(protected):
    uid = put_talk(protected)
    talks(protected).import_json(a_talk(day="2026-03-06", gist="还有"))
    protected.drafts.put("heart_talk", "22222222-2222-4222-8222-222222222222", {"gist": "草"})
    protected.purges.purge([uid], WHY)
    protected._library.close()
    with pytest.raises(BlockedError, match="谈心谈话 1 条、谈心谈话草稿 1 份。不能去掉密码"):
        passwords.remove_password(protected.path, PASSWORD)


def test_a_draft_that_cannot_be_read_stands_in_the_way(protected):
    protected.drafts.put("heart_talk", "22222222-2222-4222-8222-222222222222", {"gist": "草"})
    with raw(protected.path, write=True) as connection:
        connection.execute("UPDATE draft SET content = '{'")
    protected._library.close()
    with pytest.raises(BlockedError, match="谈心谈话草稿 1 份。不能去掉密码"):
        passwords.remove_password(protected.path, PASSWORD)
