"""The parts of a .docx that hold text, taken out to be read and put back; all else stays."""

from __future__ import annotations

import re
import zlib
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from lxml import etree

from dangjian_desktop.documents.word_package import MAIN, broken, require_word
from dangjian_desktop.errors import InputError

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SETTINGS, _STYLES = "word/settings.xml", "word/styles.xml"
_AROUND = re.compile(r"word/(header|footer)\d*\.xml")
_OFF = ("0", "false", "off", None)
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_UNREADABLE = (BadZipFile, KeyError, SyntaxError, zlib.error, OSError, RuntimeError, ValueError)


class Package:
    """A form's file, opened. Raises ``InputError`` for what is protected or no plain .docx."""

    def __init__(self, data: bytes, name: str) -> None:
        require_word(data, name)
        try:
            with ZipFile(BytesIO(data)) as file:
                self._parts = [(part, file.read(part)) for part in file.infolist()]
            there = {part.filename: content for part, content in self._parts}
            main, settings, styles = (there.get(n, b"") for n in (MAIN, _SETTINGS, _STYLES))
            around = sorted(part for part in there if _AROUND.fullmatch(part))
            read = (main, settings, styles, *(there[part] for part in around))
            if any(_DOCTYPE.search(part) for part in read):
                raise broken(name)
            self.root = _parsed(main)
            self.around = {part: _parsed(there[part]) for part in around}
            self.styles = _parsed(styles) if styles else None
            kept = _parsed(settings) if settings else None
        except _UNREADABLE as error:
            raise broken(name) from error
        if self.root.find(f"{W}body") is None:
            raise broken(name)
        if kept is not None:
            _require_open(kept, name)
        self._roots = {MAIN: self.root, **self.around}
        self._before = {part: _text_of(root) for part, root in self._roots.items()}

    def written(self) -> bytes:
        """The file with the parts that were changed; every other has its bytes and its day."""
        texts = {part: _text_of(root) for part, root in self._roots.items()}
        packed = BytesIO()
        with ZipFile(packed, "w") as new:
            for part, content in self._parts:
                told = texts.get(part.filename, content)
                same = part.filename in texts and told == self._before[part.filename]
                new.writestr(part, content if same else told, part.compress_type)
        return packed.getvalue()


def _text_of(root: Any) -> bytes:
    found: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return found


def _parsed(data: bytes) -> Any:
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))


def _require_open(settings: Any, name: str) -> None:
    protection = settings.find(f"{W}documentProtection")
    if protection is not None and protection.get(f"{W}enforcement") not in _OFF:
        raise InputError(
            f"文件“{name}”设有编辑保护，不能填写。",
            "请在 Word 或 WPS 里打开它，在“审阅—限制编辑”中停止保护，保存后再选；"
            "不知道密码的，请向发表的单位要一份没有保护的空表。",
        )
