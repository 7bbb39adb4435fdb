"""Texts that the library cannot take at present, put into a file beside it."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from dangjian_desktop.errors import BlockedError


def write_aside(file: Path, content: Mapping[str, Any] | str) -> None:
    """Write plain JSON, or a text as it is, for the owner's eyes alone; raises ``BlockedError``
    where that fails."""
    text = content
    if not isinstance(text, str):
        text = json.dumps(dict(text), ensure_ascii=False, indent=2, default=str)
    try:
        handle = os.open(file, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
    except OSError as error:
        raise BlockedError(
            "内容没有写到选定的位置。", "请换一个有空间、可以写入的位置再试。"
        ) from error
