"""The check over a real library: verdicts, reasons written against them, the branch's own rules."""

from __future__ import annotations

from datetime import date

import pytest

from dangjian_desktop.domain.findings import Verdict
from dangjian_desktop.errors import InputError
from dangjian_desktop.services.checks.checks import CheckService, finding_json
from dangjian_desktop.services.meetings.meetings import MeetingService
from tests.services.make import a_library, a_meeting, clock


@pytest.fixture
def library(tmp_path):
    library = a_library(tmp_path)
    yield library
    library.close()


@pytest.fixture
def check(library):
    MeetingService(library, clock).import_json(a_meeting())
    return CheckService(library, clock)


def test_an_admission_in_order_is_found_so(check):
    found = check.findings(rule="Q-ADM")
    assert [f.verdict for f in found] == [Verdict.OK, Verdict.OK]
    assert "有表决权应到 9，赞成 6" in " ".join(f.message for f in found)


def test_a_finding_is_written_as_the_contract_says(check):
    written = finding_json(check.findings(rule="CAD-GM")[0])
    assert set(written) == {
        "rule",
        "verdict",
        "subject",
        "message",
        "basis",
        "records",
        "waiver",
        "causes",
    }
    assert written["basis"] == "《中国共产党支部工作条例（试行）》第十一条"


def test_an_unknown_rule_is_refused_with_the_known_ones(check):
    with pytest.raises(InputError) as caught:
        check.findings(rule="CAD-XX")
    assert "CAD-GM" in caught.value.remedy


def test_a_written_reason_stays_with_its_finding_and_can_be_taken_back(check):
    as_of = date(2026, 5, 31)
    [missing] = [f for f in check.findings(as_of, "CAD-DAY") if f.subject.startswith("2026年4月")]
    assert missing.verdict is Verdict.VIOLATION
    check.waive(missing, "4月停产检修，主题党日顺延。")
    [waived] = [f for f in check.findings(as_of, "CAD-DAY") if f.key == missing.key]
    assert waived.waiver == "4月停产检修，主题党日顺延。"
    check.waive(missing, " ")
    assert not any(f.waiver for f in check.findings(as_of))


def test_a_rule_can_be_switched_off_and_its_values_changed(check):
    check.change_rule("CAD-LEC", enabled=False, values={})
    assert check.findings(date(2026, 12, 31), "CAD-LEC") == ()
    check.change_rule("CAD-LEC", enabled=True, values={"times": 1, "months": 12})
    assert len(check.findings(date(2026, 12, 31), "CAD-LEC")) == 1


def test_what_is_said_of_one_meeting_names_it_first(check, library):
    [uid] = [m["id"] for m in MeetingService(library, clock).listed(_all())]
    rules = {f.rule for f in check.of_meeting(uid)}
    assert {"Q-ADM", "Q-SUM", "CAD-CHAIR"} <= rules


def _all():
    from dangjian_desktop.domain.meetings.meeting import MeetingFilter

    return MeetingFilter()
