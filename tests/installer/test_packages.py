"""What is handed out on Linux, made from a small version: .run, portable folder, .deb."""

from __future__ import annotations

import importlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.cases import WHOLE
from tests.installer.versions import LINUX, Killer, a_version, lay, started, whole, write_list
from tests.test_setup import INSTALLER, ROOT

sys.path.insert(0, str(INSTALLER))
frozen_folder = importlib.import_module("frozen_folder")
linux_packages = importlib.import_module("linux_packages")
sys.path.remove(str(INSTALLER))

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="packages of Linux")
MACHINE = os.uname().machine


@pytest.fixture
def version(tmp_path) -> Path:
    return with_desktop(a_version(tmp_path / "版本", "0.2.0"))


def with_desktop(made: Path) -> Path:
    (made / "desktop").mkdir()
    for name in frozen_folder.DESKTOP:
        shutil.copyfile(LINUX / name, made / "desktop" / name)
    (made / "desktop" / "dangjian-desktop.svg").write_text("<svg/>", encoding="utf-8")
    (made / "licences").mkdir()
    (made / "licences" / "dangjian-desktop.txt").write_text("MIT", encoding="utf-8")
    write_list(made)
    return made


# ---- .run --------------------------------------------------------------------------------------


@pytest.fixture
def run(tmp_path, version) -> Path:
    work = tmp_path / "做"
    work.mkdir()
    target = tmp_path / "盘 U" / "dangjian-desktop-0.2.0.run"
    target.parent.mkdir()
    linux_packages.make_run(version, "0.2.0", MACHINE, work, target)
    return target


def ran(file: Path, home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    home.mkdir(exist_ok=True)
    env = {"HOME": str(home), "PATH": "/usr/bin:/bin"}
    call = ["sh", str(file), *words]
    return subprocess.run(call, check=False, capture_output=True, encoding="utf-8", env=env)


def test_a_stick_sets_up_without_rights_and_puts_it_into_the_menu(tmp_path, run):
    home = tmp_path / "王 家"
    done = ran(run, home)
    assert done.returncode == 0, done.stderr
    root = home / ".local" / "opt" / "dangjian-desktop"
    assert whole(root)
    assert started(root, "a") == "0.2.0 a"
    entry = (home / ".local/share/applications/dangjian-desktop.desktop").read_text("utf-8")
    assert f'Exec="{root}/dangjian-desktop" %f' in entry
    assert "MimeType=application/x-dangjian;" in entry
    assert (home / ".local/share/mime/packages/dangjian-desktop.xml").is_file()
    assert "已经装有同样的版本" in ran(run, home).stderr
    subprocess.run([str(root / "uninstall")], check=True, env={"HOME": str(home)})
    left = [path for path in home.rglob("*") if path.is_file()]  # the system's own lists of types
    assert not [path for path in left if b"dangjian" in path.name.encode() + path.read_bytes()]


def test_what_a_desktop_file_reads_otherwise_is_quoted(tmp_path, run):
    root = tmp_path / '价 $5 "五" 100% `a` \\b'
    assert ran(run, tmp_path / "家", "--to", str(root)).returncode == 0
    entry = (tmp_path / "家/.local/share/applications/dangjian-desktop.desktop").read_text("utf-8")
    quoted = '价 \\\\$5 \\\\"五\\\\" 100%% \\\\`a\\\\` \\\\\\\\b'
    assert f"{quoted}/dangjian-desktop" in entry
    home = {"HOME": str(tmp_path / "家")}
    subprocess.run([str(root / "uninstall")], check=True, env=home)
    assert not (tmp_path / "家/.local/share/applications/dangjian-desktop.desktop").exists()


def test_a_relative_place_is_below_where_it_is_called(tmp_path, run):
    call = ["sh", str(run), "--to", "这里"]
    subprocess.run(call, check=True, cwd=tmp_path, env={"HOME": str(tmp_path / "家")})
    assert started(tmp_path / "这里", "a") == "0.2.0 a"


@pytest.mark.parametrize("part", [0.05, 0.15, 0.3, 0.5, 0.7, 0.999])
def test_a_half_copied_file_changes_nothing(tmp_path, run, part):
    content = run.read_bytes()
    run.write_bytes(content[: int(len(content) * part)])
    done = ran(run, tmp_path / "家")
    assert done.returncode == 6
    assert [*(tmp_path / "家").iterdir()] == []
    assert "没有拷全" in done.stderr


def test_one_changed_byte_of_the_file_changes_nothing(tmp_path, run):
    content = bytearray(run.read_bytes())
    content[-100] ^= 1
    run.write_bytes(content)
    assert "已损坏" in ran(run, tmp_path / "家").stderr
    assert [*(tmp_path / "家").iterdir()] == []


def test_on_another_processor_it_is_refused(tmp_path, version):
    target = tmp_path / "a.run"
    linux_packages.make_run(version, "0.2.0", "loongarch64", tmp_path, target)
    assert "用于 loongarch64" in ran(target, tmp_path / "家").stderr


def test_two_runs_make_the_same_bytes(tmp_path, version):
    made = []
    for name in ("甲", "乙"):
        work = tmp_path / name
        work.mkdir()
        linux_packages.make_run(version, "0.2.0", MACHINE, work, work / "a.run")
        made.append((work / "a.run").read_bytes())
    assert made[0] == made[1]


MENU = ".local/share/applications/dangjian-desktop.desktop"


def test_killed_anywhere_a_stick_leaves_one_whole_version_its_menu_and_its_uninstaller(
    tmp_path, run
):
    before = with_desktop(a_version(tmp_path / "早", "0.1.0"))
    earlier = tmp_path / "早.run"
    (tmp_path / "做早").mkdir()
    linux_packages.make_run(before, "0.1.0", MACHINE, tmp_path / "做早", earlier)
    killer = Killer(tmp_path)
    seen = set()
    for number, when in killed_at(killer, run, earlier, tmp_path / "量"):
        home = tmp_path / "家" / f"{number} {when}"
        home.parent.mkdir(exist_ok=True)
        assert ran(earlier, home).returncode == 0
        root, entry = home / ".local/opt/dangjian-desktop", (home / MENU).read_bytes()
        assert killer.run(run, home, kill=number, when=when) in (-9, 0)
        seen.add(started(root, "a"))
        assert whole(root), (number, when)
        assert (home / MENU).read_bytes() == entry, (number, when)
        if number % 2:
            assert ran(run, home).returncode == 0
            assert started(root, "a") == "0.2.0 a"
        subprocess.run([str(root / "uninstall")], check=True, env={"HOME": str(home)})
        assert not root.exists(), (number, when)
        assert not (home / MENU).exists()
        shutil.rmtree(home)
    assert seen == {"0.1.0 a", "0.2.0 a"}


def killed_at(killer: Killer, run: Path, earlier: Path, home: Path) -> list[tuple[int, str]]:
    """Before or after each tool that the set-up over an earlier version calls."""
    assert ran(earlier, home).returncode == 0
    assert killer.run(run, home, kill=0, when="never") == 0
    found = int(killer.count.read_text())
    points = [(n, when) for n in range(1, found + 1) for when in ("before", "after")]
    assert len(points) >= 60
    # How a version is laid is held by test_laying; all of the end is tried here: the menu.
    return points if WHOLE else [*points[:-24:6], *points[-24:]]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="mounts a small disk")
@pytest.mark.parametrize("kilobytes", [20, 40, 80])
def test_without_room_a_stick_says_so_and_leaves_nothing_that_starts(tmp_path, run, kilobytes):
    home = tmp_path / "小盘"
    home.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(home)]
    subprocess.run(mount, check=True)
    try:
        done = ran(run, home)
        assert done.returncode in (3, 5), done.stderr
        said = done.stderr.splitlines()
        assert said[0].startswith("磁盘空间不足：这里还要约 1 MB，只剩 0 MB")
        assert said[1:] == ["没有装上，这台电脑上别的东西没有动。"]
        assert not (home / ".local/opt/dangjian-desktop/current").exists()
    finally:
        subprocess.run(["umount", str(home)], check=True)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="mounts a small disk")
def test_full_in_spite_of_what_was_measured_no_line_of_a_tool_runs_over_the_screen(tmp_path, run):
    home = tmp_path / "小盘"
    home.mkdir()
    own = run.read_bytes().split(b"\nneeded=")[1].split(b"\n")[0]
    run.write_bytes(
        run.read_bytes().replace(b"\nneeded=" + own, b"\nneeded=" + b"1".zfill(len(own)))
    )
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=80k", "tmpfs", str(home)], check=True)
    try:
        done = ran(run, home)
        assert done.returncode == 5
        assert done.stderr.splitlines()[0].startswith("文件没有全部放好：磁盘空间不足")
        assert len(done.stderr.splitlines()) == 2
    finally:
        subprocess.run(["umount", str(home)], check=True)


# ---- portable, .deb ------------------------------------------------------------------------------


def test_the_portable_folder_works_where_it_lies_and_leaves_nothing_else(tmp_path, run):
    root, home = tmp_path / "U 盘" / "党建", tmp_path / "家"
    root.parent.mkdir()
    assert ran(run, home, "--portable", str(root)).returncode == 0
    assert [*home.iterdir()] == []
    assert started(root, "a") == "0.2.0 a"
    there = root.rename(tmp_path / "另一处")
    assert started(there, "a") == "0.2.0 a"
    assert whole(there)
    done = subprocess.run([str(there / "uninstall")], check=False, capture_output=True)
    assert "便携版" in done.stderr.decode()
    assert ran(run, home, "--portable", str(there)).returncode == 0


def test_a_portable_folder_that_was_not_laid_is_not_called_one(tmp_path):
    bad = with_desktop(a_version(tmp_path / "坏", "0.3.0", code=1))
    linux_packages.make_run(bad, "0.3.0", MACHINE, tmp_path, tmp_path / "坏.run")
    root = tmp_path / "U 盘"
    assert ran(tmp_path / "坏.run", tmp_path / "家", "--portable", str(root)).returncode == 8
    assert not (root / "portable").exists()
    assert not (root / "资料").exists()


def test_where_the_switch_itself_fails_it_is_told_and_no_portable_one_is_left(tmp_path, version):
    root = tmp_path / "U 盘"
    (root / ".current.new").mkdir(parents=True)  # nothing can be written there, by root neither
    done = lay("put", root, version, "--portable")
    assert done.returncode == 3
    assert done.stderr.splitlines()[0].startswith("无法在")
    assert not (root / "portable").exists()
    assert not (root / "资料").exists()


def test_killed_anywhere_what_starts_from_a_stick_keeps_its_data_there(tmp_path, version):
    killer = Killer(tmp_path)
    words = ("--portable",)
    assert killer.lay("put", tmp_path / "量", version, *words, kill=0, when="never") == 0
    found = int(killer.count.read_text())
    for number in range(max(1, found - 12), found + 1):
        for when in ("before", "after"):
            root = tmp_path / f"{number} {when}"
            assert killer.lay("put", root, version, *words, kill=number, when=when) in (-9, 0)
            assert (root / "portable").exists() or not (root / "current").exists()
            assert lay("put", root, version, *words).returncode == 0
            assert (root / "portable").exists()


@pytest.mark.skipif(shutil.which("dpkg-deb") is None, reason="dpkg-deb of Debian")
def test_the_package_holds_the_version_and_nothing_of_a_user(tmp_path, version):
    target = tmp_path / "a.deb"
    linux_packages.make_deb(version, "0.2.0", "x86_64", tmp_path, target, "2.36")
    told = subprocess.run(["dpkg-deb", "-I", str(target)], check=True, capture_output=True)
    for line in ("Version: 0.2.0", "Architecture: amd64", "libc6 (>= 2.36)"):
        assert line in told.stdout.decode()
    listed = subprocess.run(["dpkg-deb", "-c", str(target)], check=True, capture_output=True)
    rows = [line.split(maxsplit=5) for line in listed.stdout.decode().splitlines()]
    assert {row[1] for row in rows} == {"root/root"}
    names = {row[5].partition(" -> ")[0] for row in rows}
    assert "./opt/dangjian-desktop/package/0.2.0/files.sha256" in names
    assert "./usr/share/applications/dangjian-desktop.desktop" in names
    # The pointer and what starts are laid by the script, as everywhere.
    assert "./opt/dangjian-desktop/current" not in names
    assert not [name for name in names if name.startswith(("./home", "./root", "./var"))]


def test_scripts_are_plain_shell():
    for script in (*LINUX.glob("*.sh"), INSTALLER / "release.sh"):
        subprocess.run(["sh", "-n", str(script)], check=True)
        assert script.read_text("utf-8").startswith("#!/bin/sh\n")


# ---- the folder of a version ---------------------------------------------------------------------


@pytest.fixture
def made(version) -> Path:
    for path in version.rglob("*"):
        name = path.relative_to(version).as_posix()
        path.chmod(0o755 if path.is_dir() or name in frozen_folder.STARTED else 0o644)
    return version


def found(folder: Path, ours=("a",), frozen=("a",), floor="9.9") -> list[str]:
    return frozen_folder.problems(folder, ours, frozen, floor)


def test_a_folder_that_may_be_shipped_has_no_problem(made):
    assert found(made) == []


def test_what_may_not_be_shipped_is_named(made, tmp_path):
    (made / "_internal" / "pytest").mkdir(mode=0o755)
    (made / "_internal" / "部分 3").chmod(0o755)
    (made / "_internal" / "出去").symlink_to(tmp_path)
    packed = made / "_internal" / "b.so"
    packed.write_bytes(Path("/bin/true").read_bytes()[:200] + b"UPX!")
    packed.chmod(0o644)
    said = "\n".join(frozen_folder._packed(made))
    assert "b.so 用 UPX 压过" in said
    packed.unlink()
    shutil.copyfile("/bin/true", made / "_internal" / "true.so")
    (made / "_internal" / "true.so").chmod(0o644)
    told = found(made, ours=("a", "dangjian_desktop.x"), floor="2.2")
    for words in (
        "不该带上 _internal/pytest",
        "部分 3 的权限是 755",
        "_internal/出去 是链接",
        "少了模块 dangjian_desktop.x",
        "true.so 要 glibc 2.",
    ):
        assert [each for each in told if words in each], words


def test_every_module_of_ours_is_asked_for():
    names = frozen_folder.modules_of(ROOT)
    assert "dangjian_desktop.storage.migrations.versions.r0001_first" in names
    assert "dangjian_desktop.tried" in names
    assert "dangjian_desktop.ui" in names
    assert not [name for name in names if name.endswith("__main__")]


def test_the_tools_of_a_release_are_locked_with_hashes():
    text = (INSTALLER / "requirements-release.txt").read_text("utf-8")
    entries = text.split("\n", 1)[1].strip().split("\n")
    names = [line for line in entries if not line.startswith(" ")]
    assert [line for line in names if line.startswith("pyinstaller==")]
    assert all("==" in line for line in names)
    assert text.count("--hash=sha256:") >= len(names)
    assert not [part for part in ("://", "--index", "--find-links") if part in text]


def test_the_folder_that_is_assembled_may_be_shipped_and_laid(tmp_path):
    program, licences = tmp_path / "做 出", tmp_path / "许可"
    a_version(program, "0.3.0")
    for name in ("entry/dangjian", "entry/dangjian-desktop", "entry/uninstall"):
        (program / name).unlink()
    (program / "entry").rmdir()
    (program / "_internal" / "部分 1").chmod(0o777)
    (program / "_internal" / "链").symlink_to("部分 1")
    licences.mkdir()
    (licences / "LGPL-3").touch()
    frozen_folder.assemble(program, "0.3.0", licences)
    assert found(program) == []
    for root in (tmp_path / "甲", tmp_path / "乙"):
        assert lay("put", root, program).returncode == 0
        assert whole(root)
    assert started(tmp_path / "甲", "a") == "0.3.0 a"
