"""LibreOffice as a second reader of our Word files."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from dangjian_desktop import paths
from dangjian_desktop.documents.looks import default_look
from dangjian_desktop.documents.model import Face

_TRIES = 2
_SECONDS = 90
_FAMILIES = {
    "仿宋": "Dangjian FangSong",
    "楷体": "Dangjian KaiTi",
    "黑体": "Dangjian HeiTi",
    "宋体": "Dangjian SongTi",
    "方正小标宋简体": "Dangjian XiaoBiaoSong",
}


def soffice() -> str | None:
    return shutil.which("soffice")


def as_pdf(word: bytes, folder: Path) -> bytes:
    """The Word file as LibreOffice prints it with our faces; it sometimes fails once unsaid."""
    source, made = folder / "text.docx", folder / "text.pdf"
    source.write_bytes(word)
    settings = folder / "fonts.conf"
    settings.write_text(_font_settings(folder), encoding="utf-8")
    command = [
        str(soffice()),
        "--headless",
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
        str(source),
    ]
    for _ in range(_TRIES):
        subprocess.run(
            command,
            env=os.environ | {"FONTCONFIG_FILE": str(settings)},
            check=False,
            capture_output=True,
            timeout=_SECONDS,
        )
        if made.is_file():
            return made.read_bytes()
    raise AssertionError("LibreOffice made no file")


def _font_settings(folder: Path) -> str:
    assert set(_FAMILIES) == {default_look().families.of(face) for face in Face}
    rules = "".join(
        f'<match target="pattern"><test name="family"><string>{name}</string></test>'
        f'<edit name="family" mode="assign" binding="strong"><string>{ours}</string></edit></match>'
        for name, ours in _FAMILIES.items()
    )
    return (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"<dir>{paths.resources('fonts')}</dir><cachedir>{folder / 'cache'}</cachedir>"
        f"{rules}</fontconfig>"
    )
