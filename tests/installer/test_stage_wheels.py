"""The wheels that a lock names: fetched whole for a machine, or all that are missing are named."""

from __future__ import annotations

import hashlib
import importlib
import os
import sys
from pathlib import Path

import pytest

from tests.test_lock import wheel
from tests.test_setup import INSTALLER

sys.path.insert(0, str(INSTALLER))
wheels = importlib.import_module("wheels")
sys.path.remove(str(INSTALLER))


@pytest.fixture(autouse=True)
def offered(tmp_path, monkeypatch) -> Path:
    """All that pip finds."""
    folder = tmp_path / "有 的"
    folder.mkdir()
    for name in ("PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "PIP_CONSTRAINT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    # A path with a blank is two to pip.
    monkeypatch.setenv("PIP_FIND_LINKS", folder.as_uri())
    return folder


def offer(folder: Path, name: str, tag: str = "py3-none-any") -> str:
    """A wheel of version 1.0 for those machines; its hash."""
    made = wheel(folder, name, "1.0")
    named = made.with_name(made.name.replace("py3-none-any", tag))
    made.rename(named)
    return hashlib.sha256(named.read_bytes()).hexdigest()


def locked(folder: Path, *lines: tuple[str, str]) -> Path:
    path = folder / "锁.txt"
    text = "".join(
        f"{line} \\\n    --hash=sha256:{'0' * 64} \\\n    --hash=sha256:{digest}\n"
        for line, digest in lines
    )
    path.write_text("# 说明\n" + text, encoding="utf-8")
    return path


def test_every_entry_of_the_real_lock_is_read_with_its_hashes():
    text = (INSTALLER / "requirements.txt").read_text(encoding="utf-8")
    found = wheels.entries(INSTALLER / "requirements.txt")
    assert len(found) == text.count("==", 0) - text.count(" == ") >= 22
    assert sum(len(each.hashes.split()) for each in found) == text.count("--hash=")
    assert {each.name: each.marker for each in found}["cffi"].startswith("platform_python_")


def test_a_machine_gets_its_own_wheels_and_what_its_markers_say(tmp_path, offered):
    lock = locked(
        tmp_path,
        ("both==1.0", offer(offered, "both", "cp311-cp311-win_amd64")),
        ("only-there==1.0 ; sys_platform == 'win32'", offer(offered, "only-there")),
        ("not-there==1.0 ; sys_platform != 'win32'", offer(offered, "not-there")),
    )
    found = wheels.fetch(lock, wheels.WINDOWS, tmp_path / "取")
    assert [path.name for path in found] == [
        "both-1.0-cp311-cp311-win_amd64.whl",
        "only_there-1.0-py3-none-any.whl",
    ]


def test_every_missing_one_is_named_and_a_changed_one_is_missing(tmp_path, offered):
    lock = locked(
        tmp_path,
        ("linux-only==1.0", offer(offered, "linux-only", "cp311-cp311-manylinux_2_28_x86_64")),
        ("changed==1.0", "1" * 64),
        ("gone==1.0", "2" * 64),
    )
    offer(offered, "changed")
    with pytest.raises(wheels.SetUpError) as refused:
        wheels.fetch(lock, wheels.WINDOWS, tmp_path / "取")
    told = str(refused.value)
    assert "3 个程序包缺 3 个：linux-only==1.0、changed==1.0、gone==1.0。" in told


def test_from_a_folder_nothing_else_is_asked(tmp_path, offered, monkeypatch):
    monkeypatch.delenv("PIP_FIND_LINKS")
    lock = locked(tmp_path, ("there==1.0", offer(offered, "there")))
    assert len(wheels.fetch(lock, wheels.WINDOWS, tmp_path / "取", offered)) == 1


def test_the_wheelhouse_is_filled_whole_or_left_as_it_was(tmp_path, offered, monkeypatch):
    lock = locked(tmp_path, ("there==1.0", offer(offered, "there")))
    monkeypatch.setattr(wheels, "HERE", tmp_path)
    monkeypatch.setattr(wheels, "LOCKS", {"run": lock.name})
    house = tmp_path / "wheelhouse"
    wheels.fill("run", windows=False, wheelhouse=house)
    assert [path.name for path in house.iterdir()] == ["there-1.0-py3-none-any.whl"]
    locked(tmp_path, ("there==1.0", offer(offered, "there")), ("gone==1.0", "2" * 64))
    with pytest.raises(wheels.SetUpError, match="缺 1 个：gone"):
        wheels.fill("run", windows=False, wheelhouse=house)
    assert [path.name for path in house.iterdir()] == ["there-1.0-py3-none-any.whl"]
    assert not [path for path in tmp_path.iterdir() if path.name.startswith("wheelhouse.")]


def test_which_file_answers_is_told_with_the_glibc_it_asks_for(tmp_path, offered):
    tag = "cp311-cp311-manylinux_2_17_aarch64.manylinux2014_aarch64"
    lock = locked(
        tmp_path,
        ("a-b==1.0", offer(offered, "a-b", tag)),
        ("new==1.0", offer(offered, "new", "cp39-abi3-manylinux_2_39_aarch64")),
        ("any==1.0", offer(offered, "any")),
    )
    wanted = wheels.entries(lock)
    arm64 = next(each for each in wheels.PROMISED if each.machine == "aarch64")
    found = wheels.answers(arm64, wanted)
    assert found == {"a-b": f"a_b-1.0-{tag}.whl", "any": "any-1.0-py3-none-any.whl"}
    page = "\n".join(wheels.table(wanted, {"arm64": found}, "2026-11-29"))
    assert "| a-b 1.0 | cp311，glibc 2.17 |" in page
    assert "| new 1.0 | **缺** |" in page
    assert "| any 1.0 | 任何系统 |" in page
    assert "| **合计** | 缺 1 |" in page


@pytest.mark.parametrize(
    ("file", "asked"),
    [
        ("a-1-cp39-abi3-manylinux_2_31_aarch64.whl", (2, 31)),
        ("a-1-cp311-cp311-manylinux2014_x86_64.manylinux_2_17_x86_64.whl", (2, 17)),
        ("a-1-cp311-cp311-manylinux_2_27_x86_64.manylinux_2_28_x86_64.whl", (2, 27)),
        ("a-1-cp311-cp311-manylinux1_x86_64.whl", (2, 5)),
        ("a-1-py3-none-any.whl", None),
        ("a-1-cp311-cp311-win_amd64.whl", None),
    ],
)
def test_the_floor_is_in_the_name(file, asked):
    assert wheels.floor(file) == asked


def test_the_page_that_is_kept_is_that_of_the_lock_of_today():
    page = wheels.TABLE.read_text(encoding="utf-8")
    for each in wheels.entries(INSTALLER / "requirements.txt"):
        assert f"| {each.name} {each.version} |" in page, "installer/wheels.py check --write"
    assert page.count("齐全") == len(wheels.PROMISED)
