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
        run = partial(self._run, job, work, done, failed or self._report)
        if self._held is None:
            self._begin(pool, job, run)
        else:
            self._held.append(partial(self._begin, pool, job, run))
        return job

    def _begin(self, pool: QThreadPool, job: Job, run: Callable[[], None]) -> None:
        self._running.add(job)
        self.started.emit(job)
        pool.start(run)

    def _run(
        self,
        job: Job,
        work: Callable[[Progress], Any],
        done: Callable[[Any], None] | None,
        failed: Callable[[Exception], None],
    ) -> None:
        LOG.debug("%s", job.name)
        try:
            result = work(partial(self._step, job))
        except Cancelled:
            outcome: Callable[[], None] = _nothing
        except Exception as error:
            LOG.debug("%s failed", job.name, exc_info=error)
            outcome = partial(_deliver, failed, error)
        else:
            outcome = _nothing if done is None else partial(_deliver, done, result)
        self._told.emit(partial(self._end, job, outcome))

    def _step(self, job: Job, done: int, total: int, text: str) -> None:
        if job.stop.is_set():
            raise Cancelled
        self._told.emit(partial(job.progressed.emit, done, total, text))

    def _end(self, job: Job, outcome: Callable[[], None]) -> None:
        self._running.discard(job)
        job.ended.emit()
        job.deleteLater()
        outcome()

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


def _nothing() -> None:
    """What follows work that was cancelled, or that nobody waits for."""
