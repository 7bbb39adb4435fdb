"""Rows of ledgers on a real library: entered, refused, changed, deleted, counted, found again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.declared import RECORDS
from dangjian_desktop.domain.ledgers.reading import read_ledger
from dangjian_desktop.domain.ledgers.rows import LedgerRow
from dangjian_desktop.domain.ledgers.values import problems_of_row
from dangjian_desktop.domain.record import problems_of
from dangjian_desktop.errors import BlockedError, InputError
from dangjian_desktop.services.declared import all_declared
from dangjian_desktop.services.ledgers import keeping
from dangjian_desktop.services.ledgers.catalogue import entries
from dangjian_desktop.services.ledgers.counting import (
    LedgerCounts,
    report_lines,
    reported_in,
)
from dangjian_desktop.services.ledgers.declaring import LedgerStyles
from dangjian_desktop.services.ledgers.ledgers import LedgerService
from dangjian_desktop.services.library.search import SearchService
from dangjian_desktop.services.narrowing import narrowed
from dangjian_desktop.services.record_files import RecordFiles
from dangjian_desktop.services.records.declaring import facts_of
from dangjian_desktop.storage.records.drafts import Draft
from dangjian_desktop.storage.stored import StoredFilter
from tests.domain.ledgers.making import own
from tests.services.make import a_library, clock

TRAINING = {
    "day": "2026-03-02",
    "topic": "安全规程",
    "form": "集中培训",
    "organiser": "矿党委",
    "who": "张三、李四",
    "hours": "8",
    "counts": "是",
}
VISIT = {
    "day": "2026-03-05",
    "visited": ["赵大爷"],
    "visited_kind": "old",
    "occasion": "daily",
    "trouble": "看病花费大",
    "visitors": ["张三"],
    "ways": ["talk", "money"],
    "money": "300",
}


@pytest.fixture
def library(tmp_path: Path):
    opened = a_library(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def service(library) -> LedgerService:
    return LedgerService(library, clock)


@pytest.fixture
def styles(library) -> LedgerStyles:
    return LedgerStyles(library, clock)


@pytest.fixture
def counts(library) -> LedgerCounts:
    return LedgerCounts(library, clock)


def test_typed_values_become_a_row_that_is_found_again(service) -> None:
    row = service.save(service.read("training", TRAINING))
    assert row.value("hours") == Decimal(8)
    assert [p.name for p in row.persons("who")] == ["张三", "李四"]
    assert all(p.member_id for p in row.persons("who"))
    assert service.of("training").one(row.id) == row
    assert service.of("training").find() == [row.id]
    assert service.of("training").find(narrowed(period=Period.parse("2026-03"))) == [row.id]
    assert service.of("training").find(narrowed(period=Period.parse("2026-02"))) == []
    assert service.of("training").find(narrowed(text="矿党委")) == [row.id]
    assert service.of("training").find(narrowed(text="集中培训 李四")) == [row.id]
    member = row.persons("who")[0].member_id
    assert service.of("training").find(StoredFilter(member=member)) == [row.id]
    assert service.of("training").years() == (2026,)
    assert service.counts()["training"] == 1
    assert service.texts("training", row)["counts"] == "是"


@pytest.mark.parametrize(
    ("sort", "hours"),
    [("-day", "8 2 12"), ("hours", "2 8 12"), ("-hours", "12 8 2"), ("-organiser", "12 8 2")],
)
def test_rows_are_listed_in_the_order_of_their_ledger(service, styles, sort, hours) -> None:
    styles.define(replace(service.one_ledger("training").ledger, sort=(sort,)))
    for number, (day, length) in enumerate((("01", "12"), ("02", "2"), ("03", "8"))):
        more = {"day": f"2026-03-{day}", "hours": length, "organiser": "乙丙甲"[number]}
        service.save(service.read("training", TRAINING | more))
    rows = service.of("training").get(service.listed("training", narrowed(2026)))
    listed = [rows[uid] for uid in service.listed("training", narrowed(2026))]
    assert " ".join(str(row.value("hours")) for row in listed) == hours


def test_row_of_json_has_text_for_numbers_and_names_for_people(service) -> None:
    service.save(service.read("training", TRAINING | {"note": "第一期"}))
    (row,) = service.as_json("training")
    assert row["ledger"] == "training"
    assert row["number"] == 1
    assert row["period"] == "2026-03"
    assert row["values"]["hours"] == "8"
    assert row["values"]["who"] == ["张三", "李四"]
    assert row["values"]["counts"] is True
    assert row["values"]["ends"] is None
    assert row["note"] == "第一期"
    assert row["files"] == []
    assert row["more"] == {}


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        ({"hours": ""}, "hours", "请填写学时"),
        ({"hours": "八"}, "hours", "“学时”“八”不是数字"),
        ({"who": "张三、路人甲"}, "who", "“参训党员”里的“路人甲”不是2026-03-02当日的在册党员"),
        ({"form": "打卡"}, "form", "“打卡”无法识别"),
        ({"day": "3月32日"}, "day", "应为日期"),
        ({"colour": "红"}, "colour", "“colour”不是本台账的字段"),
    ],
)
def test_what_cannot_be_is_refused_by_field_and_nothing_is_stored(service, wrong, field, words):
    with pytest.raises(InputError) as refused:
        service.save(service.read("training", TRAINING | wrong))
    assert field in refused.value.fields
    assert words in refused.value.fields[field]
    assert service.of("training").find() == []


def test_no_and_zero_and_nothing_are_three_things(service) -> None:
    row = service.save(service.read("training", TRAINING | {"counts": "否", "hours": "0"}))
    stored = service.of("training").one(row.id)
    assert stored.value("counts") is False
    assert stored.value("hours") == 0
    assert stored.value("ends") is None
    assert service.as_json("training")[0]["values"]["hours"] == "0"


def test_deleted_row_lies_in_the_bin_and_comes_back(service) -> None:
    row = service.save(service.read("training", TRAINING))
    service.of("training").delete(row.id, "重复")
    assert service.of("training").find() == []
    assert service.of("training").find(StoredFilter(deleted=True)) == [row.id]
    with pytest.raises(InputError, match="没有编号为"):
        service.of("training").one(row.id)
    service.of("training").bring_back(row.id)
    assert service.of("training").one(row.id) == row


def test_saving_drops_the_draft(service, library) -> None:
    row = service.read("training", TRAINING)
    with library.changing() as work:
        work.drafts.put(Draft("ledger:training", row.id, {"topic": "安"}))
    service.save(row)
    with library.reading() as work:
        assert work.drafts.get("ledger:training", row.id) is None


def test_files_stay_with_a_row_and_are_handed_out(service, library, tmp_path) -> None:
    source = tmp_path / "签到表.txt"
    source.write_text("张三 李四", encoding="utf-8")
    files = RecordFiles(library)
    kept = files.keep(source, "原件")
    row = service.read("training", TRAINING)
    service.save(replace(row, values={**row.values, "files": (kept,)}))
    (file,) = service.of("training").one(row.id).files()
    assert file.note == "原件"
    out = files.hand_out(file, tmp_path / "发出")
    assert out.read_text(encoding="utf-8") == "张三 李四"
    assert service.as_json("training")[0]["files"] == ["签到表.txt"]


# --- levels and newer declarations ---


def test_sensitive_rows_are_refused_without_a_password_with_the_reason(
    service, styles, monkeypatch
) -> None:
    styles.define(read_ledger(own('level = "internal"', 'level = "sensitive"')))
    row = service.read("own_0a1b2c3d", {"month": "2026-03", "who": ["张三"]})
    with pytest.raises(BlockedError) as blocked:
        service.save(row)
    assert "资料库没有密码时不能录入" in blocked.value.message
    assert "请先给资料库设置密码" in blocked.value.remedy
    assert service.blocked("own_0a1b2c3d") == blocked.value.message
    assert service.of("own_0a1b2c3d").find() == []
    monkeypatch.setattr(keeping, "has_password", lambda _path: True)
    assert service.blocked("own_0a1b2c3d") is None
    assert service.save(row) == service.of("own_0a1b2c3d").one(row.id)


def test_ledger_with_rows_does_not_become_sensitive_without_a_password(service, styles) -> None:
    styles.define(read_ledger(own()))
    service.save(service.read("own_0a1b2c3d", {"month": "2026-03", "who": ["张三"]}))
    with pytest.raises(InputError) as refused:
        styles.define(read_ledger(own('level = "internal"', 'level = "sensitive"')))
    assert "不能改为“敏感”" in refused.value.issues[0].message


def test_row_of_a_newer_declaration_is_kept_and_shown(service, styles, library) -> None:
    styles.define(read_ledger(own()))
    row = service.save(
        service.read("own_0a1b2c3d", {"month": "2026-03", "who": ["张三"], "told": "原来的话"})
    )
    newer = own("format = 1", "format = 9", ('type = "long_text"', 'type = "map"'))
    with library.changing() as work:
        (kept,) = work.ledgers.all()
        work.ledgers.save(replace(kept, declaration=newer, edition=9))
        store = keeping.store_of(work, "own_0a1b2c3d")
        (stored,) = store.all()
        body = {**stored.body, "edition": 9, "values": {**stored.body["values"], "far": [1, 2]}}
        store.save(replace(stored, body=body))
    shown = service.of("own_0a1b2c3d").one(row.id)
    assert shown.value("told") == "原来的话"
    assert shown.more == {"far": [1, 2]}
    assert service.one_ledger("own_0a1b2c3d").ledger.newer
    with pytest.raises(BlockedError, match="用新版程序设置"):
        service.save(shown)
    with pytest.raises(BlockedError, match="用新版程序设置"):
        styles.define(read_ledger(own()))
    assert service.of("own_0a1b2c3d").one(row.id) == shown


# --- what ledgers tell the rest ---


def lines_of(counts, period):
    """What the report of a period says."""
    with counts._library.reading() as work:
        return report_lines(reported_in(work, period), period)


def test_figures_lines_and_quantities_lead_back_to_their_rows(service, counts) -> None:
    row = service.save(service.read("training", TRAINING))
    march = Period.parse("2026-03")
    assert counts.figures("training", march)["hours"].rows == (row.id,)
    found = counts.quantities("training_hours", Period.parse("2026"))
    assert {q.value for q in found.values()} == {Decimal(8)}
    assert all(q.rows == (row.id,) for q in found.values())
    (line,) = lines_of(counts, march)["政治学习"]
    assert line.text == "3月2日参加安全规程，党员2人，每人8学时。"
    assert line.rows == (row.id,)
    with pytest.raises(InputError, match="没有名为“points”的数量"):
        counts.quantities("points", march)


def test_care_tells_the_report_no_name(service, counts) -> None:
    service.save(service.read("visits", VISIT))
    (line,) = lines_of(counts, Period.parse("2026-03"))["群众服务"]
    assert line.text == "走访慰问1次，其中老党员1次。"


def test_member_card_lists_the_rows_that_name_the_person_but_no_sensitive_ones(
    service, styles, counts, monkeypatch
) -> None:
    monkeypatch.setattr(keeping, "has_password", lambda _path: True)
    styles.define(read_ledger(own('level = "internal"', 'level = "sensitive"')))
    service.save(service.read("own_0a1b2c3d", {"month": "2026-03", "who": ["张三"]}))
    row = service.save(service.read("training", TRAINING))
    visit = service.save(service.read("visits", VISIT))
    found = counts.naming(row.persons("who")[0].member_id)
    assert [(n.ledger, n.row, n.fields) for n in found] == [
        ("visits", visit.id, ("走访人",)),
        ("training", row.id, ("参训党员",)),
    ]


def test_due_dates_are_told_until_they_are_closed(service, counts) -> None:
    plain = {"material": "月报", "kind": "月报", "for_period": "3月", "sent_to": "党委"}
    sent = service.save(service.read("submissions", plain | {"due_day": "2026-04-05"}))
    rule = {"regulation": "值班制度", "kind": "其他", "change": "立", "reason": "需要"}
    rule |= {"responsible": "张三", "effective": "2026-01-01", "review": "2026-04-01"}
    made = service.save(service.read("regulations", rule))
    until = date(2026, 4, 30)
    assert [due.row for due in counts.dues(until)] == [made.id, sent.id]
    service.close_due("regulations", made.id, "review")
    assert [due.text for due in counts.dues(until)] == ["报送月报（3月）"]
    service.close_due("regulations", made.id, "review", done=False)
    assert len(counts.dues(until)) == 2
    with pytest.raises(InputError, match="不能手工办结"):
        service.close_due("submissions", sent.id, "due_day")
    service.save(replace(sent, values={**sent.values, "sent_on": date(2026, 4, 3)}))
    assert [due.row for due in counts.dues(until)] == [made.id]
    assert counts.dues(date(2026, 3, 1)) == ()


def test_builtin_asks_for_nothing_until_it_is_switched_on(service, styles, counts) -> None:
    assert counts.gaps() == ()
    styles.ask("volunteering", on=True, since="2026-01-01")
    (gap,) = counts.gaps()
    assert (gap.ledger, gap.name, gap.text) == (
        "volunteering",
        "党支部",
        "党支部2026年第一季度：已有0，应有1",
    )
    plain = {"day": "2026-02-03", "topic": "清雪", "kind": "环境整治", "who": "张三"}
    plain |= {"hours": "2", "content": "清雪"}
    service.save(service.read("volunteering", plain))
    assert counts.gaps() == ()
    styles.ask("volunteering", on=False)
    assert service.one_ledger("volunteering").ask is None
    with pytest.raises(InputError, match="没有设填报要求"):
        styles.ask("training", on=True)


def test_named_members_are_asked(service, styles, counts, library) -> None:
    text = own('who = "members"', 'who = "named"', ('but = ["waived"]', "remind = 31"))
    styles.define(read_ledger(text))
    with library.reading() as work:
        ids = {member.name: member.id for member in work.members.all()}
    styles.ask("own_0a1b2c3d", on=True, since="2026-03-01", members=[ids["王五"], ids["赵六"]])
    assert [gap.name for gap in counts.gaps(["own_0a1b2c3d"])] == ["王五", "赵六"]
    service.save(service.read("own_0a1b2c3d", {"month": "2026-03", "who": ["王五"]}))
    assert [gap.name for gap in counts.gaps()] == ["赵六"]


def test_grid_has_every_member_of_the_year(service, counts) -> None:
    service.save(service.read("training", TRAINING))
    ledger = service.one_ledger("training").ledger
    grid = counts.grid("training", ledger.prints[0], 2026)
    assert len(grid.lines) == 10
    assert {name: cells[2].text for name, cells in grid.lines}["张三"] == "8"


def test_every_ledger_is_a_declared_record_of_the_library(library, styles) -> None:
    """Its record says the same of a row as the ledger does, and stands beside the built-in ones."""
    code = styles.define(read_ledger(own())).ledger.code
    styles.switch(code, shown=False)
    with library.reading() as work:
        declared = all_declared(work)
        ledgers = {entry.ledger.code: entry.ledger for entry in entries(work)}
        facts = facts_of(work, clock())
    found = {record.code: record for record in declared}
    assert set(found) == {r.code for r in RECORDS} | {f"ledger:{each}" for each in ledgers}
    for each, ledger in ledgers.items():
        record = found[f"ledger:{each}"]
        assert (record.of, record.title, record.fields) == (None, ledger.title, ledger.all_fields)
        assert [(d.day, d.done) for d in record.due] == [(d.field, d.done) for d in ledger.due]
        empty = LedgerRow(id="", ledger=each)
        told = {(p.place, f"{p.words}。") for p in problems_of(record, {}, facts)}
        assert told == {(i.field, i.message) for i in problems_of_row(ledger, empty)}


def test_search_finds_every_text_but_shows_nothing_masked(service, library) -> None:
    row = service.save(service.read("visits", VISIT | {"measures": "联系工会"}))
    search = SearchService(library, clock)
    (hit,), total = search.find("工会")
    assert (total, hit.type, hit.id, hit.date) == (1, "ledger:visits", row.id, "2026-03-05")
    assert hit.title == "走访赵大爷（日常）"
    assert hit.snippet == "走访慰问与关怀帮扶　联系工会"
    (masked,), _ = search.find("看病花费")
    assert masked.id == row.id
    assert "看病" not in masked.snippet
