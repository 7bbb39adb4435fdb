"""A number of a summary together with the records that it was counted from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: ``records`` are ids of members or meetings, so that every number leads back.

    ``value`` is a count, or text where the contract wants text (rates such as ``"92.5"``) or
    where there is no number to give. ``unit`` is the Chinese unit behind the value.
    """

    value: str | int
    records: tuple[str, ...]
    label: str
    unit: str = ""

    @property
    def text(self) -> str:
        """Value and unit as a paper prints them."""
        return f"{self.value}{self.unit}" if self.known else str(self.value)

    @property
    def known(self) -> bool:
        """Whether the value is a number."""
        return isinstance(self.value, int) or self.value.replace(".", "", 1).isdigit()
