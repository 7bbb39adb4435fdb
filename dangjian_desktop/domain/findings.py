"""Verdicts of the 体检: what was found, on which basis, from which records."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """符合, 提示, 不符合, 无法判断; the program advises and never decides."""

    OK = "ok"
    NOTICE = "notice"
    VIOLATION = "violation"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """The word for people."""
        return {"ok": "符合", "notice": "提示", "violation": "不符合", "unknown": "无法判断"}[self]

    @property
    def sign(self) -> str:
        """The sign that stands beside the word, so that colour is never alone."""
        return {"ok": "✓", "notice": "!", "violation": "✕", "unknown": "?"}[self]


@dataclass(frozen=True, slots=True)
class Finding:
    """One verdict. ``records`` are ids of the records it tells of, ``waiver`` the written reason.

    ``key`` names the finding for a waiver: the same rule about the same subject.
    """

    rule: str
    verdict: Verdict
    subject: str
    message: str
    basis: str
    records: tuple[str, ...] = ()
    waiver: str | None = None

    @property
    def key(self) -> tuple[str, str]:
        """Rule and subject; what a waiver is kept under."""
        return self.rule, self.subject
