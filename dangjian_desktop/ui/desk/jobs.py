"""Long work in two threads, one for the library and one for papers, with progress and cancel."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from threading import Event
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, QThreadPool, Signal, Slot
from shiboken6 import isValid

from dangjian_desktop.errors import Cancelled
from dangjian_desktop.ui.desk.sweeping import sweep_here

LOG = logging.getLogger(__name__)
T = TypeVar("T")
Progress = Callable[[int, int, str], None]
"""What work calls now and then: how many are done, of how many (0: unknown), and what it does.
Raises ``Cancelled`` when the user has asked to stop."""


class Job(QObject):
    """What a window sees of running work; it ends with exactly one ``ended``."""

    progressed = Signal(int, int, str)
    ended = Signal()

    def __init__(self, parent: QObject, title: str, name: str, *, cancellable: bool) -> None:
        super().__init__(parent)
        self.title = title
        self.name = name  # of the function, for the log; the title may be about persons
        self.cancellable = cancellable
        self.stop = Event()

    @Slot()
    def cancel(self) -> None:
        """Ask the work to stop at its next step."""
        self.stop.set()


class _Task:
    """One piece of work on its way through a worker and back.

    What it holds may be the last hold on an object of Qt, and that must not end in a worker: its
    timers and events go on in the UI thread. So the worker holds the task and nothing of it, and
    the UI thread empties it.
    """

    __slots__ = ("_done", "_failed", "_outcome", "_work", "job")

    def __init__(
        self,
        job: Job,
        work: Callable[[Progress], Any],
        done: Callable[[Any], None] | None,
        failed: Callable[[Exception], None],
    ) -> None:
        self.job = job
        self._work, self._done, self._failed = work, done, failed
        self._outcome: Callable[[], None] = _nothing

    def run(self, progress: Progress) -> None:
        """In the worker; nothing here may stay in a local name."""
        LOG.debug("%s", self.job.name)
        try:
            self._outcome = partial(_deliver, self._done or _nothing, self._work(progress))
        except Cancelled:
            return
        except Exception as error:
            LOG.debug("%s failed", self.job.name, exc_info=error)
            self._outcome = partial(_deliver, self._failed, error)

    def end(self) -> None:
        """In the UI thread: tell what became of it, then let go of all."""
        try:
            self.job.ended.emit()
            self.job.deleteLater()
            self._outcome()
        finally:
            del self.job, self._work, self._done, self._failed, self._outcome


class Jobs(QObject):
    """Runs work piece after piece and outlives every window that waits for it.

    ``done`` and ``failed`` are called on the UI thread, never after the widget whose method they
    are is gone. Without ``failed`` an error goes to ``report``; ``Cancelled`` goes nowhere.
    """

    started = Signal(Job)
    # The workers emit this one long-lived signal and nothing else: a signal of an object that
    # the UI thread deletes meanwhile loses deliveries.
    _told = Signal(object)

    def __init__(self, report: Callable[[Exception], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._report = report
        self._library = _one_thread(self)
        self._papers = _one_thread(self)
        self._running: set[Job] = set()
        sweep_here(self)
        self._held: list[Callable[[], None]] | None = None
        self._told.connect(self._call, Qt.ConnectionType.QueuedConnection)

    def library(
        self,
        work: Callable[[], T],
        done: Callable[[T], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        *,
        title: str = "正在读写资料",
    ) -> Job:
        """Read or change the library: short work, in order, that cannot be stopped half-way."""
        job = Job(self, title, _name(work), cancellable=False)
        return self._start(self._library, job, lambda _progress: work(), done, failed)

    def papers(
        self,
        work: Callable[[Progress], T],
        done: Callable[[T], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        *,
        title: str = "正在生成文件",
    ) -> Job:
        """Make documents beside the library's thread, so that a draft never waits behind them."""
        job = Job(self, title, _name(work), cancellable=True)
        return self._start(self._papers, job, work, done, failed)

    def beside(
        self,
        work: Callable[[], T],
        done: Callable[[T], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        *,
        title: str,
    ) -> Job:
        """What nobody waits for and nobody stops, beside the library's thread: it may take long
        and must hold no draft up."""
        job = Job(self, title, _name(work), cancellable=False)
        return self._start(self._papers, job, lambda _progress: work(), done, failed)

    @property
    def busy(self) -> bool:
        """Whether anything has been started whose end has not been told yet."""
        return bool(self._running)

    def hold_back(self) -> None:
        """Let what is asked from now on wait until ``go_on``; what runs ends first."""
        self._held = self._held or []

    def go_on(self, *, drop: bool = False) -> None:
        """Start what waited, in its order; or ``drop`` it, where nobody will look at it."""
        held, self._held = self._held or [], None
        for begin in () if drop else held:
            begin()

    def cancel_all(self) -> None:
        """Ask everything that can be cancelled to stop."""
        for job in self._running:
            if job.cancellable:
                job.cancel()

    def close(self, milliseconds: int = 30_000) -> bool:
        """Stop what can be stopped and wait for the rest; false when it did not end in time."""
        self.cancel_all()
        papers = self._papers.waitForDone(milliseconds)
        return self._library.waitForDone(milliseconds) and papers

    def _start(
        self,
        pool: QThreadPool,
        job: Job,
        work: Callable[[Progress], T],
        done: Callable[[T], None] | None,
        failed: Callable[[Exception], None] | None,
    ) -> Job:
        task = _Task(job, work, done, failed or self._report)
        if self._held is None:
            self._begin(pool, task)
        else:
            self._held.append(partial(self._begin, pool, task))
        return job

    def _begin(self, pool: QThreadPool, task: _Task) -> None:
        self._running.add(task.job)
        self.started.emit(task.job)
        pool.start(partial(self._run, task))

    def _run(self, task: _Task) -> None:
        task.run(partial(self._step, task.job))
        self._told.emit(partial(self._end, task))

    def _step(self, job: Job, done: int, total: int, text: str) -> None:
        if job.stop.is_set():
            raise Cancelled
        self._told.emit(partial(job.progressed.emit, done, total, text))

    def _end(self, task: _Task) -> None:
        self._running.discard(task.job)
        task.end()

    @Slot(object)
    def _call(self, told: Callable[[], None]) -> None:
        told()


def _name(work: Callable[..., Any]) -> str:
    inner = work.func if isinstance(work, partial) else work
    return getattr(inner, "__qualname__", type(inner).__name__)


def _one_thread(parent: QObject) -> QThreadPool:
    pool = QThreadPool(parent)
    pool.setMaxThreadCount(1)
    pool.setExpiryTimeout(-1)
    return pool


def _deliver(receiver: Callable[[Any], None], value: object) -> None:
    method: Any = receiver
    while isinstance(method, partial):
        method = method.func
    owner = getattr(method, "__self__", None)
    if not isinstance(owner, QObject) or isValid(owner):
        receiver(value)


def _nothing(_value: object = None) -> None:
    """What follows work that was cancelled, or that nobody waits for."""
