"""The files against the list of what was asked for, and against the list that they came with."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from dangjian_desktop.domain.submissions.asked import AskedMaterial
from dangjian_desktop.domain.submissions.delivered import Delivered
from dangjian_desktop.domain.submissions.delivery import Code, DeliveryFinding
from dangjian_desktop.domain.submissions.matching import plain_title

_DIGITS = re.compile(r"(?<!\d)20\d{2}(?:[-.]?\d{2}){0,2}(?!\d)")
_SHORTEST = 2
LIST, MANIFEST = "清单.xlsx", "manifest.json"
"""What lies beside the files of a package, for people and for programs; no superior asks for it."""
_WORDS = {"docx": "Word", "pdf": "PDF", "xlsx": "Excel"}
_FORMS = {".doc": "docx", ".xls": "xlsx", ".et": "xlsx", ".wps": "docx"}


@dataclass(frozen=True, slots=True)
class Told:
    """A file as the manifest beside it tells it."""

    title: str
    sha256: str


def against_list(
    asked: Sequence[AskedMaterial],
    files: Sequence[Delivered],
    ours: Iterable[str] = (),
    titles: Mapping[str, str] | None = None,
) -> Iterator[DeliveryFinding]:
    """What the list asks for and is not there, perhaps only not in that form; what is there and
    the list does not know.

    ``ours`` are the names of the branch, ``titles`` what the files are called by their names.
    """
    names = tuple(ours)
    known = {
        file.name: {_plain(t, names) for t in ((titles or {}).get(file.name, ""), file.stem) if t}
        for file in files
    }
    wanted = [(one, _plain(one.title, names)) for one in asked]
    meant = {name: _meant(plain, wanted) for name, plain in known.items()}
    for one, plain in wanted:
        there = {_form(name) for name, found in meant.items() if plain in found}
        if not there:
            words = f"清单要的“{one.title}”没有对应的文件。"
            yield DeliveryFinding(file=one.title, code=Code.MISSING, message=words)
        elif lacking := [_WORDS[form] for form in one.formats if form not in there]:
            words = f"清单要的“{one.title}”缺{'、'.join(lacking)}文件。"
            yield DeliveryFinding(file=one.title, code=Code.MISSING, message=words)
    for name, found in meant.items():
        if not found and PurePosixPath(name).name != LIST:
            words = "清单里没有这份材料，请核对是否要报。"
            yield DeliveryFinding(file=name, code=Code.SURPLUS, message=words)


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


def _plain(title: str, ours: tuple[str, ...]) -> str:
    return plain_title(_DIGITS.sub("", title), ours)


def _meant(plain: Collection[str], wanted: Sequence[tuple[AskedMaterial, str]]) -> set[str]:
    """What a file is of the list: by the very words of its title or its name, else those with
    which one of them shares the longest."""
    titles = {title for _, title in wanted}
    if same := titles & set(plain):
        return same
    near = {
        title: max((_shared(each, title) for each in plain if _contains(each, title)), default=0)
        for title in titles
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
