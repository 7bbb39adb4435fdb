"""What a file of an update may be called: what both systems can hold, and no two of them as one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from dangjian_desktop.errors import Issue

LONGEST, LONGEST_PART = 150, 120
"""Characters of a path and of each part of it; behind the folder they lie in, Windows takes 259."""
_STRANGE = re.compile(r'[<>:"|?*\x00-\x1f\x7f\ud800-\udfff]')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)\s*(\..*)?")


def name_issues(paths: Sequence[str]) -> tuple[Issue, ...]:
    """Everything that is wrong with the names of these files, all at once."""
    alone = [_issue(path, why) for path in paths if (why := _wrong(path))]
    return (*alone, *(_issue(path, why) for path, why in _twins(paths)))


def _issue(path: str, why: str) -> Issue:
    shown = path.encode("utf-8", "replace").decode()
    return Issue(f"文件名“{shown[:60]}”{why}。", code="name")


def _wrong(path: str) -> str:
    if "\\" in path:
        return "里有反斜杠"
    if path.startswith("/") or re.match(r"[A-Za-z]:", path):
        return "是绝对路径"
    if len(path) > LONGEST:
        return f"超过{LONGEST}个字"
    return next((why for part in path.split("/") if (why := _wrong_part(part))), "")


def _wrong_part(part: str) -> str:
    told = {
        "指向别的文件夹或是空的": part in ("", ".", ".."),
        f"有一段超过{LONGEST_PART}个字": len(part) > LONGEST_PART
        or len(part.encode("utf-8", "replace")) > 250,
        "以点或空格结尾，或以空格开头": part != part.strip(" ") or part.endswith("."),
        "里有 Windows 不允许的字符": bool(_STRANGE.search(part)),
        "是 Windows 保留的名称": bool(_RESERVED.fullmatch(part)),
        "不是规范的写法（NFC）": unicodedata.normalize("NFC", part) != part,
    }
    return next((why for why, holds in told.items() if holds), "")


def _twins(paths: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Two that one system or the other holds for one: by case, by composition, file and folder."""
    files: dict[str, str] = {}
    folders: dict[str, str] = {}
    for path in paths:
        parts = path.split("/")
        for length in range(1, len(parts)):
            above = "/".join(parts[:length])
            if folders.setdefault(_folded(above), above) != above:
                yield path, f"的文件夹与“{folders[_folded(above)]}”只差大小写或写法"
                break
        if _folded(path) in files:
            yield path, f"与“{files[_folded(path)]}”重复，或只差大小写、写法"
        files.setdefault(_folded(path), path)
    for folded in files.keys() & folders.keys():
        yield files[folded], "既是文件又是文件夹"


def _folded(path: str) -> str:
    """As a system compares that takes no notice of case, nor of how a letter is composed."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).upper().casefold())
