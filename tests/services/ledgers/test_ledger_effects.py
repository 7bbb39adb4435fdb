"""What ledgers tell the rest of the program: the home page, the checks, the month's report."""

from __future__ import annotations

import pytest

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.ledgers.reading import read_ledger
from dangjian_desktop.domain.summaries.due import DueKind
from dangjian_desktop.papers.catalogue import Wanted
from dangjian_desktop.services.checks.checks import CheckService, finding_json
from dangjian_desktop.services.checks.due import DueService
from dangjian_desktop.services.ledgers.declaring import LedgerStyles
from dangjian_desktop.services.ledgers.ledgers import LedgerService
from dangjian_desktop.services.meetings.meetings import MeetingService
from dangjian_desktop.services.papers.printing import PrintingService
from dangjian_desktop.services.summaries.summaries import SummaryService, figures_json
from tests.documents.reading import pdf_texts
from tests.domain.ledgers.making import own
from tests.services.ledgers.test_ledger_rows import TRAINING, VISIT
from tests.services.make import NAMES, a_library, clock


@pytest.fixture
def library(tmp_path):
    opened = a_library(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def service(library) -> LedgerService:
    return LedgerService(library, clock)


def due(library, kind: DueKind) -> list[tuple[str, str, str | None]]:
    items = DueService(library, clock).items()
    return [(str(i.day), i.words, i.code) for i in items if i.kind is kind]


def test_home_is_told_the_due_dates_of_rows(service, library) -> None:
    plain = {"material": "月报", "kind": "月报", "for_period": "2月", "sent_to": "党委"}
    late = service.save(service.read("submissions", plain | {"due_day": "2026-03-29"}))
    service.save(
        service.read("submissions", plain | {"for_period": "5月", "due_day": "2026-06-05"})
    )
    assert due(library, DueKind.ROW) == [
        ("2026-03-29", "报送月报（2月），已逾期2天", "submissions")
    ]
    items = DueService(library, clock).items()
    assert [i.record for i in items if i.kind is DueKind.ROW] == [late.id]


def test_home_is_told_once_for_each_period_who_is_missing(service, library) -> None:
    styles = LedgerStyles(library, clock)
    assert due(library, DueKind.ASKED) == []
    styles.define(read_ledger(own('but = ["waived"]', "remind = 31")))
    styles.ask("own_0a1b2c3d", on=True, since="2026-03-01")
    styles.ask("volunteering", on=True, since="2026-01-01")
    service.save(service.read("own_0a1b2c3d", {"month": "2026-03", "who": ["张三"]}))
    told = due(library, DueKind.ASKED)
    assert ("2026-03-31", "志愿服务（2026年第一季度）：还没有登记", "volunteering") in told
    (own_words,) = [words for _, words, code in told if code == "own_0a1b2c3d"]
    assert own_words.startswith("身边无三违（2026年3月）：")
    assert own_words.endswith("等9个未登记")


def a_finding(library):
    (found,) = CheckService(library, clock).findings(rule="CAD-32H")
    return found


def test_hours_of_ledgers_count_for_the_rule_and_only_those_that_are_counted(
    service, library
) -> None:
    everybody = "、".join(NAMES)
    rows = TRAINING | {"day": "2025-05-06", "who": everybody, "hours": "30"}
    service.save(service.read("training", rows))
    service.save(service.read("training", rows | {"topic": "自学", "counts": "否"}))
    short = a_finding(library)
    assert short.message == "按会议和教育培训台账登记的学时合计，0 人达到 32 学时，9 人未达到。"
    service.save(service.read("training", rows | {"topic": "补课", "hours": "2"}))
    assert a_finding(library).verdict.value == "ok"
    assert "会议和教育培训台账登记的学时合计均不少于 32 学时" in a_finding(library).message


def test_finding_of_hours_names_the_rows_that_it_was_counted_from(service, library) -> None:
    """After the sittings; rows that do not count, of another year or deleted are none of them."""
    lecture = {"kinds": ["party_lecture"], "title": "党课", "date": "2025-02-10"}
    lecture |= {"attendance": {"present": ["张三"]}, "details": {"hours": "2"}}
    [sitting] = MeetingService(library, clock).import_json(lecture)["ids"]
    rows = TRAINING | {"day": "2025-05-06"}
    counted = [
        service.save(service.read("training", rows | more)).id
        for more in ({}, {"topic": "补课", "day": "2025-09-01", "hours": "2"})
    ]
    service.save(service.read("training", rows | {"topic": "自学", "counts": "否"}))
    service.save(service.read("training", TRAINING))
    gone = service.save(service.read("training", rows | {"topic": "误记"})).id
    service.of("training").delete(gone, "误记")
    told = finding_json(a_finding(library))
    assert told["records"] == [sitting, *counted]
    lines = SummaryService(library, clock).records(told["records"])
    assert [(line.place, line.title) for line in lines[1:]] == [
        ("ledgers", "安全规程"),
        ("ledgers", "补课"),
    ]
    assert lines[1].target == f"training/{counted[0]}"


def figures(library, period: str):
    return figures_json(SummaryService(library, clock).figures(Period.parse(period)))


def test_figures_of_ledgers_stand_in_the_summary_with_their_rows(service, library) -> None:
    first, second = (
        service.save(service.read("training", TRAINING | more)).id
        for more in ({}, {"topic": "补课", "day": "2026-03-09", "hours": "1.5", "who": "张三"})
    )
    service.save(service.read("training", TRAINING | {"topic": "自学", "counts": "否"}))
    visit = service.save(service.read("visits", VISIT)).id
    service.save(service.read("visits", VISIT | {"day": "2026-04-01", "money": "500"}))
    told = figures(library, "2026-03")
    assert told["ledger.training.hours"] == {"value": "9.5", "records": [first, second]}
    assert told["ledger.training.people"]["value"] == 2
    assert told["ledger.training.rows"]["value"] == 3
    assert told["ledger.visits.money"] == {"value": "300.00", "records": [visit]}
    assert told["ledger.awards.rows"] == {"value": 0, "records": []}
    assert figures(library, "2026")["ledger.visits.money"]["value"] == "300.00"
    assert figures(library, "2026-02")["ledger.visits.rows"]["value"] == 0


def test_sum_of_rows_without_a_number_is_unknown_in_the_summary(service, library) -> None:
    service.save(service.read("visits", {k: v for k, v in VISIT.items() if k != "money"}))
    found = SummaryService(library, clock).figures(Period.parse("2026-03"))
    assert found["ledger.visits.money"].text == "待明确"
    assert not found["ledger.visits.money"].known


def test_figure_of_a_day_counts_what_is_in_force_and_hidden_ledgers_give_none(
    service, library
) -> None:
    text = own('name = "told"', 'name = "since", label = "起", type = "date" },\n  { name = "told"')
    text = text.replace('day = "month"', 'day = "month"\nfrom = "since"')
    line = 'figure = [{ name = "valid", label = "有效", count = "rows", over = "day" }]\nask ='
    styles = LedgerStyles(library, clock)
    code = styles.define(read_ledger(text.replace("ask =", line))).ledger.code
    plain = {"month": "2025-01", "who": "张三"}
    old = service.save(service.read(code, plain | {"since": "2025-01-10"})).id
    service.save(service.read(code, plain | {"since": "2026-12-31"}))
    assert figures(library, "2026-03")[f"ledger.{code}.valid"] == {"value": 1, "records": [old]}
    styles.switch(code, shown=False)
    assert f"ledger.{code}.valid" not in figures(library, "2026-03")


def texts_of(library, period: str) -> list[str]:
    wanted = Wanted(period=Period.parse(period))
    return list(PrintingService(library, clock).document("summary", wanted=wanted).texts())


def test_lines_of_ledgers_stand_in_the_report_of_their_month(service, library) -> None:
    service.save(service.read("training", TRAINING))
    service.save(service.read("visits", VISIT))
    plain = {"material": "月报", "kind": "月报", "for_period": "2月", "sent_to": "党委"}
    service.save(service.read("submissions", plain | {"due_day": "2026-03-05"}))
    told = texts_of(library, "2026-03")
    assert "3月2日参加安全规程，党员2人，每人8学时。" in told
    assert "走访慰问1次，其中老党员1次。" in told
    assert "应于3月5日报送的月报（2月）：报出日期＿＿＿。" in told
    assert not any("赵大爷" in text for text in told)
    before = texts_of(library, "2026-02")
    assert not any("安全规程" in text for text in before)


def test_award_of_a_collective_says_nothing_of_a_person(service, library) -> None:
    award = {"day": "2026-03-02", "kind": "集体", "collective": "机关党支部", "honour": "先进"}
    award |= {"honour_kind": "其他", "rank": "党支部", "awarded_by": "党委"}
    service.save(service.read("awards", award))
    assert "3月2日，机关党支部获“先进”（党委）。" in texts_of(library, "2026-03")


def test_a_list_of_persons_is_printed_in_the_order_of_names_never_of_results(
    library, service
) -> None:
    for name, own_view in (("张三", "未兑现"), ("李四", "已兑现"), ("王五", "部分兑现")):
        plain = {"year": "2026", "who": name, "matter": f"{name}的承诺", "due": "2026-12-01"}
        service.save(service.read("pledges", plain | {"own": own_view}))
    wanted = Wanted(period=Period(2026, 1, 12))
    page = PrintingService(library, clock).preview("ledger:pledges:2", "", wanted)
    words = "".join("".join(pdf_texts(page)).split())
    places = [words.index(f"{name}的承诺") for name in ("李四", "王五", "张三")]
    assert places == sorted(places)
