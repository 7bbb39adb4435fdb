"""What is typed or put beside a locked library and does not open it, each with its remedy."""

from __future__ import annotations

import shutil
import unicodedata

import pytest

from dangjian_desktop.services.library import passwords
from dangjian_desktop.storage.file.keys import is_locked, let_go, slots_file
from tests.services.make import a_library
from tests.ui.locking.world import OLD, enter, page_of

pytestmark = pytest.mark.usefixtures("quick_passwords")
ACCENT = "Café 支部的密码"


def started(qtbot, program, path):
    program.start(path)
    return page_of(qtbot, program)


def set_anew(path, word):
    passwords.change_password(path, OLD, word)
    let_go()


def opens(qtbot, program, page, word):
    enter(qtbot, page, word)
    qtbot.waitUntil(lambda: program.desk is not None and not program.jobs.busy)


def test_slots_of_another_library_lead_to_the_code_and_say_why(
    qtbot, program, path, secret, tmp_path
):
    other = tmp_path / "别处"
    other.mkdir()
    library = a_library(other)
    library.close()
    passwords.set_password(library.path, passwords.new_secret(), OLD)
    let_go()
    shutil.copyfile(slots_file(library.path), slots_file(path))
    page = started(qtbot, program, path)
    enter(qtbot, page, OLD)
    qtbot.waitUntil(page.code.isVisible)
    assert "不是这个资料库的" in page.why.text()
    assert "恢复码" in page.why.text()
    assert is_locked(path)
    page.code.setPlainText(" ".join(secret.groups))
    for line in (page.new.first, page.new.again):
        line.setText("a new password")
    page.renew.click()
    qtbot.waitUntil(lambda: program.desk is not None)


@pytest.mark.parametrize(
    ("word", "says"),
    [
        ("长" * 10_000, "密码有10000个字，太长。请用6到1000个字"),
        ("😀", "密码不对"),
        ("支部\u200b\u200b", "密码不对"),
    ],
)
def test_what_is_no_password_of_it_is_told_where_it_was_typed(qtbot, program, path, word, says):
    page = started(qtbot, program, path)
    enter(qtbot, page, word)
    qtbot.waitUntil(lambda: says in page.problem.text())
    assert is_locked(path)
    assert program.desk is None
    opens(qtbot, program, page, OLD)
    assert program.said == []


@pytest.mark.parametrize(
    ("was_set", "typed"),
    [
        (unicodedata.normalize("NFC", ACCENT), unicodedata.normalize("NFD", ACCENT)),
        (unicodedata.normalize("NFD", ACCENT), unicodedata.normalize("NFC", ACCENT)),
        ("Abc123-party", "Ａｂｃ１２３－ｐａｒｔｙ"),
        ("Ａｂｃ１２３－ｐａｒｔｙ", "Abc123-party"),
        ("😀😀😀😀😀党", "😀😀😀😀😀党"),
        ("长" * 1_000, "长" * 1_000),
    ],
    ids=["nfd", "nfc", "full width", "half width", "emoji", "longest"],
)
def test_the_same_password_opens_however_it_is_typed(qtbot, program, path, was_set, typed):
    set_anew(path, was_set)
    opens(qtbot, program, started(qtbot, program, path), typed)
    assert program.said == []


def test_the_code_opens_in_full_width_small_with_o_and_l_and_line_breaks(
    qtbot, program, path, secret
):
    page = started(qtbot, program, path)
    page.forgotten.click()
    typed = "\n".join(secret.groups).lower().replace("0", "o").replace("1", "l")
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in typed)
    page.code.setPlainText(wide)
    for line in (page.new.first, page.new.again):
        line.setText("a new password")
    page.renew.click()
    qtbot.waitUntil(lambda: program.desk is not None)
    let_go()
    passwords.unlock(path, "a new password")
