"""What is done to the list from outside an editor: delete with a way back, export."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from dangjian_desktop.services.desk import Desk
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.members.listing_page import RosterList


class RosterActs(QObject):
    """Acts on the members of one list; ``returned`` carries who was brought back."""

    returned = Signal(str)

    def __init__(self, desk: Desk, shell: Shell, listed: RosterList) -> None:
        super().__init__(listed)
        self._desk, self._shell, self._list = desk, shell, listed

    @Slot(str)
    def ask_delete(self, uid: str) -> None:
        """Ask, then mark as deleted; refused with words while minutes name the member."""
        row = self._list.table.model.record(uid)
        if row is None:
            return
        self._shell.messages.ask(
            f"删除“{row.member.name}”？",
            "只有误录的人员才需要删除。已转出、停止党籍或去世的，请编辑党籍状态，历史记录会保留。",
            "删除",
            partial(self._delete, uid, row.member.name),
            parent=self._list,
        )

    def _delete(self, uid: str, name: str) -> None:
        work = partial(self._desk.roster.delete, uid, "误录")
        self._shell.jobs.library(work, partial(self._deleted, uid, name))

    def _deleted(self, uid: str, name: str, _done: None) -> None:
        self._shell.toast(f"已删除：{name}", partial(self._bring_back, uid))

    def _bring_back(self, uid: str) -> None:
        work = partial(self._desk.roster.bring_back, uid)
        self._shell.jobs.library(work, partial(self._brought_back, uid))

    def _brought_back(self, uid: str, _done: None) -> None:
        self.returned.emit(uid)

    @Slot(bool)
    def choose_export(self, masked: bool) -> None:
        """Ask for a file, then write the members of the shown day into it."""
        day = self._list.shown_day
        self._shell.choosers.save_file(
            self._list,
            "导出党员名册",
            f"党员名册（{day}）.xlsx",
            "Excel 工作簿 (*.xlsx)",
            partial(self._export, day, "masked" if masked else "full"),
            purpose="export",
        )

    def _export(self, day: date, profile: str, file: Path) -> None:
        export = partial(self._desk.exports.export, file, as_of=day, profile=profile, force=True)
        self._shell.jobs.library(export, self._exported, title="正在导出名册")

    def _exported(self, done: tuple[Path, int]) -> None:
        self._shell.toast(f"已导出 {done[1]} 人：{done[0].name}")
