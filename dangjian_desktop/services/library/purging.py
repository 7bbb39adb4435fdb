"""彻底删除: what lies in the bin goes for good, after a copy, with a reason that is kept."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from dangjian_desktop.domain.meetings.retention import BASIS, kept_elsewhere
from dangjian_desktop.domain.members.member import new_id
from dangjian_desktop.domain.submissions.record import PACKAGE
from dangjian_desktop.domain.texts import clean
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.errors import BlockedError, InputError, Issue
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.masking import masked
from dangjian_desktop.paths import lent_folder
from dangjian_desktop.services.library.copying import CopyService
from dangjian_desktop.services.library.holding import Holding
from dangjian_desktop.services.library.kept_kinds import Scene, kind_of_store
from dangjian_desktop.services.library.recycle_bin import Binned, BinService
from dangjian_desktop.services.of_library import OfLibrary
from dangjian_desktop.storage.clearing import clear_out, purged_since
from dangjian_desktop.storage.copies.attachments import files_in, sha256_of
from dangjian_desktop.storage.copies.carrying import brought_in
from dangjian_desktop.storage.copies.copies import BEFORE_PURGE
from dangjian_desktop.storage.file.lock import holder_of
from dangjian_desktop.storage.file.moments import stamp
from dangjian_desktop.storage.present import UNREADABLE
from dangjian_desktop.storage.purges import Purge
from dangjian_desktop.storage.work import Work

__all__ = ["ELSEWHERE", "LONGEST", "Plan", "Purge", "PurgeService", "Purged", "comes_back"]

ELSEWHERE = (
    "以前的备份和这次清除前的备份里还有，随备份轮换逐步消失；要马上去掉的，请删除那些备份文件",
    "打印、导出、拷走的文件不在资料库里，请自行处理",
)
"""Where it is still, whatever was purged."""
LONGEST = 200
"""Characters of a reason."""
_REFUSED = "没有彻底删除，回收站没有改动。"
_NAMED_AT_MOST = 8


@dataclass(frozen=True, slots=True)
class Plan:
    """What would go, and what would stay although it has to do with it.

    ``versions`` are earlier states, ``files`` attachments that nothing else uses and ``shared``
    those that something does, ``linking`` other records linked to these, ``sent`` papers about them
    that were sent, ``kept`` what is known of how long such papers are kept.
    """

    items: tuple[Binned, ...]
    versions: int
    drafts: int
    files: int
    shared: int
    linking: int
    sent: int
    kept: tuple[str, ...] = ()

    @property
    def kinds(self) -> Mapping[str, int]:
        """How many of each kind, by its title."""
        return Counter(each.kind for each in self.items)

    @property
    def going(self) -> tuple[str, ...]:
        """What goes, line by line."""
        kinds = "、".join(f"{kind} {count}" for kind, count in self.kinds.items())
        lines = [f"{len(self.items)} 条记录（{kinds}），和搜索索引里的内容"]
        lines += [f"它们以前的 {self.versions} 个版本"] if self.versions else []
        lines += [f"没保存的草稿 {self.drafts} 份"] if self.drafts else []
        lines += [f"只有它们用到的附件 {self.files} 个"] if self.files else []
        return tuple(lines)

    @property
    def staying(self) -> tuple[str, ...]:
        """What stays and why, line by line."""
        lines = [*ELSEWHERE]
        if self.sent:
            words = f"已报出的文件 {self.sent} 份：上级手里有同样的一份，留底不能少"
            lines.append(words)
        if self.shared:
            lines.append(f"别的记录（含以前的版本）也用到的附件 {self.shared} 个")
        if self.linking:
            lines.append(f"有 {self.linking} 条记录关联着它们，关联处以后显示“已彻底删除”")
        if any(each.subject == "member" for each in self.items):
            lines.append("其他记录的文字里写到的姓名不变")
        lines.append("清除记录：什么时间、在哪台电脑、删了哪类几条、什么原因，不含内容")
        return tuple(lines)


@dataclass(frozen=True, slots=True)
class Purged:
    """What was done: the act as it is kept, what went, the copy made before, and why pages or files
    could not be cleared at once ("": they were)."""

    act: Purge
    items: tuple[Binned, ...]
    copy: Path
    left: str = ""


class PurgeService(OfLibrary):
    """The way out of the bin of one library that has no way back."""

    def plan(self, ids: Sequence[str]) -> Plan:
        """What purging these would mean; nothing is changed.

        Raises ``InputError`` naming each that is not in the bin, that something else needs, or
        that went up to a superior.
        """
        with self._library.reading() as work:
            items = self._items(work, ids)
            return self._plan(work, items, self._files(work, items))

    def purge(self, ids: Sequence[str], reason: str) -> Purged:
        """Purge these, all or none, after a copy (清除前).

        Raises ``InputError`` as ``plan`` does and without a reason, ``BlockedError`` where no copy
        could be made or the library cannot be written: then everything is as it was.
        """
        why = _reason(reason)
        with self._library.reading() as work:
            items = self._items(work, ids)
            topics = {self._kind(work, each.subject).topic for each in items}
        copy = self._copy()
        with self._library.changing(*topics, Topic.DRAFTS) as work:
            items = self._items(work, ids)
            files = self._files(work, items)
            alone = [digest for digest, shared in files.items() if not shared]
            holder, host = holder_of(self._library.path)
            kinds = dict(Counter(each.kind for each in items))
            act = Purge(new_id(), stamp(), holder, host, why, kinds, len(alone))
            identity, forms = work.identity, [*self._forms(work, items)]
            work.purges.purge(self._keepings(work), _wanted(items), act, alone, forms)
        _forget_outside(identity, forms, alone)
        return Purged(act, items, copy, self._cleared())

    def acts(self) -> tuple[Purge, ...]:
        """Every purge there was, the last first."""
        with self._library.reading() as work:
            return work.purges.acts()

    def comes_back(self, copy: Path) -> str:
        """What putting this copy back would bring back, in words; see ``comes_back``."""
        return comes_back(copy, self._library.path)

    def _copy(self) -> Path:
        if not self._library.writable:
            with self._library.changing():
                """Raises, with the reason."""
        try:
            return CopyService(self._library, self._clock).backup(reason=BEFORE_PURGE).file
        except BlockedError as error:
            words = f"清除前的备份没有做成，没有彻底删除任何内容。{error.message}"
            raise BlockedError(words, error.remedy) from error

    def _cleared(self) -> str:
        try:
            clear_out(self._library.path)
        except BlockedError as error:
            return f"{error.message}文件里腾出的空页还没有清理，下次打开资料库时自动清理。"
        return ""

    def _items(self, work: Work, ids: Sequence[str]) -> tuple[Binned, ...]:
        items = BinService(self._library, self._clock).found(work, ids, _REFUSED)
        if issues := [*_sent_up(work, items), *self._needed(work, items)]:
            raise InputError(_REFUSED, "请按提示处理后再彻底删除。", issues)
        return items

    def _plan(self, work: Work, items: Sequence[Binned], files: Mapping[str, bool]) -> Plan:
        wanted, store = _wanted(items), work.purges
        return Plan(
            items=tuple(items),
            versions=max(store.versions(wanted) - len(items), 0),
            drafts=store.drafts(wanted, self._forms(work, items)),
            files=sum(not shared for shared in files.values()),
            shared=sum(files.values()),
            linking=store.linking(wanted),
            sent=store.sent(wanted),
            kept=tuple(_kept(work, wanted.get(work.meetings.subject, ()))),
        )

    def _files(self, work: Work, items: Sequence[Binned]) -> dict[str, bool]:
        return work.purges.files(self._keepings(work), _wanted(items))

    def _needed(self, work: Work, items: Sequence[Binned]) -> Iterator[Issue]:
        """What others name: they would lead nowhere."""
        titles = {each.id: f"{each.kind}“{each.title}”" for each in items}
        naming: dict[str, list[str]] = defaultdict(list)
        for named in work.purges.naming(_wanted(items)):
            words = self._named(work, named.subject, named.uid, draft=named.draft)
            if words not in naming[named.target]:
                naming[named.target].append(words)
        for target, named_by in naming.items():
            told = "、".join(named_by[:_NAMED_AT_MOST])
            more = f"等{len(named_by)}处" if len(named_by) > _NAMED_AT_MOST else ""
            yield Issue(
                f"{titles[target]}：{told}{more}写到或关联着它，请先在那里去掉，"
                "或先彻底删除那条记录（可以一起选中）。",
                "needed",
            )

    def _named(self, work: Work, subject: str, uid: str, *, draft: bool) -> str:
        kind, line = self._kind(work, subject), work.of(subject).rows([uid]).get(uid)
        if draft:
            return f"{kind.title}没保存的草稿"
        title, _day = kind.named(line)
        return f"{kind.title}“{title}”"

    def _forms(self, work: Work, items: Sequence[Binned]) -> Iterator[tuple[str, str]]:
        """Under which form and id drafts of these are kept."""
        for subject, uids in _wanted(items).items():
            kind, lines = self._kind(work, subject), work.of(subject).rows(uids)
            yield from (kind.draft(line) for line in lines.values())

    def _kind(self, work: Work, subject: str) -> Any:
        return kind_of_store(Scene(work, self._library.path, self._clock()), subject)

    def _keepings(self, work: Work) -> dict[str, Any]:
        return {store.subject: store.keeping for store in work.stores()}


def comes_back(copy: Path, library: Path) -> str:
    """In words how many records of a copy were purged since it was made; empty for none."""
    with brought_in(copy, library) as file:
        count = purged_since(file, library)
    if not count:
        return ""
    return f"这份备份里有 {count} 条后来彻底删除的记录，恢复后又会有，可以再彻底删除。"


def _wanted(items: Sequence[Binned]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for each in items:
        found[each.subject].append(each.id)
    return dict(found)


def _reason(reason: str) -> str:
    why = clean(reason)[0].strip()
    if not why:
        words = "没有写原因，没有彻底删除任何内容。"
        raise InputError(words, "请写明为什么彻底删除；原因会留在清除记录里，不要写记录的内容。")
    if masked(why) != why:
        raise InputError(
            "原因里有身份证号、手机号之类的号码，没有彻底删除任何内容。",
            "原因会一直留在清除记录里，请不要写号码和姓名。",
        )
    if len(why) > LONGEST:
        raise InputError(f"原因有{len(why)}个字，太长。", f"请缩短到{LONGEST}个字以内。")
    return why


def _sent_up(work: Work, items: Sequence[Binned]) -> Iterator[Issue]:
    """Packages that were sent: the superior has the same."""
    store = work.of(PACKAGE.code)
    for each in items:
        if each.subject == store.subject and any(p.files for p in store.get([each.id]).values()):
            yield Issue(
                f"报送包“{each.title}”已经报出，留底要与上级手里的一致，不能彻底删除；"
                "可以一直放在回收站里。",
                "sent",
            )


def _kept(work: Work, uids: Sequence[str]) -> Iterator[str]:
    """What is kept for years of such sittings; one that is damaged tells nothing."""
    told: Counter[str] = Counter()
    for uid in uids:
        with suppress(BlockedError, *UNREADABLE):
            for meeting in work.meetings.get([uid]).values():
                told.update(kept_elsewhere(meeting))
    if told:
        yield from (f"{words}（{count} 次）" for words, count in told.items())
        yield BASIS


def _forget_outside(
    identity: str, forms: Sequence[tuple[str, str]], digests: Sequence[str]
) -> None:
    """What lies elsewhere on this computer: drafts that waited for the library, and files that
    another program was shown."""
    for form, uid in forms:
        with suppress(BlockedError):
            Holding().drop(identity, form, uid)
    for file in files_in(lent_folder()).values() if digests else ():
        with suppress(OSError, BlockedError):
            if sha256_of(file) in digests:
                file.unlink()
