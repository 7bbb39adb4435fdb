"""branch show and branch set: a day for what is new, --correct for what was wrong."""

from __future__ import annotations

OLD, NEW = "中共甲矿综采一队支部委员会", "中共甲矿综采二队支部委员会"


def a_branch(shell) -> None:
    shell("new", "--name", OLD, "--superior", "中共甲矿委员会", "--term-start", "2021-07-01")


def test_a_branch_is_renamed_from_a_day_on_and_shown_on_each(shell):
    a_branch(shell)
    told = shell.json("branch", "set", "--name", NEW, "--from", "2025-03-01")
    assert [(p["name"], p["since"]) for p in told["periods"]] == [(OLD, None), (NEW, "2025-03-01")]
    assert shell.json("branch", "show", "--as-of", "2025-02-28")["name"] == OLD
    assert shell.json("info")["branch"] == NEW
    out, _ = shell("branch", "show")
    assert "2025-03-01起：" + NEW in out
    assert "中共甲矿委员会" in out


def test_what_is_new_and_what_is_wrong_is_never_guessed(shell):
    a_branch(shell)
    words = ("branch", "set", "--name", NEW, "--term-start", "2024-07-01")
    refused = shell.json(*words, code=1)["error"]
    assert refused["remedy"] == "请加上 --from 日期 或 --correct，以及 --new-term 或 --correct。"
    assert {issue["field"] for issue in refused["issues"]} == {"change", "term_change"}
    assert [p["name"] for p in shell.json("branch", "show")["periods"]] == [OLD]
    told = shell.json(*words, "--correct")
    assert ([p["name"] for p in told["periods"]], len(told["terms"])) == ([NEW], 1)
    early = shell.json("branch", "set", "--name", OLD, "--from", "2199-01-01", code=1)
    assert [issue["field"] for issue in early["error"]["issues"]] == ["since"]


def test_further_levels_kind_of_unit_and_a_new_term(shell):
    a_branch(shell)
    further = ("--further-superior", "中共甲集团委员会", "--further-superior", "中共某省委")
    shell.json("branch", "set", *further, "--unit-kind", "state_enterprise", "--theme-day", "5")
    told = shell.json("branch", "set", "--term-start", "2024-07-01", "--new-term")
    assert told["further_superiors"] == ["中共甲集团委员会", "中共某省委"]
    assert (told["unit_kind"], told["theme_day"]) == ("state_enterprise", 5)
    assert told["term"] == {"start": "2024-07-01", "years": 3, "end": "2027-06-30"}
    assert [term["start"] for term in told["terms"]] == ["2021-07-01", "2024-07-01"]
    out, _ = shell("branch", "show")
    assert "中共甲矿委员会，中共甲集团委员会，中共某省委" in out
    assert "国有企业" in out
