"""Coverage counts what runs in a thread of the window's pools."""

from __future__ import annotations

import threading

from dangjian_desktop.ui.desk.jobs import Jobs
from tests.traced_jobs import trace_jobs


def marked():
    return "ran"


def test_a_line_that_runs_in_a_job_is_seen_by_the_tracer_of_threads(qtbot, monkeypatch):
    seen, told = set(), []

    def tracer(frame, _event, _argument):
        seen.add((frame.f_code.co_name, threading.get_ident()))
        return tracer

    before = threading.gettrace()
    jobs = Jobs(told.append)
    trace_jobs(monkeypatch)
    threading.settrace(tracer)
    try:
        jobs.library(marked, told.append)
        qtbot.waitUntil(lambda: told == ["ran"])
    finally:
        threading.settrace(before)
        assert jobs.close()
    assert "marked" in {name for name, thread in seen if thread != threading.get_ident()}
