"""The paper with the recovery code, made in memory; it is written only where the user says."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from dangjian_desktop.papers.recovery_sheet import TITLE, compose_sheet
from dangjian_desktop.services.files import write_file
from dangjian_desktop.services.rendering import pdf_of
from dangjian_desktop.storage.file.moments import now
from dangjian_desktop.storage.file.recovery_code import mark_of, read_code
from dangjian_desktop.storage.file.sealing import keys_from

__all__ = ["TITLE", "sheet_pdf", "write_sheet"]


def sheet_pdf(groups: Sequence[str], library: str) -> bytes:
    """The sheet as PDF; ``library`` is the name of the library's file."""
    mark = mark_of(keys_from(read_code("-".join(groups))).name)
    return pdf_of(compose_sheet(groups, library, now(), mark))


def write_sheet(groups: Sequence[str], library: str, file: Path) -> Path:
    """Write the sheet as PDF where the user said; raises ``BlockedError``."""
    return write_file(file.parent, file.stem, ".pdf", sheet_pdf(groups, library), force=True)
