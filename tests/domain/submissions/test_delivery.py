"""The delivery check: each kind of fault is found, and what is right is not blamed."""

from __future__ import annotations

import pytest

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.submissions.delivered import Delivered, FileKind, Line
from dangjian_desktop.domain.submissions.delivery import Code, Known, lines_of_pages, looked_through
from dangjian_desktop.domain.submissions.stated import agree, periods_in, periods_in_name

OURS = "中共测试集团机关支部委员会"
KNOWN = Known(
    branches=frozenset({OURS, "机关党支部"}),
    people=frozenset({"张三", "李四", "买买提·艾力"}),
    period=Period.parse("2026-03"),
)
BODY = "全体党员学习了文件。"


def found(*texts: str, rows=(), name="材料.docx", known=KNOWN, **more) -> list[tuple[Code, str]]:
    lines = [Line(where=f"第{n}段", text=text) for n, text in enumerate(texts, 1)]
    lines += [
        Line(where=f"表1第{n}行", text="\n".join(cells), cells=tuple(cells))
        for n, cells in enumerate(rows, 1)
    ]
    file = Delivered(name=name, kind=FileKind.WORD, lines=tuple(lines), **more)
    return [(one.code, one.where) for one in looked_through([file], known)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2026年3月工作月报", ["2026-03"]),
        ("2026 年第一季度", ["2026-Q1"]),
        ("2026年2季度", ["2026-Q2"]),
        ("2026年下半年总结", ["2026-H2"]),
        ("2025年度述职", ["2025"]),
        ("2026年1月至3月", []),
        ("2026年13月", []),
        ("共12026年", []),
    ],
)
def test_a_text_states_periods(text, told):
    assert [str(each) for each in periods_in(text)] == told


@pytest.mark.parametrize("name", ["月报_202603", "月报_2026-03", "记录_20260318", "月报_2026年3月"])
def test_a_file_name_states_its_month(name):
    assert [str(each) for each in periods_in_name(name)] == ["2026-03"]


@pytest.mark.parametrize("name", ["2026031", "电话13820260300", "第2026条"])
def test_other_digits_are_no_month(name):
    assert list(periods_in_name(name)) == []


def test_periods_agree_where_one_lies_within_the_other():
    month, quarter, year = (Period.parse(each) for each in ("2026-03", "2026-Q1", "2026"))
    assert agree(month, quarter)
    assert agree(year, month)
    assert not agree(Period.parse("2026-02"), month)
    assert not agree(Period.parse("2026-Q2"), quarter)


def test_what_is_right_is_not_blamed():
    head = f"{OURS}2026年3月“三会一课”月报"
    rows = [("填报党支部", OURS, "填报月份", "2026年3月"), ("支部书记", "张三", "记录人", "李 四")]
    assert (
        found(head, "填报人：张三　　审核人：", BODY, rows=rows, name="机关党支部_月报_202603.docx")
        == []
    )
    assert found("2025年度组织生活会情况报告", BODY) == []


def test_another_month_year_or_quarter_is_found_in_title_name_and_cell():
    assert found("2026年2月工作月报", BODY) == [(Code.WRONG_PERIOD, "第1段")]
    assert found("2024年工作总结", BODY) == [(Code.WRONG_PERIOD, "第1段")]
    assert found("月报", BODY, name="机关党支部_月报_202602.docx") == [
        (Code.WRONG_PERIOD, "文件名")
    ]
    assert found("月报", BODY, rows=[("所属期", "2026年第二季度")]) == [
        (Code.WRONG_PERIOD, "表1第1行")
    ]


def test_days_in_the_body_and_of_filling_in_are_no_period():
    assert found("月报", "填报日期：2026年4月2日", "1998年7月1日入党的同志谈了体会。") == []


def test_without_a_period_none_is_wrong():
    free = Known(branches=KNOWN.branches, people=KNOWN.people)
    assert found("2020年2月工作月报", BODY, known=free) == []


def test_another_branch_is_found_in_title_name_cell_and_signature():
    other = "中共测试集团后勤支部委员会"
    assert found(f"{other}月报", BODY) == [(Code.WRONG_BRANCH, "第1段")]
    assert found(other[:8], f"{other[8:]}月报", BODY) == [(Code.WRONG_BRANCH, "标题")]
    assert found("月报", BODY, name="后勤党支部_月报.docx") == [(Code.WRONG_BRANCH, "文件名")]
    assert found("月报", BODY, rows=[("填报党支部", "后勤党支部")]) == [
        (Code.WRONG_BRANCH, "表1第1行")
    ]
    assert found("月报", BODY, *([BODY] * 4), other) == [(Code.WRONG_BRANCH, "第7段")]


def test_short_and_full_names_and_opinions_are_ours():
    rows = [("党支部", "测试集团机关党支部"), ("党支部意见", "同意"), ("支部", "")]
    assert found("机关党支部月报", BODY, rows=rows, name="机关党支部_月报.docx") == []


@pytest.mark.parametrize("label", ["书记", "支部书记", "主持人", "记录人", "填报人", "审核人"])
def test_a_name_that_no_record_knows_is_found(label):
    assert found("月报", f"{label}：王五　日期：", BODY) == [(Code.FOREIGN_NAME, "第2段")]
    assert found("月报", BODY, rows=[(label, "张三、赵六")]) == [(Code.FOREIGN_NAME, "表1第1行")]


def test_known_names_are_known_however_they_are_written():
    rows = [("主持人", "张　三（代）"), ("记录人", "买买提•艾力"), ("审核人", "（签字）")]
    assert found("月报", "填报人：＿＿＿　审核人：李四", BODY, rows=rows) == []


def test_a_list_of_posts_is_not_read_as_names():
    rows = [("1", "张三", "男", "书记", "第一党小组", "工程师", "正常")]
    assert found("名册", BODY, rows=rows) == []


@pytest.mark.parametrize(
    "text",
    [
        "××××同志",
        "XX党支部",
        "X" * 3,
        "20XX年",
        "{{name}}",
        "（此处填写内容）",
        "请在此输入",
        "待明确",
    ],
)
def test_what_a_template_left_over_is_found(text):
    assert (Code.LEFT_OVER, "第2段") in found("月报", text, BODY)


@pytest.mark.parametrize(
    "text", ["3×4 平方米", "（请假）", "A4 XL 号", "○党员示范岗", "【2026】3号"]
)
def test_what_only_looks_like_it_is_not(text):
    assert found("月报", text, BODY) == []


def test_papers_of_the_sample_year_are_no_leftovers_in_it():
    sample = Known(branches=KNOWN.branches, people=KNOWN.people, sample=True)
    assert found("月报", "【示例】", BODY, known=sample) == []
    assert found("月报", "【示例】", BODY) == [(Code.LEFT_OVER, "第2段")]


def test_an_empty_body_is_found():
    assert found("2026年3月月报") == [(Code.EMPTY_BODY, "")]
    assert found() == [(Code.EMPTY_BODY, "")]
    assert found("记录", BODY, rows=[("会议内容", "　")]) == [(Code.EMPTY_BODY, "表1第1行")]


def test_a_page_of_signatures_alone_is_found():
    def of_pages(*pages: str) -> list[tuple[Code, str]]:
        file = Delivered(name="材料.pdf", kind=FileKind.PDF, lines=lines_of_pages(pages))
        return [(one.code, one.where) for one in looked_through([file], KNOWN)]

    foot = "数据截止2026年3月31日　报送：公司党委"
    body = f"月报\n{BODY}\n— 1 —\n{foot}"
    signs = f"机关党支部（盖章）\n书记：张三\n2026年4月2日\n— 2 —\n{foot}"
    assert of_pages(body, signs) == [(Code.SIGNATURE_ALONE, "第2页")]
    assert of_pages(body, "会后组织了讨论。\n" + signs) == []
    assert of_pages(body) == []


def test_names_beside_their_labels_in_a_pdf_are_found_and_running_text_is_not():
    texts = ("月报", BODY, "填报人 路人甲 审核人 张三", "书记 抓党建", "主持人 签字", "书记 抓")
    file = Delivered(name="月报.pdf", kind=FileKind.PDF, lines=lines_of_pages(["\n".join(texts)]))
    told = [(one.code, one.message[:8]) for one in looked_through([file], KNOWN)]
    assert told == [(Code.FOREIGN_NAME, "填报人“路人甲”")]


def test_what_cannot_be_read_is_told_and_nothing_else():
    assert found("××××", problem="打不开。") == [(Code.UNREADABLE, "")]


def test_a_branch_whose_name_ends_ours_is_another_and_each_is_told_once():
    known = Known(
        branches=frozenset({"中共某矿机电运输队支部委员会", "机电运输队党支部"}),
        people=frozenset(),
        period=None,
    )
    assert found("月报", "中共某矿运输队支部委员会", BODY, known=known) == [
        (Code.WRONG_BRANCH, "第2段")
    ]
    assert found("月报", "中共某矿机电运输队支部委员会", BODY, known=known) == []
    assert found("机电运输队党支部月报", "机电运输队支部委员会", BODY, known=known) == []
