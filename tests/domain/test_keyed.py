"""Every form that is read is read as a Chinese input method makes it of the same keys."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dangjian_desktop.domain.amounts import read_number
from dangjian_desktop.domain.dates import read_day, read_month, read_partial, read_time
from dangjian_desktop.domain.members.identity import check_character, read_identity

TODAY = date(2026, 3, 31)
CHINESE = {
    ".": "。．·",
    ",": "，",
    "-": "－—–～",
    "+": "＋",
    "%": "％",
    "/": "／",
    " ": "　",
    **{str(n): chr(0xFF10 + n) for n in range(10)},
}
numbers = st.one_of(
    st.decimals(-(10**9), 10**9, places=2).map(str),
    st.integers(-(10**6), 10**6).map(lambda n: f"{n:,}"),
    st.integers(0, 1000).map(lambda n: f"{n / 10}%"),
)
days = st.dates(date(1950, 1, 1), date(2080, 1, 1)).flatmap(
    lambda d: st.sampled_from(
        (f"{d}", f"{d.year}.{d.month}.{d.day}", f"{d.month}-{d.day}", f"{d.year}/{d.month}/{d.day}")
    )
)


def through_an_input_method(draw, text, more=()):
    """The same keys with the input method on, sign by sign or not."""
    signs = {**CHINESE, **dict(more)}
    return "".join(draw(st.sampled_from(sign + signs.get(sign, ""))) for sign in text)


@given(st.data(), numbers)
def test_numbers(data, typed):
    keyed = through_an_input_method(data.draw, typed)
    assert read_number(keyed) == read_number(typed)


@given(st.data(), days)
def test_days(data, typed):
    keyed = through_an_input_method(data.draw, typed)
    assert read_day(keyed, TODAY) == read_day(typed, TODAY) is not None
    assert read_partial(keyed, TODAY) == read_partial(typed, TODAY)


@given(st.data(), st.dates(date(1950, 1, 1), date(2080, 1, 1)))
def test_months(data, day):
    typed = f"{day.year}-{day.month}"
    assert read_month(through_an_input_method(data.draw, typed), TODAY) == read_month(typed, TODAY)


@given(st.data(), st.times())
@example(None, time(14, 30))
def test_times(data, moment):
    typed = f"{moment:%H:%M}"
    keyed = typed.replace(":", "；")
    if data is not None:
        keyed = through_an_input_method(data.draw, typed, {":": "：；;"}.items())
    assert read_time(keyed) == read_time(typed) == time(moment.hour, moment.minute)


@given(st.data(), st.integers(0, 999))
def test_id_numbers(data, order):
    first = f"11010119900307{order:03}"
    typed = first + check_character(first)
    keyed = through_an_input_method(data.draw, typed, {"X": "xＸ"}.items())
    assert read_identity(keyed).number == typed


@pytest.mark.parametrize("text", ["5²", "①", "½", "9。5。1", "三"])
def test_what_is_another_number_is_not_read(text):
    with pytest.raises(ValueError, match=text[0]):
        read_number(text)


def test_the_first_entry_of_a_grid_cell():
    assert read_number("9。5").value == Decimal("9.5")
