"""The strip at the foot for work that takes longer than half a second."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QProgressBar, QSizePolicy, QWidget

from dangjian_desktop.ui.desk.jobs import Job, Jobs
from dangjian_desktop.ui.desk.timers import once
from dangjian_desktop.ui.look.spoken import announce
from dangjian_desktop.ui.look.stage import Shortened
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import button, row_of

DELAY = 500


class Strip(QFrame):
    """What runs, how far it is, and 取消; shown after half a second, gone when nothing runs."""

    def __init__(self, jobs: Jobs, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "foot")
        self._jobs: list[Job] = []
        self.text = Shortened(name="strip.text")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        theme.fit(self.bar, QWidget.setMaximumWidth, 220)
        self.bar.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.cancel = button("取消", theme, name="strip.cancel", then=self._on_cancel)
        row_of(
            self.text,
            (self.bar, 1, Qt.AlignmentFlag.AlignVCenter),
            ...,
            self.cancel,
            on=self,
            gap=12,
            margins=(16, 6, 16, 6),
        )
        self._delay = once(self, DELAY, self._appear)
        self.hide()
        jobs.started.connect(self._on_started)

    def say(self, text: str) -> None:
        """Show a sentence at once, for work that is no job (closing)."""
        self.text.setText(text)
        self.bar.setRange(0, 0)
        self.cancel.hide()
        self.show()
        announce(self.text, text)

    @Slot(Job)
    def _on_started(self, job: Job) -> None:
        self._jobs.append(job)
        job.progressed.connect(self._on_progress)
        job.ended.connect(self._on_ended)
        if not self.isVisible() and not self._delay.isActive():
            self._delay.start()

    @Slot()
    def _appear(self) -> None:
        if self._jobs:
            job = self._shown()
            self.text.setText(f"{job.title}……")
            self.bar.setRange(0, 0)
            self.cancel.setVisible(job.cancellable)
            self.cancel.setEnabled(not job.stop.is_set())
            if self.isHidden():
                announce(self.text, self.text.text())
            self.show()

    @Slot(int, int, str)
    def _on_progress(self, done: int, total: int, text: str) -> None:
        if self.sender() is not self._shown():
            return
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        far = f"　{done} / {total}" if total else ""
        self.text.setText(f"{text or self._shown().title}……{far}")

    @Slot()
    def _on_ended(self) -> None:
        sender = self.sender()
        self._jobs = [job for job in self._jobs if job is not sender]
        if not self._jobs:
            self._delay.stop()
            self.hide()
        elif self.isVisible():
            self._appear()

    @Slot()
    def _on_cancel(self) -> None:
        if self._jobs:
            self._shown().cancel()
            self.cancel.setEnabled(False)
            self.text.setText("正在停止……")

    def _shown(self) -> Job:
        return next((job for job in self._jobs if job.cancellable), self._jobs[0])
