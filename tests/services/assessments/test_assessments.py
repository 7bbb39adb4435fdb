"""A superior's table on real files: read, said what is odd, printed, its gaps made problems."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import openpyxl
import pytest

from dangjian_desktop.domain.assessments.assessment import Band, Span
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.fusion.effect import effect
from dangjian_desktop.domain.references import Link
from dangjian_desktop.errors import DoubtedError, InputError
from dangjian_desktop.services.assessments.assessments import AssessmentService
from dangjian_desktop.services.fusion.indicators import IndicatorService
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
    service = AssessmentService(library, clock)
    with pytest.raises(DoubtedError) as doubted:
        service.take(file)
    assert service_of(library, "assessment", clock).all() == (), "nothing half-done"
    assert len(doubted.value.issues) == 5
    made, found = service.take(file, accept=True)
    assert [c.weight for c in made.criteria] == [Decimal(50), Decimal(45)]
    assert {issue.code for issue in found.refused} == {"value_unknown"}
    assert [(issue.row, issue.field) for issue in found.refused] == [
        (4, "score"),
        (5, "score"),
        (5, "band"),
    ]
    told = "\n".join(found.remarks)
    for words in (
        "第3行“一、组织建设”是跨列的小标题",
        "第4行的得分“良好”不是数字，没有读入",
        "第5行的类型“重要”看不出是底线还是高线",
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
    near = [{"item": "三会一课", "figure": "支部党员大会"}]
    with pytest.raises(InputError) as refused:
        records.import_json(a_check(criteria=near))
    assert "相近的有“党员大会”" in refused.value.issues[0].message


def test_gaps_become_problems_once_and_are_taken_back_together(library) -> None:
    records, items = (service_of(library, code, clock) for code in ("assessment", "item"))
    records.import_json(a_check())
    service, [before] = AssessmentService(library, clock), records.all()
    made = service.to_problems(before.id)
    [problem] = items.all()
    assert (problem.content, problem.kind.value, problem.source.value) == (
        "缺一次党小组会",
        "problem",
        "self_check",
    )
    first = before.criteria[0].id
    assert problem.source_ref == (Link("assessment", before.id, first),)
    assert [len(each) for each in service.sheet(before.id).problems] == [1, 0, 0]
    with pytest.raises(InputError, match="都已转为问题"):
        service.to_problems(before.id)
    service.take_back(made)
    assert [item for item in items.all() if not item.deleted] == []
    assert service.sheet(before.id).problems == ((), (), ())
    assert len(service.to_problems(before.id)) == 1, "what went into the bin can be made again"


def test_the_next_self_check_begins_with_the_standards_alone(library) -> None:
    records = service_of(library, "assessment", clock)
    records.import_json(a_check())
    begun = AssessmentService(library, clock).begun(records.all()[0].id)
    assert begun["title"] == "达标表"
    assert (begun["year"], begun["span"]) == (2026, "q1")
    records.import_json(a_check(title="全年", year=2025, span="year"))
    [yearly] = [each.id for each in records.all() if each.title == "全年"]
    assert AssessmentService(library, clock).begun(yearly)["span"] == "year"
    assert AssessmentService(library, clock).begun("") == {"year": 2026, "span": "q1"}
    assert begun["criteria"][0] == {
        "number": "",
        "item": "三会一课",
        "standard": "",
        "band": None,
        "weight": "60",
        "figure": "党员大会",
        "indicator": [],
    }


def an_indicator(**more):
    told = {"name": "材料消耗", "year": "2026", "unit": "元/吨", "direction": "down"}
    numbers = {"baseline": "0.45", "target": "0.42", "source": "材料台账"}
    return told | numbers | {"values": {"2026-01": "0.41"}} | more


def test_the_value_of_an_indicator_is_the_one_of_everywhere_until_it_is_finished(library) -> None:
    records, indicators = (service_of(library, code, clock) for code in ("assessment", "indicator"))
    indicators.import_json(an_indicator())
    [indicator] = indicators.all()
    rows = [{"item": "降本", "indicator": [indicator.id], "value": "按月公布"}]
    records.import_json(a_check(criteria=rows))
    service, [check] = AssessmentService(library, clock), records.all()
    sentence = "截至2026年1月，材料消耗由0.45元/吨降至0.41元/吨（目标0.42元/吨，来源：材料台账）"
    assert service.sheet(check.id).counted == (sentence,)
    assert effect(indicator_target(library, indicator.id), check.period) == f"{sentence}。"
    done = service.finish(check.id)
    assert (done.finished, done.criteria[0].counted) == (clock().date(), sentence)
    indicators.import_json(an_indicator(id=indicator.id, values={"2026-01": "0.40"}))
    assert service.sheet(check.id).counted == (sentence,), "frozen"
    paper = "".join(pdf_texts(PrintingService(library, clock).preview("self_check", check.id)))
    assert "降至0.41元" in paper.replace("\n", "")
    assert "来源数字是2026年3月31日完成自评时的" in paper
    service.reopen(check.id)
    assert "降至0.4元/吨" in service.sheet(check.id).counted[0]
    indicators.delete(indicator.id, "重复")
    assert service.sheet(check.id).counted == ("所引用的指标已不在",)


def indicator_target(library, uid):
    return IndicatorService(library, clock).rows([uid])[uid].target


def test_what_is_finished_keeps_its_sources_and_time_and_lets_the_words_be_mended(library) -> None:
    MeetingService(library, clock).import_json([a_meeting()])
    records, service = service_of(library, "assessment", clock), AssessmentService(library, clock)
    records.import_json(a_check())
    check = service.finish(records.all()[0].id)
    first, *others = check.criteria
    mended = replace(check, criteria=(replace(first, gap="缺一次会"), *others))
    records.save(mended)
    assert records.one(check.id).criteria[0].gap == "缺一次会"
    for wrong in (
        replace(check, criteria=(replace(first, figure="支委会"), *others)),
        replace(check, criteria=(replace(first, counted="党员大会9次"), *others)),
        replace(check, span=Span.YEAR),
        replace(check, finished=None),
    ):
        with pytest.raises(InputError) as refused:
            records.save(wrong)
        assert "重新打开" in refused.value.issues[0].message
    with pytest.raises(InputError, match="已于2026-03-31完成"):
        service.finish(check.id)


def test_a_self_check_without_its_time_is_not_finished(library) -> None:
    records, service = service_of(library, "assessment", clock), AssessmentService(library, clock)
    records.import_json(a_check(span=None))
    uid = records.all()[0].id
    with pytest.raises(InputError, match="没有写明年度和时段"):
        service.finish(uid)
    with pytest.raises(InputError, match="还没有完成"):
        service.reopen(uid)


def test_two_sources_for_one_standard_are_refused(library) -> None:
    indicators = service_of(library, "indicator", clock)
    indicators.import_json([an_indicator(), an_indicator(name="电耗")])
    one, two = (indicator.id for indicator in indicators.all())
    for row, words in (
        ({"item": "降本", "indicator": [one, two]}, "只能选一项指标"),
        ({"item": "降本", "indicator": [one], "figure": "党员大会"}, "只能填一样"),
    ):
        with pytest.raises(InputError) as refused:
            service_of(library, "assessment", clock).import_json(a_check(criteria=[row]))
        assert words in refused.value.issues[0].message


def test_an_indicator_that_a_standard_names_is_a_link_like_any_other(library) -> None:
    indicators = service_of(library, "indicator", clock)
    indicators.import_json(an_indicator())
    [indicator] = indicators.all()
    rows = [{"item": "降本", "indicator": [indicator.id]}]
    service_of(library, "assessment", clock).import_json(a_check(criteria=rows))
    with library.reading() as work:
        [uid] = work.of("assessment").linked_to("indicator", indicator.id)
    assert uid == service_of(library, "assessment", clock).all()[0].id
    gone = [{"item": "降本", "indicator": ["0" * 8]}]
    with pytest.raises(InputError) as refused:
        service_of(library, "assessment", clock).import_json(a_check(criteria=gone))
    assert "不存在" in refused.value.issues[0].message
    lines = dict(
        service_of(library, "assessment", clock).lines(
            service_of(library, "assessment", clock).all()[0]
        )
    )
    assert "材料消耗" in lines["考核项目"]


def test_two_sheets_columns_unknown_formulas_and_sums_are_told_at_once(library, tmp_path) -> None:
    file = a_table(
        tmp_path,
        (
            (1, "三会一课", "党员大会", "底线", 60, "=E3-1", None, "组织部"),
            (2, "融合", "有成效数据", "高线", 40, 20, None, "办公室"),
            ("合计", None, None, None, 90, None, None, None),
        ),
        head=(*HEAD, "责任部门"),
    )
    service = AssessmentService(library, clock)
    with pytest.raises(DoubtedError) as doubted:
        service.take(file)
    told = [issue.code for issue in doubted.value.issues]
    assert told == ["formula_uncomputed", "column_untaken", "total_mismatch"]
    words = "".join(issue.message for issue in doubted.value.issues)
    assert "第3行的得分是没有计算结果的公式" in words
    assert "“责任部门”这一列没有读入" in words
    assert "表中写的分值合计是90，读入的各项合计是100" in words
    book = openpyxl.load_workbook(file)
    book.copy_worksheet(book.active).title = "高线"
    book.active.title = "底线"
    book.save(file)
    with pytest.raises(InputError, match="2张工作表都是达标表：“底线”、“高线”"):
        service.take(file)
    with pytest.raises(InputError, match="里没有工作表“附表”"):
        service.take(file, sheet="附表", accept=True)
    made, _found = service.take(file, sheet="高线", accept=True, period=Period(2025, 1, 12))
    assert (made.year, made.span, len(made.criteria)) == (2025, Span.YEAR, 2)
    with pytest.raises(InputError, match="按季度、半年或全年"):
        service.take(file, sheet="高线", accept=True, period=Period(2025, 1, 1))


def test_scores_merged_over_many_rows_are_one_sentence(library, tmp_path) -> None:
    rows = [
        (n, "三会一课", f"标准{n}", "底线", 100 if n == 1 else None, None, None)
        for n in range(1, 6)
    ]
    _made, found = AssessmentService(library, clock).take(a_table(tmp_path, rows, ("E3:E7",)))
    assert [issue.code for issue in found.warnings] == ["merged"]
    assert found.remarks[0].startswith("第4至7行的分值与上面的行是合并的一格")


def test_tables_as_superiors_lay_them_out_are_read(library, tmp_path) -> None:
    head = ("序号", "考核内容", "考核标准", "分值", "自评", None)
    below = (None, None, None, None, "得分", "扣分原因")
    rows = (
        below,
        ("一、组织建设（60分）", None, None, None, None, None),
        (1, None, "班子健全", "60分", "55.5", "缺一名委员"),
        (2, "融合", "有数据", 40, 40, None),
        ("合计", None, None, 100, 95.5, None),
        ("注：每项扣完为止", None, None, None, None, None),
    )
    merged = ("A2:A3", "B2:B3", "C2:C3", "D2:D3", "E2:F2", "A4:F4")
    file = a_table(tmp_path, rows, merged, head=head, title="附件1")
    made, found = AssessmentService(library, clock).take(file)
    assert [(c.item, c.weight, c.score, c.gap) for c in found.criteria] == [
        ("一、组织建设(60分)", Decimal(60), Decimal("55.5"), "缺一名委员"),
        ("融合", Decimal(40), Decimal(40), ""),
    ]
    assert [issue.code for issue in found.warnings] == ["section"]
    assert made.title == "达标表", "the name of the file: 附件1 is none"


def test_a_column_of_bands_is_one_whatever_it_is_called(library, tmp_path) -> None:
    rows = (
        ("底线", "党员大会", "20%", "每季度一次"),
        ("高线", "品牌", "80%", "有品牌"),
        ("注：略",),
    )
    file = a_table(tmp_path, rows, head=("类别", "指标", "权重", "评分标准"))
    made, found = AssessmentService(library, clock).take(file)
    assert [(c.band, c.item) for c in made.criteria] == [
        (Band.BOTTOM, "党员大会"),
        (Band.HIGH, "品牌"),
    ]
    assert found.remarks == ()
