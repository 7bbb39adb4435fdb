from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dangjian_desktop.documents.lines import NOT_AT_END, NOT_AT_START, break_lines, spread

WORDS = st.sampled_from(
    [
        "会",
        "议",
        "党员",
        "喆",
        "𬭎",
        "2025",
        "3.5％",
        "HY-2026",
        "km/h",
        "“安全”",
        "（一）",
        "《要点》",
    ]
)
MARKS = st.sampled_from(
    ["，", "。", "；", "：", "！", "？", "、", "……", "——", "。”", "”，", "）。", " "]
)
TEXTS = st.lists(st.tuples(st.lists(WORDS, min_size=1, max_size=5), MARKS), max_size=40).map(
    lambda parts: "".join("".join(words) + mark for words, mark in parts)
)


def broken(text: str, cells: float, *, first: float | None = None) -> list[str]:
    widths = [0.5 if c < "\x7f" else 1.0 for c in text]
    lines = break_lines(text, widths, first or cells, cells)
    return [text[line.start : line.end] for line in lines]


@given(TEXTS, st.integers(min_value=14, max_value=40))
def test_no_line_starts_or_ends_with_a_forbidden_mark(text, cells):
    lines = [line for line in broken(text, cells) if line]
    for line in lines[1:]:
        assert line[0] not in NOT_AT_START, lines
    for line in lines[:-1]:
        assert line[-1] not in NOT_AT_END, lines


@given(TEXTS, st.integers(min_value=1, max_value=40))
def test_lines_put_together_are_the_text(text, cells):
    assert "".join(broken(text, cells)).replace(" ", "") == text.replace(" ", "")


@given(TEXTS, st.integers(min_value=6, max_value=40))
def test_no_line_is_wider_than_its_column_once_squeezed(text, cells):
    widths = [0.5 if c < "\x7f" else 1.0 for c in text]
    for line in break_lines(text, widths, cells, cells):
        assert line.width - line.squeeze <= cells + 0.02


def test_han_fill_the_line_to_the_last_cell():
    assert broken("会" * 60, 28) == ["会" * 28, "会" * 28, "会" * 4]


def test_a_mark_is_squeezed_in_when_the_marks_of_the_line_give_room():
    assert broken("会，议" + "会" * 6 + "。后面", 9) == ["会，议" + "会" * 6 + "。", "后面"]


def test_else_the_last_character_goes_down_with_the_mark():
    assert broken("会" * 9 + "，。后面", 9) == ["会" * 8, "会，。后面"]


def test_a_mark_alone_at_the_end_gives_up_its_own_white_only_when_that_is_enough():
    assert broken("会" * 9 + "。", 9.5) == ["会" * 9 + "。"]
    assert broken("会" * 9 + "。", 9) == ["会" * 7, "会会。"]


def test_words_and_numbers_stay_whole():
    assert broken("会议编号HY-2026-17号", 8) == ["会议编号", "HY-2026-17号"]


def test_a_word_longer_than_a_line_is_cut():
    assert broken("A" * 50, 10) == ["A" * 20, "A" * 20, "A" * 10]


def test_dashes_and_dots_stay_in_pairs():
    assert broken("会" * 9 + "——后面", 10)[0] == "会" * 8
    assert broken("会" * 9 + "……后面", 10)[0] == "会" * 8


def test_an_opening_mark_goes_down_with_what_it_opens():
    assert broken("会" * 9 + "（一）后", 10) == ["会" * 9, "（一）后"]


def test_blanks_at_a_line_end_are_left_out():
    assert broken("ABCD EFGH", 2) == ["ABCD", "EFGH"]


def test_a_line_is_spread_to_the_edge_but_not_torn_apart():
    line = next(break_lines("会" * 9 + "（一）" + "会" * 9, [1.0] * 21, 10, 10))
    assert spread(line, 10, 0.5) == 1 / 8
    assert spread(line, 40, 0.5) == 0.0
