"""Templates looked at and rendered in a process that can be ended; what went wrong, in words."""

from __future__ import annotations

import base64
import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import dangjian_desktop
from dangjian_desktop.documents.word_opening import open_word
from dangjian_desktop.errors import InputError

SECONDS = 20.0
"""How long a template may take."""
_CHILD = "dangjian_desktop.documents.templates.child"
_KEPT = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "LD_LIBRARY_PATH", "HOME", "LANG")
_AGAIN = "请在 Word 中改好模板后重试。"
_QUOTED = re.compile(r"attribute '([^']*)'|^[^']*'([^']*)'(?!.*attribute ')")


def placeholders(template: bytes, name: str) -> tuple[str, ...]:
    """The paths that a template reads ("member.name", "members[].name"), each once.

    Raises ``InputError`` for what is no plain .docx and for a template that is not written right.
    """
    open_word(template, name)
    return tuple(_asked({"template": _text(template)}, name)["used"])


def rendered(template: bytes, name: str, context: Mapping[str, Any]) -> bytes:
    """The template with the values of a context of plain JSON put in.

    Raises ``InputError`` in words for one that misspells, reaches for what is not given, is not
    written right, or does not end.
    """
    open_word(template, name)
    found = _asked({"template": _text(template), "context": context}, name)
    return base64.b64decode(found["file"])


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _asked(asked: Mapping[str, Any], name: str) -> dict[str, Any]:
    place = str(Path(dangjian_desktop.__file__).resolve().parent.parent)
    environment = {key: os.environ[key] for key in _KEPT if key in os.environ}
    try:
        done = subprocess.run(
            [sys.executable, "-m", _CHILD],
            check=False,
            input=json.dumps(asked),
            capture_output=True,
            encoding="utf-8",
            timeout=SECONDS,
            env={**environment, "PYTHONPATH": place, "PYTHONIOENCODING": "utf-8"},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        found: dict[str, Any] = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError) as error:
        words = f"模板“{name}”要做的事太多或停不下来，已经中止，没有生成文件。"
        raise InputError(words, "请检查模板里的循环（for … endfor）。") from error
    if "error" in found:
        raise InputError(_words(found["error"], name), _AGAIN)
    return found


def _words(error: Mapping[str, str], name: str) -> str:
    near = f"，在“{error['near']}”附近" if error.get("near") else ""
    quoted = _QUOTED.search(error.get("what", ""))
    what = f"“{quoted[1] or quoted[2]}”" if quoted else "占位符"
    said = {
        "unsafe": f"用了不允许的内容{what}",
        "unknown": f"用了没有的字段{what}",
        "filter": f"用了没有的写法{what}",
        "syntax": "的占位符没有写对（例如少了 }} 或 {% endfor %}）",
        "deep": "套得太深",
    }.get(error["kind"], "不能填写，文件里有这个程序读不了的内容")
    return f"模板“{name}”{said}{near}，没有生成文件。"
