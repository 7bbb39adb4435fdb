"""The chain held against what it seals: which record was changed past the program, in which state;
and how a chain begins, ends, and follows an upgrade."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection
from sqlcipher3 import dbapi2

from dangjian_desktop.frozen import dataclass
from dangjian_desktop.storage.chain import (
    BEGUN,
    DOUBTED,
    MINUTES,
    SENT,
    TRACE,
    WRITTEN,
    Entry,
    Told,
    append,
    drop,
    end_of,
    entries,
    is_sound,
    key_in,
    state_sum,
)
from dangjian_desktop.storage.file.connecting import driver_of, engine_for
from dangjian_desktop.storage.file.failures import told_in_words
from dangjian_desktop.storage.file.keys import has_password
from dangjian_desktop.storage.meetings import MEETINGS
from dangjian_desktop.storage.present import present_texts
from dangjian_desktop.storage.purges import sealed_traces
from dangjian_desktop.storage.records.revisions import RevisionStore
from dangjian_desktop.storage.records.sums import row_sums
from dangjian_desktop.storage.sent import sent_versions
from dangjian_desktop.storage.tables import SCHEMA

About = tuple[str, str, int]
_REMEDY = (
    "上述内容不是用本程序改的。请与改动之前的备份对照（“备份”中的“比较”），"
    "需要时恢复那份备份；并查明谁接触过这个文件和密码。"
)


@dataclass(frozen=True, slots=True)
class _State:
    """A state as it lies in the file: when it was saved, its sum (none: it cannot be read), and of
    the newest the sum of its rows, as stored and as they are."""

    called: str
    at: str
    state: str | None
    rows: tuple[str, str] | None


def begin(connection: Connection) -> None:
    """Begin the chain anew with everything that is there; without a password there is none."""
    driver, key = driver_of(connection), key_in(connection)
    drop(driver)
    if key is None:
        return
    told = [Told(BEGUN, "", "", 0, "", "")]
    for (subject, uid, number), state in _states(connection).items():
        rows = state.rows[0] if state.rows else ""
        what = BEGUN if state.state is not None else DOUBTED
        told.append(Told(what, subject, uid, number, state.state or "", rows))
    append(driver, key, told)


@contextmanager
def followed(connection: Connection) -> Iterator[None]:
    """An upgrade, in its transaction: what it writes anew is sealed anew, where it was as it had
    been sealed; a chain begins where there was none."""
    driver, key = driver_of(connection), key_in(connection)
    there = driver.execute("SELECT 1 FROM sqlite_master WHERE name = 'chain'").fetchone()
    sealed = _sealed_sums(driver, key) if key is not None and there else {}
    yield
    if key is None:
        return
    if not there:
        begin(connection)
        return
    told = [
        Told(WRITTEN, *about, "", rows)
        for about, rows in _stored_sums(driver).items()
        if sealed.get(about, rows) != rows
    ]
    if told:
        append(driver, key, told)


def _sealed_sums(driver: dbapi2.Connection, key: bytes) -> dict[About, str]:
    """The sums of those records and papers that are as they were sealed last."""
    last = {e.about: e.rows for e in entries(driver) if e.rows and is_sound(key, e)}
    return {about: rows for about, rows in _stored_sums(driver).items() if last.get(about) == rows}


def chain_problems(connection: Connection) -> Iterator[str]:
    """Everything that was changed past the program, in words, and at last what to do."""
    key = key_in(connection)
    if key is None:
        return
    driver = driver_of(connection)
    found, end = entries(driver), end_of(driver, key)
    sound = [entry for entry in found if is_sound(key, entry)]
    states = _states(connection)
    told = [*_of_states(states, sound)]
    told += _of_links(found, {entry.place for entry in sound}, states)
    if end is None:
        told.append("封存链的末尾标记被删除或改动：在它之后被拿走的封存记录数不出来。")
    elif end.count > (last := found[-1].place if found else 0):
        told.append(f"封存链最后的{end.count - last}条封存记录被删除。")
    elif found and end.seal != found[-1].seal:
        told.append("封存链的最后一条封存记录不是程序写的。")
    yield from dict.fromkeys(told)
    if told:
        yield _REMEDY


def changed_outside(library: Path) -> tuple[str, ...]:
    """The same of a library that is open, or not; nothing where it has no password."""
    if not has_password(library):
        return ()
    with told_in_words(library), engine_for(library, write=False).begin() as reading:
        version = driver_of(reading).execute("PRAGMA user_version").fetchone()[0]
        return tuple(chain_problems(reading)) if version == SCHEMA else ()


def _of_states(states: Mapping[About, _State], sound: list[Entry]) -> Iterator[str]:
    """What is not as it was sealed, state by state."""
    purged = {
        (entry.subject.removeprefix(TRACE), entry.uid): entry.place
        for entry in sound
        if entry.subject.startswith(TRACE)
    }
    there = [entry for entry in sound if entry.place > purged.get(entry.about[:2], 0)]
    wanted = {entry.about: entry for entry in there if entry.state or _is_sent(entry)}
    last = {entry.about: entry.rows for entry in there if entry.rows}
    for about, entry in wanted.items():
        if about not in states:
            yield f"{_named(about, states)}（{_moment(entry.at)}封存）被删除。"
    for about, state in states.items():
        if wrong := _of_state(state, wanted.get(about), last.get(about)):
            yield f"{_named(about, states)}{wrong}"
    for entry in sound:
        if entry.what == DOUBTED:
            yield f"{_named(entry.about, states)}在{_moment(entry.at)}之前曾被改动。"


def _of_state(state: _State, entry: Entry | None, rows: str | None) -> str:
    """What is wrong with a state, by the entry that tells of it and the sum of its rows."""
    saved = f"（{_moment(state.at)}保存）" if state.at else ""
    if entry is None:
        return f"{saved}没有封存：不是本程序保存的，或者它的封存记录被删除、改动。"
    if state.state is None:
        return f"{saved}无法读取，不能与封存的核对。"
    if entry.state != state.state or (state.rows is not None and {rows} != set(state.rows)):
        return f"{saved}被改动，与封存的不一致。"
    return ""


def _of_links(
    found: list[Entry], sound: Collection[int], states: Mapping[About, _State]
) -> Iterator[str]:
    """Entries that were changed, put in or taken away, and links that lead nowhere."""
    if not found:
        yield "封存链被整个删除。"
        return
    place, seal = 0, b""
    for entry in found:
        if entry.place not in sound:
            about = f"（{_named(entry.about, states)}）" if entry.about in states else ""
            yield f"封存链第{entry.place}条封存记录{about}被改动或是外来的。"
            if entry.place != place + 1:
                continue
        elif entry.place > place + 1:
            missing = f"第{place + 1}" + (f"至{entry.place - 1}" if entry.place > place + 2 else "")
            yield f"封存链{missing}条封存记录被删除。"
        elif entry.before != seal:
            yield f"封存链第{entry.place}条与前一条不相接：前面的封存记录被换过。"
        place, seal = entry.place, entry.seal


def _states(connection: Connection) -> dict[About, _State]:
    """Every state of minutes and every paper that was sent, as they lie in the file."""
    driver = driver_of(connection)
    sums = {uid: (stored or "", true) for uid, stored, true in row_sums(connection, MEETINGS.sheet)}
    titles = dict(driver.execute("SELECT uid, title FROM meeting").fetchall())
    texts = {
        (uid, number): text
        for uid, number, text in RevisionStore(connection).every(
            MINUTES, present_texts(connection, MEETINGS, list(sums))
        )
    }
    query = "SELECT uid, number, saved_at, reason FROM revision WHERE subject = ? ORDER BY number"
    revisions = driver.execute(query, (MINUTES,)).fetchall()
    newest = {uid: number for uid, number, *_ in revisions}
    states = {}
    for uid, number, at, reason in revisions:
        text = texts.get((uid, number))
        summed = None if text is None else state_sum(text, at, reason)
        rows = sums.get(uid) if newest[uid] == number else None
        called = f"会议记录“{titles.get(uid, '')}”（编号{uid}）"
        states[MINUTES, uid, number] = _State(called, at, summed, rows)
    for paper, uid, version, name, checksum, whole in sent_versions(connection):
        about = f"{SENT}{paper}", uid, version
        states[about] = _State(f"报出的“{name}”", "", "", (checksum, checksum if whole else ""))
    for told, called, at in sealed_traces(driver):
        states[told.subject, told.uid, 0] = _State(called, at, told.state, None)
    return states


def _stored_sums(driver: dbapi2.Connection) -> dict[About, str]:
    """The sums as they are stored: of minutes in their newest state, and of what was sent."""
    minutes = (
        "SELECT r.subject, r.uid, max(r.number), m.checksum FROM revision r"
        " JOIN meeting m ON m.uid = r.uid WHERE r.subject = ? GROUP BY r.uid"
    )
    found = driver.execute(minutes, (MINUTES,)).fetchall()
    papers = "SELECT ? || paper, uid, version, checksum FROM sent"
    found += driver.execute(papers, (SENT,)).fetchall()
    return {(subject, uid, number): checksum or "" for subject, uid, number, checksum in found}


def _is_sent(entry: Entry) -> bool:
    return entry.subject.startswith(SENT)


def _named(about: About, states: Mapping[About, _State]) -> str:
    """What a state is called: its record, and which version of it."""
    subject, uid, number = about
    same = (state for (*of, _number), state in states.items() if of == [subject, uid])
    known = states.get(about) or next(same, None)
    if subject.startswith(SENT):
        return f"{known.called if known else '报出的文件'}第{number}版"
    if subject.startswith(TRACE):
        return known.called if known else f"“彻底删除”的登记（编号{uid}）"
    called = known.called if known else f"会议记录（编号{uid}）"
    return f"{called}的第{number}次保存" if number else called


def _moment(at: str) -> str:
    return at[:16].replace("T", " ")
