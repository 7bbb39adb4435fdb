"""LibreOffice as a beside reader of our Word files."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

from dangjian_desktop import paths
from dangjian_desktop.documents.looks import default_look
from dangjian_desktop.documents.model import Face

_TRIES = 3
# A run that hangs is ended after these; on a busy machine a first start alone took 90.
_SECONDS, _EACH = 300, 15
_MACRO = "macro:///Standard.Printing.All"
_OF = 'xmlns:library="http://openoffice.org/2000/library" library:'
_LIBRARIES = (
    f'<library:libraries {_OF.rpartition(" ")[0]} xmlns:xlink="http://www.w3.org/1999/xlink">'
    '<library:library library:name="Standard" library:link="false"/></library:libraries>'
)
_LIBRARY = (
    f'<library:library {_OF}name="Standard" library:readonly="false" '
    'library:passwordprotected="false"><library:element library:name="Printing"/>'
    "</library:library>"
)
_MODULE = (
    '<script:module xmlns:script="http://openoffice.org/2000/script" '
    'script:name="Printing" script:language="StarBasic">{}</script:module>'
)
_MAKE = """
Sub Make(name)
Dim opened(0) As New com.sun.star.beans.PropertyValue
opened(0).Name = "Hidden"
opened(0).Value = True
file = StarDesktop.loadComponentFromURL(name & ".docx", "_blank", 0, opened())
styles = file.StyleFamilies.getByName("ParagraphStyles")
For n = 0 To styles.Count - 1
styles.getByIndex(n).ParaIsCharacterDistance = False
Next n
Store(file, name & ".odt", "writer8")
file = StarDesktop.loadComponentFromURL(name & ".odt", "_blank", 0, opened())
For n = 0 To file.TextTables.Count - 1
Keep(file.TextTables.getByIndex(n))
Next n
Store(file, name & ".pdf", "writer_pdf_Export")
End Sub
Sub Keep(table)
On Error Resume Next
For n = 1 To table.Rows.Count
under = table.getCellByName("A" & n)
beside = table.getCellByName("B" & n)
If Not IsNull(under) And Not IsNull(beside) Then
If beside.createTextCursor().ParaKeepTogether Then
under.createTextCursor().ParaKeepTogether = True
End If
End If
Next n
End Sub
Sub Store(file, name, filter)
Dim made(0) As New com.sun.star.beans.PropertyValue
made(0).Name = "FilterName"
made(0).Value = filter
file.storeToURL(name, made())
file.close(True)
End Sub
"""
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
    before 24.2 does not read ``autoSpaceDE``. The file is opened anew for it: what a layout with
    that room has moved to the next page stays there. Fields under one that reaches down, which
    are saved without their paragraph, are kept with the next row again.
    """
    sources = [folder / f"text{n}.docx" for n in range(len(words))]
    for source, word in zip(sources, words, strict=True):
        source.write_bytes(word)
        source.with_suffix(".pdf").unlink(missing_ok=True)
    said = ""
    # LibreOffice sometimes fails once unsaid.
    for _ in range(_TRIES):
        missing = [source for source in sources if not source.with_suffix(".pdf").is_file()]
        if missing:
            _write_macro(_home().name, missing)
            said = _run(_home().name, _MACRO, len(missing))
    made = [source.with_suffix(".pdf") for source in sources]
    assert all(file.is_file() for file in made), f"LibreOffice made no file: {said}"
    return [file.read_bytes() for file in made]


@cache
def _home() -> tempfile.TemporaryDirectory[str]:
    """Profile and faces of this process, made by its first run: a worker shares with no other."""
    made = tempfile.TemporaryDirectory(prefix="office", ignore_cleanup_errors=True)
    folder = Path(made.name)
    (folder / "fonts.conf").write_text(_font_settings(folder), encoding="utf-8")
    # A new profile gets its own libraries at the first start.
    _run(made.name, "--terminate_after_init", 0)
    return made


def _run(home: str, asked: str, count: int) -> str:
    """One run to its end, or ended with all that it started; what it said."""
    profile = (Path(home) / "profile").as_uri()
    command = [str(soffice()), "--headless", f"-env:UserInstallation={profile}", asked]
    with subprocess.Popen(
        command,
        env=os.environ | {"FONTCONFIG_FILE": str(Path(home) / "fonts.conf")},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    ) as process:
        try:
            said, _ = process.communicate(timeout=_SECONDS + _EACH * count)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            said = b"ended because it hung"
    return said.decode(errors="replace")


def _write_macro(home: str, sources: Sequence[Path]) -> None:
    """The script that opens each file, takes that room out of its styles and prints it."""
    folder = Path(home) / "profile" / "user" / "basic"
    standard = folder / "Standard"
    standard.mkdir(parents=True, exist_ok=True)
    calls = [f'Make("{source.with_suffix("").as_uri()}")' for source in sources]
    # Else Basic lays pages out between its steps on a busy machine, and they end elsewhere.
    steps = "\n".join(
        ["Sub All", "EnableReschedule(False)", *calls, "StarDesktop.terminate()", "End Sub"]
    )
    for file, text in (
        (folder / "script.xlc", _LIBRARIES),
        (standard / "script.xlb", _LIBRARY),
        (standard / "Printing.xba", _MODULE.format(escape(_MAKE + steps))),
    ):
        file.write_text(f'<?xml version="1.0" encoding="UTF-8"?>\n{text}', encoding="utf-8")


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
