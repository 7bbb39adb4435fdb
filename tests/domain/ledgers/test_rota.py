"""轮讲: turns by month and group from the roster, and who has none."""

from __future__ import annotations

from datetime import date

from dangjian_desktop.domain.ledgers.rota import has_rota, open_words, rota_of, spoken_words
from dangjian_desktop.domain.members.member import Span
from tests.domain.ledgers.making import BUILTIN, a_row, builtin
from tests.domain.make import a_member, a_span, partial

LESSONS = builtin("short_lessons")


def told(rota, name):
    return [turn.month.start for turn in rota.turns if turn.name == name]


def test_only_a_ledger_by_person_and_month_has_a_rota() -> None:
    assert [file.stem for file in BUILTIN if has_rota(builtin(file.stem))] == ["short_lessons"]
    assert rota_of(builtin("training"), [], [], 2026) is None


def test_each_group_has_somebody_each_month_and_nobody_twice_before_all_had_a_turn() -> None:
    members = [
        *(a_member(name, group="第一党小组") for name in ("甲", "乙", "丙")),
        *(a_member(f"戊{n}", group="第二党小组") for n in range(14)),
    ]
    rota = rota_of(LESSONS, members, [], 2026)
    assert len(rota.turns) == 24
    assert [turn.group for turn in rota.turns[:2]] == ["第一党小组", "第二党小组"]
    first = [turn.name for turn in rota.turns if turn.group == "第一党小组"]
    assert first == first[:3] * 4
    assert {*first} == {"甲", "乙", "丙"}
    assert len(rota.without) == 2
    assert {why for _, why in rota.without} == {"这一年的名额已排满"}
    two = rota_of(LESSONS, members, [], 2026, each=2)
    assert not two.without
    assert len(two.turns) == 48


def test_who_joins_or_leaves_in_the_middle_of_a_month_has_no_turn_in_it() -> None:
    here = "正常"
    members = [
        a_member("来", standings=(a_span(here, "2026-05-12"),)),
        a_member("初", standings=(a_span(here, "2026-08-01"),)),
        a_member(
            "走", standings=(Span(here, None, partial("2026-03-10")), a_span("转出", "2026-03-10"))
        ),
        a_member("短", standings=(a_span(here, "2026-10-05", "2026-10-20"),)),
        a_member("免", waived=(a_span("病", "2026-01-01"),)),
    ]
    rota = rota_of(LESSONS, members, [], 2026, each=9)
    assert told(rota, "来") == [6, 7, 8, 9, 10, 11, 12]
    assert told(rota, "初") == [8, 9, 10, 11, 12]
    assert told(rota, "走") == [1, 2]
    assert told(rota, "免") == []
    assert rota.without == (("短", "没有整月在支部"),)


def test_who_joins_or_leaves_in_the_middle_of_a_rota_is_told_in_words() -> None:
    here, out = "正常", "转出"
    members = [
        a_member("甲"),
        a_member("来", standings=(a_span(here, "2026-05-12"),)),
        a_member(
            "走", standings=(Span(here, None, partial("2026-06-10")), a_span(out, "2026-06-10"))
        ),
    ]
    rows = [
        a_row(LESSONS, {"month": f"2026-{n:02}", "who": [name, members[place].id]})
        for n, (name, place) in enumerate([("甲", 0), ("走", 2)] * 6, 1)
    ]
    rota = rota_of(LESSONS, members, rows, 2026)
    assert [(turn.month.start, turn.name) for turn in rota.turns] == [
        (8, "来"),
        (10, "来"),
        (12, "来"),
    ]
    assert [turn.month.start for turn in rota.lost] == [8, 10, 12]
    assert rota.waiting == ("甲", "走")
    standing = rota_of(LESSONS, members, rows, 2026, each=0)
    assert spoken_words(standing) == "2026年已讲0人；已排、尚未讲的2人：甲、走。"
    assert open_words(standing) == (
        "没有轮次的1人：来（6月起整月在支部）。",
        "当月已不在支部、讲不成的轮次：8月走、10月走、12月走；请在台账中改由别人讲，或删除这一条。",
    )
    full = [a_row(LESSONS, {"month": f"2026-{n:02}", "who": ["甲", "甲"]}) for n in range(1, 13)]
    late = rota_of(LESSONS, members[:2], full, 2026)
    assert late.without == (("来", "6月起整月在支部，其后各月已排满"),)


def test_months_that_are_over_are_not_planned() -> None:
    rota = rota_of(LESSONS, [a_member("甲")], [], 2026, since=date(2026, 10, 31))
    assert told(rota, "甲") == [10, 11, 12]


def test_what_is_assigned_stays_and_only_what_is_held_has_been_spoken() -> None:
    members = [a_member(name) for name in ("甲", "乙", "丙")]
    rows = [
        a_row(LESSONS, {"month": "2026-01", "who": ["乙", "乙"], "planned": "2026-01-09"}),
        a_row(LESSONS, {"month": "2026-02", "who": ["甲", "甲"], "held": "2026-02-09"}),
        a_row(LESSONS, {"month": "2025-12", "who": ["丙", "丙"], "held": "2025-12-09"}),
    ]
    rota = rota_of(LESSONS, members, rows, 2026)
    assert [turn.month.start for turn in rota.turns] == [*range(3, 13)]
    assert rota.turns[0].name == "丙", "who has had no turn comes first"
    assert (rota.held, rota.waiting) == (("甲",), ("乙",))
