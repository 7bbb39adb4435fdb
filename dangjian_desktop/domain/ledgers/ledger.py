"""The declaration of a ledger: what is asked, who is expected, what is counted and printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.domain.labelled import Labelled
from dangjian_desktop.domain.levels import Level
from dangjian_desktop.frozen import dataclass

FORMAT = 1
"""The newest format of a declaration that this program knows."""

NUMBER, NOTE, FILES = "number", "note", "files"
NOTE_FIELD = Field(NOTE, "备注", FieldType.LONG_TEXT, also=("说明事项",))
FILES_FIELD = Field(FILES, "附件", FieldType.FILES)
NUMBER_LABEL = "序号"
SUPERIORS = ("superior", "superior_2", "superior_3")
"""Words of a print for the levels above the branch, the direct one first."""
TITLE_WORDS = frozenset({"branch", "period", *SUPERIORS})
"""What titles and texts of prints may name beside fields."""
RESERVED = frozenset({NUMBER, NOTE, FILES, "id", "more", "branch", "period", "rows"})
"""Names that no field of a declaration may have: every ledger has them by itself."""

LENGTHS: Mapping[str, int] = {"month": 1, "quarter": 3, "half": 6, "year": 12}
"""Months of a period, by its name; ``none`` has no length."""

QUANTITIES: Mapping[str, str] = {
    "training_hours": "学习培训学时",
    "volunteer_hours": "志愿服务时长",
    "visits": "走访慰问次数",
    "awards": "表彰奖励次数",
}
"""The closed list of what a figure may feed; a rule asks for the quantity, never for a ledger."""

EXPECTED: Mapping[str, str] = {
    "members": "全体党员",
    "formal": "正式党员",
    "probationary": "预备党员",
    "committee": "支委会成员",
    "groups": "各党小组",
    "branch": "党支部",
    "role:secretary": "书记",
    "role:deputy_secretary": "副书记",
    "role:committee_member": "支委",
    "role:group_leader": "党小组组长",
    "named": "指定的党员",
}
"""Who may be expected to fill in a ledger."""


class Section(Labelled):
    """Where a ledger stands among the others."""

    MEMBERS = "members", "党员队伍"
    LIFE = "life", "组织生活"
    CARE = "care", "关怀服务"
    WORK = "work", "支部工作"
    OPENNESS = "openness", "公开经费"
    REPORTING = "reporting", "信息报送"


class Origin(StrEnum):
    """Whether the ledger came with the program or was made by a branch."""

    BUILTIN = "builtin"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Count:
    """What is counted: ``rows``, different ``people`` of a field, or the ``sum`` of a field."""

    what: str = "rows"
    field: str = ""

    @classmethod
    def parse(cls, text: str) -> Count:
        """Read ``rows``, ``people:FIELD`` or ``sum:FIELD``; raises ``ValueError`` otherwise."""
        what, _, name = text.partition(":")
        if (what == "rows") == bool(name) or what not in ("rows", "people", "sum"):
            raise ValueError(text)
        return cls(what, name)

    def __str__(self) -> str:
        return f"{self.what}:{self.field}" if self.field else self.what


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """Who is expected to bring how much in each period (``per``).

    ``who`` is a key of ``EXPECTED``; those who are in it on the last day of the period
    (``on`` = ``last_day``) or on any of its days. ``field`` names the persons (or the group) for
    whom a row counts; empty where the branch as a whole is expected. ``but`` may hold ``waived``.
    ``remind`` are days before the end. With ``rota`` only assigned cells count: a period for
    which a person has no row at all asks nothing of that person.
    """

    who: str
    on: str = "last_day"
    per: str = "month"
    field: str = ""
    count: Count = Count()
    least: Decimal = Decimal(1)
    but: tuple[str, ...] = ()
    remind: int = 0
    rota: bool = False
    on_from_start: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureOf:
    """A number counted from rows; all ``where`` must hold (field: allowed choices).

    ``over`` is ``day`` (rows in force on the last day) or ``period``; ``feeds`` names a quantity
    or is empty. A quantity belongs to the members in the first field of ``Ledger.people``.
    """

    name: str
    label: str
    count: Count = Count()
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()
    unit: str = ""
    over: str = "period"
    feeds: str = ""


@dataclass(frozen=True, slots=True)
class DueOf:
    """A date that falls due until the field ``done`` is filled, or until closed by hand."""

    field: str
    text: str
    done: str = ""


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """The section of the month's report and the pattern of its line."""

    section: str
    line: str


@dataclass(frozen=True, slots=True)
class Makes:
    """A button beside ``field`` makes another record from it: its words go ``into`` that field
    of the record, which comes from ``source`` where the record asks for one, and is to be mended
    by the day that the field ``due`` tells."""

    field: str
    record: str
    into: str
    source: str = ""
    due: str = ""


@dataclass(frozen=True, slots=True)
class Pivot:
    """Sums of ``value`` (or counts of rows) by two fields."""

    rows: str
    columns: str
    value: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TablePrint:
    """Rows under each other; ``columns`` with widths in mm, one table for each value of ``split``.

    With ``in_force`` it shows the rows that are valid on a day instead of those of a period.
    """

    title: str
    head: tuple[str, ...] = ()
    columns: tuple[tuple[str, Decimal], ...] = ()
    total: tuple[str, ...] = ()
    split: str = ""
    pivot: Pivot | None = None
    in_force: bool = False
    sign: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CardPrint:
    """One row as a form; ``boxes`` are printed empty and never drafted."""

    title: str
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    boxes: tuple[str, ...] = ()
    sign: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPrint:
    """One row as running text: paragraphs with ``{field}``."""

    title: str
    head: tuple[str, ...] = ()
    text: tuple[str, ...] = ()
    sign: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticePrint:
    """One row as a 公示 with the record of its result; all but ``text`` name fields.

    ``about`` joins the title (关于…的公示), the days bound the time, ``contact`` tells who takes
    what people have to say, ``result`` what came of it; an empty key is room to write.
    """

    title: str
    head: tuple[str, ...] = ()
    about: str = ""
    text: tuple[str, ...] = ()
    from_field: str = ""
    until_field: str = ""
    contact: tuple[str, ...] = ()
    result: str = ""
    sign: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GridPrint:
    """Persons or groups against the months or quarters of a year; the window's grid too."""

    title: str
    head: tuple[str, ...] = ()
    rows: str = ""
    columns: str = "month"
    value: str = ""
    sign: tuple[str, ...] = ()


Print: TypeAlias = TablePrint | CardPrint | SheetPrint | NoticePrint | GridPrint
KINDS: Mapping[str, type[Print]] = {
    "table": TablePrint,
    "card": CardPrint,
    "sheet": SheetPrint,
    "notice": NoticePrint,
    "grid": GridPrint,
}


OF_A_ROW = (CardPrint, SheetPrint, NoticePrint)
"""Prints that are about one row; the others are about the rows of a period."""


def kind_of(layout: Print) -> str:
    """The word that the declaration has for this kind of print."""
    return next(name for name, kind in KINDS.items() if isinstance(layout, kind))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """One ledger; ``fields`` are those that the declaration names, in the order of the form.

    ``day_else`` names the field whose day a row has while that of ``day`` is not known.
    ``from_field`` and ``until_field`` (``from`` and ``until`` of the format) bound the validity of
    a row. ``retired_choices`` pairs a field with a code that is no longer offered.
    ``format`` above ``FORMAT`` tells that a newer program wrote it: it is shown, never changed.
    """

    code: str
    title: str
    section: Section = Section.WORK
    origin: Origin = Origin.OWN
    edition: int = 1
    source: str = ""
    level: Level = Level.INTERNAL
    row: str = "记录"
    name: str = ""
    day: str = ""
    day_else: str = ""
    from_field: str = ""
    until_field: str = ""
    period: str = "none"
    people: tuple[str, ...] = ()
    identity: tuple[str, ...] = ()
    listed: tuple[str, ...] = ()
    sort: tuple[str, ...] = ()
    one_of: tuple[tuple[str, ...], ...] = ()
    fields: tuple[Field, ...] = ()
    retired_choices: tuple[tuple[str, str], ...] = ()
    makes: tuple[Makes, ...] = ()
    ask: Ask | None = None
    figures: tuple[FigureOf, ...] = ()
    due: tuple[DueOf, ...] = ()
    summary: SummaryLine | None = None
    prints: tuple[Print, ...] = ()
    format: int = FORMAT
    _named: dict[str, Field] = field(init=False, default_factory=dict, compare=False, repr=False)

    def __post_init__(self) -> None:
        self._named.update((f.name, f) for f in self.all_fields)

    @property
    def newer(self) -> bool:
        """Whether a newer program declared it, so that this one only shows it."""
        return self.format > FORMAT

    @property
    def newest_first(self) -> bool:
        """Whether ``sort`` asks for nothing but the order in which rows are found."""
        return self.sort in ((), (f"-{self.day}",))

    @property
    def all_fields(self) -> tuple[Field, ...]:
        """The declared fields with 备注 and 附件, which every ledger has."""
        return (*self.fields, NOTE_FIELD, FILES_FIELD)

    @property
    def open_fields(self) -> tuple[Field, ...]:
        """The fields that a form offers: those not taken out of use, with 备注 and 附件."""
        return tuple(f for f in self.all_fields if not f.retired)

    def named(self, name: str) -> Field | None:
        """The field of this name; nothing for an unknown one."""
        return self._named.get(name)

    def label(self, name: str) -> str:
        """The word for a field; the name itself where the declaration has none."""
        if name == NUMBER:
            return NUMBER_LABEL
        found = self._named.get(name)
        return found.label if found else name

    def choices_of(self, name: str) -> tuple[tuple[str, str], ...]:
        """The choices that are still offered for a field."""
        found = self._named.get(name)
        gone = {code for of, code in self.retired_choices if of == name}
        return tuple(c for c in found.choices if c[0] not in gone) if found else ()

    def period_of(self, text: str) -> Period | None:
        """The period that a plain date, month or year (``2026-03-05``) falls into."""
        if len(text) < 4 or self.period == "none":
            return None
        whole = Period.parse(text[:7])
        length = LENGTHS[self.period]
        return Period.around(whole.first, length) if whole.length <= length else None

    def of_type(self, *types: FieldType) -> Iterator[Field]:
        """The declared fields of these types."""
        return (f for f in self.fields if f.type in types)


PEOPLE_TYPES = (FieldType.PERSON, FieldType.PEOPLE)
DAY_TYPES = (FieldType.DATE, FieldType.MONTH, FieldType.YEAR)
NUMBER_TYPES = (FieldType.INTEGER, FieldType.DECIMAL, FieldType.MONEY)
CHOICE_TYPES = (FieldType.CHOICE, FieldType.CHOICES)
FIELD_TYPES: Mapping[str, str] = {
    "text": "文字",
    "long_text": "长文字",
    "integer": "整数",
    "decimal": "数字",
    "money": "金额（元）",
    "date": "日期",
    "partial_date": "日期（可只到月或年）",
    "month": "月份",
    "year": "年度",
    "choice": "单选",
    "choices": "多选",
    "yes_no": "是否",
    "person": "人员（一人）",
    "people": "人员（多人）",
    "group": "党小组",
    "link": "关联记录",
    "files": "附件",
}
"""Types that a field of a ledger may have, with the words for people."""

LINKED: Mapping[str, str] = {
    "meeting": "会议",
    "meeting.item": "会议议题",
    "project": "项目",
    "item": "问题、任务",
    "member": "党员",
}
"""Records that a link may point to."""

MADE = (("item", "content"),)
"""Records that a row may lead to, and the field that its words go into."""
