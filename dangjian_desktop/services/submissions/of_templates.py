"""Word templates of the library as they go up in a package: filled, as Word and PDF."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from dangjian_desktop.domain.meetings.meeting import MeetingFilter
from dangjian_desktop.domain.meetings.record import MEETING
from dangjian_desktop.domain.projects.project import ProjectFilter
from dangjian_desktop.domain.projects.record import PROJECT
from dangjian_desktop.domain.references import Link
from dangjian_desktop.domain.submissions.naming import period_words
from dangjian_desktop.errors import BlockedError
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.services.blank_forms.filling import FormScope
from dangjian_desktop.services.of_library import Clock
from dangjian_desktop.services.rendering import Format
from dangjian_desktop.services.submissions.choosing import One
from dangjian_desktop.services.submissions.giving import require_covered
from dangjian_desktop.services.submissions.offering import TEMPLATE
from dangjian_desktop.services.submissions.pieces import Piece, Terms
from dangjian_desktop.services.submissions.reading import words_in
from dangjian_desktop.services.templates.checking import wanted_record
from dangjian_desktop.services.templates.filling import TemplateFile, TemplateFilling, TemplateView
from dangjian_desktop.services.templates.keeping import TemplateService
from dangjian_desktop.services.templates.showing import pdf_of_view
from dangjian_desktop.storage.library import Library
from dangjian_desktop.storage.work import Work


@dataclass(frozen=True, slots=True)
class FromTemplate:
    """A filled template: ``what`` it is and ``when``; ``content`` is what it tells."""

    one: One
    what: str
    when: str
    view: TemplateView
    content: Mapping[str, Any]

    def piece(self, terms: Terms) -> Piece:
        """The piece; raises ``InputError`` for what may not leave masked."""
        data = self.view.require_made(self.what)
        require_covered(self.what, data, terms, Format.DOCX)
        files = {Format.DOCX.value: data}
        if not self.view.beside:  # a PDF would lack what only Word shows
            files[Format.PDF.value] = pdf_of_view(self.view)
        chosen = self.one.chosen
        asked = [kind for kind in files if not chosen.formats or kind in chosen.formats]
        return Piece(
            title=chosen.title,
            paper=self.one.code,
            about=self.one.about,
            what=self.what,
            when=self.when,
            content=self.content,
            files=files,
            handed=asked or list(files),
            due=chosen.due,
        )


def from_template(library: Library, clock: Clock, one: One, terms: Terms) -> list[FromTemplate]:
    """The template filled for the period, or for each sitting or project of it that it is about.

    Raises ``InputError`` for what is wrong in it, ``BlockedError`` for one about a member.
    """
    kept = TemplateService(library, clock)
    template = kept.one(one.code.removeprefix(TEMPLATE))
    file, filling = kept.file_of(template), TemplateFilling(library, clock)
    scope = FormScope(period=one.period, as_of=terms.as_of)
    view = filling.view(file, scope)
    about = wanted_record(view.issues)
    if not about:
        return [_made(one, file, view, period_words(one.period or terms.period), "")]
    with library.reading() as work:
        each = [*_records(work, about, one, terms)]
    if not each and about not in (MEETING.code, PROJECT.code):
        words = f"模板“{template.title}”要先选定一条记录。"
        raise BlockedError(words, "请在“Word 模板”中填好，再把文件另附。")
    return [
        _made(
            replace(one, uid=uid),
            file,
            filling.view(file, replace(scope, about=Link(about, uid))),
            f"{day:%Y%m%d}" if day else period_words(one.period or terms.period),
            title,
        )
        for uid, day, title in each
    ]


def _records(
    work: Work, about: str, one: One, terms: Terms
) -> Iterator[tuple[str, date | None, str]]:
    """The records of the period (or the one that is told), each with its day or its title."""
    period = one.period or terms.period
    if about == MEETING.code:
        for meeting in work.meetings.all(MeetingFilter(first=period.first, last=period.last)):
            if one.uid in ("", meeting.id) and meeting.held and meeting.date <= terms.as_of:
                yield meeting.id, meeting.date, ""
    elif about == PROJECT.code:
        for project in work.projects.all(ProjectFilter(year=period.year)):
            begins = project.start or period.first
            if one.uid in ("", project.id) and begins <= min(period.last, terms.as_of):
                yield project.id, None, project.title


def _made(one: One, file: TemplateFile, view: TemplateView, when: str, of: str) -> FromTemplate:
    data = view.require_made(file.name)
    told = {"uid": one.uid, "group": one.group, "period": str(one.period) if one.period else None}
    lines = words_in(f"{file.title}.docx", data).splitlines()
    what = "_".join(filter(None, (file.title, of)))
    return FromTemplate(one, what, when, view, {"of": told, "lines": lines})
