"""The folder ``.venv`` of a checkout: made from the lock file, stamped, never made twice."""

from __future__ import annotations

import hashlib
import json
import platform
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

PYTHONS = ((3, 11), (3, 12), (3, 13))
LOCKS = {"run": "requirements.txt", "test": "requirements-dev.txt"}


class SetUpError(Exception):
    """The set-up cannot go on; the text is a Chinese sentence with what to do."""


def say(text: str) -> None:
    """Tell the person at the screen, at once."""
    print(text, flush=True)


class Environment:
    """The folder ``.venv`` of a checkout and the stamp that says what is in it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = root / ".venv"
        self.stamp = self.folder / "set-up.json"

    def program(self, name: str) -> Path:
        """An executable of the environment, ``python`` among them."""
        if sys.platform == "win32":
            return self.folder / "Scripts" / f"{name}.exe"
        return self.folder / "bin" / name

    def wanted(self, verb: str) -> dict[str, str]:
        """What the stamp says once everything for ``verb`` is installed."""
        digest = hashlib.sha256()
        for part in (self.root / "installer" / LOCKS[verb], self.root / "pyproject.toml"):
            digest.update(part.read_bytes())
        return {"root": str(self.root), "python": self.version(), verb: digest.hexdigest()}

    def version(self) -> str:
        """Major and minor version of the environment's Python, empty when it does not run."""
        code = "import sys; print('%d.%d' % sys.version_info[:2])"
        try:
            asked = subprocess.run(
                [self.program("python"), "-c", code], check=False, capture_output=True, text=True
            )
        except OSError:
            return ""
        return asked.stdout.strip()

    def stamped(self) -> Mapping[str, str]:
        """What was installed at the last time; empty when unknown."""
        try:
            content = json.loads(self.stamp.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return content if isinstance(content, dict) else {}

    def is_ready(self, verb: str) -> bool:
        """Whether nothing has to be installed for ``verb``."""
        stamped = self.stamped()
        return all(stamped.get(key) == value for key, value in self.wanted(verb).items())

    def is_usable(self) -> bool:
        """Whether the folder holds a Python that fits and was not moved here from elsewhere."""
        usable = self.version() in {f"{major}.{minor}" for major, minor in PYTHONS}
        return usable and self.stamped().get("root", str(self.root)) == str(self.root)

    def prepare(self, verb: str) -> None:
        """Make the environment as the lock file says, or leave it when it is so already.

        Raises:
            SetUpError: pip could not bring the packages, or they do not fit together.
        """
        if self.is_ready(verb):
            return
        self.examine_wheelhouse(verb)
        if not self.is_usable():
            say("创建 Python 环境 .venv ……")
            self._call([sys.executable, "-m", "venv", "--clear", str(self.folder)])
        stamped = self.stamped()
        self.stamp.unlink(missing_ok=True)
        say("按锁定的版本安装 Python 程序包（逐个核对校验值）……")
        self._call(self.packages(verb))
        self._call(
            self.pip("install", "--no-deps", "--no-build-isolation", "--no-index", "-e", ".")
        )
        self.examine()
        wanted = self.wanted(verb)
        if verb == "test":
            wanted |= self.wanted("run")
        kept = {key: value for key, value in stamped.items() if key in LOCKS}
        self.stamp.write_text(json.dumps(kept | wanted, ensure_ascii=False), encoding="utf-8")

    def pip(self, *arguments: str) -> list[str]:
        """A call of the environment's pip; the user's own pip settings stay in force."""
        return [str(self.program("python")), "-m", "pip", *arguments, "-q"]

    @property
    def wheelhouse(self) -> Path | None:
        """The folder that somebody brought on a stick, where there is one."""
        folder = self.root / "wheelhouse"
        return folder if folder.is_dir() else None

    def examine_wheelhouse(self, verb: str) -> None:
        """Look before pip does for what a stick that was copied by half has made of the files.

        Raises:
            SetUpError: a file that the lock wants is not what the lock says.
        """
        if self.wheelhouse is None:
            return
        lock = (self.root / "installer" / LOCKS[verb]).read_text(encoding="utf-8")
        hashes = set(re.findall(r"sha256:([0-9a-f]{64})", lock))
        pins = {(plain_name(name), number) for name, number in re.findall(PIN, lock, re.M)}
        broken = []
        for path in sorted(self.wheelhouse.glob("*.whl")):
            name, number, *_ = [*path.name.split("-"), ""]
            if (plain_name(name), number) in pins and _digest(path) not in hashes:
                broken.append(path.name)
        if broken:
            raise SetUpError(
                f"{self.wheelhouse} 里有 {len(broken)} 个文件没有拷全或已损坏："
                f"{'、'.join(broken[:5])}{' 等' if len(broken) > 5 else ''}。"
                "请从原来的电脑重新拷贝 wheelhouse 文件夹。"
            )

    def packages(self, verb: str) -> list[str]:
        """The call that installs the lock file, from ``wheelhouse`` where there is one."""
        lock = self.root / "installer" / LOCKS[verb]
        # The lock is complete. A resolver would ask for extras by range and meet newer versions.
        call = self.pip("install", "--no-deps", "--require-hashes", "--only-binary=:all:")
        call += ["-r", str(lock)]
        if self.wheelhouse is not None:
            call += ["--no-index", "--find-links", str(self.wheelhouse)]
        return call

    def examine(self) -> None:
        """Ask pip whether the installed packages have all that they require.

        Raises:
            SetUpError: one is missing, of a wrong version or for another platform.
        """
        code, said = self._ask([str(self.program("python")), "-m", "pip", "check"])
        if code != 0:
            raise SetUpError(
                f"装好的 Python 程序包不齐全：{'；'.join(complaints(said))}。"
                "请删除检出目录里的 .venv 文件夹后重新运行；仍然如此的，请告知维护人员。"
            )

    def _ask(self, command: Sequence[str]) -> tuple[int, str]:
        done = subprocess.run(
            command,
            check=False,
            cwd=self.root,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            encoding="utf-8",
            errors="replace",
        )
        return done.returncode, done.stdout

    def _call(self, command: Sequence[str]) -> None:
        done = subprocess.run(command, check=False, cwd=self.root, stdin=subprocess.DEVNULL)
        if done.returncode != 0:
            raise SetUpError(f"安装没有成功，原因见上。{self._remedy()}")

    def _remedy(self) -> str:
        if self.wheelhouse is None:
            return (
                "请检查网络或 pip 的设置后重新运行；没有网络的电脑，"
                "请在检出目录里放入 wheelhouse 文件夹（制作方法见 README）。"
            )
        version = ".".join(map(str, sys.version_info[:2]))
        return (
            f"这台电脑是 {platform.system()} {platform.machine()}、Python {version}："
            f"{self.wheelhouse} 要在同样系统、同样 Python 版本的电脑上做（方法见 README），"
            "并且要整个拷来；也请看看磁盘是不是满了。"
        )


PIN = r"^([A-Za-z0-9_.-]+)==([^\s;\\]+)"


def plain_name(name: str) -> str:
    """A package's name as every file of it is compared: small letters, hyphens."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


COMPLAINTS = (
    (r"(\S+ \S+) requires (.+), which is not installed\.", r"\1 需要 \2，而它没有安装"),
    (r"(\S+ \S+) has requirement (.+), but you have (.+)\.", r"\1 需要 \2，而装的是 \3"),
    (r"(\S+ \S+) is not supported on this platform", r"\1 不能用于本机"),
)


def complaints(said: str) -> list[str]:
    """What ``pip check`` found, in Chinese; a line of unknown form stays as it is."""
    told = said.strip().splitlines()
    for pattern, chinese in COMPLAINTS:
        told = [re.sub(f"^{pattern}$", chinese, line.strip()) for line in told]
    return told or ["pip 没有说明原因"]
