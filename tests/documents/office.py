"""LibreOffice as a second reader of our Word files."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from dangjian_desktop import paths
from dangjian_desktop.documents.looks import default_look
from dangjian_desktop.documents.model import Face

_TRIES = 2
_SECONDS = 90
_AUTOSPACE = 'style:text-autospace="ideograph-alpha"'
_AUTOSPACE_NONE = 'style:text-autospace="none"'
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
    """The Word file as LibreOffice prints it with our faces."""
    return as_pdfs([word], folder)[0]


def as_pdfs(words: Sequence[bytes], folder: Path) -> list[bytes]:
    """Word files as LibreOffice prints them, all in one run.

    Room between Han and figures, which our styles forbid, is taken out on the way: LibreOffice
    before 24.2 does not read ``autoSpaceDE``.
    """
    sources = [folder / f"text{n}.docx" for n in range(len(words))]
    for source, word in zip(sources, words, strict=True):
        source.write_bytes(word)
    flat = _converted(sources, folder, "fodt")
    for file in flat:
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace(_AUTOSPACE, _AUTOSPACE_NONE), encoding="utf-8")
    return [file.read_bytes() for file in _converted(flat, folder, "pdf")]


def _converted(sources: Sequence[Path], folder: Path, form: str) -> list[Path]:
    """The files in another form; LibreOffice sometimes fails once unsaid."""
    made = [source.with_suffix(f".{form}") for source in sources]
    for file in made:
        file.unlink(missing_ok=True)
    settings = folder / "fonts.conf"
    settings.write_text(_font_settings(folder), encoding="utf-8")
    command = [
        str(soffice()),
        "--headless",
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--convert-to",
        form,
        "--outdir",
        str(folder),
    ]
    for _ in range(_TRIES):
        missing = [str(s) for s, file in zip(sources, made, strict=True) if not file.is_file()]
        if missing:
            subprocess.run(
                [*command, *missing],
                env=os.environ | {"FONTCONFIG_FILE": str(settings)},
                check=False,
                capture_output=True,
                timeout=_SECONDS + 5 * len(missing),
            )
    assert all(file.is_file() for file in made), "LibreOffice made no file"
    return made


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
