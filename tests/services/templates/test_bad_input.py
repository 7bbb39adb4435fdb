"""What is wrong in a template or its data is told, with place and remedy; nothing half done."""

from __future__ import annotations

import errno
from io import BytesIO

import docx
import pytest
from PIL import Image

from dangjian_desktop.documents.templates import running
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.errors import BlockedError, InputError
from dangjian_desktop.services import files
from dangjian_desktop.services.blank_forms.filling import FormScope
from dangjian_desktop.services.meetings.meetings import MeetingService
from dangjian_desktop.services.rendering import Format
from dangjian_desktop.services.templates.filling import TemplateFile, TemplateFilling
from dangjian_desktop.services.templates.showing import pdf_of_view, write_view
from tests.documents.reading import pdf_texts
from tests.documents.templates.test_templates import a_template
from tests.services.make import a_library, a_meeting, clock

HARD = "A&B <第1条> “引”{{ 不是 }}"
ROWS = [
    ("日期", "会议"),
    ("{%tr for r in rows.meetings %}", ""),
    ("{{ r.date }}", "{{ r.title }}"),
    ("{%tr endfor %}", ""),
]


def saved(file) -> bytes:
    kept = BytesIO()
    file.save(kept)
    return kept.getvalue()


@pytest.fixture
def library(tmp_path):
    made = a_library(tmp_path)
    told = a_meeting(title=HARD, closing="一行\t格\n第二行 & <三>")
    MeetingService(made, clock).import_json(told)
    yield made
    made.close()


@pytest.fixture
def service(library):
    return TemplateFilling(library, clock)


def march(*given, **more):
    return FormScope(period=Period.parse("2026-03"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{{ branch.nam }}", "没有写对"),
        ("{{ rows.members }}", "没有写对"),
        ("{% for r in rows.members %}{{ r }}{% endfor %}", "没有写对"),
        ("｛｛branch.name｝｝", "没有写对"),
        ("{% for i in range(9999999) %}{% endfor %}", "要做的事太多"),
        ("{{ 'a' * 9999999999 }}", "要做的事太多"),
        ("{% for r in rows.members %}", "没有写对.*在第2段“{% for r in rows.members %}”附近"),
        ("{{ branch.name", "没有写对.*在第2段“{{ branch.name”附近"),
        ("{{ branch.name|nix }}", "没有的写法“nix”，在第2段"),
        ("{{ branch.__class__ }}", "没有写对"),
        ("{{ branch.name.__class__.__mro__ }}", "没有写对"),
        ("{{ ''.__class__ }}", "不允许的内容“__class__”"),
        ("{{ cycler.__init__.__globals__ }}", "不允许的内容“__init__”"),
        ("{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}", "停不"),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "套得太深"),
    ],
)
def test_a_template_that_is_wrong_is_told_and_nothing_is_written(
    service, tmp_path, monkeypatch, text, words
):
    monkeypatch.setattr(running, "SECONDS", 4.0)
    template = TemplateFile("情况.docx", a_template("标题", text))
    with pytest.raises(InputError, match=words) as told:
        service.fill(template, march(), tmp_path / "出")
    assert "情况.docx" in told.value.message
    assert told.value.remedy
    assert not (tmp_path / "出").exists()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{{ rows.members }}", "第2段：“党员名册”是名单，要逐条填写"),
        ("{% for r in rows.members %}{{ r }}{% endfor %}", "“党员名册”是名单"),
        ("｛｛branch.name｝｝", "第2段：“｛｛branch.name｝｝”的花括号写得不对"),
        ("{branch.name}", "第2段：“{branch.name}”的花括号写得不对"),
        ("{{ 支部名称 }}", "是不是“branch.name”（党支部名称）"),
        ("没有占位符", "模板里没有占位符"),
    ],
)
def test_the_check_names_it_with_its_place(service, text, words):
    [issue] = service.check(TemplateFile("情况.docx", a_template("标题", text)), march())
    assert words in issue.message


def test_lists_may_be_counted(service):
    template = TemplateFile("情况.docx", a_template("{{ rows.members|length }}人"))
    assert service.check(template, march()) == ()


def test_every_field_is_listed_whatever_it_is_about(service):
    listed = {field.path for field in service.every_field(march())}
    assert {"branch.name", "meeting.title", "member.name", "rows.meeting_agenda"} <= listed


def test_data_with_signs_of_markup_stay_what_they_are(service, tmp_path):
    rows = [*ROWS[:2], ("{{ r.title }}", "{{ r.closing }}"), ROWS[3]]
    done = service.fill(TemplateFile("表.docx", a_template(rows=rows)), march(), tmp_path)
    title, closing = docx.Document(str(done.file)).tables[0].rows[1].cells
    assert title.text == HARD
    assert closing.text == "一行\t格\n第二行 & <三>"
    assert len(closing.paragraphs) == 2


def test_a_period_without_records_leaves_lists_empty_and_says_so(service, tmp_path):
    template = TemplateFile("表.docx", a_template("{{ words.problems }}", rows=ROWS))
    done = service.fill(template, FormScope(period=Period.parse("2019-05")), tmp_path / "出")
    [table] = docx.Document(str(done.file)).tables
    assert [row.cells[0].text for row in table.rows] == ["日期"]
    assert set(done.unknown) == {"存在问题", "会议"}


def test_a_full_disk_in_the_middle_leaves_nothing(service, tmp_path, monkeypatch):
    def full(_file):
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(files, "sync_file", full)
    template = TemplateFile("表.docx", a_template("{{ branch.name }}"))
    with pytest.raises(BlockedError, match="磁盘空间不足") as told:
        service.fill(template, march(), tmp_path / "出")
    assert "剩余空间" in told.value.remedy
    assert [*(tmp_path / "出").iterdir()] == []


@pytest.mark.parametrize("title", ["CON", "报告: 第<1>稿?", "a" * 300, "..", "结尾. "])
def test_a_name_that_windows_refuses_becomes_one_that_it_takes(service, tmp_path, title):
    template = TemplateFile(f"{title}.docx", a_template("{{ branch.name }}"))
    done = service.fill(template, march(), tmp_path / "出")
    assert not set('<>:"/\\|?*') & set(done.file.name)
    assert len(done.file.name) < 120
    assert done.file.is_file()


def test_the_pdf_says_what_the_word_file_says(service, tmp_path):
    rows = [*ROWS[:2], ("{{ r.date }}", "{{ r.closing }}"), ROWS[3]]
    template = TemplateFile("情况.docx", a_template("{{ branch.name }}", "结尾", rows=rows))
    view = service.view(template, march())
    text = "".join(pdf_texts(pdf_of_view(view)))
    for said in ("中共测试公司机关党支部", "第二行&<三>", "结尾"):
        assert said in text
    [pdf] = write_view(view, tmp_path / "出", Format.PDF)
    assert pdf.read_bytes().startswith(b"%PDF")
    [word] = write_view(view, tmp_path / "出", Format.DOCX)
    assert word.read_bytes() == view.made


def test_what_the_pdf_lacks_is_said(service):
    file = docx.Document(BytesIO(a_template("{{ branch.name }}")))
    assert not service.view(TemplateFile("图.docx", saved(file)), march()).beside
    picture = BytesIO()
    Image.new("RGB", (8, 8)).save(picture, "PNG")
    file.add_picture(picture)
    assert service.view(TemplateFile("图.docx", saved(file)), march()).beside


def test_what_was_not_filled_is_neither_shown_nor_written(service, tmp_path):
    view = service.view(TemplateFile("错.docx", a_template("{{ nix }}")), march())
    for made in (lambda: pdf_of_view(view), lambda: write_view(view, tmp_path, Format.DOCX)):
        with pytest.raises(InputError, match="没有写对"):
            made()
    assert docx.Document(BytesIO(a_template("{{ nix }}"))).paragraphs
