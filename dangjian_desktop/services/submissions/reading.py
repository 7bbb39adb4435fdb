"""The files of a package or of any folder, read for the delivery check."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from dangjian_desktop.documents.submissions.texts import pdf_pages
from dangjian_desktop.documents.word_lines import has_pictures, running_lines, word_lines
from dangjian_desktop.domain.members.importing.sheets import Sheet
from dangjian_desktop.domain.submissions.delivered import Delivered, FileKind, Line
from dangjian_desktop.domain.submissions.delivery import lines_of_pages
from dangjian_desktop.domain.submissions.listed import MANIFEST, Told
from dangjian_desktop.errors import BlockedError, InputError
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.inputs import open_input, read_input
from dangjian_desktop.services.lending import lent
from dangjian_desktop.spreadsheets.reading import read_tables

KINDS = {
    ".docx": FileKind.WORD,
    ".doc": FileKind.WORD,
    ".pdf": FileKind.PDF,
    ".xlsx": FileKind.SHEET,
    ".xls": FileKind.SHEET,
    ".csv": FileKind.SHEET,
}
ZIP = ".zip"
_ARCHIVES = frozenset({".rar", ".7z", ".gz", ".tar"})
_MOST = 64 * 1024 * 1024
_MOST_FILES = 2_000
_UTF8_NAME = 0x800
_FEW = 6
"""Lines beside which a picture may be what a file is about."""
_STARTS = {".jpg": b"\xff\xd8\xff", ".jpeg": b"\xff\xd8\xff", ".png": b"\x89PNG\r\n\x1a\n"}
_OURS = frozenset({MANIFEST, "Thumbs.db", "desktop.ini", ".DS_Store"})
"""Files that are no material: of a package itself, and what systems leave in folders."""

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Opened:
    """A place with what is packed in it: folders, by what stands before the names of their files.

    ``closed`` are archives that cannot be looked into, each with its problem.
    """

    folders: Mapping[str, Path]
    closed: tuple[Delivered, ...] = ()


@contextmanager
def opened(place: Path) -> Iterator[Opened]:
    """The folder with every .zip in it, or that of a .zip, for as long as the block lasts.

    Raises ``InputError`` for what is neither, and for a .zip that does not open.
    """
    if place.is_dir():
        with ExitStack() as stack:
            yield _with_packed(place, stack)
    elif place.is_file() and place.suffix.lower() == ZIP:
        with ExitStack() as stack:
            folder = stack.enter_context(lent())
            _unpack(place, folder)
            yield _with_packed(folder, stack)
    else:
        words = f"没有文件夹“{place.name}”。"
        raise InputError(words, "请选择要核对的文件夹，或一个.zip报送包。")


def _with_packed(place: Path, stack: ExitStack) -> Opened:
    """What is packed once more within an archive is not looked into, and said."""
    folders, closed = {"": place}, []
    for path in _files(place):
        name = path.relative_to(place).as_posix()
        if path.suffix.lower() in _ARCHIVES:
            closed.append(_closed(name, f"“{path.name}”是压缩文件，程序打不开，没有核对。"))
        elif path.suffix.lower() == ZIP:
            folder = stack.enter_context(lent())
            try:
                _unpack(path, folder)
            except InputError as error:
                closed.append(_closed(name, str(error)))
                continue
            folders[f"{name}/"] = folder
            inner = (each for each in _files(folder) if _archive(each))
            words = f"在“{path.name}”里还是压缩文件，没有核对，请解开后核对。"
            names = (each.relative_to(folder).as_posix() for each in inner)
            closed += [_closed(f"{name}/{each}", words) for each in names]
    return Opened(folders, tuple(closed))


def _closed(name: str, problem: str) -> Delivered:
    return Delivered(name=name, kind=FileKind.OTHER, problem=problem)


def files_in(place: Opened, told: Progress | None = None) -> tuple[Delivered, ...]:
    """Every file below a place, in the order of their names; ``told`` hears how far it is.

    A file that cannot be read is among them with its problem. Raises ``InputError`` for too many.
    """
    found = [
        (f"{prefix}{path.relative_to(folder).as_posix()}", path)
        for prefix, folder in place.folders.items()
        for path in _files(folder)
        if not _archive(path)
    ]
    if len(found) > _MOST_FILES:
        words = f"要核对的地方有{len(found)}个文件，一次最多核对{_MOST_FILES}个。"
        raise InputError(words, "请选择只放报送材料的文件夹。")
    every = (*_read_all(sorted(found), told), *place.closed)
    return tuple(sorted(every, key=lambda each: each.name))


def manifest_in(place: Opened) -> Mapping[str, Told]:
    """What the manifests of packages tell of each of their files; nothing where there is none, or
    one that cannot be read."""
    found: dict[str, Told] = {}
    for prefix, folder in place.folders.items():
        for manifest in sorted(folder.rglob(MANIFEST)):
            below = manifest.parent.relative_to(folder).as_posix()
            found |= _manifest(manifest, prefix if below == "." else f"{prefix}{below}/")
    return found


def _manifest(path: Path, prefix: str) -> Mapping[str, Told]:
    try:
        files = json.loads(read_input(path, _MOST))["files"]
        return {
            f"{prefix}{f['name']}": Told(str(f["title"]), str(f["sha256"]), str(f["paper"]))
            for f in files
        }
    except (InputError, ValueError, KeyError, TypeError):
        return {}


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and not _left_out(path))


def _archive(path: Path) -> bool:
    return path.suffix.lower() in (ZIP, *_ARCHIVES)


def _read_all(found: Sequence[tuple[str, Path]], told: Progress | None) -> Iterator[Delivered]:
    for number, (name, path) in enumerate(found, 1):
        if told is not None:
            told(number - 1, len(found), path.name)
        yield read(path, name)


def _unpack(place: Path, folder: Path) -> None:
    try:
        with open_input(place) as file, ZipFile(file) as packed:
            if sum(info.file_size for info in packed.infolist()) > 8 * _MOST:
                raise InputError(f"报送包“{place.name}”解开后太大。", "请解开后核对文件夹。")
            _name_in_chinese(packed)
            # Only names are taken out of it: this keeps them inside of the folder.
            packed.extractall(folder, packed.infolist())
    except (BadZipFile, RuntimeError, OSError) as error:
        words = f"报送包“{place.name}”打不开，可能没有拷完或设了密码。"
        raise InputError(words, "请重新拷贝或重新生成。") from error


def _name_in_chinese(packed: ZipFile) -> None:
    """Windows packs names as its own Chinese bytes, which ``ZipFile`` takes for those of DOS."""
    for info in packed.infolist():
        if not info.flag_bits & _UTF8_NAME:
            for encoding in ("gb18030", "utf-8"):  # the last that fits
                with suppress(UnicodeError):
                    info.filename = info.orig_filename.encode("cp437").decode(encoding)


def _left_out(path: Path) -> bool:
    return path.name in _OURS or path.name.startswith(("~$", "."))


def read(path: Path, name: str) -> Delivered:
    """One file; what cannot be read has its problem."""
    kind = KINDS.get(path.suffix.lower(), FileKind.OTHER)
    try:
        data = read_input(path, _MOST)
        return replace(_READERS[kind](path, data, name), sha256=sha256(data).hexdigest())
    except (InputError, BlockedError) as error:
        return Delivered(name=name, kind=kind, problem=str(error))


def words_in(name: str, data: bytes) -> str:
    """The words of a file; none where it cannot be read."""
    path = Path(name)
    kind = KINDS.get(path.suffix.lower(), FileKind.OTHER)
    if kind is FileKind.OTHER:
        return data.decode("utf-8", "replace") if path.suffix.lower() == ".txt" else ""
    try:
        found = _READERS[kind](path, data, name)
    except (InputError, BlockedError):
        return ""
    return "\n".join(line.text for line in (*found.lines, *found.running))


def _word(path: Path, data: bytes, name: str) -> Delivered:
    lines = word_lines(data, path.name)
    said = [line for line in lines if line.text.strip()]
    return Delivered(
        name=name,
        kind=FileKind.WORD,
        lines=lines,
        running=running_lines(data, path.name),
        pictures=len(said) <= _FEW and has_pictures(data, path.name),
    )


def _pdf(path: Path, data: bytes, name: str) -> Delivered:
    pages = pdf_pages(data, path.name)
    lines = lines_of_pages(pages)
    # A page without any text is a picture of one.
    return Delivered(name=name, kind=FileKind.PDF, lines=lines, pictures=not "".join(pages).strip())


def _sheet(path: Path, data: bytes, name: str) -> Delivered:
    sheets = read_tables(path, data)
    lines = tuple(line for sheet in sheets if not sheet.hidden for line in _rows(sheet))
    return Delivered(name=name, kind=FileKind.SHEET, lines=lines)


def _rows(sheet: Sheet) -> Iterator[Line]:
    merged = sheet.from_above | sheet.from_left
    for row, values in enumerate(sheet.rows):
        there = [str(v) for column, v in enumerate(values) if (row, column) not in merged]
        yield Line(
            where=f"{sheet.name}第{row + 1}行",
            text="\n".join(filter(None, there)),
            cells=tuple(there) if len(list(filter(None, there))) > 1 else (),
        )


def _other(path: Path, data: bytes, name: str) -> Delivered:
    start = _STARTS.get(path.suffix.lower())
    problem = "" if data else f"文件“{path.name}”是空的。"
    if start and data and not data.startswith(start):
        problem = f"图片“{path.name}”打不开，已经损坏，或者不是图片。"
    return Delivered(name=name, kind=FileKind.OTHER, problem=problem)


_READERS = {
    FileKind.WORD: _word,
    FileKind.PDF: _pdf,
    FileKind.SHEET: _sheet,
    FileKind.OTHER: _other,
}
