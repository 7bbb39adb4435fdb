"""Forward, back and forward again: one folder of each version, and words that hold."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from dangjian_desktop.cli import main
from dangjian_desktop.errors import InputError
from dangjian_desktop.services.updating import updating
from dangjian_desktop.services.updating.updating import about_libraries, look, update
from dangjian_desktop.storage.updating import trusted
from dangjian_desktop.storage.updating.reading import Package
from tests.installer.test_updating import PUBLISHER, a_disk, a_package, left, names, nothing
from tests.installer.updates import Made, a_program, files_of, place_of
from tests.installer.versions import a_version, lay, started, whole, write_list

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the set-up of Linux")


@pytest.fixture(autouse=True)
def _keys(monkeypatch):
    monkeypatch.setattr(trusted, "built_in", lambda: PUBLISHER.keys)


def with_schema(program: Path, schema: str) -> Path:
    """As a release writes it; without it nobody knows."""
    if schema:
        (program / "schema").write_text(f"{schema}\n", encoding="ascii")
        write_list(program)
    return program


@pytest.fixture
def root(tmp_path) -> Path:
    place = tmp_path / "程序 文件夹"
    assert lay("put", place, a_version(tmp_path / "一", "0.1.0")).returncode == 0
    return place


# ---- one folder of each ------------------------------------------------------------------------


def test_who_went_back_goes_forward_to_the_folder_that_lies_there(tmp_path, root):
    two = a_version(tmp_path / "二", "0.2.0")
    for _ in range(3):
        assert lay("put", root, two).returncode == 0
        assert started(root, "a") == "0.2.0 a"
        assert (root / "previous").read_text("utf-8").strip() == "0.1.0"
        assert names(root) == ["0.1.0", "0.2.0"]
        assert lay("back", root).returncode == 0
        assert started(root, "a") == "0.1.0 a"
    assert left(root) == []


def test_a_folder_that_was_damaged_meanwhile_is_not_taken(tmp_path, root):
    two = a_version(tmp_path / "二", "0.2.0")
    lay("put", root, two)
    lay("back", root)
    (root / "versions" / "0.2.0" / "_internal" / "部分 3").unlink()
    assert lay("put", root, two).returncode == 0
    assert names(root) == ["0.1.0", "0.2.0", "0.2.0-2"]
    assert started(root, "a") == "0.2.0 a"
    assert whole(root)


def test_the_one_that_lies_there_is_tried_again_before_it_is_switched_to(tmp_path, root):
    seen = tmp_path / "坏了"
    told = f"$(test -e '{seen}' && case $0 in */versions/0.2.0/*) kill -KILL $$ ;; esac)"
    two = a_version(tmp_path / "二", "0.2.0", told=told)
    assert lay("put", root, two).returncode == 0
    lay("back", root)
    seen.touch()
    done = lay("put", root, two)
    assert done.returncode == 8
    assert "没有通过自检" in done.stderr
    assert started(root, "a") == "0.1.0 a"
    assert names(root) == ["0.1.0", "0.2.0"]


# ---- what an update unpacks is taken over ------------------------------------------------------


def test_an_update_is_not_copied_once_more(tmp_path, root, monkeypatch):
    seen: dict[str, int] = {}
    unpack = Package.unpack

    def noting(self, folder, progress):
        unpack(self, folder, progress)
        seen[folder.name] = folder.stat().st_ino

    monkeypatch.setattr(Package, "unpack", noting)
    update(a_package(tmp_path), nothing, place=place_of(root))
    assert (root / "versions" / "0.2.0").stat().st_ino in seen.values()
    # No longer than the name that the set-up of Windows counts with.
    assert [*seen] == [f".new.s{os.getpid()}"]
    assert left(root) == []


@pytest.mark.parametrize("verb", ["clear", "sweep", "put"])
def test_what_is_being_unpacked_stays_and_what_was_left_goes(tmp_path, root, verb):
    ended = subprocess.Popen(["true"])
    ended.wait()
    folder = root / "versions"
    other = [f".new.s{ended.pid}", ".new.s", ".new.s x", ".new.7", ".new.gone.7"]
    alive = [f".new.s{os.getpid()}", f".new.s{os.getpid()}.2"]
    for name in (*other, *alive):
        (folder / name).mkdir()
    more = [a_version(tmp_path / "二", "0.2.0")] if verb == "put" else []
    assert lay(verb, root, *more).returncode == 0
    assert sorted(left(root)) == sorted(alive)
    assert started(root, "a") == ("0.2.0 a" if more else "0.1.0 a")


@pytest.mark.skipif(os.geteuid() != 0, reason="mounts a small disk")
def test_what_a_killed_update_left_is_not_missing_from_the_room(tmp_path, monkeypatch):
    monkeypatch.setattr(updating, "_MARGIN", 100 << 10)
    disk, file = a_disk(tmp_path, "900k"), a_package(tmp_path)
    root = disk / "程序"
    try:
        lay("put", root, a_version(tmp_path / "一", "0.1.0"))
        killed = root / "versions" / ".new.s4194999"
        killed.mkdir()
        (killed / "半").write_bytes(bytes(shutil.disk_usage(disk).free - (50 << 10)))
        assert update(file, nothing, place=place_of(root)).version == "0.2.0"
        assert left(root) == []
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_a_package_that_holds_another_version_than_it_says_is_refused(tmp_path, root):
    files = files_of(a_program(tmp_path / "来源", "0.3.0"))
    made = Made(files, {"version": "0.4.0"}).write(tmp_path / "错.update", PUBLISHER.in_use)
    for act in (look, lambda file, place: update(file, nothing, place=place)):
        with pytest.raises(InputError) as caught:
            act(made, place_of(root))
        assert "里面的程序不是 0.4.0。" in [issue.message for issue in caught.value.issues]
    assert names(root) == ["0.1.0"]


# ---- what is said of libraries -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [("9", "9", "格式相同"), ("9", "10", "只读"), ("", "10", "只读"), ("9", "", "只读")],
)
def test_a_copy_is_spoken_of_only_where_libraries_were_raised(
    tmp_path, monkeypatch, capfd, before, after, said
):
    root, library = tmp_path / "程序", tmp_path / "支部.dangjian"
    lay("put", root, with_schema(a_program(tmp_path / "一", "0.1.0"), before))
    program = with_schema(a_program(tmp_path / "二", "0.2.0"), after)
    file = Made(files_of(program)).write(tmp_path / "二.update", PUBLISHER.in_use)
    update(file, nothing, place=place_of(root))
    told = about_libraries(library, place_of(root, "0.2.0"))
    assert said in told
    assert ("恢复" in told) == (said == "只读")
    monkeypatch.setattr(sys, "executable", str(root / "versions" / "0.2.0" / "dangjian"))
    assert main(["--library", str(library), "--json", "update", "--back"]) == 0
    assert json.loads(capfd.readouterr().out)["library"] == told
    assert started(root, "a") == "0.1.0 a"
