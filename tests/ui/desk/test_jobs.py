from __future__ import annotations

import gc
import weakref
from functools import partial
from threading import Event, current_thread, main_thread

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from dangjian_desktop import logs
from dangjian_desktop.errors import Cancelled
from dangjian_desktop.sweeps import sweep_when_due, unswept
from dangjian_desktop.ui.window.strip import Strip


class Counter(QObject):
    counted = Signal(bool)


def test_ten_thousand_emissions_leave_the_process_alive(qapp):
    counter, seen = Counter(), []
    counter.counted.connect(seen.append)
    for _ in range(10_000):
        counter.counted.emit(True)
    assert len(seen) == 10_000


def test_of_three_hundred_jobs_none_is_lost(qtbot, jobs):
    ended, results = [], []
    for number in range(300):
        start = jobs.library if number % 2 else jobs.papers
        work = (lambda n=number: n) if number % 2 else (lambda _progress, n=number: n)
        start(work, results.append).ended.connect(lambda: ended.append(1))
    qtbot.waitUntil(lambda: not jobs.busy, timeout=10_000)
    assert sorted(results) == list(range(300))
    assert len(ended) == 300


def test_library_work_is_done_in_order_off_the_ui_thread(qtbot, jobs):
    threads, order = set(), []

    def work(number):
        threads.add(current_thread())
        order.append(number)

    for number in range(20):
        jobs.library(lambda n=number: work(n))
    qtbot.waitUntil(lambda: not jobs.busy)
    assert order == list(range(20))
    assert len(threads) == 1
    assert main_thread() not in threads


def test_a_draft_does_not_wait_behind_an_export(qtbot, jobs):
    gate, saved = Event(), []
    jobs.papers(lambda _progress: gate.wait(10))
    jobs.library(lambda: "saved", saved.append)
    qtbot.waitUntil(lambda: saved == ["saved"])
    assert jobs.busy
    gate.set()
    qtbot.waitUntil(lambda: not jobs.busy)


def test_progress_arrives_and_cancel_stops_without_a_word(qtbot, jobs, messages):
    steps, done, told = [], [], []
    messages.noticed.connect(told.append)
    messages.failed.connect(told.append)
    reached, go_on = Event(), Event()

    def work(progress):
        progress(1, 3, "第一页")
        reached.set()
        go_on.wait(10)
        progress(2, 3, "第二页")

    job = jobs.papers(work, done.append)
    job.progressed.connect(lambda done, total, text: steps.append((done, total, text)))
    assert reached.wait(10)
    job.cancel()
    go_on.set()
    qtbot.waitUntil(lambda: not jobs.busy)
    assert steps == [(1, 3, "第一页")]
    assert done == []
    assert told == []


def test_a_failure_goes_to_its_own_receiver_or_to_the_messages(qtbot, jobs, messages):
    own = []
    jobs.library(_fail, failed=own.append)
    qtbot.waitUntil(lambda: len(own) == 1)
    told = []
    jobs._report = told.append
    jobs.library(_fail)
    qtbot.waitUntil(lambda: len(told) == 1)
    assert isinstance(told[0], ZeroDivisionError)


def _fail():
    raise ZeroDivisionError


class Receiver(QWidget):
    def __init__(self):
        super().__init__()
        self.got = []

    def receive(self, value):
        self.got.append(value)


@pytest.mark.parametrize("wrap", [lambda method: method, partial], ids=["method", "partial"])
def test_a_widget_that_is_gone_is_not_called(qtbot, jobs, wrap):
    receiver, gate = Receiver(), Event()
    got = receiver.got
    jobs.library(lambda: gate.wait(10), wrap(receiver.receive))
    with qtbot.waitSignal(receiver.destroyed):
        receiver.deleteLater()
    gate.set()
    qtbot.waitUntil(lambda: not jobs.busy)
    assert got == []


def make_objects(number):
    """Enough of them for Python to sweep several times over, each in a circle."""
    for _ in range(number):
        made = []
        made.append(made)


def test_garbage_of_a_page_is_swept_on_the_ui_thread_alone(qtbot, jobs):
    swept_in = []
    page = Receiver()
    page.itself = page
    weakref.finalize(page, lambda: swept_in.append(current_thread()))
    del page
    more_than_due = 2 * gc.get_threshold()[0]
    with qtbot.waitSignal(jobs.library(partial(make_objects, more_than_due)).ended):
        assert swept_in == []
    qtbot.waitUntil(lambda: swept_in == [main_thread()])


def test_while_much_is_made_the_ui_thread_sweeps_nothing_either(qtbot, jobs):
    swept, gate = [], Event()
    made = Receiver()
    made.itself = made
    weakref.finalize(made, swept.append, "swept")
    del made

    @unswept()
    def work():
        make_objects(2 * gc.get_threshold()[0])
        gate.wait(10)

    jobs.library(work)
    qtbot.waitUntil(lambda: gc.get_count()[0] > gc.get_threshold()[0])
    sweep_when_due()
    assert swept == []
    gate.set()
    qtbot.waitUntil(lambda: bool(swept))


@pytest.mark.parametrize("held_by", ["work", "done", "failed"])
@pytest.mark.parametrize("fails", [False, True], ids=["ends", "fails"])
def test_the_last_hold_on_an_object_is_let_go_on_the_ui_thread(qtbot, jobs, held_by, fails):
    ended_in = []

    def acts():
        held = Receiver()
        weakref.finalize(held, lambda: ended_in.append(current_thread()))
        own = {held_by: lambda *_: held.got}
        work = own.get("work", list)
        if fails:
            work = partial(_fail_holding, work)
        return work, own.get("done"), own.get("failed", str)

    for _ in range(50):
        jobs.library(*acts())
    qtbot.waitUntil(lambda: len(ended_in) == 50)
    assert set(ended_in) == {main_thread()}


def _fail_holding(work):
    work()
    raise ZeroDivisionError


def test_the_strip_shows_long_work_and_its_cancel(qtbot, jobs, theme):
    holder = QWidget()
    qtbot.addWidget(holder)
    strip = Strip(jobs, theme, holder)
    holder.show()
    gate = Event()

    def work(progress):
        progress(3, 10, "会议记录")
        gate.wait(10)
        progress(4, 10, "会议记录")

    jobs.papers(work, title="正在导出")
    assert strip.isHidden()
    qtbot.waitUntil(strip.isVisible, timeout=3000)
    strip.cancel.click()
    assert strip.text.text() == "正在停止……"
    gate.set()
    qtbot.waitUntil(strip.isHidden)


def test_short_work_never_flashes(qtbot, jobs, theme):
    holder = QWidget()
    qtbot.addWidget(holder)
    strip = Strip(jobs, theme, holder)
    holder.show()
    jobs.library(lambda: None)
    qtbot.waitUntil(lambda: not jobs.busy)
    assert strip.isHidden()
    assert not strip._delay.isActive()


def test_cancelled_is_no_failure(qtbot, jobs):
    failures = []

    def stopped():
        raise Cancelled

    jobs.library(stopped, failed=failures.append)
    qtbot.waitUntil(lambda: not jobs.busy)
    assert failures == []


def _work_about_a_person():
    raise ValueError("周立峰")


def test_in_detail_the_log_names_functions_and_no_person(qtbot, jobs, tmp_path):
    logs.start(tmp_path, in_detail=True)
    jobs.library(partial(_work_about_a_person), failed=lambda _error: None, title="周立峰")
    qtbot.waitUntil(lambda: not jobs.busy, timeout=10_000)
    logs.start(tmp_path / "later")
    text = (tmp_path / logs.FILE_NAME).read_text(encoding="utf-8")
    assert "_work_about_a_person failed" in text
    assert "周立峰" not in text
