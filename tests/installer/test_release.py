"""How a release is made: once, from its part of the change log, asking of old systems no more."""

from __future__ import annotations

import importlib
import json
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from tests.test_setup import INSTALLER, ROOT

sys.path.insert(0, str(INSTALLER))
asked = importlib.import_module("asked_of_system")
bill = importlib.import_module("bill")
compare = importlib.import_module("compare_releases")
frozen_folder = importlib.import_module("frozen_folder")
linux_packages = importlib.import_module("linux_packages")
old_root = importlib.import_module("old_root")
release = importlib.import_module("release")
sys.path.remove(str(INSTALLER))

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="releases are made on Linux")
STAGE = """import pathlib, sys
place = pathlib.Path(sys.argv[sys.argv.index("--out") + 1])
(place / "python" / "Lib" / "site-packages").mkdir(parents=True)
"""
LOG = "# 更新记录\n\n## {}\n\n- 甲\n- 乙\n\n## 0.0.1\n\n- 丙\n"


@pytest.fixture
def wanted(tmp_path, monkeypatch):
    made = release.Release(tmp_path / "放", here=True, key=None, draft=True)
    monkeypatch.setattr(made, "made", tmp_path / "做")
    return made


# ---- what is refused before anything is made -----------------------------------------------------


def test_a_release_never_replaces_one(wanted):
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert wanted.version == declared["project"]["version"]
    wanted.check()
    wanted.out.mkdir(parents=True)
    wanted.check()
    (wanted.out / "SHA256SUMS").touch()
    with pytest.raises(frozen_folder.ReleaseError, match="不覆盖"):
        wanted.check()


def test_a_key_that_is_not_there_is_said_first(wanted, tmp_path):
    wanted.key = tmp_path / "钥匙"
    with pytest.raises(frozen_folder.ReleaseError, match="没有更新私钥"):
        wanted.check()


@pytest.mark.parametrize(
    ("log", "said"),
    [
        (LOG.format("9.9.9（未发布）"), "加上 --draft"),
        (LOG.format("9.9.9（2026-12-01）"), ""),
        (LOG.format("9.9.9"), ""),
        (LOG.format("9.9.8"), "没有 9.9.9 一节"),
        (LOG.format("9.9.10").replace("0.0.1", "9.9.9"), "最上面的一节是 9.9.10"),
        (LOG.format("9.9.9").replace("- 甲\n- 乙\n", ""), "没有写改了什么"),
        (LOG.format("9.9.9").replace("乙", "甲"), "写了两遍：甲"),
    ],
)
def test_the_change_log_tells_of_this_version_first(log, said):
    told = list(release.complaints_of_changelog(log, "9.9.9"))
    assert len(told) == bool(said), told
    assert said in "".join(told)
    tried = list(release.complaints_of_changelog(log, "9.9.9", draft=True))
    assert tried == [each for each in told if "--draft" not in each]


def test_what_is_not_published_is_made_as_a_draft_only(wanted, tmp_path, monkeypatch):
    log = tmp_path / "CHANGELOG.md"
    log.write_text(LOG.format(f"{wanted.version}（未发布）"), encoding="utf-8")
    monkeypatch.setattr(release, "ROOT", tmp_path)
    wanted.check()
    wanted.draft = False
    with pytest.raises(frozen_folder.ReleaseError, match="写着“未发布”"):
        wanted.check()


# ---- what is handed out --------------------------------------------------------------------------


def test_all_that_is_handed_out_is_in_one_list_and_bears_the_version(wanted):
    wanted.check()
    names = [f"dangjian-desktop-{wanted.version}-{end}" for end in ("linux.run", "windows.zip")]
    for name in names:
        (wanted.made / name).write_text(name, encoding="utf-8")
    wanted.hand_out()
    assert {path.name for path in wanted.out.iterdir()} == {*names, "SHA256SUMS"}
    call = ["sha256sum", "--check", "--strict", "SHA256SUMS"]
    done = subprocess.run(call, cwd=wanted.out, check=True, capture_output=True, text=True)
    assert done.stdout.count(": OK") == 2


@pytest.mark.parametrize("broken", ["name", "size"])
def test_a_strange_name_and_a_large_file_are_not_handed_out(wanted, monkeypatch, broken):
    wanted.check()
    name = "latest.run" if broken == "name" else f"a-{wanted.version}.run"
    (wanted.made / name).write_bytes(b"12345")
    if broken == "size":
        monkeypatch.setattr(release, "LARGEST", 4)
    with pytest.raises(
        frozen_folder.ReleaseError, match="没有版本号" if broken == "name" else "140"
    ):
        wanted.hand_out()
    assert not wanted.out.exists()


def test_a_second_release_at_the_same_time_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(release, "ROOT", tmp_path)
    with release._alone(), pytest.raises(frozen_folder.ReleaseError, match="另一次"):
        release._alone().__enter__()
    with release._alone():
        pass


def test_the_python_that_is_carried_along_is_in_the_bill():
    made = bill.bill("0.2.0", [], {}, {}, ("3.11.2", "3.11.2-6"))
    (part,) = json.loads(made)["components"]
    assert (part["name"], part["version"]) == ("cpython", "3.11.2")
    assert "3.11.2-6" in part["pedigree"]["notes"]


# ---- what is asked of the system -----------------------------------------------------------------


def test_what_is_asked_of_the_system_is_declared_in_the_package():
    declared = ", ".join(linux_packages.DEPENDS)
    for package in {*asked.ASKED.values()} - {"libc6"}:
        assert package in declared


def test_what_a_platform_of_the_screen_needs_comes_along():
    for name in ("libxcb-cursor.so.0", "libxcb-icccm.so.4", "libxkbcommon-x11.so.0", "libffi.so.7"):
        assert not asked.of_the_system(name)
    for name in ("libstdc++.so.6", "libX11.so.6", "libz.so.1", "libcups.so.2"):
        assert asked.of_the_system(name)


def test_a_library_of_the_system_that_nothing_needs_stays_behind(monkeypatch):
    needs = {"plugin.so": ["libxcb-cursor.so.0"], "libgio.so": ["libgobject.so"]}
    monkeypatch.setattr(asked, "_is_binary", lambda path: True)
    monkeypatch.setattr(asked, "needed", lambda path: tuple(needs.get(path.name, ())))
    files = [
        "/env/plugin.so",
        "/usr/lib/libxcb-cursor.so.0",
        "/lib/libgio.so",
        "/lib/libgobject.so",
    ]
    entries = [(Path(file).name, file) for file in files]
    assert [name for name, _ in asked.reached(entries)] == ["plugin.so", "libxcb-cursor.so.0"]


@pytest.mark.skipif(shutil.which("readelf") is None, reason="binutils")
def test_a_library_that_lies_nowhere_stops_the_release(tmp_path):
    python = Path(sys.executable).resolve()
    found = [("python", python)]
    libraries = {*asked.needed(python)}
    assert "libc.so.6" in libraries
    assert not [said for said in asked.missing(found) if "libc.so.6" in said]
    extra = tmp_path / "libxcb-cursor.so.0"
    shutil.copyfile(python, extra)
    told = frozen_folder.problems(tmp_path, [], [], "9.9")
    strange = sorted(libraries - {*asked.ASKED})
    assert [said for said in told if "不能向系统要" in said] == [
        f"libxcb-cursor.so.0 要 {name}，程序里没有，也不能向系统要" for name in strange
    ]


@pytest.mark.skipif(shutil.which("readelf") is None, reason="binutils")
def test_what_a_folder_asks_of_the_system_lies_in_it_with_its_packages(tmp_path, monkeypatch):
    program, licences = tmp_path / "program", tmp_path / "licences"
    program.mkdir()
    licences.mkdir()
    monkeypatch.setattr(
        asked, "needed", lambda path: ("libGL.so.1", "libglib-2.0.so.0", "libqt.so")
    )
    shutil.copyfile(Path(sys.executable).resolve(), program / "dangjian")
    frozen_folder.assemble(program, "9.9.9", licences)
    told = (program / frozen_folder.LIBRARIES).read_text("ascii").splitlines()
    assert told == ["libGL.so.1 libgl1", "libglib-2.0.so.0 libglib2.0-0 libglib2.0-0t64"]
    listed = (program / frozen_folder.LIST).read_text("utf-8")
    assert f"  ./{frozen_folder.LIBRARIES}\n" in listed


def test_a_missing_library_is_named(monkeypatch, tmp_path):
    monkeypatch.setattr(asked, "needed", lambda path: ("libc.so.6", "libxcb-cursor.so.0"))
    platform = ("plugins/libqxcb.so", tmp_path / "libqxcb.so")
    assert list(asked.missing([platform])) == [
        "plugins/libqxcb.so 要 libxcb-cursor.so.0，程序里没有，也不能向系统要"
    ]
    assert list(asked.missing([platform, ("b", tmp_path / "libxcb-cursor.so.0")])) == []


def test_a_newer_library_of_cxx_than_old_systems_have_is_named(monkeypatch):
    told = "Name: GLIBCXX_3.4.25  Name: GLIBCXX_3.4.30  Name: CXXABI_1.3.9"
    monkeypatch.setattr(asked, "_told", lambda path, *wanted: told)
    assert list(asked.too_new_for_cxx([("a.so", Path("a.so"))])) == [
        "a.so 要 GLIBCXX_3.4.30，老系统里没有"
    ]


# ---- the old system ------------------------------------------------------------------------------


def test_the_old_system_is_found_again_by_its_recipe(tmp_path, monkeypatch):
    first = old_root.OldRoot(tmp_path)
    assert old_root.OldRoot(tmp_path).tree == first.tree
    recipe = tmp_path / "recipe.sh"
    recipe.write_text("another\n", encoding="utf-8")
    with monkeypatch.context() as changed:
        changed.setattr(old_root, "RECIPE", recipe)
        assert old_root.OldRoot(tmp_path).tree != first.tree
    monkeypatch.setattr(old_root, "LINKED", (*old_root.LINKED, "libxcb-more0"))
    assert old_root.OldRoot(tmp_path).tree != first.tree


def test_one_that_is_ready_is_not_made_again(tmp_path, monkeypatch):
    made = old_root.OldRoot(tmp_path)
    monkeypatch.setattr(old_root.os, "geteuid", lambda: 1000)
    with pytest.raises(frozen_folder.ReleaseError, match="--here"):
        made.prepare()
    made.tree.mkdir()
    made.ready.touch()
    made.prepare()


def test_what_runs_in_it_has_no_network_and_nothing_of_this_computer(tmp_path):
    made = old_root.OldRoot(tmp_path)
    call = made.inside(["true"])
    assert "--net" in call
    assert "--net" not in made.inside(["true"], network=True)
    assert "env -i" in " ".join(call)
    assert not [part for part in call if part.startswith("PYTHON")]


def test_the_recipe_is_plain_shell():
    subprocess.run(["sh", "-n", str(old_root.RECIPE)], check=True)


# ---- two of one state ----------------------------------------------------------------------------


def test_two_releases_are_held_against_each_other_file_by_file(tmp_path, capsys):
    for name, text in (("甲", "1"), ("乙", "2")):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "a.run").write_text("same", encoding="utf-8")
        with zipfile.ZipFile(folder / "b.zip", "w") as made:
            made.writestr(zipfile.ZipInfo("x/same"), "same")
            made.writestr(zipfile.ZipInfo("x/other"), text)
            made.writestr(zipfile.ZipInfo("x/time", (2020, 1, int(text), 0, 0, 0)), "same")
    (tmp_path / "乙" / "c.deb").touch()
    one, other = str(tmp_path / "甲"), str(tmp_path / "乙")
    assert compare.main([one, other]) == 1
    wanted = f"b.zip\n  x/other：内容\n  x/time：时间\nc.deb：只在 {other} 里有\n"
    assert capsys.readouterr().out == wanted
    assert compare.main([one, one]) == 0
    assert "完全相同" in capsys.readouterr().out
    assert compare.main([one]) == 2


@pytest.mark.skipif(not all(map(shutil.which, ("xz", "dpkg-deb"))), reason="xz, dpkg")
def test_what_differs_in_packages_as_they_are_made_is_named_with_its_kind(tmp_path):
    """The very packages of a small version, of which one file has other words, one other rights."""
    made = {}
    for name in ("甲", "乙", "丙"):
        version, out = tmp_path / name / "版本", tmp_path / name / "放"
        put_version(version, name if name == "乙" else "同")
        out.mkdir()
        if name == "乙":
            (version / "lay.sh").chmod(0o755)
        given = (version, "9.9.9", "x86_64", tmp_path / name)
        linux_packages.make_run(*given, out / "a.run")
        linux_packages.make_deb(*given, out / "a.deb", "2.31")
        made[name] = out
    assert compare.differences(made["甲"], made["丙"]) == []
    top = f"{linux_packages.OPT}/package/9.9.9"
    assert compare.differences(made["甲"], made["乙"]) == [
        "a.deb",
        f"  {top}/base_library.zip：内容",
        f"  {top}/base_library.zip/words：内容",
        f"  {top}/lay.sh：权限",
        "a.run",
        "  base_library.zip：内容",
        "  base_library.zip/words：内容",
        "  lay.sh：权限",
    ]


def put_version(folder: Path, words: str) -> None:
    for name in ("desktop", "licences"):
        (folder / name).mkdir(parents=True)
    for name in (*frozen_folder.DESKTOP, "dangjian-desktop.svg"):
        (folder / "desktop" / name).touch()
    (folder / "licences" / "dangjian-desktop.txt").touch()
    (folder / "lay.sh").touch(0o644)
    with zipfile.ZipFile(folder / "base_library.zip", "w") as made:
        made.writestr(zipfile.ZipInfo("words"), words)


# ---- what is wanting is said, and all else is made -----------------------------------------------


def test_without_its_python_windows_is_left_out_in_words(wanted, capsys):
    wanted.check()
    assert wanted.windows() is None
    file = tomllib.loads((INSTALLER / "staging.toml").read_text("utf-8"))["python"]["file"]
    assert f"缺少官方 embeddable Python（{file}），没有做" in capsys.readouterr().out


def test_without_the_key_the_update_packages_are_left_out_in_words(wanted, capsys):
    wanted.check()
    wanted.updates(None)
    assert "没有更新私钥" in capsys.readouterr().out
    assert list(wanted.made.iterdir()) == []


def test_the_key_goes_in_by_the_input_and_never_on_a_disk_or_a_line(wanted, tmp_path, monkeypatch):
    wanted.check()
    wanted.key, wanted.here = tmp_path / "钥匙", False
    wanted.key.write_text("secret", encoding="ascii")
    wanted.root.tree = tmp_path / "旧"
    (wanted.root.outside(release.INSIDE) / "made").mkdir(parents=True)
    (wanted.root.outside(release.INSIDE) / "made" / "a.update").touch()
    called = []

    def call(command, place=None, given=None):
        called.append((" ".join(command), given.read()))

    monkeypatch.setattr(release, "_call", call)
    windows = tmp_path / "视窗"
    windows.mkdir()
    (windows / "version").touch()
    wanted.updates(windows)
    (linux, given), (other, again) = called
    assert (given, again) == (b"secret", b"secret")
    assert "--platform linux --machine" in linux
    assert f"--floor {wanted.floor}" in linux
    assert "--platform windows" in other
    assert "--program /release/windows" in other
    assert (wanted.root.outside(release.INSIDE / "windows") / "version").is_file()
    assert "secret" not in linux + other
    assert str(wanted.key) not in linux + other
    assert [path.name for path in wanted.made.iterdir()] == ["a.update"]


def test_what_is_for_windows_is_staged_packed_and_told(tmp_path, monkeypatch):
    windows = importlib.import_module("windows_release")
    script = tmp_path / "stage_windows.py"
    script.write_text(STAGE, encoding="utf-8")
    packed = []

    class Setup:
        make_windows = staticmethod(lambda *given: packed.append(given))
        complete = staticmethod(lambda staged, version, folder: folder)

    monkeypatch.setattr(windows, "HERE", tmp_path)
    monkeypatch.setattr(windows, "_setup", Setup)
    monkeypatch.setattr(windows, "wanted_python", lambda: {"version": "3.11.9", "file": "a.zip"})
    monkeypatch.setattr(windows.bill, "packages", lambda site, shipped: [("lxml", "6", "")])
    given = (tmp_path / "官方", Path(sys.executable), tmp_path, tmp_path)
    assert windows.make("9.9.9", *given) == tmp_path / "windows"
    assert packed == [(tmp_path / "staged", "9.9.9", tmp_path)]
    (told,) = tmp_path.glob("*.cdx.json")
    assert told.name == "dangjian-desktop-9.9.9-windows-x86_64.cdx.json"
    parts = {part["name"]: part["version"] for part in json.loads(told.read_text())["components"]}
    fonts = {face["file"] for face in windows.bill.fonts()}
    assert {name: parts[name] for name in parts.keys() - fonts} == {
        "cpython": "3.11.9",
        "lxml": "6",
    }
    script.write_text("raise SystemExit(1)", encoding="utf-8")
    with pytest.raises(frozen_folder.ReleaseError, match="没有做成"):
        windows.make("9.9.9", *given)
    assert len(packed) == 1


def test_what_is_called_of_others_is_there():
    windows = importlib.import_module("windows_release")
    setup = windows._setup()
    assert callable(setup.make_windows)
    assert callable(setup.complete)
    assert windows.wanted_python()["version"]
    for script in ("stage_windows.py", "make_update.py"):
        assert (INSTALLER / script).is_file()
