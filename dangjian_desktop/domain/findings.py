"""Verdicts of the 体检: what was found, on which basis, from which records."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from dangjian_desktop.domain.labelled import Labelled
from dangjian_desktop.frozen import dataclass


class Verdict(Labelled):
    """符合, 提示, 不符合, 无法判断; the program advises and never decides."""

    OK = "ok", "符合"
    NOTICE = "notice", "提示"
    VIOLATION = "violation", "不符合"
    UNKNOWN = "unknown", "无法判断"

    @property
    def sign(self) -> str:
        """The sign that stands beside the word, so that colour is never alone."""
        return {"ok": "✓", "notice": "!", "violation": "✕", "unknown": "?"}[self]


@dataclass(frozen=True, slots=True)
class Cause:
    """One thing that leaves a verdict open, and where to settle it.

    ``subject`` is the code of the record that lacks it (``meeting``: the first of the finding's
    records; ``member``: each of ``people``, ids; ``branch``), ``field`` the place in it
    (``agenda.0.vote.yes``, ``full_approved``).
    """

    words: str
    subject: str
    field: str
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict in words, with what leaves it open."""

    verdict: Verdict
    words: str
    causes: tuple[Cause, ...] = ()


def unknown(words: str, *causes: Cause) -> Judgement:
    """What cannot be said, and why."""
    return Judgement(Verdict.UNKNOWN, words, causes)


def words_of(causes: Iterable[Cause]) -> str:
    """The causes in words that name what to settle."""
    return "；".join(dict.fromkeys(cause.words for cause in causes))


def lacking(words: str, subject: str, field: str, *people: str) -> Judgement:
    """What cannot be said for one cause, which the words name (without their end)."""
    return unknown(f"无法判断：{words}。", Cause(words, subject, field, people))


@dataclass(frozen=True, slots=True)
class Finding:
    """One verdict. ``records`` are ids of the records it tells of, ``waiver`` the written reason.

    ``causes`` say of an unknown verdict what is missing, and of whom. ``span`` are the first and
    the last day of what it tells of: of a sitting both are its day, of a duty those of its period.
    ``owed`` are the kind and the group (empty: the branch) of a sitting that is missing, ``late``
    tells that its time is over. ``key`` names the finding for a waiver: the same rule about the
    same subject.
    """

    rule: str
    verdict: Verdict
    subject: str
    message: str
    basis: str
    records: tuple[str, ...] = ()
    waiver: str | None = None
    causes: tuple[Cause, ...] = ()
    span: tuple[date, date] | None = None
    owed: tuple[str, str] | None = None
    late: bool = False

    @property
    def open(self) -> bool:
        """Whether something is to be done or said about it."""
        return self.verdict is not Verdict.OK and self.waiver is None

    def asking(self, what: str, of: str, *, late: bool = True) -> Finding:
        """The same, asking for what is owed, perhaps though its time is over."""
        return replace(self, owed=(what, of), late=late)

    @property
    def key(self) -> tuple[str, str]:
        """Rule and subject; what a waiver is kept under."""
        return self.rule, self.subject
