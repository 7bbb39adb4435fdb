"""The files of a package or of any folder, read for the delivery check."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import BadZipFile, ZipFile

from dangjian_desktop.documents.submissions.texts import pdf_pages, word_lines
from dangjian_desktop.domain.members.importing.sheets import Sheet
from dangjian_desktop.domain.submissions.delivered import Delivered, FileKind, Line
from dangjian_desktop.domain.submissions.delivery import lines_of_pages
from dangjian_desktop.errors import BlockedError, InputError
from dangjian_desktop.inputs import open_input, read_input
from dangjian_desktop.spreadsheets.reading import read_tables

KINDS = {
    ".docx": FileKind.WORD,
    ".doc": FileKind.WORD,
    ".pdf": FileKind.PDF,
    ".xlsx": FileKind.SHEET,
    ".xls": FileKind.SHEET,
    ".csv": FileKind.SHEET,
}
_MOST = 64 * 1024 * 1024
_MOST_FILES = 2_000
_OURS = frozenset({"manifest.json", "Thumbs.db", "desktop.ini", ".DS_Store"})
"""Files that are no material: of a package itself, and what systems leave in folders."""

Told = Callable[[int, int], None]


def files_in(place: Path, told: Told | None = None) -> tuple[Delivered, ...]:
    """Every file below a folder or in a .zip, in the order of their names.

    ``told`` hears how many of how many are read. A file that cannot be read is among them with its
    problem. Raises ``InputError`` where there is no such folder, or too many files.
    """
    if place.is_file() and place.suffix.lower() == ".zip":
        return _in_zip(place, told)
    if not place.is_dir():
        raise InputError(f"没有文件夹“{place.name}”。", "请选择要核对的文件夹，或一个.zip报送包。")
    found = sorted(path for path in place.rglob("*") if path.is_file() and not _left_out(path))
    if len(found) > _MOST_FILES:
        words = f"文件夹“{place.name}”里有{len(found)}个文件，一次最多核对{_MOST_FILES}个。"
        raise InputError(words, "请选择只放报送材料的文件夹。")
    return tuple(_read_all(place, found, told))


def _read_all(place: Path, found: list[Path], told: Told | None) -> Iterator[Delivered]:
    for number, path in enumerate(found, 1):
        yield read(path, path.relative_to(place).as_posix())
        if told is not None:
            told(number, len(found))


def _in_zip(place: Path, told: Told | None) -> tuple[Delivered, ...]:
    with TemporaryDirectory() as name:
        folder = Path(name)
        try:
            with open_input(place) as file, ZipFile(file) as packed:
                # Only names are taken out of it: ``extract`` keeps them inside of the folder.
                if sum(info.file_size for info in packed.infolist()) > 8 * _MOST:
                    raise InputError(f"报送包“{place.name}”解开后太大。", "请解开后核对文件夹。")
                packed.extractall(folder)
        except (BadZipFile, RuntimeError, OSError) as error:
            words = f"报送包“{place.name}”打不开，可能没有拷完或设了密码。"
            raise InputError(words, "请重新拷贝或重新生成。") from error
        return files_in(folder, told)


def _left_out(path: Path) -> bool:
    return path.name in _OURS or path.name.startswith(("~$", "."))


def read(path: Path, name: str) -> Delivered:
    """One file; what cannot be read has its problem."""
    kind = KINDS.get(path.suffix.lower(), FileKind.OTHER)
    try:
        return _READERS[kind](path, name)
    except (InputError, BlockedError) as error:
        return Delivered(name=name, kind=kind, problem=str(error))


def _word(path: Path, name: str) -> Delivered:
    lines = word_lines(read_input(path, _MOST), path.name)
    return Delivered(name=name, kind=FileKind.WORD, lines=lines)


def _pdf(path: Path, name: str) -> Delivered:
    pages = pdf_pages(read_input(path, _MOST), path.name)
    return Delivered(name=name, kind=FileKind.PDF, lines=lines_of_pages(pages), pages=pages)


def _sheet(path: Path, name: str) -> Delivered:
    sheets = read_tables(path)
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


def _other(path: Path, name: str) -> Delivered:
    empty = not path.stat().st_size
    problem = f"文件“{path.name}”是空的。" if empty else ""
    return Delivered(name=name, kind=FileKind.OTHER, problem=problem)


_READERS = {
    FileKind.WORD: _word,
    FileKind.PDF: _pdf,
    FileKind.SHEET: _sheet,
    FileKind.OTHER: _other,
}
