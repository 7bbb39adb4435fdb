"""What the page 支部体检 lists, gathered in the library's thread, and its columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field, replace
from datetime import date

from PySide6.QtGui import QIcon

from dangjian_desktop.domain.checks.facts import RuleText
from dangjian_desktop.domain.checks.rules import CHECKS
from dangjian_desktop.domain.checks.selecting import State, counts
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.findings import Finding, Verdict
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.services.checks.exporting import verdict_words, when_words
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.records.subject import Listing, Narrowing
from dangjian_desktop.ui.records.tables import Column

NOTHING = "没有符合条件的检查结果。"
OLDER = "（往年的还在检查）"
SIGNS: Mapping[Verdict, tuple[str, str]] = {
    Verdict.VIOLATION: ("circle-x", "bad"),
    Verdict.UNKNOWN: ("circle-question-mark", "warn"),
    Verdict.NOTICE: ("circle-alert", "warn"),
    Verdict.OK: ("circle-check", "good"),
}
"""Icon and token beside the word."""


@dataclass(frozen=True, slots=True)
class Only:
    """What only this list is narrowed by: a part of its year, one rule (empty: all)."""

    part: Period | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One finding as the list shows it; ``rule`` is the title of its rule."""

    finding: Finding
    rule: str


@dataclass(frozen=True, slots=True)
class Found:
    """What the listing was made of: the day that was judged, the table of rules, how many findings
    each rule has in the period and state, and whether all years are judged that are asked for."""

    today: date = date.min
    rules: Mapping[str, RuleText] = field(default_factory=dict)
    by_rule: Mapping[str, int] = field(default_factory=dict)
    whole: bool = True


def period_of(shown: Narrowing) -> Period | None:
    """The period that is looked at; None is all years."""
    if not shown.year:
        return None
    part = _only(shown).part
    return part if part is not None and part.year == shown.year else Period(shown.year, 1, 12)


def load_listing(desk: Desk, wanted: Narrowing, _reveal: str = "") -> Listing:
    """The findings as narrowed: what is open of the present year unless told."""
    today, years = desk.check.judged_on(), desk.check.years()
    year = wanted.year if wanted.year == 0 or wanted.year in years else today.year
    shown = replace(wanted, year=year, part=wanted.part or State.OPEN.value, more=_only(wanted))
    period, whole = period_of(shown), True
    if period is None:
        found, whole = desk.check.at_once()
    else:
        found = desk.check.told_of(period)
    only, state, rules = _only(shown), State(shown.part), desk.check.rules()
    of_rule = [f for f in found if only.rule in ("", f.rule)]
    told = [f for f in of_rule if state.holds(f) and _says(f, shown.typed, rules)]
    rows = {uid: CheckLine(f, rules[f.rule].title) for uid, f in _named(told)}
    by_state = counts(of_rule)
    return Listing(
        shown=shown,
        ids=tuple(rows),
        rows=rows,
        years=years,
        parts=tuple((s.value, f"{s.label} {by_state[s]}") for s in State),
        foot=f"共 {len(rows)} 条" + ("" if whole else OLDER),
        empty=NOTHING,
        more=Found(today, rules, Counter(f.rule for f in found if state.holds(f)), whole),
    )


def _only(shown: Narrowing) -> Only:
    return shown.more if isinstance(shown.more, Only) else Only()


def _says(finding: Finding, typed: str, rules: Mapping[str, RuleText]) -> bool:
    told = (finding.subject, finding.message, rules[finding.rule].title, finding.waiver or "")
    return all(any(word in text for text in told) for word in typed.split())


def _named(findings: Iterable[Finding]) -> Iterable[tuple[str, Finding]]:
    """Each with a name that stays from one listing to the next."""
    seen: Counter[str] = Counter()
    for finding in findings:
        name = "/".join(finding.key)
        seen[name] += 1
        yield (f"{name}/{seen[name]}" if seen[name] > 1 else name), finding


def rule_choices(found: Found) -> Sequence[tuple[str, str]]:
    """The rules that have findings here, in the order of the table, with how many."""
    return [
        (code, f"{found.rules[code].title}　{found.by_rule[code]}")
        for code in CHECKS
        if found.by_rule.get(code)
    ]


def check_columns(theme: Theme) -> tuple[Column[CheckLine], ...]:
    """Verdict, when, rule and sentence; basis and written reason behind a right click."""

    def icon(line: CheckLine) -> QIcon:
        return theme.icon(*SIGNS[line.finding.verdict], 15)

    def message(line: CheckLine) -> str:
        return line.finding.message

    return (
        Column(
            code="verdict",
            title="结论",
            text=lambda n: verdict_words(n.finding),
            icon=icon,
            width=108,
        ),
        Column(
            code="when",
            title="时间",
            text=lambda n: when_words(n.finding),
            key=lambda n: n.finding.span and n.finding.span[::-1],
            width=126,
        ),
        Column(code="rule", title="规则", text=lambda n: n.rule, width=128),
        Column(code="message", title="情况", text=message, tooltip=message, width=-1),
        _hidden("subject", "事项", lambda n: n.finding.subject),
        _hidden("basis", "依据", lambda n: n.finding.basis),
        _hidden("waiver", "情况说明", lambda n: n.finding.waiver or ""),
    )


def _hidden(code: str, title: str, text: Callable[[CheckLine], str]) -> Column[CheckLine]:
    return Column(code=code, title=title, text=text, tooltip=text, width=160, shown=False)
