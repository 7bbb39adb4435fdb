"""Texts that the library cannot take at present, put into a file of the user's choice."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from dangjian_desktop.domain.texts import json_text, writable
from dangjian_desktop.errors import BlockedError, InputError
from dangjian_desktop.inputs import read_input
from dangjian_desktop.services.library.draft_shapes import Labels
from dangjian_desktop.services.library.holding import Held, held_from

_HEAD = "下面是没有存进资料库“{name}”的内容。要放回资料库：设置 → 资料与备份 → 取回另存的内容。"
_MARK = "════ 以下供程序读取，请不要改动 ════"
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}|[0-9a-f]{32}")
_HIDDEN = frozenset({"known", "sha256", "size", "record", "base", "before"})
_MOST = 20_000_000
# Where nobody reads from a pipe, opening it fails at once instead of waiting for somebody.
_NEW = os.O_CREAT | os.O_WRONLY | os.O_TRUNC | getattr(os, "O_NONBLOCK", 0)


def write_text(file: Path, text: str) -> None:
    """Write a text for the owner's eyes alone; raises ``BlockedError`` where that fails."""
    try:
        handle = os.open(file, _NEW, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
    except OSError as error:
        raise BlockedError(
            "内容没有写到选定的位置。", "请换一个有空间、可以写入的位置再试。"
        ) from error


def write_aside(file: Path, held: Sequence[Held], labels: Mapping[str, Labels]) -> None:
    """Write unsaved forms: first for people, then as ``read_aside`` takes them back."""
    name = held[0].name if held else ""
    lines = [_HEAD.format(name=name), ""]
    for each in held:
        lines += [f"〔{each.saved_at[:16].replace('T', ' ')}〕"]
        lines += [*_lines(each.content, labels.get(each.form, {})), ""]
    plain = json_text([each.plain for each in held])
    write_text(file, writable("\n".join((*lines, _MARK, plain, ""))))


def read_aside(file: Path) -> list[Held]:
    """What ``write_aside`` wrote; raises as ``read_input``, ``InputError`` for another file."""
    data = read_input(file, _MOST)
    try:
        _people, mark, plain = data.decode("utf-8-sig").rpartition(_MARK)
        found = [held_from(each) for each in json.loads(plain)] if mark else []
    except (ValueError, TypeError, KeyError, RecursionError):
        found = []
    if not found:
        raise _strange(file)
    return found


def _strange(file: Path) -> InputError:
    return InputError(
        f"“{file.name}”不是本程序另存的内容，或者后半部分已被改动。",
        "请选择用“另存到别处”写出的 .txt 文件；前半部分的文字可以直接复制使用。",
    )


def _lines(content: Any, labels: Labels, indent: str = "") -> Iterator[str]:
    """Every text with the word for it; what only the program understands is left out."""
    for key, value in content.items():
        if key in _HIDDEN or value in (None, "", [], {}):
            continue
        label, choices = labels.get(key, ("", {}))
        if isinstance(value, Mapping):
            inside = [*_lines(value, labels, indent + ("　" if label else ""))]
            yield from ([f"{indent}{label}：", *inside] if label and inside else inside)
        elif isinstance(value, list) and any(isinstance(part, Mapping) for part in value):
            yield f"{indent}{label}：" if label else f"{indent}——"
            for number, row in enumerate(value, 1):
                inside = [*_lines(row, labels)] if isinstance(row, Mapping) else [str(row)]
                yield f"{indent}　{number}．{'；'.join(inside)}"
        else:
            parts = [str(part) for part in (value if isinstance(value, list) else [value])]
            told = "、".join(choices.get(p, p) for p in parts if not _UUID.fullmatch(p))
            if told:
                yield f"{indent}{label}：{told}" if label else f"{indent}{told}"
