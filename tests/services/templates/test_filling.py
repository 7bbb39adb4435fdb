"""A template filled from a real library."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.references import Link
from dangjian_desktop.errors import InputError
from dangjian_desktop.services.blank_forms.filling import FormScope
from dangjian_desktop.services.meetings.meetings import MeetingService
from dangjian_desktop.services.templates.filling import TemplateFile, TemplateFilling
from tests.documents.templates.test_templates import a_template
from tests.services.make import a_library, a_meeting, clock

MARCH = FormScope(period=Period.parse("2026-03"))


@pytest.fixture
def library(tmp_path):
    library = a_library(tmp_path)
    MeetingService(library, clock).import_json(a_meeting())
    yield library
    library.close()


@pytest.fixture
def service(library):
    return TemplateFilling(library, clock)


def a_file(path: Path, *texts: str, rows=()) -> TemplateFile:
    path.write_bytes(a_template(*texts, rows=rows))
    return TemplateFile.read(path)


def test_a_template_about_the_branch_is_filled(service, tmp_path):
    rows = [("{%tr for r in rows.members %}", ""), ("{{ r.number }}", "{{ r.name }}")]
    template = a_file(
        tmp_path / "情况报告.docx",
        "{{ branch.name }}{{ period.text }}正式党员{{ members.formal }}名",
        rows=[*rows, ("{%tr endfor %}", "")],
    )
    done = service.fill(template, MARCH, tmp_path / "出")
    made = docx.Document(str(done.file))
    assert made.paragraphs[0].text == "中共测试公司机关党支部2026年3月正式党员9名"
    assert len(made.tables[0].rows) == 10
    assert {row.cells[1].text for row in made.tables[0].rows} >= {"张三", "钱七"}
    assert "情况报告" in done.file.name
    assert done.unknown == ()


def test_a_template_about_one_sitting_is_filled(library, service, tmp_path):
    (uid,) = MeetingService(library, clock).find()
    template = a_file(tmp_path / "会.docx", "{{ meeting.title }}：{{ meeting.host }}主持")
    done = service.fill(template, FormScope(about=Link("meeting", uid)), tmp_path)
    made = docx.Document(str(done.file))
    assert made.paragraphs[0].text == "2026年第一季度支部党员大会：张三主持"


def test_what_is_not_known_stays_empty_and_is_told(service, tmp_path):
    template = a_file(tmp_path / "甲.docx", "上级：{{ branch.superior }}。")
    done = service.fill(template, MARCH, tmp_path / "出")
    assert docx.Document(str(done.file)).paragraphs[0].text == "上级：。"
    assert done.unknown == ("上级党组织",)


def test_every_misspelled_field_is_told_at_once_and_nothing_is_written(service, tmp_path):
    template = a_file(tmp_path / "错.docx", "标题", "{{ branch.nmae }}", "{{ nix }}")
    with pytest.raises(InputError, match="2处没有写对") as told:
        service.fill(template, MARCH, tmp_path / "出")
    words = [issue.message for issue in told.value.issues]
    assert words[0].startswith("第2段：没有“branch.nmae”")
    assert words[1].startswith("第3段：没有“nix”")
    assert not (tmp_path / "出").exists()
    assert [issue.message for issue in service.check(template, MARCH)] == words


def test_every_field_that_is_offered_fills(library, service, tmp_path):
    """None of the paths of the list is one that a template cannot use."""
    (uid,) = MeetingService(library, clock).find()
    asked = FormScope(about=Link("meeting", uid), period=MARCH.period)
    fields = service.fields(asked)
    texts = ["{{ " + field.path + " }}" for field in fields if not field.columns]
    texts += [
        "{% for r in " + field.path + " %}{{ r." + each.path + " }}{% endfor %}"
        for field in fields
        for each in field.columns
    ]
    template = a_file(tmp_path / "全部.docx", "".join(texts))
    assert service.fill(template, asked, tmp_path / "出").file.is_file()


def test_fields_of_a_record_ask_once_of_which_one(service, tmp_path):
    template = a_file(tmp_path / "信.docx", "{{ member.name }}", "{{ member.nmae }}", "{{ nix }}")
    words = [issue.message for issue in service.check(template, MARCH)]
    assert words == [
        "模板要填一条党员记录的内容，请先选定关于哪一条党员记录。",
        "第3段：没有“nix”这项内容。",
    ]
