"""A filled template as it is shown, printed and written."""

from __future__ import annotations

from pathlib import Path

from dangjian_desktop.late import Late
from dangjian_desktop.services.files import write_file
from dangjian_desktop.services.rendering import Format, pdf_of
from dangjian_desktop.services.templates.filling import TemplateView

LEFT_OUT = "模板里有图片、文本框或脚注，预览和 PDF 里没有，请以 Word 文件为准。"
_READER = Late("documents.word_as_document:as_document")


def pdf_of_view(view: TemplateView) -> bytes:
    """The filled template as PDF, set in our own faces; raises ``InputError``."""
    return pdf_of(_READER.read()(view.require_made(view.name), view.name))


def write_view(
    view: TemplateView, folder: Path, form: Format, *, force: bool = False
) -> list[Path]:
    """Write the filled template into a folder; raises ``InputError``, ``BlockedError``."""
    data = view.require_made(view.name) if form is Format.DOCX else pdf_of_view(view)
    return [write_file(folder, view.name, f".{form}", data, force=force)]
