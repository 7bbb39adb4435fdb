"""The fusion page: what belongs to a priority in a period, what lacks, and the same values."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.members.member import new_id
from dangjian_desktop.services.papers.printing import Wanted
from tests.services.fusion.fusion_world import PROJECT, a_desk, indicators, named
from tests.services.make import a_meeting

YEAR, MARCH, FEBRUARY = Period(2026, 1, 12), Period(2026, 3, 1), Period(2026, 2, 1)


@pytest.fixture
def desk(tmp_path):
    with a_desk(tmp_path) as opened:
        yield opened


def a_priority(desk, name="成本", **more):
    [uid] = desk.shared["priority"].import_json({"name": name, **more})["ids"]
    return uid


def a_sitting(desk, *actions):
    meeting = a_meeting()
    meeting["agenda"] = [{"topic": "研究降低材料消耗", "actions": list(actions)}]
    [uid] = desk.meetings.import_json(meeting)["ids"]
    [item] = desk.meetings.one(uid).agenda
    return {"subject": "meeting", "id": uid, "item": item.id}


def words(desk, uid, period=YEAR):
    return [gap.words for gap in desk.fusion.page(uid, period).gaps]


def test_a_page_has_items_tasks_and_indicators_beside_each_other(desk):
    task = {"what": "旧托辊送修", "responsible": "李四", "due": "2026-04-10"}
    link = a_sitting(desk, task)
    page = desk.fusion.page(a_priority(desk, agenda=[link]), YEAR)
    assert [(p.meeting.date, p.topic) for p in page.planned] == [
        (date(2026, 3, 18), "研究降低材料消耗")
    ]
    [order] = page.ordered
    assert (order.text, order.person.name, order.due) == ("旧托辊送修", "李四", date(2026, 4, 10))
    assert order.source == page.planned[0].link
    [cost] = page.measured
    assert cost.target == desk.projects.one(PROJECT["id"]).targets[0]
    assert page.gaps == ()
    assert words(desk, page.priority.id, MARCH) == ["同考核：指标“材料消耗”2026年3月没有数值。"]


def a_task(desk, content, **more):
    plain = {"kind": "task", "content": content, "found_on": "2026-03-18", **more}
    [uid] = desk.shared["item"].import_json(plain)["ids"]
    return uid


def test_a_decision_that_became_a_task_is_told_once_with_its_state(desk):
    task = {"what": "旧托辊送修", "responsible": "李四", "due": "2026-04-10"}
    link = a_sitting(desk, task, {"what": "登记入账", "responsible": "王五", "due": "2026-04-20"})
    uid = a_priority(desk, agenda=[link])
    made = a_task(desk, "旧托辊送修", source="meeting", source_ref=[link], due="2026-04-10")
    told = [(o.text, o.place, o.state) for o in desk.fusion.page(uid, YEAR).ordered]
    assert told == [("旧托辊送修", "item", "已挂号"), ("登记入账", "meetings", "")]
    assert desk.fusion.page(uid, YEAR).ordered[0].uid == made


def test_a_decision_that_was_reworded_after_it_became_a_task_is_told_once(desk):
    link = a_sitting(desk, {"what": "旧托辊送修", "due": "2026-04-10"})
    uid = a_priority(desk, agenda=[link])
    desk.item_making.from_meeting(link["id"])
    meeting = desk.meetings.one(link["id"])
    [item] = meeting.agenda
    actions = tuple(replace(action, what="旧托辊全部送修") for action in item.actions)
    desk.meetings.save(replace(meeting, agenda=(replace(item, actions=actions),)))
    assert [o.text for o in desk.fusion.page(uid, YEAR).ordered] == ["旧托辊送修"]


def test_a_task_that_is_linked_to_the_priority_is_on_its_page_while_it_is_open(desk):
    uid = a_priority(desk)
    a_task(desk, "盘点旧托辊", priority=uid)
    a_task(desk, "检查护栏", priority=a_priority(desk, "安全"))
    a_task(desk, "只是同名的类别", category="成本")
    assert [o.text for o in desk.fusion.page(uid, MARCH).ordered] == ["盘点旧托辊"]
    assert desk.fusion.page(uid, FEBRUARY).ordered == ()
    assert "同部署：“盘点旧托辊”没有责任人和完成时限。" in words(desk, uid)


def test_a_renamed_priority_keeps_its_tasks(desk):
    uid = a_priority(desk)
    a_task(desk, "盘点旧托辊", priority=uid, category="成本")
    a_task(desk, "别的事", category="成本")
    service = desk.shared["priority"]
    service.save(replace(service.one(uid), name="成本控制"))
    assert [o.text for o in desk.fusion.page(uid, MARCH).ordered] == ["盘点旧托辊"]
    told = {item.content: item.category for item in desk.shared["item"].all()}
    assert told == {"盘点旧托辊": "成本控制", "别的事": "成本"}


@pytest.mark.parametrize("way", ["window", "import"])
def test_a_renamed_priority_keeps_its_indicators_and_lines_of_the_plan(desk, way):
    uid = a_priority(desk)
    desk.shared["plan"].import_json({"when": "2026-03", "party": "甲", "priority": "成本"})
    gone = named(desk, "材料消耗").id
    desk.shared["indicator"].delete(gone)
    desk.drafts.put("indicator", gone, {"name": "没有保存的"})
    service = desk.shared["priority"]
    if way == "window":
        service.save(replace(service.one(uid), name="成本控制"))
    else:
        service.import_json({"id": uid, "name": "成本控制"})
    assert desk.drafts.get("indicator", gone) is not None
    desk.shared["indicator"].bring_back(gone)
    assert [m.indicator.name for m in desk.fusion.page(uid, YEAR).measured] == ["材料消耗"]
    assert [plan.priority for plan in desk.shared["plan"].all()] == ["成本控制"]


def test_indicators_stay_where_another_priority_has_the_old_name(desk):
    uid = a_priority(desk)
    service = desk.shared["priority"]
    service.save(replace(service.one(uid), id=new_id()))
    service.save(replace(service.one(uid), name="成本控制"))
    assert named(desk, "材料消耗").priority == "成本"


@pytest.fixture
def later(tmp_path):
    with a_desk(tmp_path, lambda: datetime.fromisoformat("2026-06-30T09:00")) as opened:
        yield opened


def test_a_task_that_an_earlier_sitting_decided_is_on_the_page_until_it_is_closed(later):
    link = a_sitting(later)
    uid = a_priority(later, agenda=[link])
    steps = {"open": "03-18", "doing": "05-06", "close_requested": "05-18", "closed": "05-20"}
    history = [{"state": state, "on": f"2026-{day}"} for state, day in steps.items()]
    closed = {"state": "closed", "history": history, "evidence": "照片", "standard": "全部"}
    who = {"responsible": "李四", "due": "2026-05-31", "department": "支委会"}
    a_task(later, "旧托辊送修", source="meeting", source_ref=link, **closed, **who)
    told = {
        month: [(o.text, o.state) for o in later.fusion.page(uid, Period(2026, month, 1)).ordered]
        for month in (2, 3, 4, 5, 6)
    }
    going = [("旧托辊送修", "已挂号")]
    assert told == {2: [], 3: going, 4: going, 5: [("旧托辊送修", "已销号")], 6: []}


def test_a_project_of_other_years_is_not_told(desk):
    old = {"title": "旧项目", "category": "创效节约", "start": "2025-01-01", "end": "2025-12-31"}
    [uid] = desk.projects.import_json(old)["ids"]
    links = [{"subject": "project", "id": each} for each in (PROJECT["id"], uid)]
    page = desk.fusion.page(a_priority(desk, projects=links), YEAR)
    assert [row.title for row in page.projects] == [PROJECT["title"]]


def test_what_was_held_outside_of_the_period_is_not_on_its_page(desk):
    uid = a_priority(desk, agenda=[a_sitting(desk)])
    assert len(desk.fusion.page(uid, MARCH).planned) == 1
    assert desk.fusion.page(uid, FEBRUARY).planned == ()


def test_the_meetings_of_its_projects_belong_to_it(desk):
    link = a_sitting(desk)
    desk.project_links.link(PROJECT["id"], link["id"], link["item"])
    uid = a_priority(desk, projects=[{"subject": "project", "id": PROJECT["id"]}])
    page = desk.fusion.page(uid, YEAR)
    assert [p.topic for p in page.planned] == ["研究降低材料消耗"]
    assert [p.title for p in page.projects] == [PROJECT["title"]]


def test_every_empty_column_is_a_sentence_with_its_way(desk):
    page = desk.fusion.page(a_priority(desk, "质量"), YEAR)
    told = [(gap.words, gap.act, gap.place, gap.uid) for gap in page.gaps]
    edit = f"edit/{page.priority.id}"
    assert told == [
        ("同谋划：没有选定研究过的议题。", "选择议题", "priority", edit),
        ("同部署：没有任务。", "登记任务", "item", f"new/task/priority/{page.priority.id}"),
        ("同考核：没有指标。", "新建指标", "indicator", "new/质量"),
    ]


def test_a_task_without_person_or_day_and_a_lost_indicator_are_told(desk):
    uid = a_priority(desk, agenda=[a_sitting(desk, {"what": "旧托辊送修"})])
    desk.projects.delete(PROJECT["id"])
    assert words(desk, uid) == [
        "同部署：“旧托辊送修”没有责任人和完成时限。",
        "同考核：指标“材料消耗”所关联的项目指标已不在。",
    ]


def test_what_an_indicator_lacks_is_told(desk):
    bare = {"name": "合格率", "priority": "质量", "unit": "%", "values": {"2026-03": "0"}}
    indicators(desk).import_json(bare)
    uid = a_priority(desk, "质量", agenda=[a_sitting(desk, {"what": "甲"})])
    assert "同考核：指标“合格率”没有基准、目标值、数据来源。" in words(desk, uid)
    assert not [each for each in words(desk, uid) if "没有数值" in each]


def test_priorities_hold_by_their_years_and_stand_by_their_number(desk):
    a_priority(desk, "产量", number=2)
    a_priority(desk, "安全", number=1, since="2026")
    a_priority(desk, "节能", number=3, until="2025")
    a_priority(desk, "服务")
    assert [each.name for each in desk.fusion.in_year(2026)] == ["安全", "产量", "服务"]
    assert [each.name for each in desk.fusion.in_year(2025)] == ["产量", "节能", "服务"]


def test_page_and_overview_print_the_same_value_as_the_project(desk):
    uid = a_priority(desk, agenda=[a_sitting(desk)])
    desk.indicators.enter({named(desk, "材料消耗").id: {"2026-03": Decimal("0.40")}})
    wanted = Wanted(period=YEAR)
    page = " ".join(desk.printing.document("fusion_page", uid, wanted).texts())
    assert "目标0.42元/吨煤 　现值0.4元/吨煤（截至3月）" in page
    assert "截至2026年3月，托辊材料消耗由0.45元/吨煤降至0.4元/吨煤（目标0.42元/吨煤" in page
    overview = [*desk.printing.document("fusion_overview", "", wanted).texts()]
    assert "材料消耗（元/吨煤）" in overview
    assert overview[overview.index("材料消耗（元/吨煤）") + 3] == "0.4"


def test_an_empty_page_prints_empty_columns_and_says_so(desk):
    document = desk.printing.document("fusion_page", a_priority(desk, "质量"), Wanted(period=YEAR))
    [table] = [block for block in document.blocks if hasattr(block, "widths")]
    assert [cell.paragraphs for cell in table.rows[1].cells] == [()] * 3
    assert [*document.texts()][-3:][0].endswith("同谋划：没有选定研究过的议题。")


def test_an_indicator_that_no_priority_names_is_told_under_the_table(desk):
    a_priority(desk, "安全")
    said = [*desk.printing.document("fusion_overview", "", Wanted(period=YEAR)).texts()]
    assert said[-1] == "没有列入业务重点的指标：材料消耗。"


def test_a_report_tells_the_same_value_of_an_indicator_that_no_project_has(desk):
    told = [*desk.printing.document("summary", "", Wanted(period=FEBRUARY)).texts()]
    said = "截至2026年2月，隐患按期整改率由94.7%升至97.9%（目标98%，来源：队隐患台账）。"
    assert f"业务指标：{said}" in told
    assert not [each for each in told if "材料消耗由" in each]
    march = [*desk.printing.document("summary", "", Wanted(period=MARCH)).texts()]
    assert not [each for each in march if each.startswith("业务指标：")]
