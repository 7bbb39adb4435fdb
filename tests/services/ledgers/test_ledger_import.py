"""Rows out of spreadsheets of any layout and JSON, taken back, and out again as a workbook."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.ledgers.reading import read_ledger
from dangjian_desktop.errors import BlockedError, InputError
from dangjian_desktop.services.ledgers.declaring import LedgerStyles
from dangjian_desktop.services.ledgers.exporting import LedgerExport
from dangjian_desktop.services.ledgers.importing import LedgerImports
from dangjian_desktop.services.ledgers.ledgers import LedgerService
from tests.domain.ledgers.making import own
from tests.services.ledgers.test_ledger_rows import TRAINING, VISIT
from tests.services.make import a_library, clock

HEAD = (
    "序号",
    "培训时间",
    "培训名称",
    "培训类别",
    "主办单位",
    "参训人员",
    "学时",
    "计入集中学习培训",
    "天气",
)
ROWS = (
    (1, date(2026, 3, 2), "安全规程", "集中培训", "矿党委", "张三、李四", 8, "是", "晴"),
    (2, "2026年3月9日", "党章学习", "自 学", "支部", "王五 赵六", "2.5学时", "否", None),
    (3, "2026.3.10", "警示教育", "现场教学", "纪委", "孙八，周九", 4.0, "√", None),
)


@pytest.fixture
def library(tmp_path):
    opened = a_library(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def service(library) -> LedgerService:
    return LedgerService(library, clock)


@pytest.fixture
def imports(library) -> LedgerImports:
    return LedgerImports(library, clock)


def a_sheet(tmp_path, *rows, head=HEAD, above=(("2026年教育培训台账",),)):
    book = openpyxl.Workbook()
    for row in (*above, head, *rows):
        book.active.append(row)
    path = tmp_path / "台账.xlsx"
    book.save(path)
    return path


def balanced(done) -> bool:
    told = done.as_json()
    taken = told["added"] + told["updated"] + told["unchanged"]
    refused = len({issue["row"] for issue in told["refused"]})
    return told["rows"] == taken + refused + len(told["skipped"])


def test_sheet_of_any_layout_is_read_by_its_headings(imports, service, tmp_path) -> None:
    path = a_sheet(tmp_path, *ROWS, (None, "合计", None, None, None, None, 14.5))
    done = imports.run("training", path)
    told = done.as_json()
    assert (told["rows"], told["added"], told["refused"]) == (4, 3, [])
    assert balanced(done)
    assert told["mapping"]["培训时间"] == "day"
    assert told["untaken"] == ["天气"]
    assert [(s["row"], s["code"]) for s in told["skipped"]] == [(6, "foot")]
    assert told["header_row"] == 2
    rows = {row["values"]["topic"]: row["values"] for row in service.as_json("training")}
    assert rows["党章学习"]["day"] == "2026-03-09"
    assert rows["党章学习"]["form"] == "self_study"
    assert rows["党章学习"]["who"] == ["王五", "赵六"]
    assert rows["党章学习"]["hours"] == "2.5"
    assert rows["党章学习"]["counts"] is False
    assert rows["警示教育"]["counts"] is True


def test_same_sheet_twice_changes_nothing(imports, service, tmp_path) -> None:
    path = a_sheet(tmp_path, *ROWS)
    first = imports.run("training", path)
    before = service.as_json("training")
    again = imports.run("training", path).as_json()
    assert (again["added"], again["updated"], again["unchanged"]) == (0, 0, 3)
    assert again["batch"] is None
    assert service.as_json("training") == before
    assert [service.of("training").revision(uid) for uid in first.as_json()["ids"]] == [1, 1, 1]


def test_two_equal_rows_of_one_sheet_are_two_and_stay_two(imports, service, tmp_path) -> None:
    path = a_sheet(tmp_path, ROWS[0], ROWS[0])
    assert imports.run("training", path).as_json()["added"] == 2
    assert imports.run("training", path).as_json()["unchanged"] == 2
    assert len(service.of("training").find()) == 2
    third = imports.run("training", a_sheet(tmp_path, ROWS[0], ROWS[0], ROWS[0]))
    assert (len(third.unchanged), len(third.added)) == (2, 1)


def test_equal_identity_changes_the_row_and_keeps_what_the_sheet_leaves_empty(
    imports, service, tmp_path
) -> None:
    row = service.save(service.read("training", TRAINING | {"result": "合格"}))
    changed = (1, date(2026, 3, 2), "安全规程", "集中培训", "矿党委", "张三、李四", 6, "是")
    done = imports.run("training", a_sheet(tmp_path, changed))
    assert [planned.before.id for planned in done.updated] == [row.id]
    stored = service.of("training").one(row.id)
    assert stored.value("hours") == Decimal(6)
    assert stored.value("result") == "合格"


def test_identity_that_is_not_unique_gives_perhaps_the_same(imports, service, tmp_path) -> None:
    for hours in ("8", "4"):
        service.save(service.read("training", TRAINING | {"hours": hours}))
    changed = (1, date(2026, 3, 2), "安全规程", "集中培训", "矿党委", "张三、李四", 6, "是")
    done = imports.run("training", a_sheet(tmp_path, changed)).as_json()
    assert (done["added"], done["updated"]) == (1, 0)
    assert [w["code"] for w in done["warnings"]] == ["column_untaken", "possible_duplicate"]
    assert "可能与资料库中已有的2条是同一条" in done["warnings"][1]["message"]


def test_refused_rows_stop_everything_unless_the_rest_is_accepted(
    imports, service, tmp_path
) -> None:
    bad = (
        (2, date(2026, 3, 3), None, "集中培训", "矿党委", "张三", 8, "是"),
        (3, "三月的一天", "某课", "集中培训", "矿党委", "张三", 8, "是"),
        (4, date(2026, 3, 3), "某课", "集中培训", "矿党委", "路人甲", 8, "是"),
        (5, date(2026, 3, 3), "某课", "打卡", "矿党委", "张三", "很多", "也许"),
    )
    path = a_sheet(tmp_path, ROWS[0], *bad)
    with pytest.raises(InputError) as refused:
        imports.run("training", path)
    assert "有4行不能导入，本次没有导入任何内容" in refused.value.message
    told = {(issue.row, issue.field): issue for issue in refused.value.issues}
    assert told[4, "topic"].code == "required"
    assert told[5, "day"].code == "date_unparsed"
    assert told[6, "who"].code == "name_unknown"
    assert "路人甲" in told[6, "who"].message
    assert {field for row, field in told if row == 7} == {"form", "hours", "counts"}
    assert service.of("training").find() == []
    done = imports.run("training", path, accept_partial=True)
    assert (len(done.added), done.refused_rows, done.rows) == (1, 4, 5)
    assert balanced(done)


def test_what_is_wrong_with_an_optional_cell_leaves_it_open_and_is_told(
    imports, service, tmp_path
) -> None:
    head = (
        "走访日期",
        "走访对象",
        "对象类别",
        "时机",
        "走访人",
        "方式",
        "慰问金额（元）",
        "回访日期",
    )
    row = (date(2026, 3, 5), "赵大爷", "老党员", "日常", "张三", "走访谈心、慰问金", "三百", "年底")
    done = imports.run("visits", a_sheet(tmp_path, row, head=head))
    assert {(i.field, i.code) for i in done.incomplete} == {
        ("money", "value_unknown"),
        ("return_visit", "date_unparsed"),
    }
    (stored,) = service.as_json("visits")
    assert stored["values"]["money"] is None
    assert stored["values"]["return_visit"] is None
    assert stored["values"]["ways"] == ["talk", "money"]


def test_mapping_names_columns_and_dry_run_writes_nothing(imports, service, tmp_path) -> None:
    head = ("甲", "乙", "培训类别", "主办单位", "参训人员", "学时", "是否集中")
    path = a_sheet(tmp_path, ROWS[0][1:8], head=head, above=())
    mapping = {"甲": "day", "B": "topic"}
    done = imports.run("training", path, mapping=mapping, dry_run=True)
    assert (len(done.added), done.batch) == (1, None)
    assert service.of("training").find() == []
    with pytest.raises(InputError, match="“far”不是本台账的字段"):
        imports.run("training", path, mapping={"甲": "far"})


def test_sheet_without_headings_is_refused_with_what_was_found(imports, tmp_path) -> None:
    path = a_sheet(tmp_path, ("张三", "男"), head=("姓甚", "性别"), above=())
    with pytest.raises(InputError) as refused:
        imports.run("training", path)
    assert "没有找到“教育培训学时”的表头" in refused.value.message
    assert "“姓甚”、“性别”" in refused.value.message
    assert "开始日期" in refused.value.remedy


def test_import_is_taken_back_as_one(imports, service, tmp_path) -> None:
    old = service.save(service.read("training", TRAINING | {"hours": "1"}))
    done = imports.run("training", a_sheet(tmp_path, *ROWS))
    assert (len(done.added), len(done.updated)) == (2, 1)
    assert imports.undo(done.batch) == (2, 1)
    assert service.of("training").find() == [old.id]
    assert service.of("training").one(old.id).value("hours") == 1
    with pytest.raises(InputError, match="已经撤销过"):
        imports.undo(done.batch)


def test_import_is_not_taken_back_over_later_changes(imports, service, tmp_path) -> None:
    done = imports.run("training", a_sheet(tmp_path, ROWS[0]))
    row = service.of("training").one(done.added[0].after.id)
    service.save(replace(row, values={**row.values, "topic": "后来改的"}))
    with pytest.raises(InputError, match="不能撤销"):
        imports.undo(done.batch)
    assert service.of("training").one(row.id).value("topic") == "后来改的"


def test_json_of_show_comes_back_unchanged(imports, service, tmp_path) -> None:
    row = service.save(service.read("visits", VISIT | {"note": "备注在此"}))
    rows = service.as_json("visits")
    done = imports.run_json("visits", {"rows": rows}, "rows.json")
    assert [p.after for p in done.unchanged] == [row]
    other = a_library(tmp_path / "别的")
    try:
        assert len(LedgerImports(other, clock).run_json("visits", rows, "rows.json").added) == 1
        assert LedgerService(other, clock).as_json("visits") == rows
    finally:
        other.close()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ([1], "第1条应为台账记录"),
        ([{"values": {"colour": "红"}}], "第1条：“colour”不是本台账的字段"),
        ([{"values": {"day": "昨天"}}], "第1条：“走访日期”应为日期"),
        ([{"values": VISIT | {"ways": "talk"}}], "第1条：“方式”应为选项的列表"),
    ],
)
def test_json_that_cannot_be_is_refused_with_its_place(imports, service, data, words) -> None:
    with pytest.raises(InputError) as refused:
        imports.run_json("visits", data, "rows.json")
    assert words in "\n".join(issue.message for issue in refused.value.issues)
    assert service.of("visits").find() == []


def cells(path) -> list[tuple]:
    return [tuple(c.value or "" for c in row) for row in openpyxl.load_workbook(path).active]


def test_export_comes_back_unchanged_and_carries_what_no_field_names(
    library, imports, service, tmp_path
) -> None:
    styles = LedgerStyles(library, clock)
    ledger = styles.define(read_ledger(own())).ledger
    plain = {"month": "2026-03", "who": ["张三", "李四"], "near": "2", "told": "=1+1"}
    service.save(service.read(ledger.code, plain))
    styles.define(replace(ledger, fields=tuple(f for f in ledger.fields if f.name != "told")))
    file, count = LedgerExport(library, clock).export(ledger.code, tmp_path / "出.xlsx")
    assert count == 1
    sheet = cells(file)
    assert sheet[2] == (
        *("序号", "月份", "党员", "身边三违（人次）", "备注", "附件", "其他内容：说明"),
    )
    assert sheet[3][1:4] == ("2026-03", "张三、李四", "2")
    assert sheet[3][6] == "=1+1"
    done = imports.run(ledger.code, file)
    assert (len(done.unchanged), done.added, done.updated) == (1, (), ())


def test_masked_export_covers_and_lets_only_public_rows_leave(library, service, tmp_path) -> None:
    exports = LedgerExport(library, clock)
    service.save(service.read("visits", VISIT))
    with pytest.raises(BlockedError, match="知悉范围是“内部”"):
        exports.export("visits", tmp_path / "出.xlsx", profile="masked")
    styles = LedgerStyles(library, clock)
    text = own(
        'level = "internal"',
        'level = "public"',
        ('type = "long_text"', 'type = "long_text", mask = true'),
    )
    styles.define(read_ledger(text))
    service.save(
        service.read("own_0a1b2c3d", {"month": "2026-03", "who": ["张三"], "told": "隐情"})
    )
    masked, _ = exports.export("own_0a1b2c3d", tmp_path / "遮.xlsx", profile="masked")
    assert "隐情" not in str(cells(masked))
    full, _ = exports.export("own_0a1b2c3d", tmp_path / "全.xlsx")
    assert "隐情" in str(cells(full))


def test_export_of_a_period_holds_only_its_rows(library, service, tmp_path) -> None:
    for day in ("2026-02-02", "2026-03-02"):
        service.save(service.read("training", TRAINING | {"day": day}))
    _, count = LedgerExport(library, clock).export(
        "training", tmp_path / "出.xlsx", period=Period.parse("2026-03")
    )
    assert count == 1
