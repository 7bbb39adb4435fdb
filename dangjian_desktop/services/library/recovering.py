"""A library that cannot be opened: what is wrong with it, and which ways back there are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from dangjian_desktop.errors import BlockedError
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.services.library.changes import counted, differences, told
from dangjian_desktop.services.library.copying import becomes, doubts_of, named
from dangjian_desktop.storage.copies.attachments import lost_files
from dangjian_desktop.storage.copies.carrying import brought_in
from dangjian_desktop.storage.copies.checks import broken_pages, findings
from dangjian_desktop.storage.copies.comparing import Difference, Readable, readable
from dangjian_desktop.storage.copies.kept import KeptCopy, in_folder, kept_copies
from dangjian_desktop.storage.copies.minutes import closed_names, count_minutes
from dangjian_desktop.storage.copies.notes import noted_folder
from dangjian_desktop.storage.copies.salvage import Source
from dangjian_desktop.storage.copies.second import NOTED_FOLDER
from dangjian_desktop.storage.file.failures import DamagedError
from dangjian_desktop.storage.file.keys import keys_of, refusal
from dangjian_desktop.storage.opening import examined
from dangjian_desktop.storage.tables import SCHEMA
from dangjian_desktop.storage.totals import require_totals

ENOUGH = 3
"""So many whole copies are looked for; older ones are looked at when they are wanted."""
MISSING = "资料库文件不见了"
DAMAGED = "资料库已损坏"
MINUTES_LOCKED = (
    "用环境变量 DANGJIAN_PASSWORD 给出当时的密码（要有 .keys 钥匙文件），"
    "或用 DANGJIAN_RECOVERY 给出恢复码（只凭恢复码就够）。"
)


@dataclass(frozen=True, slots=True)
class Choice:
    """One copy: what is wrong with it (None: not looked at), how many records it has by title,
    how many attachments are lost in it, why it does not open (empty: it has no password, or the
    right one was given), what is not as the program saved it in one that opens. In words what the
    library has of later than it, and what it has that cannot be read in the library."""

    copy: KeptCopy
    problem: str | None
    records: Mapping[str, int]
    lost: int
    since: str
    back: str
    locked: str = ""
    doubts: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether it was looked at and is whole, with all as it was saved."""
        return self.problem == "" and not self.doubts


@dataclass(frozen=True, slots=True)
class Damage:
    """A library that is damaged or gone: what is said of it, what can be read of it by title, the
    copies, newest first, and how many sealed minutes there are."""

    library: Path
    missing: bool
    problems: tuple[str, ...]
    records: Mapping[str, int]
    choices: tuple[Choice, ...]
    minutes: int

    @property
    def whole(self) -> Choice | None:
        """The newest copy that is whole."""
        return next((choice for choice in self.choices if choice.whole), None)

    @property
    def waits(self) -> tuple[str, ...]:
        """Why copies that have a password do not open, where none is known to be whole; none of
        them is lost before that was tried."""
        if self.whole is not None:
            return ()
        return tuple(dict.fromkeys(choice.locked for choice in self.choices if choice.locked))

    @property
    def heading(self) -> str:
        """What happened, in a few words."""
        return MISSING if self.missing else DAMAGED


def damage_of(library: Path) -> Damage | None:
    """What is wrong, and the ways back; None where the library is not damaged, or where it is
    missing and nothing is left of it either. Nothing is changed."""
    missing = not library.exists()
    if missing:
        if not (_copies(library) or count_minutes(library)):
            return None
        return _looked(library, missing=True)
    try:
        if examined(library, may_be_newer=True) == SCHEMA:
            require_totals(library)
    except DamagedError:
        return _looked(library, missing=False)
    except BlockedError:
        return None
    return None


@dataclass(frozen=True, slots=True)
class Versus:
    """A copy beside a damaged library, as far as that can be read: what is in the copy, what the
    library has of later, what only the copy has; whether anything of the library can be read, and
    all of it."""

    records: Mapping[str, int]
    since: Mapping[str, Difference]
    back: Mapping[str, int]
    anything: bool
    everything: bool

    @property
    def told(self) -> str:
        """What goes and what comes back with the copy, in sentences."""
        if not self.anything:
            return "现在的资料库里一条记录也读不出来，没有比较。"
        said = f"这份备份里有现在读不出的：{_counted(self.back)}。" if self.back else ""
        since = f"这份备份以后的变化，恢复后没有了：{told(self.since)}。"
        said += since if self.since else "还能读出的内容，这份备份里都有。"
        rest = (
            "" if self.everything else "只比较了还能读出的部分，其余的读不出来，不知道有没有变化。"
        )
        return said + rest


def beside_damaged(copy: Path, library: Path) -> Versus:
    """A copy, also one that was carried out, beside the damaged library in whose place it is to be
    put. Raises ``LockedError`` where its password was not given."""
    with brought_in(copy, library) as file, named(copy):
        keys_of(file)
        return _versus(readable(file), _sound(library))


def copy_told(copy: Path, library: Path) -> str:
    """What is in a copy from anywhere and what it would undo, in sentences; raises the same, and
    ``BlockedError`` for one that is damaged."""
    doubts_of(copy, library)
    versus = beside_damaged(copy, library)
    inside = f"里面有：{_counted(versus.records) or '还没有记录'}。"
    beside = versus.told if library.exists() else ""
    return f"{inside}{beside}{becomes(copy, library)}"


def damage_lines(damage: Damage) -> Iterator[str]:
    """The same for people who have no window."""
    yield f"{damage.heading}：{damage.library}"
    yield from damage.problems
    for choice in damage.choices:
        state = {None: "恢复时核对", "": "完好"}.get(choice.problem, "已损坏")
        state = "有密码" if choice.locked else "有改动" if choice.doubts else state
        records = _counted(choice.records) or ("还没有打开看过" if choice.locked else "读不出")
        yield f"  {choice.copy.at:%Y-%m-%d %H:%M}　{choice.copy.reason}　{state}　{records}"
        yield f"    {choice.copy.file}"
    if damage.whole is not None:
        yield f"恢复最近一份完好的：restore “{damage.whole.copy.file}”"
        return
    if any(choice.doubts for choice in damage.choices):
        yield "有改动的备份也可以恢复：restore 加上 --with-findings（先用 verify 看是哪些改动）"
    if damage.waits:
        yield f"备份有密码：请输入密码，再看有没有完好的。{damage.waits[0]}"
        return
    yield f"没有完好的备份；打印时另存的会议记录 {damage.minutes} 份。重建：recover --rebuild"
    if closed_names(damage.library):
        yield f"其中有加了密码的：{MINUTES_LOCKED}"


def damage_json(damage: Damage) -> dict[str, Any]:
    """The same for programs."""
    return {
        "damaged": True,
        "missing": damage.missing,
        "problems": list(damage.problems),
        "records": dict(damage.records),
        "minutes": damage.minutes,
        "copies": [
            {
                "file": str(choice.copy.file),
                "at": choice.copy.at.isoformat(),
                "reason": choice.copy.reason,
                "locked": bool(choice.locked),
                "whole": None if choice.problem is None else choice.whole,
                "records": dict(choice.records),
            }
            for choice in damage.choices
        ],
    }


def _counted(records: Mapping[str, int]) -> str:
    return "，".join(f"{title} {count}" for title, count in records.items())


def _looked(library: Path, *, missing: bool) -> Damage:
    found, problems = Readable({}, whole=False), tuple[str, ...]()
    if not missing:
        found = _sound(library)
        problems = (*_broken(library), _left(found))
    choices = tuple(_choices(library, found))
    return Damage(library, missing, problems, counted(found), choices, count_minutes(library))


def _sound(library: Path) -> Readable:
    source = Source(library)
    return source.sound() if source.readable else Readable({}, whole=False)


def _broken(library: Path) -> Iterator[str]:
    """Where it is damaged, in words."""
    many = broken_pages(library)
    if library.stat().st_size == 0:
        yield "文件是空的（0 字节）：写入时磁盘已满、断电或被别的程序清空。"
    elif many is None:
        yield "文件开头已损坏，整个文件打不开。"
    elif many:
        yield f"文件里有 {many} 处内容不是写入时的样子（磁盘故障、复制中断、同步软件等都会造成）。"
    else:
        yield "记录的数量或它们之间的联系，与上次关闭时对不上。"


def _left(found: Readable) -> str:
    if not found.sums:
        return "里面的记录一条也读不出来。"
    words = f"还能读出并核对无误：{_counted(counted(found))}。"
    return words if found.whole else f"{words}其余的已经读不出来，或核对不上。"


def _copies(library: Path) -> list[KeptCopy]:
    """Those of the copies folder, and of the second place what is not there."""
    own = kept_copies(library)
    second = noted_folder(library, NOTED_FOLDER)
    names = {copy.file.name for copy in own}
    others = in_folder(library, second) if second else ()
    return [*own, *(copy for copy in others if copy.file.name not in names)]


def _choices(library: Path, present: Readable) -> Iterator[Choice]:
    whole = 0
    for copy in _copies(library):
        closed = refusal(copy.file)
        if closed is not None:
            why = f"{closed.message}{closed.remedy}"
            yield Choice(copy, None, {}, 0, "", "", why)
            continue
        problem, doubts = _looked_at(copy.file) if whole < ENOUGH else (None, ())
        whole += problem == "" and not doubts
        yield _choice(copy, problem, doubts, present)


def _versus(records: Readable, present: Readable) -> Versus:
    found = dict(differences(records, present)) if present.sums else {}
    later = {title: replace(each, removed=0) for title, each in found.items()}
    return Versus(
        counted(records),
        since={title: each for title, each in later.items() if each},
        back={title: each.removed for title, each in found.items() if each.removed},
        anything=bool(present.sums),
        everything=present.whole,
    )


def _choice(
    copy: KeptCopy, problem: str | None, doubts: tuple[str, ...], present: Readable
) -> Choice:
    versus = _versus(readable(copy.file), present)
    return Choice(
        copy,
        problem,
        records=versus.records,
        lost=len(lost_files(copy.file)),
        since=told(versus.since),
        back=_counted(versus.back),
        doubts=doubts,
    )


def _looked_at(file: Path) -> tuple[str, tuple[str, ...]]:
    """What keeps the copy from being put back, and what is not as it was saved in it."""
    try:
        return "", findings(file)
    except BlockedError as error:
        return error.message, ()
