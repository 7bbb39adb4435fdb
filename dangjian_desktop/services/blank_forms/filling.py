"""上级空表: what a form asks for, what is proposed, the map that is kept, and the filled form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from dangjian_desktop.domain.blank_forms.finding import cell_blank
from dangjian_desktop.domain.blank_forms.form import Blank, BlankForm, Filled, LabelChange
from dangjian_desktop.domain.blank_forms.proposal import Certainty, Proposal
from dangjian_desktop.domain.blank_forms.sources import Source, known
from dangjian_desktop.domain.dates import Period, chinese_date
from dangjian_desktop.domain.meetings.record import MEETING
from dangjian_desktop.domain.members.member import new_id
from dangjian_desktop.domain.members.record import MEMBER
from dangjian_desktop.domain.projects.record import PROJECT
from dangjian_desktop.domain.references import KeptFile, Link
from dangjian_desktop.domain.texts import squeeze
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.errors import InputError, Issue
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.papers.naming import paper_name
from dangjian_desktop.services.blank_forms.keeping import (
    Chosen,
    Filling,
    KnownForm,
    fillings,
    forget,
    keep,
    kept_for,
)
from dangjian_desktop.services.blank_forms.opening import open_form
from dangjian_desktop.services.blank_forms.teller import Teller
from dangjian_desktop.services.files import write_file
from dangjian_desktop.services.judged import judged_day
from dangjian_desktop.services.links import link_targets
from dangjian_desktop.services.of_library import OfLibrary
from dangjian_desktop.storage.copies.attachments import folder_of
from dangjian_desktop.storage.work import Work

ABOUT = (PROJECT.code, MEETING.code, MEMBER.code)
"""What a form may be about beside the branch."""
_EMPTY_WORDS = re.compile(r"^(?:上级)?空白?表(?:格)?[-_—－ ]+|[（(]空(?:白)?表?[)）]$")


@dataclass(frozen=True, slots=True, kw_only=True)
class FormScope:
    """What a form or template is filled for: the record that it is about (None the branch), the
    period (the month of the day unless told), the day as of which things are told (today)."""

    about: Link | None = None
    period: Period | None = None
    as_of: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A form before it is filled; blanks are named by ``Blank.name``.

    ``chosen`` is what it would be filled from: the kept map, else what is unmistakable.
    ``values`` is what that gives, nothing for what is not known. ``kept`` tells whether there is
    a map, ``changes`` how the form differs from the edition for which it was made, ``given`` what
    was asked for in place of it. ``wants`` is the title of the kind of record that the form is
    probably about, where none was chosen.
    """

    form: BlankForm
    sources: tuple[Source, ...]
    proposals: Mapping[str, Proposal]
    kept: bool
    changes: tuple[LabelChange, ...]
    chosen: Chosen
    values: Mapping[str, Filled]
    blanks: tuple[Blank, ...]
    given: Chosen
    wants: str = ""

    @property
    def unknown(self) -> tuple[str, ...]:
        """The names of the blanks that stay empty; computed cells are none."""
        return tuple(b.name for b in self.blanks if b.name not in self.values and not b.formula)


@dataclass(frozen=True, slots=True)
class FilledForm:
    """A form that was written; ``notes`` are sentences about what did not fit."""

    file: Path
    view: View
    notes: tuple[str, ...]


class BlankFormService(OfLibrary):
    """Forms of superiors filled out of one library. Methods raise ``InputError``."""

    def subjects(self) -> list[tuple[Link, str]]:
        """The records that a form may be about, with their titles, as lists have them."""
        with self._library.reading() as work:
            return [*link_targets(work, ABOUT)]

    def open(
        self, path: Path, asked: FormScope, chosen: Chosen | None = None, *, name: str = ""
    ) -> View:
        """What a form asks for and would get; ``chosen`` goes before what is kept, ``name`` is
        what the file is called."""
        form = open_form(path, name).form
        with self._library.reading() as work:
            return self._view(work, form, asked, chosen)

    def known(self) -> tuple[KnownForm, ...]:
        """The forms that were filled before, the newest first."""
        folder = folder_of(self._library.path)
        with self._library.reading() as work:
            titles = dict(link_targets(work, ABOUT))
            stored = work.attachments.stored_name
            return tuple(
                KnownForm(
                    fingerprint=mark,
                    title=title,
                    name=file.name,
                    path=_there(folder, stored(file.sha256)),
                    filled=filling,
                    about=titles.get(filling.about, "") if filling.about else "",
                )
                for mark, title, file, filling in fillings(work)
            )

    def forget(self, fingerprint: str) -> None:
        """Keep a form no longer; its blank stays with the library, as all history does."""
        with self._library.changing(Topic.SETTINGS) as work:
            forget(work, fingerprint)

    def confirm(
        self,
        form: BlankForm,
        chosen: Chosen,
        blank: Path | None = None,
        scope: FormScope | None = None,
    ) -> None:
        """Keep what each blank is filled from, for the next time; with the file of the form and
        what it was filled for it is listed among those that are known."""
        attached = None if blank is None else self._library.keep_file(blank)
        with self._library.changing(Topic.SETTINGS) as work:
            found = kept_for(work, form)
            names = {blank.name for blank in blanks_of(form, chosen)}
            old = {} if found is None else found.kept.sources
            file = filling = None
            if attached is not None and scope is not None:
                work.attachments.register(attached)
                called = f"{form.name}{form.suffix}"
                file = KeptFile(new_id(), called, attached.sha256, attached.size)
                day = scope.as_of or judged_day(work, self._clock().date())
                period = scope.period or Period.around(day, 1)
                filling = Filling(period=period, about=scope.about, on=day)
            sources = {name: s for name, s in {**old, **chosen}.items() if name in names}
            keep(work, form, sources, file, filling)

    def fill(
        self,
        path: Path,
        asked: FormScope,
        folder: Path,
        chosen: Chosen | None = None,
        *,
        name: str = "",
        force: bool = False,
    ) -> FilledForm:
        """Write the filled form into the folder; what is not known stays empty."""
        opened = open_form(path, name)
        with self._library.reading() as work:
            view = self._view(work, opened.form, asked, chosen)
            day = asked.as_of or judged_day(work, self._clock().date())
            branch = work.branch.on(day)
        keys = {blank.key: view.values.get(blank.name) for blank in view.blanks}
        values = {key: value for key, value in keys.items() if value is not None}
        data, notes = opened.filled(values, view.blanks)
        view = replace(view, values=_written(view, opened.written))
        what = _EMPTY_WORDS.sub("", opened.form.name) or opened.form.name
        called = paper_name(branch, what, asked.period or day)
        file = write_file(folder, called, opened.form.suffix, data, force=force)
        return FilledForm(file, view, notes)

    def _view(self, work: Work, form: BlankForm, asked: FormScope, given: Chosen | None) -> View:
        today = judged_day(work, self._clock().date())
        day = asked.as_of or today
        period = asked.period or Period.around(day, 1)
        _require_come(day, today, period)
        teller = Teller(work, asked.about, period, day)
        by_key = teller.proposals(form)
        proposals = {b.name: by_key[b.key] for b in form.blanks if b.key in by_key}
        found = kept_for(work, form)
        kept = {} if found is None else found.kept.sources
        sure = {n: p.source for n, p in proposals.items() if p.certainty is Certainty.SURE}
        asked_for = named(form, given or {}, teller.sources)
        chosen = {**sure, **kept, **asked_for}
        blanks = blanks_of(form, chosen)
        told = {
            blank.name: teller.value_of(source, blank)
            for blank in blanks
            if not blank.formula and (source := chosen.get(blank.name))
        }
        return View(
            form=form,
            sources=teller.sources,
            proposals=proposals,
            kept=found is not None,
            changes=found.changes if found else (),
            chosen={b.name: chosen[b.name] for b in blanks if b.name in chosen},
            values={name: value for name, value in told.items() if value is not None},
            blanks=blanks,
            given=asked_for,
            wants=teller.wants(form),
        )


def _written(view: View, rooms: Mapping[str, int]) -> Mapping[str, Filled]:
    """The values without the rows for which there was no room."""
    room = {blank.name: rooms[blank.key] for blank in view.blanks if blank.key in rooms}
    return {
        name: replace(value, rows=value.rows[: room[name]]) if name in room else value
        for name, value in view.values.items()
    }


def _there(folder: Path, stored: str | None) -> Path | None:
    path = folder / stored if stored else None
    return path if path is not None and path.is_file() else None


def _require_come(day: date, today: date, period: Period) -> None:
    if day > today:
        raise InputError(f"{chinese_date(day)}还没有到。", "请写今天或以前的日期。")
    if period.first > day:
        raise InputError(f"{period.label}还没有到。", "请选择本月或以前的时间段。")


def blanks_of(form: BlankForm, names: Iterable[str]) -> tuple[Blank, ...]:
    """The blanks of a form, and the empty cells without a label that a person has chosen."""
    wanted, own = set(names), {blank.key for blank in form.blanks}
    more = (
        cell_blank(grid, cell)
        for grid in form.grids
        for cell in grid.cells
        if cell.key in wanted and cell.empty and cell.key not in own
    )
    return (*form.blanks, *more)


def named(form: BlankForm, given: Chosen, sources: Sequence[Source]) -> Chosen:
    """A map as people write it, by the names of blanks; all that is wrong in it is told at once.

    A blank is named by its label with or without its unit, by its full name or by its place; a
    label that stands in the form several times names all of them.
    """
    found: dict[str, str | None] = {}
    issues: list[Issue] = []
    for label, source in given.items():
        blanks = [blank for blank in blanks_of(form, [label]) if _is_called(blank, label)]
        found |= {blank.name: source for blank in blanks}
        if not blanks:
            issues.append(Issue(f"表里没有“{label}”这个空格。", field=label))
        if source is not None and not known(source, sources):
            issues.append(Issue(f"“{label}”：没有“{source}”这项内容。", field=label))
    if issues:
        raise InputError(
            "对应表里有对不上的内容，没有填写。",
            "请按表上的写法改空格的名称；能填的内容见 fill 给出的 proposed。",
            issues,
        )
    return found


def _is_called(blank: Blank, label: str) -> bool:
    if label in (blank.name, blank.key):
        return True
    said = squeeze(label).rstrip(":")
    unit = f"({blank.unit})" if blank.unit else ""
    return bool(said) and said in (squeeze(blank.label), squeeze(blank.label) + unit)
