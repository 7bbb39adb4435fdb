"""Unsaved texts that survive a kill, and what became of them with a newer form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field, replace

from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.errors import UserError
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.services.library.draft_shapes import Content, require_shape, title_of
from dangjian_desktop.storage.library import Library
from dangjian_desktop.storage.records.drafts import Draft, UnreadableDraft
from dangjian_desktop.storage.work import Work

__all__ = ["Draft", "DraftService", "Form", "UnreadableDraft"]

_ASIDE = "~"
"""Parts the id of a record from the moment of the unreadable draft that was kept aside for it."""


@dataclass(frozen=True, slots=True)
class Form:
    """A form that keeps drafts: of which ``subject``, in which ``version``.

    ``readers`` hold for each older version the function that gives the content of the next one;
    it raises ``ValueError``, ``TypeError`` or ``KeyError`` for what it cannot read.
    """

    subject: str
    version: int = 1
    readers: Mapping[int, Callable[[Content], Content]] = field(default_factory=dict)


FORMS: Mapping[str, Form] = {"progress": Form("project")}
"""Forms that differ from what goes for all: their name is the subject, their version 1."""


class DraftService:
    """Drafts of one library, by form (``meeting``, a ledger's code …) and record id.

    The id of a form for a part of a record (``progress``) has the part behind a stroke.
    """

    def __init__(self, library: Library, forms: Mapping[str, Form] = FORMS) -> None:
        self._library = library
        self._forms = forms

    def put(self, form: str, uid: str, content: Content) -> Draft:
        """Keep what stands in the form, with the revision that is being edited.

        One that cannot be read is not written over: it stays beside it.
        """
        kind = self._form(form)
        with self._library.changing(Topic.DRAFTS) as work:
            known = self._step_aside(work, form, uid)
            base = self.revision(work, form, uid) if known is None else known.base_revision
            return work.drafts.put(Draft(form, uid, content, base, version=kind.version))

    def take(self, draft: Draft, *, known_base: bool) -> None:
        """Put a draft from elsewhere in the place of one that is there, as it is.

        One that cannot be read stays beside it; a base that is not known is the present state.
        """
        with self._library.changing(Topic.DRAFTS) as work:
            self._step_aside(work, draft.form, draft.uid)
            base = self.revision(work, draft.form, draft.uid)
            work.drafts.restore(draft if known_base else replace(draft, base_revision=base))

    def get(self, form: str, uid: str) -> Draft | None:
        """The draft for a record; none also where it cannot be read."""
        with self._library.reading() as work:
            found = self._read(work, work.drafts.get(form, uid))
        return found if isinstance(found, Draft) else None

    def all(self, form: str | None = None) -> tuple[Draft, ...]:
        """All drafts that can be read, newest first, perhaps of one form."""
        return tuple(draft for draft in self._every(form) if isinstance(draft, Draft))

    def unreadable(self, form: str | None = None) -> tuple[UnreadableDraft, ...]:
        """Drafts that no form of this program can show (无法读取的草稿), newest first."""
        return tuple(d for d in self._every(form) if isinstance(d, UnreadableDraft))

    def drop(self, form: str, uid: str) -> None:
        """Forget a draft, whether it can be read or not."""
        with self._library.changing(Topic.DRAFTS) as work:
            work.drafts.drop(form, uid)

    def restore(self, kept: Draft | UnreadableDraft) -> None:
        """Put a draft that was dropped back as it was."""
        with self._library.changing(Topic.DRAFTS) as work:
            work.drafts.restore(kept)

    def title_of(self, form: str) -> str:
        """What a form is called (会议, 走访慰问台账 …)."""
        with self._library.reading() as work:
            return title_of(work, form)

    def version_of(self, form: str) -> int:
        """The version of what a form holds at present."""
        return self._form(form).version

    def revision(self, work: Work, form: str, uid: str) -> int:
        """How many saved states the record of a draft has."""
        return work.of(self._form(form).subject).revision_number(uid.split("/", maxsplit=1)[0])

    def _step_aside(self, work: Work, form: str, uid: str) -> Draft | None:
        """The draft that is there; one that cannot be read makes room."""
        known = self._read(work, work.drafts.get(form, uid))
        if isinstance(known, UnreadableDraft):
            work.drafts.restore(replace(known, uid=f"{uid}{_ASIDE}{known.saved_at}"))
            return None
        return known

    def _form(self, name: str) -> Form:
        return self._forms.get(name) or Form(name)

    def _every(self, form: str | None) -> list[Draft | UnreadableDraft | None]:
        with self._library.reading() as work:
            found = [draft for draft in work.drafts.all() if form in (None, draft.form)]
            return [self._read(work, draft) for draft in found]

    def _read(
        self, work: Work, draft: Draft | UnreadableDraft | None
    ) -> Draft | UnreadableDraft | None:
        """The draft as the present form knows it, through the reader of every version between."""
        if not isinstance(draft, Draft):
            return draft
        form = self._form(draft.form)
        content = draft.content
        try:
            if draft.version > form.version or _ASIDE in draft.uid:
                raise ValueError(draft.version)
            for version in range(draft.version, form.version):
                content = form.readers[version](content)
            require_shape(work, draft.form, content)
        except (ValueError, TypeError, LookupError, AttributeError, UserError):
            return UnreadableDraft(
                *(draft.form, draft.uid, draft.saved_at, draft.raw),
                *(draft.base_revision, draft.version),
            )
        return replace(draft, content=content, version=form.version)
