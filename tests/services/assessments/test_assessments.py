"""A superior's table on real files: read, said what is odd, printed, its gaps made problems."""

from __future__ import annotations

from decimal import Decimal

import openpyxl
import pytest

from dangjian_desktop.domain.assessments.assessment import Band, Span
from dangjian_desktop.errors import InputError
from dangjian_desktop.services.assessments.assessments import AssessmentService
from dangjian_desktop.services.meetings.meetings import MeetingService
from dangjian_desktop.services.papers.printing import PrintingService
from dangjian_desktop.services.record_services import service_of
from tests.documents.reading import pdf_texts
from tests.services.make import a_library, a_meeting, clock

HEAD = ("序号", "考核项目", "考核标准", "底线/高线", "分值（分）", "自评得分", "佐证材料")


@pytest.fixture
def library(tmp_path):
    opened = a_library(tmp_path)
    yield opened
    opened.close()


def a_table(folder, rows, merged=(), head=HEAD, title="某公司党支部达标表"):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append([title])
    sheet.append(head)
    for row in rows:
        sheet.append(row)
    for cells in merged:
        sheet.merge_cells(cells)
    file = folder / "达标表.xlsx"
    book.save(file)
    return file


ROWS = (
    (1, "三会一课", "党员大会每季度一次", "底线", 40, 38, "会议记录\n签到表"),
    (2, "三会一课", "支委会每月一次", "底线", 30, None, None),
    (3, "融合", "有成效数据", "高线", 30, 20, None),
)


def test_a_table_becomes_a_self_check_of_the_quarter(library, tmp_path) -> None:
    made, found = AssessmentService(library, clock).take(a_table(tmp_path, ROWS))
    assert found.remarks == ()
    assert (made.title, made.year, made.span) == ("某公司党支部达标表", 2026, Span.Q1)
    assert [c.weight for c in made.criteria] == [Decimal(40), Decimal(30), Decimal(30)]
    assert [c.band for c in made.criteria] == [Band.BOTTOM, Band.BOTTOM, Band.HIGH]
    assert (made.criteria[0].score, made.criteria[1].score) == (Decimal(38), None)
    assert made.criteria[0].evidence == ("会议记录", "签到表")
    [stored] = service_of(library, "assessment", clock).all()
    assert stored == made


def test_a_score_merged_over_rows_counts_once_and_is_said(library, tmp_path) -> None:
    rows = (
        (1, "三会一课", "党员大会", "底线", 60, 55, None),
        (2, None, "支委会", None, None, None, None),
        (3, "融合", "有成效数据", "高线", 40, 20, None),
    )
    file = a_table(tmp_path, rows, ("B3:B4", "D3:D4", "E3:E4", "F3:F4"))
    made, found = AssessmentService(library, clock).take(file)
    assert [c.weight for c in made.criteria] == [Decimal(60), None, Decimal(40)]
    assert [c.score for c in made.criteria] == [Decimal(55), None, Decimal(20)]
    assert made.criteria[1].item == "三会一课"
    assert len(found.remarks) == 2
    assert found.remarks[0].startswith(
        "第4行的分值与上面的行是合并的一格，只在合并格的第一行计一次"
    )
    assert made.weights == 100


def test_what_is_no_number_and_weights_that_do_not_make_100_are_said(library, tmp_path) -> None:
    rows = (
        ("一、组织建设", None, None, None, None, None, None),
        (1, "三会一课", "党员大会", "底线", "50分", "良好", None),
        (2, "融合", "有成效数据", "重要", 45, -1, None),
        ("合计", None, "合计", None, 95, None, None),
    )
    file = a_table(tmp_path, rows, ("A3:G3",))
    made, found = AssessmentService(library, clock).take(file)
    assert [c.weight for c in made.criteria] == [Decimal(50), Decimal(45)]
    told = "\n".join(found.remarks)
    for words in (
        "第3行“一、组织建设”是跨列的小标题",
        "第4行的得分“良好”不是数字，没有读入",
        "第5行的“重要”看不出是底线还是高线",
        "第5行的得分-1小于0，没有读入",
        "各项分值合计为95，不是100，请与上级原表核对。",
    ):
        assert words in told, words


def test_a_file_that_is_no_such_table_is_refused_in_words(library, tmp_path) -> None:
    file = a_table(tmp_path, (("张三", 1),), head=("姓名", "年龄"))
    with pytest.raises(InputError, match="没有找到达标表的表头"):
        AssessmentService(library, clock).take(file)
    assert service_of(library, "assessment", clock).all() == ()


def a_check(**more):
    first = {"item": "三会一课", "weight": "60", "score": "50", "figure": "党员大会"}
    criteria = [
        first | {"gap": "缺一次党小组会"},
        {"item": "融合", "weight": "30", "value": "两项", "evidence": ["台账", "照片"]},
        {"item": "档案", "gap": "缺一次党小组会"},
    ]
    made = {"title": "达标表", "day": "2026-03-30", "year": 2026, "span": "q1"}
    return made | {"criteria": criteria} | more


def test_the_paper_numbers_what_shows_it_and_says_what_lacks(library) -> None:
    MeetingService(library, clock).import_json([a_meeting()])
    records = service_of(library, "assessment", clock)
    records.import_json(a_check())
    [made] = records.all()
    texts = pdf_texts(PrintingService(library, clock).preview("self_check", made.id))
    told = "\n".join(texts)
    assert {"2-1、2-2", "2-1台账", "2-2照片"} <= {*texts}
    assert "党员大会1次" in texts, "counted by the program"
    assert "两项" in texts
    assert "各项分值合计为90，不是100，请与上级原表核对" in told
    assert "有分值的项目中1项还没有得分" in told


def test_a_number_that_the_program_does_not_count_is_refused_in_words(library) -> None:
    records = service_of(library, "assessment", clock)
    criteria = [{"item": "三会一课", "figure": "没有的数"}]
    with pytest.raises(InputError) as refused:
        records.import_json(a_check(criteria=criteria))
    [issue] = refused.value.issues
    assert "没有名为“没有的数”的统计数" in issue.message


def test_gaps_become_problems_once_and_are_taken_back_together(library) -> None:
    records, items = (service_of(library, code, clock) for code in ("assessment", "item"))
    records.import_json(a_check())
    service, [before] = AssessmentService(library, clock), records.all()
    told, made = service.to_problems(before.id)
    [problem] = items.all()
    assert (problem.content, problem.kind.value, problem.source.value) == (
        "缺一次党小组会",
        "problem",
        "self_check",
    )
    assert [link.uid for link in records.one(before.id).problems] == [problem.id]
    with pytest.raises(InputError, match="都已转为问题"):
        service.to_problems(before.id)
    service.take_back(told, made)
    assert [item for item in items.all() if not item.deleted] == []
    assert records.one(before.id).problems == ()


def test_the_next_self_check_begins_with_the_standards_alone(library) -> None:
    records = service_of(library, "assessment", clock)
    records.import_json(a_check())
    begun = AssessmentService(library, clock).begun(records.all()[0].id)
    assert begun["title"] == "达标表"
    assert begun["criteria"][0] == {
        "number": "",
        "item": "三会一课",
        "standard": "",
        "band": None,
        "weight": "60",
        "figure": "党员大会",
    }
