"""Pictures of printed papers: every page of the PDF, and beside it that of the Word file."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from dangjian_desktop import paths
from dangjian_desktop.documents.looks import default_look
from dangjian_desktop.documents.model import Face
from dangjian_desktop.documents.rasters import pages_beside
from dangjian_desktop.inputs import MEBIBYTE, read_input
from dangjian_desktop.services.files import write_file
from dangjian_desktop.services.lending import lent

NO_OFFICE = "没有找到 LibreOffice，图片里只有 PDF 的页面，没有 Word 的"
_LARGEST = 50 * MEBIBYTE
_AT_ONCE, _SECONDS = 40, 300
_ROOM = 'style:text-autospace="ideograph-alpha"'
_NO_ROOM = 'style:text-autospace="none"'
_OURS = {
    Face.FANGSONG: "Dangjian FangSong",
    Face.KAITI: "Dangjian KaiTi",
    Face.HEITI: "Dangjian HeiTi",
    Face.SONGTI: "Dangjian SongTi",
    Face.XIAOBIAOSONG: "Dangjian XiaoBiaoSong",
}


def office() -> str | None:
    """The program that shows Word files, where there is one."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def picture_files(
    files: Sequence[Path], root: Path, folder: Path, program: str | None
) -> Iterator[Path]:
    """Write the pages of every PDF among the files, each into the folder that it has below root.

    With ``program`` the page of the Word file of the same name stands at the right. A Word file
    that could not be shown leaves its side out.
    """
    with lent() as made:
        words = [file for file in files if file.suffix == ".docx"]
        shown = _shown(words, made, program) if program else {}
        for file in (file for file in files if file.suffix == ".pdf"):
            word = shown.get(file.with_suffix(".docx"))
            beside = read_input(word, _LARGEST) if word else None
            where = folder / file.parent.relative_to(root)
            pages = pages_beside(read_input(file, _LARGEST), beside)
            for number, page in enumerate(pages, 1):
                yield write_file(where, f"{file.stem[:50]}_{number}", ".png", page)


def _shown(words: Sequence[Path], made: Path, program: str) -> dict[Path, Path]:
    """Each Word file with the PDF that the program made of it."""
    settings = made / "fonts.conf"
    settings.write_text(_font_settings(made), encoding="utf-8")
    found: dict[Path, Path] = {}
    for start in range(0, len(words), _AT_ONCE):
        part, out = words[start : start + _AT_ONCE], made / str(start)
        # Files of one name from different folders would fall on each other.
        copies = {out / f"{number}.docx": word for number, word in enumerate(part)}
        out.mkdir()
        for copy, word in copies.items():
            copy.write_bytes(read_input(word, _LARGEST))
        _converted(program, settings, copies, "fodt")
        flat = [copy.with_suffix(".fodt") for copy in copies]
        for file in (file for file in flat if file.is_file()):
            # LibreOffice before 24.2 does not read that no room stands between Han and figures.
            text = read_input(file, _LARGEST).decode("utf-8")
            file.write_text(text.replace(_ROOM, _NO_ROOM), encoding="utf-8")
        _converted(program, settings, flat, "pdf")
        pdfs = ((word, copy.with_suffix(".pdf")) for copy, word in copies.items())
        found |= {word: pdf for word, pdf in pdfs if pdf.is_file()}
    return found


def _converted(program: str, settings: Path, files: Iterable[Path], form: str) -> None:
    """Let the program write the files in another form beside them, as far as it can."""
    made = [file for file in files if file.is_file()]
    if not made:
        return
    beside = ("--convert-to", form, "--outdir", str(made[0].parent), *map(str, made))
    home = f"-env:UserInstallation={(settings.parent / 'p').as_uri()}"
    subprocess.run(
        (program, "--headless", home, *beside),
        env=os.environ | {"FONTCONFIG_FILE": str(settings)},
        check=False,
        capture_output=True,
        timeout=_SECONDS,
    )


def _font_settings(folder: Path) -> str:
    """Our own faces under the names that the Word files ask for."""
    families = default_look().families
    rules = "".join(
        f'<match target="pattern"><test name="family"><string>{families.of(face)}</string></test>'
        f'<edit name="family" mode="assign" binding="strong"><string>{ours}</string></edit></match>'
        for face, ours in _OURS.items()
    )
    return (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"<dir>{paths.resources('fonts')}</dir><cachedir>{folder / 'cache'}</cachedir>"
        f"{rules}</fontconfig>"
    )
