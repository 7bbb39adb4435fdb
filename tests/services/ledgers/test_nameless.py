"""职工思想动态 tells of people as counts: a name of the roster that is brought in is noticed."""

from __future__ import annotations

import pytest

from dangjian_desktop.domain.ledgers.nameless import named_in, nameless_fields
from dangjian_desktop.domain.ledgers.reading import read_ledger
from dangjian_desktop.services.ledgers.catalogue import shipped
from dangjian_desktop.services.ledgers.importing import LedgerImports
from dangjian_desktop.services.ledgers.ledgers import LedgerService
from tests.services.ledgers.test_ledger_import import a_sheet
from tests.services.make import a_library, clock

HEAD = ("掌握日期", "反映的方面", "人次", "主要反映", "引导措施", "备注")
ROWS = (
    ("2026-03-02", "工时与倒班", 3, "夜班多，张三和李四都说过", "调整班次", None),
    ("2026-03-03", "安全生产", 2, "设备旧", "请王五检修", "张三转告"),
    ("2026-03-04", "食宿与后勤", 5, "食堂供餐晚", "延长供餐", None),
)


@pytest.fixture
def library(tmp_path):
    opened = a_library(tmp_path)
    yield opened
    opened.close()


def test_only_ledgers_that_say_so_tell_no_names():
    told = {code: [f.name for f in nameless_fields(one)] for code, one in shipped().items()}
    assert {code: names for code, names in told.items() if names} == {
        "mood": ["matter", "measures", "note"]
    }


def test_an_own_ledger_of_persons_is_none_of_them_whatever_its_section():
    """党员家访 asks for a name as plain text; only the declaration says that none is wanted."""
    text = (
        'format = 1\ncode = "own_0a1b2c3d"\ntitle = "党员家访"\nsection = "care"\norigin = "own"\n'
        'edition = 1\nlevel = "internal"\nname = "{name}"\nlisted = ["name"]\n'
        'field = [{ name = "name", label = "姓名", type = "text", required = true },'
        ' { name = "count", label = "家访次数", type = "integer", unit = "人次" }]\n'
    )
    visits = read_ledger(text)
    assert named_in(visits, {"name": "张三"}, ["张三"]) == {}
    nameless = read_ledger(text.replace("required", 'hint = "写单位，不写姓名", required'))
    assert [*named_in(nameless, {"name": "张三"}, ["张三"])] == ["name"]


def test_names_are_told_in_the_order_in_which_they_stand():
    mood = shipped()["mood"]
    said = named_in(
        mood, {"matter": "李四与张三谈", "measures": "安"}, ["张三", "李四", "安", "王五"]
    )
    rest = "。这本台账不写姓名和号码，请核对"
    assert said == {"matter": f"其中的“李四、张三”像是名册上的姓名{rest}"}
    values = {"matter": "张三，电话138 0000 1234", "measures": "打13800001234", "note": "12人"}
    assert named_in(mood, values, ["张三"]) == {
        "matter": f"其中的“张三”像是名册上的姓名，还有号码{rest}",
        "measures": f"其中的号码能认出人{rest}",
    }


def test_names_in_a_sheet_are_noticed_and_the_rows_are_taken(library, tmp_path):
    imports, sheet = LedgerImports(library, clock), a_sheet(tmp_path, *ROWS, head=HEAD)
    done = imports.run("mood", sheet)
    assert len(done.added) == 3
    assert [(w.code, w.field, w.row) for w in done.warnings if w.code == "name_noticed"] == [
        ("name_noticed", "matter", 3),
        ("name_noticed", "measures", 4),
        ("name_noticed", "note", 4),
    ]
    [first, *_] = [w.message for w in done.warnings if w.code == "name_noticed"]
    assert first.startswith("第3行：主要反映中“张三、李四”像是名册上的姓名。")
    rows = LedgerService(library, clock).as_json("mood")
    assert [row["values"]["matter"] for row in rows] == [row[3] for row in ROWS]


def test_names_in_json_are_noticed_too_and_once(library):
    values = {"day": "2026-03-02", "topic": "schedule", "count": 1, "matter": "张三说夜班多"}
    imports = LedgerImports(library, clock)
    done = imports.run_json("mood", {"ledger": "mood", "values": values}, "动态.json")
    assert [w.message[:9] for w in done.warnings] == ["第1条：主要反映中"]
    again = imports.run_json("mood", {"ledger": "mood", "values": values}, "动态.json")
    assert (len(again.unchanged), again.warnings) == (1, ())
