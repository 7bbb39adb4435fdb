"""更新: which version is installed, what a file brings, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QApplication, QWidget

from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.errors import UserError
from dangjian_desktop.late import Late
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.updating.updating import (
    BEFORE_UPDATE,
    Done,
    Offer,
    Status,
    about_libraries,
    put_back,
    status,
)
from dangjian_desktop.ui.desk.drops import Drops
from dangjian_desktop.ui.desk.jobs import Progress
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.look.chips import flow_of
from dangjian_desktop.ui.look.widgets import button, label
from dangjian_desktop.ui.settings.card import SettingsCard
from dangjian_desktop.ui.settings.copies import Said

T = TypeVar("T")
PURPOSE = (
    "程序不联网，更新文件（.update）用U盘带来。先备份资料库，新版装在旧版旁边，"
    "在这台电脑上通过自检才换上；中途停下或没有通过的，原来的照常用。"
)
PACKAGES = "更新文件 (*.update)"
DROPPED = "这里可以放更新文件（.update）。"
SHOWN = 10
"""Lines of what is new; the rest is counted."""
_LOOK = Late("services.updating.updating:look")
_UPDATE = Late("services.updating.updating:update")


class UpdateCard(SettingsCard):
    """A file is looked at first; nothing is changed before 更新 is pressed."""

    title, topics = "更新", frozenset({Topic.SETTINGS})

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__(PURPOSE)
        self._desk, self._shell = desk, shell
        self._file: Path | None = None
        self._offer: Offer | None = None
        self._strayed: QWidget | None = None
        theme = shell.theme
        self.now = label("", wrap=True, name="update.now")
        self.place = label("", "soft", wrap=True, name="update.place")
        self.result = Said()
        self.choose = button("选择更新文件…", theme, icon="folder-open", name="update.choose")
        self.go = button("更新", theme, icon="download", name="update.go")
        self.back = button("换回上一版…", theme, icon="undo-2", name="update.back")
        self.choose.clicked.connect(self._ask_file)
        self.go.clicked.connect(self._ask)
        self.back.clicked.connect(self._ask_back)
        self._compose()
        self._enable(running=False)
        Drops(self, shell.messages, self.open_file, DROPPED, (".update",), self._closed)

    def load(self) -> None:
        """Look again which versions are there."""
        self._shell.jobs.beside(status, self._show, title="正在查看装着的版本")

    def _compose(self) -> None:
        self.headline = label("", "heading", wrap=True, name="update.headline", shown=False)
        self.about = label("", "warn", wrap=True, name="update.about", shown=False)
        self.changes = label("", wrap=True, name="update.changes", shown=False)
        for part in (self.now, self.place, self.headline, self.result, self.about):
            self.add(part)
        # However much is new, what can be done stays in sight.
        self.add(flow_of(self.choose, self.go, self.back))
        self.add(self.changes)

    def _show(self, found: Status) -> None:
        waits = f"{found.next} 已装好，关闭程序再打开就是它；" if found.waits else ""
        self.now.setText(f"{waits}正在运行的版本：{found.running or '不知道'}")
        kind = "（便携版）" if found.portable else ""
        self.place.setText(f"位置：{found.root}{kind}" if found.root else "")
        self.place.setVisible(found.root is not None)
        self.choose.setVisible(found.why_not is None)
        self.back.setVisible(bool(found.previous) and found.why_not is None)
        self.back.setText(f" 换回 {found.previous}…")
        if found.why_not is not None:
            self._say(f"{found.why_not.message}{found.why_not.remedy}")

    def _say(self, text: str, how: str = "") -> None:
        self.result.say(text, how)
        self.result.setVisible(bool(text))

    def _enable(self, *, running: bool) -> None:
        self.choose.setEnabled(not running)
        self.back.setEnabled(not running)
        offer = self._offer
        may = offer is not None and (not offer.problems or offer.older)
        self.go.setVisible(offer is not None and may)
        self.go.setEnabled(not running)

    def _closed(self) -> str:
        """Why no file can be looked at now."""
        if self.choose.isHidden():
            return self.result.text
        return "" if self.choose.isEnabled() else "正在办上一个，请等它结束。"

    @Slot()
    def _ask_file(self) -> None:
        self._shell.choosers.open_file(
            self, "选择更新文件", PACKAGES, self.open_file, purpose="update"
        )

    def open_file(self, file: Path) -> None:
        """Look at every byte of a package and say what is in it."""
        self._forget()
        self._say("正在核对更新文件……", "soft")
        self._start(partial(_look, file), partial(self._looked, file), "正在核对更新文件")

    def _start(self, work: Callable[[Progress], T], done: Callable[[T], None], title: str) -> None:
        focused = QApplication.focusWidget()
        held = focused is not None and self.isAncestorOf(focused)
        self._enable(running=True)
        # A button that goes grey hands the focus on to whatever comes next.
        self._strayed = QApplication.focusWidget() if held else None
        job = self._shell.jobs.papers(work, done, self._failed, title=title)
        job.ended.connect(self._ended)

    @Slot()
    def _ended(self) -> None:
        self._enable(running=False)
        if self._strayed is not None and QApplication.focusWidget() is self._strayed:
            self.choose.setFocus()
        self._strayed = None
        if self.result.text.startswith("正在"):
            self._say("已停下，没有改动任何东西。", "soft")

    def _forget(self) -> None:
        self._file, self._offer = None, None
        for part in (self.headline, self.about, self.changes):
            part.hide()
        self._enable(running=False)

    def _looked(self, file: Path, offer: Offer) -> None:
        self._file, self._offer = file, offer
        manifest = offer.manifest
        day = f"（{manifest.day}）" if manifest.day else ""
        self.headline.setText(f"更新文件里是 {manifest.version}{day}，现在装着 {offer.now}")
        more = len(manifest.changes) - SHOWN
        rest = [f"另有 {more} 条"] if more > 0 else []
        self.changes.setText("\n".join([*(f"· {c}" for c in manifest.changes[:SHOWN]), *rest]))
        self.changes.setVisible(bool(manifest.changes))
        self.about.setText(f"! {offer.about_library}")
        self.about.setVisible(bool(offer.about_library))
        self.headline.show()
        self.go.setText(" 换成较早的版本…" if offer.older else f" 更新到 {manifest.version}")
        problems = "\n".join(issue.message for issue in offer.problems)
        whole = "✓ 更新文件完好，签名和内容都核对过。"
        self._say(f"! {problems}" if problems else whole, "warn" if problems else "good")
        self._enable(running=False)

    @Slot()
    def _ask(self) -> None:
        if self._offer is None:
            return
        if not self._offer.older:
            self._update()
            return
        question = f"要换成较早的 {self._offer.manifest.version} 吗？"
        about = f"{self._offer.about_library}现在先备份资料库（更新前）。"
        self._shell.messages.ask(question, about, "换成较早的", self._update, parent=self)

    def _update(self) -> None:
        if self._file is None or self._offer is None:
            return
        self._say("正在更新……", "soft")
        older = self._offer.older
        work = partial(_update, self._file, self._desk, older)
        self._start(work, self._updated, f"正在更新到 {self._offer.manifest.version}")

    def _updated(self, done: Done) -> None:
        self._forget()
        copied = f"更新前的备份：{done.copy.name}。" if done.copy else ""
        self._say(f"✓ {done.words}{copied}", "good")
        self.load()

    @Slot()
    def _ask_back(self) -> None:
        about = about_libraries(self._desk.path)
        question = f"要{self.back.text().strip(' …')} 吗？"
        self._shell.messages.ask(question, about, "换回", self._put_back, parent=self)

    def _put_back(self) -> None:
        self._say("正在换回上一版……", "soft")
        self._start(lambda _progress: put_back(), self._was_put_back, "正在换回上一版")

    def _was_put_back(self, done: Done) -> None:
        self._say(f"✓ 已换回 {done.version}。关闭程序再打开，用的就是它。", "good")
        self.load()

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            self._say("")
            self._shell.messages.report(error)
            return
        lines = [error.message, *(issue.message for issue in error.issues), error.remedy]
        self._say("✕ " + "\n".join(filter(None, lines)), "bad")


def _look(file: Path, progress: Progress) -> Offer:
    found: Offer = _LOOK.read()(file, None, progress)
    return found


def _update(file: Path, desk: Desk, older: bool, progress: Progress) -> Done:
    copy = partial(desk.copies.backup, reason=BEFORE_UPDATE)
    done: Done = _UPDATE.read()(file, copy, progress, older=older)
    return done
