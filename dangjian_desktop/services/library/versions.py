"""The versions of a record: every state that was saved, two of them compared, one brought back."""

from __future__ import annotations

import re
from typing import Any

from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.errors import BlockedError, InputError, Issue
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.services.library.kept_kinds import Kind, Scene, kind_of_store
from dangjian_desktop.services.library.recycle_bin import names_in_bin
from dangjian_desktop.services.library.telling import Difference, Line, compared
from dangjian_desktop.services.of_library import OfLibrary
from dangjian_desktop.storage.records.store import RecordStore
from dangjian_desktop.storage.work import Work

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_FIRST, _CHANGED = "新建", "修改"


@dataclass(frozen=True, slots=True)
class Version:
    """One saved state: ``number`` from 1, ``saved_at`` ISO text, ``reason`` what was done."""

    number: int
    saved_at: str
    reason: str


@dataclass(frozen=True, slots=True)
class Printed:
    """One print of a version: ``at`` ISO text, ``look`` the title of its look, "" where unknown."""

    version: int
    at: str
    look: str


@dataclass(frozen=True, slots=True)
class History:
    """A record with its versions, oldest first; the last is what it is now.

    ``staying`` are the parts that no older version takes the place of; ``prints`` are those that
    were noted, oldest first.
    """

    id: str
    kind: str
    title: str
    deleted: bool
    versions: tuple[Version, ...]
    staying: tuple[str, ...] = ()
    prints: tuple[Printed, ...] = ()


@dataclass(frozen=True, slots=True)
class _Found:
    store: RecordStore[Any, Any, Any]
    kind: Kind
    present: Any


class VersionService(OfLibrary):
    """The versions of the records of one library; ``clock`` tells the present time.

    Records are asked for by id, whatever their kind; a ledger by its code as well. Every method
    raises ``InputError`` for what is not there, ``BlockedError`` for a state that is damaged.
    """

    def history(self, uid: str) -> History:
        """Every saved state of a record, also of one in the bin."""
        with self._library.reading() as work:
            found = self._find(work, uid)
            kept = found.store.revisions(found.present.id)
            title, _day = found.kind.named(found.present)
            prints = tuple(Printed(p.version, p.at, p.look) for p in work.prints.of(uid))
        told = ((r.number, r.saved_at, r.reason or _usual(r.number)) for r in kept)
        return History(
            id=found.present.id,
            kind=found.kind.title,
            title=title,
            deleted=found.present.deleted,
            versions=tuple(Version(*each) for each in told),
            staying=found.kind.staying,
            prints=prints,
        )

    def lines(self, uid: str, number: int) -> tuple[Line, ...]:
        """What stood in one version, field by field."""
        with self._library.reading() as work:
            found = self._find(work, uid)
            return tuple(found.kind.lines(_version(found, number)))

    def as_json(self, uid: str, number: int) -> dict[str, Any]:
        """One version in the JSON of the contract."""
        with self._library.reading() as work:
            found = self._find(work, uid)
            return found.kind.as_json(_version(found, number))

    def compare(self, uid: str, older: int, newer: int) -> tuple[Difference, ...]:
        """What two versions do not have alike; covered is covered in both."""
        with self._library.reading() as work:
            found = self._find(work, uid)
            before, after = (
                tuple(found.kind.lines(_version(found, number))) for number in (older, newer)
            )
        return compared(before, after)

    def restore(self, uid: str, number: int) -> int:
        """Make a version the present state, as a version of its own; its number.

        Raises ``InputError`` where that cannot be: the record is in the bin, a draft of it waits,
        it is so already, or what holds by now forbids it.
        """
        with self._library.reading() as work:
            topic = self._find(work, uid).kind.topic
        with self._library.changing(topic, Topic.DRAFTS) as work:
            found = self._find(work, uid)
            value, present = _version(found, number), found.present
            self._require_room(work, found, number)
            issues = [Issue(words, "invalid") for words in found.kind.refusals(value)]
            issues += _purged(work, found, number)
            if not issues:
                found.kind.put(value, present, f"恢复到第{number}版")
                gone = names_in_bin(work, found.store.subject, present.id)
                issues = [
                    Issue(f"其中的{n}在回收站里，请先恢复{n}。", "name_unknown") for n in gone
                ]
            if issues:
                raise InputError(
                    f"第{number}版不能恢复，没有改动任何内容。", "请按提示处理后再恢复。", issues
                )
            return found.store.revision_number(present.id)

    def _require_room(self, work: Work, found: _Found, number: int) -> None:
        present = found.present
        if present.deleted:
            raise InputError("这条记录在回收站里，不能恢复到以前的版本。", "请先从回收站恢复。")
        if work.drafts.get(*found.kind.draft(present)) is not None:
            raise InputError(
                "这条记录有还没保存的草稿，恢复到以前的版本会丢掉它。",
                "请先打开这条记录，保存或放弃草稿。",
            )
        if number == found.store.revision_number(present.id):
            raise InputError(f"第{number}版就是现在的内容。", "不需要恢复。")

    def _find(self, work: Work, uid: str) -> _Found:
        code = next((kept.id for kept in work.ledgers.all() if kept.code == uid), uid)
        for store in work.stores():
            if store.rows([code]):
                scene = Scene(work, self._library.path, self._clock())
                return _Found(store, kind_of_store(scene, store.subject), store.get([code])[code])
        raise InputError(
            f"没有编号为 {uid} 的记录，或者它还没有保存过。", "请查看记录的编号后再试。"
        )


def _version(found: _Found, number: int) -> Any:
    try:
        return found.store.version(found.present.id, number)
    except KeyError:
        raise InputError(f"没有第{number}版。", "请重新查看历次版本。") from None
    except (ValueError, TypeError):
        raise BlockedError(
            f"第{number}版是较早的程序保存的，本程序读不出来。", "现在的记录不受影响。"
        ) from None


def _purged(work: Work, found: _Found, number: int) -> list[Issue]:
    """Whether it names a member, or a project a sitting, that was purged since."""
    gone = work.purges.gone(set(_UUID.findall(found.store.content_of(found.present.id, number))))
    carried = {"member", "meeting"} if found.store.subject == work.projects.subject else {"member"}
    if carried.isdisjoint(subject for subject, _uid in gone):
        return []
    words = "这一版里写到的人或会议已经彻底删除，请照这一版的内容另行填写。"
    return [Issue(words, "purged")]


def _usual(number: int) -> str:
    return _FIRST if number == 1 else _CHANGED
