"""Zipped files, as Word and Excel have them, without the moment at which they were packed."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo


def undated(data: bytes) -> bytes:
    """The same parts in the same order; none tells of the clock, so the same makes the same."""
    made = BytesIO()
    with ZipFile(BytesIO(data)) as before, ZipFile(made, "w", ZIP_DEFLATED) as file:
        for part in before.infolist():
            # A ``ZipInfo`` has a fixed date; a mere name would take the clock's.
            file.writestr(ZipInfo(part.filename), before.read(part), ZIP_DEFLATED)
    return made.getvalue()
