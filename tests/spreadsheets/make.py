"""Builders of awkward workbooks: real files, some patched on the level of their XML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl


def a_workbook(path: Path, rows: Sequence[Sequence[object]], **setting: object) -> Path:
    """One sheet; ``epoch`` (a datetime) and ``formats`` ({cell: format}) may be set."""
    book = openpyxl.Workbook()
    if "epoch" in setting:
        book.epoch = setting["epoch"]
    sheet = book.active
    for row in rows:
        sheet.append(list(row))
    for place, number_format in dict(setting.get("formats", {})).items():
        sheet[place].number_format = number_format
    for merged in setting.get("merged", ()):
        sheet.merge_cells(merged)
    book.save(path)
    return path


def patched(path: Path, changes: Mapping[str, tuple[bytes, bytes]]) -> Path:
    """The same package with bytes replaced in some parts."""
    with ZipFile(path) as package:
        parts = {entry.filename: package.read(entry) for entry in package.infolist()}
    for name, (old, new) in changes.items():
        assert old in parts[name], f"{old!r} is not in {name}"
        parts[name] = parts[name].replace(old, new)
    with ZipFile(path, "w", ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return path
