"""All papers that can be printed: a paper is one file and one line here.

What a library adds (the prints of its ledgers, ``papers/ledgers/prints.py``) joins at run time.

A composer takes the sheet of what the paper is about (gathered by the services) and what is
``Wanted`` of it. It is named as ``module:function``, so that listing papers imports none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, TypeAlias

from dangjian_desktop.documents.look import Look
from dangjian_desktop.documents.model import Document, Layout
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.ledgers.ledger import Ledger
from dangjian_desktop.domain.levels import Level
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.late import Late

MEETING, PROJECT = "meeting", "project"
"""Papers about one record, by the record's code."""
MEMBERS, PROJECTS, PERIOD = "members", "projects", "period"
"""Papers about the roster of a day, the projects of a year, a month or longer."""
CHECKS = "checks"
"""Papers about what the rules say of a month or longer, or of all years."""
SENT = "sent"
"""Papers about what went up in a month or longer."""
ROW, LEDGER = "row", "ledger"
"""Papers about one row of a ledger, and about its rows of a period."""
ASSESSMENT = "assessment"
"""Papers about one self-check."""
GROUP_MONTH = "group_month"
"""Papers about a party group in a month."""
TALK, TALKS = "heart_talk", "heart_talks"
"""Papers about one talk, and about those of a year."""
ITEM, ITEMS = "item", "items"
"""Papers about one item that is followed, and about those of a month or longer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is asked of one print; what is left out takes the usual value of the paper.

    ``people`` are the ids of those whom a roster names (all of the day unless told),
    ``masked`` covers numbers in it, ``public`` leaves masked fields of a ledger out and covers
    those of a project.
    ``look`` is the one that is kept for the paper unless given.
    """

    layout: Layout | None = None
    period: Period | None = None
    day: date | None = None
    group: str | None = None
    masked: bool = True
    people: tuple[str, ...] = ()
    public: bool = False
    look: Look | None = None


Compose: TypeAlias = Callable[[Any, Wanted], Document]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One paper: ``code`` for commands for ever, ``title`` for people, ``of`` what it is about.

    ``layouts`` are those it exists in, the usual one first; ``lengths`` the months of the periods
    it is made for. ``word`` names it among the papers of its record (申报). ``part`` is the field
    of the record that must be filled before it says anything, ``stage`` the state of the record
    whose day is that of the paper. ``numbered`` papers fix 第×次 when
    they are first printed; of ``one_each`` the sample year has one for each kind of its record.
    ``also`` are other names that superiors ask for it by; ``folder`` is where the sample year
    puts it. A print of a ledger has
    its ``ledger`` and its ``number`` there, counted from 0. A ``blank`` one may be printed without
    a record, to be filled in by hand. ``level`` tells how far it may go: of what is internal none
    is made for everybody, what is sensitive goes into no package. One of a ``rule`` is there for
    the branch that goes by it.
    """

    code: str
    title: str
    of: str
    compose: str
    layouts: tuple[Layout, ...]
    lengths: tuple[int, ...] = ()
    word: str = ""
    part: str = ""
    stage: str = ""
    numbered: bool = False
    one_each: bool = False
    also: tuple[str, ...] = ()
    folder: str = ""
    ledger: Ledger | None = None
    number: int = 0
    blank: bool = False
    level: Level = Level.PUBLIC
    rule: str = ""

    @property
    def layout(self) -> Layout:
        """The usual layout."""
        return self.layouts[0]

    def fitting(self, period: Period | None) -> Period | None:
        """What the paper takes where this period is meant: itself, its year, or none at all."""
        if period is None or not self.lengths or period.length in self.lengths:
            return period if self.lengths else None
        return Period.around(period.first, max(self.lengths))

    @property
    def composer(self) -> Compose:
        """The function that makes it; imported when it is first asked for."""
        found: Compose = Late(f"papers.{self.compose}").read()
        return found


def _form(code: str, title: str, word: str, compose: str, layout: Layout, **more: Any) -> Paper:
    where = "书记项目"
    also = tuple(f"{where}{each}" for each in (title, word))
    return Paper(
        code=f"project_{code}",
        title=title,
        of=PROJECT,
        compose=f"projects.{compose}",
        layouts=(layout,),
        word=word,
        also=also,
        folder=where,
        **more,
    )


def _of_items(code: str, title: str, word: str, compose: str, *also: str) -> Paper:
    """A form of one item, or a list of those of a period."""
    one = compose.startswith("forms:")
    return Paper(
        code=f"item_{code}",
        title=title,
        of=ITEM if one else ITEMS,
        compose=f"items.{compose}",
        layouts=(Layout.FORM if one else Layout.LANDSCAPE,),
        lengths=() if one else (12, 6, 3, 1),
        word=word,
        also=also,
        folder="问题与任务",
        level=Level.INTERNAL,
    )


PAPERS: tuple[Paper, ...] = (
    Paper(
        code="minutes",
        title="会议记录",
        of=MEETING,
        compose="meetings.compose:compose_minutes",
        layouts=(Layout.OFFICIAL, Layout.FORM),
        numbered=True,
        also=("三会一课记录", "三会一课会议记录", "三会一课", "组织生活记录", "会议纪要"),
        folder="会议记录",
    ),
    Paper(
        code="notice",
        title="会议通知",
        of=MEETING,
        compose="meetings.notices:compose_notice",
        layouts=(Layout.OFFICIAL,),
        one_each=True,
        folder="会议通知",
    ),
    Paper(
        code="agenda",
        title="议程",
        of=MEETING,
        compose="meetings.notices:compose_agenda",
        layouts=(Layout.OFFICIAL,),
        one_each=True,
        folder="议程",
    ),
    Paper(
        code="signin",
        title="签到表",
        of=MEETING,
        compose="meetings.signin:compose_signin",
        layouts=(Layout.FORM,),
        also=("签到册", "会议签到表", "会议签到册", "三会一课签到表"),
        folder="签到表",
    ),
    Paper(
        code="ballot",
        title="选票",
        of=MEETING,
        compose="meetings.elections:compose_ballot",
        layouts=(Layout.FORM,),
        part="elections",
        folder="选举",
    ),
    Paper(
        code="election_result",
        title="选举结果报告单",
        of=MEETING,
        compose="meetings.elections:compose_result",
        layouts=(Layout.FORM,),
        part="elections",
        folder="选举",
    ),
    Paper(
        code="roster",
        title="党员名册",
        of=MEMBERS,
        compose="members.roster:compose_roster",
        layouts=(Layout.LANDSCAPE,),
        also=("党员花名册", "花名册", "名册", "党员信息表", "党员基本信息表"),
        folder="名册",
    ),
    Paper(
        code="summary",
        title="工作汇总",
        of=PERIOD,
        compose="summaries.compose:compose_summary",
        layouts=(Layout.OFFICIAL,),
        lengths=(1, 3, 6, 12),
        also=("汇总", "总结", "工作总结", "工作小结", "工作报告", "季报", "半年报", "年报"),
        folder="汇总",
    ),
    Paper(
        code="month_sheet",
        title="月报表",
        of=PERIOD,
        compose="summaries.month_sheet:compose_month_sheet",
        layouts=(Layout.BRIEF,),
        lengths=(1,),
        also=("月报", "工作月报", "党建月报", "党建工作月报"),
        folder="汇总",
    ),
    Paper(
        code="first_topics",
        title="第一议题学习台账",
        of=PERIOD,
        compose="summaries.first_topics:compose_first_topics",
        layouts=(Layout.LANDSCAPE,),
        lengths=(1, 3, 6, 12),
        also=("第一议题台账", "第一议题"),
        folder="汇总",
        rule="TOPIC-1",
    ),
    Paper(
        code="self_check",
        title="达标自评表",
        of=ASSESSMENT,
        compose="assessments.self_check:compose_self_check",
        layouts=(Layout.LANDSCAPE,),
        also=("达标自查表", "考核自评表", "自评表"),
        folder="对标自评",
        level=Level.INTERNAL,
    ),
    Paper(
        code="group_month",
        title="党小组月度工作表",
        of=GROUP_MONTH,
        compose="ledgers.group_month:compose_group_month",
        layouts=(Layout.FORM,),
        lengths=(1,),
        also=("党小组月度工作", "党小组工作表"),
        folder="党小组",
        level=Level.INTERNAL,
    ),
    Paper(
        code="check",
        title="支部体检表",
        of=CHECKS,
        compose="checks.compose:compose_check",
        layouts=(Layout.LANDSCAPE,),
        lengths=(1, 3, 6, 12),
        also=("自查表", "自查自评表"),
        folder="体检",
    ),
    _form(
        *("declaration", "申报表", "申报", "application:compose_declaration", Layout.FORM),
        stage="declared",
    ),
    _form(
        *("approval", "立项表", "立项", "application:compose_approval", Layout.FORM),
        stage="approved",
    ),
    _form("progress", "推进表", "推进", "monthly:compose_progress", Layout.FORM, lengths=(1, 3)),
    _form(
        *("midterm", "中期报告", "中期", "reports:compose_midterm", Layout.OFFICIAL),
        part="midterm",
        stage="midterm",
    ),
    _form(
        *("closing", "结项报告", "结项", "reports:compose_closing", Layout.OFFICIAL),
        part="closing",
        stage="closing",
    ),
    _form("page", "一页汇报", "一页", "page:compose_page", Layout.BRIEF),
    Paper(
        code="sent_list",
        title="报出材料清单",
        of=SENT,
        compose="submissions.sent_list:compose_sent_list",
        layouts=(Layout.LANDSCAPE,),
        lengths=(12, 6, 3, 1),
        folder="报送包",
    ),
    Paper(
        code="talk_record",
        title="谈心谈话记录表",
        of=TALK,
        compose="talks.record:compose_record",
        layouts=(Layout.FORM,),
        folder="谈心谈话",
        blank=True,
        level=Level.SENSITIVE,
    ),
    Paper(
        code="talk_coverage",
        title="谈心谈话情况表",
        of=TALKS,
        compose="talks.coverage:compose_coverage",
        layouts=(Layout.BRIEF,),
        lengths=(12,),
        also=("谈心谈话情况", "谈心谈话统计表", "谈心谈话台账"),
        folder="谈心谈话",
        level=Level.INTERNAL,
    ),
    Paper(
        code="project_ledger",
        title="项目台账",
        of=PROJECTS,
        compose="projects.lists:compose_ledger",
        layouts=(Layout.LANDSCAPE,),
        lengths=(12,),
        also=("书记项目台账", "书记项目"),
        folder="书记项目",
    ),
    Paper(
        code="project_claims",
        title="党员项目认领表",
        of=PROJECTS,
        compose="projects.lists:compose_claims",
        layouts=(Layout.LANDSCAPE,),
        folder="书记项目",
    ),
    _of_items("problems", "问题清单", "问题", "lists:compose_problems", "问题台账"),
    _of_items("tasks", "任务清单", "任务", "lists:compose_tasks"),
    _of_items("duties", "责任清单", "责任", "lists:compose_duties", "主体责任清单"),
    _of_items("three", "三单合一表", "三单", "lists:compose_three", "三单", "三张清单"),
    _of_items("ledger", "督办台账", "台账", "lists:compose_ledger", "销号台账", "整改台账"),
    _of_items("schedule", "时序进度表", "时序", "lists:compose_schedule"),
    _of_items("roadmap", "任务路线图", "路线图", "roadmap:compose_roadmap", "路线图"),
    _of_items("supervision", "督办单", "督办", "forms:compose_supervision"),
    _of_items("closing", "销号单", "销号", "forms:compose_closing"),
    _of_items("assignment", "任务书", "任务书", "forms:compose_assignment"),
    _of_items("receipt", "整改回执", "回执", "forms:compose_receipt", "整改情况回执"),
)


def papers_of(subject: str, papers: Iterable[Paper] = PAPERS) -> tuple[Paper, ...]:
    """The papers about a record or a set: what records it first, then as the catalogue has them."""
    found = [paper for paper in papers if paper.of == subject]
    return tuple(sorted(found, key=lambda paper: not paper.numbered))
