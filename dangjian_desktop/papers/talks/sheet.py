"""What papers of talks are about."""

from __future__ import annotations

from dangjian_desktop.domain.branch import Branch
from dangjian_desktop.domain.talks.coverage import Coverage, TalkKind
from dangjian_desktop.domain.talks.talk import HeartTalk
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.papers.stamp import Stamp


@dataclass(frozen=True, slots=True)
class TalkSheet:
    """One talk with its ``kinds`` by the posts of its day; without one the form is empty. What was
    said is there where the library has a password, else room to write it by hand."""

    branch: Branch
    stamp: Stamp
    talk: HeartTalk | None = None
    kinds: tuple[TalkKind, ...] = ()


@dataclass(frozen=True, slots=True)
class CoverageSheet:
    """Who has talked with whom in a year."""

    branch: Branch
    stamp: Stamp
    coverage: Coverage
