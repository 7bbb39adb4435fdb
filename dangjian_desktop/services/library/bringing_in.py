"""The folder that ``everything`` makes, read back into a library that holds nothing yet.

Every file is held against the manifest first; the library is made beside its place, verified, and
then put there as a copy that is restored, so that it is the whole one or none.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from dangjian_desktop.errors import BlockedError, InputError, Issue
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.inputs import MEBIBYTE, read_input
from dangjian_desktop.services.library.everything import FORMAT, Progress, problems_in, quiet
from dangjian_desktop.services.library.everything_data import DATA
from dangjian_desktop.services.library.everything_guide import MANIFEST
from dangjian_desktop.services.library.everything_papers import FILES
from dangjian_desktop.services.library.rebuilding import RebuildService
from dangjian_desktop.storage.copies.attachments import (
    files_in,
    folder_of,
    registered,
    sha256_of,
)
from dangjian_desktop.storage.copies.copies import restore
from dangjian_desktop.storage.copies.kept import SUFFIX
from dangjian_desktop.storage.file.connecting import raw
from dangjian_desktop.storage.file.failures import not_a_library, system_told_in_words
from dangjian_desktop.storage.file.placing import folder_aside, sweep
from dangjian_desktop.storage.library import Library
from dangjian_desktop.storage.plain_in import WRONG, holdings, plant, rows_of
from dangjian_desktop.storage.tables import SCHEMA

LARGEST = 1024 * MEBIBYTE
"""Bytes that one file may have."""
_NOT_CHANGED = "没有读入任何内容。请重新复制整个文件夹，或重新导出。"


@dataclass(frozen=True, slots=True)
class BroughtIn:
    """How many records by kind, and what is wrong in them (in sentences) as it was before."""

    records: Mapping[str, int]
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Folder:
    """The files of the folder by their path in it, and what the manifest says."""

    files: Mapping[str, Path]
    sums: Mapping[str, str]
    schema: int
    records: Mapping[str, int]
    problems: tuple[str, ...]


def import_all(folder: Path, library: Path, *, progress: Progress = quiet) -> BroughtIn:
    """Read everything back into the library, which is empty or made now; all or nothing.

    Raises ``InputError`` with every file that is missing or changed, ``BlockedError`` for a
    library in which something is, and whatever ``progress`` raises.
    """
    library = library.absolute()
    if library.suffix != SUFFIX:
        raise not_a_library(library)
    _require_empty(library)
    told = _examined(folder, progress)
    progress(0, 0, "正在建立资料库")
    with system_told_in_words(library.parent, "写入文件夹"):
        library.parent.mkdir(parents=True, exist_ok=True)
        sweep(library.parent)
        with folder_aside(library) as part:
            made = part / library.name
            _make(made, told)
            progress(0, 0, "正在核对")
            problems = problems_in(made)
            if set(problems) - set(told.problems):
                raise _contradicting(problems)
            _require_empty(library)
            restore(made, library, accepted=problems)
    return BroughtIn(told.records, problems)


def _require_empty(library: Path) -> None:
    if library.exists() and (found := holdings(library)):
        raise BlockedError(
            f"资料库“{library}”里已经有内容（{'、'.join(found)}），全部导出只能读入空的资料库。",
            "请另取一个新的文件名。现在的资料库没有改动。",
        )


def _make(made: Path, told: _Folder) -> None:
    """The library as it was: at its version, then brought up to date as any older one."""

    def read(name: str) -> bytes:
        return read_input(told.files[name], LARGEST)

    try:
        plant(made, told.schema, _rows(told), read)
    except WRONG as error:
        raise _contradicting([]) from error
    _bring_files(made, told)
    opened = Library.open(made, write=True)
    try:
        rebuilding = RebuildService(opened)
        rebuilding.pack()
        rebuilding.run(index_only=True)
    finally:
        opened.close()


def _bring_files(made: Path, told: _Folder) -> None:
    """The attachments under the names that the library knows; one that was lost before is lost."""
    found = {told.sums[name]: told.files[name] for name in told.files if _is_attachment(name)}
    folder_of(made).mkdir()
    with raw(made) as connection:
        for name, digest in registered(connection).items():
            if digest in found:
                (folder_of(made) / name).write_bytes(read_input(found[digest], LARGEST))


def _is_attachment(name: str) -> bool:
    return name.startswith(f"{FILES}/")


def _rows(told: _Folder) -> Iterator[tuple[str, Any]]:
    names = [name for name in told.files if name.startswith(f"{DATA}/") and name.endswith(".json")]
    for name in names:
        table, rows = rows_of(read_input(told.files[name], LARGEST))
        yield from ((table, row) for row in rows)


def _examined(folder: Path, progress: Progress) -> _Folder:
    """What the manifest says, every file held against it."""
    manifest = _manifest(folder)
    there = files_in(folder)
    listed: Sequence[Mapping[str, Any]] = manifest["files"]
    issues = []
    for number, entry in enumerate(listed):
        progress(number, len(listed), "正在核对文件")
        if words := _wrong(there.get(entry["path"]), entry):
            issues.append(Issue(f"“{entry['path']}”{words}。", field=entry["path"]))
    if issues:
        raise InputError(f"全部导出的文件夹有{len(issues)}个文件不对。", _NOT_CHANGED, issues)
    files = {entry["path"]: there[entry["path"]] for entry in listed}
    problems = tuple(manifest["problems"])
    sums = {entry["path"]: entry["sha256"] for entry in listed}
    return _Folder(files, sums, manifest["schema"], manifest["records"], problems)


def _wrong(file: Path | None, entry: Mapping[str, Any]) -> str:
    if file is None:
        return "不见了"
    whole = file.stat().st_size == entry["size"] and sha256_of(file) == entry["sha256"]
    return "" if whole else "与导出时不一样"


def _manifest(folder: Path) -> Mapping[str, Any]:
    if not folder.is_dir():
        raise InputError(f"没有“{folder}”这个文件夹。", "请检查文件夹的位置和名称。")
    file = folder / MANIFEST
    if not file.is_file():
        message = f"“{folder}”不是全部导出的文件夹（里面没有 {MANIFEST}）。"
        raise InputError(message, "请选择“全部导出”做出的那个文件夹。")
    try:
        told = json.loads(read_input(file, LARGEST))
        shaped = _shaped(told)
    except (LookupError, TypeError, ValueError):
        shaped = False
    if not shaped:
        raise InputError(f"“{file}”已损坏，不能核对。", _NOT_CHANGED)
    if told["format"] > FORMAT or told["schema"] > SCHEMA:
        raise BlockedError(
            f"“{folder}”由更新版本的程序导出，本程序读不懂。", "请安装新版本的程序后再读入。"
        )
    found: Mapping[str, Any] = told
    return found


def _shaped(told: Any) -> bool:
    """Whether the manifest says all that is asked of it."""
    numbers = (told["format"], told["schema"], *told["records"].values())
    texts = [*told["problems"], *(entry[k] for entry in told["files"] for k in ("path", "sha256"))]
    sizes = [entry["size"] for entry in told["files"]]
    return all(type(each) is int and each >= 0 for each in (*numbers, *sizes)) and all(
        isinstance(each, str) for each in texts
    )


def _contradicting(problems: Sequence[str]) -> InputError:
    more = f"：{problems[0]}" if problems else "。"
    return InputError(f"文件夹里的数据互相矛盾，不能还原成资料库{more}", _NOT_CHANGED)
