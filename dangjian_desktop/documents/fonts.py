"""Which file draws which character: the wanted face, then 宋体, then the rare ones.

Faces installed on this machine and those in the user's folder come first, unless a caller asks
for ours alone, as tests, the demonstration and the measurements do.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from struct import error

from dangjian_desktop import paths
from dangjian_desktop.documents.model import Face
from dangjian_desktop.documents.truetype import TrueTypeFile, faces_in
from dangjian_desktop.errors import BlockedError, UserError

RARE = "hanamin"
# A third of a cell wide in many 仿宋 and 楷体 files, which breaks the line of 28: always 宋体.
QUOTES = frozenset("“”‘’")

_SYSTEM_FILES = {
    Face.FANGSONG: ("仿宋_gb2312.ttf", "fangsong_gb2312.ttf", "simfang.ttf", "fangsong.ttf"),
    Face.KAITI: ("楷体_gb2312.ttf", "kaiti_gb2312.ttf", "simkai.ttf", "kaiti.ttf"),
    Face.HEITI: ("simhei.ttf",),
    Face.SONGTI: ("simsun.ttc", "simsun.ttf"),
    Face.XIAOBIAOSONG: ("fzxbsjw.ttf", "方正小标宋简体.ttf", "方正小标宋_gbk.ttf", "fzxbsk.ttf"),
}
_FAMILIES = {
    Face.FANGSONG: ("仿宋_GB2312", "FangSong_GB2312", "仿宋", "FangSong"),
    Face.KAITI: ("楷体_GB2312", "KaiTi_GB2312", "楷体", "KaiTi"),
    Face.HEITI: ("黑体", "SimHei"),
    Face.SONGTI: ("宋体", "SimSun"),
    Face.XIAOBIAOSONG: (
        "方正小标宋简体",
        "FZXiaoBiaoSong-B05S",
        "方正小标宋_GBK",
        "FZXiaoBiaoSong-B05",
    ),
}


class FontSet:
    """The files of one choice of faces; each is opened when a character first needs it."""

    def __init__(self, *, bundled_only: bool) -> None:
        self._found: dict[Face, tuple[Path, int]] | None = {} if bundled_only else None
        self._files: dict[str, TrueTypeFile] = {}
        self._chosen: dict[tuple[Face, str], str | None] = {}
        self._chains: dict[Face, tuple[str, ...]] = {}

    def file(self, name: str) -> TrueTypeFile:
        """The opened file behind a key given by ``source``."""
        opened = self._files.get(name)
        if opened is None:
            opened = self._files[name] = self._opened(name)
        return opened

    def _opened(self, name: str) -> TrueTypeFile:
        if name.startswith("own:"):
            return TrueTypeFile(bundled_file(name.removeprefix("own:")))
        path, index = self._others()[Face(name)]
        return TrueTypeFile(path, index)

    def _others(self) -> dict[Face, tuple[Path, int]]:
        if self._found is None:
            self._found = dict(_installed())
        return self._found

    def source(self, face: Face, character: str) -> str | None:
        """The key of the first file of the chain that has the character; None if none has."""
        key = face, character
        if key not in self._chosen:
            self._chosen[key] = self._choose(face, character)
        return self._chosen[key]

    def _choose(self, face: Face, character: str) -> str | None:
        code = ord(character)
        wanted = Face.SONGTI if character in QUOTES else face
        return next(
            (name for name in self.chain(wanted) if self.file(name).glyph_number(code)), None
        )

    def shown(self, face: Face, character: str) -> str:
        """The character, or its number in brackets when no face has it: never an empty box."""
        if self.source(face, character) is None:
            return f"〔U+{ord(character):X}〕"
        return character

    def width(self, face: Face, character: str) -> float:
        """The advance of a printable character, as a part of the type size."""
        file = self.file(self.source(face, character) or self.chain(face)[0])
        return file.advance(file.glyph_number(ord(character))) / file.units

    def chain(self, face: Face) -> tuple[str, ...]:
        """The keys of the files to try for a face, best first."""
        chain = self._chains.get(face)
        if chain is None:
            others, names = self._others(), []
            for wanted in (face, Face.SONGTI):
                names += [wanted.value] if wanted in others else []
                names.append(f"own:{wanted.value}")
            chain = self._chains[face] = tuple(dict.fromkeys([*names, f"own:{RARE}"]))
        return chain


@cache
def bundled_fonts() -> FontSet:
    """Our own faces alone: the same everywhere."""
    return FontSet(bundled_only=True)


@cache
def installed_fonts() -> FontSet:
    """The faces of this machine and of the user's folder first, ours behind them."""
    return FontSet(bundled_only=False)


def bundled_file(name: str) -> Path:
    """Where our own face of that name lies."""
    return paths.resources("fonts", f"{name}.ttf")


def missing_characters(text: str, fonts: FontSet | None = None) -> tuple[str, ...]:
    """The characters that no face can print, each once, in the order of the text."""
    chosen = fonts or installed_fonts()
    rest = dict.fromkeys(c for c in text if not c.isspace())
    return tuple(c for c in rest if chosen.source(Face.FANGSONG, c) is None)


def refused_user_fonts() -> tuple[str, ...]:
    """A sentence for each file in the user's folder that cannot be used."""
    said = []
    for path in _files_in(paths.user_fonts()):
        try:
            _families_of(path)
        except BlockedError as refusal:
            said.append(f"{refusal.message}{refusal.remedy}")
    return tuple(said)


def _installed() -> Iterator[tuple[Face, tuple[Path, int]]]:
    own = _user_faces()
    by_name: dict[str, Path] = {}
    if set(own) != set(Face):
        for folder in _system_folders():
            for path in _files_in(folder):
                by_name.setdefault(path.name.casefold(), path)
    for face in Face:
        if face in own:
            yield face, own[face]
            continue
        for name in _SYSTEM_FILES[face]:
            if name in by_name and _usable(by_name[name]):
                yield face, (by_name[name], 0)
                break


def _user_faces() -> dict[Face, tuple[Path, int]]:
    found: dict[str, tuple[Path, int]] = {}
    for path in _files_in(paths.user_fonts()):
        try:
            for index, families in enumerate(_families_of(path)):
                for name in (*families, path.name.casefold()):
                    found.setdefault(name, (path, index))
        except BlockedError:
            continue  # said by refused_user_fonts; printing goes on with the other faces
    chosen = {}
    for face, wanted in _FAMILIES.items():
        names = (*wanted, *_SYSTEM_FILES[face])
        match = next((found[name] for name in names if name in found), None)
        if match is not None:
            chosen[face] = match
    return chosen


def _families_of(path: Path) -> tuple[frozenset[str], ...]:
    try:
        count = faces_in(path)
    except (UserError, error) as cause:
        raise BlockedError(f"字体文件“{path.name}”读不出来。", "请检查文件权限。") from cause
    faces = [TrueTypeFile(path, index) for index in range(count)]
    if not all(face.embeddable for face in faces):
        raise BlockedError(
            f"字体文件“{path.name}”的许可不允许嵌入打印文件。", "请换用允许嵌入的字体。"
        )
    if not all(face.whole for face in faces):
        raise BlockedError(
            f"字体文件“{path.name}”的字符与字形对不上，印出来会是别的字，没有采用。",
            "请换一个完好的 .ttf 文件。",
        )
    return tuple(face.families() for face in faces)


def _usable(path: Path) -> bool:
    try:
        face = TrueTypeFile(path)
        return face.embeddable and face.whole
    except BlockedError:
        return False


def _files_in(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            if name.casefold().endswith((".ttf", ".ttc", ".otf")):
                yield Path(place, name)


def _system_folders() -> tuple[Path, ...]:
    home = Path.home()
    if sys.platform == "win32":
        local = Path(os.environ.get("LOCALAPPDATA", home / "AppData" / "Local"))
        windows = Path(os.environ.get("WINDIR", "C:/Windows"))
        return windows / "Fonts", local / "Microsoft" / "Windows" / "Fonts"
    return (
        home / ".local" / "share" / "fonts",
        home / ".fonts",
        Path("/usr/local/share/fonts"),
        Path("/usr/share/fonts"),
    )
