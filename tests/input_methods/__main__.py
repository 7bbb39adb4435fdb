"""``python -m tests.input_methods [ibus] [fcitx5]``: what is being composed is never lost, and a
record typed with the input method on holds what was typed.

Needs Xvfb, openbox, xdotool, dbus-run-session, dconf and the engines (ibus with ibus-libpinyin,
fcitx5 with fcitx5-chinese-addons). Each engine gets a screen, a bus and a home of its own; the
real window is typed into by real keys, and what was saved is read back from the library.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.input_methods.engines import ENGINES, missing

PROGRAMS = {
    "Xvfb": "xvfb",
    "xvfb-run": "xvfb",
    "xauth": "xauth",
    "openbox": "openbox",
    "xdotool": "xdotool",
    "dbus-run-session": "dbus",
}
"""What is run beside the engine, and the Debian package that brings it."""
ROOT = Path(__file__).resolve().parents[2]


def main(engines: list[str]) -> int:
    """One session for each engine; 1 when a text was lost in any, 2 when one cannot be tried."""
    wanted = engines or list(ENGINES)
    if unknown := [engine for engine in wanted if engine not in ENGINES]:
        sys.stderr.write(f"不认识 {'、'.join(unknown)}，可写 {'、'.join(ENGINES)}。\n")
        return 2
    if lacking := missing(PROGRAMS, wanted):
        sys.stderr.write(f"缺少这些软件包，无法试输入法：{' '.join(lacking)}。请先安装。\n")
        return 2
    return max(_session(engine) for engine in wanted)


def _session(engine: str) -> int:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        home = Path(name)
        for folder in ("config", "run", "data"):
            (home / folder).mkdir(mode=0o700)
        environment = os.environ | {
            "HOME": name,
            "XDG_CONFIG_HOME": str(home / "config"),
            "XDG_RUNTIME_DIR": str(home / "run"),
            "DANGJIAN_DATA": str(home / "data"),
            "LC_ALL": "C.UTF-8",
            "QT_QPA_PLATFORM": "xcb",
            # Qt as shipped speaks to ibus; fcitx5 answers in its stead.
            "QT_IM_MODULE": "ibus",
            "XMODIFIERS": f"@im={ENGINES[engine]}",
        }
        inside = [sys.executable, "-m", "tests.input_methods.session", engine]
        screen = ["xvfb-run", "-a", "-s", "-screen 0 1366x768x24", "dbus-run-session", "--"]
        return subprocess.run([*screen, *inside], cwd=ROOT, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
