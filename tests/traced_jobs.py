"""Lets coverage see what runs in the window's pools, whose threads Python did not start."""

from __future__ import annotations

import sys
import threading

import pytest


def trace_jobs(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on jobs run under the tracer of new threads; without one nothing changes."""
    from dangjian_desktop.ui.desk.jobs import Jobs

    run = Jobs._run

    def traced(self, *given):
        sys.settrace(threading.gettrace())
        run(self, *given)

    monkeypatch.setattr(Jobs, "_run", traced)
