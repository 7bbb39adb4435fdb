"""Places to fill in inside of a text."""

from __future__ import annotations

import pytest

from dangjian_desktop.domain.blank_forms.form import read_label
from dangjian_desktop.domain.blank_forms.gaps import gaps

TEXTS = {
    "填报人：            审核人：            填报日期：": ("填报人", "审核人", "填报日期"),
    "填 报 人：    电话：____": ("填报人", "电话"),
    "我支部现有党员____名，其中预备党员____名。": ("现有党员/名", "其中预备党员/名"),
    "党员大会（次）：____": ("党员大会/次",),
    "一、基本情况：党支部现有党员__名。": ("现有党员/名",),
    "各支部现有党员__名，机电队党支部共有党员__名": ("现有党员/名", "共有党员/名"),
    "其中：男____名，女____名": ("男/名", "女/名"),
    "单位（盖章）：       ": ("单位（盖章）",),
    "联系人：": ("联系人",),
    "     人": ("/人",),
    "    年    月    日": ("",),
    "负责人签名：      20__年__月__日": ("负责人签名",),
    "\u3000\u3000年\u3000月份三会一课情况": ("",),
    "性别：□男 □女  民族：□汉 □其他": ("性别[男 女]", "民族[汉 其他]"),
    "是否达标：是□ 否□": ("是否达标[是 否]",),
    "☐合格 ☐基本合格": ("[合格 基本合格]",),
    "注：本表一式两份，党支部存一份。": (),
    "中共某某公司委员会：": (),
    "现将有关情况报告如下：": (),
    "时间：2026年3月18日": (),
    "填报支部：          填报月份：": ("填报支部", "填报月份"),
    "矿党委组织科：": (),
    "单位：（公章）________ 负责人：____": ("单位（公章）", "负责人"),
    "现有党员（  ）名，转入（ ）名。": ("现有党员/名", "转入/名"),
    "应收党费    元，实收    元": ("应收党费/元", "实收/元"),
    "我支部下设____个党小组，共有____名党员。": ("党小组/个", "党员/名"),
    **dict.fromkeys(("姓  名", "项  目", "班  次", "年  份", "第  次", "联系  人", "人  数"), ()),
}


@pytest.mark.parametrize("text", TEXTS)
def test_the_gaps_of_a_text_have_the_words_before_them_and_the_unit_behind(text):
    def told(gap):
        choices = f"[{' '.join(gap.choices)}]" if gap.boxes else ""
        return gap.label + (f"/{gap.unit}" if gap.unit else "") + choices

    assert tuple(map(told, gaps(text))) == TEXTS[text]


def test_what_parts_two_lines_is_no_part_of_the_first():
    text = "支部名称：____  支部书记：____"
    assert [text[gap.start : gap.end] for gap in gaps(text)] == ["____", "____"]


def test_a_sentence_about_somebody_else_says_about_whom():
    found = gaps("公司共有党支部__个，正式党员__名。我支部现有正式党员__名。")
    assert [gap.subject for gap in found] == ["公司", "公司", ""]


def test_a_gap_tells_what_may_be_written_over():
    text = "第一行\n填报日期：  年  月  日"
    [gap] = gaps(text)
    assert gap.dated
    assert text[gap.start : gap.end] == "  年  月  日"
    [box] = gaps("性别：□男 □女")
    assert ["性别：□男 □女"[at] for at in box.boxes] == ["□", "□"]


@pytest.mark.parametrize(
    ("printed", "label", "unit"),
    [
        ("支部党员大会（次）", "支部党员大会", "次"),
        ("姓  名：", "姓名", ""),
        ("负责人（签字）：", "负责人（签字）", ""),
        ("经费（单位万元）", "经费", "万元"),
        ("党员（含预备党员）", "党员（含预备党员）", ""),
    ],
)
def test_a_label_is_cleaned_and_its_unit_kept_apart(printed, label, unit):
    assert read_label(printed) == (label, unit)
