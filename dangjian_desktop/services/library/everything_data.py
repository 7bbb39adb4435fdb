"""The tables of a library as files of plain JSON, one for each kind of record."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from dangjian_desktop.domain.texts import json_text
from dangjian_desktop.services.files import file_name
from dangjian_desktop.storage.plain_out import PlainLibrary

DATA, SENT = "数据", "报出"

Step = tuple[str, Callable[[], None]]
"""Words for the progress, and what makes a file or the files of one thing."""


class DataFiles:
    """Written into the folder step by step; as it goes, ``records`` counts them by kind, and
    ``file_names`` are what the attachments are called in them, by their SHA-256."""

    def __init__(self, plain: PlainLibrary, part: Path) -> None:
        self._plain = plain
        self._part = part
        self._sent = plain.sent_names()
        self.records: dict[str, int] = {}
        self.file_names: dict[str, str] = {}

    def steps(self) -> Iterator[Step]:
        """One for each file."""
        for table, kind in self._plain.parts():
            yield "正在写出数据", partial(self._write, table, kind)

    def _write(self, table: str, kind: str) -> None:
        name = f"{table}/{file_name(kind.replace(':', '-'))}" if kind else table
        file = free_place(self._part / DATA / f"{name}.json")
        written = 0
        with file.open("w", encoding="utf-8", newline="\n") as out:
            out.write(f'{{"table": "{table}", "rows": [')
            for row in self._plain.rows(table, kind, self._keep):
                out.write(f"{',' if written else ''}\n{json_text(row)}")
                self.file_names |= dict(_files_in(row))
                written += 1
            out.write("\n]}\n")
        if self._plain.of_records(table):
            self.records[kind or table] = written

    def _keep(self, table: str, row: Mapping[str, Any], column: str, data: bytes) -> str:
        name, kind = self._sent.get(str(row.get("sha256")), (f"{table}-{row['id']}", column))
        folder = self._part / (SENT if row.get("sha256") in self._sent else f"{DATA}/{table}")
        file = free_place(folder / f"{file_name(name)}.{file_name(kind)}")
        file.write_bytes(data)
        return file.relative_to(self._part).as_posix()


def _files_in(told: Any) -> Iterator[tuple[str, str]]:
    """SHA-256 and name of every kept file that is named somewhere in plain values."""
    parts = told.values() if isinstance(told, dict) else told if isinstance(told, list) else ()
    if isinstance(told, dict) and {"sha256", "name", "uid"} <= told.keys():
        yield told["sha256"], told["name"]
    for part in parts:
        yield from _files_in(part)


def free_place(wanted: Path) -> Path:
    """The place of a new file, its folder made; a name that is taken gets a number."""
    wanted.parent.mkdir(parents=True, exist_ok=True)
    number, place = 1, wanted
    while place.exists():
        number += 1
        place = wanted.with_name(f"{wanted.stem}（{number}）{wanted.suffix}")
    return place
