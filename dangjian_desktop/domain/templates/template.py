"""A Word template that is kept with the library, and what cannot be one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dangjian_desktop.domain.record import Facts, Problem
from dangjian_desktop.domain.references import KeptFile
from dangjian_desktop.frozen import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A template of the branch; ``section`` is the word under which it stands in the list.

    ``builtin`` is the code of the one that ships, of which it is an own edition; without a ``file``
    it is as that one. ``taken`` is the day on which the file came in, ``source`` its name.
    """

    id: str
    title: str
    section: str = ""
    file: tuple[KeptFile, ...] = ()
    taken: date | None = None
    source: str = ""
    builtin: str = ""
    note: str = ""
    deleted: bool = False

    @property
    def edited(self) -> bool:
        """Whether it ships and is no longer as it ships."""
        return bool(self.builtin and self.file)


def template_problems(template: Template, _facts: Facts) -> Iterator[Problem]:
    """A template without a file, or with several."""
    if not template.file and not template.builtin:
        yield Problem("file", "模板没有 Word 文件，请用“添加模板”选择 .docx 文件")
    if len(template.file) > 1:
        yield Problem("file", "一个模板只能有一个 Word 文件")
