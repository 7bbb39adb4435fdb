from __future__ import annotations

import re
from pathlib import Path

import pytest

from dangjian_desktop import ui
from dangjian_desktop.paths import resources
from dangjian_desktop.ui.look.tokens import DARK, LIGHT, PAIRS, contrast


@pytest.mark.parametrize("table", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), [*PAIRS])
def test_every_text_can_be_read_on_its_ground(table, text, ground):
    assert contrast(table[text], table[ground]) >= 4.5


def test_both_tables_name_the_same_tokens():
    assert set(LIGHT) == set(DARK)


def test_contrast_of_black_and_white_is_21():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#777777") == pytest.approx(1)


def test_no_colour_is_written_outside_the_table():
    written = re.compile(r"#[0-9A-Fa-f]{6}\b|#[0-9A-Fa-f]{3}\b|\brgba?\(")
    files = [f for f in Path(ui.__file__).parent.rglob("*.py") if f.name != "tokens.py"]
    files.append(resources("style", "window.qss"))
    assert [str(f) for f in files if written.search(f.read_text(encoding="utf-8"))] == []
