"""Which sources there are for one form, what is proposed for its blanks, and what goes in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property

from dangjian_desktop.domain.blank_forms.form import Blank, BlankForm, BlankKind, Filled
from dangjian_desktop.domain.blank_forms.labels import bare
from dangjian_desktop.domain.blank_forms.listing import NUMBER
from dangjian_desktop.domain.blank_forms.proposal import Proposal
from dangjian_desktop.domain.blank_forms.proposing import propose
from dangjian_desktop.domain.blank_forms.sources import JOINED, Source, split_columns
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.meetings.record import MEETING
from dangjian_desktop.domain.members.record import MEMBER
from dangjian_desktop.domain.projects.record import PROJECT
from dangjian_desktop.domain.record import Record
from dangjian_desktop.domain.references import Link
from dangjian_desktop.services.blank_forms.facts import Fact, FactList, fitted, in_month
from dangjian_desktop.services.blank_forms.occasion import Occasion
from dangjian_desktop.services.blank_forms.of_branch import (
    SAID,
    branch_facts,
    figure_facts,
    ledger_facts,
    period_facts,
)
from dangjian_desktop.services.blank_forms.of_kinds import kind_facts, month_facts
from dangjian_desktop.services.blank_forms.of_lists import lists_of, member_facts
from dangjian_desktop.services.blank_forms.of_projects import progress_facts
from dangjian_desktop.services.blank_forms.of_records import detail_facts, record_facts, row_lists
from dangjian_desktop.services.blank_forms.of_roster import roster_facts
from dangjian_desktop.services.blank_forms.of_sittings import of_the_meeting, sitting_facts
from dangjian_desktop.services.blank_forms.words import words
from dangjian_desktop.storage.work import Work

_FIELDS_OF_ONE = 3
"""So many fields of a record that the branch has not make a form about one."""
_NAMED = ((PROJECT, "title"), (MEETING, "title"), (MEMBER, "name"))


class Teller:
    """What one library can tell one form, valid as long as the transaction of ``work``.

    ``about`` is the record that the form is about, None the branch. Raises ``InputError`` where
    there is no such record.
    """

    def __init__(self, work: Work, about: Link | None, period: Period, as_of: date) -> None:
        self._occasion = Occasion(work, about, period, as_of)

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """Everything that a blank may be filled from, the record that the form is about first."""
        values = (fact.source() for fact in self._facts.values())
        return (*values, *(each.source() for each in self._lists.values()))

    def proposals(self, form: BlankForm) -> Mapping[str, Proposal]:
        """What is proposed for each blank, by its key; nothing for one without an idea."""
        of_one = self._occasion.kind is not None or _names_a_record(form)
        sources = [replace(s, far=of_one and s.key in SAID) for s in self.sources]
        return propose(form.blanks, sources, words().habits, form.title or form.name)

    def wants(self, form: BlankForm) -> str:
        """The title of the kind of record whose fields a form asks for, where it is about none."""
        if self._occasion.kind is not None:
            return ""
        own = {bare(blank.label) for blank in form.blanks if blank.kind is not BlankKind.ROWS}
        named = {bare(w) for s in self.sources for w in (s.label, *s.also) if s.columns == ()}
        asked = own - named
        told = {
            kind.title: len(asked & {bare(w) for f in self._facts_of(kind) for w in _words(f)})
            for kind in (PROJECT, MEETING, MEMBER)
        }
        title = max(told, key=lambda each: told[each])
        return title if told[title] >= _FIELDS_OF_ONE else ""

    def value_of(self, key: str, blank: Blank) -> Filled | None:
        """What a source gives the blank; None where it is not known or there is no such source.

        Several sources may be joined by ``JOINED``; a list names the source of each column, or
        finds it by the headings of the blank.
        """
        if blank.kind is BlankKind.ROWS:
            name, columns = split_columns(key)
            return self._rows(self._lists[name], columns, blank) if name in self._lists else None
        found = self._facts.get(key)
        if found is None:
            return self._together(key, blank)
        return fitted(found.field, found.tell(self._about(found)), blank)

    def text_of(self, key: str) -> str:
        """The value of a source as papers have it; empty where it is not known."""
        fact = self._facts[key]
        return fact.text(self._about(fact))

    def rows_of(self, key: str) -> list[dict[str, str]] | None:
        """Every row of a list, by the keys of its columns; None where nobody can know them yet."""
        found = self._lists[key]
        rows = found.rows(self._occasion)
        if rows is None:
            return None
        return [
            {column.key: _cell(column, row, number) for column in found.columns}
            for number, row in enumerate(rows, start=1)
        ]

    def _together(self, key: str, blank: Blank) -> Filled | None:
        """Several sources in one blank, each in a paragraph of its own."""
        facts = [self._facts.get(part) for part in key.split(JOINED)]
        known = [fact for fact in facts if fact is not None]
        if blank.kind is not BlankKind.VALUE or len(known) < len(facts):
            return None
        texts = (fact.text(self._about(fact)) for fact in known)
        text = "\n".join(filter(None, texts))
        return Filled(text=text) if text else None

    def _rows(
        self, found: FactList, columns: tuple[str, ...] | None, blank: Blank
    ) -> Filled | None:
        rows = found.rows(self._occasion)
        if rows is None:
            return None
        by_key = {column.key: column for column in found.columns}
        asked = [by_key.get(key) for key in columns or self._columns(found, blank)]
        asked += [None] * (len(blank.columns) - len(asked))
        wanted = [*zip(asked, blank.columns, strict=False)]
        return Filled(
            rows=tuple(
                tuple(in_month(_cell(fact, row, number), heading) for fact, heading in wanted)
                for number, row in enumerate(rows, start=1)
            )
        )

    def _columns(self, found: FactList, blank: Blank) -> tuple[str, ...]:
        """The columns that the headings name, where the map does not."""
        made = propose([blank], [found.source()], words().habits)
        key = made[blank.key].source if blank.key in made else None
        return split_columns(key or "")[1] or ()

    def _about(self, fact: Fact) -> object:
        return self._subject if fact.key in self._of_record else self._occasion

    @cached_property
    def _subject(self) -> object:
        occasion = self._occasion
        return occasion.sitting(occasion.record) if occasion.kind is MEETING else occasion.record

    @cached_property
    def _of_record(self) -> dict[str, Fact]:
        return {fact.key: replace(fact, near=True) for fact in self._record_facts()}

    def _record_facts(self) -> Iterator[Fact]:
        kind, occasion = self._occasion.kind, self._occasion
        if kind is None:
            return
        yield from self._facts_of(kind)
        if kind is MEETING:
            details = occasion.declared.fields_of(MEETING, occasion.record)
            prefix = f"{kind.code}."
            yield from map(of_the_meeting, detail_facts(details, MEETING.title, prefix))

    def _facts_of(self, kind: Record) -> Iterator[Fact]:
        occasion = self._occasion
        prefix = f"{kind.code}."
        if kind is MEETING:
            yield from sitting_facts(occasion.facts.kinds, prefix)
        elif kind is MEMBER:
            yield from member_facts(occasion, prefix)
        else:
            yield from record_facts(kind, occasion.as_of, prefix)
        if kind is PROJECT:
            yield from progress_facts(occasion.period, prefix)

    @cached_property
    def _facts(self) -> dict[str, Fact]:
        of_all = (
            *branch_facts(),
            *period_facts(),
            *figure_facts(self._occasion),
            *roster_facts(),
            *kind_facts(self._occasion),
            *ledger_facts(self._occasion.work),
            *month_facts(self._occasion),
        )
        return {**self._of_record, **{fact.key: fact for fact in of_all}}

    @cached_property
    def _lists(self) -> dict[str, FactList]:
        kind = self._occasion.kind
        own = () if kind is None else row_lists(kind)
        return {each.key: each for each in (*own, *lists_of(self._occasion))}


def _words(fact: Fact) -> tuple[str, ...]:
    source = fact.source()
    return source.label, *source.also


def _cell(fact: Fact | None, row: object, number: int) -> str:
    if fact is None:
        return ""
    return str(number) if fact.key == NUMBER else fact.text(row)


def _names_a_record(form: BlankForm) -> bool:
    """Whether a form asks for the name of one project, meeting or member: it is about that one,
    even where nobody said which."""
    names = [record.field(name) for record, name in _NAMED]
    known = {bare(word) for field in names for word in (field.label, *field.also)}
    return any(bare(blank.label) in known for blank in form.blanks)
