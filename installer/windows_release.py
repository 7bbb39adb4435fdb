"""What is for Windows of a release: staged, completed, packed, with its bill of materials."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import bill
from contained import Folder
from frozen_folder import ROOT, ReleaseError, say
from linux_release import HERE, shipped

MACHINE = "x86_64"


def make(version: str, zipped: Path, python: Path, work: Path, made: Path) -> Path:
    """Set-up, portable folder and bill into ``made``; the version folder they were made from.

    ``zipped`` is the folder with the official Python for Windows, ``python`` one with pip that
    makes the byte code.
    """
    staged = work / "staged"
    call = [str(python), "-B", str(HERE / "stage_windows.py"), "--out", str(staged)]
    call += ["--python", str(zipped)]
    given = {**os.environ, "PYTHONPATH": str(ROOT)}
    if subprocess.run(call, check=False, stdin=subprocess.DEVNULL, env=given).returncode:
        raise ReleaseError("Windows 的文件夹没有做成，原因见上。")
    inside = Folder(staged)
    if said := bill.complaints_of_folder(inside, {}):
        raise ReleaseError("Windows 的不能发布：\n  " + "\n  ".join(said[:20]))
    setup = _setup()
    setup.make_windows(staged, version, made)
    name = f"dangjian-desktop-{version}-windows-{MACHINE}"
    site = staged / "python" / "Lib" / "site-packages"
    parts = [*bill.packages(site, [each for each in shipped() if each != "pyinstaller"])]
    python_of = (wanted_python()["version"], "")
    materials = bill.bill(
        version, parts, {}, bill.table(), python_of, faces=bill.fonts(), folder=inside
    )
    (made / f"{name}.cdx.json").write_text(materials, encoding="utf-8")
    say("  Windows 的安装程序和便携版已做好")
    folder: Path = setup.complete(staged, version, work / "windows")
    return folder


def _setup() -> Any:
    sys.path.insert(0, str(HERE / "windows"))
    try:
        return importlib.import_module("make_setup")
    finally:
        sys.path.remove(str(HERE / "windows"))


def wanted_python() -> Mapping[str, str]:
    """The official Python for Windows that a person supplies once: file, version, hash."""
    told = tomllib.loads((HERE / "staging.toml").read_text(encoding="utf-8"))
    found: Mapping[str, str] = told["python"]
    return found
