"""The chain held against what it seals: which record was changed past the program, in which state;
and how a chain begins, ends, and follows an upgrade."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import astuple
from pathlib import Path
from typing import Any

from sqlalchemy import Connection
from sqlcipher3 import dbapi2

from dangjian_desktop.frozen import dataclass
from dangjian_desktop.storage.chain import (
    ACCEPTED,
    BEGUN,
    DOUBTED,
    MINUTES,
    SENT,
    TRACE,
    WRITTEN,
    End,
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
from dangjian_desktop.storage.copies.accepting import (
    Acceptance,
    Finding,
    accept,
    acceptances,
    finding,
    lost_acceptances,
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
REMEDY = (
    "上述内容不是用本程序改的。请与改动之前的备份、打印过的会议记录对照，"
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


def in_words(found: Collection[Finding]) -> Iterator[str]:
    """Each once, and at last what to do."""
    yield from dict.fromkeys(each.words for each in found)
    if found:
        yield REMEDY


def chain_findings(connection: Connection) -> tuple[list[Finding], list[Acceptance]]:
    """Everything that was changed past the program: what nobody has looked at, and who has looked
    at what."""
    key = key_in(connection)
    if key is None:
        return [], []
    driver = driver_of(connection)
    found = entries(driver)
    sound = [entry for entry in found if is_sound(key, entry)]
    states = _states(connection)
    told = [*_of_links(found, {entry.place for entry in sound}, states)]
    told += [*_of_end(found, end_of(driver, key)), *lost_acceptances(driver, sound)]
    # Where there is no entry left it is no news that there is none for each of them.
    told += _of_states(states, sound) if found else ()
    looked_at = [*acceptances(driver, sound)]
    known = {mark for each in looked_at for mark in each.marks}
    names = {_bare(uid): state.called for (of, uid, _), state in states.items() if of == MINUTES}
    new = [each for each in told if each.mark not in known]
    return new, [each.called(names) for each in looked_at]


def accept_changes(connection: Connection, by: str, note: str) -> bool:
    """Seal that somebody has looked at everything that is new; whether there was anything."""
    key, driver = key_in(connection), driver_of(connection)
    if key is None or not chain_findings(connection)[0]:
        return False
    append(driver, key, [Told(ACCEPTED, ACCEPTED, "", 0, "", "")])
    (new, _looked_at), states = chain_findings(connection), _states(connection)
    doubted = {each.about for each in new}
    # What is saved after them is no further change past the program.
    append(
        driver,
        key,
        [
            Told(WRITTEN, *about, "", rows)
            for about, rows in _stored_sums(driver).items()
            if about in doubted
        ],
    )
    # No title is kept there: whoever purges a record leaves no word of it.
    called = {state.called: _bare(uid) for (of, uid, _), state in states.items() if of == MINUTES}
    accept(driver, key, [each.renamed(called) for each in new], by, note)
    return True


def _bare(uid: str) -> str:
    """What a sitting is called without its title."""
    return f"会议记录（编号{uid}）"


def changed_outside(library: Path) -> tuple[tuple[str, ...], tuple[Acceptance, ...]]:
    """The same of a library that is open, or not; nothing where it has no password: what is new in
    words, and who has looked at what."""
    if not has_password(library):
        return (), ()
    with told_in_words(library), engine_for(library, write=False).begin() as reading:
        version = driver_of(reading).execute("PRAGMA user_version").fetchone()[0]
        if version != SCHEMA:
            return (), ()
        new, looked_at = chain_findings(reading)
        return tuple(dict.fromkeys(each.words for each in new)), tuple(looked_at)


def _of_end(found: list[Entry], end: End | None) -> Iterator[Finding]:
    """What is wrong behind the last entry."""
    last = found[-1].place if found else 0
    seal = found[-1].seal if found else b""
    if end is None:
        words = "封存链的末尾标记被删除或改动：在它之后被拿走的封存记录数不出来。"
        yield finding(words, "end", last, seal)
    elif end.count > last:
        yield finding(f"封存链最后的{end.count - last}条封存记录被删除。", "cut", last, end.count)
    elif found and end.seal != seal:
        yield finding("封存链的最后一条封存记录不是程序写的。", "last", seal)


def _of_states(states: Mapping[About, _State], sound: list[Entry]) -> Iterator[Finding]:
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
            words = f"{_named(about, states)}（{_moment(entry.at)}封存）被删除。"
            yield finding(words, "gone", about, about=about)
    for about, state in states.items():
        for wrong, *lies_there in _of_state(state, wanted.get(about), last.get(about)):
            yield finding(f"{_named(about, states)}{wrong}", about, *lies_there, about=about)
    for entry in sound:
        if entry.what == DOUBTED:
            words = f"{_named(entry.about, states)}在{_moment(entry.at)}之前曾被改动。"
            yield finding(words, "doubted", entry.seal)


def _of_state(
    state: _State, entry: Entry | None, rows: str | None
) -> Iterator[tuple[str, str, Any]]:
    """What is wrong with a state, by the entry that tells of it and the sum of its rows; and what
    lies there."""
    saved = f"（{_moment(state.at)}保存）" if state.at else ""
    changed = f"{saved}被改动，与封存的不一致。"
    if entry is None:
        words = f"{saved}没有封存：不是本程序保存的，或者它的封存记录被删除、改动。"
        yield words, "strange", state.state
    elif state.state is None:
        yield f"{saved}无法读取，不能与封存的核对。", "unreadable", state.rows
    elif entry.state != state.state:
        yield changed, "state", state.state
    if entry is not None and state.rows is not None and {rows} != set(state.rows):
        yield changed, "rows", state.rows


def _of_links(
    found: list[Entry], sound: Collection[int], states: Mapping[About, _State]
) -> Iterator[Finding]:
    """Entries that were changed, put in or taken away, and links that lead nowhere."""
    if not found:
        sittings = len({uid for subject, uid, _number in states if subject == MINUTES})
        papers = sum(subject.startswith(SENT) for subject, _uid, _number in states)
        words = f"封存链被整个删除：{sittings}次会议、{papers}份报出材料都没有封存，无从核对。"
        yield finding(words, "all")
        return
    place, seal = 0, b""
    for entry in found:
        if entry.place not in sound:
            about = f"（{_named(entry.about, states)}）" if entry.about in states else ""
            words = f"封存链第{entry.place}条封存记录{about}被改动或是外来的。"
            yield finding(words, "entry", *astuple(entry))
            if entry.place != place + 1:
                continue
        elif entry.place > place + 1:
            missing = f"第{place + 1}" + (f"至{entry.place - 1}" if entry.place > place + 2 else "")
            words = f"封存链{missing}条封存记录被删除。"
            yield finding(words, "missing", place, entry.place)
        elif entry.before != seal:
            words = f"封存链第{entry.place}条与前一条不相接：前面的封存记录被换过。"
            yield finding(words, "link", entry.seal, seal)
        place, seal = entry.place, entry.seal


def _states(connection: Connection) -> dict[About, _State]:
    """Every state of minutes and every paper that was sent, as they lie in the file."""
    driver = driver_of(connection)
    sums = {uid: (stored or "", true) for uid, stored, true in row_sums(connection, MEETINGS.sheet)}
    query = "SELECT uid, '“' || title || '”（' || date || '）' FROM meeting"
    titles = dict(driver.execute(query).fetchall())
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
        called = f"会议记录{titles.get(uid, f'（编号{uid}）')}"
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
    called = known.called if known else _bare(uid)
    return f"{called}的第{number}次保存" if number else called


def _moment(at: str) -> str:
    return at[:16].replace("T", " ")
