"""What is shipped for Windows, as far as it can be read without Windows."""

from __future__ import annotations

import re
import sys
import tomllib

import pytest

from tests.installer.windows import WINDOWS, make_setup
from tests.test_setup import INSTALLER, ROOT

ILLEGAL = re.compile(r'[<>:"|?*\x00-\x1f]|[. ]$')
RESERVED = re.compile(r"(?i)^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³]) *(\.|$)")
SHIPPED = ("dangjian_desktop", "resources", "installer")


def illegal(name: str) -> bool:
    return any(ILLEGAL.search(part) or RESERVED.search(part) for part in name.split("/"))


@pytest.mark.parametrize("name", ["aux.py", "a/CON", "nul ", "a:b", "x.", "lpt1.txt", "com¹"])
def test_a_name_that_windows_does_not_hold_is_known(name):
    assert illegal(name)


def test_every_shipped_name_is_one_that_windows_holds():
    found = [
        path.relative_to(ROOT).as_posix()
        for folder in SHIPPED
        for path in (ROOT / folder).rglob("*")
        if "__pycache__" not in path.parts
    ]
    assert [name for name in found if illegal(name)] == []
    folded = [name.casefold() for name in found]
    assert len(folded) == len({*folded})
    # Below Lib\site-packages\dangjian_desktop of a version folder: docs of the layout say 150.
    assert max(map(len, found)) <= 100


def test_commands_have_the_line_ends_and_letters_of_every_code_page():
    commands = [*INSTALLER.rglob("*.cmd")]
    assert commands
    for path in commands:
        content = path.read_bytes()
        assert content.isascii(), path
        assert content.count(b"\n") == content.count(b"\r\n"), path
        # A bracket in the name of a folder would end the line: only delayed.
        assert b"%cmdcmdline%" not in content, path


def test_the_set_up_names_only_what_is_there():
    script = (WINDOWS / "setup.nsi").read_text("utf-8")
    given = {"VERSION", "NUMBERS", "SOURCE", "LAY", "LONGEST", "SIZE", "ICON", "OUT"}
    defined = {*re.findall(r"!define (\w+)", script)}
    asked = {*re.findall(r"\$\{([A-Z][A-Z_]*)\}", script)}
    assert asked - defined == given
    files = re.findall(r'^\s*File\b.*"(\$\{[^"]+)"$', script, re.M)
    assert set(files) == {"${SOURCE}/*", "${LAY}"}
    assert make_setup.ICON.read_bytes()[:4] == b"\0\0\1\0"
    for name in re.findall(r"^!include (\S+)", script, re.M):
        assert name in {"MUI2.nsh", "LogicLib.nsh", "FileFunc.nsh", "WinVer.nsh"}


def test_the_room_that_windows_wants_is_that_of_the_longest_file_or_folder(tmp_path):
    inside = tmp_path / "甲" / ("很" * 20)
    inside.mkdir(parents=True)
    (inside / "a.py").touch()
    assert make_setup.room_inside(tmp_path) == 2 + 20 + 12
    (inside / ("长" * 20)).touch()
    assert make_setup.room_inside(tmp_path) == 2 + 20 + 1 + 20


def test_the_set_up_asks_for_no_administrator_and_writes_only_what_is_the_users():
    script = (WINDOWS / "setup.nsi").read_text("utf-8")
    assert "RequestExecutionLevel user" in script
    assert "HKLM" not in script
    assert "powershell" not in script.lower()
    for line in re.findall(r"^\s*(?:Write|Delete)Reg\w*\s.*$", script, re.M):
        assert " HKCU " in line


def test_what_is_told_in_silence_has_an_answer():
    script = (WINDOWS / "setup.nsi").read_text("utf-8")
    boxes = re.findall(r"^\s*MessageBox .*$", script, re.M)
    # CheckPlace belongs to a page, which a silent set-up has not.
    assert [line for line in boxes if "/SD IDOK" not in line] == [
        '    MessageBox MB_OK|MB_ICONEXCLAMATION "$Words"'
    ]


def test_the_set_up_says_what_it_does_while_the_bar_stands_still():
    script = (WINDOWS / "setup.nsi").read_text("utf-8")
    laying = script.partition("Function Lay\n")[2].partition("FunctionEnd")[0]
    assert re.match(r'\s*DetailPrint "[^"]*自检[^"]*"\n\s*nsExec::Exec ', laying)


def test_the_rehearsal_takes_as_long_as_the_readme_says():
    said = (WINDOWS / "rehearse.sh").read_text("utf-8")
    readme = (ROOT / "README.md").read_text("utf-8").partition("rehearse.sh`")[2]
    assert "半小时以上" in said
    assert "半小时以上" in readme.partition("\n")[0]


def test_every_source_is_part_of_a_program_and_stays_readable():
    named = {*make_setup.SHARED}.union(*(own for own, _ in make_setup.PROGRAMS.values()))
    paths = [*(WINDOWS / "programs").glob("*.c")]
    assert {path.stem for path in paths} == named
    for path in [*paths, *(WINDOWS / "rehearsal").glob("*.c")]:
        assert len(path.read_text("utf-8").splitlines()) <= 400, path


def test_codes_and_words_are_those_of_linux():
    lay = (INSTALLER / "linux" / "lay.sh").read_text("utf-8")
    put = "".join(
        (WINDOWS / "programs" / name).read_text("utf-8") for name in ("put.h", "put.c", "lay.c")
    )
    codes = {int(code) for code in re.findall(r'fail "[^"]*(?:"[^"]*)?" (\d+)', lay)}
    ours = {int(code) for code in re.findall(r"^    [A-Z_]+ = (\d+)", put, re.M)}
    assert codes - {11} <= ours  # 11: a library of the system is missing
    for words in (
        "原来的版本没有动，可以照常使用。",
        "没有装上，这台电脑上别的东西没有动。",
        "这里正在安装或更新，请等它结束再试。",
    ):
        assert words in lay
        assert words in put


def test_the_version_stands_in_one_place():
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    texts = [*WINDOWS.rglob("*.c"), *WINDOWS.rglob("*.h"), *WINDOWS.rglob("*.rc")]
    for path in [*texts, WINDOWS / "setup.nsi", WINDOWS / "make_setup.py"]:
        assert version not in path.read_text("utf-8"), path


@pytest.mark.skipif(sys.platform == "win32", reason="made on Linux")
def test_numbers_of_a_version_are_four():
    assert make_setup._numbers("0.10.2") == ["0", "10", "2", "0"]
    assert make_setup._numbers("1.0rc1") == ["1", "0", "0", "0"]
