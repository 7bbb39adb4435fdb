"""Everything out as a folder, and back into an empty library: the same in every table."""

from __future__ import annotations

import errno
import json
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from dangjian_desktop.domain.branch import Branch
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.errors import BlockedError, Cancelled, InputError
from dangjian_desktop.papers.catalogue import Wanted
from dangjian_desktop.services.blank_forms.filling import FormScope
from dangjian_desktop.services.desk import Desk, open_desk
from dangjian_desktop.services.library import everything_papers
from dangjian_desktop.services.library.branch import new_library
from dangjian_desktop.services.library.bringing_in import import_all
from dangjian_desktop.services.library.everything import export_all
from dangjian_desktop.services.library.everything_guide import MANIFEST
from dangjian_desktop.storage import library as storage
from dangjian_desktop.storage import plain_in
from dangjian_desktop.storage.copies.attachments import sha256_of
from dangjian_desktop.storage.copies.checks import verify
from dangjian_desktop.storage.file.connecting import raw
from dangjian_desktop.storage.opening import migrating
from dangjian_desktop.storage.plain_tables import (
    LEFT_OUT,
    SETTINGS_LEFT_OUT,
    left_out,
    plain_tables,
)
from dangjian_desktop.storage.tables import metadata
from tests.documents.blank_forms import forms
from tests.golden.shown import LIBRARIES, clock, files, shown
from tests.letters import declare_letters
from tests.services.library import history_world
from tests.services.make import a_library

GOLDEN = Path(__file__).parents[2] / "golden" / "0.1.0" / "全字段.dangjian"
AS_OF = date(2026, 6, 30)
PACKED = ("delta", "whole", "checksum", "content")


@pytest.fixture(autouse=True, scope="module")
def _tables_are_copied():
    """As those of every new library in the tests."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(plain_in, "migrating", storage.migrating)
        yield


@pytest.fixture(scope="module")
def whole(tmp_path_factory) -> Path:
    """The library that uses every field, with rows, ledgers, sent papers and states besides."""
    path = tmp_path_factory.mktemp("全") / GOLDEN.name
    shutil.copyfile(GOLDEN, path)
    shutil.copytree(GOLDEN.with_suffix(".files"), path.with_suffix(".files"))
    desk = open_desk(path, clock=clock)
    try:
        row = history_world.TRAINING | {"who": "钱副"}
        kept = desk.ledgers.save(desk.ledgers.read("training", row))
        for hours in ("6", "4"):
            changed = desk.ledgers.read("training", row | {"hours": hours}, kept.id)
            desk.ledgers.save(changed)
        own = desk.ledger_styles.define(desk.ledger_styles.new("身边无三违")).ledger
        desk.ledger_styles.switch(own.code, shown=False)
        gone = desk.ledgers.save(desk.ledgers.read("training", row | {"topic": "录错的"}))
        desk.ledgers.of("training").delete(gone.id, "录错了")
        desk.sending.send(Period(2026, 3, 1), date(2026, 4, 2))
        scope, blank = FormScope(period=Period(2026, 3, 1)), path.with_name("上级空表.docx")
        shutil.copyfile(forms.MONTH, blank)
        view = desk.blank_forms.open(blank, scope)
        desk.blank_forms.confirm(view.form, view.chosen, blank, scope)
    finally:
        desk.close()
    opened = storage.Library.open(path, write=True)
    with opened.changing(Topic.SETTINGS) as work:
        for name, value in {"text": '字"', "digits": "5", "number": 5, "yes": True}.items():
            work.settings.put(f"plain.{name}", value)
    opened.close()
    return path


@pytest.fixture(scope="module")
def out(whole) -> Path:
    return export_all(whole, whole.with_name("全部"), as_of=AS_OF, clock=clock).folder


@pytest.fixture(scope="module")
def back(whole, out) -> Path:
    path = whole.with_name("读回.dangjian")
    import_all(out, path)
    return path


@pytest.fixture
def folder(out, tmp_path) -> Path:
    """A copy of the folder, to be spoilt."""
    return Path(shutil.copytree(out, tmp_path / "拷贝"))


def dump(path: Path) -> dict[str, list[dict]]:
    """Every row of every table that is told, by what it says and not by numbers in the file."""
    with raw(path) as connection:
        tables = plain_tables(connection)
        uids = {
            name: dict(connection.execute(f'SELECT id, uid FROM "{name}"').fetchall())
            for name in ("member", "meeting", "project", "record")
        }
        found = {}
        for name, table in tables.items():
            cursor = connection.execute(f'SELECT * FROM "{name}" ORDER BY id')
            heads = [column[0] for column in cursor.description]
            rows = [dict(zip(heads, values, strict=True)) for values in cursor]
            for row in rows:
                row.pop("id")
                for column in (table.above_by, *table.names):
                    if row.get(column) is not None:
                        row[column] = uids[column.removesuffix("_id")][row[column]]
                for column in PACKED if name == "revision" else ():
                    row.pop(column)
            found[name] = sorted(map(repr, rows))
    found["setting"] = [r for r in found["setting"] if not any(k in r for k in SETTINGS_LEFT_OUT)]
    return found


def test_every_table_comes_back_row_by_row(whole, back):
    was, now = dump(whole), dump(back)
    assert [name for name in was if was[name] != now[name]] == []
    assert was.keys() == now.keys()
    assert verify(back) == ()


def test_every_table_of_the_library_is_told_or_named_with_a_reason(back):
    with raw(back) as connection:
        found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        names = {name for (name,) in found if not name.startswith("sqlite")}
        told = plain_tables(connection)
    assert {name for name in names - told.keys() if not left_out(name)} == set()
    assert {*metadata.tables} <= told.keys() | LEFT_OUT.keys()
    # Whoever leaves another one out says so here, too: nobody is to be locked in.
    assert LEFT_OUT.keys() == {"draft", "entry", "terms", "chain", "alembic_version"} <= names
    assert len(SETTINGS_LEFT_OUT) == 10
    assert all(LEFT_OUT.values())
    assert all(SETTINGS_LEFT_OUT.values())


def test_what_is_shown_counted_and_printed_is_the_same(whole, back, tmp_path):
    told = []
    for number, path in enumerate((whole, back)):
        desk = open_desk(path, write=False, clock=clock)
        try:
            minutes = [
                desk.printing.preview("minutes", uid, Wanted(day=AS_OF))
                for uid in desk.meetings.find()
            ]
            sent = [v.files for v in desk.sending.versions(Period(2026, 3, 1))]
            everything = shown(desk, LIBRARIES["全字段"])
            told.append((everything, files(desk, tmp_path / str(number)), minutes, sent))
        finally:
            desk.close()
    assert told[0] == told[1]


def test_a_form_that_is_known_comes_back_with_its_blank(back, out):
    desk = open_desk(back, clock=clock)
    try:
        [known] = desk.blank_forms.known()
        assert known.name == "上级空表.docx"
        assert known.path.read_bytes() == forms.MONTH.read_bytes()
        assert desk.blank_forms.open(known.path, FormScope(), name=known.name).kept
    finally:
        desk.close()
    assert (out / "附件" / "上级空表.docx").read_bytes() == forms.MONTH.read_bytes()


def test_every_state_that_a_record_had_comes_back(whole, back):
    told = []
    for path in (whole, back):
        desk = open_desk(path, write=False, clock=clock)
        with desk._library.reading() as work:
            states = {
                (store.subject, uid, revision.number): store.content_of(uid, revision.number)
                for store in work.stores()
                for uid in [*store.ids(), *_binned(work, store.subject)]
                for revision in store.revisions(uid)
            }
        desk.close()
        told.append(states)
    assert told[0] == told[1]
    assert sum(number > 2 for *_, number in told[0]) >= 3


def _binned(work, subject):
    return [thrown.uid for thrown in work.thrown() if thrown.subject == subject]


def test_people_find_tables_minutes_and_a_guide(out):
    names = {file.relative_to(out).as_posix() for file in out.rglob("*") if file.is_file()}
    minutes = [name for name in names if name.startswith("会议记录/2026年/")]
    assert {Path(name).suffix for name in minutes} == {".docx", ".pdf"}
    assert {
        "说明.txt",
        "表格/党员名册.xlsx",
        "表格/项目记录.xlsx",
        "台账/教育培训学时.xlsx",
    } <= names
    assert any(name.startswith("报出/") and name.endswith("（第1版）.pdf") for name in names)
    sheet = load_workbook(out / "台账" / "教育培训学时.xlsx").active
    assert any("安全规程" in map(str, row) for row in sheet.iter_rows(values_only=True))
    assert {"附件/摸底表.txt", "附件/照片 1.txt", "附件/移去.txt"} <= names
    told = (out / "说明.txt").read_text(encoding="utf-8-sig")
    assert all(reason in told for reason in LEFT_OUT.values())
    member = json.loads((out / "数据" / "member.json").read_text(encoding="utf-8"))["rows"][0]
    assert [span for span in member["member_span"] if span["subject"] == "post"]
    meetings = json.loads((out / "约定格式" / "meeting.json").read_text(encoding="utf-8"))
    assert {"kinds", "attendance", "agenda"} <= meetings[0].keys()


def test_the_same_library_gives_the_same_folder_and_one_that_is_there_stays(back, out):
    again = export_all(back, out, as_of=AS_OF)
    assert again.folder == out.with_name(f"{out.name}（2）")
    one, other = (json.loads((f / MANIFEST).read_text("utf-8")) for f in (out, again.folder))
    sums = [{e["path"]: e["sha256"] for e in told["files"]} for told in (one, other)]
    assert sums[0] == sums[1]


def test_what_is_missing_or_changed_is_refused_at_once_with_every_file(folder, tmp_path):
    (folder / "数据" / "member.json").unlink()
    changed = folder / "数据" / "meeting.json"
    changed.write_bytes(changed.read_bytes().replace(b"2026", b"2025", 1))
    with pytest.raises(InputError) as refused:
        import_all(folder, tmp_path / "新.dangjian")
    told = {issue.field: issue.message for issue in refused.value.issues}
    assert told.keys() == {"数据/member.json", "数据/meeting.json"}
    assert "不见了" in told["数据/member.json"]
    assert "不一样" in told["数据/meeting.json"]
    assert sorted(tmp_path.iterdir()) == [folder]


def test_a_library_with_anything_in_it_is_refused_and_stays(folder, tmp_path):
    desk = Desk(a_library(tmp_path / "有"), clock)
    desk.close()
    before = desk.path.read_bytes()
    with pytest.raises(BlockedError, match="党员10条"):
        import_all(folder, desk.path)
    assert desk.path.read_bytes() == before


def test_an_empty_library_takes_it_and_keeps_a_copy_of_what_it_was(folder, tmp_path):
    new_library(tmp_path / "空.dangjian", Branch(name="别的支部")).close()
    done = import_all(folder, tmp_path / "空.dangjian")
    desk = open_desk(tmp_path / "空.dangjian", write=False, clock=clock)
    assert desk.branch.get().name == "中共金样公司机电队支部委员会"
    assert (
        done.records["member"] == len({*desk.roster.find(), *desk.roster.find(present=False)}) + 1
    )
    assert len(desk.copies.kept()) == 1
    desk.close()


def reseal(folder: Path, name: str) -> None:
    """The manifest says of the file what it is now."""
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    entry = next(entry for entry in manifest["files"] if entry["path"] == name)
    file = folder / name
    entry |= {"size": file.stat().st_size, "sha256": sha256_of(file)}
    (folder / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ('"name": "钱副"', '"name": "钱福"'),  # the checksum of the record tells
        ('"name": "钱副"', '"name": 5'),
        ('"name": "钱副"', '"nobody": "钱副"'),
        ('"rows": [', '"rows": [5,'),
        ('{"table"', '"table"'),
    ],
)
def test_data_that_contradict_are_refused_and_nothing_is_made(folder, tmp_path, was, now):
    file = folder / "数据" / "member.json"
    text = file.read_text(encoding="utf-8")
    assert was in text
    file.write_text(text.replace(was, now, 1), encoding="utf-8")
    reseal(folder, "数据/member.json")
    with pytest.raises(InputError, match="互相矛盾"):
        import_all(folder, tmp_path / "新.dangjian")
    assert sorted(tmp_path.iterdir()) == [folder]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (None, "不是全部导出的文件夹"),
        ("{", "已损坏"),
        ("[]", "已损坏"),
        ('{"format": 1, "schema": "7", "records": {}, "problems": [], "files": []}', "已损坏"),
        ('{"format": 99, "schema": 7, "records": {}, "problems": [], "files": []}', "更新版本"),
        ('{"format": 1, "schema": 999, "records": {}, "problems": [], "files": []}', "更新版本"),
        (
            '{"format": 1, "schema": 7, "records": {}, "problems": [], "files":'
            ' [{"path": "../外面", "size": 1, "sha256": ""}]}',
            "1个文件不对",
        ),
    ],
)
def test_a_manifest_that_says_nothing_is_refused(tmp_path, text, words):
    folder = tmp_path / "夹"
    folder.mkdir()
    (tmp_path / "外面").write_text("1", encoding="utf-8")
    if text is not None:
        (folder / MANIFEST).write_text(text, encoding="utf-8")
    with pytest.raises((InputError, BlockedError), match=words):
        import_all(folder, tmp_path / "新.dangjian")
    assert not (tmp_path / "新.dangjian").exists()


def test_stopped_half_way_nothing_is_left(whole, out, tmp_path):
    def stop(done, total, _words):
        if total and done == 2:
            raise Cancelled

    for act in (
        lambda: export_all(whole, tmp_path / "出", clock=clock, progress=stop),
        lambda: import_all(out, tmp_path / "新.dangjian", progress=stop),
    ):
        with pytest.raises(Cancelled):
            act()
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_told_and_nothing_is_left(whole, out, tmp_path, monkeypatch):
    def full(*_, **__):
        raise OSError(errno.ENOSPC, "")

    monkeypatch.setattr(Path, "write_text", full)
    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(BlockedError, match="磁盘已满"):
        export_all(whole, tmp_path / "出", clock=clock)
    with pytest.raises(BlockedError, match="磁盘已满"):
        import_all(out, tmp_path / "新.dangjian")
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def _no_sheets(monkeypatch):
    """What takes the time: a workbook for each of the ledgers that are shipped."""
    monkeypatch.setattr(everything_papers.LedgerService, "all", lambda _: ())


@pytest.mark.usefixtures("_no_sheets")
def test_what_was_wrong_before_is_wrong_after_and_is_told(tmp_path):
    desk = history_world.a_desk(tmp_path / "库")
    row = history_world.put_row(desk)
    for topic in ("一", "二"):
        desk.ledgers.save(replace(row, values={**row.values, "topic": topic}))
    desk.close()
    with raw(desk.path, write=True) as connection:
        connection.execute("UPDATE revision SET checksum = '1:0' WHERE number = 2")
    exported = export_all(desk.path, tmp_path / "出", clock=clock)
    assert ["第2次保存" in problem for problem in exported.problems] == [True]
    assert exported.problems[0] in (exported.folder / "说明.txt").read_text(encoding="utf-8-sig")
    done = import_all(exported.folder, tmp_path / "新.dangjian")
    assert done.problems == exported.problems == verify(tmp_path / "新.dangjian")


@pytest.mark.usefixtures("_no_sheets")
def test_a_record_that_is_only_declared_joins_by_itself(tmp_path, monkeypatch):
    declare_letters(monkeypatch)
    desk = Desk(a_library(tmp_path / "库"), clock)
    letter = {"day": "2026-03-05", "person": "李四方", "matter": "井口没有暖气"}
    [uid] = desk.shared["letter"].import_json([letter])["ids"]
    desk.close()
    exported = export_all(desk.path, tmp_path / "出", clock=clock)
    told = json.loads((exported.folder / "约定格式" / "letter.json").read_text(encoding="utf-8"))
    assert [each["id"] for each in told] == [uid]
    assert list((exported.folder / "表格").glob("*来信*.xlsx"))
    import_all(exported.folder, tmp_path / "新.dangjian")
    again = open_desk(tmp_path / "新.dangjian", write=False, clock=clock)
    assert again.shared["letter"].one(uid).matter == "井口没有暖气"
    again.close()


def test_what_an_older_version_told_is_put_into_its_own_tables(tmp_path, monkeypatch):
    monkeypatch.setattr(plain_in, "migrating", migrating)
    path = tmp_path / "旧.dangjian"
    plain_in.plant(path, 6, [("setting", {"key": "theme", "value": ["a"]})], {}.__getitem__)
    with raw(path) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (6,)
        assert connection.execute("SELECT value FROM setting").fetchone() == ('["a"]',)
