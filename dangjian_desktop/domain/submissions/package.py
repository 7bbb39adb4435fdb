"""A package that went up to a superior, and what cannot be in one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.labelled import Labelled
from dangjian_desktop.domain.record import Facts, Problem
from dangjian_desktop.domain.references import KeptFile
from dangjian_desktop.frozen import dataclass


class Profile(Labelled):
    """Whether numbers, phones, family and masked fields stand in it."""

    FULL = "full", "完整"
    MASKED = "masked", "遮盖"


@dataclass(frozen=True, slots=True, kw_only=True)
class PackedFile:
    """One file as it was sent: ``paper`` is the code of what it is, ``about`` what that is of, and
    ``version`` tells the version of both that the library keeps; ``size`` in bytes."""

    title: str
    paper: str
    about: str = ""
    version: int = 1
    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """What was sent to ``recipient`` of ``period`` (``2026-Q1``) on ``day``, told as of ``as_of``.

    ``asked`` are the titles that the superior's list names, ``missing`` those of which nothing was
    in it. ``version`` counts what was sent of the period to the same recipient. ``reply`` is what
    the superior answered, ``reply_text`` the words of it.
    """

    id: str
    title: str
    recipient: str
    period: str
    day: date
    as_of: date
    profile: Profile
    version: int = 1
    asked: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    files: tuple[PackedFile, ...] = ()
    returned: date | None = None
    return_reason: str = ""
    reply: tuple[KeptFile, ...] = ()
    reply_text: str = ""
    note: str = ""
    deleted: bool = False


def package_title(period: Period, recipient: str, version: int) -> str:
    """2026年第一季度报送矿党委（第2版）."""
    return f"{period.label}报送{recipient}（第{version}版）"


def package_problems(package: Package, _facts: Facts) -> Iterator[Problem]:
    """A period that is none, a return before the sending, a reason without a return."""
    try:
        Period.parse(package.period)
    except ValueError:
        yield Problem("period", "时间段应写作 2026-03、2026-Q1、2026-H1 或 2026")
    if package.returned is not None and package.returned < package.day:
        yield Problem("returned", "退回日期早于报出日期")
    if package.return_reason and package.returned is None:
        yield Problem("returned", "填写了退回原因，请填写退回日期")
