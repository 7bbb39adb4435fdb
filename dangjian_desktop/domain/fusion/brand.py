"""A brand of the branch (支部品牌): what it means, what is planned, what proves it."""

from __future__ import annotations

from decimal import Decimal

from dangjian_desktop.domain.dates import PartialDate
from dangjian_desktop.domain.references import KeptFile, Link
from dangjian_desktop.frozen import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Brand:
    """``since`` is when it was begun; ``indicators`` show what came of it, with the values that
    they have everywhere. ``self_score`` is the branch's own, of 100, unknown until given."""

    id: str
    name: str
    kind: str = ""
    since: PartialDate | None = None
    meaning: str = ""
    plan: str = ""
    measures: tuple[str, ...] = ()
    projects: tuple[Link, ...] = ()
    indicators: tuple[Link, ...] = ()
    evidence: str = ""
    files: tuple[KeptFile, ...] = ()
    self_score: Decimal | None = None
    self_note: str = ""
    deleted: bool = False
