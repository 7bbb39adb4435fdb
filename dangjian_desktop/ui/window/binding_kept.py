"""What Qt's binding has compiled in this start is kept for later ones."""

from __future__ import annotations

import py_compile
import shutil
import sys
from contextlib import suppress
from pathlib import Path
from tempfile import mkdtemp
from zipfile import BadZipFile, ZipFile

from dangjian_desktop.ui.window.binding import BESIDE, SUM, kept, sum_of

_LOADER = "shibokensupport.signature.loader"
_FOR_EDITORS = "pyi_generator.py"
"""Makes stubs; nothing of it is called, but it has to be there."""


def keep_compiled() -> bool:
    """Keep it where that can be; false where it is kept already, or cannot be."""
    if sys.dont_write_bytecode or hasattr(sys, "frozen"):
        return False
    archive = getattr(getattr(sys.modules.get(_LOADER), "__loader__", None), "zfile", None)
    folder = kept()
    if not isinstance(archive, ZipFile) or folder is None:
        return False
    with suppress(OSError, BadZipFile, py_compile.PyCompileError):
        for older in folder.parent.glob("binding-*"):
            shutil.rmtree(older)
        folder.parent.mkdir(parents=True, exist_ok=True)
        made = Path(mkdtemp(dir=folder.parent, prefix="binding-"))
        _compile(archive, made / BESIDE)
        (made / SUM).write_text(sum_of(made), encoding="ascii")
        made.rename(folder)
        return True
    return False


def _compile(archive: ZipFile, folder: Path) -> None:
    archive.extractall(folder, [name for name in archive.namelist() if name.endswith(".py")])
    for file in folder.rglob("*.py"):
        if file.name == _FOR_EDITORS:
            file.write_text("", encoding="ascii")
        place = file.relative_to(folder).as_posix()
        py_compile.compile(str(file), str(file.with_suffix(".pyc")), place, doraise=True)
        file.unlink()
