"""报出: a summary as it was sent, kept whole, and what became of its figures since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from dangjian_desktop.documents.look import Look
from dangjian_desktop.domain.dates import Period, chinese_date
from dangjian_desktop.domain.summaries.counting import cutoff
from dangjian_desktop.domain.summaries.figure import Figure, Group, Over
from dangjian_desktop.domain.summaries.summaries import SummaryWords
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.errors import BlockedError, InputError, Issue
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.papers.catalogue import Wanted
from dangjian_desktop.papers.dressing import dressed
from dangjian_desktop.papers.stamp import Stamp
from dangjian_desktop.papers.summaries.compose import compose_summary
from dangjian_desktop.papers.summaries.sheet import PeriodSheet
from dangjian_desktop.services.files import write_file
from dangjian_desktop.services.look_keeping import look_of_paper, unusual
from dangjian_desktop.services.of_library import OfLibrary
from dangjian_desktop.services.rendering import BOTH, Format, rendered
from dangjian_desktop.services.stamping import stamped
from dangjian_desktop.services.summaries.counted import counted
from dangjian_desktop.storage.sent import Sent, moment
from dangjian_desktop.storage.work import Work

PAPER = "summary"
NONE = "无"
DAY = "day"
"""The field that ``InputError`` names for a day on which nothing can have been sent."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure that is no longer what was sent; ``NONE`` where it is no longer counted."""

    name: str
    label: str
    sent: str
    now: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SentSummary:
    """One version as it was sent on ``day`` with records up to ``until``.

    ``differences`` are the figures that the records give otherwise now; ``reworded`` tells
    whether the user's own words have changed since. ``name`` is that of the files.
    """

    version: int
    day: date
    until: date
    name: str
    figures: Mapping[str, Figure]
    words: SummaryWords
    files: Mapping[str, bytes]
    differences: tuple[Difference, ...]
    reworded: bool

    @property
    def title(self) -> str:
        """第1版，2026年4月2日报出，数据截止2026年3月31日."""
        day, until = chinese_date(self.day), chinese_date(self.until)
        return f"第{self.version}版，{day}报出，数据截止{until}"

    @property
    def changed(self) -> str:
        """What has changed since, in one line."""
        words = [f"{len(self.differences)} 项数据"] if self.differences else []
        words += ["填写的文字"] if self.reworded else []
        return f"报出后{'、'.join(words)}有变化" if words else "报出后没有变化"


class SendingService(OfLibrary):
    """The versions of the summaries of one library; ``clock`` tells the present time."""

    def send(
        self,
        period: Period,
        day: date | None = None,
        folder: Path | None = None,
        formats: Sequence[Format] = BOTH,
        *,
        look: Look | None = None,
        force: bool = False,
    ) -> tuple[SentSummary, list[Path]]:
        """Keep the summary as it is now as the next version, sent on the day (today).

        It takes the look that is kept for summaries unless one is given. With a ``folder`` its
        files are written too; nothing is kept when they cannot be. Raises
        ``InputError`` for a day on which it cannot have been sent.
        """
        now = self._clock()
        sent_on = day or now.date()
        with self._library.reading() as work:
            self._require_day(work, period, sent_on, now.date())
            version = work.sent.next_version(PAPER, str(period))
            stamp = stamped(work, version, now)
            sheet = replace(counted(work, period, sent_on, stamp), sent_on=sent_on)
            look = look_of_paper(work, PAPER) if look is None else unusual(look)
        made = _made(sheet, version, sent_on, look)
        with self._library.changing(Topic.SUMMARIES) as work:
            if work.sent.next_version(PAPER, str(period)) != made.version:
                raise BlockedError(
                    f"{period.label}汇总刚刚由另一个程序报出，这一次没有保存。", "请核对后重试。"
                )
            work.sent.add(PAPER, str(period), made)
            files = _written(made.name, made.files, folder, formats, force) if folder else []
        return self.version(period, made.version), files

    def versions(self, period: Period) -> tuple[SentSummary, ...]:
        """Every version of the period, oldest first, beside what the records say now."""
        with self._library.reading() as work:
            now = self._clock()
            present = counted(work, period, now.date(), Stamp(None, now))
            return versions_of(work, period, present.figures, present.words)

    def version(self, period: Period, number: int) -> SentSummary:
        """One version; raises ``InputError`` where there is none of this number."""
        known = self.versions(period)
        found = next((sent for sent in known if sent.version == number), None)
        if found is None:
            there = f"已有第1版至第{len(known)}版" if known else "这个时间段还没有报出过"
            raise InputError(f"{period.label}汇总没有第{number}版。", f"{there}。")
        return found

    def write(
        self,
        sent: SentSummary,
        folder: Path,
        formats: Sequence[Format] = BOTH,
        *,
        force: bool = False,
    ) -> list[Path]:
        """Write the files again, byte for byte as they were."""
        return _written(sent.name, sent.files, folder, formats, force)

    def _require_day(self, work: Work, period: Period, day: date, today: date) -> None:
        before = work.sent.of(PAPER, str(period))
        first = before[-1].day if before else period.first
        if first <= day <= today:
            return
        since = f"上一版的报送日期{chinese_date(first)}" if before else f"{period.label}第一天"
        words = f"{period.label}汇总的报送日期不能是{chinese_date(day)}。"
        remedy = f"请填写从{since}到今天（{chinese_date(today)}）的日期。"
        if today < period.first:
            remedy = f"{period.label}还没有到，请选择本月或以前的时间段。"
        raise InputError(words, remedy, [Issue(words + remedy, field=DAY)])


def versions_of(
    work: Work, period: Period, figures: Mapping[str, Figure], words: SummaryWords
) -> tuple[SentSummary, ...]:
    """Every version of the period, oldest first, beside what figures and words are now."""
    return tuple(_beside(sent, figures, words) for sent in work.sent.of(PAPER, str(period)))


def difference_json(found: Sequence[Difference]) -> list[dict[str, str]]:
    """Figures that are no longer what was sent, as the command line tells them."""
    return [{"name": d.name, "label": d.label, "sent": d.sent, "now": d.now} for d in found]


def sent_json(sent: SentSummary) -> dict[str, Any]:
    """A version as the command line tells it."""
    return {
        "version": sent.version,
        "sent_on": sent.day.isoformat(),
        "until": sent.until.isoformat(),
        "changed": [difference.name for difference in sent.differences],
        "words_changed": sent.reworded,
    }


def _made(sheet: PeriodSheet, version: int, day: date, look: Look | None) -> Sent:
    wanted = Wanted(period=sheet.period, look=look)
    document = dressed(compose_summary(sheet, wanted), sheet, look)
    return Sent(
        version=version,
        day=day,
        until=cutoff(sheet.period, day),
        at=moment(),
        name=document.name,
        content=told_by(sheet),
        files={form.value: rendered(document, form) for form in BOTH},
    )


def told_by(sheet: PeriodSheet) -> dict[str, Any]:
    """The figures and words of the paper, as a version keeps them."""
    return {
        "figures": {name: _plain(figure) for name, figure in sheet.figures.items()},
        "words": sheet.words.as_json(),
    }


def figures_in(content: Mapping[str, Any]) -> dict[str, Figure]:
    """The figures that a version kept."""
    return {name: _figure(plain) for name, plain in content["figures"].items()}


def _beside(sent: Sent, now: Mapping[str, Figure], words: SummaryWords) -> SentSummary:
    figures = figures_in(sent.content)
    said = SummaryWords.from_json(sent.content["words"])
    return SentSummary(
        version=sent.version,
        day=sent.day,
        until=sent.until,
        name=sent.name,
        figures=figures,
        words=said,
        files=sent.files,
        differences=tuple(differences_of(figures, now)),
        reworded=said != words,
    )


def differences_of(sent: Mapping[str, Figure], now: Mapping[str, Figure]) -> list[Difference]:
    """Of the figures that were sent; what is counted only since was no part of the paper."""
    both = ((name, then, now.get(name)) for name, then in sent.items())
    return [
        Difference(name, then.label, then.text, present.text if present else NONE)
        for name, then, present in both
        if present is None or present.value != then.value
    ]


def _plain(figure: Figure) -> dict[str, Any]:
    names = ("value", "records", "label", "unit", "group", "over")
    return {name: getattr(figure, name) for name in names}


def _figure(plain: Mapping[str, Any]) -> Figure:
    return Figure(
        value=plain["value"],
        records=tuple(plain["records"]),
        label=plain["label"],
        unit=plain["unit"],
        group=Group(plain["group"]),
        over=Over(plain["over"]),
    )


def _written(
    name: str,
    files: Mapping[str, bytes],
    folder: Path,
    formats: Sequence[Format],
    force: bool,
) -> list[Path]:
    return [write_file(folder, name, f".{f}", files[f.value], force=force) for f in formats]
