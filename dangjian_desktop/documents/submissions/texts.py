"""The text of a PDF file that is to go up, whoever made it."""

from __future__ import annotations

import pypdfium2

from dangjian_desktop.errors import InputError


def pdf_pages(data: bytes, name: str) -> tuple[str, ...]:
    """The text of each page; raises ``InputError`` for what is no PDF, locked or without pages."""
    try:
        file = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        words = f"文件“{name}”打不开：不是PDF，已经损坏，或者设了密码。"
        raise InputError(words, "请重新生成这个文件。") from error
    try:
        pages = tuple(page.get_textpage().get_text_bounded().replace("\r", "") for page in file)
    finally:
        file.close()
    if not pages:
        raise InputError(f"文件“{name}”里一页也没有。", "请重新生成这个文件。")
    return pages
