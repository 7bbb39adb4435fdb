"""The shell of the tests of the window."""

from __future__ import annotations

from tests.ui.conftest import jobs, look, messages, settings, shell, theme

__all__ = ["jobs", "look", "messages", "settings", "shell", "theme"]
