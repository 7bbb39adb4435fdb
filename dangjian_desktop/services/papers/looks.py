"""版式: choosing the look of a paper, making looks of one's own, handing them on as files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from dangjian_desktop.documents.font_files import stand_ins
from dangjian_desktop.documents.look import Look
from dangjian_desktop.documents.look_fields import LAYOUTS, SECTIONS, TITLES
from dangjian_desktop.documents.look_reading import made_look, read_look, values_of, write_look
from dangjian_desktop.documents.looks import SUFFIX, USUAL, shipped_codes
from dangjian_desktop.domain.amounts import amount, unreadable
from dangjian_desktop.domain.fields import Field
from dangjian_desktop.domain.ledgers.record import PREFIX
from dangjian_desktop.domain.members.member import new_id
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.errors import InputError
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.inputs import read_input
from dangjian_desktop.papers.catalogue import PAPERS
from dangjian_desktop.services.files import write_file
from dangjian_desktop.services.ledgers.catalogue import entries
from dangjian_desktop.services.look_keeping import (
    CHOSEN_LOOKS,
    OWN_LOOKS,
    Looks,
    chosen,
    look_named,
    looks_in,
    own_texts,
    shipped,
)
from dangjian_desktop.services.of_library import OfLibrary
from dangjian_desktop.services.papers.specimen import specimen
from dangjian_desktop.services.rendering import pdf_of
from dangjian_desktop.storage.work import Work

__all__ = ["LAYOUTS", "SECTIONS", "TITLES", "USUAL", "Look", "LookService", "Taken", "shipped"]

_LARGEST = 256 * 1024
_LARGEST_WORD = 32 * 1024 * 1024
_MOST = 50


@dataclass(frozen=True, slots=True)
class Taken:
    """A look that was read from a Word file, and sentences about what could not be taken."""

    look: Look
    left: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Deleted:
    """A look that was deleted: its code, its file, and the codes of the papers that had it."""

    code: str
    text: str
    papers: tuple[str, ...]


class LookService(OfLibrary):
    """The looks of one library; a look is named by its code. Methods raise ``InputError``."""

    def all(self) -> Looks:
        """Every look by its code, those that ship first."""
        with self._library.reading() as work:
            return looks_in(work)

    def one(self, code: str) -> Look:
        """The look of this code or title."""
        with self._library.reading() as work:
            return look_named(work, code)

    def is_own(self, code: str) -> bool:
        """Whether it belongs to the library and can be changed."""
        return code not in shipped_codes()

    def values(self, look: Look) -> dict[str, dict[str, Any]]:
        """The values of a look by section, as the forms hold them."""
        plain = values_of(look)
        return {
            section: {f.name: (plain[section] if section else plain)[f.name] for f in fields}
            for section, fields in SECTIONS.items()
        }

    def made(self, code: str, values: Mapping[str, Mapping[str, Any]]) -> Look:
        """The look of the values of forms; every problem is in the issues, as ``form.top``."""
        plain: dict[str, Any] = {}
        for section, fields in SECTIONS.items():
            read = {f.name: _entered(f, values[section].get(f.name)) for f in fields}
            plain |= {section: read} if section else read
        return made_look(plain, code, "版式")

    def stand_ins(self, look: Look) -> tuple[str, ...]:
        """What is printed in the place of faces that are not on this computer."""
        return stand_ins(look)

    def specimen(self, look: Look, layout: str) -> bytes:
        """A page of every role in the layout, as PDF."""
        return pdf_of(replace(specimen(layout), look=look))

    def copy(self, code: str) -> Look:
        """A copy of a look as one of the library's own."""
        with self._library.changing(Topic.SETTINGS) as work:
            source = look_named(work, code)
            return _added(work, replace(source, title=_free_title(work, f"{source.title}（自定）")))

    def save(self, look: Look) -> Look:
        """Keep a look of the library's own; no other may have its title."""
        if not self.is_own(look.code):
            raise InputError("随程序提供的版式不能改。", "请先复制一份，再改复制出来的版式。")
        with self._library.changing(Topic.SETTINGS) as work:
            others = (other for code, other in looks_in(work).items() if code != look.code)
            if look.title in {other.title for other in others}:
                raise InputError(f"已经有名为“{look.title}”的版式。", "请换一个名称。")
            _keep(work, own_texts(work) | {look.code: write_look(look)})
        return look

    def delete(self, code: str) -> Deleted:
        """Take one of the library's own away; papers that had it take the usual one."""
        with self._library.changing(Topic.SETTINGS) as work:
            kept, papers = own_texts(work), chosen(work)
            text = kept.pop(code, None)
            if text is None:
                raise InputError("随程序提供的版式不能删除。", "不用它时，给材料另选一种版式即可。")
            _keep(work, kept)
            left = {paper: look for paper, look in papers.items() if look != code}
            work.settings.put(CHOSEN_LOOKS, left or None)
        return Deleted(code, text, tuple(sorted(papers.keys() - left.keys())))

    def bring_back(self, deleted: Deleted) -> None:
        """Give a deleted look back to the library, and to the papers that took the usual one."""
        with self._library.changing(Topic.SETTINGS) as work:
            _keep(work, own_texts(work) | {deleted.code: deleted.text})
            had = dict.fromkeys(deleted.papers, deleted.code)
            work.settings.put(CHOSEN_LOOKS, (had | chosen(work)) or None)

    def chosen(self) -> dict[str, str]:
        """The look of each paper for which one is chosen; all others take the usual one."""
        with self._library.reading() as work:
            known = looks_in(work)
            return {paper: code for paper, code in chosen(work).items() if code in known}

    def choose(self, paper: str, code: str) -> None:
        """Print the paper of this code in that look from now on."""
        with self._library.changing(Topic.SETTINGS) as work:
            look = look_named(work, code)
            found = {**chosen(work), paper: look.code}
            left = {paper: look for paper, look in found.items() if look != USUAL}
            work.settings.put(CHOSEN_LOOKS, left or None)

    def papers(self) -> dict[str, str]:
        """What takes a look, by code with its title: papers, and ledgers with all their prints."""
        with self._library.reading() as work:
            ledgers = [entry.ledger for entry in entries(work) if entry.shown]
        own = {f"{PREFIX}{ledger.code}": f"台账：{ledger.title}" for ledger in ledgers}
        return {paper.code: paper.title for paper in PAPERS} | own

    def hand_out(self, code: str, folder: Path) -> Path:
        """Write a look as a file for others."""
        look = self.one(code)
        return write_file(folder, look.title, SUFFIX, write_look(look).encode())

    def take(self, path: Path) -> Look:
        """Take a look from a file, as one of the library's own."""
        data = read_input(path, _LARGEST)
        where = f"文件“{path.name}”"
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            remedy = "请选择由本程序导出的版式文件（.toml）。"
            raise InputError(f"{where}不是可以识别的版式文件。", remedy) from None
        return self._take(read_look(text, "", where))

    def take_word(self, path: Path) -> Taken:
        """Read the look of an old Word file and take it, with what could not be taken."""
        from dangjian_desktop.documents.look_of_word import look_of_word

        look, left = look_of_word(read_input(path, _LARGEST_WORD), path.name)
        return Taken(self._take(look), left)

    def _take(self, look: Look) -> Look:
        with self._library.changing(Topic.SETTINGS) as work:
            return _added(work, replace(look, title=_free_title(work, look.title)))


def _entered(field: Field, value: Any) -> Any:
    """What a form holds as the file has it; words in the place of a number stay as they are."""
    if not field.type.numeric:
        return "" if value is None else value
    return value if unreadable(value) or value is None else amount(value)


def _added(work: Work, look: Look) -> Look:
    kept = own_texts(work)
    if len(kept) >= _MOST:
        raise InputError(f"自定的版式已有{_MOST}种。", "请先删除不用的版式。")
    made = replace(look, code=new_id())
    _keep(work, kept | {made.code: write_look(made)})
    return made


def _free_title(work: Work, title: str) -> str:
    taken = {look.title for look in looks_in(work).values()}
    free, number = title, 2
    while free in taken:
        free, number = f"{title}{number}", number + 1
    return free


def _keep(work: Work, texts: Mapping[str, str]) -> None:
    work.settings.put(OWN_LOOKS, dict(texts) or None)
