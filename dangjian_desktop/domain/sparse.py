"""Fields that a stored class got later: what is stored without them must stay what it was."""

from __future__ import annotations

from dataclasses import field, fields
from functools import cache
from typing import Any

SPARSE = "sparse"


def sparse(default: Any) -> Any:
    """A field that is left out of the stored text while it holds its default: older states are
    kept as what differs from the text of the record, which must not change by itself."""
    return field(default=default, metadata={SPARSE: True})


def without_sparse(value: Any, told: dict[str, Any]) -> dict[str, Any]:
    """What is told of a value, without such fields of its class."""
    later = _later(value.__class__)
    return {n: part for n, part in told.items() if (n, part) not in later} if later else told


@cache
def _later(of: Any) -> tuple[tuple[str, Any], ...]:
    """These fields of a dataclass, with what they hold then."""
    return tuple((each.name, each.default) for each in fields(of) if each.metadata.get(SPARSE))
