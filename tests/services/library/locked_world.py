"""A branch with an attachment and a copy, in clear and under a password."""

from __future__ import annotations

from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.services.library import passwords
from dangjian_desktop.services.library.passwords import WrongPasswordError
from dangjian_desktop.storage.copies.checks import verify
from dangjian_desktop.storage.copies.copies import backup
from dangjian_desktop.storage.file.keys import let_go
from dangjian_desktop.storage.library import Library
from tests.services.make import a_library

OLD, NEW, THIRD = "支部的旧密码", "another word", "😀😀😀😀😀😀党"
SCAN = b"%PDF-1.7 a scan of signed minutes" * 50


def a_branch(folder):
    """A branch of ten with an attachment and one copy, all in clear."""
    (folder / "扫描.pdf").write_bytes(SCAN)
    (folder / "资料").mkdir()
    library = a_library(folder / "资料")
    attached = library.keep_file(folder / "扫描.pdf")
    with library.changing(Topic.SETTINGS) as work:
        work.attachments.register(attached)
        work.settings.put("scan", attached.sha256)
    library.close()
    backup(library.path)
    return library.path


def lock(path):
    """Put it under a password; locked."""
    made = passwords.new_secret()
    assert passwords.set_password(path, made, OLD) == passwords.Changed(1)
    let_go()
    return made


def opens(path, password):
    """Whether this password opens the library and all is in it."""
    let_go()
    try:
        passwords.unlock(path, password)
    except WrongPasswordError:
        return False
    assert content(path) == (10, SCAN)
    assert verify(path) == ()
    return True


def content(path):
    library = Library.open(path, write=True)
    with library.reading() as work:
        members = len(work.members.ids())
        name = work.attachments.stored_name(work.settings.get("scan"))
    data = library.kept_file(name)
    library.close()
    return members, data


def copies(path):
    return sorted(path.with_suffix(".copies").glob("*.dangjian"))


def in_clear(path):
    """Files beside the library that hold a name, or the attachment, for everybody to read."""
    words = "张三".encode(), SCAN[:30]
    files = [file for file in path.parent.rglob("*") if file.is_file()]
    return [file.name for file in files if any(word in file.read_bytes() for word in words)]


def code(secret):
    return "-".join(secret.groups)
