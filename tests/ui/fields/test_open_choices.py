"""No editor of a choice answers before it is asked."""

from __future__ import annotations

import pytest

from dangjian_desktop.ui.fields.cells import editor_for
from tests.guards.test_open_choices import declared_choices


@pytest.mark.parametrize(
    "field",
    [field for _p, field, _of in declared_choices()],
    ids=[p for p, _f, _o in declared_choices()],
)
def test_an_editor_of_a_choice_is_open_until_it_is_chosen(qtbot, theme, field) -> None:
    editor = editor_for(field, theme, lambda: (), None)
    qtbot.addWidget(editor)
    assert editor.value() in (None, "")
    editor.set_value(None)
    assert editor.value() in (None, "")
