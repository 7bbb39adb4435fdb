"""Cleaning at the entry: nothing that cannot be printed stays, nothing else goes."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dangjian_desktop.domain.texts import clean, normal_name, squeeze


@pytest.mark.parametrize(
    ("text", "kept", "removed"),
    [
        ("张三", "张三", ""),
        (" 张三\t", "张三", ""),
        ("张\x00三\x08", "张三", "控制字符"),
        ("张\ufffe三\ud800", "张三", "损坏的字符"),
        ("\u202e三张", "三张", "改变文字方向的字符"),
        ("赵\u200b军\ufeff", "赵军", "看不见的字符"),
        ("\x07\u200b甲", "甲", "控制字符、看不见的字符"),
        ("e\u0301", "é", ""),
        ("褚𠅤陈𫖯、①℃㎡——……“”", "褚𠅤陈𫖯、①℃㎡——……“”", ""),
        ("<b>&{{ }}%s=1+1", "<b>&{{ }}%s=1+1", ""),
    ],
)
def test_what_goes_is_named(text, kept, removed):
    assert clean(text) == (kept, removed)


def test_lines_stay_only_where_wanted():
    assert clean("一\r\n二\u2028三", multiline=True)[0] == "一\n二\n三"
    assert clean("一\r\n二")[0] == "一 二"


@given(st.text(alphabet=st.characters()))
def test_what_is_left_can_be_stored_and_printed(text):
    kept = clean(text, multiline=True)[0]
    kept.encode("utf-8")
    assert kept == unicodedata.normalize("NFC", kept)
    assert not any(ord(sign) < 32 and sign not in "\t\n" for sign in kept)
    assert clean(kept, multiline=True) == (kept, "")


def test_names_are_compared_without_blanks_and_with_one_dot():
    written = ("阿依古丽·买买提", "阿依古丽•买买提", "阿依古丽．买买提", "阿依古丽 · 买买提")
    assert len({normal_name(name) for name in written}) == 1
    assert normal_name("邓　涛") == normal_name("邓 涛") == "邓涛"


def test_labels_are_compared_half_width_and_without_blanks():
    assert squeeze("姓　 名\n（签字）") == "姓名(签字)"
