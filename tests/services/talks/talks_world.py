"""A branch of ten with a committee of three, in clear or under a password, and its talks."""

from __future__ import annotations

from contextlib import contextmanager

from dangjian_desktop.services.desk import open_desk
from dangjian_desktop.services.library import passwords
from dangjian_desktop.storage.file.keys import let_go
from tests.services.make import a_library, clock

PASSWORD = "支部的密码很长"
GIST, OPINION = "希望调整倒班的想法", "建议食堂延长供餐"


@contextmanager
def a_desk(folder, *, protected=False):
    """The desk of such a library, with nothing in it but the roster."""
    library = a_library(folder)
    library.close()
    if protected:
        passwords.set_password(library.path, passwords.new_secret(), PASSWORD)
    desk = open_desk(library.path, clock=clock)
    try:
        yield desk
    finally:
        desk._library.close()
        let_go()


def a_talk(day="2026-03-05", talker="张三", partner="赵六", **more):
    """A talk in the JSON of the contract."""
    return {"day": day, "talkers": [{"name": talker}], "partners": [{"name": partner}], **more}


def talks(desk):
    return desk.shared["heart_talk"]
