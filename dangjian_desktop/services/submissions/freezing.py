"""The files of a package under their names, kept as they went up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from pathlib import PurePath

from dangjian_desktop.domain.submissions.listed import LIST, MANIFEST
from dangjian_desktop.domain.submissions.naming import named_by
from dangjian_desktop.domain.submissions.package import Package, PackedFile
from dangjian_desktop.domain.summaries.counting import cutoff
from dangjian_desktop.errors import BlockedError, InputError
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.services.files import LONGEST, file_name
from dangjian_desktop.services.submissions.manifest import LIST_CODE, list_of
from dangjian_desktop.services.submissions.offering import EXCEL
from dangjian_desktop.services.submissions.pieces import Piece, Terms
from dangjian_desktop.storage.sent import Sent, moment
from dangjian_desktop.storage.work import Work

_ROOM = 4
"""Characters that a number behind a name may take."""


@dataclass(frozen=True, slots=True)
class Frozen:
    """One piece under its name; ``version`` is kept already where it is not ``fresh``."""

    piece: Piece
    name: str
    version: int
    fresh: bool

    def packed(self) -> Iterator[PackedFile]:
        """Its files as the package names them."""
        for kind in self.piece.handed:
            data = self.piece.files[kind]
            yield PackedFile(
                title=self.piece.title,
                paper=self.piece.paper,
                about=self.piece.about,
                version=self.version,
                name=f"{self.name}.{kind}",
                sha256=sha256(data).hexdigest(),
                size=len(data),
            )


def named(pieces: Sequence[Piece], pattern: str, branch: str, terms: Terms) -> list[str]:
    """A name for each that every system takes, no two alike, without suffix."""
    taken = {PurePath(LIST).stem.casefold(), PurePath(MANIFEST).stem.casefold()}
    found = []
    for number, piece in enumerate(pieces, 1):
        words = {"支部": branch, "材料": piece.what, "时间": piece.when}
        words |= {"报送单位": terms.recipient, "序号": f"{number:02}"}
        used = pattern if piece.when else "{材料}"
        name = file_name(named_by(used, words, LONGEST - _ROOM))
        behind = 1
        while (tried := name if behind == 1 else f"{name}（{behind}）").casefold() in taken:
            behind += 1
        taken.add(tried.casefold())
        found.append(tried)
    return found


def frozen(work: Work, pieces: Sequence[Piece], names: Sequence[str]) -> list[Frozen]:
    """The pieces with their versions: the last one where its files are the very same."""
    found = []
    for piece, name in zip(pieces, names, strict=True):
        newest = work.sent.newest(piece.paper, piece.about)
        same = newest is not None and newest.files == piece.files
        version = work.sent.next_version(piece.paper, piece.about) - (1 if same else 0)
        found.append(Frozen(piece, name, version, not same))
    return found


def list_piece(package: Package, branch: str, made: datetime, mark: str) -> Piece:
    """清单 as one more piece."""
    return Piece(
        title=PurePath(LIST).stem,
        paper=LIST_CODE,
        about=f"{package.recipient}/{package.period}",
        what=PurePath(LIST).stem,
        when="",
        content={"lines": []},
        files={EXCEL: list_of(package, branch, made, mark).data()},
        handed=(EXCEL,),
    )


def keep(work: Work, pieces: Sequence[Frozen], terms: Terms) -> None:
    """Keep what is new among them."""
    for each in pieces:
        if each.fresh:
            piece = each.piece
            made = Sent(
                version=each.version,
                day=terms.day,
                until=cutoff(terms.period, terms.as_of),
                at=moment(),
                name=each.name,
                content={**piece.content, "terms": _plain(terms)},
                files=piece.files,
            )
            work.sent.add(piece.paper, piece.about, made)


def _plain(terms: Terms) -> Mapping[str, str]:
    return {
        "recipient": terms.recipient,
        "period": str(terms.period),
        "day": terms.day.isoformat(),
        "as_of": terms.as_of.isoformat(),
        "profile": terms.profile.value,
    }


def stored(work: Work, uid: str) -> Package:
    """The package of this id; raises ``InputError`` where there is none."""
    found: Package | None = work.of("package").one(uid)
    if found is not None and found.deleted:
        raise InputError(f"报送包“{found.title}”在回收站里。", f"请先恢复：bin restore {uid}。")
    if found is None:
        raise InputError(f"没有编号为 {uid} 的报送包。", "请用 package list 查看报送包的编号。")
    return found


def as_sent(work: Work, package: Package) -> dict[str, bytes]:
    """The files of a package by name, byte for byte; raises ``BlockedError`` where the library
    does not have them."""
    found, lost = {}, []
    for file in package.files:
        kept = work.sent.one(file.paper, file.about, file.version)
        kind = PurePath(file.name).suffix.removeprefix(".")
        data = None if kept is None else kept.files.get(kind)
        if data is None or sha256(data).hexdigest() != file.sha256:
            lost.append(file.name)
        else:
            found[file.name] = data
    if lost:
        words = f"报送包“{package.title}”中的{'、'.join(lost)}没有留底。"
        raise BlockedError(words, "请用备份恢复，或者重新生成。")
    return found
