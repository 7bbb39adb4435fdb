"""The program without its window, for scripts, clerks and scheduled tasks."""

from __future__ import annotations

from dangjian_desktop.cli.running import main

__all__ = ["main"]
