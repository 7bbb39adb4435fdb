"""Anonymous sheets (测评票): what was handed out and came back, and the counts on them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.domain.record import Problem


def count_field(name: str, label: str) -> Field:
    """How many sheets."""
    return Field(name, label, FieldType.INTEGER)


SHEETS = (
    count_field("issued", "发出"),
    count_field("returned", "收回"),
    count_field("valid", "有效"),
)


def sheet_problems(
    issued: int | None, returned: int | None, valid: int | None
) -> Iterator[Problem]:
    """More came back than was handed out, more is valid than came back; what is not told is held
    against nothing."""
    if issued is not None and returned is not None and returned > issued:
        yield Problem("returned", f"收回{returned}张，多于发出的{issued}张")
    most, word = (returned, "收回") if returned is not None else (issued, "发出")
    if valid is not None and most is not None and valid > most:
        yield Problem("valid", f"有效{valid}张，多于{word}的{most}张")


def row_words(name: str, counts: Sequence[int | None], valid: int | None) -> str:
    """What is wrong with the counts of one who, or of what, was rated: together they are the valid
    sheets. Empty where they are, or where too little is told; whoever misses a count may have
    left out a nought."""
    told = [count for count in counts if count is not None]
    if valid is None or not told:
        return ""
    total = sum(told)
    if total > valid:
        return f"“{name}”各等次合计{total}张，多于有效的{valid}张"
    if total < valid and len(told) == len(counts):
        return f"“{name}”各等次合计{total}张，比有效的{valid}张少{valid - total}张"
    return ""
