"""JSON that has one spelling only: whatever is signed or hashed can be written in no second way."""

from __future__ import annotations

import json
from typing import Any


def canonical(value: Any) -> bytes:
    """The one spelling of a value."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def read_canonical(data: bytes) -> Any:
    """The value; raises ``ValueError`` for another spelling, a key that stands twice among them."""
    value = json.loads(data.decode("utf-8"), object_pairs_hook=_once, parse_constant=_no)
    if canonical(value) != data:
        raise ValueError("not the one spelling")
    return value


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def _no(constant: str) -> Any:
    raise ValueError(constant)
