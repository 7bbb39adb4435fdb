"""Small versions that start, test themselves and say what they are: laid as the real ones are."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from tests.test_setup import INSTALLER

LINUX = INSTALLER / "linux"
TOOLS = (
    "cp",
    "cmp",
    "mkdir",
    "mv",
    "rm",
    "sha256sum",
    "sort",
    "sync",
    "tar",
    "chmod",
    "find",
    "wc",
)
OF_RUN = (*TOOLS, "dirname", "grep", "sed", "tail", "uname", "xz")
"""What a .run calls besides; its own ``cp`` and ``mv`` place the menu entry."""
SYSTEM_FIRST = "PATH=/usr/local/bin:/usr/bin:/bin${PATH:+:$PATH}"
PROGRAM = """#!/bin/sh
if [ "$1" = self-test ]; then
    echo "{told}"
    exit {code}
fi
echo "{version} $*"
{body}
"""
COUNTED = """#!/bin/sh
exec 7>>"$COUNT.lock"
/usr/bin/flock 7
count=$(cat "$COUNT" 2>/dev/null || echo 0)
count=$((count + 1))
echo $count >"$COUNT"
exec 7>&-
"""
"""What a tool that is counted begins with: two of a pipeline count one after the other."""
SHIM = (
    COUNTED
    + """
if [ "$count" = "$KILL" ] && [ "$WHEN" = before ]; then kill -s KILL -- "-$GROUP"; sleep 9; fi
"{tool}" "$@"
code=$?
if [ "$count" = "$KILL" ] && [ "$WHEN" = after ]; then kill -s KILL -- "-$GROUP"; sleep 9; fi
exit $code
"""
)


def a_version(
    folder: Path, version: str, *, code: int = 0, told: str = "通过", body: str = "exit 0"
) -> Path:
    """A version folder as a release makes it, with a small script for its program."""
    folder.mkdir(parents=True)
    text = PROGRAM.format(version=version, code=code, told=told, body=body)
    for name in ("dangjian", "dangjian-desktop"):
        (folder / name).write_text(text, encoding="utf-8")
        (folder / name).chmod(0o755)
    inside = folder / "_internal"
    inside.mkdir()
    for number in range(8):
        (inside / f"部分 {number}").write_bytes(f"{version} {number}".encode() * 500)
    (folder / "version").write_text(f"{version}\n", encoding="ascii")
    for name in ("launch.sh", "lay.sh", "tell.sh"):
        shutil.copyfile(LINUX / name, folder / name)
    (folder / "entry").mkdir()
    for name, source in (
        ("dangjian", "entry.sh"),
        ("dangjian-desktop", "entry.sh"),
        ("uninstall", "uninstall.sh"),
    ):
        shutil.copyfile(LINUX / source, folder / "entry" / name)
    write_list(folder)
    return folder


def write_list(folder: Path) -> None:
    """The list of its files, as it is now."""
    command = "find . ! -type d ! -name files.sha256 -exec sha256sum {} + | sort -k 2"
    told = subprocess.run(command, shell=True, check=True, cwd=folder, capture_output=True).stdout
    (folder / "files.sha256").write_bytes(told)


def lay(*words: object, **given: object) -> subprocess.CompletedProcess[str]:
    """One call of ``lay.sh``."""
    call = ["sh", str(LINUX / "lay.sh"), *map(str, words)]
    return subprocess.run(call, check=False, capture_output=True, encoding="utf-8", **given)


def started(root: Path, *words: str, name: str = "dangjian") -> str:
    """What the program says that starts from there."""
    done = subprocess.run(
        [str(root / name), *words], check=False, capture_output=True, encoding="utf-8"
    )
    return done.stdout.strip() or done.stderr.strip()


def whole(root: Path) -> bool:
    """Whether the version that is pointed to is that of its list, file by file."""
    name = (root / "current").read_text("utf-8").strip()
    call = ["sha256sum", "--check", "--quiet", "--strict", "files.sha256"]
    return subprocess.run(call, cwd=root / "versions" / name, check=False).returncode == 0


class Killer:
    """Set-ups that are killed, whole group, at the n-th tool: before or after it."""

    def __init__(self, folder: Path) -> None:
        self.tools, self.count = folder / "tools", folder / "count"
        self.tools.mkdir()
        for name in OF_RUN:
            tool = shutil.which(name)
            (self.tools / name).write_text(SHIM.format(tool=tool), encoding="utf-8")
            (self.tools / name).chmod(0o755)

    def lay(self, *words: object, kill: int, when: str) -> int:
        """One call of ``lay.sh``; how it ended: a negative signal, or its code."""
        return self._killed(LINUX / "lay.sh", words, {}, kill, when)

    def run(self, file: Path, home: Path, *, kill: int, when: str) -> int:
        """One call of a ``.run``, which would have the system's tools first."""
        asked = file.with_name(f"{file.name}.tried")
        if not asked.exists():
            given = file.read_bytes()
            # Of the same length: what follows it is found by its place.
            own = b": own tools".ljust(len(SYSTEM_FIRST))
            assert SYSTEM_FIRST.encode() in given
            asked.write_bytes(given.replace(SYSTEM_FIRST.encode(), own, 1))
        return self._killed(asked, (), {"HOME": str(home)}, kill, when)

    def _killed(
        self,
        file: Path,
        words: tuple[object, ...],
        changed: Mapping[str, str],
        kill: int,
        when: str,
    ) -> int:
        self.count.unlink(missing_ok=True)
        process = subprocess.Popen(
            ["sh", "-c", 'GROUP=$$; export GROUP; . "$0"', str(file), *map(str, words)],
            env={**self._environment(), **changed, "KILL": str(kill), "WHEN": when},
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        code = process.wait(60)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        return code

    def _environment(self) -> Mapping[str, str]:
        # Without a screen: nothing is told in a box while it is counted.
        plain = {n: v for n, v in os.environ.items() if n not in ("DISPLAY", "WAYLAND_DISPLAY")}
        return {**plain, "PATH": f"{self.tools}:/usr/bin:/bin", "COUNT": str(self.count)}
