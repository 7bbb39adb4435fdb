"""A template filled out of a library: only with what it asks for, and nothing invented."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dangjian_desktop.documents.submissions.texts import word_lines
from dangjian_desktop.documents.templates.running import placeholders, rendered
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.templates.fields import (
    ROW,
    Misspelled,
    TemplateField,
    misspelled,
    nested,
    template_fields,
)
from dangjian_desktop.errors import InputError, Issue
from dangjian_desktop.inputs import read_input
from dangjian_desktop.papers.naming import paper_name
from dangjian_desktop.services.blank_forms.filling import FormScope
from dangjian_desktop.services.blank_forms.teller import Teller
from dangjian_desktop.services.files import write_file
from dangjian_desktop.services.judged import judged_day
from dangjian_desktop.services.of_library import OfLibrary
from dangjian_desktop.storage.work import Work

MOST = 20 * 1024 * 1024
_REMEDY = "请在 Word 中改正后重试；能用的字段见字段清单（template fields）。"


@dataclass(frozen=True, slots=True)
class FilledTemplate:
    """A file that was written; ``unknown`` are the labels of the fields that stayed empty."""

    file: Path
    unknown: tuple[str, ...]


class TemplateFilling(OfLibrary):
    """Fills templates out of one library. Methods raise ``InputError``."""

    def fields(self, asked: FormScope) -> tuple[TemplateField, ...]:
        """Every field that a template about this may use."""
        with self._library.reading() as work:
            return template_fields(self._teller(work, asked).sources)

    def check(self, path: Path, asked: FormScope) -> tuple[Issue, ...]:
        """What a template misspells, each with its place; see ``placeholders`` for what raises."""
        data = read_input(path, MOST)
        return _issues(data, path.name, placeholders(data, path.name), self.fields(asked))

    def fill(
        self, path: Path, asked: FormScope, folder: Path, *, force: bool = False
    ) -> FilledTemplate:
        """Write the filled template into the folder; what is not known stays empty."""
        data = read_input(path, MOST)
        used = placeholders(data, path.name)
        with self._library.reading() as work:
            day = asked.as_of or judged_day(work, self._clock().date())
            branch, teller = work.branch.on(day), self._teller(work, asked)
            fields = template_fields(teller.sources)
            if issues := _issues(data, path.name, used, fields):
                words = f"模板“{path.name}”里有{len(issues)}处写错的字段，没有生成文件。"
                raise InputError(words, _REMEDY, issues)
            told = {field.path: _told(teller, field) for field in _asked_for(used, fields)}
        made = rendered(data, path.name, nested(told))
        name = paper_name(branch, path.stem, asked.period or day)
        unknown = tuple(field.label for field in fields if told.get(field.path) in ("", []))
        return FilledTemplate(write_file(folder, name, ".docx", made, force=force), unknown)

    def _teller(self, work: Work, asked: FormScope) -> Teller:
        day = asked.as_of or judged_day(work, self._clock().date())
        return Teller(work, asked.about, asked.period or Period.around(day, 1), day)


def _asked_for(used: Sequence[str], fields: Iterable[TemplateField]) -> Iterator[TemplateField]:
    """The fields that a template reads; a list by any of its columns."""
    wanted = {path.partition(ROW)[0] for path in used}
    return (field for field in fields if field.path in wanted)


def _told(teller: Teller, field: TemplateField) -> Any:
    if not field.columns:
        return teller.text_of(field.key)
    rows = teller.rows_of(field.key) or []
    return [{each.path: row[each.key] for each in field.columns} for row in rows]


def _issues(
    data: bytes, name: str, used: Sequence[str], fields: Sequence[TemplateField]
) -> tuple[Issue, ...]:
    found = misspelled(used, fields)
    if not found:
        return ()
    lines = word_lines(data, name)
    return tuple(Issue(f"{_place(one, lines)}{one.words}", field=one.path) for one in found)


def _place(one: Misspelled, lines: Sequence[Any]) -> str:
    """Where the placeholder stands, by its last name; nothing where it cannot be told."""
    last = one.path.rpartition(".")[2]
    place = next((line.where for line in lines if "{" in line.text and last in line.text), "")
    return f"{place}：" if place else ""
