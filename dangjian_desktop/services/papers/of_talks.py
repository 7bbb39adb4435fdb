"""What papers of talks are about: one of them, or those of a year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from dangjian_desktop.domain.checks.talking import covered_in
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.levels import Outlet
from dangjian_desktop.domain.showing import fields_shown
from dangjian_desktop.domain.talks.coverage import kinds_of
from dangjian_desktop.domain.talks.record import HEART_TALK
from dangjian_desktop.domain.talks.talk import HeartTalk
from dangjian_desktop.papers.talks.sheet import CoverageSheet, TalkSheet
from dangjian_desktop.services.checks.gathering import bare
from dangjian_desktop.services.papers.sheets import Asked
from dangjian_desktop.storage.work import Work


def of_talk(work: Work, asked: Asked) -> TalkSheet:
    """The talk as far as it may be printed here, or an empty form where none was given."""
    if asked.record is None:
        return TalkSheet(work.branch.on(asked.day), asked.stamp(work))
    talk: HeartTalk = asked.record
    shown = [*fields_shown(HEART_TALK, Outlet.PRINT, protected=work.protected)]
    hidden = {f.name: f.empty for f in HEART_TALK.fields if f not in shown}
    version = work.of(HEART_TALK.code).revision_number(talk.id) or None
    return TalkSheet(
        branch=work.branch.on(talk.day),
        stamp=asked.stamp(work, version),
        talk=replace(talk, **hidden),
        kinds=kinds_of(talk, work.roster().on(talk.day)),
    )


def of_talks(work: Work, asked: Asked) -> CoverageSheet:
    """The year that is asked for, as of its end or of the day."""
    period = asked.wanted.period or Period(asked.today.year, 1, 12)
    day = min(asked.today, date(period.year, 12, 31))
    found = covered_in(bare(work, day), period.year)
    return CoverageSheet(work.branch.on(day), asked.stamp(work), found)
