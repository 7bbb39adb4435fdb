"""Blocks of cells as they come from the clipboard."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dangjian_desktop.ui.month_cells import block_of

CASE = Path(__file__).parents[2] / "samples" / "cases" / "38-paste-quoted-cell.txt"


def test_a_quoted_line_break_is_no_new_row():
    assert CASE.name == "38-paste-quoted-cell.txt"
    assert block_of(CASE.read_text(encoding="utf-8")) == (("12 (补)", "15"), ("13", "16"))


@pytest.mark.parametrize(
    ("text", "block"),
    [
        ("1\t2\r\n3\t4\r\n", (("1", "2"), ("3", "4"))),
        ("", (("",),)),
        ("\t\n", (("", ""),)),
        ('"说""好"""\t2', (('说"好"', "2"),)),
        ('他说"好\t2\n3\t4', (('他说"好', "2"), ("3", "4"))),
        ('"没有结束\t2\n3\t4', (('"没有结束', "2"), ("3", "4"))),
    ],
)
def test_cells_are_told_apart_as_a_spreadsheet_copies_them(text, block):
    assert block_of(text) == block


_CELLS = st.text(st.sampled_from('甲1 "\t\n'), max_size=6)


@given(st.lists(st.lists(_CELLS, min_size=2, max_size=2), min_size=1, max_size=4))
def test_a_block_comes_back_cell_by_cell(rows):
    told = "\r\n".join("\t".join(_copied(cell) for cell in row) for row in rows)
    wanted = tuple(tuple(" ".join(cell.split()) for cell in row) for row in rows)
    assert block_of(told) == wanted


def _copied(cell: str) -> str:
    quoted = any(sign in cell for sign in '"\t\n')
    return '"' + cell.replace('"', '""') + '"' if quoted else cell
