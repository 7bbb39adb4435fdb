"""The plan: two columns, what was done beside them, the book and the matrix of 党建+N."""

from __future__ import annotations

import pytest

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.errors import InputError
from dangjian_desktop.services.papers.printing import Wanted
from tests.services.fusion.fusion_world import PROJECT, a_desk

YEAR, MARCH, NEXT = Period(2026, 1, 12), Period(2026, 3, 1), Period(2027, 1, 12)
LINES = [
    {
        "when": "2026-03",
        "section": "组织生活",
        "party": "讲一次党课",
        "done_party": "3月18日已讲",
        "business": "托辊送修",
        "people": ["李四"],
    },
    {"when": "2026", "party": "按月召开支委会"},
    {"when": "2026-01", "business": "盘点材料", "section": "组织生活"},
]


@pytest.fixture
def desk(tmp_path):
    with a_desk(tmp_path) as opened:
        opened.shared["plan"].import_json(LINES)
        yield opened


def table(desk, code, period):
    document = desk.printing.document(code, "", Wanted(period=period))
    [found] = [block for block in document.blocks if hasattr(block, "widths")][:1]
    return [["".join(p.words for p in cell.paragraphs) for cell in row.cells] for row in found.rows]


def test_party_work_and_business_stand_beside_each_other_by_month(desk):
    head, *rows = table(desk, "plan_table", YEAR)
    assert head[2:4] == ["党建工作", "业务工作"]
    assert [row[1:4] for row in rows] == [
        ["全年", "按月召开支委会", ""],
        ["1月", "", "盘点材料"],
        ["3月", "讲一次党课", "托辊送修"],
    ]


def test_a_month_compares_plan_and_done_and_leaves_the_unknown_empty(desk):
    _head, *rows = table(desk, "plan_compared", MARCH)
    assert [row[1:] for row in rows] == [
        ["3月", "讲一次党课", "3月18日已讲", "托辊送修", "", "李四"]
    ]
    document = desk.printing.document("plan_compared", "", Wanted(period=MARCH))
    assert "计划2项，已填写完成情况1项。" in " ".join(document.texts())


def test_the_book_has_the_parts_that_were_named_and_the_rest_behind(desk):
    texts = [*desk.printing.document("plan_book", "", Wanted(period=YEAR)).texts()]
    assert [text for text in texts if text.startswith(("一、", "二、"))] == [
        "一、组织生活",
        "二、其他工作",
    ]
    assert "（业务）托辊送修" in texts


def test_a_plan_is_printed_before_its_year_has_come(desk):
    desk.shared["plan"].import_json({"when": "2027-02", "party": "换届准备"})
    _head, *rows = table(desk, "plan_table", NEXT)
    assert [row[2] for row in rows] == ["换届准备"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ({"when": "2026-03"}, "至少填写一项"),
        ({"when": "2026-03-05", "party": "党课"}, "只写到月"),
        ({"when": "2026-03", "party": "党课", "done_business": "好"}, "没有计划的业务工作"),
        ({"when": "2026-03", "party": "党课", "done_on": "2025-01-01"}, "早于计划的年份"),
    ],
)
def test_what_cannot_be_is_refused_in_words(desk, line, said):
    with pytest.raises(InputError) as refused:
        desk.shared["plan"].import_json(line)
    assert said in "".join(issue.message for issue in refused.value.issues)


def test_the_matrix_has_every_n_and_the_value_of_the_project(desk):
    desk.projects.import_json(
        {
            "title": "隐患按期整改",
            "category": "执行力提升",
            "secretary": "李四",
            "start": "2026-01-01",
            "end": "2026-12-31",
            "measures": ["公示", "提醒"],
            "targets": [{**PROJECT["targets"][0], "id": None}],
        }
    )
    _head, *rows = table(desk, "plus_matrix", YEAR)
    assert [row[0] for row in rows] == ["制度建设", "执行力提升", "转型发展", "队伍建设"]
    assert rows[1][3] == "1. 公示2. 提醒"
    assert (
        rows[1][4] == "托辊材料消耗：基准0.45元/吨煤，目标0.42元/吨煤，现值0.43元/吨煤，未达到目标"
    )
    assert rows[0][1:] == [""] * 5
