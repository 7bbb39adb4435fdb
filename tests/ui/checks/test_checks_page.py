"""支部体检: every verdict of the library, narrowed, explained one by one or together, opened."""

from __future__ import annotations

from datetime import date

import openpyxl
import pytest
from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import QPushButton

from dangjian_desktop.domain.checks.selecting import State
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.findings import Verdict
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.ui.checks.checks import ChecksPage
from dangjian_desktop.ui.checks.leading import leads
from tests.services.make import a_library, a_meeting, clock
from tests.ui.roster_world import Chosen

NOBODY = {"present": [], "video": [], "leave": [], "absent": [], "excluded": []}


@pytest.fixture
def desk(tmp_path):
    made = Desk(a_library(tmp_path), clock)
    older = {"attendance": NOBODY | {"present": ["张三"]}, "agenda": [], "stated": None}
    made.meetings.import_json(
        [
            a_meeting(),
            a_meeting(date="2026-02-18", title="人数不足", **older),
            a_meeting(date="2024-05-09", for_year=2024, title="两年前", **older),
        ]
    )
    yield made
    made.close()


@pytest.fixture
def opened(shell):
    asked = []
    shell.place_asked.connect(lambda place, uid: asked.append((place, uid)))
    return asked


@pytest.fixture
def page(qtbot, desk, shell):
    made = ChecksPage(desk, shell)
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    made.refresh(frozenset(Topic))
    qtbot.waitUntil(lambda: bool(made.list.listing.ids))
    yield made
    qtbot.waitUntil(lambda: not shell.jobs.busy)


def shown(page):
    """The findings in the list, in its order."""
    return [page.list.listing.rows[uid].finding for uid in page.table.model.ids]


def narrow(qtbot, page, **fields):
    """Narrow the list and wait for it."""
    before = page.list.listing
    page.list.narrow(**fields)
    qtbot.waitUntil(lambda: page.list.listing is not before)


def choose(qtbot, page, menu, words):
    before = page.list.listing
    next(act for act in menu.actions() if act.text().startswith(words)).trigger()
    qtbot.waitUntil(lambda: page.list.listing is not before)


def test_it_opens_with_what_is_open_this_year_and_counts_every_state(page, desk):
    everything = desk.check.told_of(Period(2026, 1, 12))
    assert shown(page) == [f for f in everything if f.open]
    assert page.list.year.text() == "2026年 ▾"
    assert page.filters.part.text() == "全年 ▾"
    ok = sum(f.verdict is Verdict.OK for f in everything)
    assert page.list.parts.chip("ok").text() == f"符合 {ok}"
    assert page.table.foot.text() == f"共 {len(shown(page))} 条"


def test_it_is_narrowed_by_rule_period_and_state(qtbot, page, desk):
    rule = shown(page)[0].rule
    choose(qtbot, page, page.filters.rule_menu(), desk.check.rules()[rule].title)
    assert {f.rule for f in shown(page)} == {rule}
    choose(qtbot, page, page.filters.rule_menu(), "全部规则")

    choose(qtbot, page, page.filters.part_menu(), "2月")
    february = Period(2026, 2, 1)
    assert {f.span for f in shown(page)} >= {(date(2026, 2, 18),) * 2}
    assert all(day in february for f in shown(page) for day in f.span)
    choose(qtbot, page, page.filters.part_menu(), "第一季度")
    assert Period(2026, 1, 3).label == page.list.year.text()[:5] + page.filters.part.text()[:4]

    narrow(qtbot, page, part=State.OK.value)
    assert {f.verdict for f in shown(page)} == {Verdict.OK}
    narrow(qtbot, page, part=State.OPEN.value, typed="人数不足 两年前")
    assert shown(page) == []


def test_all_years_are_those_judged_at_once_and_then_the_others(qtbot, page, desk):
    narrow(qtbot, page, year=0)
    qtbot.waitUntil(lambda: page.table.foot.text() == f"共 {len(shown(page))} 条")
    found = [f for f in desk.check.findings() if f.open]
    assert sorted(f.key for f in shown(page)) == sorted(f.key for f in found)
    assert any(f.span[0].year == 2024 for f in shown(page))
    assert page.filters.part.isHidden()


def test_the_card_has_the_rules_text_with_its_article_and_the_records(qtbot, page, desk, opened):
    wanted = next(f for f in shown(page) if "2026-02-18" in f.subject)
    page.table.select(next(u for u, r in page.list.listing.rows.items() if r.finding == wanted))
    qtbot.waitUntil(lambda: page.card.shown == page.table.current())
    rule = desk.check.rules()[wanted.rule]
    assert page.card.title.text() == rule.title
    assert page.body.words.text() == wanted.message
    assert page.body.basis.text() == f"依据：{wanted.basis}"
    assert page.body.article.text() == rule.text
    assert page.body.records.model.ids[0] == wanted.records[0]
    page.body.records.opened.emit(wanted.records[0])
    assert opened[-1] == ("meetings", wanted.records[0])
    page.table.opened.emit(page.table.current())
    qtbot.waitUntil(lambda: len(opened) == 2)
    [lead] = leads(desk, [wanted])
    assert opened[-1] == (lead.place, lead.uid)
    assert lead.uid.endswith(wanted.records[0])


def test_a_sitting_that_is_missing_leads_to_a_new_record_of_its_kind_and_group(qtbot, page, opened):
    wanted = next(f for f in shown(page) if f.owed == ("group_meeting", "第一党小组"))
    page.table.select(next(u for u, r in page.list.listing.rows.items() if r.finding == wanted))
    qtbot.waitUntil(lambda: page.card.shown == page.table.current())
    page.body.findChild(QPushButton, "settle").click()
    assert opened[-1] == ("meetings", "new/group_meeting/2026/第一党小组")


def test_every_finding_leads_somewhere_and_late_ones_say_so(desk):
    everything = desk.check.findings()
    found = leads(desk, everything)
    assert len(found) == len(everything)
    assert {lead.place for lead in found} <= {"meetings", "roster", "settings", "heart_talk"}
    pairs = [(f, lead) for f, lead in zip(everything, found, strict=True) if f.owed]
    verbs = {f.late: lead.verb for f, lead in pairs if lead.place == "meetings"}
    assert verbs == {True: "补录", False: "安排"}


def test_several_are_explained_with_one_reason_and_taken_back_together(qtbot, page, desk, shell):
    told = []
    shell.toasted.connect(told.append)
    before, ids = shown(page), page.table.model.ids
    page.table.select(ids[0])
    row = page.table.model.index(1, 0)
    mode = QItemSelectionModel.SelectionFlag
    page.table.view.selectionModel().select(row, mode.Select | mode.Rows)
    assert page.acts.actions["waive"].text() == "说明情况（2）"
    page.acts.actions["waive"].trigger()
    page.reason.line.setText("上级另有安排")
    page.reason.keep.click()
    qtbot.waitUntil(lambda: bool(told))
    assert told[-1].text == "已保存2条情况说明"
    page.refresh(frozenset({Topic.WAIVERS}))
    qtbot.waitUntil(lambda: len(page.table.model.ids) == len(ids) - 2)
    narrow(qtbot, page, part=State.WAIVED.value)
    assert {f.key for f in shown(page)} == {f.key for f in before[:2]}
    assert {f.waiver for f in shown(page)} == {"上级另有安排"}

    page.table.view.selectAll()
    page.acts.actions["take_back"].trigger()
    qtbot.waitUntil(lambda: len(told) == 2)
    page.refresh(frozenset({Topic.WAIVERS}))
    qtbot.waitUntil(lambda: not page.table.model.ids)
    told[-1].undo()
    qtbot.waitUntil(lambda: not shell.jobs.busy)
    page.refresh(frozenset({Topic.WAIVERS}))
    qtbot.waitUntil(lambda: len(page.table.model.ids) == 2)


def test_home_leads_to_one_rule_and_the_paper_is_of_the_period_shown(qtbot, page, shell, desk):
    rule = shown(page)[-1].rule
    page.focus_record(f"rule/{rule}")
    qtbot.waitUntil(lambda: {f.rule for f in shown(page)} == {rule})
    choose(qtbot, page, page.filters.part_menu(), "第一季度")
    page.findChild(QPushButton, "checks.paper").click()
    qtbot.waitUntil(lambda: bool(page.paper.pane.preview.pdf), timeout=30_000)
    assert page.paper.pane._paper.title == "支部体检表"
    assert page.back()
    assert page.list.isVisible()


def test_a_thousand_findings_make_no_more_widgets_than_ten(qtbot, page, monkeypatch, desk):
    found = desk.check.told_of(Period(2026, 1, 12))
    count = len(page.findChildren(QPushButton))
    monkeypatch.setattr(desk.check, "told_of", lambda _period: found * 40)
    page.refresh(frozenset(Topic))
    qtbot.waitUntil(lambda: len(page.table.model.ids) > 400)
    assert len(page.findChildren(QPushButton)) == count


def test_what_is_listed_goes_to_excel_as_it_is_seen(qtbot, page, shell, tmp_path):
    file = tmp_path / "体检.xlsx"
    shell.choosers = Chosen(file)
    narrow(qtbot, page, order="when", descending=True)
    with qtbot.waitSignal(shell.toasted) as said:
        page.excel.click()
    assert said.args[0].text == "已导出：体检.xlsx"
    assert shell.choosers.suggested == ["支部体检（2026年）.xlsx"]
    sheet = openpyxl.load_workbook(file).active
    head, *rows = sheet.iter_rows(min_row=3, values_only=True)
    assert head == ("序号", "结论", "时间", "规则", "事项", "情况", "依据", "情况说明")
    seen = shown(page)
    assert [(row[4], row[5]) for row in rows] == [(f.subject, f.message) for f in seen]
    assert seen != sorted(seen, key=lambda f: f.key)
    texts = page.table.model.columns
    first = page.list.listing.rows[page.table.model.ids[0]]
    assert rows[0][:4] == ("1", *(column.text(first) for column in texts[:3]))
    kinds = {cell.data_type for row in sheet.iter_rows(min_row=4) for cell in row if cell.value}
    assert kinds == {"s"}
