"""Word templates of the library within a package."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from zipfile import ZipFile

import docx
import pytest

from dangjian_desktop.domain.submissions.asked import AskedMaterial
from dangjian_desktop.domain.submissions.package import Profile
from dangjian_desktop.errors import BlockedError, InputError
from dangjian_desktop.services.meetings.meetings import MeetingService
from dangjian_desktop.services.submissions.following import FollowUpService
from dangjian_desktop.services.submissions.packages import PackageService
from dangjian_desktop.services.submissions.preparing import PreparingService
from dangjian_desktop.services.templates.keeping import TemplateService
from dangjian_desktop.storage.library import Library
from tests.services.submissions.sending_world import (
    LATER,
    MARCH,
    NOW,
    PHONE,
    SMALL,
    contents,
    kept,
    words_of,
)

BRANCH = "中共测试公司机关党支部"


@pytest.fixture
def keep(library, tmp_path):
    def made(title, *lines):
        file = docx.Document()
        for line in lines:
            file.add_paragraph(line)
        file.save(tmp_path / f"{title}.docx")
        return TemplateService(library, NOW).add(tmp_path / f"{title}.docx")

    return made


def asked_for(*titles):
    return replace(SMALL, papers=(), asked=tuple(AskedMaterial(title) for title in titles))


def test_a_kept_template_is_offered_matched_by_its_title_and_filled(
    library, service, keep, tmp_path
):
    keep("党建情况专报", "{{ branch.name }}现有正式党员{{ members.formal }}名。")
    offered = PreparingService(library, NOW).materials(MARCH)
    assert "党建情况专报（Word 模板）" in {each.title for each in offered}
    done = service.make(asked_for("党建情况专报"), tmp_path / "出")
    files = contents(tmp_path / "出")
    assert {f"{BRANCH}_党建情况专报_202603.{kind}" for kind in ("docx", "pdf")} < set(files)
    words = words_of(files[f"{BRANCH}_党建情况专报_202603.docx"])
    assert words.startswith(f"{BRANCH}现有正式党员")
    assert (done.unsure, done.package.missing) == ((), ())


def test_it_is_the_same_bytes_again_and_as_it_went_up(library, keep, tmp_path):
    keep("党建情况专报二", "{{ branch.name }}")
    other = tmp_path / "另一份.dangjian"
    shutil.copy(library.path, other)
    shutil.copytree(tmp_path / "支部.files", tmp_path / "另一份.files")
    order = asked_for("党建情况专报二")
    done = PackageService(library, NOW).make(order, tmp_path / "一")
    with ZipFile(next((tmp_path / "一").glob("*.docx"))) as file:
        assert {part.date_time[0] for part in file.infolist()} == {1980}
    again = Library.open(other, write=True)
    PackageService(again, LATER).make(order, tmp_path / "二")
    again.close()
    assert contents(tmp_path / "一") == contents(tmp_path / "二")
    PackageService(library, LATER).write(done.package.id, tmp_path / "三")
    assert contents(tmp_path / "一") == contents(tmp_path / "三")
    assert FollowUpService(library, NOW).changes(done.package.id) == ()


def test_one_about_a_sitting_is_filled_for_each_and_says_what_changed(
    library, service, keep, tmp_path
):
    keep("到会说明", "{{ meeting.place }}")
    done = service.make(asked_for("到会说明"), tmp_path / "出")
    name = f"{BRANCH}_到会说明_20260318.docx"
    assert name in contents(tmp_path / "出")
    meetings = MeetingService(library, NOW)
    [uid] = meetings.find()
    meetings.save(replace(meetings.one(uid), place="别处"))
    [change] = FollowUpService(library, NOW).changes(done.package.id)
    assert "现为“别处”" in change.words


def test_what_it_tells_of_people_does_not_go_out_masked(library, service, keep, tmp_path):
    loop = "{%p for r in rows.members %}"
    keep("通讯录", loop, "{{ r.name }} {{ r.phone }}", "{%p endfor %}")
    order = replace(asked_for("通讯录"), profile=Profile.MASKED)
    with pytest.raises(InputError) as refused:
        service.make(order, tmp_path / "出")
    told = str(refused.value)
    assert ("138****1234" in told, PHONE in told) == (True, False)
    assert kept(library) == (0, 0, 0)


def test_one_that_is_misspelled_or_about_a_member_is_refused_with_what_to_do(
    library, service, keep, tmp_path
):
    keep("证明", "{{ member.name }}")
    keep("写错", "{{ branch.nmae }}")
    with pytest.raises(BlockedError) as refused:
        service.make(asked_for("证明", "写错"), tmp_path / "出")
    told = json.dumps([issue.message for issue in refused.value.issues], ensure_ascii=False)
    assert all(words in told for words in ("再把文件另附", "写错"))
    assert not (tmp_path / "出").exists()
