"""What may be seen where: a probe in every text of every declared record, looked for on every way
out of a library with a password."""

from __future__ import annotations

import zipfile
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date

import pytest
from openpyxl import load_workbook

from dangjian_desktop.domain.dates import PartialDate, Period
from dangjian_desktop.domain.declared import SHARED
from dangjian_desktop.domain.fields import FieldType
from dangjian_desktop.domain.ledgers.reading import read_ledger
from dangjian_desktop.domain.ledgers.record import record_of
from dangjian_desktop.domain.ledgers.rows import LedgerRow
from dangjian_desktop.domain.ledgers.writing import write_ledger
from dangjian_desktop.domain.levels import Level, Outlet
from dangjian_desktop.domain.references import Person
from dangjian_desktop.domain.showing import field_may_be_shown, fields_shown
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.errors import BlockedError, InputError
from dangjian_desktop.papers.catalogue import Wanted
from dangjian_desktop.services.desk import open_desk
from dangjian_desktop.services.ledgers import keeping
from dangjian_desktop.services.library import passwords
from dangjian_desktop.services.library.everything import export_all
from dangjian_desktop.services.records.exporting import text_of
from dangjian_desktop.services.submissions.offering import offered_in
from dangjian_desktop.services.templates.filling import FormScope
from dangjian_desktop.storage.file.keys import let_go
from dangjian_desktop.ui.ledgers.rows import RowLine
from dangjian_desktop.ui.ledgers.rows import columns_of as ledger_columns
from dangjian_desktop.ui.records.declared import columns_of
from tests.documents.reading import model_texts
from tests.services.make import a_library, clock

CODE = "own_0a0b0c0d"
UID = "11111111-1111-4111-8111-111111111111"
DAY, MARCH = date(2026, 3, 5), Period(2026, 3, 1)
TEXTS = (FieldType.TEXT, FieldType.LONG_TEXT)
PASSWORD = "支部的密码很长"
TYPED = tuple(record for record in SHARED if not record.frozen)
LEDGER = """format = 1
code = "own_0a0b0c0d"
title = "试探台账"
section = "work"
origin = "own"
edition = 1
source = "本单位规定"
level = "{level}"
row = "记录"
name = "{{open}}"
day = "day"
period = "month"
identity = ["day", "open"]
listed = ["day", "open", "inner", "closed"]
sort = ["-day"]
field = [
  {{ name = "day", label = "日期", type = "date", required = true }},
  {{ name = "open", label = "公开内容", type = "text" }},
  {{ name = "inner", label = "内部内容", type = "text", level = "internal" }},
  {{ name = "closed", label = "敏感内容", type = "text", level = "sensitive" }},
]
summary = {{ section = "组织生活", line = "{{open}}{{inner}}。" }}

[[print]]
kind = "table"
title = "{{branch}}{{period}}试探台账"
head = ["单位"]
columns = [["day", 24], ["open", 60], ["inner", 60], ["closed", 60]]

[[print]]
kind = "card"
title = "试探登记表"
head = ["单位"]
rows = [["day"], ["open"], ["inner"], ["closed"]]
"""


@contextmanager
def locked_desk(folder):
    library = a_library(folder)
    library.close()
    passwords.set_password(library.path, passwords.new_secret(), PASSWORD)
    with closing(open_desk(library.path, clock=clock)) as desk:
        yield desk
    let_go()


@pytest.fixture
def desk(tmp_path, quick_passwords):
    with locked_desk(tmp_path) as opened:
        yield opened


def probe(record, field):
    return f"探针{record.code.removeprefix('ledger:')}{field.name}尾"


def probed(record):
    """A value with a probe in every text of the record, and persons where it must have some."""
    values = {f.name: f.empty for f in record.fields}
    values |= {f.name: probe(record, f) for f in record.fields if f.type in TEXTS}
    for field in record.fields:
        if field.type is FieldType.CHOICE and field.required:
            values[field.name] = next(iter(field.of))
        if field.type is FieldType.PEOPLE:
            values[field.name] = (Person("赵六"),)
        elif field.type is FieldType.PERSON and field.required:
            values[field.name] = Person("赵六")
        elif field.type is FieldType.YEAR and field.required:
            values[field.name] = DAY.year
        elif field.type is FieldType.DATE and field.required:
            values[field.name] = DAY
        elif field.type is FieldType.PARTIAL_DATE and field.required:
            values[field.name] = PartialDate.of(DAY)
    return values | {"id": UID}


def probes(record, outlet):
    """Those of the fields that may be seen there."""
    shown = fields_shown(record, outlet)
    return {probe(record, f) for f in shown if f.type in TEXTS and f.name != "id"}


def found(record, told):
    said = f"{told}"
    every = [f for f in record.fields if f.type in TEXTS and f.name != "id"]
    return {probe(record, f) for f in every if probe(record, f) in said}


def in_workbook(file):
    return [[cell.value for cell in row] for row in load_workbook(file).active.iter_rows()]


def in_folder(folder):
    """Everything that people and other programs read in a folder of everything."""
    told = []
    for file in folder.rglob("*"):
        if file.is_file() and "数据" not in file.relative_to(folder).parts:
            if zipfile.is_zipfile(file):
                with zipfile.ZipFile(file) as whole:
                    told += [whole.read(n).decode("utf-8", "ignore") for n in whole.namelist()]
            else:
                told.append(file.read_bytes().decode("utf-8", "ignore"))
    return told


def hits(desk, record):
    words = [probe(record, f) for f in record.fields if f.type in TEXTS and f.searched]
    return {word: [f"{h.title}{h.snippet}" for h in desk.search.find(word)[0]] for word in words}


def seen_in_hits(desk, record):
    """The probes that a hit shows; each is found where it stands in a field that is searched."""
    told = hits(desk, record)
    return {word for word, shown in told.items() if any(word in each for each in shown)}


def test_only_a_field_of_the_record_itself_has_a_level():
    for record in SHARED:
        for field in record.fields:
            assert all(column.level is Level.PUBLIC for column in field.columns)
        sensitive = [f.name for f in record.fields if f.level is Level.SENSITIVE]
        assert not any(f"{{{name}}}" in record.name for name in sensitive)
        assert not set(sensitive) & {*record.listed, *record.identity, record.day}


@pytest.mark.parametrize("record", TYPED, ids=lambda record: record.code)
def test_records_show_what_they_may(desk, record, tmp_path):
    value = record.of(**probed(record))
    with desk._library.changing(Topic.RECORDS) as work:
        work.of(record.code).save(value)
    service = desk.shared[record.code]
    untold = {probe(record, f) for f in record.fields if not f.told}
    assert found(record, service.lines(value)) == probes(record, Outlet.CARD) - untold
    listed = [column.text(value) for column in columns_of(record, text_of)]
    assert found(record, listed) <= probes(record, Outlet.LIST)
    assert found(record, service.as_json([value])) <= probes(record, Outlet.LIST)
    book = service.export(tmp_path / "全.xlsx")
    assert found(record, in_workbook(book)) <= probes(record, Outlet.WORKBOOK)
    if Level(record.level) is Level.PUBLIC:
        book = service.export(tmp_path / "遮.xlsx", profile="masked")
        assert found(record, in_workbook(book)) <= probes(record, Outlet.MASKED)
    else:
        with pytest.raises(InputError, match="不能以遮盖方式"):
            service.export(tmp_path / "遮.xlsx", profile="masked")
    assert seen_in_hits(desk, record) <= probes(record, Outlet.SEARCH)
    folder = export_all(desk.path, tmp_path / "全部", clock=clock).folder
    assert found(record, in_folder(folder)) <= probes(record, Outlet.EVERYTHING)


def test_a_talk_is_printed_whole_by_itself_and_goes_into_no_package(desk):
    record = desk.shared["heart_talk"].record
    with desk._library.changing(Topic.RECORDS) as work:
        work.of(record.code).save(record.of(**probed(record)))
    document = desk.printing.document("talk_record", UID)
    assert found(record, model_texts(document)) >= {
        probe(record, f) for f in record.fields if f.secret
    }
    table = desk.printing.document("talk_coverage", wanted=Wanted(period=Period(2026, 1, 12)))
    assert found(record, model_texts(table)) == set()
    with desk._library.reading() as work:
        codes = {offered.code for offered in offered_in(work)}
    assert "talk_record" not in codes
    assert "talk_coverage" in codes
    for code in ("talk_record", "talk_coverage"):
        with pytest.raises(BlockedError, match="不能作为公开材料打印"):
            desk.printing.document(code, UID * (code == "talk_record"), Wanted(public=True))


@pytest.mark.parametrize("level", Level)
def test_ledgers_show_what_they_may(desk, level, tmp_path):
    ledger = read_ledger(LEDGER.format(level=level.value))
    assert read_ledger(write_ledger(ledger)) == ledger
    desk.ledger_styles.define(ledger)
    record = record_of(desk.ledgers.one_ledger(CODE).ledger)
    values = {name: probe(record, record.field(name)) for name in ("open", "inner", "closed")}
    row = desk.ledgers.save(LedgerRow(id=UID, ledger=CODE, values={"day": DAY, **values}))
    ledger = desk.ledgers.one_ledger(CODE).ledger

    def told(outlet):
        return {probe(record, f) for f in fields_shown(record, outlet) if f.name in values}

    listed = [column.text(RowLine(row, 1)) for column in ledger_columns(ledger)]
    assert found(record, listed) == told(Outlet.LIST)
    assert found(record, desk.ledgers.as_json(CODE)) == told(Outlet.LIST)
    assert found(record, desk.versions.lines(UID, 1)) == told(Outlet.CARD)
    for hidden, outlet in ((False, Outlet.WORKBOOK), (True, Outlet.MASKED)):
        file, profile = tmp_path / f"{outlet}.xlsx", "masked" if hidden else "full"
        if told(outlet):
            desk.ledger_exports.export(CODE, file, profile=profile)
            assert found(record, in_workbook(file)) == told(outlet)
        else:
            with pytest.raises(BlockedError, match="知悉范围"):
                desk.ledger_exports.export(CODE, file, profile=profile)
    table, card = (
        desk.printing.document(f"ledger:{CODE}:{n}", UID if n == 2 else "") for n in (1, 2)
    )
    assert found(record, model_texts(table)) == told(Outlet.LIST)
    assert found(record, model_texts(card)) == told(Outlet.PRINT)
    assert seen_in_hits(desk, record) <= told(Outlet.SEARCH)
    report = model_texts(desk.printing.document("summary", wanted=Wanted(period=MARCH)))
    assert found(record, report) == told(Outlet.TOLD)
    with desk._library.reading() as work:
        offered = {each.code for each in offered_in(work) if CODE in each.code}
    assert bool(offered) is (level is not Level.SENSITIVE)
    fields = desk.template_filling.fields(FormScope())
    labels = {column.label for f in fields for column in f.columns if f.key == record.code}
    assert "敏感内容" not in labels
    folder = export_all(desk.path, tmp_path / "全部", clock=clock).folder
    assert found(record, in_folder(folder)) == told(Outlet.EVERYTHING)


def test_a_sensitive_field_of_a_ledger_is_refused_without_a_password(tmp_path, quick_passwords):
    library = a_library(tmp_path)
    library.close()
    with closing(open_desk(library.path, clock=clock)) as desk:
        desk.ledger_styles.define(read_ledger(LEDGER.format(level="public")))
        row = LedgerRow(id=UID, ledger=CODE, values={"day": DAY, "open": "甲"})
        desk.ledgers.save(row)
        with pytest.raises(InputError) as refused:
            desk.ledgers.save(replace(row, values={**row.values, "closed": "乙"}))
        assert [issue.field for issue in refused.value.issues] == ["closed"]
        ledger = desk.ledgers.one_ledger(CODE).ledger
        with desk._library.reading() as work:
            assert not keeping.one(work, ledger, UID).filled("closed")
        assert all(
            not field_may_be_shown(record_of(ledger), ledger.named("closed"), o, protected=False)
            for o in Outlet
        )
