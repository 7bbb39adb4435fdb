"""The files of the program itself: listed, all there, and missed in one sentence."""

from __future__ import annotations

import importlib
import json
import shutil
import sys
import tomllib
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox

from dangjian_desktop import app, paths
from dangjian_desktop.cli import main
from tests.test_packaging import ROOT, link

sys.path.insert(0, str(ROOT / "installer"))
make_manifest = importlib.import_module("make_manifest")
sys.path.remove(str(ROOT / "installer"))

REMEDY = "请重新安装本程序。"


@pytest.fixture
def resources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The resources of an installed program, of which single files can be taken away."""
    package = tmp_path / "site-packages" / "dangjian_desktop"
    # Links: a file is taken away or put anew, never written into.
    shutil.copytree(ROOT / "resources", package / "resources", copy_function=link)
    monkeypatch.setattr(paths, "_PACKAGE", package)
    return package / "resources"


def put(file: Path, content: bytes) -> None:
    file.unlink()
    file.write_bytes(content)


def test_the_manifest_is_of_today():
    # If not: python installer/make_manifest.py
    assert make_manifest.check(ROOT / "resources") == 0


def test_all_is_as_it_was_shipped():
    assert paths.missing_resources() == ()


def test_every_file_is_missed_when_gone_or_short(resources: Path):
    files = [path for path in resources.rglob("*") if path.is_file()]
    assert len(files) == len(paths.shipped()) + 1
    for file in files:
        name = file.relative_to(resources.parent).as_posix()
        content = file.read_bytes()
        put(file, content[: len(content) // 2])
        assert paths.missing_resources() == (name,)
        file.unlink()
        assert paths.missing_resources() == (name,)
        link(str(ROOT / name), str(file))
    assert paths.missing_resources() == ()


def test_no_resources_at_all_are_told_by_the_manifest(resources: Path):
    shutil.rmtree(resources)
    assert paths.missing_resources() == ("resources/manifest.txt",)


def test_a_manifest_without_sense_counts_as_missing(resources: Path):
    for content in (b"", b"#\n", b"#\nabc 12\n1\n", b"\xff\xfe\n"):
        put(resources / "manifest.txt", content)
        assert paths.missing_resources() == ("resources/manifest.txt",)


def test_the_command_line_says_what_is_missing_before_it_does_anything(
    resources: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
):
    (resources / "fonts" / "kaiti.ttf").unlink()
    library = tmp_path / "支部.dangjian"
    words = ["--library", str(library), "new", "--name", "中共某公司机关支部委员会"]
    assert main([*words, "--json"]) == 1
    out, err = capfd.readouterr()
    sentence = "安装不完整，缺少 resources/fonts/kaiti.ttf。"
    assert json.loads(out) == {"error": {"message": sentence, "remedy": REMEDY, "issues": []}}
    assert err.splitlines() == [sentence, REMEDY]
    assert not library.exists()
    assert main(["--help"]) == 0


def test_of_many_missing_files_a_few_are_named(resources: Path, capfd: pytest.CaptureFixture[str]):
    shutil.rmtree(resources / "fonts")
    assert main(["info"]) == 1
    fonts = [each.path for each in paths.shipped() if each.path.startswith("fonts/")]
    named = "、".join(f"resources/{name}" for name in fonts[:3])
    sentence = f"安装不完整，缺少 {named}等{len(fonts)}个文件。"
    assert capfd.readouterr().err.splitlines() == [sentence, REMEDY]


def test_the_window_says_what_is_missing_and_does_not_open(
    resources: Path, qapp, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
):
    told: list[str] = []
    monkeypatch.setattr(app, "make_application", lambda: qapp)
    monkeypatch.setattr(QMessageBox, "exec", lambda box: told.append(box.text()))
    monkeypatch.setattr(app, "Frame", pytest.fail)
    (resources / "style" / "window.qss").unlink()
    assert app.main([]) == 1
    sentence = "安装不完整，缺少 resources/style/window.qss。"
    assert told == [f"{sentence}\n\n{REMEDY}"]
    assert capfd.readouterr().err == f"{sentence}{REMEDY}\n"


def test_git_leaves_the_bytes_of_resources_alone():
    # Where git writes Windows line ends, sizes would differ from the manifest.
    rules = (ROOT / ".gitattributes").read_text(encoding="utf-8").splitlines()
    assert "resources/** -text" in rules


def test_the_usual_look_says_the_same_in_both_its_files():
    looks = paths.resources("looks")
    told = tomllib.loads((looks / "standard.toml").read_text(encoding="utf-8"))
    assert json.loads((looks / "standard.json").read_text(encoding="utf-8")) == told
