"""支部体检: what the rules find, and the written reasons that the branch gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from dangjian_desktop.domain.checks.facts import RuleText
from dangjian_desktop.domain.checks.rules import CHECKS, findings_of, in_order
from dangjian_desktop.domain.checks.selecting import SETTLED_BY, of_now, told_of
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.findings import Finding
from dangjian_desktop.domain.meetings.meeting import Meeting
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.errors import InputError
from dangjian_desktop.services.checks.gathering import bare
from dangjian_desktop.services.checks.judging import Judging
from dangjian_desktop.services.checks.rule_fields import rule_values
from dangjian_desktop.services.checks.rule_table import OWN_RULES, rules_with, shipped_rules
from dangjian_desktop.services.judged import judged_day
from dangjian_desktop.services.ledgers.counting import hours_by_year
from dangjian_desktop.services.of_library import OfLibrary
from dangjian_desktop.storage.waivers import Waiver
from dangjian_desktop.storage.work import Work
from dangjian_desktop.sweeps import unswept


class CheckService(OfLibrary):
    """The check of one library."""

    def findings(
        self, as_of: date | None = None, rule: str | None = None, period: Period | None = None
    ) -> tuple[Finding, ...]:
        """All findings, worst first, perhaps those that tell of a period: then only its year is
        judged, and the day; raises ``InputError`` for a rule that there is not.

        Without a day that of ``judged_on``.
        """
        if rule is not None and rule not in CHECKS:
            known = "、".join(CHECKS)
            raise InputError(f"没有名为 {rule} 的规则。", f"可用的规则：{known}")
        day = as_of or self.judged_on()
        with self._library.reading() as work:
            return found_in(work, day, period, rule)

    def told_of(self, period: Period) -> tuple[Finding, ...]:
        """The findings that tell of the period."""
        return self.findings(period=period)

    def of_now(self) -> tuple[Finding, ...]:
        """What is open now, worst first: of the present year, of the last one until its end of
        March. No older year is judged for it."""
        day = self.judged_on()
        with self._library.reading() as work:
            return _found_now(work, day)

    def years(self) -> tuple[int, ...]:
        """The years that are judged, the newest first."""
        day = self.judged_on()
        with self._library.reading() as work:
            return tuple(reversed(_judging(work, day).years))

    def at_once(self) -> tuple[tuple[Finding, ...], bool]:
        """All findings of the present year and of the years that are judged already, worst first;
        and whether that is everything. ``go_on`` judges the others."""
        day = self.judged_on()
        with self._library.reading() as work:
            found, whole = _judging(work, day).at_once()
            return in_order(found, waivers=_reasons(work)), whole

    def go_on(self) -> bool:
        """Judge one more year, the newest that is open; whether there is no other left."""
        day = self.judged_on()
        with self._library.reading() as work:
            judging = _judging(work, day)
            left = [year for year in judging.years if judging.is_open(year)]
            for year in left[-1:]:
                judging.of_year(year)
        return len(left) < 2

    def judged_on(self) -> date:
        """The day that is judged unless told: today; the end of its year in the sample."""
        with self._library.reading() as work:
            return judged_day(work, self._clock().date())

    def of_meeting(self, uid: str) -> tuple[Finding, ...]:
        """What the rules say of one meeting; only its year and the present day are judged."""
        day = self.judged_on()
        with self._library.reading() as work:
            row = work.meetings.rows([uid]).get(uid)
            if row is None:
                return ()
            judging = _judging(work, day)
            found = [judging.of_year(row.date.year), judging.of_day()]
            return findings_of(in_order(found, waivers=_reasons(work)), uid)

    def of_unsaved(self, meeting: Meeting) -> tuple[Finding, ...]:
        """What the rules say of a meeting as it stands in the editor, in place of the stored one.

        Only its year is judged, and what is due once a year where it is of such a kind.
        """
        with self._library.reading() as work:
            found = _judging(work, self._clock().date()).of_unsaved(meeting)
            return findings_of(in_order(found, waivers=_reasons(work)), meeting.id)

    def waive(self, finding: Finding, reason: str, *others: Finding) -> None:
        """Keep a written reason (情况说明) with a finding, and the same with others; an empty one
        takes it back."""
        with self._library.changing(Topic.WAIVERS) as work:
            today = judged_day(work, self._clock().date())
            for rule, subject in dict.fromkeys(each.key for each in (finding, *others)):
                if reason.strip():
                    work.waivers.put(Waiver(rule, subject, reason.strip(), today))
                else:
                    work.waivers.drop(rule, subject)

    def rules(self) -> Mapping[str, RuleText]:
        """The rule table of this library."""
        with self._library.reading() as work:
            return rules_of(work)

    def change_rule(self, rule: str, *, enabled: bool, values: Mapping[str, Any]) -> None:
        """Switch a rule on or off and set its values for this branch."""
        with self._library.changing(Topic.SETTINGS) as work:
            own = dict(work.settings.get(OWN_RULES, {}))
            own[rule] = {"enabled": enabled, "values": dict(values)}
            work.settings.put(OWN_RULES, own)

    def switch_rule(self, rule: str, *, enabled: bool) -> None:
        """Switch a rule on or off; its values stay."""
        self.change_rule(rule, enabled=enabled, values=self.rules()[rule].values)

    def set_values(self, rule: str, plain: Mapping[str, Any]) -> None:
        """Set the values of a rule as a form gives them; raises ``InputError`` by field."""
        present = self.rules()[rule]
        self.change_rule(rule, enabled=present.enabled, values=rule_values(present, plain))

    def ship_rule(self, rule: str) -> None:
        """Give a rule back the switch and the values that the program ships."""
        with self._library.changing(Topic.SETTINGS) as work:
            own = dict(work.settings.get(OWN_RULES, {}))
            own.pop(rule, None)
            work.settings.put(OWN_RULES, own)

    def changed_rules(self) -> tuple[str, ...]:
        """The rules that the branch has switched or set for itself."""
        shipped = shipped_rules()
        return tuple(name for name, rule in self.rules().items() if rule != shipped[name])


# Of the whole function, so that sweeping is put off until the sittings are gone again: they are
# nearly all that is made.
@unswept()
def found_in(
    work: Work, day: date, period: Period | None = None, rule: str | None = None
) -> tuple[Finding, ...]:
    """All findings as of the day, worst first, perhaps those of a rule, or those that tell of a
    period: then only its year and the day itself are judged."""
    judging = _judging(work, day)
    found = judging.everything() if period is None else [judging.of_year(period.year)]
    found += [] if period is None else [judging.of_day()]
    return tuple(told_of(in_order(found, rule, _reasons(work)), period))


@unswept()
def _found_now(work: Work, day: date) -> tuple[Finding, ...]:
    judging = _judging(work, day)
    years = [day.year, day.year - 1] if day.month <= SETTLED_BY else [day.year]
    found = [*map(judging.of_year, years), judging.of_day()]
    return tuple(of_now(in_order(found, waivers=_reasons(work)), day))


def rules_of(work: Work) -> Mapping[str, RuleText]:
    """The rule table of the library."""
    return rules_with(work.settings.get(OWN_RULES, {}))


def _judging(work: Work, day: date) -> Judging:
    return Judging(work, replace(bare(work, day), further_hours=hours_by_year(work, day)))


def _reasons(work: Work) -> dict[tuple[str, str], str]:
    return {key: written.reason for key, written in work.waivers.all().items()}


def finding_json(finding: Finding) -> dict[str, Any]:
    """FINDING of the contract."""
    return {
        "rule": finding.rule,
        "verdict": finding.verdict.value,
        "subject": finding.subject,
        "message": finding.message,
        "basis": finding.basis,
        "records": list(finding.records),
        "waiver": finding.waiver,
        "causes": [
            {"message": c.words, "record": c.subject, "field": c.field, "people": list(c.people)}
            for c in finding.causes
        ],
    }
