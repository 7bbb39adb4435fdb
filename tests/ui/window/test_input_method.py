from __future__ import annotations

import pytest

from dangjian_desktop.ui.window.input_method import choose_input_method, has_display, plugins

SHIPPED = ("libcomposeplatforminputcontextplugin.so", "libibusplatforminputcontextplugin.so")
FCITX = (*SHIPPED, "libfcitx5platforminputcontextplugin.so")


@pytest.mark.parametrize("module", ["fcitx", "fcitx5"])
def test_fcitx_is_reached_through_ibus(module):
    environment = {"QT_IM_MODULE": module, "DISPLAY": ":0"}
    assert module in choose_input_method(environment, "linux", SHIPPED)
    assert environment["QT_IM_MODULE"] == "ibus"


@pytest.mark.parametrize(
    ("environment", "platform", "present"),
    [
        ({"QT_IM_MODULE": "fcitx", "DISPLAY": ":0"}, "linux", FCITX),
        ({"QT_IM_MODULE": "fcitx", "DISPLAY": ":0"}, "win32", SHIPPED),
        ({"QT_IM_MODULE": "ibus", "DISPLAY": ":0"}, "linux", SHIPPED),
        (
            {"QT_IM_MODULE": "fcitx", "QT_QPA_PLATFORM": "wayland", "DISPLAY": ":0"},
            "linux",
            SHIPPED,
        ),
        ({"DISPLAY": ":0"}, "linux", SHIPPED),
    ],
)
def test_otherwise_nothing_is_changed(environment, platform, present):
    before = dict(environment)
    assert choose_input_method(environment, platform, present) == ""
    assert environment == before


def test_the_wheel_ships_ibus_and_no_fcitx():
    assert any("ibus" in name for name in plugins())
    assert not any("fcitx" in name for name in plugins())


def test_a_display_is_known():
    assert has_display({"DISPLAY": ":0"}, "linux")
    assert has_display({"WAYLAND_DISPLAY": "wayland-0"}, "linux")
    assert has_display({"QT_QPA_PLATFORM": "offscreen"}, "linux")
    assert has_display({}, "win32")
    assert not has_display({}, "linux")
    assert not has_display({"DISPLAY": ""}, "linux")
