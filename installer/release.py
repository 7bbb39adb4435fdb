"""Make everything that is handed out of one version, with one list of hashes.

    sh installer/release.sh [--out FOLDER] [--windows-python FOLDER] [--key FILE] [--here] [--draft]

Linux is made in an old system (``old_root.py``), so that it starts on systems as old; ``--here``
makes it on this one. Windows wants the official embeddable Python, which a person puts into a
folder once; the update packages want the private key: ``--key``, or its place in
DANGJIAN_UPDATE_KEY. What is wanting is said, and all else is made. Nothing is replaced. A version
that the change log calls unpublished is made with ``--draft`` only.
"""

from __future__ import annotations

import argparse
import fcntl
import hashlib
import os
import platform
import re
import shutil
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import windows_release
from environment import PYTHONS
from frozen_folder import BUILT_FROM, ROOT, ReleaseError, in_words, say
from linux_release import HERE, LOCKS
from old_root import PYTHON, OldRoot
from old_root import floor as floor_of_old_root

LARGEST = 140 * 1024 * 1024
FETCH = """import sys; from pathlib import Path; import wheels
target = next(each for each in wheels.PROMISED if each.machine == sys.argv[1])
near = Path(sys.argv[3]) if sys.argv[3] else None
for lock in sys.argv[4:]: wheels.fetch(Path(lock), target, Path(sys.argv[2], lock), near)
"""
SUMS = "SHA256SUMS"
PUBLIC = ROOT / "resources" / "updating" / "keys.toml"
HEAD_OF_PRIVATE = bytes.fromhex("302e020100300506032b657004220420")
"""What stands in PKCS#8 before the 32 secret bytes of Ed25519."""
INSIDE = Path("/release")
"""Where it is made in the old system: the same place for every checkout."""


class Release:
    """One release: where it is made, and what is known of it."""

    def __init__(
        self,
        out: Path,
        *,
        here: bool,
        key: Path | None,
        windows: Path | None = None,
        draft: bool = False,
    ) -> None:
        declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
        self.version: str = declared["project"]["version"]
        self.machine, self.here = platform.machine(), here
        self.key, self.windows_python, self.draft = key, windows, draft
        self.floor = platform.libc_ver()[1] if here else floor_of_old_root()
        self.made = ROOT / "build" / "made"
        self.out = out / self.version
        self.root = OldRoot()

    def check(self) -> None:
        """Refuse early what would fail late."""
        log = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
        for said in complaints_of_changelog(log, self.version, draft=self.draft):
            raise ReleaseError(said)
        if self.out.exists() and any(self.out.iterdir()):
            raise ReleaseError(
                f"{self.out} 里已有文件，不覆盖。请移走，或在 pyproject.toml 改版本号。"
            )
        if self.key is not None:
            must_be_ours(self.key, PUBLIC)
        shutil.rmtree(self.made, ignore_errors=True)
        self.made.mkdir(parents=True)

    def linux(self) -> None:
        """What is for Linux, on this system or in the old one."""
        if self.here:
            call = [sys.executable, "-B", str(HERE / "linux_release.py")]
            _call([*call, "--floor", self.floor, "--out", str(self.made)])
            return
        self.root.prepare()
        wheels = self._wheels()
        place = self.root.outside(INSIDE)
        shutil.rmtree(place, ignore_errors=True)
        source = place / "source"
        source.mkdir(parents=True)
        for name in (*BUILT_FROM, "CHANGELOG.md", "installer"):
            _copied(ROOT / name, source / name)
        (source / "wheelhouse").mkdir()
        for wheel in wheels.rglob("*.whl"):
            os.link(wheel, source / "wheelhouse" / wheel.name)
        call = [PYTHON, "-B", f"{INSIDE}/source/installer/linux_release.py"]
        call += ["--floor", self.floor, "--out", f"{INSIDE}/made"]
        _call(self.root.inside(call))
        self._take()

    def _wheels(self) -> Path:
        """The wheels of the locks for a system as old, fetched once."""
        digest = hashlib.sha256(b"".join((HERE / lock).read_bytes() for lock in LOCKS))
        folder = ROOT / "build" / f"wheels-{self.machine}-{digest.hexdigest()[:12]}"
        if not folder.is_dir():
            say("  取各程序包（只在锁定的版本变了以后）")
            fresh = folder.with_suffix(".new")
            shutil.rmtree(fresh, ignore_errors=True)
            near = ROOT / "wheelhouse"
            there = str(near) if any(near.glob("pyinstaller-*.whl")) else ""
            call = [str(_python_with_pip()), "-B", "-c", FETCH, self.machine]
            _call([*call, str(fresh), there, *LOCKS], HERE)
            fresh.rename(folder)
        return folder

    def windows(self) -> Path | None:
        """What is for Windows, and the version folder of it; nothing without its Python."""
        if self.windows_python is None:
            file = windows_release.wanted_python()["file"]
            say(f"  Windows：缺少官方 embeddable Python（{file}），没有做")
            return None
        work = ROOT / "build" / "windows"
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir(parents=True)
        given = (self.windows_python, _python_with_pip())
        return windows_release.make(self.version, *given, work, self.made)

    def updates(self, windows: Path | None) -> None:
        """A signed package of each version folder; nothing without the private key."""
        if self.key is None:
            say("  没有更新私钥，没有做更新文件；完整安装包照常可以用来更新")
            return
        program = self._source() / "build" / "release" / "frozen" / "program"
        self._update(program, "linux", ["--floor", self.floor])
        if windows is not None:
            if not self.here:
                given, windows = windows, INSIDE / "windows"
                shutil.copytree(given, self.root.outside(windows))
            self._update(windows, "windows", [])
        self._take()

    def _source(self) -> Path:
        """Where the release is made from, as what makes it sees it."""
        return ROOT if self.here else INSIDE / "source"

    def _update(self, program: Path, system: str, more: Sequence[str]) -> None:
        """By the release's own Python, which has the program; the key goes in by its input."""
        source = self._source()
        call = [str(source / "build/release/env/bin/python"), "-B"]
        call += [str(source / "installer/make_update.py"), "--program", str(program)]
        call += ["--version", self.version, "--platform", system, "--machine", self.machine]
        call += [*more, "--out", str(self.made if self.here else INSIDE / "made")]
        call += ["--key", "/dev/stdin"]
        assert self.key is not None
        with self.key.open("rb") as key:
            _call(call if self.here else self.root.inside(call), given=key)

    def _take(self) -> None:
        """What was made in the old system, out of it."""
        if not self.here:
            for file in self.root.outside(INSIDE / "made").iterdir():
                shutil.move(file, self.made / file.name)

    def hand_out(self) -> None:
        """The list of hashes over all, and all of it to where it is handed out."""
        files = sorted(self.made.iterdir())
        if large := [file.name for file in files if file.stat().st_size > LARGEST]:
            raise ReleaseError(f"{'、'.join(large)} 超过 140 MB。")
        if strange := [file.name for file in files if self.version not in file.name]:
            raise ReleaseError(f"{'、'.join(strange)} 的名称里没有版本号。")
        lines = [f"{_sum(file)}  {file.name}\n" for file in files]
        (self.made / SUMS).write_text("".join(lines), encoding="utf-8")
        self.out.parent.mkdir(parents=True, exist_ok=True)
        self.out.rmdir() if self.out.exists() else None
        shutil.move(self.made, self.out)
        for file in files:
            say(f"  {file.name}　{(self.out / file.name).stat().st_size / 2**20:.1f} MB")


def must_be_ours(key: Path, public: Path) -> None:
    """Refuse a private key that is not the half of the public one, before anything is made.

    By openssl: whoever makes a release has no cryptography outside of what is made.
    """
    if not key.is_file():
        raise ReleaseError(f"没有更新私钥 {key}。")
    in_use = tomllib.loads(public.read_text(encoding="utf-8"))["in_use"]
    if not in_use:
        raise ReleaseError(
            "程序里还没有公钥，先用 installer/make_keys.py new 做一对，提交以后再做。"
        )
    if shutil.which("openssl") is None:
        raise ReleaseError("缺少 openssl，请先安装软件包 openssl。")
    try:
        given = HEAD_OF_PRIVATE + bytes.fromhex(key.read_text(encoding="ascii").split()[-1])
    except (OSError, ValueError, IndexError) as error:
        raise ReleaseError(f"读不出更新私钥 {key}。") from error
    call = ["openssl", "pkey", "-inform", "DER", "-pubout", "-outform", "DER"]
    done = subprocess.run(call, check=False, input=given, capture_output=True)
    if done.returncode:
        raise ReleaseError(f"读不出更新私钥 {key}。")
    if done.stdout[-32:].hex() != in_use:
        raise ReleaseError(
            f"更新私钥 {key} 与程序里的公钥（resources/updating/keys.toml）不是一对。"
        )


def complaints_of_changelog(log: str, version: str, *, draft: bool = False) -> Iterator[str]:
    """Why a version may not go out with this change log."""
    parts = re.findall(r"^## (\S+?)(?:（([^）]*)）)?$\n(.*?)(?=^## |\Z)", log, re.M | re.S)
    if version not in [number for number, _, _ in parts]:
        yield f"CHANGELOG.md 里没有 {version} 一节。"
        return
    number, note, text = parts[0]
    if number != version:
        yield f"CHANGELOG.md 最上面的一节是 {number}，不是 {version}。"
    elif "未发布" in note and not draft:
        yield (
            f"CHANGELOG.md 的 {version} 一节写着“{note}”：要发布的，改成发布的日期；"
            "只是试做的，加上 --draft。"
        )
    lines = re.findall(r"^- (.*\S)", text, re.M)
    if number == version and not lines:
        yield f"CHANGELOG.md 的 {version} 一节里没有写改了什么。"
    for line in sorted({line for line in lines if lines.count(line) > 1}):
        yield f"CHANGELOG.md 里写了两遍：{line}"


@contextmanager
def _alone() -> Iterator[None]:
    """Two that are made at once would take each other's files."""
    (ROOT / "build").mkdir(exist_ok=True)
    with (ROOT / "build" / "release.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise ReleaseError("这里正在做另一次发布，请等它做完。") from error
        yield


def _copied(given: Path, target: Path) -> None:
    if given.is_dir():
        junk = shutil.ignore_patterns("__pycache__", ".*")
        shutil.copytree(given, target, ignore=junk)
    else:
        shutil.copyfile(given, target)


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _python_with_pip() -> Path:
    """That of an environment beside the release: Debian's own has no pip."""
    tools = ROOT / "build" / "tools"
    if not (tools / "ready").is_file():
        _call([sys.executable, "-m", "venv", "--clear", str(tools)])
        (tools / "ready").touch()
    return tools / "bin" / "python"


def _call(command: Sequence[str], place: Path = ROOT, given: IO[bytes] | None = None) -> None:
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONHOME"}
    source = given or subprocess.DEVNULL
    done = subprocess.run(command, check=False, cwd=place, stdin=source, env=kept)
    if done.returncode:
        raise ReleaseError("没有做成，原因见上。")


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description="做出发布用的文件")
    parser.add_argument("--out", type=Path, default=ROOT / "dist", help="放在哪个文件夹")
    told = os.environ.get("DANGJIAN_UPDATE_KEY")
    parser.add_argument("--key", type=Path, default=Path(told) if told else None, help="更新私钥")
    parser.add_argument("--windows-python", type=Path, help="放着官方 embeddable Python 的文件夹")
    parser.add_argument("--draft", action="store_true", help="更新记录里写着未发布的，也试做")
    parser.add_argument("--here", action="store_true", help="不用旧系统，在这台电脑上做")
    asked = parser.parse_args(arguments)
    if sys.platform != "linux" or sys.version_info[:2] not in PYTHONS:
        say("请在 Linux 上用 3.11 至 3.13 的 Python 制作。")
        return 1
    begun = time.monotonic()
    try:
        with in_words(), _alone():
            release = Release(
                asked.out.absolute(),
                here=asked.here,
                key=asked.key,
                windows=asked.windows_python,
                draft=asked.draft,
            )
            release.check()
            windows = release.windows()
            release.linux()
            release.updates(windows)
            release.hand_out()
    except ReleaseError as error:
        say(str(error))
        return 1
    say(f"做好了：{release.out}（{time.monotonic() - begun:.0f} 秒）")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
