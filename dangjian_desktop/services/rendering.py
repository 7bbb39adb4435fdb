"""Documents as files and as what the preview shows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path

from dangjian_desktop.documents.fonts import bundled_fonts
from dangjian_desktop.documents.model import Document
from dangjian_desktop.documents.pdf import render_pdf
from dangjian_desktop.services.files import write_file


class Format(StrEnum):
    """Kinds of files."""

    DOCX = "docx"
    PDF = "pdf"


BOTH = (Format.DOCX, Format.PDF)


def pdf_of(document: Document) -> bytes:
    """The document as PDF; the sample with our own faces, so that it looks alike everywhere."""
    return render_pdf(document, bundled_fonts() if document.mark else None)


def _word_of(document: Document) -> bytes:
    from dangjian_desktop.documents.word import render_word

    return render_word(document)


_RENDER: dict[Format, Callable[[Document], bytes]] = {
    Format.DOCX: _word_of,
    Format.PDF: pdf_of,
}


def rendered(document: Document, form: Format) -> bytes:
    """The bytes of the file."""
    return _RENDER[form](document)


def write_document(
    document: Document, folder: Path, formats: Sequence[Format] = BOTH, *, force: bool = False
) -> list[Path]:
    """Render and write one document in each format; never replaces a file unless forced."""
    return [
        write_file(folder, document.name, f".{form}", rendered(document, form), force=force)
        for form in formats
    ]
