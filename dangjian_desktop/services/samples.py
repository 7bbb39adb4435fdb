"""样表: sheets to hand out, filled by others and imported without a question."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from dangjian_desktop import paths
from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.domain.ledgers.ledger import NOTE, NUMBER_LABEL, Ledger
from dangjian_desktop.domain.members.importing.headings import LABELS
from dangjian_desktop.domain.members.record import MEMBER
from dangjian_desktop.domain.sample_sheets import (
    EXAMPLE,
    EXAMPLE_TOO,
    GUIDE,
    GUIDE_TOO,
    SampleColumn,
    example_of,
    offers_of,
    wanted_of,
)
from dangjian_desktop.late import Late
from dangjian_desktop.services.files import write_file
from dangjian_desktop.services.ledgers.catalogue import ledger_of
from dangjian_desktop.services.of_library import OfLibrary
from dangjian_desktop.services.workbooks import covers

_DRAWN = Late("spreadsheets.samples:sample_file")
_REMARK = "每行填一条，从示例下面的空行填起；“填法”和“示例”两种行不会导入，可以留着；栏名不要改。"
_NO_COLUMN = (FieldType.LINK, FieldType.FILES)
_EXAMPLES = 2
_WIDTHS = {
    **dict.fromkeys((FieldType.LONG_TEXT, FieldType.CHOICES), 30.0),
    **dict.fromkeys((FieldType.TEXT, FieldType.PEOPLE), 20.0),
    FieldType.PARTIAL_DATE: 16.0,
}
_ROSTER_HINTS = {"ethnicity": "例如 汉族", "party_post": "例如 组织委员；几个职务用顿号隔开"}
_ROSTER_WIDTHS = {"name": 10, "sex": 7, "ethnicity": 9, "id_number": 21, "group": 13, "note": 24}


class SampleService(OfLibrary):
    """Sample sheets of one library; ``clock`` tells the present time."""

    def roster(self, path: Path, *, force: bool = False) -> Path:
        """Write the sheet of the roster to an .xlsx, and return where; an older file stays and a
        number is added, unless ``force``. Raises ``InputError`` and ``BlockedError``."""
        fields = [_of_roster(name, label) for name, label in LABELS.items()]
        columns = [
            replace(_column(f, _words(f), strict=False), width=_ROSTER_WIDTHS.get(f.name, 15.0))
            for f in fields
        ]
        people = _shipped("roster.json")
        shown = [
            next(person for person in people if person["member_kind"] == kind)
            for kind in ("formal", "probationary")
        ]
        rows = [[_text(f, person.get(f.name)) for f in fields] for person in shown]
        return self._write(path, "党员名册", fields, columns, rows, force=force)

    def ledger(self, code: str, path: Path, *, force: bool = False) -> Path:
        """The same of a ledger; raises ``InputError`` for an unknown one, too."""
        with self._library.reading() as work:
            ledger = ledger_of(work, code)
        fields = [
            replace(asked, choices=ledger.choices_of(asked.name))
            for asked in ledger.open_fields
            if asked.type not in _NO_COLUMN
        ]
        columns = [_column(f, _words(f), strict=f.type is not FieldType.CHOICES) for f in fields]
        rows = _examples(ledger, fields)
        return self._write(path, ledger.title, fields, columns, rows, force=force)

    def _write(
        self,
        path: Path,
        title: str,
        fields: Sequence[Field],
        columns: Sequence[SampleColumn],
        rows: Sequence[Sequence[str]],
        *,
        force: bool,
    ) -> Path:
        covers(path, "full", "样表")
        marks = {NOTE: GUIDE_TOO}
        guide = [marks.get(f.name, c.wanted) for f, c in zip(fields, columns, strict=True)]
        marked = [
            [EXAMPLE_TOO if f.name == NOTE else text for f, text in zip(fields, row, strict=True)]
            for row in rows
        ]
        data: bytes = _DRAWN.read()(
            title=f"{title}（样表）",
            remark=_REMARK,
            name=title,
            columns=[SampleColumn(NUMBER_LABEL, "", 7.0), *columns],
            rows=[[GUIDE, *guide], *([EXAMPLE, *row] for row in marked)],
            made=self._clock(),
        )
        return write_file(path.parent, path.stem, path.suffix, data, force=force)


def _column(field: Field, words: Sequence[str], *, strict: bool) -> SampleColumn:
    return SampleColumn(
        field.label,
        wanted_of(field, words),
        _WIDTHS.get(field.type, 13.0),
        offers_of(field, words),
        strict,
    )


def _of_roster(name: str, label: str) -> Field:
    """What the card asks for, by the heading that the import knows."""
    found = next(f for f in MEMBER.fields if name in (f.name, f.as_of))
    asked = found.column("value") if found.as_of else found
    hint = _ROSTER_HINTS.get(name, asked.hint)
    return replace(asked, name=name, label=label, required=name == "name", hint=hint)


def _words(field: Field) -> tuple[str, ...]:
    return tuple(word for _code, word in field.choices)


def _examples(ledger: Ledger, fields: Sequence[Field]) -> list[list[str]]:
    """Rows of the sample year; of a ledger that it does not have one that shows the types."""
    shown = _shipped("ledgers.json").get(ledger.code, [])[:_EXAMPLES]
    rows = [[_text(f, row["values"].get(f.name)) for f in fields] for row in shown]
    return rows or [[example_of(f, _words(f)) for f in fields]]


def _text(field: Field, plain: Any) -> str:
    """A value of the contract as it is written into a cell."""
    if plain is None:
        return ""
    if isinstance(plain, bool):
        return "是" if plain else "否"
    if isinstance(plain, list):
        return "、".join(_text(field, part) for part in plain)
    return field.title_of(str(plain["name"] if isinstance(plain, Mapping) else plain))


def _shipped(name: str) -> Any:
    return json.loads(paths.resources("demo", name).read_text(encoding="utf-8"))
