"""资料与备份: where the library lies, its copies, and the way back to one of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.library.copying import Copy, KeptCopy, Second, Verdict
from dangjian_desktop.services.library.rebuilding import told
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.look.chips import flow_of
from dangjian_desktop.ui.look.tokens import ROW_HEIGHT
from dangjian_desktop.ui.look.widgets import button, empty, label
from dangjian_desktop.ui.records.record_table import RecordTable
from dangjian_desktop.ui.records.tables import Column, PagedModel
from dangjian_desktop.ui.settings.all_out import AllOut
from dangjian_desktop.ui.settings.card import SettingsCard
from dangjian_desktop.ui.settings.changed import ChangedOutside
from dangjian_desktop.ui.settings.restoring import ask_restore, choose_copy
from dangjian_desktop.ui.settings.second import SecondPlace
from dangjian_desktop.ui.window.top_bar import day_and_time

LIBRARIES = "支部资料 (*.dangjian)"
ASIDE = "另存的内容 (*.txt)"
REBUILT = "重建由记录得出的内容：搜索索引、检索用拼音、以前版本的存法；记录不变"
NO_REMEDY = "请从下面选择一份备份恢复，或把资料文件交给维护人员。"
OLD_DAYS = 7
ROWS = 5
STAYS = "自动保留最近十份、十二天和十二个月的最后一份；恢复前、清除前、更新前的至少六十天"


@dataclass(frozen=True, slots=True)
class Copies:
    """Where copies are kept, whether that is beside the library, which there are, where else."""

    folder: Path
    beside: bool
    kept: tuple[KeptCopy, ...]
    second: Second | None


def read_copies(desk: Desk) -> Copies:
    """What the card shows; reads folders, so it belongs to the library's thread."""
    return Copies(
        desk.copies.folder(), desk.copies.beside(), desk.copies.kept(), desk.copies.second()
    )


class Said(QWidget):
    """A sentence whose look changes with what it says."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.hide()

    def say(self, text: str, how: str = "") -> None:
        """Say this; ``how`` is a look of labels."""
        empty(self._column)
        self.text = text
        self._column.addWidget(label(text, how, wrap=True))
        self.show()


class CopiesCard(SettingsCard):
    """Everything about files; restoring asks first."""

    title, topics = "资料与备份", frozenset(Topic)

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._shell = desk, shell
        self._rows: dict[str, KeptCopy] = {}
        self.library = label(str(desk.path), wrap=True)
        self.folder = label("", wrap=True)
        self.newest = Said()
        self.verified = Said()
        self.changed = ChangedOutside(desk, shell, self._verify)
        self.table = _table(shell, self._rows)
        self._make_buttons()
        self._compose()
        self._shell.theme.fit(self.table, QWidget.setFixedHeight, ROW_HEIGHT * (ROWS + 2))

    def load(self) -> None:
        """Look for copies again."""
        self._shell.jobs.library(partial(read_copies, self._desk), self._show)

    def _make_buttons(self) -> None:
        theme = self._shell.theme
        self.show_folder = button(
            "打开所在文件夹", theme, icon="folder-open", name="library.folder"
        )
        self.other = button("打开其他资料库…", theme, icon="file-text", name="library.other")
        self.verify = button("核验资料库", theme, icon="circle-check", name="library.verify")
        self.rebuild = button("重建索引", theme, icon="search", name="library.rebuild", tip=REBUILT)
        self.rebuild.setEnabled(not self._desk.read_only)
        self.change = button("更改…", theme, icon="folder-open", name="copies.change")
        self.beside = button("放回资料库旁边", theme, icon="undo-2", name="copies.beside")
        self.backup = button("立即备份", theme, icon="save", name="copies.backup")
        self.backup.clicked.connect(self._back_up)
        self.restore = button("恢复到这份备份…", theme, icon="history", name="copies.restore")
        words = "从别处的备份恢复…"
        self.from_file = button(words, theme, icon="history", name="copies.from_file")
        self.from_file.clicked.connect(partial(choose_copy, self, self._desk, self._shell))
        self.second = SecondPlace(self._desk, self._shell, self._made)
        self.take = button("取回另存的内容…", theme, icon="upload", name="unsaved.take")
        self.take.clicked.connect(partial(take_file, self, self._desk, self._shell))
        self.show_folder.clicked.connect(self._open_folder)
        self.other.clicked.connect(self._choose_other)
        self.verify.clicked.connect(self._verify)
        self.rebuild.clicked.connect(self._rebuild)
        self.change.clicked.connect(self._choose_folder)
        self.beside.clicked.connect(partial(self._keep_in, None))
        self.restore.clicked.connect(self._ask_restore)
        self.out = AllOut(self._desk, self._shell, self)
        self.table.opened.connect(self._ask_restore)
        self.table.chosen.connect(self._offer)

    def _compose(self) -> None:
        self.add(label("资料库位置", "soft"))
        self.add(self.library)
        ways = (self.show_folder, self.other, self.verify, self.rebuild, self.take)
        self.add(flow_of(*ways, self.out.button))
        self.add(self.verified)
        self.add(self.changed)
        self.add(label("备份文件夹", "soft"))
        self.add(self.folder)
        self.add(flow_of(self.change, self.beside, self.backup))
        self.add(self.newest)
        self.add(self.table)
        self.add(flow_of(self.restore, self.from_file))
        self.add(label("第二备份位置", "soft"))
        self.add(self.second)

    def _show(self, found: Copies) -> None:
        self.folder.setText(str(found.folder))
        self.beside.setVisible(not found.beside)
        self._rows.clear()
        self._rows |= {str(copy.file): copy for copy in found.kept}
        foot = f"共 {len(found.kept)} 份，{STAYS}" if found.kept else ""
        self.table.show_ids(list(self._rows), rows=self._rows, foot=foot)
        self._offer(self.table.current())
        self.second.show_second(found.second)
        now = datetime.now().astimezone()
        newest = found.kept[0].at if found.kept else None
        old = newest is None or (now - newest).days >= OLD_DAYS
        words = f"最近备份：{_when(found.kept[0])}（{age(newest, now)}）" if newest else "尚无备份"
        self.newest.say(f"! {words}" if old else words, "warn" if old else "")
        if newest is not None:
            self._shell.set_copied(newest)

    @Slot(str)
    def _offer(self, uid: str) -> None:
        self.restore.setEnabled(bool(uid))

    @Slot()
    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._desk.path.parent)))

    @Slot()
    def _choose_other(self) -> None:
        self._shell.choosers.open_file(
            self, "打开支部资料", LIBRARIES, self._shell.open_library, purpose="library"
        )

    @Slot()
    def _verify(self) -> None:
        self.verify.setEnabled(False)
        self.verified.say("正在核验……", "soft")
        self.changed.show_verdict(None)
        work = self._desk.copies.verdict
        self._shell.jobs.library(work, self._verdict, self._not_verified, title="正在核验资料库")

    @Slot()
    def _rebuild(self) -> None:
        self.rebuild.setEnabled(False)
        self.verified.say("正在重建……", "soft")
        work = self._desk.rebuilding.run
        self._shell.jobs.library(work, self._rebuilt, self._not_rebuilt, title="正在重建索引")

    def _rebuilt(self, done: dict[str, int]) -> None:
        self.rebuild.setEnabled(True)
        self.verified.say(f"✓ 已重建：{told(done)}。", "good")

    def _not_rebuilt(self, error: Exception) -> None:
        self.rebuild.setEnabled(True)
        self.verified.say("! 没有重建完，记录没有改动，请再试一次。", "warn")
        self._shell.messages.report(error)

    def _verdict(self, verdict: Verdict) -> None:
        self.verify.setEnabled(True)
        self.changed.show_verdict(verdict)
        if problems := verdict.problems:
            remedy = "" if verdict.changed else NO_REMEDY
            told = "\n".join(filter(None, (*problems, remedy)))
            self.verified.say(f"✕ 核验发现问题：\n{told}", "bad")
        else:
            self.verified.say("✓ 核验通过，资料库和附件都完好。", "good")

    def _not_verified(self, error: Exception) -> None:
        self.verify.setEnabled(True)
        self.verified.say("! 没有核验成功，请再试一次。", "warn")
        self._shell.messages.report(error)

    @Slot()
    def _choose_folder(self) -> None:
        self._shell.choosers.folder(self, "备份放在哪个文件夹", self._keep_in, purpose="copies")

    def _keep_in(self, folder: Path | None, _checked: bool = False) -> None:
        work = partial(self._desk.copies.keep_in, folder)
        self._shell.jobs.library(work, self._moved, title="正在备份")

    def _moved(self, copy: Copy) -> None:
        self._say(f"备份文件夹已更改，新备份：{copy.file.name}", copy)

    @Slot()
    def _back_up(self) -> None:
        self.backup.setEnabled(False)
        work = self._desk.copies.backup
        self._shell.jobs.library(work, self._backed_up, self._not_backed_up, title="正在备份")

    def _backed_up(self, copy: Copy) -> None:
        self.backup.setEnabled(True)
        self._made(copy)

    def _made(self, copy: Copy | None) -> None:
        if copy is None:
            self.load()
        else:
            self._say(f"已备份并核对：{copy.file.name}", copy)

    def _say(self, words: str, copy: Copy) -> None:
        self._shell.toast(words)
        if copy.lost:
            told = f"有{len(copy.lost)}个附件不见了或已改变，记录完好，备份里也没有它们。"
            remedy = "保存着它们的旧备份不会被清理：可以从旧备份旁的附件文件夹找回，或重新添加。"
            self._shell.messages.notice(told, remedy, copy.lost)
        self.load()

    def _not_backed_up(self, error: Exception) -> None:
        self.backup.setEnabled(True)
        self._shell.messages.report(error)

    @Slot()
    def _ask_restore(self) -> None:
        copy = self._rows.get(self.table.current())
        if copy is not None:
            ask_restore(self, self._desk, self._shell, copy.file, _when(copy))


def _table(shell: Shell, rows: Mapping[str, KeptCopy]) -> RecordTable:
    columns: tuple[Column[KeptCopy], ...] = (
        Column(code="at", title="备份时间", text=_when, width=170),
        Column(code="reason", title="原因", text=lambda copy: copy.reason, width=110),
        Column(
            code="file",
            title="文件",
            text=lambda copy: copy.file.name,
            tooltip=lambda copy: str(copy.file),
            width=-1,
        ),
    )
    model = PagedModel(columns, lambda ids: {uid: rows[uid] for uid in ids})
    table = RecordTable(model, shell.theme, shell.settings, name="copies", title="备份")
    table.set_empty("还没有备份。点“立即备份”做第一份；打开期间和关闭时如有改动也会自动备份。")
    return table


def _when(copy: KeptCopy) -> str:
    return day_and_time(copy.at, datetime.now().astimezone().date())


def take_file(parent: QWidget, desk: Desk, shell: Shell, *_checked: bool) -> None:
    """Ask for a file of 另存到别处; what is in it is offered on the first page."""

    def taken(count: int) -> None:
        shell.open("home")
        shell.toast(f"已取回 {count} 份内容，请在工作台上点“接着写”")

    def read(file: Path) -> None:
        shell.jobs.library(partial(desk.unsaved.from_file, file), taken)

    shell.choosers.open_file(parent, "取回另存的内容", ASIDE, read, purpose="aside")


def age(at: datetime, now: datetime) -> str:
    """How long ago: 刚刚, 12分钟前, 3小时前, 5天前."""
    minutes = int((now - at).total_seconds()) // 60
    if minutes < 1:
        return "刚刚"
    if minutes < 60:
        return f"{minutes}分钟前"
    hours = minutes // 60
    return f"{hours}小时前" if hours < 24 else f"{hours // 24}天前"
