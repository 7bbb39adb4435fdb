"""Figures, quantities, pivots, grids, lines and gaps: each with the rows behind it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.ledgers.asking import BRANCH, gaps, periods_asked
from dangjian_desktop.domain.ledgers.changing import differences, refusals, settled
from dangjian_desktop.domain.ledgers.dues import dues_of
from dangjian_desktop.domain.ledgers.figures import figures_of, grid_of, pivot_of, quantities
from dangjian_desktop.domain.ledgers.ledger import GridPrint
from dangjian_desktop.domain.ledgers.reading import read_ledger
from dangjian_desktop.domain.ledgers.rows import kept_values, loaded_values
from dangjian_desktop.domain.ledgers.values import problems_of_row
from dangjian_desktop.domain.ledgers.words import summary_lines, title_of
from dangjian_desktop.domain.levels import Level
from dangjian_desktop.domain.references import Person
from tests.domain.ledgers.making import a_row, builtin, entries, own
from tests.domain.make import a_member, a_span, day

MARCH = Period.parse("2026-03")
YEAR = Period.parse("2026")
A, B = ["甲", "甲"], ["乙", "乙"]


def a_training(on: str, hours: str, *who: list[str] | str, counts: bool | None = True):
    plain = {"day": on, "topic": "安全", "form": "class", "organiser": "公司", "hours": hours}
    plain |= {"who": list(who)} | ({} if counts is None else {"counts": counts})
    return a_row(builtin("training"), plain)


def test_figure_counts_only_what_holds_and_names_its_rows() -> None:
    rows = [
        a_training("2026-03-02", "8", A, B),
        a_training("2026-03-09", "2.5", A),
        a_training("2026-03-10", "4", A, counts=False),
        a_training("2026-03-11", "4", A, counts=None),
        a_training("2026-04-01", "6", A),
    ]
    figures = figures_of(builtin("training"), rows, MARCH)
    assert figures["hours"].value == Decimal("10.5")
    assert figures["hours"].rows == (rows[0].id, rows[1].id)
    assert figures["rows"].value == 4
    assert figures["people"].value == 2


def test_sum_of_nothing_known_is_unknown_not_zero() -> None:
    ledger = builtin("visits")
    plain = {"day": "2026-03-02", "visited": ["某人"], "visited_kind": "old"}
    figures = figures_of(ledger, [a_row(ledger, plain)], MARCH)
    assert figures["money"].value is None
    assert figures["money"].text == "待明确"
    assert figures_of(ledger, [], MARCH)["money"].value == 0


def test_quantity_belongs_to_each_who_took_part() -> None:
    training = builtin("training")
    rows = [
        a_training("2026-03-02", "8", A, B, "访客"),
        a_training("2026-05-02", "2.5", A),
    ]
    found = quantities([(training, rows)], "training_hours", YEAR)
    assert found["甲"].value == Decimal("10.5")
    assert found["甲"].rows == tuple(row.id for row in rows)
    assert found["甲"].ledgers == ("training",)
    assert found["乙"].value == 8
    assert set(found) == {"甲", "乙"}


def test_pivot_adds_up_by_subject_and_kind_in_the_order_of_the_choices() -> None:
    ledger = builtin("activity_funds")

    def a_sum(kind: str, subject: str, amount: str):
        return a_row(
            ledger, {"day": "2026-03-01", "kind": kind, "subject": subject, "amount": amount}
        )

    rows = [
        a_sum("spending", "training", "100"),
        a_sum("spending", "training", "50.5"),
        a_sum("budget", "reading", "300"),
    ]
    grid = pivot_of(ledger, ledger.prints[0].pivot, rows)
    assert grid.columns == ("预算", "支出")
    assert [(name, [c.text for c in cells]) for name, cells in grid.lines] == [
        ("教育培训", ["", "150.50"]),
        ("资料订阅", ["300.00", ""]),
    ]
    assert [cell.text for cell in grid.totals] == ["300.00", "150.50"]
    assert grid.totals[1].rows == (rows[0].id, rows[1].id)


def test_grid_adds_hours_by_member_and_month() -> None:
    rows = [a_training("2026-03-02", "8", A, B), a_training("2026-03-20", "2", A)]
    ledger = builtin("training")
    layout = ledger.prints[0]
    grid = grid_of(ledger, layout, entries(ledger, layout, rows), [("丙", "丙"), ("甲", "甲")])
    assert grid.columns[2] == "3月"
    assert [(name, cells[2].text, cells[12].text) for name, cells in grid.lines] == [
        ("丙", "", ""),
        ("甲", "10", "10"),
        ("乙", "8", "8"),
    ]
    assert (grid.totals[2].text, grid.totals[12].text) == ("18", "18")
    assert grid.lines[1][1][2].rows == (rows[0].id, rows[1].id)


def test_grid_of_words_lists_them_and_counts() -> None:
    ledger = builtin("training")
    layout = GridPrint(title="表", rows="who", columns="quarter", value="form")
    rows = [a_training("2026-03-02", "8", A)]
    grid = grid_of(ledger, layout, entries(ledger, layout, rows), [])
    assert grid.columns == ("第一季度", "第二季度", "第三季度", "第四季度", "次数")
    assert [cell.text for cell in grid.lines[0][1]] == ["集中培训", "", "", "", "1"]


def test_grid_of_days_says_them_without_the_year_and_what_is_not_held_is_open() -> None:
    ledger = builtin("short_lessons")
    planned, held = (layout for layout in ledger.prints if isinstance(layout, GridPrint))
    rows = [
        a_row(
            ledger, {"month": "2026-03", "who": A, "planned": "2026-03-17", "held": "2026-04-02"}
        ),
        a_row(ledger, {"month": "2026-05", "who": A, "planned": "2026-05-06"}),
    ]
    told = [
        [cell.text for cell in grid_of(ledger, of, entries(ledger, of, rows), []).lines[0][1]]
        for of in (planned, held)
    ]
    assert (told[0][2], told[0][4], told[0][12]) == ("3.17", "5.6", "2")
    assert (told[1][2], told[1][4]) == ("4.2", "（未填）")


def test_line_of_the_report_has_values_and_care_only_counts() -> None:
    training = builtin("training")
    rows = [a_training("2026-03-02", "8", A, B)]
    (line,) = summary_lines(training, rows)
    assert line == ("3月2日参加安全，党员2人，每人8学时。", (rows[0].id,))
    visits = builtin("visits")
    plain = {"day": "2026-03-02", "visited": ["赵大爷"], "trouble": "看病"}
    cared = [
        a_row(visits, plain | {"visited_kind": "old"}),
        a_row(visits, plain | {"visited_kind": "ill"}),
        a_row(visits, plain | {"visited_kind": "old"}),
    ]
    (told,) = summary_lines(visits, cared)
    assert told == ("走访慰问3次，其中老党员2次，生病住院党员1次。", tuple(r.id for r in cared))


def test_due_is_closed_by_its_field_or_by_hand() -> None:
    submissions = builtin("submissions")
    plain = {"material": "月报", "for_period": "3月", "due_day": "2026-04-05"}
    (late,) = dues_of(submissions, a_row(submissions, plain))
    assert (late.day, late.done, late.by_hand) == (day("2026-04-05"), False, False)
    assert late.text == "报送月报（3月）"
    (sent,) = dues_of(submissions, a_row(submissions, plain | {"sent_on": "2026-04-03"}))
    assert sent.done
    rules = builtin("regulations")
    kept = {"regulation": "值班制度", "review": "2026-09-01"}
    (open_,) = dues_of(rules, a_row(rules, kept))
    (closed,) = dues_of(rules, a_row(rules, kept, closed=("review",)))
    assert (open_.done, closed.done, open_.by_hand) == (False, True, True)


def test_title_is_the_pattern_of_the_row() -> None:
    rules = builtin("regulations")
    row = a_row(rules, {"regulation": "值班制度", "change": "made"})
    assert title_of(rules, row) == "值班制度（立）"
    assert title_of(rules, a_row(rules, {})) == "制度"


# --- gaps ---

OWN = read_ledger(own())
ONE = a_member("甲")
AWAY = a_member("乙", waived=(a_span("情况说明", "2026-01-01"),))
NEW = a_member(
    "丙", formal_since=None, probationary_since=None, kinds=(a_span("probationary", "2026-03-20"),)
)
LEFT = a_member("丁", standings=(a_span("正常", None, "2026-03-10"), a_span("转出", "2026-03-10")))
MEMBERS = [ONE, AWAY, NEW, LEFT]


def names_of(found) -> list[str]:
    return [gap.name for gap in found]


def test_anyday_asks_whoever_was_a_member_on_any_day_of_the_period() -> None:
    found = gaps(OWN, [], MEMBERS, [MARCH], day("2026-04-02"))
    assert sorted(names_of(found)) == ["丁", "丙", "甲"]
    assert all(gap.ended for gap in found)


def test_last_day_asks_the_members_of_the_last_day() -> None:
    ledger = read_ledger(own('on = "any_day"', 'on = "last_day"'))
    assert sorted(names_of(gaps(ledger, [], MEMBERS, [MARCH], day("2026-04-02")))) == ["丙", "甲"]


def test_row_closes_the_gap_and_the_waived_are_not_asked() -> None:
    rows = [a_row(OWN, {"month": "2026-03", "who": [A]})]
    assert sorted(names_of(gaps(OWN, rows, MEMBERS, [MARCH], day("2026-03-15")))) == ["丁", "丙"]
    ledger = read_ledger(own('but = ["waived"]', "remind = 5"))
    assert "乙" in names_of(gaps(ledger, [], MEMBERS, [MARCH], day("2026-03-15")))


def test_sum_must_reach_the_least() -> None:
    ledger = read_ledger(own('but = ["waived"]', 'count = "sum:near", least = "3"'))
    rows = [a_row(ledger, {"month": "2026-03", "who": [A], "near": "2"})]
    (gap,) = gaps(ledger, rows, [ONE], [MARCH], day("2026-04-02"))
    assert (gap.found, gap.least, gap.rows) == (2, 3, (rows[0].id,))
    rows.append(a_row(ledger, {"month": "2026-03", "who": [A], "near": "1"}))
    assert gaps(ledger, rows, [ONE], [MARCH], day("2026-04-02")) == ()


def test_branch_and_groups_and_roles_and_named_are_asked() -> None:
    volunteering = builtin("volunteering")
    quarter = Period.parse("2026-Q1")
    (gap,) = gaps(volunteering, [], [ONE], [quarter], day("2026-02-01"))
    assert (gap.subject, gap.ended) == (BRANCH, False)
    kept = {"day": "2026-02-03", "topic": "清雪"}
    assert (
        gaps(volunteering, [a_row(volunteering, kept)], [ONE], [quarter], day("2026-04-01")) == ()
    )
    secretary = read_ledger(own('who = "members"', 'who = "role:secretary"'))
    chief = a_member("戊", post="党支部书记")
    assert names_of(gaps(secretary, [], [ONE, chief], [MARCH], day("2026-04-02"))) == ["戊"]
    named = read_ledger(own('who = "members"', 'who = "named"'))
    assert names_of(gaps(named, [], MEMBERS, [MARCH], day("2026-04-02"), ["甲"])) == ["甲"]
    groups = read_ledger(
        own(
            'who = "members"', 'who = "groups"', ('field = "who", but', 'field = "set", but')
        ).replace(
            '{ name = "told", label = "说明", type = "long_text" }',
            '{ name = "set", label = "组", type = "group" }',
        )
    )
    grouped = [a_member("己", group="第一党小组"), a_member("庚", group="第二党小组")]
    rows = [a_row(groups, {"month": "2026-03", "set": "第一党小组", "who": []})]
    assert names_of(gaps(groups, rows, grouped, [MARCH], day("2026-04-02"))) == ["第二党小组"]


def test_rota_asks_only_the_assigned_until_what_closes_them_is_filled() -> None:
    text = own('but = ["waived"]', "rota = true").replace(
        "[[print]]",
        'due = [{ field = "plan", done = "held", text = "讲课" }]\n[[print]]',
    )
    text = text.replace(
        '{ name = "told", label = "说明", type = "long_text" }',
        '{ name = "plan", label = "计划日期", type = "date" },\n'
        '  { name = "held", label = "实讲日期", type = "date" }',
    )
    ledger = read_ledger(text)
    assert gaps(ledger, [], MEMBERS, [MARCH], day("2026-04-02")) == ()
    row = {"month": "2026-03", "who": [A], "plan": "2026-03-20"}
    assert names_of(gaps(ledger, [a_row(ledger, row)], MEMBERS, [MARCH], day("2026-04-02"))) == [
        "甲"
    ]
    done = a_row(ledger, row | {"held": "2026-03-21"})
    assert gaps(ledger, [done], MEMBERS, [MARCH], day("2026-04-02")) == ()


def test_periods_are_asked_from_the_day_on_which_asking_was_switched_on() -> None:
    ask = OWN.ask
    assert [str(p) for p in periods_asked(ask, day("2026-01-20"), day("2026-03-01"))] == [
        "2026-01",
        "2026-02",
        "2026-03",
    ]


# --- rows: what is kept, what cannot be ---


def test_kept_values_come_back_and_what_is_unknown_stays_in_more() -> None:
    ledger = builtin("visits")
    plain = {
        "day": "2026-03-02",
        "visited": ["赵大爷", ["甲", "m1"]],
        "ways": ["talk", "money"],
        "money": "0",
        "future": {"deep": [1, 2]},
    }
    values, more = loaded_values(ledger, plain)
    assert values["visited"] == (Person("赵大爷"), Person("甲", "m1"))
    assert values["money"] == Decimal(0)
    assert more == {"future": {"deep": [1, 2]}}
    row = a_row(ledger, {}, values=values, more=more)
    assert kept_values(ledger, row) == plain


@pytest.mark.parametrize(
    ("plain", "code", "words"),
    [
        ({"hours": None}, "required", "请填写学时"),
        ({"counts": None}, "required", "请选择计入集中学习培训"),
        ({"who": []}, "required", "请填写参训党员"),
        ({"who": ["路人"]}, "name_unknown", "“参训党员”里的“路人”不是在册党员"),
        ({"hours": "201"}, "invalid", "“学时”应在0至200学时之间"),
        ({"hours": "1.25"}, "invalid", "“学时”应最多有1位小数"),
        ({"topic": "长" * 201}, "invalid", "“培训名称”应不超过200个字"),
    ],
)
def test_row_that_cannot_be_is_told_by_field(plain, code, words) -> None:
    whole = {"day": "2026-03-02", "topic": "安全", "form": "class", "organiser": "公司"}
    whole |= {"hours": "0", "counts": False, "who": [A]}
    ledger = builtin("training")
    assert problems_of_row(ledger, a_row(ledger, whole)) == []
    kept = {name: value for name, value in (whole | plain).items() if value is not None}
    issues = problems_of_row(ledger, a_row(ledger, kept))
    assert [issue.code for issue in issues] == [code]
    assert words in issues[0].message
    assert issues[0].field == next(iter(plain))


def test_one_of_asks_for_at_least_one() -> None:
    ledger = builtin("awards")
    row = a_row(
        ledger,
        {
            "day": "2026-03-02",
            "kind": "personal",
            "honour": "先进",
            "honour_kind": "other",
            "rank": "branch",
            "awarded_by": "支部",
        },
    )
    (issue,) = problems_of_row(ledger, row)
    assert issue.message == "“获奖党员”、“获奖集体或成果”至少填写一项。"


def test_retired_choice_stays_where_it_was_and_is_not_chosen_anew() -> None:
    text = own(
        '{ name = "told", label = "说明", type = "long_text" }',
        '{ name = "told", label = "说明", type = "choice",'
        ' choices = [["a", "甲类"], ["b", "乙类"]], retired_choices = ["a"] }',
    )
    ledger = read_ledger(text)
    old = a_row(ledger, {"month": "2026-03", "who": [A], "told": "a"})
    assert problems_of_row(ledger, old, old) == []
    (issue,) = problems_of_row(ledger, old)
    assert "选项“甲类”已停用" in issue.message


# --- changing a declaration ---


def test_type_never_changes_once_a_row_exists() -> None:
    new = read_ledger(own('type = "long_text"', 'type = "text"'))
    assert refusals(OWN, new, has_rows=False) == []
    (issue,) = refusals(OWN, new, has_rows=True)
    assert "类型不能从“长文字”改为“文字”" in issue.message


def test_used_choice_is_retired_an_unused_one_goes() -> None:
    was = (
        '{ name = "told", label = "说明", type = "choice",'
        ' choices = [["a", "甲类"], ["b", "乙类"], ["c", "丙类"]] }'
    )
    told = '{ name = "told", label = "说明", type = "long_text" }'
    old = read_ledger(own(told, was))
    new = read_ledger(own(told, was.replace('["a", "甲类"], ', "").replace(', ["c", "丙类"]', "")))
    ready = settled(old, new, {"told": {"a"}})
    assert ready.named("told").choices == (("b", "乙类"), ("a", "甲类"))
    assert ready.choices_of("told") == (("b", "乙类"),)
    assert ready.edition == 2
    assert settled(old, old, {}) == old


def test_differences_are_told_in_sentences() -> None:
    new = read_ledger(
        own(
            'label = "说明"',
            'label = "情况"',
            ('title = "身边无三违"', 'title = "无三违"'),
            (
                '  { name = "near"',
                '  { name = "far", label = "远", type = "text" },\n  { name = "near"',
            ),
        )
    )
    told = differences(OWN, new)
    assert "名称：“身边无三违”改为“无三违”。" in told
    assert "字段“说明”改名为“情况”。" in told
    assert "增加字段“远”。" in told
    assert "去掉字段“远”，已填内容留在“其他内容”里。" in differences(new, OWN)


def test_level_is_a_closed_list() -> None:
    assert [level.label for level in Level] == ["公开", "内部", "敏感"]
    assert date(2026, 3, 31) == MARCH.last
