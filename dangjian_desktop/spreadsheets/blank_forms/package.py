"""The parts of an .xlsx, taken out to be read and put back with all else as it was."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from functools import cached_property
from io import BytesIO
from pathlib import PurePath
from typing import Any
from zipfile import ZipFile, ZipInfo

from lxml import etree
from openpyxl.formula.tokenizer import TokenizerError

from dangjian_desktop.errors import InputError
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.spreadsheets.packages import read_part, read_parts
from dangjian_desktop.spreadsheets.worksheets import inspect

BOOK, STRINGS, STYLES = "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml"
CHAIN = "xl/calcChain.xml"
MISFITS = (ValueError, LookupError, TypeError, AttributeError, TokenizerError)
"""What parts that do not fit together end in."""
_OLE, _ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_RESAVE = "请用Excel或WPS打开它，另存为一份新的.xlsx文件，再选这一份。"
_IN_WORD = "请把文件名改为以.docx结尾，再选它。"


@dataclass(frozen=True, slots=True)
class SheetPart:
    """One worksheet: the name on its tab, its part, its number for the chain of formulas."""

    name: str
    part: str
    number: str
    hidden: bool


class Book:
    """A form's file, opened. Raises ``InputError`` for what is encrypted, damaged or no .xlsx."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name, self._data = name, data
        _require_workbook(data, name)
        try:
            self._parts = read_parts(data, name)
            if BOOK not in self._parts:
                raise _other_package(name, set(self._parts))
            inspect(self._parts, name)
        except InputError as error:
            raise InputError(error.message, _IN_WORD if _is_word(error) else _RESAVE) from error
        self._trees: dict[str, Any] = {}
        self._changed: set[str] = set()

    def has(self, part: str) -> bool:
        """Whether there is such a part."""
        return part in self._parts

    def tree(self, part: str) -> Any:
        """The root of a part, parsed once; raises ``InputError`` for a damaged one."""
        if part not in self._trees:
            parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
            try:
                self._trees[part] = etree.fromstring(self._content_of(part), parser)
            except etree.XMLSyntaxError as error:
                raise damaged(self.name) from error
        return self._trees[part]

    def _content_of(self, part: str) -> bytes:
        return self._parts.get(part) or read_part(self._data, part, self.name)

    def change(self, part: str) -> Any:
        """The root of a part that is going to be written anew."""
        self._changed.add(part)
        return self.tree(part)

    @cached_property
    def sheets(self) -> tuple[SheetPart, ...]:
        """The worksheets in the order of their tabs."""
        targets = {key: target for key, _kind, target in self.relations(BOOK)}
        return tuple(
            SheetPart(
                name=sheet.get("name", ""),
                part=targets.get(_relation_of(sheet), ""),
                number=sheet.get("sheetId", ""),
                hidden=sheet.get("state", "visible") != "visible",
            )
            for sheet in children(self.tree(BOOK), "sheets", "sheet")
            if targets.get(_relation_of(sheet), "") in self._parts
        )

    @cached_property
    def strings(self) -> list[Any]:
        """The texts that cells share."""
        return list(children(self.tree(STRINGS), "si")) if self.has(STRINGS) else []

    def relations(self, part: str) -> Iterator[tuple[str, str, str]]:
        """Id, kind (the end of its type) and part of everything that a part refers to."""
        folder, file = posixpath.split(part)
        listed = f"{folder}/_rels/{file}.rels"
        for one in self.tree(listed) if listed in self._parts else ():
            target = posixpath.normpath(posixpath.join("/", folder, one.get("Target", "")))
            yield one.get("Id", ""), one.get("Type", "").rpartition("/")[2], target.lstrip("/")

    def written(self) -> bytes:
        """The file with its changed parts; every other part has its bytes and its day."""
        packed = BytesIO()
        with ZipFile(BytesIO(self._data)) as old, ZipFile(packed, "w") as new:
            for part in old.infolist():
                about = ZipInfo(part.filename, part.date_time)
                about.compress_type, about.external_attr = part.compress_type, part.external_attr
                new.writestr(about, self._content(part.filename) or old.read(part))
        return packed.getvalue()

    def _content(self, part: str) -> bytes | None:
        if part not in self._changed:
            return None
        found: bytes = etree.tostring(
            self._trees[part], xml_declaration=True, encoding="UTF-8", standalone=True
        )
        return found


def damaged(name: str) -> InputError:
    """What to say of a file whose parts do not fit together."""
    return InputError(f"文件“{name}”已损坏，无法读取。", _RESAVE)


def local(element: Any) -> str:
    """The name of an element without its namespace; "" for what is no element."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def children(element: Any, *path: str) -> Iterator[Any]:
    """All elements at a path of local names below an element."""
    head, *rest = path
    for child in element.iterchildren(f"{{*}}{head}"):
        if rest:
            yield from children(child, *rest)
        else:
            yield child


def child(element: Any, *path: str) -> Any:
    """The first of these; None for none."""
    return next(children(element, *path), None)


def _relation_of(sheet: Any) -> str:
    return next((v for key, v in sheet.attrib.items() if key.endswith("}id")), "")


def _require_workbook(data: bytes, name: str) -> None:
    if data.startswith(_OLE) and _ENCRYPTED in data:
        raise InputError(
            f"文件“{name}”设了打开密码，无法读取。",
            "请用Excel或WPS输入密码打开，取消密码后另存一份，再选这一份。",
        )
    if data.startswith(_OLE):
        renamed = PurePath(name).suffix.lower() == ".xlsx"
        told = "其实是旧式的.xls或.doc文件，只是改了文件名" if renamed else "是旧式的文件"
        raise InputError(f"文件“{name}”{told}，不能直接填写。", _RESAVE)
    if not data.startswith(_ZIP):
        raise InputError(f"文件“{name}”不是Excel工作簿，或已损坏，无法读取。", _RESAVE)


def _other_package(name: str, parts: set[str]) -> InputError:
    if "word/document.xml" in parts:
        return InputError(f"文件“{name}”其实是Word文档，不是工作簿。", _IN_WORD)
    if "xl/workbook.bin" in parts or "content.xml" in parts:
        return InputError(f"文件“{name}”不是.xlsx格式的工作簿，不能直接填写。", _RESAVE)
    return InputError(f"文件“{name}”是压缩包或其他文件，不是工作簿。", _RESAVE)


def _is_word(error: InputError) -> bool:
    return error.remedy == _IN_WORD
