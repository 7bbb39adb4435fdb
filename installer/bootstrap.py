"""Set up what is missing, then open the program or test it; the standard library only.

``run`` and ``test`` are called by run.sh, test.sh and their .cmd twins. What was done once
is stamped and never done again, so a second run needs neither root nor network.
"""

from __future__ import annotations

import ctypes
import json
import os
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from environment import PYTHONS, Environment, SetUpError, say

ROOT = Path(__file__).resolve().parent.parent

# What Qt loads for a window under X and without a screen, and the package that brings it.
LIBRARIES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
FACE = ("fontconfig", "fonts-wqy-microhei")
OFFICE = ("libreoffice-writer-nogui",)


# ---- system: libraries, a Chinese face, an office program -------------------------------------


def loads(soname: str) -> bool:
    """Whether the system's loader finds this library."""
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


def missing_libraries(loader: Callable[[str], bool] = loads) -> list[str]:
    """Packages of the libraries that do not load."""
    return [package for soname, package in LIBRARIES.items() if not loader(soname)]


def has_chinese_face() -> bool:
    """Whether fontconfig knows a face for Chinese."""
    command = shutil.which("fc-list")
    if command is None:
        return False
    listed = subprocess.run([command, ":lang=zh", "family"], check=False, capture_output=True)
    return bool(listed.stdout.strip())


def has_office() -> bool:
    """Whether LibreOffice can be started."""
    return any(shutil.which(name) for name in ("soffice", "libreoffice"))


def missing_packages(verb: str) -> list[str]:
    """System packages that this machine still wants; empty on a complete one."""
    wanted = missing_libraries()
    if not has_chinese_face():
        wanted += FACE
    if verb == "test" and not has_office():
        wanted += OFFICE
    return wanted


def administrator() -> list[str] | None:
    """What to put before an apt command: nothing for root, sudo, or None where neither is."""
    if sys.platform == "win32" or not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return []
    if not shutil.which("sudo"):
        return None
    return ["sudo"] if sys.stdin.isatty() else ["sudo", "-n"]


def install_packages(packages: Sequence[str]) -> bool:
    """Install by apt and say what is run; False when it could not be done."""
    prefix = administrator()
    line = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    if prefix is None:
        return False
    say(f"安装系统软件包：{shlex.join([*prefix[:1], *line])}")
    quiet = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive"]
    subprocess.run([*quiet, "apt-get", "update", "-qq"], check=False, stdin=subprocess.DEVNULL)
    done = subprocess.run([*quiet, *line, "-qq"], check=False, stdout=subprocess.DEVNULL)
    return done.returncode == 0


def prepare_system(verb: str) -> None:
    """Install what is missing; where that cannot be, say the line to copy.

    Raises:
        SetUpError: a test or a window would fail without it.
    """
    if sys.platform != "linux":
        return
    wanted = missing_packages(verb)
    if not wanted or install_packages(wanted):
        return
    say("本机还缺少一些系统软件包。请以管理员身份执行下面这一行：")
    say(f"    apt-get update && apt-get install -y --no-install-recommends {shlex.join(wanted)}")
    needed = verb == "test" or has_display()
    if needed and missing_libraries():
        raise SetUpError("缺少上面的系统软件包，无法继续；装好后请重新运行本命令。")


def has_display() -> bool:
    """Whether a window can be shown here and now."""
    if sys.platform != "linux" or os.environ.get("WAYLAND_DISPLAY"):
        return True
    if not os.environ.get("DISPLAY"):
        return False
    try:
        x11 = ctypes.CDLL("libX11.so.6")
    except OSError:
        return True
    x11.XOpenDisplay.restype = ctypes.c_void_p
    return x11.XOpenDisplay(None) is not None


# ---- the two verbs ----------------------------------------------------------------------------


def run(environment: Environment, arguments: Sequence[str]) -> int:
    """Open the window, or without a display make the demo year and say where it is."""
    if has_display():
        command = [str(environment.program("dangjian-desktop")), *arguments]
        if sys.platform == "win32":
            return subprocess.call(command)
        os.execv(command[0], command)
    say("没有显示器：不打开窗口，改为生成示例年的全部文件，请稍候……")
    target = Path(arguments[0] if arguments else environment.root / "示例年").absolute()
    command = [str(environment.program("dangjian")), "--json", "demo", "--out", str(target)]
    quiet = {"QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        command,
        check=False,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, **quiet},
    )
    return demo_made(done.returncode, done.stdout)


def demo_made(status: int, output: str) -> int:
    """Say where the demo year lies, or why it does not; gives the exit status."""
    try:
        result = json.loads(output)
    except ValueError:
        result = {}
    if status == 0 and "library" in result:
        folder = Path(result["library"]).parent
        say(f"示例年已经做好：{len(result['files'])} 份文件和一个示例资料库，都在这个文件夹里：")
        say(f"    {folder}")
        return 0
    error = result.get("error", {})
    say(f"示例年没有做成。{error.get('message', '')}{error.get('remedy') or ''}")
    return status or 1


def checks(environment: Environment) -> tuple[tuple[str, list[str]], ...]:
    """The quick checks: what each is called and its command."""
    python = str(environment.program("python"))
    return (
        ("排版", [python, "-m", "ruff", "format", "--check", "."]),
        ("写法", [python, "-m", "ruff", "check", "."]),
        ("类型", [python, "-m", "mypy"]),
        ("分层", [str(environment.program("lint-imports")), "--no-logo"]),
    )


FAULTS = "faults"
FAULT_TABLE = ("build", "faults", "table.txt")


def suite(environment: Environment, arguments: Sequence[str]) -> list[str]:
    """The call of pytest, counted, in as many processes as there are cores, four at most."""
    workers = max(1, min(4, os.cpu_count() or 1))
    call = [str(environment.program("python")), "-m", "tests.counting", "-n", str(workers)]
    # The slow tests stand last: whoever has none left takes over some of the other's.
    call += ["--dist", "worksteal"]
    if sys.platform == "linux" and not has_office() and not os.environ.get("CI"):
        say("本机没有 LibreOffice：标为 office 的测试这次不做。")
        call += ["-m", "not office"]
    return [*call, *arguments]


def faults(environment: Environment, arguments: Sequence[str]) -> int:
    """All fault cases whole: an hour of kills, power cuts and failing disks; then their table."""
    os.environ["DANGJIAN_FAULTS"] = "whole"
    python = str(environment.program("python"))
    call = [
        python,
        "-m",
        "pytest",
        "tests/faults",
        "tests/installer",
        "-n",
        "2",
        "--dist",
        "worksteal",
        *arguments,
    ]
    green = step("故障", call, environment.root)
    say("全部通过。" if green else "没有通过：故障。")
    return 0 if green else 1


def say_faults(root: Path, since: float) -> None:
    """The table of the fault cases, where this run has made one."""
    table = root.joinpath(*FAULT_TABLE)
    if table.is_file() and table.stat().st_mtime >= since:
        say(table.read_text(encoding="utf-8"))


SOME_FAILED = 1
"""What pytest ends with when it has run all and some have failed."""
FEW = 3
"""So many tests may have failed beside others and are tried again alone."""


def failed_last(root: Path) -> list[str]:
    """The tests that failed in the last run, as pytest has kept them."""
    kept = root / ".pytest_cache" / "v" / "cache" / "lastfailed"
    return sorted(json.loads(kept.read_text(encoding="utf-8"))) if kept.is_file() else []


def alone(environment: Environment) -> bool:
    """Whether the few that failed pass by themselves; they are named, for that is a fault, too."""
    failed = failed_last(environment.root)
    if not 0 < len(failed) <= FEW:
        return False
    call = [str(environment.program("python")), "-m", "pytest", "-n", "0", *failed]
    if not step("单独再做", call, environment.root):
        return False
    say("不稳定，要修好的测试：\n  " + "\n  ".join(failed))
    return True


def step(name: str, command: Sequence[str], root: Path) -> bool:
    """Run one named step; True when it is green."""
    return code_of(name, command, root) == 0


def code_of(name: str, command: Sequence[str], root: Path) -> int:
    """Run one named step; what its command ended with."""
    say(f"▶ {name}")
    build = root / "build"
    build.mkdir(exist_ok=True)
    surroundings = {"PYTHONDONTWRITEBYTECODE": "1"}
    if sys.platform == "linux":
        surroundings["QT_QPA_PLATFORM"] = "offscreen"
    begun = time.monotonic()
    done = subprocess.run(
        command,
        check=False,
        cwd=root,
        env={**os.environ, **surroundings},
        stdin=subprocess.DEVNULL,
    )
    passed = "不通过" if done.returncode else "通过"
    say(f"  {name}：{passed}（{time.monotonic() - begun:.0f} 秒）")
    return done.returncode


def test(environment: Environment, arguments: Sequence[str]) -> int:
    """All quick checks, then the tests, then the floors of coverage; 1 when anything is red.

    With ``faults`` first only the fault cases, each of them whole.
    """
    if arguments[:1] == [FAULTS]:
        return faults(environment, arguments[1:])
    root = environment.root
    outcomes = [(name, step(name, command, root)) for name, command in checks(environment)]
    red = [name for name, green in outcomes if not green]
    if red:
        say(f"没有通过：{'、'.join(red)}。改好之后再做测试。")
        return 1
    begun = time.time()
    code = code_of("测试", suite(environment, arguments), root)
    say_faults(root, begun)
    whole = code == SOME_FAILED and not arguments  # all were run
    if code and not (whole and alone(environment)):
        say("没有通过：测试。")
        return 1
    floors = [str(environment.program("python")), "-m", "tests.coverage_floors"]
    if not arguments and not step("覆盖率", floors, root):
        say("没有通过：覆盖率。")
        return 1
    say("全部通过。")
    return 0


def main(arguments: Sequence[str]) -> int:
    """``run [DEMO_FOLDER | LIBRARY]`` or ``test [faults] [PYTEST_ARGUMENTS]``."""
    verb, *rest = arguments
    if sys.version_info[:2] not in PYTHONS:
        say("需要 3.11 至 3.13 的 Python。")
        return 1
    environment = Environment(ROOT)
    try:
        prepare_system(verb)
        environment.prepare(verb)
    except SetUpError as error:
        say(str(error))
        return 1
    return run(environment, rest) if verb == "run" else test(environment, rest)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
