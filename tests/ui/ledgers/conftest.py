"""The page 清单台账 over a desk, as the frame holds it."""

from __future__ import annotations

import pytest

from tests.ui.ledger_world import show_page
from tests.ui.roster_world import quiet


@pytest.fixture
def page(qtbot, desk, shell):
    made = show_page(qtbot, desk, shell)
    yield made
    quiet(qtbot, shell)
