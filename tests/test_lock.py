"""The lock files: exact, complete, and still so when everything has a newer version."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from functools import cache
from importlib.metadata import distribution, distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.test_setup import INSTALLER, LOCKS, ROOT, bootstrap


def pins(lock: str) -> dict[str, str]:
    text = (INSTALLER / lock).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9-]+)==([^\s;\\]+)", text, re.M))


@cache
def installed() -> dict[str, str]:
    return {canonicalize_name(each.metadata["Name"]): each.version for each in distributions()}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_an_exact_version_and_hashes(lock: str):
    text = (INSTALLER / lock).read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[a-z])", re.sub(r"^#.*\n", "", text, flags=re.M).strip())
    assert len(entries) == len(pins(lock))
    assert all("--hash=sha256:" in entry for entry in entries)


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_file_does_not_say_where_packages_come_from(lock: str):
    text = (INSTALLER / lock).read_text(encoding="utf-8")
    assert not re.search(r"://|index|find-links|file:|@", text)


def test_tests_run_on_the_versions_of_the_program():
    program, development = (pins(lock) for lock in LOCKS)
    assert {name: development.get(name) for name in program} == program


def test_every_declared_dependency_is_locked():
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    names = {re.split(r"[<>=\[ ]", each)[0].lower() for each in declared["project"]["dependencies"]}
    assert names <= set(pins("requirements.txt"))


def test_a_lock_file_asks_for_no_extras():
    # An extra is a range of versions to pip; what it brings stands in the lock under its name.
    assert not any("[" in (INSTALLER / lock).read_text(encoding="utf-8") for lock in LOCKS)


MACHINES = [
    {"sys_platform": system, "platform_system": name, "os_name": kind, "platform_machine": machine}
    | {"python_version": python, "python_full_version": f"{python}.0"}
    for system, name, kind, machine in (
        ("linux", "Linux", "posix", "x86_64"),
        ("linux", "Linux", "posix", "aarch64"),
        ("win32", "Windows", "nt", "AMD64"),
    )
    for python in ("3.11", "3.12", "3.13")
]


def locked(lock: str, machine: dict[str, str]) -> dict[str, str]:
    """Names and versions that the lock installs on this machine."""
    text = (INSTALLER / lock).read_text(encoding="utf-8")
    lines = re.findall(r"^([a-z0-9-]+==.*?) *\\$", text, re.M)
    wanted = [Requirement(line) for line in lines]
    fitting = [each for each in wanted if not each.marker or each.marker.evaluate(machine)]
    return {each.name: str(each.specifier).removeprefix("==") for each in fitting}


def demands(lock: str) -> list[Requirement]:
    """What pyproject.toml asks this lock for."""
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = ["setup"] if lock == "requirements.txt" else ["setup", "dev", "bench", "fonts"]
    of_groups = [each for group in groups for each in declared["dependency-groups"][group]]
    return [Requirement(each) for each in declared["project"]["dependencies"] + of_groups]


def unmet(lock: str, machine: dict[str, str]) -> list[str]:
    """Walk from pyproject.toml through what each locked package requires of others."""
    versions, found, seen = locked(lock, machine), [], set()
    waiting = [("pyproject.toml", each) for each in demands(lock)]
    while waiting:
        source, wanted = waiting.pop()
        name = canonicalize_name(wanted.name)
        version = versions.get(name)
        if version is None or not wanted.specifier.contains(version, prereleases=True):
            found.append(f"{source}: {wanted}")
        if (name, frozenset(wanted.extras)) in seen or name not in installed():
            continue
        seen.add((name, frozenset(wanted.extras)))
        for each in map(Requirement, distribution(name).requires or ()):
            extras = ("", *wanted.extras)
            if not each.marker or any(each.marker.evaluate(machine | {"extra": x}) for x in extras):
                waiting.append((name, each))
    return found


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_file_is_complete_on_every_machine(lock: str):
    assert {line for machine in MACHINES for line in unmet(lock, machine)} == set()


def test_the_window_binding_is_the_one_that_runs_on_old_systems():
    assert pins("requirements.txt")["pyside6-essentials"] == "6.8.0.2"


def test_the_tests_run_on_what_is_locked():
    differing = {
        name: (installed()[name], version)
        for name, version in pins("requirements-dev.txt").items()
        if installed().get(name, version) != version
    }
    assert differing == {}


# ---- installed for real, years later ------------------------------------------------------------

REQUIRED = {"branch-a": ("branch-b[extra]>=1",), "branch-b": ("leaf-c; extra == 'extra'",)}
LOCKED = {"branch-a": "1.0", "branch-b": "1.0", "leaf-c": "1.0"}
# The build of the program itself, so that no build tool is wanted of the index.
BACKEND = """
import shutil


def build_editable(folder, settings=None, metadata=None):
    return shutil.copy("program-1.0-py3-none-any.whl", folder).split("/")[-1].split("\\\\")[-1]
"""
PROJECT = '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n'


def wheel(folder: Path, name: str, version: str, requires: tuple[str, ...] = ()) -> Path:
    """A wheel with nothing but its metadata."""
    stem = f"{name.replace('-', '_')}-{version}"
    said = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
    said += "Provides-Extra: extra\n" + "".join(f"Requires-Dist: {each}\n" for each in requires)
    files = {
        "METADATA": said,
        "WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(f"{stem}.dist-info/{file},,\n" for file in (*files, "RECORD"))
    path = folder / f"{stem}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for file, content in {**files, "RECORD": record}.items():
            archive.writestr(f"{stem}.dist-info/{file}", content)
    return path


def write_lock(checkout: Path, names: list[str]) -> None:
    lines = []
    for name in names:
        old = checkout / "wheelhouse" / f"{name.replace('-', '_')}-{LOCKED[name]}-py3-none-any.whl"
        digest = hashlib.sha256(old.read_bytes()).hexdigest()
        lines.append(f"{name}=={LOCKED[name]} \\\n    --hash=sha256:{digest}\n")
    (checkout / "installer" / "requirements.txt").write_text("".join(lines), encoding="utf-8")


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout whose wheelhouse offers what is locked and a newer version of everything."""
    root = tmp_path / "党建 工作台"
    (root / "installer").mkdir(parents=True)
    (root / "wheelhouse").mkdir()
    for name in LOCKED:
        for version in ("1.0", "1.0.1", "2.0"):
            wheel(root / "wheelhouse", name, version, REQUIRED.get(name, ()))
    wheel(root, "program", "1.0", ("branch-a>=1",))
    (root / "backend.py").write_text(BACKEND, encoding="utf-8")
    (root / "pyproject.toml").write_text(PROJECT, encoding="utf-8")
    write_lock(root, list(LOCKED))
    for name in ("PIP_FIND_LINKS", "PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "PIP_CONSTRAINT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    return root


def versions(environment: bootstrap.Environment) -> dict[str, str]:
    code = (
        "from importlib.metadata import distributions as d; "
        "print(*(f\"{x.metadata['Name']}={x.version}\" for x in d()))"
    )
    asked = [str(environment.program("python")), "-c", code]
    done = subprocess.run(asked, check=True, capture_output=True, encoding="utf-8")
    found = dict(each.split("=") for each in done.stdout.split())
    return {name: found[name] for name in (*LOCKED, "program") if name in found}


@pytest.mark.slow
def test_a_lock_does_not_rot_when_newer_versions_appear_nor_hides_a_gap(checkout: Path):
    environment = bootstrap.Environment(checkout)
    environment.prepare("run")
    assert versions(environment) == {**LOCKED, "program": "1.0"}
    assert environment.is_ready("run")

    write_lock(checkout, ["branch-b", "leaf-c"])
    subprocess.run(environment.pip("uninstall", "-y", "branch-a"), check=True)
    with pytest.raises(bootstrap.SetUpError, match=r"program 1\.0 需要 branch-a"):
        environment.prepare("run")
    assert not environment.is_ready("run")


def test_a_wheelhouse_that_was_copied_by_half_is_said_before_anything_is_installed(checkout: Path):
    environment = bootstrap.Environment(checkout)
    path = checkout / "wheelhouse" / "leaf_c-1.0-py3-none-any.whl"
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(bootstrap.SetUpError) as refused:
        environment.prepare("run")
    assert not environment.folder.exists()
    assert "有 1 个文件没有拷全或已损坏：leaf_c-1.0-py3-none-any.whl。" in str(refused.value)
    # Versions that the lock does not name are nobody's business.
    path.rename(path.with_name("leaf_c-2.0-py3-none-any.whl"))
    environment.examine_wheelhouse("run")


def test_a_wheelhouse_of_another_machine_is_told_by_what_this_one_is(checkout: Path):
    environment = bootstrap.Environment(checkout)
    with pytest.raises(bootstrap.SetUpError, match=r"Python 3\.\d+：.*wheelhouse 要在同样系统"):
        environment._call([sys.executable, "-c", "raise SystemExit(1)"])
    shutil.rmtree(checkout / "wheelhouse")
    with pytest.raises(bootstrap.SetUpError, match="没有网络的电脑"):
        environment._call([sys.executable, "-c", "raise SystemExit(1)"])
