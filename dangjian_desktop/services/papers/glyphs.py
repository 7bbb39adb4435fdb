"""Whether what is typed can be printed."""

from __future__ import annotations

from dangjian_desktop.documents.fonts import missing_characters


def missing(text: str) -> tuple[str, ...]:
    """The characters that no face of this computer can print, each once."""
    return missing_characters(text)
