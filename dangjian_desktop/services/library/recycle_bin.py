"""The bin (回收站): everything that was deleted, of every kind, and the way back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.errors import InputError, Issue
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.services.library.kept_kinds import Kind, Scene, kind_of_store
from dangjian_desktop.services.of_library import OfLibrary
from dangjian_desktop.storage.recycle_bin import Thrown
from dangjian_desktop.storage.work import Work

_NOT_BACK = "没有恢复，回收站没有改动。"


@dataclass(frozen=True, slots=True)
class Binned:
    """Something in the bin. ``subject`` is its code (a ledger's rows: ``ledger:CODE``), ``kind``
    the word for it, ``at`` ISO text; ``reason`` is empty where none was given."""

    subject: str
    id: str
    kind: str
    title: str
    day: date | None
    at: str
    reason: str


class BinService(OfLibrary):
    """The bin of one library; ``clock`` tells the present time."""

    def listed(self) -> tuple[Binned, ...]:
        """Everything in the bin, deleted last comes first."""
        with self._library.reading() as work:
            return tuple(self._binned(work, work.thrown()))

    def count(self) -> int:
        """How much lies in the bin."""
        with self._library.reading() as work:
            return len(work.thrown())

    def restore(self, ids: Sequence[str]) -> tuple[Binned, ...]:
        """Bring these back, all or none; what they were in the bin.

        Raises ``InputError`` naming each that is not in the bin, that would stand there twice, or
        that names a member who is in the bin (and is not brought back with it).
        """
        with self._library.reading() as work:
            found = self.found(work, ids, _NOT_BACK)
            topics = {self._kind(work, each.subject).topic for each in found}
        with self._library.changing(*topics, Topic.DRAFTS) as work:
            found = self.found(work, ids, _NOT_BACK)
            for each in found:
                work.of(each.subject).unmark(each.id)
            issues = [issue for each in found for issue in self._refusals(work, each)]
            if issues:
                raise InputError(_NOT_BACK, "请按提示处理后再恢复。", issues)
        return found

    def send_back(self, items: Sequence[Binned]) -> None:
        """Undo ``restore``: into the bin again, for the same reasons."""
        with self._library.reading() as work:
            topics = {self._kind(work, each.subject).topic for each in items}
        with self._library.changing(*topics) as work:
            for each in items:
                work.of(each.subject).mark_deleted(each.id, reason=each.reason)

    def found(self, work: Work, ids: Sequence[str], refused: str) -> tuple[Binned, ...]:
        """These, in the order asked, each once; raises ``InputError`` with the word for what was
        refused, naming each that is not in the bin."""
        there: Mapping[str, Thrown] = {each.uid: each for each in work.thrown()}
        wanted = list(dict.fromkeys(ids))
        if missing := [uid for uid in wanted if uid not in there]:
            issues = [Issue(f"回收站里没有编号为 {uid} 的内容。", "not_in_bin") for uid in missing]
            remedy = "可能已经恢复过或已彻底删除，请重新查看回收站。"
            raise InputError(refused, remedy, issues)
        return tuple(self._binned(work, [there[uid] for uid in wanted]))

    def _binned(self, work: Work, thrown: Sequence[Thrown]) -> Iterator[Binned]:
        kinds: dict[str, Kind] = {}
        lines: dict[str, Any] = {}
        for subject in {each.subject for each in thrown}:
            kinds[subject] = self._kind(work, subject)
            lines |= work.of(subject).rows(e.uid for e in thrown if e.subject == subject)
        for each in thrown:
            kind = kinds[each.subject]
            title, day = kind.named(lines[each.uid])
            yield Binned(each.subject, each.uid, kind.title, title, day, each.at, each.reason)

    def _refusals(self, work: Work, binned: Binned) -> Iterator[Issue]:
        kind, store = self._kind(work, binned.subject), work.of(binned.subject)
        what = f"{binned.kind}“{binned.title}”"
        if twin := kind.twin(store.get([binned.id])[binned.id]):
            words = f"{what}：已有同一内容的记录在用：{twin}，恢复后会重复。"
            yield Issue(words, "duplicate", name=binned.title)
        for name in names_in_bin(work, binned.subject, binned.id):
            words = f"{what}：其中的{name}在回收站里，请先恢复{name}，或者一起恢复。"
            yield Issue(words, "name_unknown", name=binned.title)

    def _kind(self, work: Work, subject: str) -> Kind:
        return kind_of_store(Scene(work, self._library.path, self._clock()), subject)


def names_in_bin(work: Work, subject: str, uid: str) -> list[str]:
    """The members that this record names and that lie in the bin."""
    gone = [each.uid for each in work.thrown() if each.subject == work.members.subject]
    store = work.of(subject)
    named = [member for member in gone if uid in store.relying_on(member)]
    return [member.name for member in work.members.rows(named).values()]
