"""The wheel and the sdist: what they hold, and that the program works from nothing else."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
import venv
import zipfile
from collections.abc import Iterator
from importlib.metadata import distributions
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parent.parent
BUILT_FROM = ("pyproject.toml", "setup.py", "README.md", "LICENSE")
BUILD = (
    "import sys; from setuptools import build_meta; getattr(build_meta, sys.argv[1])(sys.argv[2]"
)
SDIST = f"{BUILD})"
# Faces hardly shrink, and packing them takes longer than all the rest.
WHEEL = f"{BUILD}, {{'--build-option': ['--compression=stored']}})"

pytestmark = pytest.mark.slow


class Built(NamedTuple):
    """The files of one build."""

    wheel: Path
    sdist: Path
    wheel_of_sdist: Path


def link(source: str, target: str) -> str:
    """A file in two places; a real copy where the two are on different volumes."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy(source, target)
    return target


def build(code: str, name: str, tree: Path, target: Path) -> Path:
    """The one file that a build leaves in the folder."""
    target.mkdir()
    command = [sys.executable, "-c", code, name, str(target)]
    done = subprocess.run(command, check=False, cwd=tree, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    assert "Warning" not in done.stderr, done.stderr
    (made,) = target.iterdir()
    return made


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    """Both built from a copy of the tree, in which an older build has left a module behind."""
    folder = tmp_path_factory.mktemp("built")
    tree = folder / "tree"
    tree.mkdir()
    for name in BUILT_FROM:
        shutil.copy(ROOT / name, tree / name)
    junk = shutil.ignore_patterns("__pycache__")
    for name in ("dangjian_desktop", "resources"):
        shutil.copytree(ROOT / name, tree / name, copy_function=link, ignore=junk)
    stale = tree / "build" / "lib" / "dangjian_desktop" / "taken_away.py"
    stale.parent.mkdir(parents=True)
    stale.write_text("", encoding="utf-8")
    sdist = build(SDIST, "build_sdist", tree, folder / "sdist")
    wheel = build(WHEEL, "build_wheel", tree, folder / "wheel")
    unpack = [sys.executable, "-m", "tarfile", "-e", str(sdist), str(folder / "unpacked")]
    subprocess.run(unpack, check=True, capture_output=True)
    (unpacked,) = (folder / "unpacked").iterdir()
    again = build(WHEEL, "build_wheel", unpacked, folder / "again")
    yield Built(wheel, sdist, again)
    shutil.rmtree(folder)


def checksums(wheel: Path) -> dict[str, int]:
    with zipfile.ZipFile(wheel) as archive:
        return {each.filename: each.CRC for each in archive.infolist()}


def files(*parts: str) -> set[str]:
    folder = ROOT.joinpath(*parts)
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(ROOT).as_posix() for path in found if path.suffix != ".pyc"}


def test_a_wheel_holds_the_program_with_its_resources_and_nothing_else(built: Built):
    inside = {f"dangjian_desktop/{path}" for path in files("resources")}
    held = {name for name in checksums(built.wheel) if ".dist-info/" not in name}
    assert held == files("dangjian_desktop") | inside


def test_an_sdist_makes_the_same_wheel(built: Built):
    assert checksums(built.wheel_of_sdist) == checksums(built.wheel)


def test_nothing_was_written_into_the_top_of_the_project():
    found = {entry.name for entry in ROOT.iterdir() if not entry.name.startswith(".")}
    made = {"build", "dist", "out", "wheelhouse", "示例年", "__pycache__"}
    assert {name for name in found - made if not name.endswith(".egg-info")} == {
        *("CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "README.md", "pyproject.toml", "setup.py"),
        *("dangjian_desktop", "docs", "installer", "resources", "tests"),
    }


def test_one_place_says_the_version(built: Built):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    version = project["version"]
    assert built.wheel.name.startswith(f"dangjian_desktop-{version}-")
    assert built.sdist.name == f"dangjian_desktop-{version}.tar.gz"
    sources = [ROOT / "setup.py", *(ROOT / "dangjian_desktop").rglob("*.py")]
    assert not any(f'"{version}"' in path.read_text(encoding="utf-8") for path in sources)


class Installed:
    """The program in an environment of its own that sees the libraries, not the checkout."""

    def __init__(self, folder: Path, wheel: Path) -> None:
        venv.create(folder, with_pip=False, symlinks=sys.platform != "win32")
        scripts = folder / ("Scripts" if sys.platform == "win32" else "bin")
        suffix = ".exe" if sys.platform == "win32" else ""
        self.python, self.command = (scripts / f"{name}{suffix}" for name in ("python", "dangjian"))
        self.surroundings = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
        self.folder = folder.parent / "别处"
        self.folder.mkdir()
        self.surroundings["DANGJIAN_DATA"] = str(self.folder / "数据")
        pip = [sys.executable, "-m", "pip", "--python", str(self.python), "install", "-q"]
        self.run([*pip, "--no-deps", "--no-index", "--no-compile", str(wheel)])
        # Only now, so that pip neither sees nor touches what lies there.
        (site,) = folder.rglob("site-packages")
        found = {Path(str(each.locate_file(""))).resolve() for each in distributions()}
        libraries = "\n".join(str(path) for path in found if path != ROOT)
        (site / "libraries.pth").write_text(f"{libraries}\n", encoding="utf-8")

    def run(self, command: list[str]) -> str:
        done = subprocess.run(
            command,
            check=False,
            cwd=self.folder,
            env=self.surroundings,
            capture_output=True,
            encoding="utf-8",
        )
        assert done.returncode == 0, (done.stdout, done.stderr)
        return done.stdout


@pytest.fixture(scope="session")
def program(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installed]:
    folder = tmp_path_factory.mktemp("installed")
    yield Installed(folder / "环境", built.wheel)
    shutil.rmtree(folder)


def test_an_installed_program_makes_the_sample_year_elsewhere(program: Installed):
    where = "import dangjian_desktop; print(dangjian_desktop.__file__)"
    assert "site-packages" in program.run([str(program.python), "-c", where])
    out = program.run([str(program.command), "--json", "demo", "--out", "示例年"])
    made = [program.folder / path for path in json.loads(out)["files"]]
    assert len(made) > 400
    assert [path for path in made if path.stat().st_size < 1000] == []
    kinds = {(path.parent.name, path.suffix) for path in made}
    assert {("会议记录（公文版式）", ".pdf"), ("会议记录（公文版式）", ".docx")} <= kinds


def test_the_detailed_log_of_an_installed_program_begins_with_its_versions(program: Installed):
    program.run([str(program.command), "--debug", "new", "--name", "中共某公司机关支部委员会"])
    log = (program.folder / "数据" / "logs" / "dangjian.log").read_text(encoding="utf-8")
    first = log.splitlines()[0]
    assert re.search(r"dangjian-desktop \d+\.\d+\.\d+, Python 3\..*, SQLAlchemy 2\.", first)
