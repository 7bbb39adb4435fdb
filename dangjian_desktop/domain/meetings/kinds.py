"""The registry of kinds of meeting: add a kind here and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from enum import StrEnum

from dangjian_desktop.domain.fields import Bounds, Field, FieldType
from dangjian_desktop.domain.labelled import Labelled
from dangjian_desktop.domain.tallies import SHEETS, count_field
from dangjian_desktop.frozen import dataclass


class Expected(Labelled):
    """Who should be there (应到)."""

    ALL_MEMBERS = "all_members", "全体党员"
    VOTERS = "voters", "有表决权的党员"
    COMMITTEE = "committee", "支部委员"
    GROUP = "group", "党小组党员"


_OF_MONTH = "{year}年{month}月{title}"
_OF_QUARTER = "{year}年第{quarter}季度{title}"
_OF_YEAR = "{year}年度{title}"
_OF_GROUP = "{group}{month}月{title}"


class Body(StrEnum):
    """A body of the branch that sits: it has a chair, and its members vote."""

    BRANCH = "branch"
    COMMITTEE = "committee"
    GROUP = "group"


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingKind:
    """One kind: ``code`` is stored with every meeting and never changes once released.

    ``short`` is the word for lists and counts, ``name_pattern`` how a sitting is called unless the
    user says otherwise. ``body`` sits by this kind; a kind without one is done by whoever sits.
    ``votes_under`` is the rule of its ordinary votes, ``cadence`` the rule of how often it is due;
    ``yearly`` tells whether a sitting may fulfil the duty of another year than its date's.
    ``elects``, ``appraises``, ``teaches`` tell what is done, ``signers`` who signs the minutes
    beside chair and recorder, ``ordinal`` whether minutes carry 第×次.
    """

    code: str
    title: str
    short: str
    expected: Expected
    fields: tuple[Field, ...] = ()
    body: Body | None = None
    votes_under: str = ""
    cadence: str = ""
    yearly: bool = False
    elects: bool = False
    appraises: bool = False
    teaches: bool = False
    signers: str = ""
    name_pattern: str = _OF_MONTH
    ordinal: bool = True
    own: bool = False

    @property
    def decides(self) -> bool:
        """Whether its votes are held against the rules of the general meeting."""
        return bool(self.votes_under) and self.body is not Body.COMMITTEE

    def name_on(self, day: date, group: str | None = None) -> str:
        """What a sitting of the day is called."""
        quarter = "一二三四"[(day.month - 1) // 3]
        return self.name_pattern.format(
            year=day.year, month=day.month, quarter=quarter, group=group or "", title=self.title
        )


RECTIFICATION = "rectification"
"""The detail with what a sitting found wrong in its own branch, and how it is to be mended."""
PREVIOUS, PREVIOUS_TITLE = "previous_items", "上次议定事项落实情况"
"""The detail in which a kind tells what became of the decisions of its last sitting."""


def _text(name: str, label: str, hint: str = "") -> Field:
    return Field(name, label, FieldType.TEXT, hint=hint)


def _long(name: str, label: str, hint: str = "") -> Field:
    return Field(name, label, FieldType.LONG_TEXT, hint=hint)


def _number(name: str, label: str) -> Field:
    return Field(name, label, FieldType.INTEGER)


SCRUTINEERS = Field("scrutineers", "监票人", FieldType.PEOPLE)
TELLERS = Field("tellers", "计票人", FieldType.PEOPLE)

GRADES = ("优秀", "合格", "基本合格", "不合格")
GRADE_COUNTS = ("excellent", "qualified", "basic", "unqualified")
"""Where a row of 测评结果 tells how many sheets say each of the grades."""

_GRADE_COLUMNS = (
    Field("name", "姓名", required=True),
    *(count_field(name, label) for name, label in zip(GRADE_COUNTS, GRADES, strict=True)),
    Field("result", "评定等次", FieldType.CHOICE, choices=tuple((g, g) for g in GRADES)),
)


BUILT_IN: tuple[MeetingKind, ...] = (
    MeetingKind(
        code="general_meeting",
        title="支部党员大会",
        short="党员大会",
        expected=Expected.ALL_MEMBERS,
        body=Body.BRANCH,
        votes_under="Q-GEN",
        cadence="CAD-GM",
        name_pattern=_OF_QUARTER,
        fields=(SCRUTINEERS, TELLERS),
    ),
    MeetingKind(
        code="committee_meeting",
        title="支部委员会会议",
        short="支委会",
        expected=Expected.COMMITTEE,
        body=Body.COMMITTEE,
        votes_under="Q-BC",
        cadence="CAD-BC",
        signers="到会委员",
        fields=(_long(PREVIOUS, PREVIOUS_TITLE),),
    ),
    MeetingKind(
        code="group_meeting",
        title="党小组会",
        short="党小组会",
        expected=Expected.GROUP,
        body=Body.GROUP,
        cadence="CAD-GR",
        name_pattern=_OF_GROUP,
        fields=(
            _long("study", "学习篇目"),
            _text("source", "篇目来源"),
            _long("opinions", "向支部反映的意见"),
        ),
    ),
    MeetingKind(
        code="party_lecture",
        title="党课",
        short="党课",
        expected=Expected.ALL_MEMBERS,
        cadence="CAD-LEC",
        teaches=True,
        ordinal=False,
        fields=(
            Field("lecturer", "授课人", required=True),
            _text("lecturer_post", "授课人职务"),
            _text("lecture_title", "授课题目"),
            Field("hours", "学时", FieldType.DECIMAL, unit="学时", bounds=Bounds(least=Decimal(0))),
            _number("audience", "听课人数（含积极分子）"),
            _long("outline", "授课提纲"),
            _long("discussion", "讨论情况"),
        ),
    ),
    MeetingKind(
        code="theme_day",
        title="主题党日",
        short="主题党日",
        expected=Expected.ALL_MEMBERS,
        cadence="CAD-DAY",
        ordinal=False,
        fields=(
            _text("theme", "主题"),
            Field("flow", "活动流程", FieldType.LIST),
        ),
    ),
    MeetingKind(
        code="org_life_meeting",
        title="组织生活会",
        short="组织生活会",
        expected=Expected.ALL_MEMBERS,
        cadence="CAD-OLM",
        yearly=True,
        name_pattern=_OF_YEAR,
        ordinal=False,
        fields=(
            _text("theme", "主题"),
            _long("preparation", "会前准备（学习、谈心谈话、征求意见）"),
            _long("committee_report", "支委会对照检查情况"),
            _long("self_criticism", "个人对照检查"),
            Field(
                "criticism",
                "批评意见",
                FieldType.RECORDS,
                columns=(
                    Field("from", "批评人", required=True),
                    Field("to", "被批评人", required=True),
                    _long("text", "意见"),
                ),
            ),
            _long("response", "表态"),
            Field(
                RECTIFICATION,
                "整改事项",
                FieldType.RECORDS,
                columns=(
                    _long("problem", "问题"),
                    _long("measure", "整改措施"),
                    Field("responsible", "责任人"),
                    Field("due", "完成时限", FieldType.DATE),
                ),
            ),
        ),
    ),
    MeetingKind(
        code="democratic_appraisal",
        title="民主评议党员",
        short="民主评议",
        expected=Expected.ALL_MEMBERS,
        cadence="CAD-APP",
        yearly=True,
        appraises=True,
        name_pattern=_OF_YEAR,
        ordinal=False,
        fields=(
            _long("self_review", "个人自评"),
            _long("mutual_review", "党员互评"),
            Field(
                "ballots",
                "测评票",
                FieldType.RECORD,
                columns=SHEETS,
            ),
            Field("grades", "测评结果", FieldType.RECORDS, columns=_GRADE_COLUMNS),
            _long("committee_review", "支委会评定情况"),
            _long("feedback", "反馈情况"),
        ),
    ),
    MeetingKind(
        code="election",
        title="选举",
        short="选举",
        expected=Expected.VOTERS,
        votes_under="Q-GEN",
        elects=True,
        ordinal=False,
        fields=(
            SCRUTINEERS,
            TELLERS,
            _number("seats", "应选名额"),
            _long("method", "选举办法"),
            _text("approval", "候选人预备人选批复"),
        ),
    ),
)


class Kinds:
    """All kinds that a library knows: the built-in ones and the branch's own."""

    def __init__(self, own: Iterable[MeetingKind] = ()) -> None:
        self._by_code = {kind.code: kind for kind in (*BUILT_IN, *own)}
        self._found: dict[frozenset[str], tuple[MeetingKind, ...]] = {}

    def __iter__(self) -> Iterator[MeetingKind]:
        return iter(self._by_code.values())

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def __getitem__(self, code: str) -> MeetingKind:
        return self._by_code[code]

    def of(self, codes: Iterable[str]) -> tuple[MeetingKind, ...]:
        """The kinds of these codes, in the order of the registry; unknown codes are left out."""
        wanted = frozenset(codes)
        if wanted not in self._found:
            found = tuple(kind for code, kind in self._by_code.items() if code in wanted)
            self._found[wanted] = found
        return self._found[wanted]

    def under(self, rule: str) -> tuple[MeetingKind, ...]:
        """The kinds whose cadence is that of a rule."""
        return tuple(kind for kind in self if kind.cadence == rule)

    def sitting(self, body: Body) -> MeetingKind:
        """The kind by which a body sits."""
        return next(kind for kind in self if kind.body is body)

    def fields_of(self, codes: Iterable[str]) -> tuple[Field, ...]:
        """The declared details of these kinds, each field once."""
        found: dict[str, Field] = {}
        for kind in self.of(codes):
            for declared in kind.fields:
                found.setdefault(declared.name, declared)
        return tuple(found.values())


def own_kind(code: str, title: str, expected: Expected) -> MeetingKind:
    """A kind that the branch defines itself."""
    pattern = _OF_GROUP if expected is Expected.GROUP else _OF_MONTH
    return MeetingKind(
        code=code,
        title=title,
        short=title,
        expected=expected,
        name_pattern=pattern,
        ordinal=False,
        own=True,
    )
