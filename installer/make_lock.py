"""Write the lock files from pyproject.toml: exact versions with hashes (for maintainers).

    python installer/make_lock.py            write all files, newest allowed versions
    python installer/make_lock.py release    only that of the tools that make a release
    python installer/make_lock.py --check    prove that every promised machine has a wheel

Needs uv for writing, and network. The lock files never name where packages come from.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

import wheels

HERE = Path(__file__).resolve().parent
PROGRAM = HERE / "requirements.txt"
DEVELOPMENT = HERE / "requirements-dev.txt"
RELEASE = HERE / "requirements-release.txt"

# The newest version that runs with glibc 2.28 on x86_64 and 2.31 on arm64.
PINNED = "PySide6-Essentials==6.8.0.2\nshiboken6==6.8.0.2\n"

HEADER = "# 由 installer/make_lock.py 生成，请勿手改；各平台的文件都列有校验值。\n"


def write(target: Path, *options: str, source: str = "pyproject.toml") -> None:
    """Resolve for all platforms at once and replace ``target``."""
    with tempfile.TemporaryDirectory() as folder:
        pinned = Path(folder) / "pinned.txt"
        pinned.write_text(PINNED, encoding="utf-8")
        command = [
            *("uv", "pip", "compile", source, "--universal", "--python-version", "3.11"),
            *("--generate-hashes", "--no-header", "--no-annotate", "--no-emit-index-url"),
            *("--no-emit-find-links", "--strip-extras", "--quiet", "-c", str(pinned), *options),
        ]
        done = subprocess.run(
            command, cwd=HERE.parent, check=True, stdout=subprocess.PIPE, text=True
        )
    target.write_text(HEADER + done.stdout, encoding="utf-8", newline="\n")
    print(f"{target.name}：{len(wheels.entries(target))} 个程序包")


def main() -> int:
    if "--check" in sys.argv[1:]:
        return wheels.check(write=False)
    with tempfile.TemporaryDirectory() as folder:
        tools = Path(folder) / "release.in"
        declared = tomllib.loads((HERE.parent / "pyproject.toml").read_text(encoding="utf-8"))
        tools.write_text("\n".join(declared["dependency-groups"]["release"]), encoding="utf-8")
        # What the program needs itself comes from its own lock.
        write(RELEASE, "--unsafe-package=setuptools", "-c", str(PROGRAM), source=str(tools))
    if "release" in sys.argv[1:]:
        return 0
    write(PROGRAM, "--group", "setup")
    write(DEVELOPMENT, *(f"--group={group}" for group in ("setup", "dev", "bench", "fonts")))
    return 0


if __name__ == "__main__":
    sys.exit(main())
