"""Updating what is installed, over the real ``lay.sh`` and small versions: whatever happens on the
way, one whole version starts."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from dangjian_desktop.domain.updating.canonical import canonical
from dangjian_desktop.errors import BlockedError, Cancelled, InputError
from dangjian_desktop.services.updating import installed as places
from dangjian_desktop.services.updating.installed import Installed, host_of, installed
from dangjian_desktop.services.updating.updating import (
    look,
    put_back,
    status,
    update,
)
from dangjian_desktop.storage.updating import trusted
from tests.installer.updates import (
    Made,
    Publisher,
    a_program,
    files_of,
    place_of,
    private,
)
from tests.installer.versions import lay, started, whole, write_list

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the set-up of Linux")
PUBLISHER = Publisher()
DEEP = "党 支部" * 10 + "/" + "资料 abc " * 15


@pytest.fixture(autouse=True)
def _keys(monkeypatch):
    monkeypatch.setattr(trusted, "built_in", lambda: PUBLISHER.keys)


@pytest.fixture
def root(tmp_path) -> Path:
    place = tmp_path / "程序 文件夹"
    assert lay("put", place, a_program(tmp_path / "一", "0.1.0")).returncode == 0
    return place


@pytest.fixture
def place(root) -> Installed:
    return place_of(root)


def a_package(tmp_path: Path, version: str = "0.2.0", **given) -> Path:
    program = a_program(tmp_path / f"来源 {version}", version, **given)
    made = Made(files_of(program), {"version": version})
    return made.write(tmp_path / f"{version}.update", PUBLISHER.in_use)


def nothing() -> None:
    """No library is there to be copied."""


def names(root: Path) -> list[str]:
    return sorted(path.name for path in (root / "versions").iterdir() if path.name[0] != ".")


def left(root: Path) -> list[str]:
    return [path.name for path in (root / "versions").glob(".*") if path.name[:5] != ".use."]


def untouched(root: Path) -> None:
    assert names(root) == ["0.1.0"]
    assert started(root, "a") == "0.1.0 a"
    assert whole(root)
    assert [name for name in left(root) if name != trusted.KEPT] == []


# ---- as it goes --------------------------------------------------------------------------------


def test_an_update_is_laid_beside_and_starts_next(tmp_path, root, place):
    told: list[str] = []
    done = update(
        a_package(tmp_path), nothing, lambda _done, _all, text: told.append(text), place=place
    )
    assert done.version == "0.2.0"
    assert done.words.startswith("已装好 0.2.0。关闭程序（所有窗口）再打开")
    assert started(root, "a") == "0.2.0 a"
    assert whole(root)
    assert names(root) == ["0.1.0", "0.2.0"]
    assert left(root) == []
    assert {"正在核对更新文件", "正在解开更新文件"} <= {*told}
    now = status(place)
    assert (now.running, now.next, now.previous, now.waits) == ("0.1.0", "0.2.0", "0.1.0", True)


def test_what_is_in_it_is_said_before(tmp_path, root, place):
    offer = look(a_package(tmp_path), place)
    assert (offer.now, offer.manifest.version, offer.problems) == ("0.1.0", "0.2.0", ())
    assert offer.manifest.changes == ("更新可以从U盘上的文件做。",)
    untouched(root)


def test_the_one_before_can_be_put_back_until_the_new_one_has_started(tmp_path, root, place):
    update(a_package(tmp_path), nothing, place=place)
    assert put_back(place).version == "0.1.0"
    assert started(root, "a") == "0.1.0 a"
    assert lay("sweep", root).returncode == 0
    with pytest.raises(BlockedError) as caught:
        put_back(place)
    assert "没有可以换回的版本" in caught.value.message
    assert "那一版的更新文件或安装包" in caught.value.remedy


def test_an_older_one_is_laid_by_an_explicit_choice_only(tmp_path, root, place):
    file = a_package(tmp_path, "0.0.9")
    offer = look(file, place)
    assert offer.older
    assert "只读" in offer.about_library
    with pytest.raises(InputError) as caught:
        update(file, nothing, place=place)
    assert "较早的版本 0.0.9，已经装有 0.1.0" in caught.value.issues[0].message
    assert "--older" in caught.value.remedy
    untouched(root)
    assert update(file, nothing, older=True, place=place).version == "0.0.9"
    assert started(root, "a") == "0.0.9 a"


def test_the_same_again_is_refused_even_by_choice(tmp_path, root, place):
    with pytest.raises(InputError) as caught:
        update(a_package(tmp_path, "0.1.0"), nothing, older=True, place=place)
    assert "已经装有 0.1.0" in caught.value.issues[0].message
    untouched(root)


def test_what_is_for_another_computer_says_so_all_at_once(tmp_path, root, place):
    files = files_of(a_program(tmp_path / "来源", "0.0.1"))
    told = {"platform": "windows", "machine": "loongarch64", "floor": "2.99", "version": "0.0.1"}
    made = Made(files, told).write(tmp_path / "别.update", PUBLISHER.in_use)
    with pytest.raises(InputError) as caught:
        update(made, nothing, older=True, place=place)
    codes = [issue.code for issue in caught.value.issues]
    assert codes == ["platform", "machine", "glibc", "older"]
    assert "更新文件用于 Windows，这里是 Linux" in caught.value.issues[0].message
    untouched(root)


def test_a_long_path_with_blanks_and_chinese_will_do(tmp_path):
    root = tmp_path / DEEP
    lay("put", root, a_program(tmp_path / "一", "0.1.0"))
    (tmp_path / DEEP / "更新 文件").mkdir()
    file = shutil.move(a_package(tmp_path), tmp_path / DEEP / "更新 文件")
    assert len(str(root)) > 200
    update(Path(file), nothing, place=place_of(root))
    assert started(root, "a") == "0.2.0 a"


def test_a_portable_folder_is_updated_where_it_lies(tmp_path, root, place):
    (root / "portable").touch()
    (root / "资料").mkdir()
    (root / "资料" / "党支部.dangjian").write_bytes(b"data")
    assert status(place).portable
    update(a_package(tmp_path), nothing, place=place)
    assert (root / "资料" / "党支部.dangjian").read_bytes() == b"data"
    moved = root.rename(tmp_path / "另一个 盘符")
    assert started(moved, "a") == "0.2.0 a"


def test_what_a_new_key_signed_is_remembered(tmp_path, root, place):
    following = private("接替")
    said = PUBLISHER.rotation(PUBLISHER.in_use, following)
    files = files_of(a_program(tmp_path / "来源", "0.2.0"))
    made = Made(files, rotations=[said]).write(tmp_path / "换.update", following)
    update(made, nothing, place=place)
    assert trusted.kept(root / "versions") == (said,)
    stolen = a_package(tmp_path, "0.3.0")  # by the key that was replaced
    with pytest.raises(InputError, match="不是这个程序认可的"):
        update(stolen, nothing, place=place)
    assert lay("sweep", root).returncode == 0
    assert trusted.kept(root / "versions") == (said,)


# ---- where it cannot be ------------------------------------------------------------------------


def test_a_checkout_a_deb_and_a_build_without_keys_say_what_to_do(tmp_path, root, monkeypatch):
    assert installed() is None
    assert "检出目录" in status().why_not.message
    with pytest.raises(BlockedError, match="检出目录"):
        update(a_package(tmp_path), nothing)
    with pytest.raises(BlockedError, match="检出目录"):
        put_back()
    (root / "package").mkdir()
    for act in (lambda p: update(tmp_path / "0.2.0.update", nothing, place=p), put_back):
        with pytest.raises(BlockedError) as caught:
            act(place_of(root))
        assert ".deb" in caught.value.message
        assert "管理员安装" in caught.value.remedy
    (root / "package").rmdir()
    monkeypatch.setattr(trusted, "built_in", lambda: trusted.keys_of("", ""))
    with pytest.raises(BlockedError, match="没有配置更新公钥"):
        update(tmp_path / "0.2.0.update", nothing, place=place_of(root))
    untouched(root)


def test_the_program_is_found_by_where_it_runs_from(root):
    for below in ("dangjian", "_internal/python", "python/bin/python.exe"):
        found = installed(str(root / "versions" / "0.1.0" / below))
        assert found == place_of(root)
    assert installed(str(root / "versions" / "dangjian")) is None
    assert installed("") is None
    assert host_of(place_of(root)).version == "0.1.0"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_the_right_is_told(tmp_path, root, place):
    (root / "versions").chmod(0o555)
    try:
        with pytest.raises(BlockedError, match="不能写入"):
            update(a_package(tmp_path), nothing, place=place)
    finally:
        (root / "versions").chmod(0o755)
    untouched(root)


@pytest.mark.skipif(os.geteuid() != 0, reason="mounts")
def test_a_program_on_a_drive_that_cannot_be_written_says_so(tmp_path):
    disk = a_disk(tmp_path, "4m")
    try:
        lay("put", disk / "程序", a_program(tmp_path / "一", "0.1.0"))
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        with pytest.raises(BlockedError) as caught:
            update(a_package(tmp_path), nothing, place=place_of(disk / "程序"))
        assert "不能写入" in caught.value.message
        assert "写保护" in caught.value.remedy
        assert started(disk / "程序", "a") == "0.1.0 a"
    finally:
        subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.skipif(os.geteuid() != 0, reason="mounts a small disk")
@pytest.mark.parametrize("kilobytes", [0, 24, 56])
def test_no_space_in_the_middle_leaves_what_was_there(tmp_path, monkeypatch, kilobytes):
    disk = a_disk(tmp_path, "700k")
    root = disk / "程序"
    file = a_package(tmp_path)
    try:
        lay("put", root, a_program(tmp_path / "一", "0.1.0"))
        with pytest.raises(BlockedError, match="空间不足，还差约"):
            update(file, nothing, place=place_of(root))
        # As where another program fills the disk meanwhile.
        monkeypatch.setattr("dangjian_desktop.services.updating.updating._MARGIN", -(1 << 30))
        free = shutil.disk_usage(disk).free - kilobytes * 1024
        (disk / "别的").write_bytes(bytes(max(0, free)))
        with pytest.raises(BlockedError) as caught:
            update(file, nothing, place=place_of(root))
        assert "磁盘" in caught.value.message
        untouched(root)
        (disk / "别的").unlink()
        update(file, nothing, place=place_of(root))
        assert started(root, "a") == "0.2.0 a"
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def a_disk(tmp_path: Path, size: str) -> Path:
    disk = tmp_path / "盘"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(disk)]
    subprocess.run(mount, check=True)
    return disk


# ---- what can go wrong on the way --------------------------------------------------------------


def test_one_that_fails_its_self_test_here_is_not_switched_to(tmp_path, root, place):
    file = a_package(tmp_path, code=1, told="不通过　窗口：缺少 libxcb")
    with pytest.raises(BlockedError) as caught:
        update(file, nothing, place=place)
    told = [caught.value.message, *(issue.message for issue in caught.value.issues)]
    assert "没有通过自检（代码 1）" in told[0]
    assert any(str(root / "self-test") in words for words in told)
    assert "不通过　窗口：缺少 libxcb" in told
    assert "原来的版本没有动" in caught.value.remedy
    untouched(root)


def test_a_library_that_the_system_lacks_is_said_with_what_to_do(tmp_path, place):
    program = a_program(tmp_path / "来源", "0.2.0")
    (program / "system-libraries").write_text("libzzz.so.7 zzz1\n", encoding="ascii")
    write_list(program)
    made = Made(files_of(program)).write(tmp_path / "缺.update", PUBLISHER.in_use)
    with pytest.raises(BlockedError, match="apt install zzz1") as caught:
        update(made, nothing, place=place)
    assert "装好上面说的软件包" in caught.value.remedy


def test_a_package_whose_own_list_does_not_hold_is_refused_by_the_layer(tmp_path, root, place):
    files = files_of(a_program(tmp_path / "来源", "0.2.0"))
    files["_internal/部分 3"] = b"other"
    made = Made(files).write(tmp_path / "坏.update", PUBLISHER.in_use)
    with pytest.raises(BlockedError, match="与清单不符"):
        update(made, nothing, place=place)
    untouched(root)


def test_two_at_once_do_not_disturb_each_other(tmp_path, root, place):
    file = a_package(tmp_path)
    with (root / ".lock").open("w") as opened:
        fcntl.flock(opened, fcntl.LOCK_EX)
        with pytest.raises(BlockedError) as caught:
            update(file, nothing, place=place)
    assert "正在安装或更新" in caught.value.message
    assert "等那一次结束" in caught.value.remedy
    untouched(root)
    # Whoever unpacks beside it is not taken for a leaving.
    inside: list[str] = []

    def second(_done: int, _all: int, text: str) -> None:
        if text == "正在解开更新文件" and not inside:
            inside.append(text)
            assert update(file, nothing, place=place).version == "0.2.0"

    assert update(file, nothing, second, place=place).version == "0.2.0"
    assert whole(root)
    assert left(root) == []


@pytest.mark.parametrize("doing", ["正在核对更新文件", "正在解开更新文件", "正在核对并试用 0.2.0"])
def test_stopped_it_leaves_what_was_there(tmp_path, root, place, doing):
    body = "sleep 30" if "试用" in doing else "exit 0"
    file = a_package(tmp_path, code=0, told="$(sleep 30)") if "试用" in doing else None

    def stop(_done: int, _all: int, text: str) -> None:
        if text == doing:
            raise Cancelled

    with pytest.raises(Cancelled):
        update(file or a_package(tmp_path, body=body), nothing, stop, place=place)
    untouched(root)


def test_without_the_copy_of_the_library_nothing_is_laid(tmp_path, root, place):
    def full() -> None:
        raise BlockedError("磁盘已满。", "请腾出空间。")

    with pytest.raises(BlockedError, match="磁盘已满"):
        update(a_package(tmp_path), full, place=place)
    untouched(root)


def test_the_version_that_runs_keeps_its_folder(tmp_path, root, place):
    use = root / "versions" / ".use.0.1.0"
    with use.open("w") as opened:
        fcntl.flock(opened, fcntl.LOCK_SH)
        update(a_package(tmp_path), nothing, place=place)
        lay("sweep", root)
        assert names(root) == ["0.1.0", "0.2.0"]
    lay("sweep", root)
    assert names(root) == ["0.2.0"]


def test_kept_keys_that_are_damaged_count_as_none(root):
    (root / "versions" / trusted.KEPT).write_bytes(canonical([{"x": 1}]))
    assert trusted.kept(root / "versions") == ()
    assert places.installed(str(root / "versions/0.1.0/dangjian")) is not None


def test_the_one_that_was_updated_does_not_take_away_itself(tmp_path, root, place, monkeypatch):
    """It starts well, too, after the update: ten seconds may lie between."""
    update(a_package(tmp_path), nothing, place=place)
    for name in ("DANGJIAN_ROOT", "DANGJIAN_DATA"):
        monkeypatch.setenv(name, str(root if name == "DANGJIAN_ROOT" else tmp_path / "资料"))
    launch = ["sh", str(root / "versions" / "0.1.0" / "launch.sh"), "dangjian-desktop"]
    assert subprocess.run(launch, check=False, capture_output=True).returncode == 0
    assert names(root) == ["0.1.0", "0.2.0"]
    assert put_back(place).version == "0.1.0"


def test_the_layer_is_called_as_if_nobody_had_frozen_the_program(tmp_path, root, monkeypatch):
    """Its tools need the libraries of the system, and no password goes on to them."""
    told = tmp_path / "环境"
    monkeypatch.setenv("LD_LIBRARY_PATH", "/of/the/frozen")
    monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", "/of/the/system")
    monkeypatch.setenv("DANGJIAN_PASSWORD", "秘密")
    monkeypatch.setenv("DANGJIAN_DATA", "/资料")
    monkeypatch.setenv("_PYI_ARCHIVE_FILE", "x")
    (root / "versions" / "0.1.0" / "lay.sh").write_text(f"env >'{told}'\n", encoding="utf-8")
    put_back(place_of(root))
    found = told.read_text(encoding="utf-8").splitlines()
    assert "LD_LIBRARY_PATH=/of/the/system" in found
    assert "DANGJIAN_DATA=/资料" in found
    assert not [each for each in found if each.startswith(("_PYI", "DANGJIAN_PASSWORD", "PYTHON"))]
