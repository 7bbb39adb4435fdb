"""The engines of a session and how one is started; only the standard library is wanted here."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

ENGINES = {"ibus": "ibus", "fcitx5": "fcitx"}
OF_ENGINE = {
    "ibus": {
        "ibus": "ibus",
        "gsettings": "libglib2.0-bin",
        "dconf": "dconf-cli",
        "/usr/libexec/ibus-engine-libpinyin": "ibus-libpinyin",
        "/usr/libexec/dconf-service": "dconf-gsettings-backend",
    },
    "fcitx5": {
        "fcitx5": "fcitx5",
        "fcitx5-remote": "fcitx5",
        "/usr/share/fcitx5/inputmethod/pinyin.conf": "fcitx5-chinese-addons",
        "/usr/share/fcitx5/addon/ibusfrontend.conf": "fcitx5-modules",
    },
}
"""What is run, and the Debian package that brings it."""
PANEL = "--panel=/usr/libexec/ibus-ui-gtk3"


def missing(needed: dict[str, str], engines: Sequence[str]) -> list[str]:
    """The Debian packages that a session with these engines lacks here."""
    wanted = needed | {name: of for engine in engines for name, of in OF_ENGINE[engine].items()}
    return sorted({package for name, package in wanted.items() if not _there(name)})


def _there(name: str) -> bool:
    return Path(name).exists() if name.startswith("/") else shutil.which(name) is not None


def start(engine: str) -> list[subprocess.Popen[bytes]]:
    """Window manager and engine, with Chinese as the only language."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    begun = [subprocess.Popen(["openbox"], **quiet)]
    if engine == "ibus":
        for key in ("preload-engines", "engines-order"):
            words = ["gsettings", "set", "org.freedesktop.ibus.general", key, "['libpinyin']"]
            subprocess.run(words, check=True, **quiet)
        begun.append(subprocess.Popen(["ibus-daemon", "-v", "-r", "--xim", PANEL], **quiet))
        until(["ibus", "engine", "libpinyin"], ["ibus", "engine"], "libpinyin")
    else:
        profile = Path(os.environ["XDG_CONFIG_HOME"]) / "fcitx5" / "profile"
        profile.parent.mkdir()
        profile.write_text(
            "[Groups/0]\nName=Default\nDefault Layout=us\nDefaultIM=pinyin\n"
            "[Groups/0/Items/0]\nName=keyboard-us\n[Groups/0/Items/1]\nName=pinyin\n"
            "[GroupOrder]\n0=Default\n",
            encoding="utf-8",
        )
        begun.append(subprocess.Popen(["fcitx5"], **quiet))
        until(["fcitx5-remote", "-o"], ["fcitx5-remote"], "")
    return begun


def until(ask: Sequence[str], look: Sequence[str], wanted: str) -> None:
    """Ask until the engine answers as wanted; its exit status says nothing."""
    for _ in range(60):
        time.sleep(0.5)
        subprocess.run(ask, check=False, capture_output=True)
        answer = subprocess.run(look, check=False, capture_output=True, encoding="utf-8")
        if answer.returncode == 0 and answer.stdout.strip().endswith(wanted):
            return
    raise TimeoutError(answer.stderr)
