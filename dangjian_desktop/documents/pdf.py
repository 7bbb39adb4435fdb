"""A document as PDF."""

from __future__ import annotations

from dangjian_desktop.documents.fitting import fitted
from dangjian_desktop.documents.flow import Flow
from dangjian_desktop.documents.fonts import FontSet, fonts_of
from dangjian_desktop.documents.model import Document
from dangjian_desktop.documents.pdf_sheets import Sheets
from dangjian_desktop.documents.typeset import typesetter_of


def render_pdf(document: Document, fonts: FontSet | None = None) -> bytes:
    """The document as a PDF whose faces are embedded; the same input gives the same bytes.

    ``fonts`` are the faces of this machine with ours behind them unless given. Raises
    ``BlockedError`` when a font file cannot be read.
    """
    typesetter = typesetter_of(fonts or fonts_of(document.look)).naming(document)
    document = fitted(document, typesetter)
    sheets = Sheets(document, typesetter)
    Flow(document, typesetter, sheets).pour()
    return sheets.finish()
