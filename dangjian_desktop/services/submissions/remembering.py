"""What a library remembers of packages beside their records: names, places, the last order."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from dangjian_desktop.domain.submissions.naming import PATTERN
from dangjian_desktop.storage.state import recorded_changes
from dangjian_desktop.storage.work import Work

_NAMES, _LAST, _OWN = "submissions.names", "submissions.last_by", "submissions.own_changes"
_PLACES = "submissions.places"


def pattern_for(work: Work, recipient: str) -> str:
    """How the files for a recipient are named."""
    return str((work.settings.get(_NAMES) or {}).get(recipient, PATTERN))


def remember_pattern(work: Work, recipient: str, pattern: str) -> None:
    """Name the files for a recipient so from now on."""
    work.settings.put(_NAMES, {**(work.settings.get(_NAMES) or {}), recipient: pattern})


def same_before(work: Work, whose: str, digest: str) -> str | None:
    """The package that the same order made of the same records, other packages aside."""
    last: Mapping[str, Any] = (work.settings.get(_LAST) or {}).get(whose) or {}
    same = last.get("order") == digest and last.get("changes") == _changes(work)
    return str(last["package"]) if same else None


def remember_order(work: Work, whose: str, digest: str, package: str) -> None:
    """The order that this very change carries out; it is itself no change of the records."""
    before = _changes(work)
    work.settings.put(_OWN, (work.settings.get(_OWN) or 0) + 1)
    last = {"package": package, "order": digest, "changes": before}
    work.settings.put(_LAST, {**(work.settings.get(_LAST) or {}), whose: last})


def _changes(work: Work) -> int:
    """How many changes the library has seen that made no package."""
    return recorded_changes(work.settings) - int(work.settings.get(_OWN) or 0)


def remember_place(work: Work, package: str, place: Path) -> None:
    """Where a package was written."""
    work.settings.put(_PLACES, {**(work.settings.get(_PLACES) or {}), package: str(place)})


def place_of(work: Work, package: str) -> Path | None:
    """Where it was written when it was made, whether it is there still or not."""
    told = (work.settings.get(_PLACES) or {}).get(package)
    return Path(told) if told else None
