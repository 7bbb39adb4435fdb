"""更新 in the settings, over a real installation of small versions."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from dangjian_desktop.storage.updating import trusted
from tests.installer.test_updating import PUBLISHER, a_package
from tests.installer.updates import a_program
from tests.installer.versions import lay, started
from tests.ui.dropping import drop
from tests.ui.roster_world import Chosen, quiet

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the set-up of Linux")


@pytest.fixture
def root(tmp_path, monkeypatch) -> Path:
    place = tmp_path / "程序 文件夹"
    assert lay("put", place, a_program(tmp_path / "一", "0.1.0")).returncode == 0
    monkeypatch.setattr(trusted, "built_in", lambda: PUBLISHER.keys)
    monkeypatch.setattr(sys, "executable", str(place / "versions" / "0.1.0" / "dangjian"))
    return place


@pytest.fixture
def card(qtbot, root, page, shell):
    """The card as it says what is installed there."""
    page.updating.load()
    quiet(qtbot, shell)
    return page.updating


def press(card, name: str) -> None:
    button = card.findChild(QPushButton, f"update.{name}")
    assert button.isVisibleTo(card)
    button.click()


def said(card, name: str) -> str:
    return card.findChild(QLabel, f"update.{name}").text()


def shown(card, name: str) -> bool:
    return card.findChild(QPushButton, f"update.{name}").isVisibleTo(card)


def test_a_checkout_says_that_it_cannot_be_updated_so(page, shell, tmp_path):
    assert "检出目录" in page.updating.result.text
    told = []
    shell.messages.noticed.connect(told.append)
    drop(page.updating, tmp_path / "空.update")
    (tmp_path / "空.update").touch()
    drop(page.updating, tmp_path / "空.update")
    assert "不能放在这里" in told[0].text
    assert "检出目录" in told[1].text
    assert not any(shown(page.updating, name) for name in ("choose", "go", "back"))


def test_a_file_is_looked_at_then_laid_then_put_back(
    qtbot, card, desk, shell, root, tmp_path, monkeypatch
):
    assert said(card, "now") == "正在运行的版本：0.1.0"
    assert str(root) in said(card, "place")
    assert (shown(card, "choose"), shown(card, "go"), shown(card, "back")) == (True, False, False)
    shell.choosers = Chosen(a_package(tmp_path))
    press(card, "choose")
    quiet(qtbot, shell)
    assert said(card, "headline") == "更新文件里是 0.2.0（2026-11-29），现在装着 0.1.0"
    assert "更新可以从U盘上的文件做。" in said(card, "changes")
    assert card.result.text.startswith("✓")
    assert started(root, "a") == "0.1.0 a"

    press(card, "go")
    quiet(qtbot, shell)
    assert card.result.text.startswith("✓ 已装好 0.2.0。关闭程序（所有窗口）再打开")
    assert desk.copies.newest().reason == "更新前"
    assert desk.copies.newest().file.name in card.result.text
    assert started(root, "a") == "0.2.0 a"
    assert said(card, "now").startswith("0.2.0 已装好")
    assert not shown(card, "go")

    asked = []
    monkeypatch.setattr(
        shell.messages, "ask", lambda *words, parent=None: asked.append(words), raising=False
    )
    press(card, "back")
    ((question, about, _verb, then),) = asked
    assert question == "要换回 0.1.0 吗？"
    assert desk.copies.newest().file.name in about
    then()
    quiet(qtbot, shell)
    assert card.result.text.startswith("✓ 已换回 0.1.0。")
    assert started(root, "a") == "0.1.0 a"


def test_what_may_not_be_laid_says_why_and_cannot_be_pressed(qtbot, card, shell, root, tmp_path):
    file = a_package(tmp_path)
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 4
    file.write_bytes(content)
    card.open_file(file)
    quiet(qtbot, shell)
    assert card.result.text.startswith("✕ 更新文件")
    assert "与清单不符" in card.result.text
    assert "请重新拷贝更新文件" in card.result.text
    assert not shown(card, "go")
    drop(card, a_package(tmp_path, "0.1.0"))
    quiet(qtbot, shell)
    assert "已经装有 0.1.0，不用更新" in card.result.text
    assert not shown(card, "go")


def test_an_older_one_is_asked_about_with_what_it_costs(
    qtbot, card, shell, root, tmp_path, monkeypatch
):
    asked = []
    monkeypatch.setattr(
        shell.messages, "ask", lambda *words, parent=None: asked.append(words), raising=False
    )
    card.open_file(a_package(tmp_path, "0.0.9"))
    quiet(qtbot, shell)
    assert "只读" in said(card, "about")
    press(card, "go")
    ((question, about, _verb, then),) = asked
    assert question == "要换成较早的 0.0.9 吗？"
    assert "只读" in about
    then()
    quiet(qtbot, shell)
    assert started(root, "a") == "0.0.9 a"


def test_stopped_on_the_way_it_says_so_and_can_be_begun_again(qtbot, card, shell, root, tmp_path):
    card.open_file(a_package(tmp_path, told="$(sleep 2)"))
    quiet(qtbot, shell)
    shell.jobs.started.connect(lambda job: job.cancel())
    press(card, "go")
    quiet(qtbot, shell)
    assert card.result.text == "已停下，没有改动任何东西。"
    assert card.go.isEnabled()
    assert started(root, "a") == "0.1.0 a"


def test_what_the_new_version_says_of_this_computer_is_shown(qtbot, card, shell, root, tmp_path):
    card.open_file(a_package(tmp_path, code=1, told="不通过　窗口：缺少 libxcb"))
    quiet(qtbot, shell)
    press(card, "go")
    quiet(qtbot, shell)
    for words in ("没有通过自检（代码 1）", "缺少 libxcb", str(root / "self-test"), "没有动"):
        assert words in card.result.text
    assert card.go.isEnabled()
