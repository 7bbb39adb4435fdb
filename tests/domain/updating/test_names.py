"""Names of the files of an update: what is let through lies on every system, each beside the
others."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pathvalidate import Platform, validate_filename

from dangjian_desktop.domain.updating.names import name_issues

LETTERS = st.text(
    st.sampled_from('aAbé́中.．~ -_/\\:*?"<>|\x00\x1f\x7f\ud800ＡſßİıK Åå¹2') | st.characters(),
    min_size=1,
    max_size=12,
)
RESERVED = st.sampled_from(
    ["con", "PRN", "Aux", "nul", "COM1", "com9", "LPT0", "lpt¹", "CONIN$", "conout$"]
)


@given(LETTERS)
def test_what_is_let_through_is_a_name_everywhere(name):
    if name_issues([name]) == ():
        for part in name.split("/"):
            validate_filename(part, platform=Platform.UNIVERSAL, max_len=250)
        assert unicodedata.normalize("NFC", name) == name
        assert not set(name.split("/")) & {"", ".", ".."}


@given(
    RESERVED, st.sampled_from(["", ".txt", " .so", ".", " ", ".a.b"]), st.sampled_from(["", "x/"])
)
def test_a_reserved_name_is_refused_wherever_it_stands(name, behind, before):
    assert name_issues([f"{before}{name}{behind}"])
    assert name_issues([f"{name}{behind}/x"])


@given(st.lists(LETTERS, min_size=2, max_size=6))
def test_no_two_of_them_are_one_on_any_system(names):
    if name_issues(names) == ():
        folded = [unicodedata.normalize("NFC", name).casefold() for name in names]
        assert len({*folded}) == len(names)
        assert len({name.upper() for name in names}) == len(names)
        above = {"/".join(f.split("/")[:n]) for f in folded for n in range(1, f.count("/") + 1)}
        assert not above & {*folded}


@pytest.mark.parametrize(
    "names",
    [
        ("a", "A"),
        ("é", "e\u0301"),
        ("x/a", "X/b"),
        ("a", "a/b"),
        ("A", "a/b"),
        ("a", "a"),
        ("ß", "ss"),
    ],
)
def test_twins_are_named(names):
    issues = name_issues(names)
    assert issues
    assert all(issue.message.startswith("文件名“") for issue in issues)


def test_those_of_a_release_are_taken():
    names = ["dangjian", "_internal/PySide6/Qt/lib/libQt6Core.so.6", "licences/GPL-3", "部分 3"]
    assert name_issues(names) == ()
