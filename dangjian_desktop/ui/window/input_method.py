"""Chinese input on Linux: what the shipped Qt can speak, before the application is made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, MutableMapping
from pathlib import Path

from PySide6.QtCore import QLibraryInfo

DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY")


def plugins() -> frozenset[str]:
    """The file names of the input plugins that lie beside the Qt in use."""
    folder = plugins_in("platforminputcontexts")
    return frozenset(file.name for file in folder.glob("*")) if folder.is_dir() else frozenset()


def plugins_in(kind: str) -> Path:
    """The folder of the plugins of one kind beside the Qt in use; may not exist."""
    return Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)) / kind


def choose_input_method(
    environment: MutableMapping[str, str], platform: str, present: Iterable[str]
) -> str:
    """Let fcitx be reached through its ibus front end where Qt has no plugin for fcitx.

    Changes ``environment`` and gives back a sentence for the log, or an empty text. Applies to
    X11 only; fcitx 4 has no ibus front end and stays without Chinese input.
    """
    wanted = environment.get("QT_IM_MODULE", "")
    if not platform.startswith("linux") or not wanted.lower().startswith("fcitx"):
        return ""
    if not _on_x11(environment) or any("fcitx" in name.lower() for name in present):
        return ""
    environment["QT_IM_MODULE"] = "ibus"
    return f"输入法：随程序的 Qt 没有 {wanted} 插件，改经 ibus 接口连接"


def has_display(environment: Mapping[str, str], platform: str) -> bool:
    """Whether a window can be shown: a display, a platform that needs none, or no Linux."""
    if not platform.startswith("linux") or environment.get("QT_QPA_PLATFORM"):
        return True
    return any(environment.get(name) for name in DISPLAYS)


def _on_x11(environment: Mapping[str, str]) -> bool:
    chosen = environment.get("QT_QPA_PLATFORM", "")
    return chosen.startswith("xcb") or (not chosen and bool(environment.get("DISPLAY")))
