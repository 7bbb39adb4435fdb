"""What is asked of an open library: check, figures, minutes, live check, search."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from statistics import quantiles

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.meetings.meeting import Meeting, MeetingFilter
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.storage.file.connecting import raw
from tests.benchmarks.growth.libraries import LAST_YEAR, library
from tests.benchmarks.growth.measuring import (
    cold,
    in_turns,
    median,
    milliseconds,
    opened,
    processor,
)
from tests.benchmarks.growth.words import chance
from tests.benchmarks.report import Report

BOTH = ("y1", "y10")
_JSON = {"meeting": "body"}
_READ = ("member", "member_span", "meeting", "meeting_kind", "attendance")


def check(report: Report, runs: int) -> None:
    """The check of everything, against reading and decoding the same rows."""
    bare = median(_bare, runs)
    took = {name: cold(name, lambda desk: desk.check.findings(), runs) for name in BOTH}
    report.line(milliseconds(bare=bare, **took))
    report.figure("check of everything, y10 : bare driver", took["y10"] / bare, 6, most=True)
    report.figure("check of everything, y10, s", took["y10"], 0.4, most=True)


def check_extreme(report: Report, runs: int) -> None:
    """The same of the extreme."""
    seconds = cold("x", lambda desk: desk.check.findings(), runs)
    report.figure("check of everything, x, s", seconds, 2, most=True)


def figures(report: Report, runs: int) -> None:
    """The figures of the last year."""
    year = Period.parse(str(LAST_YEAR))
    took = {name: cold(name, lambda desk: desk.summaries.figures(year), runs) for name in BOTH}
    report.line(milliseconds(**took))
    report.figure("figures of one year, y10 : y1", took["y10"] / took["y1"], 2, most=True)


def minutes_and_typing(report: Report, runs: int) -> None:
    """Minutes of one sitting as a preview; the check of one while it is typed."""
    with ExitStack() as stack:
        desks = {name: stack.enter_context(opened(library(name))) for name in BOTH}
        sittings = {name: _newest(desk) for name, desk in desks.items()}
        took = in_turns({name: _minutes(desks[name], sittings[name]) for name in BOTH}, runs)
        report.line(milliseconds(**took))
        ratio = took["y10"] / took["y1"]
        report.figure("minutes of one meeting, y10 : y1", ratio, 1.3, most=True)
        took = in_turns({name: _typing(desks[name], sittings[name]) for name in BOTH}, runs)
        report.line(milliseconds(**took))
        ratio = took["y10"] / took["y1"]
        report.figure("live check while typing, y10 : y1", ratio, 1.5, most=True)


def search(report: Report, each: int) -> None:
    """So many texts of each length out of the sittings themselves, asked of x."""
    with opened(library("x")) as desk:
        uids = desk.meetings.find()
        dice = chance(2)
        known = desk.meetings.get(dice.sample(uids, each))
        texts = [item.content[0] for sitting in known.values() for item in sitting.agenda]
        desk.search.find("会议")
        for length in (1, 2, 4):
            asked = [_part(text, length, dice.random()) for text in texts[:each]]
            took = sorted(processor(lambda text=text: desk.search.find(text)) for text in asked)
            slow = quantiles(took, n=20)[-1] * 1000
            report.figure(f"search on x, {length} characters, p95, ms", slow, 30, most=True)


def _part(text: str, length: int, where: float) -> str:
    start = int(where * (len(text) - length))
    return text[start : start + length]


def _bare() -> None:
    with raw(library("y10")) as connection:
        for table in _READ:
            found = connection.execute(f"SELECT * FROM {table}")
            names = [column[0] for column in found.description]
            rows = found.fetchall()
            if table in _JSON:
                place = names.index(_JSON[table])
                for row in rows:
                    json.loads(row[place])


def _newest(desk: Desk) -> Sequence[Meeting]:
    wanted = MeetingFilter(kind="general_meeting")
    return list(desk.meetings.get(desk.meetings.find(wanted)[:3]).values())


def _minutes(desk: Desk, sittings: Sequence[Meeting]):
    return lambda: [desk.printing.preview("minutes", sitting.id) for sitting in sittings]


def _typing(desk: Desk, sittings: Sequence[Meeting]):
    typed = [replace(sitting, place="正在输入") for sitting in sittings]
    return lambda: [desk.check.of_unsaved(sitting) for sitting in typed]
