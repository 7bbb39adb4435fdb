"""Packages that go up: what is in them, what is kept of them, and that they go whole or not."""

from __future__ import annotations

import json
import shutil
from contextlib import closing
from dataclasses import replace
from datetime import date
from hashlib import sha256
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.submissions.asked import AskedMaterial
from dangjian_desktop.domain.submissions.package import Profile
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.errors import BlockedError, Cancelled, InputError
from dangjian_desktop.services.ledgers.ledgers import LedgerService
from dangjian_desktop.services.library.drafts import DraftService
from dangjian_desktop.services.submissions import delivering, packages
from dangjian_desktop.services.submissions.packages import PackageService
from dangjian_desktop.services.summaries.sending import SendingService
from dangjian_desktop.storage import library as libraries
from dangjian_desktop.storage.copies.checks import verify
from dangjian_desktop.storage.library import Library
from tests.domain.make_projects import a_project
from tests.services.submissions.sending_world import (
    DAY,
    ID,
    LATER,
    MARCH,
    NAMES,
    NOW,
    ORDER,
    PHONE,
    SMALL,
    contents,
    kept,
    rows,
    words_of,
)


def test_it_has_every_paper_and_sheet_its_list_and_a_manifest_that_agrees(service, tmp_path):
    out = tmp_path / "出"
    done = service.make(ORDER, out)
    found = contents(out)
    assert set(found) == NAMES | {"清单.xlsx", "manifest.json"}
    assert done.manifest == out / "manifest.json"
    manifest = json.loads(found["manifest.json"])
    told = {file["name"]: (file["sha256"], file["size"]) for file in manifest["files"]}
    real = {n: (sha256(d).hexdigest(), len(d)) for n, d in found.items() if n != "manifest.json"}
    assert told == real
    assert manifest["counts"] == {"files": 8, "materials": 3, "docx": 3, "pdf": 3, "xlsx": 2}
    for name, data in found.items():
        if name.endswith(".docx"):
            assert "按 2026-03-31 的情况打印　报送：公司党委" in words_of(data)
        if name.endswith(".pdf"):
            assert data.startswith(b"%PDF")
    sheet = load_workbook(BytesIO(found["清单.xlsx"])).active
    listed = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert {row[2] for row in listed} >= NAMES
    roster = load_workbook(BytesIO(found["中共测试公司机关党支部_党员花名册_202603.xlsx"])).active
    assert "报送：公司党委" in str(roster["A2"].value)


def test_the_same_library_and_day_give_the_same_bytes_whenever_and_wherever(made, tmp_path):
    written = []
    for number, clock in enumerate((NOW, LATER)):
        path = shutil.copy(made, tmp_path / f"{number}.dangjian")
        with closing(Library.open(path, write=True)) as opened:
            service = PackageService(opened, clock)
            for packed in (False, True):
                out = tmp_path / f"{number}{packed}"
                service.make(replace(ORDER, packed=packed), out)
                written.append(contents(out))
    assert written[0] == written[2]
    assert written[1] == written[3]
    [packed] = written[1].values()
    with ZipFile(BytesIO(packed)) as file:
        assert {name: file.read(name) for name in file.namelist()} == written[0]


def test_made_again_from_what_has_not_changed_it_is_the_same_package(library, service, tmp_path):
    first = service.make(SMALL, tmp_path / "一")
    before = kept(library)
    again = PackageService(library, LATER).make(SMALL, tmp_path / "二")
    assert (again.again, again.package.id) == (True, first.package.id)
    assert contents(tmp_path / "一") == contents(tmp_path / "二")
    assert kept(library) == before
    other = service.make(replace(SMALL, recipient="工会"), tmp_path / "三")
    assert (other.again, other.package.version) == (False, 1)


def test_every_content_is_kept_once_and_a_copy_of_the_library_is_whole(library, service, tmp_path):
    done = service.make(SMALL, tmp_path / "一")
    assert {file.version for file in done.package.files} == {1}
    assert kept(library)[1] == 2
    # The recipient stands in the foot: what goes to another one is other bytes, but not the form.
    form = tmp_path / "表.xlsx"
    form.write_bytes(b"form")
    order = replace(SMALL, papers=(), files=(form,))
    for number, recipient in enumerate(("甲", "乙")):
        service.make(replace(order, recipient=recipient), tmp_path / f"表{number}")
    with library.reading() as work:
        assert len(work.sent.of("file", "表.xlsx")) == 1
    path = library.path
    library.close()
    assert verify(path) == ()


def test_a_summary_in_a_package_is_a_version_of_the_summary(library, service, tmp_path):
    service.make(ORDER, tmp_path / "一")
    [sent] = SendingService(library, NOW).versions(MARCH)
    assert (sent.version, sent.day, sent.until) == (1, DAY, DAY)
    data = contents(tmp_path / "一")["中共测试公司机关党支部_工作月报_202603.docx"]
    assert sent.files["docx"] == data
    assert "报送日期" in words_of(data)


def test_masked_leaves_no_number_in_papers_sheets_and_text(service, tmp_path):
    service.make(replace(ORDER, profile=Profile.MASKED), tmp_path / "遮")
    service.make(ORDER, tmp_path / "全")
    full, masked = contents(tmp_path / "全"), contents(tmp_path / "遮")
    seen = 0
    for name in NAMES:
        texts = []
        for data in (full[name], masked[name]):
            if name.endswith(".docx"):
                texts.append(words_of(data))
            elif name.endswith(".xlsx"):
                cells = load_workbook(BytesIO(data)).active.iter_rows()
                texts.append("\n".join(str(cell.value) for row in cells for cell in row))
        if texts and (ID in texts[0] or PHONE in texts[0]):
            seen += 1
            assert ID not in texts[1]
            assert PHONE not in texts[1]
            assert "138****1234" in texts[1]
    assert seen == 3


def test_a_ledger_that_may_not_leave_masked_stops_it_with_every_reason(library, service, tmp_path):
    service.make(SMALL, tmp_path / "先")
    before = kept(library)
    papers = ("ledger:submissions.xlsx", "ledger:visits:1", "roster")
    order = replace(SMALL, profile=Profile.MASKED, papers=papers)
    with pytest.raises(BlockedError) as refused:
        service.make(order, tmp_path / "出")
    assert "报送登记" in str(refused.value.issues[0].message)
    assert kept(library) == before
    assert not (tmp_path / "出").exists()


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("new", [False, True])
def test_a_full_stick_leaves_nothing_of_it(library, service, tmp_path, monkeypatch, packed, new):
    out = tmp_path / "盘"
    if not new:
        out.mkdir()
        (out / "别的.txt").write_text("在", encoding="utf-8")
    sync, done = delivering.sync_file, []

    def full(path):
        done.append(path)
        if packed or len(done) == 3:
            raise OSError(28, "No space left on device")
        sync(path)

    monkeypatch.setattr(delivering, "sync_file", full)
    with pytest.raises(BlockedError, match="磁盘空间不足"):
        service.make(replace(SMALL, packed=packed), out)
    assert kept(library) == (0, 0, 0)
    left = [file.name for file in out.iterdir()] if out.exists() else []
    assert left == ([] if new else ["别的.txt"])


@pytest.mark.parametrize("packed", [False, True])
def test_what_cannot_be_kept_is_taken_back_from_the_stick(
    library, service, tmp_path, monkeypatch, packed
):
    def failing(_connection, **_how):
        raise BlockedError("不能保存。")

    monkeypatch.setattr(libraries, "renew_state", failing)
    with pytest.raises(BlockedError, match="不能保存"):
        service.make(replace(SMALL, packed=packed), tmp_path / "出")
    assert kept(library) == (0, 0, 0)
    assert not (tmp_path / "出").exists()


def test_it_tells_how_far_it_is_and_stops_where_it_is_asked_to(library, service, tmp_path):
    told = []
    service.make(SMALL, tmp_path / "一", lambda *step: told.append(step))
    said = {text for _, _, text in told}
    assert said >= {"正在汇集党员名册", "正在生成党员名册", "正在写入清单.xlsx"}
    before = kept(library)
    for place in (0, len(told) // 2, len(told) - 1):
        steps = iter(range(len(told)))

        def stop(_done, _total, _text, steps=steps, place=place):
            if next(steps) == place:
                raise Cancelled

        with pytest.raises(Cancelled):
            service.make(replace(SMALL, recipient="工会"), tmp_path / "二", stop)
        assert kept(library) == before
        assert not (tmp_path / "二").exists()


def test_a_change_meanwhile_is_told_and_nothing_is_kept(library, service, tmp_path, monkeypatch):
    ready = packages.PackageService._ready

    def slow(self, *given):
        found = ready(self, *given)
        with library.changing() as work:
            work.settings.put("other", 1)
        return found

    monkeypatch.setattr(packages.PackageService, "_ready", slow)
    with pytest.raises(BlockedError, match="刚刚有了改动"):
        service.make(SMALL, tmp_path / "出")
    assert kept(library) == (0, 0, 0)


def test_what_is_typed_meanwhile_and_not_saved_is_no_change(
    library, service, tmp_path, monkeypatch
):
    ready = packages.PackageService._ready

    def slow(self, *given):
        found = ready(self, *given)
        DraftService(library).put("meeting", "m", {"title": "还在写"})
        return found

    monkeypatch.setattr(packages.PackageService, "_ready", slow)
    first = service.make(SMALL, tmp_path / "出")
    assert kept(library)[0] == 1
    DraftService(library).drop("meeting", "m")
    again = service.make(SMALL, tmp_path / "再")
    assert again.again
    assert again.package == first.package


def test_a_row_of_the_ledger_for_each_material_and_no_day_is_made_up(library, service, tmp_path):
    ledgers = LedgerService(library, NOW)
    planned = {"material": "党支部工作月报", "kind": "月报", "for_period": "2026年3月"}
    planned |= {"sent_to": "公司党委", "due_day": "2026-04-05", "senders": ["李四"]}
    ledgers.save(ledgers.read("submissions", planned))
    asked = (
        AskedMaterial("工作月报", ("pdf",)),
        AskedMaterial("党员花名册", ("xlsx",), date(2026, 4, 8)),
        AskedMaterial("述职报告"),
    )
    done = service.make(
        replace(ORDER, papers=(), asked=asked, day=date(2026, 4, 3)), tmp_path / "出"
    )
    assert done.package.missing == ("述职报告",)
    assert done.unregistered == ()
    found = rows(library)
    assert set(found) == {"党支部工作月报", "党员花名册"}
    report, roster = found["党支部工作月报"], found["党员花名册"]
    assert (report["due_day"], report["sent_on"], report["senders"]) == (
        *("2026-04-05", "2026-04-03"),
        ["李四"],
    )
    assert (roster["due_day"], roster["sent_on"], roster["version"]) == (
        "2026-04-08",
        "2026-04-03",
        1,
    )
    assert {name.rpartition(".")[2] for name in contents(tmp_path / "出")} == {
        "pdf",
        "xlsx",
        "json",
    }
    service.make(replace(ORDER, papers=("minutes",), recipient="工会"), tmp_path / "二")
    minutes = rows(library)["会议记录"]
    assert (minutes["due_day"], minutes["sent_on"], minutes["kind"]) == (
        None,
        "2026-03-31",
        "meetings",
    )
    sheet = [row for row in ledgers.as_json("submissions") if row["values"]["sent_to"] == "工会"]
    assert [row["period"] for row in sheet] == ["2026-03"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"recipient": " "}, "没有写明报送单位"),
        ({"as_of": date(2026, 5, 1)}, "不能在今天"),
        ({"as_of": date(2026, 2, 1)}, "还没有到"),
        ({"day": date(2026, 3, 1)}, "报出日期应在"),
        ({"papers": ()}, "没有选定"),
        ({"papers": ("没有这个",)}, "没有名为“没有这个”"),
        ({"pattern": "{支部}"}, "没有{材料}"),
        ({"papers": ("minutes",), "period": Period(2026, 2, 1)}, "没有可以报送的内容：会议记录"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_written(library, service, tmp_path, change, words):
    with pytest.raises(InputError, match=words):
        service.make(replace(ORDER, **change), tmp_path / "出")
    assert kept(library) == (0, 0, 0)
    assert not (tmp_path / "出").exists()


def test_sheets_of_which_the_period_has_nothing_are_missing_and_none_is_empty(service, tmp_path):
    papers = ("roster.xlsx", "projects.xlsx", "ledger:visits.xlsx")
    done = service.make(replace(SMALL, papers=papers), tmp_path / "出")
    assert done.package.missing == ("书记项目", "走访慰问与关怀帮扶")
    assert len(done.files) == 3


def test_the_projects_stand_in_their_sheet_as_they_did_on_the_day(library, service, tmp_path):
    with library.changing(Topic.PROJECTS) as work:
        work.projects.save(a_project())
    order = replace(SMALL, papers=("projects.xlsx",), profile=Profile.MASKED)
    service.make(replace(order, period=Period(2026, 1, 3)), tmp_path / "出")
    [data] = [d for name, d in contents(tmp_path / "出").items() if "书记项目" in name]
    sheet = load_workbook(BytesIO(data)).active
    title, remark, heads, first, foot = sheet.iter_rows(values_only=True)
    assert "书记项目情况表" in title[0]
    assert remark[0] == "截至2026年3月31日　报送：公司党委"
    told = dict(zip(heads, first, strict=True))
    assert (told["序号"], told["项目种类"], told["状态"]) == ("1", "书记项目", "草稿")
    assert foot[:2] == ("合计", "1个")


def test_files_that_are_given_go_out_as_they_are_and_masked_says_so(library, service, tmp_path):
    form = tmp_path / "机关党支部_党费收缴表_2026年3月.xlsx"
    form.write_bytes(b"form")
    order = replace(SMALL, papers=(), files=(form,), profile=Profile.MASKED)
    done = service.make(order, tmp_path / "出")
    assert any("没有遮盖" in words for words in done.unsure)
    again = service.make(replace(order, profile=Profile.FULL), tmp_path / "二")
    assert again.unsure == ()
    assert rows(library)["机关党支部_党费收缴表"]["kind"] == "dues"


def test_what_is_named_nearly_is_proposed(service, tmp_path):
    with pytest.raises(InputError) as refused:
        service.make(replace(SMALL, papers=("党员花名表",)), tmp_path / "出")
    assert "党员名册（roster）" in refused.value.remedy
    assert "minutes" not in refused.value.remedy


def test_names_follow_the_superior_and_fit_every_system(service, tmp_path):
    forms = []
    for name in ("CON", "表. ", "表", f"{'长' * 80}"):
        form = tmp_path / f"{name}.txt"
        form.write_text(name, encoding="utf-8")
        forms.append(form)
    pattern = "{序号}-{材料}-{时间}-{报送单位}"
    order = replace(ORDER, papers=("roster",), files=tuple(forms), pattern=pattern)
    service.make(order, tmp_path / "出")
    names = {name.rpartition(".")[0] for name in contents(tmp_path / "出")}
    assert "05-党员名册-202603-公司党委" in names
    assert all(len(name) <= 60 and not name.endswith((".", " ")) for name in names)
    assert any(name.endswith("-202603-公司党委") and "长长" in name for name in names)
    assert service.pattern("公司党委") == pattern
    service.make(replace(order, pattern=""), tmp_path / "二")
    assert {name.rpartition(".")[0] for name in contents(tmp_path / "二")} == names


def test_a_folder_in_which_something_lies_gets_a_folder_of_its_own(service, tmp_path):
    out = tmp_path / "盘"
    out.mkdir()
    (out / "别的.txt").write_text("在", encoding="utf-8")
    for _ in range(2):
        service.make(SMALL, out)
    assert sorted(file.name for file in out.iterdir() if file.is_dir()) == [
        "中共测试公司机关党支部_报送包_202603",
        "中共测试公司机关党支部_报送包_202603-2",
    ]
