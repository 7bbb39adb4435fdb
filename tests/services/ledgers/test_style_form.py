"""A declaration in its maker and back: the same, or settled on the fields that are left."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from dangjian_desktop.domain.fields import FieldType
from dangjian_desktop.domain.ledgers.checks import problems_of
from dangjian_desktop.domain.ledgers.ledger import GridPrint, TablePrint
from dangjian_desktop.domain.ledgers.reading import read_ledger
from dangjian_desktop.services.ledgers.catalogue import shipped
from dangjian_desktop.services.ledgers.style_checks import problems_in
from dangjian_desktop.services.ledgers.style_form import ledger_of, state_of
from dangjian_desktop.services.ledgers.style_offers import offers


def held(ledger, **how):
    """The form as a draft gives it back."""
    return json.loads(json.dumps(state_of(ledger, **how)))


@pytest.mark.parametrize("code", sorted(shipped()))
def test_the_maker_gives_every_built_in_ledger_back_as_it_was(code):
    ledger = shipped()[code]
    state = held(ledger)
    assert ledger_of(state) == ledger
    assert problems_in(state, ledger_of(state)) == {}


def test_a_word_keeps_its_code_however_often_the_form_is_saved():
    ledger = shipped()["training"]
    state = held(ledger)
    row = next(r for r in state["fields"] if r["label"] == "类别")
    row["choices"] += "、网上直播"
    first = {w: c for c, w in ledger_of(state).named("form").choices}
    row["choices"] = "以会代训、" + row["choices"]
    second = {w: c for c, w in ledger_of(state).named("form").choices}
    assert second["网上直播"] == first["网上直播"]
    assert second["以会代训"] != first["网上直播"]
    assert second["集中培训"] == "class"


def test_columns_that_nobody_gave_a_width_fit_the_page():
    state = held(shipped()["articles"], printed=False)
    made = ledger_of(state)
    assert problems_in(state, made) == {}
    table = next(p for p in made.prints if isinstance(p, TablePrint))
    assert sum(width for _, width in table.columns) <= 246


def test_a_field_that_is_taken_away_takes_along_what_names_it():
    ledger = shipped()["training"]
    state = held(ledger)
    state["fields"] = [r for r in state["fields"] if r["label"] not in ("学时", "开始日期")]
    made = ledger_of(state)
    assert problems_of(made) == []
    assert made.day == "ends"
    assert [f.name for f in made.figures] == ["rows", "people"]
    assert made.summary is None
    assert "hours" not in made.listed
    grid = next(p for p in made.prints if isinstance(p, GridPrint))
    assert grid.value == ""


def test_a_word_taken_from_the_choices_and_a_retired_field_stay_as_they_are():
    ledger = shipped()["training"]
    gone = replace(
        ledger,
        retired_choices=(("form", "self_study"),),
        fields=tuple(
            replace(f, retired="2026-01-01") if f.name == "certificate" else f
            for f in ledger.fields
        ),
    )
    state = held(gone)
    assert "自学" not in next(r for r in state["fields"] if r["name"] == "form")["choices"]
    assert "证书号" not in [r["label"] for r in state["fields"]]
    made = ledger_of(state)
    assert made.retired_choices == gone.retired_choices
    assert made.named("form").title_of("self_study") == "自学"
    assert made.named("certificate").retired == "2026-01-01"


def test_a_type_that_changes_keeps_no_bounds_and_a_number_no_choices():
    state = held(shipped()["training"])
    hours = next(r for r in state["fields"] if r["name"] == "hours")
    hours["type"] = "text"
    form = next(r for r in state["fields"] if r["name"] == "form")
    form["type"] = "person/member"
    made = ledger_of(state)
    assert (made.named("hours").type, made.named("hours").unit) == (FieldType.TEXT, "")
    assert made.named("hours").bounds.least is None
    assert (made.named("form").choices, made.named("form").who) == ((), "member")


EVERYTHING = """
format = 1
code = "own_0a1b2c3e"
title = "样样都有"
section = "work"
origin = "own"
edition = 3
source = "本单位规定"
level = "public"
row = "事项"
name = "{who}的{what}"
day = "day"
from = "day"
until = "ends"
period = "quarter"
people = ["who", "others"]
identity = ["day", "what"]
listed = ["what", "day", "kind"]
sort = ["kind", "-day"]
one_of = [["who", "group"], ["money", "times"]]
field = [
  { name = "day", label = "日期", type = "date", required = true, also = ["时间"] },
  { name = "ends", label = "截止", type = "date" },
  { name = "known", label = "知悉", type = "partial_date" },
  { name = "year", label = "年度", type = "year" },
  { name = "what", label = "事由", type = "text", hint = "一句话", longest = 60 },
  { name = "story", label = "经过", type = "long_text", longest = 900, mask = true },
  { name = "times", label = "次数", type = "integer", least = "0", most = "9", unit = "次" },
  { name = "hours", label = "时长", type = "decimal", places = 0, least = "-1.5", unit = "时" },
  { name = "money", label = "金额", type = "money", unit = "元" },
  { name = "kind", label = "类别", type = "choice", \
    choices = [["a", "水、电"], ["b", "气"], ["c", "旧"]], retired_choices = ["c"] },
  { name = "ways", label = "方式", type = "choices", choices = [["x", "会议"], ["y", "走访"]] },
  { name = "yes", label = "公开", type = "yes_no" },
  { name = "who", label = "党员", type = "person", who = "member" },
  { name = "others", label = "其他人", type = "people" },
  { name = "group", label = "党小组", type = "group" },
  { name = "related", label = "关联", type = "link", to = ["project", "member"] },
  { name = "papers", label = "文件", type = "files" },
  { name = "gone", label = "停用的", type = "text", retired = "2026-01-01" },
]
ask = { who = "groups", on = "last_day", per = "half", field = "group", count = "sum:hours", \
    least = "2.5", but = ["waived"], remind = 7, rota = true, on_from_start = true }
figure = [
  { name = "n_1", label = "次", count = "rows", where = { kind = ["a", "c"], yes = ["yes"] }, \
    over = "day", feeds = "visits" },
  { name = "n_2", label = "人", count = "people:others", unit = "人", over = "period" },
]
due = [
  { field = "ends", text = "{what}到期（{n:others}人）", done = "story" },
  { field = "day", text = "办{what}" },
]
summary = { section = "群众服务", line = "{day}{what}，{n:others}人，〔2026〕3号。" }

[[print]]
kind = "table"
title = "{superior}{branch}{period}表"
head = ["单位", "上级党组织"]
columns = [["number", 10], ["day", 24.5], ["hours", 20], ["note", 30]]
total = ["hours"]
split = "kind"
in_force = true
sign = ["填表人"]

[[print]]
kind = "table"
title = "汇总"
pivot = { rows = "kind", columns = "yes" }

[[print]]
kind = "card"
title = "卡"
rows = [["day", "ends", "kind"], ["story"], ["note"]]
boxes = ["意见", "水、电"]

[[print]]
kind = "sheet"
title = "{branch}函"
head = ["单位"]
text = ["兹有{who}于{day}办{what}，计{n:others}人。", "{branch}"]
sign = ["书记"]

[[print]]
kind = "notice"
title = "公示"
about = "what"
text = ["{who}{story}"]
from = "day"
until = "ends"
contact = ["who", "what"]
result = "story"
sign = ["书记"]

[[print]]
kind = "grid"
title = "格"
rows = "group"
columns = "quarter"
value = "yes"
"""


def test_a_ledger_that_uses_every_key_of_the_format_comes_back_as_it_was():
    ledger = read_ledger(EVERYTHING)
    state = held(ledger)
    assert ledger_of(state) == ledger
    assert problems_in(state, ledger_of(state)) == {}
    assert state_of(ledger_of(state)) == state_of(ledger)
    said = json.dumps({name: value for name, value in state.items() if name != "base"})
    assert "{" not in "".join(re.findall(r'"(?:titled|words|summary_line|title)": "([^"]*)"', said))


def test_the_form_offers_every_field_where_it_can_stand():
    found = offers(read_ledger(EVERYTHING))
    assert [name for name, _ in found["day"]] == ["day", "ends", "year"]
    assert [name for name, _ in found["down"]] == ["what", "kind", "yes", "group"]
    assert ("kind=a", "类别：水、电") in found["where"]
    assert [code for code, _ in found["count"]][:3] == ["sum:times", "sum:hours", "sum:money"]
    assert ("〔其他人·几人〕", "其他人·几人") in found["summary_line"]
    assert [name for name, _ in found["ask_field"]] == ["group"]
    assert "gone" not in dict(found["listed"])
    care = offers(shipped()["visits"])["summary_line"]
    assert care[0] == ("〔次数〕", "次数")
    assert "〔困难或诉求〕" not in dict(care)


def test_a_sentence_follows_a_field_that_is_renamed_and_an_unknown_one_is_said():
    state = held(shipped()["training"])
    next(r for r in state["fields"] if r["name"] == "topic")["label"] = "课程"
    made = ledger_of(state)
    assert made.summary == shipped()["training"].summary
    assert state_of(made)["titled"] == "〔课程〕"
    state["summary_line"] = "〔课程〕〔没有的〕，见〔2026〕3号"
    found = problems_in(state, ledger_of(state))
    assert found == {"summary_line": "“没有的”不是这本台账的栏目，请改正，或从“插入栏目”中选择"}


def test_lines_and_lists_that_were_chosen_stay_and_new_fields_join_the_others():
    state = held(shipped()["visits"])
    new = {"name": "f_00000001", "label": "天气", "type": "text"}
    state["fields"].append(new)
    made = ledger_of(state)
    assert made.prints[0].rows[-1] == ("f_00000001",)
    assert "f_00000001" in made.listed
    state["prints"][0]["lines"] = [{"part1": "day", "part3": "visited"}, {"part1": "没有"}]
    state["listed"] = ["visited", "day"]
    made = ledger_of(state)
    assert made.prints[0].rows == (("day", "visited"),)
    assert made.listed == ("visited", "day")


def test_what_is_left_open_of_numbers_and_prints_is_said_at_its_place():
    state = held(shipped()["training"])
    state["figures"].append({"name": "n_1", "count": "sum:hours"})
    state["due"].append({"done": "ends"})
    state["prints"] += [{"kind": "sheet", "title": "函"}, {"kind": "card", "title": "卡"}]
    state["ask_who"], state["ask_least"] = "members", "许多"
    next(r for r in state["fields"] if r["name"] == "hours")["most"] = "一百多"
    found = problems_in(state, ledger_of(state))
    assert set(found) == {
        "figures.3.label",
        "due.0.field",
        "due.0.words",
        "prints.2.text",
        "ask_least",
        "fields.7.most",
    }
