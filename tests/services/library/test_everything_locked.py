"""What is behind a password goes out with everything, and comes back behind one or not at all."""

from __future__ import annotations

from contextlib import closing

import pytest

from dangjian_desktop.domain.branch import Branch
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.errors import BlockedError
from dangjian_desktop.services.desk import open_desk
from dangjian_desktop.services.library import bringing_in, passwords
from dangjian_desktop.services.library.branch import new_library
from dangjian_desktop.services.library.bringing_in import NeedsPasswordError, import_all
from dangjian_desktop.services.library.everything import export_all
from dangjian_desktop.storage.copies.attachments import folder_of
from dangjian_desktop.storage.copies.checks import verify
from dangjian_desktop.storage.file.keys import has_password, let_go
from tests.services.make import a_meeting, clock
from tests.services.talks.talks_world import GIST, OPINION, PASSWORD, a_desk, a_talk, talks

pytestmark = pytest.mark.usefixtures("quick_passwords")
SCAN = b"%PDF-1.7 a scan of signed minutes" * 50
OTHER = "another password"


@pytest.fixture
def whole(tmp_path):
    """Everything of a branch with a talk, a sitting and an attachment."""
    (tmp_path / "扫描.pdf").write_bytes(SCAN)
    with a_desk(tmp_path, protected=True) as desk:
        talks(desk).import_json(a_talk(gist=GIST, opinion=OPINION))
        desk.meetings.import_json(a_meeting())
        attached = desk._library.keep_file(tmp_path / "扫描.pdf")
        with desk._library.changing(Topic.SETTINGS) as work:
            work.attachments.register(attached)
        return export_all(desk.path, tmp_path / "全部", clock=clock).folder


@pytest.fixture
def place(tmp_path):
    return tmp_path / "读回" / "支部.dangjian"


def in_clear(folder):
    words = GIST.encode(), SCAN[:30]
    read = {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}
    return [file.name for file, data in read.items() if any(word in data for word in words)]


def gists(path):
    with closing(open_desk(path, clock=clock)) as desk:
        (uid,) = talks(desk).find()
        return talks(desk).one(uid).gist


def test_without_a_password_it_is_refused_and_never_lies_in_clear(whole, place, monkeypatch):
    require, seen = bringing_in._require_nothing_sensitive, []

    def looked(made):
        seen.append((has_password(made), in_clear(made.parent)))
        require(made)

    monkeypatch.setattr(bringing_in, "_require_nothing_sensitive", looked)
    with pytest.raises(NeedsPasswordError, match="谈心谈话 1 条") as refused:
        import_all(whole, place)
    assert "没有读入任何内容" in refused.value.message
    assert "密码" in refused.value.remedy
    assert GIST not in f"{refused.value.message}{refused.value.remedy}"
    assert seen == [(True, [])]
    assert list(place.parent.iterdir()) == []


def test_with_a_password_it_comes_back_whole_and_sealed(whole, place):
    secret = passwords.new_secret()
    import_all(whole, place, under=passwords.under_for(secret, OTHER))
    assert in_clear(place.parent) == []
    let_go()
    assert has_password(place)
    passwords.unlock(place, OTHER)
    assert gists(place) == GIST
    assert verify(place) == ()
    assert len(list(folder_of(place).iterdir())) == 1
    assert passwords.recovery_code(place, OTHER) == secret.groups


def test_an_empty_library_with_a_password_takes_it_in_and_keeps_that(whole, place):
    secret = passwords.new_secret()
    passwords.make_locked(place, Branch(name="新支部"), secret, OTHER).close()
    let_go()
    with pytest.raises(BlockedError, match="有密码"):
        import_all(whole, place)
    passwords.unlock(place, OTHER)
    import_all(whole, place)
    assert in_clear(place.parent) == []
    let_go()
    passwords.unlock(place, OTHER)
    assert gists(place) == GIST
    assert verify(place) == ()


def test_an_empty_one_without_gets_the_password_that_is_given(whole, place):
    new_library(place, Branch(name="新支部")).close()
    with pytest.raises(NeedsPasswordError):
        import_all(whole, place)
    assert not has_password(place)
    import_all(whole, place, under=passwords.under_for(passwords.new_secret(), OTHER))
    let_go()
    passwords.unlock(place, OTHER)
    assert gists(place) == GIST


def test_where_nothing_is_sensitive_none_is_needed(tmp_path, place):
    with a_desk(tmp_path, protected=True) as desk:
        talks(desk).import_json(a_talk())
        desk.meetings.import_json(a_meeting())
        folder = export_all(desk.path, tmp_path / "全部", clock=clock).folder
    import_all(folder, place)
    assert not has_password(place)
    assert verify(place) == ()
    assert PASSWORD
