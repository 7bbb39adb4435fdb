"""Templates looked at and rendered in a process that can be ended; what went wrong, in words."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from dangjian_desktop.documents.templates.process import ChildProcess, GoneError
from dangjian_desktop.documents.word_package import require_word
from dangjian_desktop.domain.templates.writing import Line, not_ended
from dangjian_desktop.errors import InputError
from dangjian_desktop.undated import undated

SECONDS = 20.0
"""How long a template may take, to be looked at and to be filled."""
_AGAIN = "请在 Word 中改好模板后重试。"
_LOOPS = "请检查模板里的循环（for … endfor）。"
_TOO_MUCH = ("OverflowError", "MemoryError")
_QUOTED = re.compile(r"attribute '([^']*)'|^[^']*'([^']*)'(?!.*attribute ')")


class TemplateError(InputError):
    """A Word file whose placeholders are not as they have to be; Word itself opens it."""


class RunningTemplate:
    """A template that was opened in a process of its own.

    ``used`` are the paths that it reads ("member.name", "members[].name"), each once, ``printed``
    those that it puts in as they are; ``lines`` place and text of what holds its placeholders;
    ``beside`` tells of pictures, boxes or notes beside its text.
    """

    def __init__(self, child: ChildProcess, template: bytes, name: str) -> None:
        self._child, self._name = child, name
        text = base64.b64encode(template).decode("ascii")
        found = self._ask({"template": text, "name": name})
        self.used: tuple[str, ...] = tuple(found["used"])
        self.beside = bool(found["beside"])
        self.printed: tuple[str, ...] = tuple(found["printed"])
        self.lines: tuple[tuple[str, str], ...] = tuple((w, t) for w, t in found["lines"])

    def filled(self, context: Mapping[str, Any]) -> bytes:
        """The file with the values of a context of plain JSON put in; raises as ``running``."""
        return undated(base64.b64decode(self._ask({"context": context})["file"]))

    def _ask(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        try:
            found = self._child.ask(asked, SECONDS)
        except GoneError as error:
            words = f"模板“{self._name}”要做的事太多或停不下来，已经中止，没有生成文件。"
            raise TemplateError(words, _LOOPS) from error
        if "error" in found:
            lines = [(where, text) for where, text in found.get("lines", ())]
            raise _refused(found["error"], self._name, lines)
        return found


@contextmanager
def running(template: bytes, name: str) -> Iterator[RunningTemplate]:
    """The template in a process of its own, which ends with the block.

    Raises ``InputError`` in words for what is no plain .docx, ``TemplateError`` for a template
    that misspells, reaches for what is not given, is not written right, or does not end.
    """
    require_word(template, name)
    child = ChildProcess()
    try:
        yield RunningTemplate(child, template, name)
    finally:
        child.close()


def _refused(error: Mapping[str, str], name: str, lines: Sequence[Line]) -> InputError:
    if error["kind"] == "refused":
        return InputError(error["message"], error["remedy"])
    if error["what"] in _TOO_MUCH:
        return TemplateError(f"模板“{name}”要做的事太多，已经中止，没有生成文件。", _LOOPS)
    return TemplateError(_words(error, name, lines), _AGAIN)


def _words(error: Mapping[str, str], name: str, lines: Sequence[Line]) -> str:
    quoted = _QUOTED.search(error.get("what", ""))
    what = f"“{quoted[1] or quoted[2]}”" if quoted else "占位符"
    said = {
        "unsafe": f"用了不允许的内容{what}",
        "unknown": f"用了没有的内容{what}",
        "filter": f"用了没有的写法{what}",
        "syntax": "的占位符没有写对（例如少了 }} 或 {% endfor %}）",
        "deep": "套得太深",
    }.get(error["kind"], "不能填写，文件里有这个程序读不了的内容")
    return f"模板“{name}”{said}{_near(error, quoted, lines)}，没有生成文件。"


def _near(error: Mapping[str, str], quoted: re.Match[str] | None, lines: Sequence[Line]) -> str:
    """Where it stands, as far as it can be told."""
    found = not_ended(lines) if error["kind"] == "syntax" else None
    if found is None and quoted:
        named = quoted[1] or quoted[2]
        found = next(((where, text[:30]) for where, text in lines if named in text), None)
    if found is not None:
        return f"，在{found[0]}“{found[1].strip()}”附近"
    return f"，在“{error['near']}”附近" if error.get("near") else ""
