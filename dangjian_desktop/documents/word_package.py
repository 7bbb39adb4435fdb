"""What is asked of a Word file that somebody else made before any of it is read."""

from __future__ import annotations

from io import BytesIO
from zipfile import BadZipFile, ZipFile

from dangjian_desktop.errors import InputError

MAIN = "word/document.xml"
AS_DOCX = "请在 Word 或 WPS 里打开它，另存为“Word 文档（.docx）”后再选。"
_OLD = b"\xd0\xcf\x11\xe0"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_MOST = 200 * 1024 * 1024
_MOST_PARTS = 5000


def require_word(data: bytes, name: str) -> None:
    """Raises ``InputError`` for everything that is no plain .docx of a bearable size."""
    where = f"文件“{name}”"
    if data.startswith(_OLD) and _LOCKED in data:
        raise InputError(
            f"{where}设有打开密码，读不出来。", "请在 Word 或 WPS 里打开它，取消密码、保存后再选。"
        )
    if data.startswith(_OLD):
        raise InputError(f"{where}是旧格式（.doc、.wps）的文件，或者设有打开密码。", AS_DOCX)
    try:
        names = _names(data, where)
    except (BadZipFile, NotImplementedError, EOFError, OSError, ValueError) as error:
        if data[:2] == b"PK":
            raise broken(name) from error
        raise InputError(f"{where}不是 Word 文件（.docx）。", AS_DOCX) from error
    if any(part.casefold().endswith("vbaproject.bin") for part in names):
        raise InputError(f"{where}带有宏，没有打开。", "请另存为不带宏的 .docx 后再选。")
    if "xl/workbook.xml" in names:
        told = f"{where}其实是Excel工作簿，不是 Word 文件。"
        raise InputError(told, "请把文件名改为以.xlsx结尾，再选它。")
    if MAIN not in names:
        raise InputError(f"{where}不是 Word 文件（.docx）。", AS_DOCX)


def broken(name: str) -> InputError:
    """What to say of a file that ends in the middle or is no longer what it was."""
    return InputError(f"文件“{name}”已损坏，读不出来。", "请换一份完好的文件，或重新保存后再选。")


def _names(data: bytes, where: str) -> set[str]:
    with ZipFile(BytesIO(data)) as file:
        parts = file.infolist()
        if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST:
            raise InputError(f"{where}展开后太大，没有读取。", "请换一份只有文字和表格的文件。")
        return {part.filename for part in parts}
