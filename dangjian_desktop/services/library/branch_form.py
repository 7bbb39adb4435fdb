"""The branch as a form asks for it: what holds now, what held before, and what a change means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

from dangjian_desktop.domain.branch import (
    NAMED,
    UNIT_KINDS,
    BranchHistory,
    BranchPeriod,
    BranchTerm,
    UnitKind,
    history_problems,
)
from dangjian_desktop.domain.dates import chinese_date
from dangjian_desktop.domain.field_values import read_value
from dangjian_desktop.domain.fields import Bounds, Field, FieldType
from dangjian_desktop.errors import InputError, Issue
from dangjian_desktop.frozen import dataclass

LONGEST_TERM = 10
FROM, FIX, NEW = "from", "fix", "new"
_FIXED = (FIX, "原来录错，更正（以前的材料也按新的打印）")


def _years(name: str) -> Field:
    bounds = Bounds(least=Decimal(1), most=Decimal(LONGEST_TERM))
    return Field(name, "任期年数（年）", FieldType.INTEGER, required=True, bounds=bounds)


NAMES = (
    Field("name", "党支部全称", required=True, hint="例如 中共××公司综采一队支部委员会"),
    Field("short_name", "简称", hint="列表和窗口中使用，不填则用全称"),
    Field("superior", "上级党组织全称", hint="例如 中共××公司委员会"),
    Field(
        "unit_kind",
        "单位类别",
        FieldType.CHOICE,
        choices=tuple((kind.value, label) for kind, label in UNIT_KINDS.items()),
    ),
    Field(
        "further_superiors",
        "再上级党组织",
        FieldType.LIST,
        hint="由近到远，每行一个，没有可不填",
    ),
)
"""What holds for a period."""
CHANGE = (
    Field(
        "change",
        "名称或隶属有改动，这次是",
        FieldType.CHOICE,
        choices=((FROM, "从某一天起改变（以前的材料仍用原来的）"), _FIXED),
    ),
    Field("since", "从哪一天起", FieldType.DATE, hint="例如 2026-07-01，更正的不填"),
)
"""What a changed name is: asked only where something that stood there is no longer the same."""
DATES = (
    Field("founded", "成立日期", FieldType.DATE),
    Field(
        "theme_day",
        "主题党日固定日（每月几日）",
        FieldType.INTEGER,
        hint="不固定则不填",
        bounds=Bounds(least=Decimal(1), most=Decimal(31)),
    ),
    Field("term_start", "本届任期起始日", FieldType.DATE),
    _years("term_years"),
)
TERM_CHANGE = (
    Field(
        "term_change",
        "任期起始日有改动，这次是",
        FieldType.CHOICE,
        choices=((NEW, "换届，开始新一届（上一届保留）"), (FIX, "原来录错，更正")),
    ),
)
EARLIER = (
    Field(
        "earlier",
        "以前的名称和隶属",
        FieldType.RECORDS,
        columns=(
            Field("since", "自", FieldType.DATE, hint="不填为一直如此"),
            Field("until", "至（不含当日）", FieldType.DATE, required=True),
            *NAMES,
        ),
    ),
    Field(
        "earlier_terms",
        "以前的任期",
        FieldType.RECORDS,
        columns=(Field("start", "起始日", FieldType.DATE, required=True), _years("years")),
    ),
)
Values = Mapping[str, Any]
_EMPTY: tuple[Any, ...] = (None, "", (), [])


def branch_values(history: BranchHistory) -> dict[str, Any]:
    """The branch as a form shows it: the newest period and term, before them the earlier ones."""
    *earlier, present = history.periods
    *terms, term = history.terms or (BranchTerm(),)
    borders = pairwise([*earlier, present])
    return {
        **_named(present),
        "founded": _text(history.founded),
        "theme_day": history.theme_day,
        "term_start": _text(term.start),
        "term_years": term.years,
        "earlier": [
            {"since": _text(p.since), "until": _text(n.since)} | _named(p) for p, n in borders
        ],
        "earlier_terms": [{"start": _text(t.start), "years": t.years} for t in terms],
    }


def _named(period: BranchPeriod) -> dict[str, Any]:
    found = {name: getattr(period, name) or None for name in NAMED}
    return found | {"further_superiors": list(period.further_superiors)}


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def asks_day(shown: Values, values: Values) -> bool:
    """Whether a name that stood there is another one now: what was empty is only filled in."""
    return any(_replaced(shown, values, name) for name in NAMED)


def asks_term(shown: Values, values: Values) -> bool:
    """The same of the beginning of the term."""
    return _replaced(shown, values, "term_start")


def _replaced(shown: Values, values: Values, name: str) -> bool:
    before, now = shown.get(name), values.get(name, shown.get(name))
    return before not in _EMPTY and before != (None if now in _EMPTY else now)


def entered(values: Values, history: BranchHistory, today: date) -> BranchHistory:
    """The branch of the plain values; what they do not name stays.

    Raises ``InputError`` by field, among them ``change`` and ``term_change`` where it is not said
    whether something is new or put right.
    """
    form = _Form({**branch_values(history), **values}, history, today)
    made = form.made()
    if form.issues:
        raise InputError("支部信息有需要改正的内容。", "请按提示改正。", form.issues)
    return made


@dataclass(frozen=True, slots=True)
class _Row:
    """A row as it was read, and where it stands in the form."""

    place: int
    parts: Values


class _Form:
    """Reads one state of the form; what is wrong with it gathers in ``issues``."""

    def __init__(self, values: Values, history: BranchHistory, today: date) -> None:
        self.issues: list[Issue] = []
        self._stored = history
        self._today = today
        self._values = self._read((*NAMES, *CHANGE, *DATES, *TERM_CHANGE), values)
        self._rows = self._sorted("earlier", "since", values)
        self._terms = self._sorted("earlier_terms", "start", values)

    def made(self) -> BranchHistory:
        """The history as far as it can be read."""
        known = {name: self._values[name] for name in ("founded", "theme_day")}
        stored = replace(self._stored, **known, periods=self._periods(), terms=self._all_terms())
        for place, words in () if self.issues else history_problems(stored, self._today):
            self._wrong(self._place(place), words)
        named = {issue.field for issue in self.issues} & {*NAMED, "since"}
        return stored if named else self._renamed(stored)

    def _renamed(self, stored: BranchHistory) -> BranchHistory:
        """The names as they are now, put right or from a day on."""
        present, values = stored.periods[-1], self._values
        new = {n: values[n] for n in NAMED if values[n] != getattr(present, n)}
        filling = all(getattr(present, name) in _EMPTY for name in new)
        how, since = values["change"], values["since"]
        day = max(self._today, present.since or date.min)
        if filling or how == FIX:
            return stored.corrected(day, new)
        if how is None:
            words = "请选择：是从某一天起改变，还是原来录错、现在更正"
            self._wrong("change", words)
        elif since is None:
            self._wrong("since", "请填写从哪一天起改变")
        else:
            self._check_since(stored, since, new, day)
            return stored.changed(since, new)
        return stored

    def _check_since(self, stored: BranchHistory, since: date, new: Values, day: date) -> None:
        founded = stored.founded
        if since > self._today:
            self._wrong("since", "日期晚于今天，请到那一天再改")
        elif founded is not None and since < founded:
            self._wrong("since", "日期早于党支部成立日期，请核对")
        for field in NAMES:
            held = stored.held_since(field.name, day) if field.name in new else None
            if held is not None and since < held:
                words = f"“{field.label}”在{chinese_date(held)}已经变过一次，请填写不早于这一天的"
                self._wrong("since", f"{words}日期，或在“以前的名称和隶属”中改")

    def _periods(self) -> tuple[BranchPeriod, ...]:
        """The earlier ones by the rows, and the stored present behind them."""
        for before, row in pairwise(self._rows):
            since, until = row.parts["since"], before.parts["until"]
            if None not in (since, until) and since != until:
                many = "重叠" if since < until else "之间没有登记名称"
                words = f"与上一段（至{until.isoformat()}）{many}，请改为同一天"
                self._wrong(f"earlier.{row.place}.since", words)
        for row in self._rows:
            since, until = row.parts["since"], row.parts["until"]
            if None not in (since, until) and until <= since:
                self._wrong(f"earlier.{row.place}.until", "应晚于开始的日期")
        earlier = [BranchPeriod(**_without(row.parts, "until")) for row in self._rows]
        last = self._rows[-1].parts["until"] if self._rows else None
        return (*earlier, replace(self._stored.periods[-1], since=last))

    def _all_terms(self) -> tuple[BranchTerm, ...]:
        before = self._stored.terms[-1] if self._stored.terms else BranchTerm()
        start, how = self._values["term_start"], self._values["term_change"]
        now = BranchTerm(start=start, years=self._values["term_years"])
        earlier = [BranchTerm(**row.parts) for row in self._terms]
        if before.start is None or before.start == start or how == FIX:
            return (*earlier, now)
        if how is None:
            self._wrong("term_change", "请选择：是换届，还是原来录错、现在更正")
        elif start is None or start < before.start:
            words = f"新一届的起始日应晚于上一届的{chinese_date(before.start)}"
            self._wrong("term_start", words)
        return (*earlier, before, now)

    def _sorted(self, name: str, by: str, values: Values) -> list[_Row]:
        field = next(f for f in EARLIER if f.name == name)
        rows = [
            _Row(place, self._read(field.columns, plain, f"{name}.{place}."))
            for place, plain in enumerate(values.get(name) or ())
        ]
        return sorted(rows, key=lambda row: row.parts[by] or date.min)

    def _read(self, fields: Sequence[Field], values: Values, place: str = "") -> dict[str, Any]:
        """Each value by its field; one that is missing or cannot be read is None."""
        found: dict[str, Any] = {}
        for field in fields:
            try:
                value = read_value(field, values.get(field.name), self._today)
            except ValueError as wrong:
                self._wrong(place + field.name, f"{field.label}{wrong}")
                value = None
            else:
                if field.required and value is None:
                    self._wrong(place + field.name, field.missing)
            found[field.name] = _kept(field, value)
        return found

    def _place(self, place: str) -> str:
        """Where the form has what a history calls ``periods.1.since``."""
        what, _, rest = place.partition(".")
        number, _, part = rest.partition(".")
        rows = {"periods": self._rows, "terms": self._terms}.get(what)
        if rows is None:
            return place
        if int(number) < len(rows):
            name = "earlier" if what == "periods" else "earlier_terms"
            return f"{name}.{rows[int(number)].place}.{part}"
        if what == "terms":
            return "term_start"
        return f"earlier.{rows[-1].place}.until" if rows else part

    def _wrong(self, place: str, words: str) -> None:
        self.issues.append(Issue(f"{words}。", "invalid", place))


def _kept(field: Field, value: Any) -> Any:
    """As the history keeps it."""
    if field.type in (FieldType.TEXT, FieldType.LIST):
        return value or ("" if field.type is FieldType.TEXT else ())
    return UnitKind(value) if value and field.name == "unit_kind" else value


def _without(parts: Values, name: str) -> dict[str, Any]:
    return {key: value for key, value in parts.items() if key != name}
