"""The one place where an exception becomes words for a person."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable, Sequence
from types import TracebackType

from PySide6 import QtCore, QtWidgets
from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from dangjian_desktop.errors import BlockedError, Cancelled, InputError, Issue, UserError
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.late import Late
from dangjian_desktop.traces import traced

LOG = logging.getLogger(__name__)
_MOST_REPORTS = 20
_MASKED = Late("masking:masked")
"""The log, which starts behind the window, brings it in."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What happened and what to do; ``details`` are further sentences, one to a line."""

    text: str
    remedy: str = ""
    details: tuple[str, ...] = ()


class Messages(QObject):
    """Takes exceptions and questions; ``noticed`` goes to the banner of the window.

    Boxes stand over the window of the focus, else over ``frame``. Tests replace ``ask`` or connect
    to the signals; nothing here waits for an answer.
    """

    noticed = Signal(Notice)
    failed = Signal(str)
    _told = Signal(object)

    def __init__(self, parent: QObject | None = None, frame: QWidget | None = None) -> None:
        super().__init__(parent)
        self._frame = frame
        self._told.connect(self._show, Qt.ConnectionType.QueuedConnection)
        self._bug: QtWidgets.QMessageBox | None = None
        self._reports: list[str] = []

    def report(self, error: BaseException) -> None:
        """Show what an exception means to the user; may be called from any thread."""
        self._told.emit(error)

    def notice(self, text: str, remedy: str = "", details: tuple[str, ...] = ()) -> None:
        """Show a calm banner."""
        self.noticed.emit(Notice(text, remedy, details))

    def ask(
        self,
        question: str,
        detail: str,
        yes_label: str,
        then: Callable[[], object],
        *,
        otherwise: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """Ask before something destructive; ``yes_label`` is its verb, 取消 is the default."""
        box = QtWidgets.QMessageBox(parent or self._window())
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QtWidgets.QMessageBox.Icon.Warning)
        box.setWindowTitle("请确认")
        box.setText(question)
        box.setInformativeText(detail)
        yes = box.addButton(yes_label, QtWidgets.QMessageBox.ButtonRole.DestructiveRole)
        no = box.addButton("取消", QtWidgets.QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(no)
        box.setEscapeButton(no)

        def answered() -> None:
            chosen = then if box.clickedButton() is yes else otherwise
            if chosen is not None:
                chosen()

        box.finished.connect(answered)
        box.open()

    def install_hooks(self) -> None:
        """Let exceptions that nobody caught, in slots and threads, come here."""
        sys.excepthook = self._uncaught
        threading.excepthook = lambda args: self.report(args.exc_value or RuntimeError("thread"))

    def _uncaught(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if isinstance(error, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self.report(error)

    @Slot(object)
    def _show(self, error: BaseException) -> None:
        match error:
            case Cancelled():
                return
            case InputError():
                self._say(error)
            case BlockedError():
                LOG.warning("blocked: %s", type(error).__name__)
                self._say(error)
            case _:
                self._confess(error)

    def _say(self, error: UserError) -> None:
        told = (issue.message for issue in error.issues if issue.message != error.message)
        details = tuple(map(_MASKED.read(), told))
        self.noticed.emit(Notice(error.message, error.remedy, details))

    def _confess(self, error: BaseException) -> None:
        report = bug_report(error)
        LOG.error("bug\n%s", report)
        self.failed.emit(report)
        # One box is enough; what follows while it is open goes into the report that it copies.
        if report not in self._reports and len(self._reports) < _MOST_REPORTS:
            self._reports.append(report)
        if self._bug is not None:
            return
        box = QtWidgets.QMessageBox(self._window())
        box.setIcon(QtWidgets.QMessageBox.Icon.Warning)
        box.setWindowTitle("程序出错")
        box.setText("程序出了差错，刚才的操作没有完成。已保存的资料没有受到影响，可以继续使用。")
        box.setInformativeText(
            "如果反复出现，请点“复制报告”，把内容交给维护人员。报告中没有人员信息。"
        )
        copy = box.addButton("复制报告", QtWidgets.QMessageBox.ButtonRole.ActionRole)
        close = box.addButton("关闭", QtWidgets.QMessageBox.ButtonRole.RejectRole)
        box.setEscapeButton(close)
        box.setDefaultButton(close)
        # The box would close on any of its buttons; copying must leave it open.
        copy.clicked.disconnect()
        copy.clicked.connect(self._copy)
        box.finished.connect(self._bug_closed)
        self._bug = box
        box.open()

    def _window(self) -> QWidget | None:
        focus, frame = QGuiApplication.focusObject(), self._frame
        if isinstance(focus, QWidget):
            return focus.window()
        return frame if frame is not None and isValid(frame) else None

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText("\n\n".join(self._reports))

    @Slot()
    def _bug_closed(self) -> None:
        self._reports.clear()
        if self._bug is not None:
            self._bug.deleteLater()
            self._bug = None


def bug_report(error: BaseException) -> str:
    """System and traceback, without any value."""
    version = ".".join(map(str, sys.version_info[:3]))
    told = QtCore.QSysInfo
    system = f"Python {version}, {told.prettyProductName()} {told.currentCpuArchitecture()}"
    return str(_MASKED.read()("\n".join([system, *traced(error)])))


def all_at_once(refused: Sequence[UserError], what: str) -> UserError:
    """What was refused of several records as one message; ``what`` became of them."""
    first = refused[0]
    if len(refused) == 1:
        return first
    issues = [Issue(error.message) for error in refused]
    return type(first)(f"有 {len(refused)} 条记录{what}。", first.remedy, issues)
