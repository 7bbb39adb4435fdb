"""The Windows folder, staged from small made-up wheels: what is in it, and what is refused."""

from __future__ import annotations

import hashlib
import importlib
import shutil
import sys
import zipfile
from importlib.metadata import distribution
from pathlib import Path

import pytest

from tests.test_setup import INSTALLER

sys.path.insert(0, str(INSTALLER))
frozen_folder = importlib.import_module("frozen_folder")
staged_folder = importlib.import_module("staged_folder")
stage_windows = importlib.import_module("stage_windows")
sys.path.remove(str(INSTALLER))

pytestmark = pytest.mark.skipif(
    sys.version_info[:2] != (3, 11) or shutil.which("objdump") is None,
    reason="made with Python 3.11 and binutils",
)
SYSTEM = ["kernel32", "advapi32", "user32", "ole32"]
# A real program of Windows that setuptools brings: it asks for KERNEL32.dll.
BINARY = Path(str(distribution("setuptools").locate_file("setuptools/cli-64.exe"))).read_bytes()


def asks_for(name: str) -> bytes:
    """A binary that asks for this library, whose name is as long as KERNEL32.dll or shorter."""
    assert BINARY.count(b"KERNEL32.dll") == 1
    return BINARY.replace(b"KERNEL32.dll", name.encode().ljust(12, b"\0"))


@pytest.fixture
def site(tmp_path) -> Path:
    """What lies unpacked: a package of ours, one of others, Qt with more than is wanted."""
    made = tmp_path / "做 出" / staged_folder.SITE
    contents: dict[str, str | bytes] = {
        "dangjian_desktop/__init__.py": "",
        "dangjian_desktop/__main__.py": "import dangjian_desktop.app",
        "dangjian_desktop/app.py": "import os, other\nfrom PySide6.QtCore import Qt",
        "other/__init__.py": "from . import parts",
        "other/parts.py": "import json",
        "other-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: Other\nVersion: 1.0\n",
        "PySide6/__init__.py": "",
        "PySide6/QtCore.pyd": asks_for("Qt6Core.dll"),
        "PySide6/QtQml.pyd": asks_for("Qt6Qml.dll"),
        "PySide6/Qt6Core.dll": asks_for("MSVCP.dll"),
        "PySide6/Qt6Qml.dll": asks_for("Qt6Core.dll"),
        "PySide6/MSVCP.dll": asks_for("KERNEL32.dll"),
        "PySide6/opengl32sw.dll": BINARY,
        "PySide6/plugins/platforms/qwindows.dll": asks_for("Qt6Core.dll"),
        "PySide6/plugins/tls/qtls.dll": asks_for("Qt6Core.dll"),
        "PySide6/qml/a.qml": "",
        "shiboken6/__init__.py": "",
        "shiboken6/Shiboken.pyd": asks_for("shib.dll"),
        "shiboken6/shib.dll": BINARY,
        "shiboken6/vcomp140.dll": BINARY,
    }
    for name, content in contents.items():
        put(made, name, content)
    return made


def put(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def told(site: Path, whole: bool = False) -> list[str]:
    stage_windows.compile_all(site)
    return staged_folder.problems(site.parents[2], SYSTEM, whole)


def zipped(path: Path, contents: dict[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return path


# ---- what must be true of the folder ----------------------------------------------------------


def test_a_folder_whose_imports_and_libraries_are_there_has_no_problem(site):
    assert told(site) == []


@pytest.mark.parametrize(
    ("file", "source", "said"),
    [
        ("dangjian_desktop/app.py", "import gone", "dangjian_desktop.app 要 gone"),
        ("dangjian_desktop/app.py", "def f():\n    import gone.x", "要 gone.x"),
        ("dangjian_desktop/app.py", "from other.none import x", "要 other.none"),
        ("dangjian_desktop/app.py", "from PySide6 import QtSql, QtCore", ""),
        ("dangjian_desktop/app.py", "import PySide6.QtSql", "要 PySide6.QtSql"),
        ("dangjian_desktop/app.py", "import_module('dangjian_desktop.none')", "desktop.none"),
        ("dangjian_desktop/app.py", "import fcntl", "要 fcntl"),
        ("dangjian_desktop/app.py", "if sys.platform != 'win32':\n    import fcntl", ""),
        ("dangjian_desktop/app.py", "if sys.platform == 'win32':\n    import msvcrt, no", "要 no"),
        ("dangjian_desktop/app.py", "if TYPE_CHECKING:\n    import gone", ""),
        ("dangjian_desktop/app.py", "try:\n    import gone\nexcept ImportError:\n    pass", ""),
        ("dangjian_desktop/app.py", "try:\n    import gone\nexcept OSError:\n    pass", "要 gone"),
        ("dangjian_desktop/deep/none.py", "from .. import app\nfrom ..no import x", "desktop.no"),
        ("other/parts.py", "import gone", "other.parts 要 gone"),
        ("other/parts.py", "def f():\n    import gone", ""),
        ("other/parts.py", "if py314:\n    import annotationlib", ""),
        ("other/parts.py", "try:\n    set\nexcept NameError:\n    import sets", ""),
        ("other/unused.py", "import gone", ""),
    ],
)
def test_what_an_import_on_windows_would_not_find_is_named(site, file, source, said):
    put(site, file, f"import other\n{source}\n" if "app.py" in file else f"{source}\n")
    put(site, "dangjian_desktop/deep/__init__.py", "")
    found = told(site)
    assert [each for each in found if said in each] if said else found == []
    assert len(found) <= 1


def test_what_a_package_requires_on_windows_must_ship(site):
    path = site / "other-1.0.dist-info" / "METADATA"
    needs = (
        "Requires-Dist: colorama; sys_platform == 'win32'\nRequires-Dist: uvloop; "
        "sys_platform != 'win32'\nRequires-Dist: extra; extra == 'all'\nRequires-Dist: other>=2\n"
    )
    path.write_text(path.read_text(encoding="utf-8") + needs, encoding="utf-8")
    assert told(site) == [
        "Other 需要 colorama，有的是 无",
        "Other 需要 other>=2，有的是 1.0",
    ]


def test_a_library_that_lies_nowhere_is_named(site):
    put(site, "other/fast.pyd", asks_for("strange.dll"))
    put(site, "other/usual.pyd", asks_for("python3.dll"))
    assert told(site) == ["other/fast.pyd 要 strange，哪里都没有"]


def test_what_lies_in_folders_of_qt_is_there_for_qt_alone(site):
    """Windows looks there only after PySide6 was imported."""
    for name in ("other/fast.pyd", "PySide6/plugins/more.dll", "shiboken6/more.pyd"):
        put(site, name, asks_for("MSVCP.dll"))
    assert told(site) == ["other/fast.pyd 要 msvcp，哪里都没有"]


def test_beside_python_its_own_libraries_and_modules_are_looked_for(site):
    python = site.parents[1]
    put(site, "other/usual.pyd", asks_for("python3.dll"))
    zipped(python / "python311.zip", {"os.pyc": b""})
    said = told(site, whole=True)
    assert "other/usual.pyd 要 python3，哪里都没有" in said
    assert "other.parts 要 json，哪里都没有" in said
    zipped(python / "python311.zip", {"os.pyc": b"", "json/__init__.pyc": b""})
    put(python, "python3.dll", "")
    put(python, "vcruntime140.dll", "")
    assert told(site, whole=True) == []


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("other/aux.txt", "是 Windows 保留的名称"),
        ("other/PARTS.py", "只差大小写"),
        (f"other/{'很' * 60}/{'长' * 60}.txt", "长于 150 个字"),
        ("pytest/__init__.py", "不该带上 pytest"),
        ("setuptools-84.2.1.dist-info/METADATA", "不该带上 setuptools-84.2.1.dist-info"),
    ],
)
def test_what_windows_does_not_hold_or_nobody_wants_is_named(site, name, said):
    put(site, name, "Name: setuptools\nVersion: 1\n\n" if name.endswith("METADATA") else "")
    assert [each for each in told(site) if said in each]


def test_a_link_and_a_source_without_byte_code_are_named(site, tmp_path):
    stage_windows.compile_all(site)
    (site / "other" / "链").symlink_to(tmp_path)
    put(site, "other/late.py", "")
    found = staged_folder.problems(site.parents[2], SYSTEM, whole=False)
    assert sorted(found) == sorted(
        ["python/Lib/site-packages/other/链 是链接", "没有编译 other/late.py"]
    )


def test_byte_code_is_taken_as_it_is_and_the_same_twice(site, tmp_path):
    other = tmp_path / "另" / "site"
    shutil.copytree(site, other)
    for each in (site, other):
        stage_windows.compile_all(each)
    made = [path.relative_to(site) for path in site.rglob("*.pyc")]
    assert [
        name for name in made if (site / name).read_bytes() != (other / name).read_bytes()
    ] == []
    # Flags of the header: by hash, not checked against the source.
    assert {(site / name).read_bytes()[4:8] for name in made} == {b"\x01\0\0\0"}
    assert len(made) == 7


# ---- slimmed, unpacked, with Python -------------------------------------------------------------


@pytest.fixture
def staging(tmp_path, monkeypatch):
    made = stage_windows.Staging(tmp_path / "出", tmp_path / "缓 存", None)
    made.settings = {
        "python": {"file": "python.zip", "sha256": "", "version": "3.11.9"},
        "qt": {"modules": ["QtCore"], "plugins": ["platforms/qwindows.dll"]},
        "left_out": {"packages": ["setuptools"], "files": ["*.pyi"]},
        "system": {"libraries": SYSTEM},
    }
    (tmp_path / "缓 存").mkdir()
    return made


def test_of_qt_stays_what_is_named_and_what_that_asks_for(staging, site):
    staging._slim_qt(site)
    left = {path.relative_to(site).as_posix() for path in staged_folder.binaries(site)}
    assert left == {
        *("PySide6/QtCore.pyd", "PySide6/Qt6Core.dll", "PySide6/MSVCP.dll"),
        *("PySide6/plugins/platforms/qwindows.dll", "shiboken6/Shiboken.pyd", "shiboken6/shib.dll"),
    }
    assert not (site / "PySide6/qml/a.qml").exists()
    staging.settings["qt"]["plugins"].append("platforms/none.dll")
    with pytest.raises(frozen_folder.ReleaseError, match=r"没有 none\.dll"):
        staging._slim_qt(site)


@pytest.mark.parametrize("name", ["a/CON.txt", "../a", "/a", "a./b", "a\\b", "A/b", "a/b "])
def test_a_wheel_with_a_name_that_windows_does_not_hold_is_refused_whole(tmp_path, name):
    archive = zipped(tmp_path / "x-1.whl", {"a/b": "1", name: "2"})
    with pytest.raises(frozen_folder.ReleaseError, match=r"x-1\.whl"):
        stage_windows.unzip(archive, tmp_path / "里")
    assert not (tmp_path / "里").exists()
    assert not (tmp_path / "a").exists()


def test_two_wheels_do_not_write_over_each_other_and_a_broken_one_is_said(tmp_path):
    for name in ("x", "y"):
        archive = zipped(tmp_path / f"{name}-1.whl", {"a/b": name})
        if name == "x":
            stage_windows.unzip(archive, tmp_path / "里")
    with pytest.raises(frozen_folder.ReleaseError, match="别的程序包里也有"):
        stage_windows.unzip(archive, tmp_path / "里")
    archive.write_bytes(archive.read_bytes()[:50])
    with pytest.raises(frozen_folder.ReleaseError, match="读不出来"):
        stage_windows.unzip(archive, tmp_path / "里")


PARTS = dict.fromkeys(stage_windows.PARTS_OF_PYTHON, "x") | {
    "python311._pth": "python311.zip\n.\n#import site\n",
    "LICENSE.txt": "PSF",
}


def test_python_is_taken_only_with_the_hash_that_a_person_wrote(staging, tmp_path):
    with pytest.raises(frozen_folder.ReleaseError, match="里还没有 python"):
        staging.check()
    staging.settings["python"]["sha256"] = "0" * 64
    with pytest.raises(frozen_folder.ReleaseError, match="没有找到"):
        staging.check()
    archive = zipped(tmp_path / "缓 存" / "python.zip", PARTS)
    with pytest.raises(frozen_folder.ReleaseError, match="请重新下载"):
        staging.check()
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    staging.settings["python"]["sha256"] = digest.upper()
    staging.check()
    staging.put_python(tmp_path)
    lines = (tmp_path / "python" / "python311._pth").read_bytes()
    assert lines == b"python311.zip\r\n.\r\nLib\\site-packages\r\n"


def test_a_zip_of_something_else_is_not_python(staging, tmp_path):
    archive = zipped(tmp_path / "缓 存" / "python.zip", {"python.exe": "x"})
    staging.settings["python"]["sha256"] = hashlib.sha256(archive.read_bytes()).hexdigest()
    with pytest.raises(frozen_folder.ReleaseError, match=r"里没有 pythonw\.exe"):
        staging.put_python(tmp_path)


def test_what_is_there_is_never_written_over(staging):
    staging.python = None
    staging.check()
    staging.out.mkdir()
    with pytest.raises(frozen_folder.ReleaseError, match="不覆盖"):
        staging.check()


def test_the_settings_name_no_hash_that_is_none(monkeypatch):
    told = stage_windows.Staging(Path("x"), None, None).settings
    assert len(told["python"]["sha256"]) in (0, 64)
    assert told["python"]["version"] in told["python"]["file"]
    assert set(staged_folder.BROUGHT).isdisjoint(told["system"]["libraries"])


def test_without_the_hash_the_command_says_what_to_do(tmp_path, capsys, monkeypatch):
    settings = stage_windows.SETTINGS.read_text(encoding="utf-8")
    mine = put(tmp_path, "staging.toml", settings.split("sha256 =")[0] + 'sha256 = ""\n')
    monkeypatch.setattr(stage_windows, "SETTINGS", mine)
    with mine.open("a", encoding="utf-8") as file:
        file.write("[left_out]\npackages = []\n")
    words = ["--out", str(tmp_path / "出"), "--python", str(tmp_path)]
    assert stage_windows.main(words) == 1
    assert "--without-python" in capsys.readouterr().out
    assert not (tmp_path / "出").exists()
    assert [*tmp_path.iterdir()] == [mine]
