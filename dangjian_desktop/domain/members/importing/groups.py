"""A party group that is written only in the first row of its members."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


def groups_from_above(names: Sequence[str], values: Sequence[Sequence[Any]]) -> Mapping[int, str]:
    """For rows without a group the one above, where each group is written once and at its head.

    ``names`` are the fields of the columns ``values``. Empty where the column is filled in
    another manner: then a blank means that no group is known.
    """
    if "group" not in names:
        return {}
    column = values[names.index("group")]
    written = [group for group in column if group]
    if len(written) < 2 or len(set(written)) < len(written) or not column[0]:
        return {}
    found: dict[int, str] = {}
    held = column[0]
    for place, group in enumerate(column):
        if group:
            held = group
        else:
            found[place] = held
    return found
