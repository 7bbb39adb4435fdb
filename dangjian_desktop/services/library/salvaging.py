"""A library made anew of what is left, when no copy is whole: of the damaged one and its copies
record by record, and of the minutes that were sealed when they were printed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from dangjian_desktop.domain.branch import Branch, BranchHistory
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.errors import BlockedError, UserError
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.services.library.changes import title_of
from dangjian_desktop.services.library.everything import problems_in
from dangjian_desktop.services.library.minutes_lock import with_slots
from dangjian_desktop.services.library.rebuilding import RebuildService
from dangjian_desktop.services.library.recovering import MINUTES_LOCKED
from dangjian_desktop.storage.copies.attaching import keep_file
from dangjian_desktop.storage.copies.attachments import bring, files_in, folder_of, sha256_of
from dangjian_desktop.storage.copies.contents import SEALED, digest_of, foreign_to
from dangjian_desktop.storage.copies.copies import restore
from dangjian_desktop.storage.copies.kept import kept_copies
from dangjian_desktop.storage.copies.minutes import closed_names, kept_minutes, key_names, reseal
from dangjian_desktop.storage.copies.salvage import MEETING, Source, from_state, put_in
from dangjian_desktop.storage.file.failures import system_told_in_words
from dangjian_desktop.storage.file.keys import LockedError, Under, key_name, keys_of, unlocked
from dangjian_desktop.storage.file.placing import folder_aside, sweep
from dangjian_desktop.storage.file.slots import write_slots
from dangjian_desktop.storage.file.unlocking import kept_slots
from dangjian_desktop.storage.library import Library
from dangjian_desktop.storage.purges import Kept
from dangjian_desktop.storage.records.attachments import Attached

REASON = "重建"
PASSWORD, CODE = "password", "code"


@dataclass(frozen=True, slots=True)
class Salvaged:
    """How many records by title, how many of the sittings came from sealed minutes alone, how many
    records were there and could not be stored, what ``verify`` says of the result, what opens it
    (``PASSWORD``, ``CODE``, nothing where it has none), and how many keys of sealed minutes were
    not given."""

    records: dict[str, int]
    from_minutes: int
    lost: int
    problems: tuple[str, ...]
    opens: str = ""
    closed: int = 0


def rebuild(library: Path) -> Salvaged:
    """Put a library made of what is left in the place of a damaged or missing one, which is kept
    as it is. It is made under the key that opened what was read. Raises ``BlockedError`` where
    nothing is left, or the place cannot be written, ``LockedError`` where the key is not given."""
    sources = [source for source in _sources(library) if source.readable]
    minutes = [*kept_minutes(library)]
    if not sources and not minutes and closed_names(library):
        refused = LockedError(
            "打印时另存的会议记录加了密码，还没有给出，没有重建。", MINUTES_LOCKED
        )
        refused.file = library
        raise refused
    if not sources and not minutes:
        raise BlockedError(
            "损坏的资料库、备份和另存的会议记录都读不出内容，无法重建。",
            "请找其他地方保存的备份（U盘、别的电脑）来恢复；原来的文件没有改动。",
        )
    under = _under(library, sources)
    with system_told_in_words(library.parent, "写入文件夹"):
        sweep(library.parent)
        with folder_aside(library) as part:
            made = part / library.name
            making = _Making(library, made, _branch(sources, minutes), under)
            done = making.run(sources, minutes)
            problems = problems_in(made)
            restore(made, library, accepted=problems)
            reseal(library)
    opens, closed = _opens(library), len(closed_names(library))
    return Salvaged(done.records, done.from_minutes, done.lost, problems, opens, closed)


def told(done: Salvaged) -> str:
    """What a rebuilt library holds and what is left to do, in words."""
    records = "，".join(f"{title} {count}" for title, count in done.records.items()) or "无记录"
    words = f"已用还能读出的内容重建：{records}"
    if done.from_minutes:
        words += f"（其中 {done.from_minutes} 次会议来自打印时另存的会议记录）"
    if done.lost:
        words += f"；另有 {done.lost} 条因所关联的内容已经没有，收不进来"
    words += _OPENS[done.opens]
    if done.closed:
        words += "。打印时另存的会议记录中，没有给出密码或恢复码的没有收入"
    return (
        f"{words}。以前各次保存没有了，每条记录只有收集到的这一版。"
        "请逐项核对，缺少的重新录入；原来的文件已原样另存在备份文件夹。"
    )


_OPENS = {
    "": "",
    PASSWORD: "。重建的资料库仍用原来的密码打开，恢复码不变",
    CODE: "。重建的资料库仍用原来的恢复码打开（钥匙文件不见了，打开时用恢复码设置新密码）",
}


def _under(library: Path, sources: list[Source]) -> Under | None:
    """What the new one is made with: the key of the library itself, else of the newest that was
    read and has one, else of the minutes that were opened; with its slots as far as there are."""
    own = keys_of(library)
    names = [key_name(source.file) for source in sources]
    found = filter(None, (unlocked(name) for name in (*names, *key_names(library)) if name))
    keys = own or next(found, None)
    if keys is None:
        return None
    slots = next(filter(None, (kept_slots(each, keys.name) for each in with_slots(library))), ())

    def beside(made: Path) -> None:
        if slots:
            write_slots(made, slots)

    return Under(keys, beside)


def _opens(library: Path) -> str:
    name = key_name(library)
    if name is None:
        return ""
    return PASSWORD if kept_slots(library, name) else CODE


def _sources(library: Path) -> Iterator[Source]:
    """The damaged one first, which is the newest, then its copies."""
    files = (library, *(copy.file for copy in kept_copies(library)))
    return (Source(file) for file in files if file.is_file())


def _branch(sources: list[Source], minutes: list[Any]) -> BranchHistory:
    found = next(filter(None, (source.branch() for source in sources)), None)
    names = [str(about["branch"]) for about, _ in minutes if about.get("branch")]
    return found or BranchHistory.of(Branch(name=names[-1] if names else "党支部（名称待填）"))


class _Making:
    """One library made anew."""

    def __init__(
        self, library: Path, made: Path, branch: BranchHistory, under: Under | None
    ) -> None:
        self._library, self._made, self._branch, self._under = library, made, branch, under
        self.records: dict[str, int] = {}
        self.from_minutes = self.lost = 0

    def run(self, sources: list[Source], minutes: list[Any]) -> _Making:
        made = Library.create(self._made, Branch(name=REASON), holder=REASON, under=self._under)
        try:
            with made.changing(*Topic) as work:
                work.branch.save(self._branch)
                for source in reversed(sources):
                    for key, value in source.settings().items():
                        work.settings.put(key, value)
                there: set[tuple[str, str]] = set()
                gone: dict[tuple[str, str], str] = {}
                acts: dict[str, str] = {}
                for source in sources:
                    there |= {*self._take(work, source, there | gone.keys())}
                    # What it knows to be purged comes back out of no older one.
                    kept = source.purged()
                    gone |= {about: at for about, at in kept.traces.items() if about not in there}
                    acts |= kept.acts
                work.purges.keep(Kept(gone, acts))
                self._add_minutes(work, minutes, there | gone.keys())
                self._register_files(work)
            RebuildService(made).run()
        finally:
            made.close()
        return self

    def _take(
        self, work: Any, source: Source, there: set[tuple[str, str]]
    ) -> Iterator[tuple[str, str]]:
        for subject, uid in source.records():
            if (subject, uid) in there:
                continue
            record = source.one(subject, uid)
            if record is not None and self._put(work, subject, record):
                yield subject, uid

    def _put(self, work: Any, subject: str, record: Any) -> bool:
        stored = put_in(work, subject, record, REASON)
        if stored:
            title = title_of(subject)
            self.records[title] = self.records.get(title, 0) + 1
        else:
            self.lost += 1
        return stored

    def _add_minutes(self, work: Any, minutes: list[Any], there: set[tuple[str, str]]) -> None:
        for _about, kept in minutes:
            record = from_state(kept.state) if (MEETING, kept.uid) not in there else None
            if record is not None and self._put(work, MEETING, record):
                self.from_minutes += 1

    def _register_files(self, work: Any) -> None:
        """The attachments that lie beside the damaged one, whole or not, are what there is."""
        keys = keys_of(self._made)
        bring(folder_of(self._library), folder_of(self._made))
        for name, file in files_in(folder_of(self._made)).items():
            attached = Attached(name, _digest(file), file.stat().st_size)
            if keys and foreign_to(keys, name) and not name.endswith(SEALED):
                with suppress(UserError):  # what is empty or too large stays as it is
                    attached = keep_file(self._made, file)
                    file.unlink()
            work.attachments.register(attached)


def _digest(file: Path) -> str:
    """Of the content; of a sealed one that does not open, of what lies there: it is told as
    changed."""
    with suppress(BlockedError):
        return digest_of(file)
    return sha256_of(file)
