"""The page 党员 over a desk, as the frame holds it."""

from __future__ import annotations

import pytest

from tests.ui.roster_world import quiet, show_page


@pytest.fixture
def page(qtbot, desk, shell):
    made = show_page(qtbot, desk, shell)
    yield made
    quiet(qtbot, shell)
