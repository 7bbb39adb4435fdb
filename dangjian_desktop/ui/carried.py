"""From the one file that a library was carried out as to the library, on a computer without it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject

from dangjian_desktop.errors import DoubtedError
from dangjian_desktop.ui.desk.doubts import doubts_told

ZIP, LIBRARY = ".zip", ".dangjian"
WHERE = "恢复成哪个资料文件"
LIBRARIES = "支部资料 (*.dangjian)"
THERE = "那里已经有“{}”，没有覆盖。"
ELSEWHERE = (
    "请另选文件夹或文件名；要让它回到U盘上的样子，请先打开它，"
    "再用“设置 → 资料与备份 → 从别处的备份恢复”。"
)


class Carried(QObject):
    """Asks where the library shall lie, for its password where it has one, puts it there and opens
    it. It belongs to the running program and uses its doors, as that module says."""

    def __init__(self, program: Any, doors: Any) -> None:
        super().__init__(program)
        self._program, self._doors = program, doors

    def takes(self, file: Path) -> bool:
        """Whether this is what a library was carried out as, which is put somewhere first."""
        if file.suffix.lower() != ZIP:
            return False
        self._program.show_first()
        look = partial(self._doors.name_inside, file)
        self._program.jobs.library(look, partial(self._ask, file), title="正在查看")
        return True

    def _ask(self, file: Path, name: str) -> None:
        put = partial(self._put, file)
        choosers, frame = self._program.shell.choosers, self._program.frame
        choosers.save_file(frame, WHERE, name, LIBRARIES, put, purpose="library")

    def _put(self, file: Path, chosen: Path, accepted: Sequence[str] = ()) -> None:
        wanted = chosen if chosen.suffix == LIBRARY else chosen.with_name(chosen.name + LIBRARY)
        if wanted.exists():
            self._program.messages.notice(THERE.format(wanted.name), ELSEWHERE)
            return
        work = partial(self._doors.put_back, file, wanted, accepted)
        failed = partial(self._not_put, file, wanted)
        opened = partial(self._open, wanted)
        self._program.jobs.library(work, opened, failed, title="正在恢复")

    def _open(self, library: Path, _said: str) -> None:
        self._program.open(library)

    def _not_put(self, file: Path, library: Path, error: Exception) -> None:
        """One under a password asks for it; one in which not all is as it was saved, once more."""
        messages, again = self._program.messages, partial(self._put, file, library)
        if self._program.locking.wants_password(error):
            self._program.locking.ask_near(library, file, again)
        elif isinstance(error, DoubtedError):
            doubts = tuple(issue.message for issue in error.issues)
            question, told = f"要照样恢复“{file.name}”吗？", doubts_told(doubts).strip()
            messages.ask(question, told, "照样恢复", partial(again, doubts))
        else:
            messages.report(error)
