"""The folder that ``everything`` makes, read back into a library that holds nothing yet.

Every file is held against the manifest first; the library is made beside its place, verified, and
then put there as a copy that is restored, so that it is the whole one or none.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
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
from dangjian_desktop.services.library.sensitive import sensitive_told
from dangjian_desktop.storage.copies.attachments import (
    files_in,
    folder_of,
    registered,
    sha256_of,
)
from dangjian_desktop.storage.copies.chaining import begin
from dangjian_desktop.storage.copies.contents import name_for, stored
from dangjian_desktop.storage.copies.copies import restore
from dangjian_desktop.storage.copies.kept import SUFFIX
from dangjian_desktop.storage.file.connecting import engine_for, raw
from dangjian_desktop.storage.file.failures import not_a_library, system_told_in_words
from dangjian_desktop.storage.file.keys import (
    Keys,
    Under,
    hold,
    keys_of,
    let_go_of,
    promised,
)
from dangjian_desktop.storage.file.placing import folder_aside, sweep
from dangjian_desktop.storage.file.sealing import keys_from, new_master
from dangjian_desktop.storage.library import Library
from dangjian_desktop.storage.plain_in import WRONG, holdings, plant, rows_of
from dangjian_desktop.storage.rekeying import rekey
from dangjian_desktop.storage.tables import SCHEMA

LARGEST = 1024 * MEBIBYTE
"""Bytes that one file may have."""
_NOT_CHANGED = "没有读入任何内容。请重新复制整个文件夹，或重新导出。"


class NeedsPasswordError(BlockedError):
    """What is to be read back must not lie in a library without a password."""


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


def import_all(
    folder: Path, library: Path, *, under: Under | None = None, progress: Progress = quiet
) -> BroughtIn:
    """Read everything back into the library, which is empty or made now; all or nothing.

    ``under`` is what it is locked with where it has no password yet. Raises ``InputError`` with
    every file that is missing or changed, ``BlockedError`` for a library in which something is,
    ``NeedsPasswordError`` where it would have no password and must, and what ``progress`` raises.
    """
    library = library.absolute()
    if library.suffix != SUFFIX:
        raise not_a_library(library)
    _require_empty(library)
    told = _examined(folder, progress)
    keys = keys_of(library) if library.exists() else None
    progress(0, 0, "正在建立资料库")
    with system_told_in_words(library.parent, "写入文件夹"):
        library.parent.mkdir(parents=True, exist_ok=True)
        sweep(library.parent)
        with folder_aside(library) as part:
            made = part / library.name
            if keys is None and under is not None:
                keys = under.keys
                under.put_beside(made)
            _make_behind(made, told, keys)
            _bring_files(made, told, keys)
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


def _make_behind(made: Path, told: _Folder, keys: Keys | None) -> None:
    """Where it is to have no password, under a key that nobody has until it is known that it may:
    what is sensitive is not even for a moment on the disk for everybody to read."""
    with _behind(keys) as wall:
        _make(made, told, wall)
        if keys is None:
            _require_nothing_sensitive(made)
            rekey(made, None)


@contextmanager
def _behind(keys: Keys | None) -> Iterator[Keys]:
    if keys is not None:
        yield keys
        return
    wall = keys_from(new_master())
    hold(wall)
    try:
        yield wall
    finally:
        let_go_of(wall)


def _require_nothing_sensitive(made: Path) -> None:
    if named := sensitive_told(made):
        raise NeedsPasswordError(
            f"文件夹里有只在密码保护下保存的内容（{named}，含以前的版本），没有读入任何内容。",
            "请给读回的资料库设一个密码：命令行用环境变量 DANGJIAN_PASSWORD 或 --password-file "
            "给出，窗口里按提示设置；也可以读入一个有密码的空资料库。",
        )


def _make(made: Path, told: _Folder, keys: Keys) -> None:
    """The library as it was: at its version, then brought up to date as any older one."""

    def read(name: str) -> bytes:
        return read_input(told.files[name], LARGEST)

    try:
        with promised(made, keys):
            plant(made, told.schema, _rows(told), read)
    except WRONG as error:
        raise _contradicting([]) from error
    opened = Library.open(made, write=True)
    try:
        rebuilding = RebuildService(opened)
        rebuilding.pack()
        rebuilding.run(index_only=True)
    finally:
        opened.close()
    with engine_for(made, write=True).begin() as connection:
        begin(connection)


def _bring_files(made: Path, told: _Folder, keys: Keys | None) -> None:
    """The attachments, sealed where there are keys; one that was lost before is lost."""
    found = {told.sums[name]: told.files[name] for name in told.files if _is_attachment(name)}
    folder_of(made).mkdir()
    with raw(made, write=True) as connection:
        connection.execute("BEGIN IMMEDIATE")
        for name, digest in registered(connection).items():
            if digest in found:
                wanted = name_for(keys, digest, Path(name).suffix)
                data = read_input(found[digest], LARGEST)
                (folder_of(made) / wanted).write_bytes(stored(keys, wanted, data))
                connection.execute("UPDATE attachment SET name = ? WHERE name = ?", (wanted, name))
        connection.execute("COMMIT")


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
