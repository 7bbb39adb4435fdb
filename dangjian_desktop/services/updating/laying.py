"""The one tool that lays versions, called as the installers call it; what it says is passed on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress

from dangjian_desktop.errors import BlockedError, Cancelled, Issue
from dangjian_desktop.services.updating.installed import Installed

Progress = Callable[[int, int, str], None]
_TURN, _PATIENCE = 0.2, 10.0
_OWN = ("PYTHON", "_PYI_", "_MEIPASS", "LD_LIBRARY_PATH", "DANGJIAN_")
_HANDED_ON = ("LD_LIBRARY_PATH_ORIG", "DANGJIAN_DATA", "DANGJIAN_ROOT")
UNTOUCHED = "原来的版本没有动，可以照常使用。"
REMEDIES = {
    3: "请检查程序文件夹的权限，或请管理员更新。",
    4: "请等那一次结束后再试。",
    5: "请腾出空间，或把更新文件重新拷贝后再试。",
    6: "请重新拷贝更新文件；仍不行的，用完整安装包更新。",
    7: "确实要换成较早版本的，请选择“换成较早的版本”（命令行加 --older）。",
    8: "请把自检的报告交给维护人员；这台电脑先继续用原来的版本。",
    10: "请关闭正在用程序文件的其他程序（杀毒软件的扫描也算），过一会儿再试。",
    11: "请管理员装好上面说的软件包，再更新一次；这台电脑先继续用原来的版本。",
    12: "请把整个程序文件夹移到路径短一些的位置再更新。",
    9: "新版本正常启动过以后，上一版就不再保留；要换回，请用那一版的更新文件或安装包。",
}
"""What to do, by the code the tool ends with; what is wrong it says itself."""


def run_lay(place: Installed, words: Sequence[str], progress: Progress, doing: str) -> str:
    """Run it and return its last line. Raises ``BlockedError`` with what it said; ``Cancelled``
    where ``progress`` did and nothing was switched yet."""
    process = subprocess.Popen(
        [*place.lay, *words],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=_surroundings(),
        # A group of its own: what it has started ends with it.
        start_new_session=True,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    stopped: Cancelled | None = None
    said = b""
    while True:
        try:
            _, said = process.communicate(timeout=_PATIENCE if stopped else _TURN)
            break
        except subprocess.TimeoutExpired:
            stopped = _stopped(process, progress, doing, stopped)
    lines = [line for line in said.decode("utf-8", "replace").splitlines() if line.strip()]
    if process.returncode == 0:
        return lines[-1] if lines else ""
    raise stopped or _refused(process.returncode, lines)


def _stopped(
    process: subprocess.Popen[bytes], progress: Progress, doing: str, before: Cancelled | None
) -> Cancelled | None:
    """Ask whether to stop; who was asked to end and has not is ended."""
    if before is not None:
        _end(process, getattr(signal, "SIGKILL", signal.SIGTERM))
        return before
    try:
        progress(0, 0, doing)
    except Cancelled as error:
        _end(process, signal.SIGTERM)
        return error
    return None


def _end(process: subprocess.Popen[bytes], how: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        if sys.platform == "win32":
            process.terminate()
        else:
            os.killpg(process.pid, how)


def _refused(code: int, lines: Sequence[str]) -> BlockedError:
    told = [line for line in lines if line != UNTOUCHED]
    message = told[0] if told else f"没有更新成（代码 {code}）。"
    remedy = REMEDIES.get(code, f"请把代码 {code} 告诉维护人员。")
    return BlockedError(message, f"{UNTOUCHED}{remedy}", [Issue(line) for line in told[1:]])


def _surroundings() -> Mapping[str, str]:
    """The environment as it was before the frozen program set it up for itself: the tools of the
    system need their own libraries, and the new version its own interpreter. What a script gave
    of a library and its password goes no further."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(_OWN) or name in _HANDED_ON
    }
    if before := kept.pop("LD_LIBRARY_PATH_ORIG", ""):
        kept["LD_LIBRARY_PATH"] = before
    return kept
