"""What is typed and not saved: kept as a draft, in the second place where the library takes none,
in a file where the user wants it; offered again when the library is opened."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.levels import Level
from dangjian_desktop.domain.showing import sensitive_fields
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.errors import BlockedError, InputError
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.services.declared import all_declared
from dangjian_desktop.services.library.aside import read_aside, write_aside
from dangjian_desktop.services.library.draft_shapes import Content, labels_of
from dangjian_desktop.services.library.drafts import Draft, DraftService
from dangjian_desktop.services.library.holding import Held, Holding, NotKeptError
from dangjian_desktop.services.summaries.words import words_of
from dangjian_desktop.storage.file.keys import keys_of
from dangjian_desktop.storage.file.moments import stamp
from dangjian_desktop.storage.library import Library
from dangjian_desktop.storage.work import Work

Put = Callable[[str, Any], Any]
SUMMARY, WORDS, BEFORE = "summary", "words", "before"
"""The form of a summary's words, and its content: as they are now, as they were found."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One form in the second place: ``words`` name it, ``newer`` says what the library has by now
    that is younger (empty: nothing)."""

    held: Held
    words: str
    newer: str = ""


class Door:
    """The way of one form's texts: ``keep`` in the library's thread, the rest in any.

    ``bases`` are, by record, the revisions from which what is typed began, as far as known.
    """

    def __init__(self, unsaved: UnsavedService, form: str, put: Put) -> None:
        self._unsaved, self._form, self._put = unsaved, form, put
        self.bases: dict[str, int] = {}

    def keep(self, uid: str, content: Content) -> Any:
        """Keep it in the library; raises ``NotKeptError`` where only the second place took it, or
        neither did."""
        try:
            result = self._put(uid, content)
        except Exception as error:
            with suppress(BlockedError):
                self._unsaved.learn()
            raise NotKeptError(error, held=self.hold(uid, content)) from error
        self.release(uid)
        return result

    def hold(self, uid: str, content: Content) -> bool:
        """Put it into the second place; false where that cannot be."""
        return self._unsaved.hold(self._held(uid, content))

    def release(self, uid: str) -> None:
        """The second place need not have it any more: it was kept, saved, or given up."""
        self._unsaved.release(self._form, uid)

    def write(self, file: Path, contents: Mapping[str, Content]) -> None:
        """Write what is typed, by record, into a file for people that the program can take back;
        raises ``BlockedError``."""
        self._unsaved.write(file, [self._held(uid, content) for uid, content in contents.items()])

    def _held(self, uid: str, content: Content) -> Held:
        return self._unsaved.as_held(self._form, uid, content, self.bases.get(uid))


class UnsavedService:
    """The drafts of one library with the second place of this computer behind them."""

    def __init__(
        self, library: Library, drafts: DraftService, holding: Holding | None = None
    ) -> None:
        self._library, self._drafts = library, drafts
        self._holding = holding or Holding()
        self._identity = ""
        self._unheld: set[str] | None = None

    def door(self, form: str, put: Put | None = None) -> Door:
        """The way of a form's texts; ``put`` keeps them in the library where that is no draft."""
        return Door(self, form, put or (lambda uid, content: self._drafts.put(form, uid, content)))

    def learn(self) -> None:
        """Find out what must be known once the library cannot be read: which it is, and of which
        forms nothing may lie outside of it."""
        with self._library.reading() as work:
            declared, protected = tuple(all_declared(work)), work.protected
            self._identity = work.identity
        # The second place has no password: what is kept behind one lies nowhere else.
        closed = (r for r in declared if protected or Level(r.level) is Level.SENSITIVE)
        self._unheld = {record.code for record in closed if sensitive_fields(record)}

    def waiting(self) -> tuple[Waiting, ...]:
        """What waits in the second place for this library, the newest first; before the first
        ``learn`` no ledger is read for it."""
        if self._unheld is not None:
            self.learn()
        with self._library.reading() as work:
            self._identity = work.identity
            found = self._holding.all(self._identity)
            purged = work.purges.gone({held.uid for held in found}) if found else set()
            waiting = [held for held in found if (held.form, held.uid) not in purged]
            told = tuple(self._told(work, held) for held in waiting)
        for held in found:
            if held not in waiting:  # the purge was ended before it came here
                self.let_go(held)
        return told

    def take_up(self, held: Held) -> None:
        """Make it the draft of its record, in place of one that is there, and forget it here."""
        base = held.base_revision
        draft = Draft(held.form, held.uid, held.content, base or 0, held.saved_at, held.version)
        self._drafts.take(draft, known_base=base is not None)
        self.let_go(held)

    def let_go(self, held: Held) -> None:
        """Give it up."""
        self._holding.drop(held.library, held.form, held.uid)

    def put_back(self, held: Held) -> None:
        """Take that back; raises ``BlockedError``."""
        self._holding.put(held, keys_of(self._library.path))

    def from_file(self, file: Path) -> int:
        """Let what ``write`` wrote wait in the second place; how many they are.

        Raises ``InputError`` for another file or that of another library.
        """
        self.learn()
        found = read_aside(file)
        strange = next((held.name for held in found if held.library != self._identity), None)
        if strange is not None:
            raise InputError(
                f"“{file.name}”里的内容属于另一个资料库“{strange}”。",
                "请先打开那个资料库，再取回这份内容。",
            )
        for held in found:
            self._holding.put(held, keys_of(self._library.path))
        self._library.announce(frozenset({Topic.DRAFTS}))
        return len(found)

    def write(self, file: Path, held: list[Held]) -> None:
        """Write them into a file for people that the program can take back."""
        write_aside(file, held, {each.form: labels_of(each.form) for each in held})

    def hold(self, held: Held) -> bool:
        """Put it into the second place; false where that cannot be, or must not."""
        if self._unheld is None or held.form in self._unheld or not held.library:
            return False
        try:
            self._holding.put(held, keys_of(self._library.path))
        except BlockedError:
            return False
        return True

    def release(self, form: str, uid: str) -> None:
        """Forget what the second place has of a record; what cannot be removed is told later."""
        if self._identity:
            self._holding.drop(self._identity, form, uid)

    def as_held(self, form: str, uid: str, content: Content, base: int | None) -> Held:
        """As the second place keeps it."""
        version = self._drafts.version_of(form)
        name = self._library.path.stem
        return Held(self._identity, name, form, uid, dict(content), stamp(), base, version)

    def _told(self, work: Work, held: Held) -> Waiting:
        title = self._drafts.title_of(held.form)
        named = held.content.get("title") or held.content.get("name")
        words = f"{title}：{named}" if isinstance(named, str) else title
        return Waiting(held, words, self._newer(work, held))

    def _newer(self, work: Work, held: Held) -> str:
        draft = work.drafts.get(held.form, held.uid)
        if draft is not None and _later(draft.saved_at, held.saved_at):
            return "资料库里另有一份更新的草稿"
        base = held.base_revision
        if base is not None and self._drafts.revision(work, held.form, held.uid) > base:
            return "此后这条记录又保存过"
        before = held.content.get(BEFORE)
        if held.form == SUMMARY and before != words_of(work, Period.parse(held.uid)).as_json():
            return "此后这份汇总又改过"
        return ""


def _later(one: str, other: str) -> bool:
    first, second = (datetime.fromisoformat(text).astimezone() for text in (one, other))
    return first > second
