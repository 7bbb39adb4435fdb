"""Builders for tests of services: a small library on a real file, members and meetings."""

from __future__ import annotations

from copy import deepcopy
from datetime import datetime
from pathlib import Path

from dangjian_desktop.domain.branch import Branch
from dangjian_desktop.domain.dates import PartialDate
from dangjian_desktop.domain.members.member import Member, MemberKind, Span, kinds_by_dates, new_id
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.services.library.branch import new_library
from dangjian_desktop.services.records.pinyin import initials, sort_key
from dangjian_desktop.storage.library import Library

NOW = datetime.fromisoformat("2026-03-31T09:00")


def clock() -> datetime:
    """A fixed present."""
    return NOW


def a_member(name: str, *, probationary: bool = False, **known: object) -> Member:
    """A member since long ago, formal unless told."""
    join = PartialDate(2026, 1, 8) if probationary else PartialDate(2010, 7, 1)
    full = None if probationary else PartialDate(2011, 7, 1)
    kind = MemberKind.PROBATIONARY if probationary else MemberKind.FORMAL
    given = {
        "id": new_id(),
        "name": name,
        "sort_key": sort_key(name),
        "initials": initials(name),
        "join_date": join,
        "full_date": full,
        "kinds": kinds_by_dates(join, full, kind),
        "groups": (Span("第一党小组"),),
    }
    return Member(**(given | known))


NAMES = ("张三", "李四", "王五", "赵六", "孙八", "周九", "吴十", "郑一", "冯二")
POSTS = {"张三": "党支部书记", "李四": "组织委员", "王五": "宣传委员"}


def a_library(folder: Path) -> Library:
    """A branch of nine formal members with a committee of three and one probationary member."""
    library = new_library(folder / "支部.dangjian", Branch(name="中共测试公司机关党支部"))
    with library.changing(Topic.MEMBERS) as work:
        for name in NAMES:
            posts = (Span(POSTS[name]),) if name in POSTS else ()
            work.members.save(a_member(name, posts=posts))
        work.members.save(a_member("钱七", probationary=True))
    return library


MEETING = {
    "id": None,
    "kinds": ["general_meeting"],
    "number": None,
    "title": "2026年第一季度支部党员大会",
    "for_year": 2026,
    "date": "2026-03-18",
    "start": "14:30",
    "end": "16:05",
    "place": "三楼会议室",
    "host": "张三",
    "delegated_by": None,
    "recorder": "李四",
    "group": None,
    "attendance": {
        "present": ["张三", "李四", "王五", "赵六", "孙八", "周九", "吴十"],
        "video": ["钱七"],
        "leave": [{"name": "郑一", "reason": "出差", "made_up": "3月25日补学"}],
        "absent": ["冯二"],
        "excluded": [],
    },
    "stated": {"eligible": 10, "present": 8},
    "observers": [{"name": "甲某", "role": "入党积极分子"}],
    "agenda": [
        {
            "topic": "讨论接收预备党员",
            "matter": "admission",
            "person": "乙某",
            "content": ["支部委员会介绍审查情况。", "介绍人发表意见。"],
            "speeches": [{"speaker": "王五", "text": "工作踏实，同意接收。"}],
            "vote": {
                "method": "secret_ballot",
                "issued": 7,
                "returned": 7,
                "void": 0,
                "yes": 6,
                "no": 0,
                "abstain": 1,
            },
            "candidates": [],
            "resolution": "同意接收乙某为中共预备党员。",
            "actions": [
                {
                    "what": "报送审批材料",
                    "responsible": "李四",
                    "due": "2026-04-10",
                    "standard": "材料齐全",
                    "checker": "张三",
                }
            ],
        }
    ],
    "closing": "会议按程序进行。",
    "details": {"scrutineers": ["赵六"], "tellers": ["周九"]},
    "activity": None,
    "late_entry": None,
}


def a_meeting(**changes: object) -> dict:
    """The contract's meeting with some names replaced."""
    return deepcopy(MEETING) | changes
