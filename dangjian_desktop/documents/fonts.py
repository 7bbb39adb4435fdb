"""Which file draws which character: the wanted face, then 宋体, then the rare ones.

Behind 仿宋 stands a light cut of 宋体 for what the list of standard characters has and our 仿宋
has not: a name in the plain cut looks bold among its thin strokes.

Faces installed on this machine and those in the user's folder come first, unless a caller asks
for ours alone, as tests, the demonstration and the measurements do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, partial
from pathlib import Path

from dangjian_desktop import paths
from dangjian_desktop.documents.font_files import DIGITS, installed_files
from dangjian_desktop.documents.look import Families, Look
from dangjian_desktop.documents.looks import default_look
from dangjian_desktop.documents.roles import Face
from dangjian_desktop.documents.truetype import TrueTypeFile

RARE = "hanamin"
LIGHT = "songti_light"
# A third of a cell wide in many 仿宋 and 楷体 files, which breaks the line of 28: always 宋体.
QUOTES = frozenset("“”‘’")

_LATIN_END = 0x80


class _Sources(dict[str, str | None]):
    """Character to the key of its file, each chosen once."""

    def __init__(self, choose: Callable[[str], str | None]) -> None:
        super().__init__()
        self._choose = choose

    def __missing__(self, character: str) -> str | None:
        found = self[character] = self._choose(character)
        return found


class FontSet:
    """The files of one choice of faces; each is opened when a character first needs it.

    ``families`` are the names that a look asks for, where they are not the usual ones.
    """

    def __init__(self, *, bundled_only: bool, families: Families | None = None) -> None:
        self._families = families
        self._found: dict[str, tuple[Path, int]] | None = {} if bundled_only else None
        self._files: dict[str, TrueTypeFile] = {}
        self._sources: dict[Face, _Sources] = {}
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
        path, index = self._others()[name]
        return TrueTypeFile(path, index)

    def _others(self) -> dict[str, tuple[Path, int]]:
        if self._found is None:
            self._found = dict(installed_files(self._families))
        return self._found

    def sources(self, face: Face) -> Mapping[str, str | None]:
        """For any character the key of the first file of the chain that has it; None if none."""
        found = self._sources.get(face)
        if found is None:
            found = self._sources[face] = _Sources(partial(self._choose, face))
        return found

    def source(self, face: Face, character: str) -> str | None:
        """The key of the first file of the chain that has the character; None if none has."""
        return self.sources(face)[character]

    def _choose(self, face: Face, character: str) -> str | None:
        code = ord(character)
        latin = code < _LATIN_END and DIGITS in self._others()
        if latin and self.file(DIGITS).glyph_number(code):
            return DIGITS
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
            others = self._others()
            names: list[str] = []
            for wanted in (face, Face.SONGTI):
                names += [wanted.value] if wanted.value in others else []
                names.append(f"own:{wanted.value}")
                names += [f"own:{LIGHT}"] if wanted is Face.FANGSONG else []
            chain = self._chains[face] = tuple(dict.fromkeys([*names, f"own:{RARE}"]))
        return chain


@cache
def bundled_fonts() -> FontSet:
    """Our own faces alone: the same everywhere."""
    return FontSet(bundled_only=True)


@cache
def installed_fonts(families: Families | None = None) -> FontSet:
    """The faces of this machine and of the user's folder first, ours behind them."""
    return FontSet(bundled_only=False, families=families)


def fonts_of(look: Look | None) -> FontSet:
    """The faces of this machine that a look asks for; the usual ones ask for nothing."""
    usual = default_look().families
    families = None if look is None or look.families == usual else look.families
    return installed_fonts(families)


def bundled_file(name: str) -> Path:
    """Where our own face of that name lies."""
    return paths.resources("fonts", f"{name}.ttf")


def missing_characters(text: str, fonts: FontSet | None = None) -> tuple[str, ...]:
    """The characters that no face can print, each once, in the order of the text."""
    chosen = fonts or installed_fonts()
    rest = dict.fromkeys(c for c in text if not c.isspace())
    return tuple(c for c in rest if chosen.source(Face.FANGSONG, c) is None)
