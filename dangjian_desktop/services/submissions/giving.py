"""Files that go up as they are: given now, or as they went up before."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path, PurePath

from dangjian_desktop.domain.members.covering import numbers_in, without_numbers
from dangjian_desktop.domain.submissions.naming import parted, period_words, without_period
from dangjian_desktop.domain.submissions.package import PackedFile
from dangjian_desktop.errors import BlockedError, InputError
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.inputs import read_input
from dangjian_desktop.services.submissions.choosing import One
from dangjian_desktop.services.submissions.pieces import FILE, LARGEST, Piece, Terms
from dangjian_desktop.services.submissions.reading import words_in
from dangjian_desktop.storage.library import Library
from dangjian_desktop.storage.work import Work

_EMPTY = re.compile(r"[（(\[【][\s_－-]*[)）\]】]")
_TOLD = 3
"""Numbers that are named of a file."""


def given(path: Path, title: str, branch: str, terms: Terms) -> Piece:
    """A filled form or another file as it is; no number of a person is left in its names.

    Raises ``InputError``, also for what may not leave masked, and ``BlockedError``.
    """
    data, name = read_input(path, LARGEST), _nameless(path.name)
    if not data:
        raise InputError(f"文件“{name}”是空的，没有装入。", "请选择有内容的文件。")
    kind = path.suffix.removeprefix(".").lower() or "dat"
    unseen = not require_covered(name, data, terms)
    what, when = parted(_nameless(path.stem), branch)
    called = without_period(_nameless(title).removeprefix(f"{branch}_"))
    piece = _piece(called, name, what, when or period_words(terms.period), {kind: data})
    return replace(piece, unseen=unseen)


def given_before(work: Work, file: PackedFile, branch: str, terms: Terms) -> Piece:
    """One as it went up in a package before, under its name of then unless that is of the usual
    pattern; raises ``BlockedError`` where it was not kept."""
    kept = work.sent.one(file.paper, file.about, file.version)
    kind = PurePath(file.name).suffix.removeprefix(".")
    if kept is None or kind not in kept.files:
        words = f"上次另附的“{file.name}”没有留底。"
        raise BlockedError(words, "请重新添加这个文件，或者去掉它。")
    unseen = not require_covered(file.name, kept.files[kind], terms)
    stem = PurePath(file.name).stem
    usual = stem.startswith(f"{branch}_")
    what, when = parted(stem, branch) if usual else (stem, "")
    piece = _piece(file.title, file.about, what, when, {kind: kept.files[kind]})
    return replace(piece, unseen=unseen)


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that the record of a sitting keeps, as it is."""

    one: One
    name: str
    day: date
    data: bytes

    def piece(self, terms: Terms) -> Piece:
        """The piece; raises ``InputError`` for what may not leave masked."""
        name = _nameless(self.name)
        unseen = not require_covered(name, self.data, terms)
        stem = PurePath(name).stem
        kind = PurePath(name).suffix.removeprefix(".").lower() or "dat"
        title = self.one.chosen.title
        return replace(
            _piece(title, self.one.about, stem, f"{self.day:%Y%m%d}", {kind: self.data}),
            paper=self.one.code,
            unseen=unseen,
        )


def attached(library: Library, one: One) -> Attached:
    """The file of a sitting that is meant; raises ``BlockedError`` where it is gone."""
    uid, _, which = one.uid.partition("/")
    with library.reading() as work:
        meeting = work.meetings.get([uid])[uid]
        file = next(each for each in meeting.files if each.uid == which)
        stored = work.attachments.stored_name(file.sha256)
    data = library.kept_file(stored) if stored else None
    if data is None:
        words = f"附件“{_nameless(file.name)}”的文件不见了。"
        raise BlockedError(words, "请用备份恢复附件文件夹。")
    return Attached(one, file.name, meeting.date, data)


def _piece(title: str, about: str, what: str, when: str, files: dict[str, bytes]) -> Piece:
    return Piece(
        title=title,
        paper=FILE,
        about=about,
        what=what,
        when=when,
        content={"lines": []},
        files=files,
        handed=tuple(files),
    )


def _nameless(name: str) -> str:
    """The name of a file or what it is called, without numbers of people."""
    told = without_numbers(name)
    if told == name:
        return name
    stem, dot, kind = told.rpartition(".") if "." in told else (told, "", "")
    rest = _EMPTY.sub("", stem).strip(" 　_-－")
    return f"{rest or '文件'}{dot}{kind}"


def require_covered(name: str, data: bytes, terms: Terms, kind: str = "") -> bool:
    """Whether its words were looked through, of what goes out masked; raises ``InputError`` where
    numbers of people stand in them."""
    words = words_in(f"{name}.{kind}" if kind else name, data) if terms.hidden else name
    found = [*dict.fromkeys(numbers_in(words))] if terms.hidden else []
    if found:
        told = "、".join(found[:_TOLD]) + ("等" if len(found) > _TOLD else "")
        said = f"“{name}”中有身份证号或手机号（{told}），遮盖的报送包不能装入。"
        raise InputError(said, "请先遮盖其中的号码，或者去掉这个文件，或者改选完整。")
    return bool(words.strip())


def unseen_words(pieces: Iterable[Piece]) -> list[str]:
    """Which of them nobody looked through, in a sentence."""
    told = (f"“{piece.what}.{kind}”" for piece in pieces if piece.unseen for kind in piece.files)
    names = "、".join(dict.fromkeys(told))
    words = "是图片或程序读不了的文件，没有查过里面的号码，请自己看一遍。"
    return [f"{names}{words}"] if names else []
