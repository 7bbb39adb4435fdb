"""The files against the list of what was asked for, and against the list that they came with."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import PurePosixPath

from dangjian_desktop.domain.submissions.asked import AskedMaterial
from dangjian_desktop.domain.submissions.delivered import Delivered
from dangjian_desktop.domain.submissions.delivery import Code, DeliveryFinding
from dangjian_desktop.domain.submissions.matching import plain_title
from dangjian_desktop.frozen import dataclass

_DIGITS = re.compile(r"(?<!\d)20\d{2}(?:[-.]?\d{2}){0,2}(?!\d)")
_SHORTEST = 2
LIST, MANIFEST = "清单.xlsx", "manifest.json"
"""What lies beside the files of a package, for people and for programs; no superior asks for it."""
_WORDS = {"docx": "Word", "pdf": "PDF", "xlsx": "Excel"}
_FORMS = {".doc": "docx", ".xls": "xlsx", ".et": "xlsx", ".wps": "docx"}


@dataclass(frozen=True, slots=True)
class Told:
    """A file as the manifest beside it tells it; ``paper`` is the code of what it is."""

    title: str
    sha256: str
    paper: str = ""


Meaning = Callable[[str], Collection[str]]
"""What a title or the name of a file means in the catalogue of papers."""


def against_list(
    asked: Sequence[AskedMaterial],
    files: Sequence[Delivered],
    ours: Iterable[str] = (),
    told: Mapping[str, Told] | None = None,
    meaning: Meaning = lambda _title: (),
) -> Iterator[DeliveryFinding]:
    """What the list asks for and is not there, perhaps only not in that form or not as often; what
    is there and the list does not know.

    ``ours`` are the names of the branch, ``told`` what a manifest tells of the files. A file may
    answer several lines.
    """
    names = tuple(ours)
    known = {file.name: _Known.of(file, (told or {}).get(file.name), names) for file in files}
    wanted = [(one, _plain(one.title, names)) for one in asked]
    subjects = {plain: frozenset(meaning(one.title)) for one, plain in wanted}
    meant = {name: _meant(each, subjects, meaning) for name, each in known.items()}
    for one, plain in wanted:
        there = [name for name, found in meant.items() if plain in found]
        if words := _lacking(one, there):
            yield DeliveryFinding(file=one.title, code=Code.MISSING, message=words)
    for name, found in meant.items():
        if not found and PurePosixPath(name).name != LIST:
            words = "清单里没有这份材料，请核对是否要报。"
            yield DeliveryFinding(file=name, code=Code.SURPLUS, message=words)


@dataclass(frozen=True, slots=True)
class _Known:
    """What a file goes by: its ``title`` and its name, plain ones, and what paper it is."""

    plain: frozenset[str]
    titles: tuple[str, ...]
    paper: str

    @classmethod
    def of(cls, file: Delivered, told: Told | None, names: tuple[str, ...]) -> _Known:
        titles = tuple(filter(None, (told.title if told else "", _DIGITS.sub("", file.stem))))
        plain = frozenset(_plain(title, names) for title in titles)
        return cls(plain, titles, told.paper if told else "")


def _lacking(one: AskedMaterial, there: Sequence[str]) -> str:
    """What is not there of a material; empty where nothing lacks."""
    if not there:
        return f"清单要的“{one.title}”没有对应的文件。"
    if lacking := [_WORDS[form] for form in one.formats if form not in map(_form, there)]:
        return f"清单要的“{one.title}”缺{'、'.join(lacking)}文件。"
    copies = len({PurePosixPath(name).with_suffix("") for name in there})
    if copies < one.count:
        return f"清单要的“{one.title}”要{one.count}份，只有{copies}份。"
    return ""


def against_manifest(
    told: Mapping[str, Told], files: Sequence[Delivered]
) -> Iterator[DeliveryFinding]:
    """What the manifest of a package names and is not there or no longer as it was packed."""
    there = {file.name: file for file in files}
    for name, one in told.items():
        if name not in there:
            words = f"报送包里的“{one.title}”不在了，请重新取出报送包。"
            yield DeliveryFinding(file=name, code=Code.MISSING, message=words)
        elif there[name].sha256 and there[name].sha256 != one.sha256:
            words = "与打包时不一样，已经被改动，请重新取出报送包。"
            yield DeliveryFinding(file=name, code=Code.CHANGED, message=words)
    packed = {str(PurePosixPath(name).parent) for name in told}
    for name in there:
        if name not in told and str(PurePosixPath(name).parent) in packed:
            words = "报送包的清单里没有这个文件，请核对是否要报。"
            yield DeliveryFinding(file=name, code=Code.SURPLUS, message=words)


def _plain(title: str, ours: tuple[str, ...]) -> str:
    return plain_title(_DIGITS.sub("", title), ours)


def _meant(known: _Known, subjects: Mapping[str, frozenset[str]], meaning: Meaning) -> set[str]:
    """What a file is of the list: the very words of its title or its name, and what means the same
    paper; else those with which it shares the longest."""
    codes = set(chain.from_iterable(map(meaning, known.titles)))
    if known.paper:
        # By its name a file tells of which kind of sitting it is, by the manifest only the paper.
        codes = {code for code in codes if code.split("/")[0] == known.paper} | {known.paper}
    same = {title for title, wanted in subjects.items() if title in known.plain or codes & wanted}
    if same:
        return same
    near = {
        title: max((_shared(one, title) for one in known.plain if _contains(one, title)), default=0)
        for title in subjects
    }
    longest = max(near.values(), default=0)
    return {title for title, length in near.items() if length and length == longest}


def _shared(one: str, other: str) -> int:
    return min(len(one), len(other))


def _contains(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return len(short) >= _SHORTEST and short in long


def _form(name: str) -> str:
    suffix = PurePosixPath(name).suffix.lower()
    return _FORMS.get(suffix, suffix.removeprefix("."))
