"""A template filled out of a library: only with what it asks for, and nothing invented."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from dangjian_desktop.documents.templates.running import running
from dangjian_desktop.domain.branch import Branch
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.templates.fields import (
    ROW,
    TemplateField,
    nested,
    template_fields,
)
from dangjian_desktop.errors import InputError, Issue
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.inputs import MEBIBYTE, read_input
from dangjian_desktop.papers.naming import paper_name
from dangjian_desktop.services.blank_forms.filling import FormScope
from dangjian_desktop.services.blank_forms.teller import Teller
from dangjian_desktop.services.files import write_file
from dangjian_desktop.services.judged import judged_day
from dangjian_desktop.services.links import link_targets
from dangjian_desktop.services.of_library import OfLibrary
from dangjian_desktop.services.templates.checking import ABOUT, RECORDS, issues_of
from dangjian_desktop.storage.work import Work

MOST = 20 * MEBIBYTE
_CHOSEN = "请选定一条记录（命令行用 --query，例如 member:编号）后重试。"
NO_PLACEHOLDER = "模板里没有占位符，填写后与模板一样。"
_REMEDY = "请在 Word 中改正后重试；能填的内容见“可填内容”（命令行用 template fields）。"


@dataclass(frozen=True, slots=True)
class TemplateFile:
    """A template as it lies somewhere: its name, with or without suffix, and its bytes."""

    name: str
    data: bytes

    @classmethod
    def read(cls, path: Path) -> TemplateFile:
        """That of a file; raises as ``read_input``."""
        return cls(path.name, read_input(path, MOST))

    @property
    def title(self) -> str:
        """The name without suffix."""
        return self.name.removesuffix(".docx")


@dataclass(frozen=True, slots=True)
class Told:
    """A field that a template asks for, and what is known: a text, or the rows of a list."""

    field: TemplateField
    value: Any

    @property
    def known(self) -> bool:
        """Whether there is anything to put in."""
        return bool(self.value)

    @property
    def words(self) -> str:
        """For a line of a list: how many rows, where it is a list."""
        return self.value if isinstance(self.value, str) else f"{len(self.value)} 行"


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateView:
    """A template looked at and, where it misspells nothing, filled: ``made`` is the .docx,
    ``name`` what it is called without suffix. ``plain``: there is no placeholder in it.
    ``beside``: there are pictures, boxes or notes, which only Word shows. ``refused`` tells why it
    was not filled."""

    name: str
    told: tuple[Told, ...]
    issues: tuple[Issue, ...] = ()
    made: bytes | None = None
    plain: bool = False
    beside: bool = False
    refused: InputError | None = None

    @property
    def unknown(self) -> tuple[str, ...]:
        """The labels of the fields that stayed empty."""
        return tuple(each.field.label for each in self.told if not each.known)

    def require_made(self, name: str) -> bytes:
        """The filled .docx; raises ``InputError`` where there is none. ``name`` is that of the
        template."""
        if self.made is not None:
            return self.made
        if self.refused is not None:
            raise self.refused
        if all(issue.field == ABOUT for issue in self.issues):
            raise InputError(self.issues[0].message, _CHOSEN, self.issues)
        words = f"模板“{name}”里有{len(self.issues)}处没有写对，没有生成文件。"
        raise InputError(words, _REMEDY, self.issues)


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

    def every_field(self, asked: FormScope) -> tuple[TemplateField, ...]:
        """The same; where nobody said about which record, those of one of each kind as well."""
        with self._library.reading() as work:
            scopes = [asked]
            if asked.about is None:
                links = [next(iter(link_targets(work, (code,))), None) for code in RECORDS]
                scopes += [replace(asked, about=link[0]) for link in links if link is not None]
            found = (template_fields(self._teller(work, each).sources) for each in scopes)
            return tuple({field.path: field for fields in found for field in fields}.values())

    def check(self, template: TemplateFile, asked: FormScope) -> tuple[Issue, ...]:
        """What a template misspells, each with its place; see ``running`` for what raises."""
        with running(template.data, template.name) as opened:
            found = issues_of(opened, self.fields(asked), asked)
            nothing = not opened.used and not found
        return (Issue(NO_PLACEHOLDER),) if nothing else found

    def view(self, template: TemplateFile, asked: FormScope) -> TemplateView:
        """The template looked at and filled, in one go; what is not known stays empty."""
        with running(template.data, template.name) as opened:
            with self._library.reading() as work:
                day = asked.as_of or judged_day(work, self._clock().date())
                branch, teller = work.branch.on(day), self._teller(work, asked)
                fields = template_fields(teller.sources)
                told = tuple(
                    Told(field, _told(teller, field)) for field in _asked_for(opened.used, fields)
                )
            name = _name(branch, template, asked, day)
            if issues := issues_of(opened, fields, asked):
                return TemplateView(name=name, told=told, issues=issues)
            try:
                made = opened.filled(nested({each.field.path: each.value for each in told}))
            except InputError as error:
                return TemplateView(name=name, told=told, refused=error)
        return TemplateView(
            name=name, told=told, made=made, plain=not opened.used, beside=opened.beside
        )

    def fill(
        self, template: TemplateFile, asked: FormScope, folder: Path, *, force: bool = False
    ) -> FilledTemplate:
        """Write the filled template into the folder; what is not known stays empty."""
        view = self.view(template, asked)
        made = view.require_made(template.name)
        return FilledTemplate(
            write_file(folder, view.name, ".docx", made, force=force), view.unknown
        )

    def _teller(self, work: Work, asked: FormScope) -> Teller:
        day = asked.as_of or judged_day(work, self._clock().date())
        return Teller(work, asked.about, asked.period or Period.around(day, 1), day)


def _name(branch: Branch, template: TemplateFile, asked: FormScope, day: Any) -> str:
    return str(paper_name(branch, template.title, asked.period or day))


def _asked_for(used: Sequence[str], fields: Iterable[TemplateField]) -> Iterator[TemplateField]:
    """The fields that a template reads; a list by any of its columns."""
    wanted = {path.partition(ROW)[0] for path in used}
    return (field for field in fields if field.path in wanted)


def _told(teller: Teller, field: TemplateField) -> Any:
    if not field.columns:
        return teller.text_of(field.key)
    rows = teller.rows_of(field.key) or []
    return [{each.path: row[each.key] for each in field.columns} for row in rows]
