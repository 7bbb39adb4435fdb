from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray

from dangjian_desktop.ui.desk.store import RECENT, SettingsStore
from dangjian_desktop.ui.look.theme import Mode


def test_everything_is_there_after_a_restart(tmp_path):
    file = tmp_path / "window.ini"
    first = SettingsStore(file)
    first.mode, first.points = Mode.DARK, 14.0
    first.remember_library(Path("/a/综采三队.dangjian"))
    first.remember_folder("export", tmp_path)
    first.keep_shape("window", QByteArray(b"shape"))
    first.set_texts("columns/members", ["name"])
    first.sync()
    again = SettingsStore(file)
    assert (again.mode, again.points) == (Mode.DARK, 14.0)
    assert again.recent == (Path("/a/综采三队.dangjian"),)
    assert again.last_folder("export") == tmp_path
    assert again.shape("window") == QByteArray(b"shape")
    assert again.texts("columns/members") == ("name",)


def test_recent_libraries_are_few_and_the_last_comes_first(settings):
    for number in range(12):
        settings.remember_library(Path(f"/{number}.dangjian"))
    settings.remember_library(Path("/9.dangjian"))
    assert settings.recent[:3] == tuple(Path(f"/{n}.dangjian") for n in (9, 11, 10))
    assert len(settings.recent) == RECENT


def test_nonsense_in_the_file_counts_as_not_set(tmp_path):
    file = tmp_path / "window.ini"
    file.write_text(
        "[look]\nmode=pink\npoints=huge\n[folders]\nexport=/nowhere\n", encoding="utf-8"
    )
    store = SettingsStore(file)
    assert (store.mode, store.points) == (Mode.SYSTEM, 10.5)
    assert store.last_folder("export") == Path.home()


def test_it_lies_in_the_configuration_folder(tmp_path):
    SettingsStore().remember_library(Path("/a.dangjian"))
    store = SettingsStore()
    store.sync()
    assert (tmp_path / "data" / "config" / "window.ini").is_file()


def test_on_a_stick_what_lies_on_it_is_found_at_its_next_place(tmp_path, monkeypatch):
    stick, elsewhere = tmp_path / "E 盘" / "党建", tmp_path / "别处" / "机关.dangjian"
    (stick / "资料" / "导出").mkdir(parents=True)
    monkeypatch.setenv("DANGJIAN_DATA", str(stick / "资料"))
    store = SettingsStore()
    store.remember_library(elsewhere)
    store.remember_library(stick / "综采三队.dangjian")
    store.remember_folder("export", stick / "资料" / "导出")
    store.sync()
    moved = stick.parent.rename(tmp_path / "F 盘") / "党建"
    monkeypatch.setenv("DANGJIAN_DATA", str(moved / "资料"))
    again = SettingsStore()
    assert again.recent == (moved / "综采三队.dangjian", elsewhere)
    assert again.last_folder("export") == moved / "资料" / "导出"
