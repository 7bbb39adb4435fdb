"""The wheels that a lock file names, for this machine or for another: fetched, or only asked for.

python installer/wheels.py fill              wheelhouse/ for computers like this one
python installer/wheels.py fill --windows    and for Windows x64 with Python 3.11
python installer/wheels.py check [--write]   which wheel answers on every promised machine

Needs pip (the Python of .venv has it) and network. ``fill --run`` leaves out what only tests need.
"""

from __future__ import annotations

import argparse
import datetime
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from environment import LOCKS, SetUpError, plain_name, say
from pip._vendor.packaging.markers import Marker

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
TABLE = ROOT / "docs" / "wheels.md"
OLD_NAMES = {"manylinux1": (2, 5), "manylinux2010": (2, 12), "manylinux2014": (2, 17)}
PYTHONS = ("311", "312", "313")


class Entry(NamedTuple):
    """One package of a lock file: name, version, for which machines, and its hashes."""

    name: str
    version: str
    marker: str
    hashes: str

    @property
    def pin(self) -> str:
        return f"{self.name}=={self.version}"

    def fits(self, target: Target | None) -> bool:
        """Whether that machine wants it, this one where none is named."""
        return not self.marker or bool(Marker(self.marker).evaluate(target and target.told()))


class Target(NamedTuple):
    """A machine other than this one: what its wheels may be called, what markers see of it."""

    title: str
    tags: tuple[str, ...]
    system: tuple[str, str, str]
    machine: str
    python: str = "311"

    def told(self) -> dict[str, str]:
        version = f"{self.python[0]}.{self.python[1:]}"
        sys_platform, platform_system, os_name = self.system
        return {
            **{"sys_platform": sys_platform, "platform_system": platform_system},
            **{"os_name": os_name, "platform_machine": self.machine},
            **{"python_version": version, "python_full_version": f"{version}.0"},
            **{"implementation_name": "cpython", "platform_python_implementation": "CPython"},
        }

    def asked(self) -> list[str]:
        """What tells pip that the wheels are for that machine."""
        abis = ("--implementation=cp", f"--abi=cp{self.python}", "--abi=abi3", "--abi=none")
        return [
            *(f"--platform={tag}" for tag in self.tags),
            f"--python-version={self.python}",
            *abis,
        ]


LINUX, WIN32 = ("linux", "Linux", "posix"), ("win32", "Windows", "nt")


def _glibc(newest: int, machine: str) -> tuple[str, ...]:
    modern = [f"manylinux_2_{number}_{machine}" for number in range(newest, 4, -1)]
    return (*modern, *(f"{name}_{machine}" for name in OLD_NAMES))


WINDOWS = Target("Windows x64", ("win_amd64",), WIN32, "AMD64")
PROMISED = (
    Target("Linux x86_64（glibc 2.28）", _glibc(28, "x86_64"), LINUX, "x86_64"),
    Target("Linux arm64（glibc 2.31）", _glibc(31, "aarch64"), LINUX, "aarch64"),
    WINDOWS,
)
OTHERS = (
    Target("Linux arm64（glibc 2.28）", _glibc(28, "aarch64"), LINUX, "aarch64"),
    Target("Linux loongarch64（glibc 2.38）", _glibc(38, "loongarch64"), LINUX, "loongarch64"),
    Target("Windows 32 位", ("win32",), WIN32, "x86"),
    Target("Windows arm64", ("win_arm64",), WIN32, "ARM64"),
)
"""Not promised: asked for, so that the table of support says what is known."""


def entries(lock: Path) -> list[Entry]:
    """The packages of a lock file, in its order."""
    text = lock.read_text(encoding="utf-8")
    found = []
    for block in re.split(r"\n(?=[A-Za-z])", text):
        named = re.match(r"([A-Za-z0-9_.-]+)==([^\s;\\]+)([^\\\n]*)", block)
        if named:
            hashes = " ".join(re.findall(r"--hash=[^\s\\]+", block))
            found.append(Entry(named[1], named[2], named[3].strip(" ;"), hashes))
    return found


# ---- fetched ------------------------------------------------------------------------------------


def fetch(lock: Path, target: Target | None, folder: Path, near: Path | None = None) -> list[Path]:
    """All wheels of a lock for that machine, this one where none is named, by their hashes.

    ``near`` is a folder that holds them already: then no network is used.

    Raises:
        SetUpError: one is missing; all that are missing are named.
    """
    wanted = [each for each in entries(lock) if each.fits(target)]
    folder.mkdir(parents=True)
    if _download(wanted, target, folder, near):
        return sorted(folder.iterdir())
    gone = [each.pin for each in wanted if not _download([each], target, folder, near)]
    where = target.title if target else "本机"
    told = "、".join(gone) if gone else "分开能取到，合在一起取不到"
    raise SetUpError(f"{where}：{lock.name} 的 {len(wanted)} 个程序包缺 {len(gone)} 个：{told}。")


def _download(
    wanted: Sequence[Entry], target: Target | None, folder: Path, near: Path | None
) -> bool:
    call = _pip("download", "--dest", str(folder), *(target.asked() if target else ()))
    if near is not None:
        call += ["--no-index", "--find-links", str(near)]
    return _ran(call, wanted).returncode == 0


def _pip(verb: str, *words: str) -> list[str]:
    base = [sys.executable, "-m", "pip", verb, "--quiet", "--disable-pip-version-check"]
    return [*base, "--no-deps", "--only-binary=:all:", "--require-hashes", *words]


def _ran(call: Sequence[str], wanted: Sequence[Entry]) -> subprocess.CompletedProcess[str]:
    """One call of pip for these: without their markers, which pip would ask of this machine."""
    with tempfile.TemporaryDirectory() as folder:
        asked = Path(folder) / "wanted.txt"
        lines = (f"{each.pin} {each.hashes}\n" for each in wanted)
        asked.write_text("".join(lines), encoding="utf-8")
        return subprocess.run(
            [*call, "-r", str(asked)],
            check=False,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
        )


def fill(verb: str, windows: bool, wheelhouse: Path = ROOT / "wheelhouse") -> None:
    """Put into ``wheelhouse`` what set-up wants on a computer like this, and on Windows.

    Raises:
        SetUpError: a wheel could not be had; what lay there before is as it was.
    """
    with tempfile.TemporaryDirectory(dir=wheelhouse.parent, prefix="wheelhouse.") as made:
        for number, target in enumerate((None, WINDOWS) if windows else (None,)):
            found = fetch(HERE / LOCKS[verb], target, Path(made) / str(number))
            size = sum(path.stat().st_size for path in found) / 1e6
            say(f"{target.title if target else '本机'}：{len(found)} 个，{size:.0f} MB")
            wheelhouse.mkdir(exist_ok=True)
            for path in found:
                shutil.move(path, wheelhouse / path.name)
    say(f"已放进 {wheelhouse}。把整个检出目录连同它拷到 U 盘即可。")


# ---- only asked for -----------------------------------------------------------------------------


def answers(target: Target, wanted: Sequence[Entry]) -> dict[str, str]:
    """Which file answers for each package on that machine; those without one are not there."""
    call = _pip("install", "--dry-run", "--ignore-installed", "--target=nowhere", "--report=-")
    done = _ran([*call, *target.asked()], wanted)
    if done.returncode == 0:
        found = json.loads(done.stdout)["install"]
        links = {each["metadata"]["name"]: each["download_info"]["url"] for each in found}
        return {plain_name(name): link.rpartition("/")[2] for name, link in links.items()}
    if len(wanted) == 1:
        return {}
    return {name: file for each in wanted for name, file in answers(target, [each]).items()}


def floor(file: str) -> tuple[int, int] | None:
    """The glibc that a wheel asks for by its name; none where it asks for none."""
    asked = []
    for tag in file.removesuffix(".whl").rpartition("-")[2].split("."):
        if numbers := re.match(r"manylinux_(\d+)_(\d+)_", tag):
            asked.append((int(numbers[1]), int(numbers[2])))
        asked += [known for name, known in OLD_NAMES.items() if tag.startswith(f"{name}_")]
    return min(asked, default=None)


def _said(file: str | None) -> str:
    if file is None:
        return "**缺**"
    abi, platform = file.removesuffix(".whl").split("-")[-2:]
    wanted = floor(file)
    if wanted:
        return f"{abi}，glibc {wanted[0]}.{wanted[1]}"
    return "任何系统" if platform == "any" else f"{abi}，{platform}"


def table(
    wanted: Sequence[Entry], found: Mapping[str, Mapping[str, str]], day: str
) -> Iterator[str]:
    """The page that keeps the last result, line by line."""
    yield "# 各平台的程序包"
    yield ""
    yield f"由 `installer/wheels.py check --write` 在 {day} 查得：`installer/requirements.txt`"
    yield f"的 {len(wanted)} 个程序包在各平台由哪个文件应答，Python 3.11；"
    yield "只查了有没有，没有在那里运行。后四列是没有承诺的平台。"
    yield ""
    yield f"| 程序包 | {' | '.join(found)} |"
    yield f"|---|{'---|' * len(found)}"
    for each in wanted:
        cells = (_said(answer.get(each.name)) for answer in found.values())
        yield f"| {each.name} {each.version} | {' | '.join(cells)} |"
    floors = [
        max(filter(None, map(floor, answer.values())), default=None) for answer in found.values()
    ]
    ends = [
        f"缺 {len(wanted) - len(answer)}" if len(answer) < len(wanted) else _number(floor)
        for answer, floor in zip(found.values(), floors, strict=True)
    ]
    yield f"| **合计** | {' | '.join(ends)} |"


def _number(asked: tuple[int, int] | None) -> str:
    return f"齐全，glibc {asked[0]}.{asked[1]} 起" if asked else "齐全"


def check(write: bool) -> int:
    """Ask for every package of the program on every machine; 1 when a promised one lacks any."""
    wanted = entries(HERE / LOCKS["run"])
    found: dict[str, dict[str, str]] = {}
    bad = 0
    for target in (*PROMISED, *OTHERS):
        pythons = PYTHONS if target in PROMISED else PYTHONS[:1]
        for python in pythons:
            fitting = [each for each in wanted if each.fits(target)]
            answer = answers(target._replace(python=python), fitting)
            found.setdefault(target.title, answer)
            gone = [each.pin for each in fitting if each.name not in answer]
            bad += len(gone) if target in PROMISED else 0
            say(f"{target.title}，Python {python}：{'缺 ' + '、'.join(gone) if gone else '齐全'}")
    if write:
        day = datetime.datetime.now(datetime.UTC).date().isoformat()
        TABLE.write_text("\n".join(table(wanted, found, day)) + "\n", encoding="utf-8")
    return 1 if bad else 0


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description="锁定的程序包")
    verbs = parser.add_subparsers(dest="verb", required=True)
    filling = verbs.add_parser("fill", help="取到 wheelhouse 文件夹，给没有网络的电脑用")
    filling.add_argument("--windows", action="store_true", help="连同 Windows x64、Python 3.11 的")
    filling.add_argument("--run", action="store_true", help="只要运行所需，不要测试用的")
    checking = verbs.add_parser("check", help="各平台是否都有")
    checking.add_argument("--write", action="store_true", help="把结果写进 docs/wheels.md")
    asked = parser.parse_args(arguments)
    try:
        if asked.verb == "check":
            return check(asked.write)
        fill("run" if asked.run else "test", asked.windows)
    except SetUpError as error:
        say(str(error))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
