"""What the hand-made golden library holds: records that use every field, plain and in one place."""

from __future__ import annotations

from typing import Any

BRANCH = {
    "name": "中共金样公司机电队支部委员会",
    "short_name": "机电队党支部",
    "superior": "中共金样公司委员会",
    "founded": "2012-07-01",
    "term_start": "2024-06-01",
    "term_years": 3,
    "theme_day": 15,
}

ONE, TWO = "第一党小组", "第二党小组"


def _person(name: str, group: str = ONE, **more: Any) -> dict[str, Any]:
    known = {"name": name, "join": "2008-07-01", "full": "2009-07-01", "group": group}
    return known | more


# Periods are (value, start, end); a start or an end left open is nothing.
MEMBERS: tuple[dict[str, Any], ...] = (
    _person(
        "赵𠮷山",
        sex="男",
        ethnicity="汉族",
        id_number="11010119800101001",
        birth_date="1980-01-01",
        education="大学本科",
        join_approved="2008-07-15",
        full_approved="2009-07-20",
        work_post="队长",
        phone="13800138000",
        note="第一行备注，含“引号”<尖括号>&\n第二行备注",
        posts=(("组织委员", "2021-05", "2024-06-01"), ("党支部书记", "2024-06-01", None)),
        groups=((TWO, None, "2020"), (ONE, "2020", None)),
    ),
    _person("钱副", posts=(("党支部副书记", "2024-06-01", None),)),
    _person("孙组织", posts=(("组织委员", "2024-06-01", None), ("第一党小组组长", "2025", None))),
    _person("李宣传", TWO, posts=(("宣传委员", "2024-06-01", None),)),
    _person("张伟", id_number="11010119850312003", sex="男", birth_date="1985-03-12"),
    _person("张伟", TWO, id_number="11010119900520002", sex="女", birth_date="1990-05-20"),
    _person("周换组", groups=((ONE, None, "2026-05-01"), (TWO, "2026-05-01", None))),
    _person("吴停", standings=(("正常", None, "2026-06"), ("停止党籍", "2026-06", None))),
    _person("郑转出", standings=(("正常", None, "2026-08-20"), ("转出", "2026-08-20", None))),
    _person("王预备", TWO, join="2026-01-08", full=None, join_approved="2026-01-20"),
    _person("冯留察", voting_suspended=(("留党察看", "2026-02-01", "2027-02-01"),)),
    _person("陈久病", TWO, waived=(("长期患病", "2025-01", None),), note="住院"),
    _person("卫年份", TWO, join="1998", full="1999", birth_date="1970"),
    _person("蒋堃喆", education="大专", work_post="电工"),
    _person("褚误录"),
)
LEFT_BY_MISTAKE = "褚误录"

TAIL_ONE = {"name": "张伟", "id_number_tail": "0033"}

VOTE = {
    "method": "secret_ballot",
    "issued": 9,
    "returned": 9,
    "void": 0,
    "yes": 8,
    "no": 0,
    "abstain": 1,
    "written_yes": 1,
    "written_no": 0,
    "written_abstain": 0,
}

FULL_ITEM = {
    "topic": "讨论接收预备党员",
    "matter": "admission",
    "person": "乙某",
    "content": ["支委会介绍审查情况。", "介绍人发表意见：同意<接收>。"],
    "speeches": [
        {"speaker": "孙组织", "text": "工作踏实，\n同意接收。"},
        {"speaker": "外来领导", "text": "很好……"},
    ],
    "vote": VOTE,
    "candidates": [],
    "resolution": "同意接收乙某为中共预备党员。",
    "actions": [
        {
            "what": "报送审批材料",
            "responsible": "孙组织",
            "due": "2026-04-10",
            "standard": "材料齐全",
            "checker": "赵𠮷山",
        },
        {"what": "谈话", "responsible": "外来领导", "due": None, "standard": None, "checker": None},
    ],
}


def item(topic: str, matter: str = "general", **more: Any) -> dict[str, Any]:
    """A short agenda item."""
    return {"topic": topic, "matter": matter} | more


def meeting(kinds: list[str], day: str, title: str, **more: Any) -> dict[str, Any]:
    """A meeting at which most were present."""
    known: dict[str, Any] = {
        "kinds": kinds,
        "date": day,
        "title": title,
        "start": "14:30",
        "end": "16:05",
        "place": "三楼会议室",
        "host": "赵𠮷山",
        "recorder": "孙组织",
        "attendance": {"present": ["赵𠮷山", "钱副", "孙组织", "李宣传"]},
        "agenda": [item("学习")],
    }
    return known | more


FULL_MEETING = meeting(
    ["general_meeting", "theme_day"],
    "2026-03-18",
    "2026年第一季度支部党员大会暨主题党日",
    for_year=2026,
    delegated_by="上级委派人",
    attendance={
        "present": ["赵𠮷山", "钱副", "孙组织", "李宣传", TAIL_ONE, "周换组", "蒋堃喆", "吴停"],
        "video": ["王预备"],
        "leave": [
            {"name": "郑转出", "reason": "出差", "made_up": "3月25日补学"},
            {"name": "冯留察", "reason": None, "made_up": None},
        ],
        "absent": ["卫年份"],
        "excluded": [
            {
                "name": "陈久病",
                "reason": "长期患病、生活不能自理",
                "consent": "2026年2月20日金样委批〔2026〕3号",
                "approved_on": "2026-03-01",
            }
        ],
    },
    stated={"eligible": 13, "present": 0},
    observers=[{"name": "甲某", "role": "入党积极分子"}, {"name": "丙某", "role": None}],
    agenda=[FULL_ITEM, item("通报处分", "discipline", vote={"method": "hands", "yes": 9, "no": 0})],
    closing="会议按程序进行。\n散会。",
    late_entry={"entered_on": "2026-05-01", "reason": "设备故障", "paper_original": True},
)

ELECTION = meeting(
    ["election"],
    "2026-06-01",
    "补选支部委员",
    agenda=[
        item(
            "选举",
            "election",
            vote={"method": "secret_ballot", "issued": 4, "returned": 4, "void": 1, "yes": 3},
            candidates=[
                {"name": "蒋堃喆", "yes": 3, "no": 0, "abstain": 0, "elected": True},
                {"name": "卫年份", "yes": 0, "no": 2, "abstain": 1, "elected": False},
                {"name": "周换组", "yes": None, "written_yes": 0, "elected": None},
            ],
        )
    ],
    late_entry={"entered_on": "2026-06-20", "reason": "忘记录入", "paper_original": False},
)

MATTERS = (
    "general",
    "important",
    "regularisation",
    "extension",
    "disqualification",
    "disposal",
    "commendation",
)

SINGLE = (
    meeting(["committee_meeting"], "2026-03-10", "3月支委会", agenda=[FULL_ITEM | {"vote": None}]),
    meeting(
        ["group_meeting"],
        "2026-05-06",
        "第二党小组5月党小组会",
        group=TWO,
        attendance={"present": ["李宣传", "周换组"], "absent": ["卫年份"]},
    ),
    meeting(["party_lecture"], "2026-04-15", "4月党课"),
    meeting(["theme_day"], "2026-05-15", "5月主题党日", agenda=[item(m, m) for m in MATTERS]),
    meeting(
        ["org_life_meeting", "democratic_appraisal"],
        "2026-01-20",
        "2025年度组织生活会暨民主评议",
        for_year=2025,
    ),
    meeting(
        ["general_meeting"],
        "2026-12-20",
        "计划中的党员大会",
        attendance=None,
        agenda=[item("安排")],
        host=None,
        recorder=None,
        end=None,
    ),
)
OWN_KIND = meeting(["own_1"], "2026-09-09", "第一期读书班")
DELETED = meeting(["committee_meeting"], "2026-02-10", "录错的支委会")


def step(what: str, weight: str, planned: str, actual: str | None = None, **more: Any) -> Any:
    """A milestone."""
    return {"what": what, "weight": weight, "planned": planned, "actual": actual} | more


TARGETS = [
    {
        "indicator": "单进水平",
        "unit": "米/月",
        "direction": "up",
        "counting": "latest",
        "baseline": "0",
        "target": "200.5",
        "source": "调度日报",
        "values": {"2026-01": "0", "2026-02": "185.25"},
        "reason": "设备检修，暂未达到",
    },
    {
        "indicator": "违章起数",
        "unit": "起",
        "direction": "down",
        "counting": "sum",
        "baseline": "12",
        "target": "0",
        "source": "",
        "values": {"2026-01": "0", "2026-03": "1"},
        "reason": None,
    },
    {"indicator": "合格率", "unit": "%", "direction": "up", "counting": "mean", "values": {}},
]

FULL_PROJECT: dict[str, Any] = {
    "title": "减人提效全字段项目",
    "secretary": "赵𠮷山",
    "assistant": "蒋堃喆",
    "phone": "0000-1234",
    "team": [{"name": "李宣传", "task": "宣传\n统计"}, TAIL_ONE | {"task": ""}],
    "start": "2026-01-01",
    "end": "2026-12-31",
    "declared_on": "2026-01-05",
    "number": "2026-书-01",
    "background": "人多活少。\n第二段。",
    "problem": "单进水平低。",
    "measures": ["每周分析", "每月通报"],
    "targets": TARGETS,
    "milestones": [
        step("摸底", "30", "2026-02-01", "2026-02-03", evidence="摸底表"),
        step("试点", "0", "2026-03-15"),
        step("推广", "70", "2026-11-01"),
    ],
    "funds": [
        {"item": "培训", "planned": "1200.50", "used": "0"},
        {"item": "奖励", "planned": None, "used": None},
    ],
    "expected_effect": "单进提高。",
    "progress": [
        {"period": "2026-01", "done": "摸底", "problems": "缺表", "coordination": "请机关支持"},
        {"period": "2026-Q1", "done": "季度小结", "next": "推广"},
    ],
    "midterm": {"done": "过半", "deviation": "偏慢", "adjustment": "加人"},
    "closing": {
        "done": "全部完成",
        "effect": "提高",
        "experience": "经验一条",
        "shortcomings": "不足一条",
        "results": "成果清单",
        "self_score": "0",
        "acceptance": "验收组意见",
        "grade": "良好",
    },
}


def decision(state: str, on: str, **more: Any) -> dict[str, Any]:
    """A decision of the history."""
    return {"state": state, "on": on, "by": "金样党委", "paper": f"{on}批复"} | more


FULL_HISTORY = [
    decision("declared", "2026-01-05"),
    decision("draft", "2026-01-06", reason="材料不全"),
    decision("declared", "2026-01-08"),
    decision("reviewed", "2026-01-10"),
    decision("approved", "2026-01-12"),
    decision("running", "2026-01-15"),
    decision(
        "midterm",
        "2026-06-01",
        taken_back=True,
        taken_back_on="2026-06-02",
        taken_back_because="误点",
    ),
    decision("midterm", "2026-06-10"),
    decision("extended", "2026-10-10", until="2027-03-31", reason="设备未到"),
]

PATHS: dict[str, tuple[str, ...]] = {
    "draft": (),
    "declared": ("declared",),
    "reviewed": ("declared", "reviewed"),
    "approved": ("declared", "approved"),
    "running": ("declared", "approved", "running"),
    "midterm": ("declared", "approved", "running", "midterm"),
    "closing": ("declared", "approved", "running", "closing"),
    "accepted": ("declared", "approved", "running", "closing", "accepted"),
    "extended": ("declared", "approved", "running", "extended"),
    "failed": ("declared", "approved", "running", "closing", "failed"),
    "archived": ("declared", "approved", "running", "closing", "accepted", "archived"),
}
"""The decisions that lead to each state."""


def project_in(state: str) -> dict[str, Any]:
    """A short project of a member that has come as far as this state."""
    days = (f"2026-{month:02}-20" for month in range(1, 12))
    history = [decision(code, day) for code, day in zip(PATHS[state], days, strict=False)]
    return {
        "title": f"党员项目之{state}",
        "secretary": "李宣传",
        "start": "2026-01-01",
        "end": "2026-11-30",
        "milestones": [step("全部", "100", "2026-10-01", None)],
        "history": history,
    }


TOLD = {
    "title": "只说了状态的项目",
    "secretary": "赵𠮷山",
    "start": "2025-03-01",
    "state": "running",
}
UNDATED = {"title": "没有日期的项目"}
GONE = {"title": "录错的项目", "secretary": "赵𠮷山", "start": "2026-02-01"}

WORDS: dict[str, dict[str, Any]] = {
    "2026-02": {"plans": ["推进项目", "组织党课"]},
    "2026-03": {
        "work": {"study": "学习两次", "service": "走访\n慰问"},
        "problems": ["缺勤偏多", "资料不齐"],
        "plans": ["四月计划"],
        "plan_results": {"推进项目": "已完成", "组织党课": "顺延"},
        "reasons": {"party_lecture": "讲课人外出"},
        "filled_by": "孙组织",
        "reviewed_by": "赵𠮷山",
    },
    "2026-Q1": {"problems": ["季度问题"], "plans": ["季度计划"]},
    "2026": {"work": {"team": "全年队伍建设"}, "reasons": {"election": "未到届期"}},
}
