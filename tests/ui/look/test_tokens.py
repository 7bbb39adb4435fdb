from __future__ import annotations

import re
from pathlib import Path

import pytest

from dangjian_desktop import ui
from dangjian_desktop.paths import resources
from dangjian_desktop.ui.look.tokens import DARK, LIGHT, STARK, STARK_DARK

TABLES = {"light": LIGHT, "dark": DARK, "stark": STARK, "stark-dark": STARK_DARK}
GROUNDS = ("ground", "surface", "raised", "hover", "select", "tint")
PAIRS = (
    *(("text", ground) for ground in ("ground", "surface", "raised", "hover", "select", "tint")),
    *(("soft", ground) for ground in ("ground", "surface", "raised", "hover", "select")),
    ("accent", "surface"),
    ("accent", "tint"),
    ("accent", "raised"),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("good", "good_ground"),
    ("good", "surface"),
    ("good", "select"),
    ("warn", "warn_ground"),
    ("warn", "surface"),
    ("warn", "select"),
    ("bad", "bad_ground"),
    ("bad", "surface"),
    ("bad", "select"),
    ("text", "good_ground"),
    ("text", "warn_ground"),
    ("text", "bad_ground"),
    ("soft", "bad_ground"),
)
"""Every text colour with every ground it stands on."""


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two ``#RRGGBB`` colours, 1 to 21, as WCAG 2 counts it."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


EDGES = (
    *((edge, ground) for edge in ("edge", "ring", "accent", "bad") for ground in GROUNDS),
    ("warn", "warn_ground"),
    ("ring", "good_ground"),
    ("ring", "warn_ground"),
    ("ring", "bad_ground"),
    ("bad", "bad_ground"),
    ("surface", "text"),
)
"""Every line that shows where a control is, what state it has or that it has the focus, with
every ground that it lies on (the last: a button on a toast)."""
_CONTROL = re.compile(
    r"QLineEdit|QComboBox|QPlainTextEdit|SpinBox|QPushButton|QCheckBox|QScrollBar::handle"
    r'|"tile"|"popup"|"choices"|"cells"|QProgressBar|QMenu \{'
)


@pytest.fixture(params=TABLES)
def table(request):
    return TABLES[request.param]


def test_every_text_can_be_read_on_its_ground(table):
    least = 7 if table in (STARK, STARK_DARK) else 4.5
    assert [p for p in PAIRS if contrast(table[p[0]], table[p[1]]) < least] == []


def test_every_border_ring_and_state_can_be_seen(table):
    assert [p for p in EDGES if contrast(table[p[0]], table[p[1]]) < 3] == []


def test_all_tables_name_the_same_tokens():
    assert {tuple(sorted(table)) for table in TABLES.values()} == {tuple(sorted(LIGHT))}


def test_the_border_of_every_control_is_a_line_that_can_be_seen():
    """A faint line is for what is no control: cards, headings, separators, what is disabled."""
    seen = {edge for edge, _ground in EDGES} | {"soft"}
    faint = []
    for rule in resources("style", "window.qss").read_text(encoding="utf-8").splitlines():
        name = rule.partition("{")[0]
        if _CONTROL.search(rule) and "disabled" not in name and '"toast"] QL' not in name:
            lines = re.findall(r"border(?:-[a-z]+)*: [^;]*\$(\w+)", rule)
            faint += [(name, line) for line in lines if line not in seen]
    assert faint == []


def test_contrast_of_black_and_white_is_21():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#777777") == pytest.approx(1)


def test_no_colour_is_written_outside_the_table():
    written = re.compile(r"#[0-9A-Fa-f]{6}\b|#[0-9A-Fa-f]{3}\b|\brgba?\(")
    files = [f for f in Path(ui.__file__).parent.rglob("*.py") if f.name != "tokens.py"]
    files.append(resources("style", "window.qss"))
    assert [str(f) for f in files if written.search(f.read_text(encoding="utf-8"))] == []
