"""Files that are given, what is asked again, and what workbooks tell of their maker."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from dangjian_desktop.domain.submissions.asked import AskedMaterial
from dangjian_desktop.domain.submissions.package import Profile
from dangjian_desktop.errors import InputError
from dangjian_desktop.services.meetings.meetings import MeetingService
from dangjian_desktop.services.record_files import RecordFiles
from dangjian_desktop.services.submissions.following import FollowUpService
from dangjian_desktop.services.submissions.packages import missing_words
from tests.services.submissions.sending_world import ID, NOW, PHONE, SMALL, contents, kept, rows


def test_a_file_with_numbers_of_people_does_not_go_out_masked_nor_in_its_name(
    library, service, tmp_path
):
    file = tmp_path / f"情况{ID}.txt"
    file.write_text(f"请打{PHONE}。", encoding="utf-8")
    order = replace(SMALL, papers=(), files=(file,))
    with pytest.raises(InputError, match="遮盖的报送包不能装入") as refused:
        service.make(replace(order, profile=Profile.MASKED), tmp_path / "出")
    assert ID not in str(refused.value)
    assert "138****1234" in str(refused.value)
    assert kept(library) == (0, 0, 0)
    done = service.make(order, tmp_path / "出")
    told = json.dumps(contents(tmp_path / "出")["manifest.json"].decode())
    assert not any(ID in text for text in (told, *map(str, done.files), *rows(library)))


def test_what_went_to_another_one_between_makes_no_new_version(service, tmp_path):
    first = service.make(SMALL, tmp_path / "一")
    service.make(replace(SMALL, recipient="工会"), tmp_path / "二")
    again = service.make(SMALL, tmp_path / "三")
    assert (again.again, again.package.id) == (True, first.package.id)


def test_what_is_asked_and_not_there_waits_in_the_ledger_till_it_is_sent(
    library, service, tmp_path
):
    due = date(2026, 4, 10)
    asked = (AskedMaterial("党员名册", ("pdf",)), AskedMaterial("述职报告", due=due))
    order = replace(SMALL, papers=(), asked=asked)
    service.make(order, tmp_path / "一")
    waiting = rows(library)["述职报告"]
    assert (waiting["due_day"], waiting["sent_on"], waiting["version"]) == (str(due), None, None)
    file = tmp_path / "述职报告.txt"
    file.write_text("述职", encoding="utf-8")
    service.make(replace(order, files=(file,)), tmp_path / "二")
    sent = rows(library)["述职报告"]
    assert (sent["due_day"], sent["sent_on"]) == (str(due), "2026-03-31")


def test_workbooks_name_the_branch_and_no_program(service, tmp_path):
    service.make(SMALL, tmp_path / "出")
    for name, data in contents(tmp_path / "出").items():
        if name.endswith(".xlsx"):
            book = load_workbook(BytesIO(data))
            assert book.properties.creator == "中共测试公司机关党支部"
            heights = [book.active.row_dimensions[row].height for row in (4, 5)]
            assert all(height and height >= 16 for height in heights)


def test_files_of_sittings_go_up_as_they_are_kept(library, service, tmp_path):
    scan = tmp_path / "签字记录.pdf"
    scan.write_bytes(b"%PDF-1.4 signed")
    file = RecordFiles(library).keep(scan)
    meetings = MeetingService(library)
    [uid] = meetings.find()
    meetings.save(replace(meetings.one(uid), files=(file,)))
    scan.unlink()
    asked = (AskedMaterial("签字扫描件"), AskedMaterial("党员名册", ("pdf",)))
    done = service.make(replace(SMALL, papers=(), asked=asked), tmp_path / "出")
    assert done.package.missing == ()
    [sent] = (tmp_path / "出").glob("*签字记录_20260318.pdf")
    assert sent.read_bytes() == b"%PDF-1.4 signed"
    assert FollowUpService(library, NOW).changes(done.package.id) == ()
    service.write(done.package.id, tmp_path / "二")
    assert contents(tmp_path / "二") == contents(tmp_path / "出")
    order = replace(SMALL, papers=("attachments",), profile=Profile.MASKED, recipient="工会")
    unsure = service.make(order, tmp_path / "三").unsure
    assert any("没有遮盖" in words for words in unsure)
    assert any("签字记录.pdf”是图片" in words for words in unsure)


def test_what_is_not_known_and_what_has_nothing_are_told_apart(service, tmp_path):
    asked = [AskedMaterial(title) for title in ("党员名册", "述职报告", "走访慰问台账")]
    done = service.make(replace(SMALL, papers=(), asked=tuple(asked)), tmp_path / "出")
    assert (done.package.missing, done.unknown) == (("述职报告", "走访慰问台账"), ("述职报告",))
    none, unknown = missing_words(done)
    assert ("走访慰问台账" in none, "述职报告" in unknown) == (True, True)


def test_one_line_may_ask_for_several_materials(library, service, tmp_path):
    asked = (AskedMaterial("党员大会会议记录及签到表", ("docx",)),)
    done = service.make(replace(SMALL, papers=(), asked=asked), tmp_path / "出")
    papers = {(file.paper, file.title) for file in done.package.files if file.paper != "list.xlsx"}
    assert papers == {("minutes", asked[0].title), ("signin", asked[0].title)}
    assert (done.unsure, done.package.missing) == ((), ())
    partly = (AskedMaterial("党员名册、述职报告", ("pdf",)),)
    done = service.make(replace(SMALL, papers=(), asked=partly), tmp_path / "二")
    assert any("“述职报告”" in words for words in done.unsure)


def test_what_is_internal_is_left_out_of_a_masked_package_by_a_list_and_said(service, tmp_path):
    asked = (AskedMaterial("党员名册", ("pdf",)), AskedMaterial("谈心谈话台账"))
    order = replace(SMALL, papers=(), asked=asked, profile=Profile.MASKED)
    done = service.make(order, tmp_path / "出")
    assert (done.withheld, done.package.missing) == (("谈心谈话台账",), ("谈心谈话台账",))
    [said] = missing_words(done)
    assert "只在内部使用" in said


@pytest.mark.parametrize(
    ("stem", "named"),
    [
        ("党费收缴表", "党费收缴表_202603"),
        ("中共测试公司机关党支部_党费收缴表_2026年2月", "党费收缴表_202602"),
        ("中共测试公司机关党支部_党费收缴表_202603", "党费收缴表_202603"),
        ("党费收缴表_2026年第一季度", "党费收缴表_2026年第一季度"),
        (f"党费收缴表（{ID}）_2026年3月", "党费收缴表_202603"),
    ],
)
def test_given_files_are_named_by_the_pattern_of_the_recipient(service, tmp_path, stem, named):
    file = tmp_path / f"{stem}.txt"
    file.write_text("党费", encoding="utf-8")
    order = replace(SMALL, files=(file,))
    what, _, when = named.rpartition("_")
    for number, pattern, told in (
        (1, "", f"中共测试公司机关党支部_{named}"),
        (2, "{时间}-{材料}-{支部}", f"{when}-{what}-中共测试公司机关党支部"),
    ):
        done = service.make(
            replace(order, pattern=pattern, recipient=f"上级{number}"), tmp_path / str(number)
        )
        assert f"{told}.txt" in {path.name for path in done.files}
        assert {path.name for path in done.files} >= {
            told.replace(when, "202603").replace(what, "党员花名册") + ".xlsx"
        }
