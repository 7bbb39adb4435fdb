"""What a user does with projects, on a real library."""

from __future__ import annotations

import json
from copy import deepcopy
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from dangjian_desktop.domain.dates import PartialDate, Period
from dangjian_desktop.domain.members.member import Span, new_id
from dangjian_desktop.domain.projects.project import (
    ProgressEntry,
    Project,
    ProjectFilter,
    ProjectState,
    StateChange,
)
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.errors import InputError
from dangjian_desktop.services.checks.checks import CheckService
from dangjian_desktop.services.library.branch import BranchService
from dangjian_desktop.services.library.search import SearchService
from dangjian_desktop.services.meetings.meetings import MeetingService
from dangjian_desktop.services.members.roster import RosterService
from dangjian_desktop.services.projects.projects import ProjectService
from dangjian_desktop.services.summaries.summaries import SummaryService
from tests.services.make import a_library, a_meeting, a_member, clock

PROJECT = {
    "id": None,
    "title": "减人提效",
    "category": "党建+业务",
    "state": "running",
    "secretary": "张三",
    "assistant": "外来领导",
    "phone": "15400002101",
    "team": [{"name": "李四", "task": "统计"}, {"name": "王五", "task": "现场"}],
    "start": "2026-01-01",
    "end": "2026-12-31",
    "declared_on": "2026-01-05",
    "background": "背景第一段\n第二段",
    "problem": "影响时间偏长",
    "measures": ["措施一", "措施二"],
    "targets": [
        {
            "indicator": "影响时间",
            "unit": "小时",
            "direction": "down",
            "baseline": "18.6",
            "target": "12",
            "source": "调度记录",
            "values": {"2026-01": "16.8", "2026-02": "1,200.5", "2026-03": "８５％"},
            "reason": None,
        }
    ],
    "milestones": [
        {
            "what": "分级表",
            "weight": "30",
            "planned": "2026-01-31",
            "actual": "2026-01-20",
            "evidence": "分级表一份",
        },
        {"what": "格筛", "weight": 30, "planned": "2026-03-20", "actual": None, "evidence": None},
        {"what": "滚筒", "weight": "40%", "planned": "2026-08-20"},
    ],
    "funds": [{"item": "格筛制作", "planned": "18,000", "used": None}],
    "expected_effect": "月均不超过12小时",
    "progress": [
        {"period": "2026-01", "done": "印发", "problems": "", "coordination": "", "next": "卧底"}
    ],
    "meetings": [],
    "history": [
        {"state": "declared", "on": "2026-01-05", "by": "支部", "paper": "申报表", "reason": None},
        {"state": "评审", "on": "2026-01-12", "by": "组织科", "paper": "评审意见"},
        {"state": "approved", "on": "2026-01-20", "by": "党委", "paper": "立项通知"},
        {"state": "running", "on": "2026-01-21", "by": "支部", "paper": "立项通知"},
    ],
}


def a_project(**changes: object) -> dict:
    return deepcopy(PROJECT) | changes


@pytest.fixture
def library(tmp_path):
    opened = a_library(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def projects(library):
    return ProjectService(library, clock)


@pytest.fixture
def uid(projects):
    (found,) = projects.import_json(a_project())["ids"]
    return found


def _refused(projects, data) -> str:
    with pytest.raises(InputError) as caught:
        projects.import_json(data)
    assert projects.find(ProjectFilter()) == []
    assert "没有改动" in caught.value.remedy
    return "\n".join(issue.message for issue in caught.value.issues)


def test_an_import_reads_numbers_as_people_write_them(projects, uid) -> None:
    project = projects.one(uid)
    (target,) = project.targets
    assert target.values == {
        "2026-01": Decimal("16.8"),
        "2026-02": Decimal("1200.5"),
        "2026-03": Decimal(85),
    }
    assert [step.weight for step in project.milestones] == [30, 30, 40]
    assert project.funds[0].planned == 18000
    assert project.state is ProjectState.RUNNING
    assert [change.state.value for change in project.history][1] == "reviewed"
    assert project.secretary.member_id is not None
    assert project.assistant.member_id is None


def test_what_is_listed_can_be_imported_again_and_changes_nothing(projects, uid) -> None:
    (listed,) = projects.as_json(ProjectFilter())
    assert json.loads(json.dumps(listed)) == listed
    assert listed["percent"] == "30.0"
    assert listed["time_gone"] == "24.7"
    assert listed["overdue"] == ["格筛"]
    assert projects.import_json(listed) == {"ids": [], "unchanged": [uid], "warnings": []}
    assert projects.import_json(a_project()) == {"ids": [], "unchanged": [uid], "warnings": []}
    assert projects.revision(uid) == 1


def test_a_different_project_of_the_same_name_is_refused_unless_it_brings_its_id(
    projects, uid
) -> None:
    with pytest.raises(InputError) as caught:
        projects.import_json(a_project(problem="另一个问题"))
    assert uid in caught.value.issues[0].message
    assert projects.import_json(a_project(problem="另一个问题", id=uid))["ids"] == [uid]
    assert projects.one(uid).problem == "另一个问题"


def test_an_import_never_loses_a_decision(projects, uid) -> None:
    shorter = a_project(id=uid, state=None, history=PROJECT["history"][:2])
    with pytest.raises(InputError) as caught:
        projects.import_json(shorter)
    assert "不能改动或删去" in caught.value.issues[0].message
    kept = a_project(id=uid, history=[], problem="改")
    projects.import_json(kept)
    assert len(projects.one(uid).history) == 4


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"category": "唱歌"}, "项目：类别“唱歌”不是已有的类别，请从中选择"),
        ({"state": "flying"}, "state 应从给出的选项中选择，“flying”无法识别"),
        ({"state": "closing"}, "是“结项申请”，而状态记录的最后一条是“推进”"),
        ({"secretary": "李四"}, "“李四”在2026-01-05不是支部书记（当日的书记是张三）"),
        ({"secretary": "外人"}, "项目的负责人：“外人”不是2026-01-05当日的在册党员"),
        ({"team": [{"name": "外人", "task": ""}]}, "“外人”不是"),
        ({"team": [{"name": "", "task": "统计"}]}, "项目的成员1的 name 没有填写"),
        ({"end": "2026-02-01"}, "第2个节点“格筛”的计划日期2026-03-20不在项目起止时间"),
        ({"start": "2026-02-01"}, "填了2026年1月的数值，不在项目起止时间"),
        ({"milestones": [{"what": "格筛", "weight": "3"}]}, "planned 没有填写"),
        ({"milestones": [{"what": "甲", "weight": "很多", "planned": "2026-03-01"}]}, "不是数字"),
        ({"targets": [{"indicator": "人数", "unit": ""}]}, "项目的目标1的 unit 没有填写"),
        ({"targets": [{"indicator": "人数", "unit": "人", "values": {"2026-03": "十二"}}]}, "十二"),
        ({"targets": [{"indicator": "人", "unit": "人", "direction": "left"}]}, "direction"),
        ({"targets": [{"indicator": "人", "unit": "人", "baseline": True}]}, "baseline 应为数字"),
        ({"history": [{"state": "declared", "on": "2026-01-05", "paper": "表"}]}, "由谁决定"),
        ({"history": [{"state": "declared", "on": "2026-01-05", "by": "支部"}]}, "依据的文件"),
        (
            {"history": [{"state": "accepted", "on": "2026-01-05", "by": "甲", "paper": "乙"}]},
            "“草稿”之后",
        ),
        ({"history": [{"state": "declared", "by": "甲", "paper": "乙"}]}, "on 没有填写"),
        ({"meetings": ["nowhere"]}, "第1个关联会议“nowhere”不在资料库中"),
        ({"meetings": [{"date": "2026-01-01", "title": "没有"}]}, "2026-01-01 没有"),
        ({"colour": "red"}, "colour 不是可识别的名称"),
    ],
)
def test_bad_input_is_told_and_nothing_is_stored(projects, changes, words) -> None:
    if "state" not in changes and "history" in changes:
        changes = changes | {"state": None}
    assert words in _refused(projects, a_project(**changes))


def test_every_problem_of_every_project_is_told_at_once(projects) -> None:
    good = a_project(title="好的")
    bad = a_project(title="坏的", category="唱歌", secretary="李四", end="2026-02-01")
    told = _refused(projects, [good, bad])
    assert told.count("第2个项目") >= 4
    assert "第1个项目" not in told


def test_a_file_with_the_same_project_twice_is_refused(projects) -> None:
    assert "项目名称、开始日期相同" in _refused(projects, [a_project(), a_project()])


def test_a_state_without_history_is_kept_and_its_lack_is_told(projects) -> None:
    (uid,) = projects.import_json(a_project(history=[]))["ids"]
    project = projects.one(uid)
    assert project.state is ProjectState.RUNNING
    assert "PRJ-STATE" in {f.rule for f in projects.missing(project)}


def test_two_members_of_one_name_are_told_apart(library, projects) -> None:
    with library.changing(Topic.MEMBERS) as work:
        work.members.save(a_member("李四", id_number="11010519491231002X"))
    told = _refused(projects, a_project())
    assert "有2名党员叫“李四”" in told
    team = [{"name": "李四", "id_number_tail": "002X", "task": "统计"}]
    (uid,) = projects.import_json(a_project(team=team))["ids"]
    (listed,) = projects.as_json(ProjectFilter())
    assert listed["team"] == team
    assert projects.import_json(listed)["unchanged"] == [uid]


def test_meetings_are_linked_by_id_or_by_date_title_and_topic(library, projects) -> None:
    (meeting,) = MeetingService(library, clock).import_json(a_meeting())["ids"]
    wanted = {
        "date": "2026-03-18",
        "title": "2026年第一季度支部党员大会",
        "topic": "讨论接收预备党员",
    }
    (uid,) = projects.import_json(a_project(meetings=[wanted]))["ids"]
    (link,) = projects.one(uid).meetings
    assert link.meeting_id == meeting
    assert link.item_id is not None
    told = "第1个关联会议没有议题“别的”"
    with pytest.raises(InputError) as caught:
        projects.import_json(a_project(title="乙", meetings=[wanted | {"topic": "别的"}]))
    assert told in caught.value.issues[0].message
    assert projects.import_json(projects.as_json(ProjectFilter()))["unchanged"] == [uid]


def test_a_draft_is_saved_and_saving_twice_makes_one_record(projects) -> None:
    project = Project(id=new_id(), title="只有名称")
    projects.save(project)
    projects.save(project)
    assert projects.find(ProjectFilter()) == [project.id]
    assert projects.revision(project.id) == 1
    with pytest.raises(InputError) as caught:
        projects.save(replace(project, title=" "))
    assert caught.value.fields == {"title": "请填写项目名称。"}


def test_saving_a_form_leaves_decisions_and_files_alone(projects, uid) -> None:
    stored = projects.one(uid)
    projects.save(replace(stored, history=(), problem="改", stated_state=None))
    assert projects.one(uid).history == stored.history
    sneaked = replace(Project(id=new_id(), title="新"), history=stored.history)
    projects.save(sneaked)
    assert projects.one(sneaked.id).state is ProjectState.DRAFT


def _decision(state: str, day: str = "2026-03-20", **more: object) -> StateChange:
    given = {"by": "党委", "paper": "通知"} | more
    return StateChange(state=ProjectState(state), on=date.fromisoformat(day), **given)


def test_a_decision_is_recorded_refused_and_taken_back(projects, uid) -> None:
    assert projects.change_state(uid, _decision("midterm")).state is ProjectState.MIDTERM
    with pytest.raises(InputError) as caught:
        projects.change_state(uid, _decision("accepted", by=""))
    assert set(caught.value.fields) == {"state", "by"}
    with pytest.raises(InputError):
        projects.take_back(uid, " ")
    undone = projects.take_back(uid, "误录")
    assert undone.state is ProjectState.RUNNING
    assert undone.history[-1].taken_back_on == date(2026, 3, 31)
    with projects._library.reading() as work:
        reasons = [r.reason for r in work.projects.revisions(uid)]
    assert reasons == ["导入", "中期", "撤回：误录"]
    draft = Project(id=new_id(), title="新")
    projects.save(draft)
    with pytest.raises(InputError, match="还没有可以撤回"):
        projects.take_back(draft.id, "误录")


def test_a_month_takes_two_calls(projects, uid) -> None:
    entry = ProgressEntry(period="2026-02", done="卧底完成")
    projects.write_month(uid, entry, {})
    projects.write_month(uid, replace(entry, done="卧底全部完成"), {})
    (target,) = projects.one(uid).targets
    changed = projects.set_values(uid, target.id, {"2026-03": Decimal("13.5"), "2026-01": None})
    assert [e.period for e in changed.progress] == ["2026-01", "2026-02"]
    assert changed.entry("2026-02").done == "卧底全部完成"
    assert list(changed.targets[0].values) == ["2026-02", "2026-03"]
    with pytest.raises(InputError) as caught:
        projects.set_values(uid, target.id, {"2025-12": Decimal(1)})
    assert "不在项目起止时间" in caught.value.issues[0].message
    assert projects.one(uid) == changed
    with pytest.raises(InputError, match="不在项目中"):
        projects.set_values(uid, "gone", {})
    late = ProgressEntry(period="2026-03", done="格筛装好")
    with pytest.raises(InputError):
        projects.write_month(uid, late, {target.id: {"2027-01": Decimal(1)}})
    assert projects.one(uid) == changed
    both = projects.write_month(uid, late, {target.id: {"2026-03": Decimal("13.4")}})
    assert both.entry("2026-03") == late
    assert both.targets[0].values["2026-03"] == Decimal("13.4")
    step = changed.milestones[1]
    done = projects.finish_milestone(uid, step.id, date(2026, 3, 25))
    assert done.milestones[1].actual == date(2026, 3, 25)
    assert projects.finish_milestone(uid, step.id, None).milestones[1].actual is None


def test_what_is_lacking_can_be_waived_with_a_reason(library, projects) -> None:
    steps = PROJECT["milestones"][:2]
    (uid,) = projects.import_json(a_project(milestones=steps, history=[], state=None))["ids"]
    found = {f.rule: f for f in projects.missing(projects.one(uid))}
    assert set(found) == {"PRJ-MS3", "PRJ-WEIGHT"}
    CheckService(library, clock).waive(found["PRJ-MS3"], "只有两个阶段")
    again = {f.rule: f.waiver for f in projects.missing(projects.one(uid))}
    assert again == {"PRJ-MS3": "只有两个阶段", "PRJ-WEIGHT": None}


def test_deleting_can_be_undone(projects, uid) -> None:
    projects.delete(uid, "重复")
    with pytest.raises(InputError):
        projects.one(uid)
    projects.bring_back(uid)
    assert projects.one(uid).title == "减人提效"


def test_categories_of_the_branchs_own(projects) -> None:
    projects.add_category("党员项目", "师带徒")
    assert projects.categories().named("师带徒") == "师带徒"
    (uid,) = projects.import_json(a_project(category="师带徒", secretary="王五"))["ids"]
    assert projects.listed(ProjectFilter(category="师带徒"))[0].id == uid
    for wrong in ("师带徒", " ", "人才"):
        with pytest.raises(InputError):
            projects.add_category("党员项目", wrong)
    with pytest.raises(InputError):
        projects.add_category("不存在", "新的")


def test_a_secretary_is_held_against_the_roster_of_the_day(library, projects) -> None:
    with library.changing(Topic.MEMBERS) as work:
        for member in work.members.all():
            if member.name == "张三":
                posts = (Span("党支部书记", None, PartialDate(2026, 1, 1)),)
                work.members.save(replace(member, posts=posts))
    told = _refused(projects, a_project())
    assert "名册中没有登记当日的书记" in told
    assert "或在党员名册中补登职务的起止时间" in told


def test_the_rest_of_the_program_knows_projects(library, projects, uid) -> None:
    assert BranchService(library, clock).info()["projects"] == 1
    hits, total = SearchService(library, clock).find("卧底")
    assert (total, hits[0].type, hits[0].id) == (1, "project", uid)
    assert "卧底" in hits[0].snippet
    figures = SummaryService(library, clock).figures(Period.parse("2026-03"))
    assert figures["projects.overdue"].records == (uid,)
    member = projects.one(uid).team[0].person
    with pytest.raises(InputError, match="承担着1个项目"):
        RosterService(library, clock).delete(member.member_id)
