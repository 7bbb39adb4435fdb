"""What becomes of a package: sent again, changed since, frozen, answered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from dangjian_desktop.errors import InputError
from dangjian_desktop.services.library.purging import PurgeService
from dangjian_desktop.services.meetings.meetings import MeetingService
from dangjian_desktop.services.record_services import service_of
from dangjian_desktop.services.submissions.following import FollowUpService
from dangjian_desktop.services.submissions.packages import PackageService
from dangjian_desktop.storage.copies.checks import verify
from tests.services.submissions.sending_world import (
    LATER,
    NOW,
    ORDER,
    SMALL,
    contents,
    reply,
    rows,
)


def test_returned_and_sent_again_it_is_the_second_version_beside_the_first(
    library, service, tmp_path
):
    first = service.make(SMALL, tmp_path / "一").package
    follow = FollowUpService(library, NOW)
    told = {"returned": date(2026, 4, 7), "reason": "应到人数与名册不符"}
    answered = follow.answer(first.id, reply(tmp_path, "机关党支部：请核对应到人数。"), **told)
    assert answered.reply_text == "机关党支部：请核对应到人数。"
    assert [file.name for file in answered.reply] == ["意见.docx"]
    row = rows(library)["党员名册"]
    assert (row["returned"], row["return_reason"]) == ("2026-04-07", "应到人数与名册不符")
    again = replace(SMALL, day=date(2026, 4, 8))
    second = service.make(again, tmp_path / "二").package
    assert (second.version, second.title) == (2, "2026年3月报送公司党委（第2版）")
    row = rows(library)["党员名册"]
    assert (row["sent_on"], row["resent"], row["version"]) == ("2026-03-31", "2026-04-08", 2)
    [roster] = [data for name, data in contents(tmp_path / "二").items() if "花名册" in name]
    assert "报送：公司党委（第2版）" in str(load_workbook(BytesIO(roster)).active["A2"].value)
    PackageService(library, LATER).write(first.id, tmp_path / "三")
    assert contents(tmp_path / "三") == contents(tmp_path / "一")
    records = service_of(library, "package")
    assert [package.version for package in records.all()] == [2, 1]
    assert records.revision(first.id) == 2


def test_what_changed_after_it_went_up_is_named(library, service, tmp_path):
    package = service.make(ORDER, tmp_path / "一").package
    follow = FollowUpService(library, LATER)
    assert follow.changes(package.id) == ()
    meetings = MeetingService(library)
    [uid] = meetings.find()
    meetings.save(replace(meetings.one(uid), place="二楼会议室"))
    [change] = follow.changes(package.id)
    assert change.title == "会议记录"
    assert "三楼会议室" in change.words
    assert "二楼会议室" in change.words
    meetings.delete(uid, "重复")
    changed = {each.title: each.words for each in follow.changes(package.id)}
    assert "现在不能再生成" in changed["会议记录"]
    assert "支部党员大会" in changed["工作汇总"] or "次" in changed["工作汇总"]


def test_a_package_stays_as_it_went_up_whoever_saves_it(library, service, tmp_path):
    package = service.make(SMALL, tmp_path / "一").package
    records = service_of(library, "package", NOW)
    with pytest.raises(InputError) as refused:
        records.save(replace(package, recipient="别处", files=()))
    assert {issue.field for issue in refused.value.issues} == {"recipient", "files"}
    records.save(replace(package, note="已当面交"))
    [plain] = records.as_json([records.one(package.id)])
    assert records.import_json(plain)["unchanged"] == [package.id]
    with pytest.raises(InputError) as refused:
        records.import_json(plain | {"version": 3})
    assert "定稿" in refused.value.issues[0].message


def test_a_reply_to_another_branch_is_refused_unless_it_is_meant(library, service, tmp_path):
    package = service.make(SMALL, tmp_path / "一").package
    follow, file = FollowUpService(library, NOW), reply(tmp_path, "请综采一队党支部补报。")
    with pytest.raises(InputError, match="综采一队党支部"):
        follow.answer(package.id, file)
    assert service_of(library, "package").one(package.id).reply == ()
    assert follow.answer(package.id, file, force=True).reply_text == "请综采一队党支部补报。"
    with pytest.raises(InputError):
        follow.answer(package.id, returned=date(2026, 3, 1), reason="早")


def test_words_of_the_superior_are_kept_as_they_were_typed(library, service, tmp_path):
    package = service.make(SMALL, tmp_path / "一").package
    follow = FollowUpService(library, NOW)
    with pytest.raises(InputError, match="没有要保存的"):
        follow.answer(package.id, text=" ")
    with pytest.raises(InputError, match="综采一队党支部"):
        follow.answer(package.id, text="请综采一队党支部补报。")
    assert follow.answer(package.id, text=" 第2项请补全 ").reply_text == "第2项请补全"


def test_a_second_return_stays_beside_the_first_and_needs_a_reason(library, service, tmp_path):
    follow = FollowUpService(library, NOW)
    first = service.make(SMALL, tmp_path / "一").package
    with pytest.raises(InputError, match="没有写明退回原因"):
        follow.answer(first.id, returned=date(2026, 4, 7))
    follow.answer(first.id, returned=date(2026, 4, 7), reason="少了签字")
    second = service.make(replace(SMALL, day=date(2026, 4, 8)), tmp_path / "二").package
    follow.answer(second.id, returned=date(2026, 4, 9), reason="人数不符")
    row = rows(library)["党员名册"]
    assert row["returned"] == "2026-04-09"
    first_one, second_one = row["return_reason"].split("\n")
    assert first_one == "2026年4月7日退回，2026年4月8日重报：少了签字"
    assert second_one == "第2版：人数不符"


def test_a_package_in_the_bin_is_said_to_be_there(library, service, tmp_path):
    package = service.make(SMALL, tmp_path / "一").package
    service_of(library, "package", NOW).delete(package.id, "重复")
    with pytest.raises(InputError, match="在回收站里"):
        service.write(package.id, tmp_path / "二")


def test_what_went_up_is_not_purged_and_says_why(library, service, tmp_path):
    package = service.make(SMALL, tmp_path / "一").package
    service_of(library, "package").delete(package.id, "误录")
    with pytest.raises(InputError) as caught:
        PurgeService(library, NOW).plan([package.id])
    [issue] = caught.value.issues
    assert "已经报出，留底要与上级手里的一致" in issue.message


def test_a_sitting_goes_and_its_minutes_that_went_up_stay(library, service, tmp_path):
    package = service.make(ORDER, tmp_path / "一").package
    meetings = MeetingService(library)
    [uid] = meetings.find()
    meetings.delete(uid, "误录")
    plan = PurgeService(library, NOW).plan([uid])
    assert plan.sent > 0
    assert any("已报出的文件" in line and "留底不能少" in line for line in plan.staying)
    PurgeService(library, NOW).purge([uid], "按规定销毁")
    PackageService(library, LATER).write(package.id, tmp_path / "二")
    assert contents(tmp_path / "二") == contents(tmp_path / "一")
    assert verify(library.path) == ()
    assert FollowUpService(library, LATER).changes(package.id) is not None
