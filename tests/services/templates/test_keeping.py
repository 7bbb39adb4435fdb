"""The templates of a library: what ships, what the branch adds, edits in Word, resets, removes."""

from __future__ import annotations

import importlib
import sys
from dataclasses import replace
from io import BytesIO

import docx
import pytest

from dangjian_desktop import paths
from dangjian_desktop.domain.references import Link
from dangjian_desktop.errors import BlockedError, InputError
from dangjian_desktop.services.blank_forms.filling import BlankFormService, FormScope
from dangjian_desktop.services.library.bringing_in import import_all
from dangjian_desktop.services.library.everything import export_all
from dangjian_desktop.services.library.recycle_bin import BinService
from dangjian_desktop.services.library.search import SearchService
from dangjian_desktop.services.library.versions import VersionService
from dangjian_desktop.services.meetings.meetings import MeetingService
from dangjian_desktop.services.projects.projects import ProjectService
from dangjian_desktop.services.templates.filling import TemplateFile, TemplateFilling
from dangjian_desktop.services.templates.keeping import TemplateService
from dangjian_desktop.services.templates.shipped import shipped_templates
from dangjian_desktop.services.templates.word_edits import WordEdits
from dangjian_desktop.storage.library import Library
from tests.documents.reading import word_texts
from tests.documents.templates.test_templates import a_template
from tests.services.make import a_library, a_meeting, clock
from tests.services.projects.test_projects import a_project
from tests.test_packaging import ROOT

sys.path.insert(0, str(ROOT / "installer"))
make_templates = importlib.import_module("make_templates")
sys.path.remove(str(ROOT / "installer"))

CODES = [*shipped_templates()]


@pytest.fixture
def library(tmp_path, monkeypatch):
    monkeypatch.setenv("DANGJIAN_DATA", str(tmp_path / "data"))
    made = a_library(tmp_path)
    MeetingService(made, clock).import_json(a_meeting())
    yield made
    made.close()


@pytest.fixture
def templates(library):
    return TemplateService(library, clock)


@pytest.fixture
def edits(library):
    return WordEdits(library, clock)


def a_file(path, *texts):
    path.write_bytes(a_template(*texts))
    return path


def texts(data: bytes):
    return [p.text for p in docx.Document(BytesIO(data)).paragraphs]


def shipped(templates, code="situation"):
    return next(each for each in templates.all() if each.builtin == code)


def test_what_ships_is_there_before_anything_is_stored(templates):
    assert [each.builtin for each in templates.all()] == CODES
    assert all(not each.edited for each in templates.all())
    with pytest.raises(InputError, match="没有这个模板"):
        templates.one("nix")


@pytest.mark.parametrize("code", CODES)
def test_what_ships_says_what_the_script_makes(code):
    # If not: python installer/make_templates.py, then make_manifest.py
    file = paths.resources("templates", shipped_templates()[code].file)
    assert word_texts(file.read_bytes()) == word_texts(make_templates.made(code))


@pytest.mark.parametrize("code", CODES)
def test_what_ships_misspells_nothing_and_fills(library, templates, code):
    about = {"notice": "meeting", "certificate": "member", "project": "project"}.get(code)
    subjects = [link for link, _title in BlankFormService(library).subjects()]
    link = next((link for link in subjects if link.subject == about), None)
    if about == "project":
        [uid] = ProjectService(library, clock).import_json(a_project())["ids"]
        link = Link("project", uid)
    file = templates.file_of(shipped(templates, code))
    view = TemplateFilling(library, clock).view(file, FormScope(about=link))
    assert view.issues == ()
    assert view.made is not None
    filled = docx.Document(BytesIO(view.made))
    said = "\n".join(p.text for p in filled.element.body.iter() if hasattr(p, "text") and p.text)
    assert "{" not in said


def test_a_file_is_added_once_under_its_name_and_found(library, templates, tmp_path):
    file = a_file(tmp_path / "慰问信.docx", "{{ branch.name }}")
    kept = templates.add(file, section="信函")
    assert (kept.title, kept.section, kept.source) == ("慰问信", "信函", "慰问信.docx")
    assert kept.taken == clock().date()
    assert templates.add(file).id == kept.id
    other = templates.add(a_file(tmp_path / "慰问信.docx", "另一封"))
    assert other.title == "慰问信（2）"
    assert texts(templates.file_of(kept).data) == ["{{ branch.name }}"]
    assert [hit.type for hit in SearchService(library, clock).find("慰问信", 10)[0]] == [
        "template"
    ] * 2
    assert templates.named("慰问信.docx") == kept


def test_a_template_whose_placeholders_are_wrong_is_kept_to_be_mended(templates, tmp_path):
    kept = templates.add(a_file(tmp_path / "错.docx", "{% for x in rows.members %}"))
    assert templates.one(kept.id) == kept


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("旧.doc", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "不是 Word 模板"),
        ("改名.docx", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "旧格式"),
        ("加密.docx", b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "打开密码"),
        ("坏.docx", b"PK\x03\x04 broken", "已损坏"),
        ("半个.docx", a_template("甲")[:900], "已损坏"),
        ("空.docx", b"", "不是 Word 文件"),
    ],
)
def test_what_is_no_word_file_is_refused_and_nothing_is_kept(
    templates, tmp_path, name, data, words
):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(InputError, match=words) as told:
        templates.add(tmp_path / name)
    assert name in told.value.message
    assert told.value.remedy
    assert [each for each in templates.all() if not each.builtin] == []


def test_another_name_and_section_are_saved_and_none_is_called_twice(templates):
    one = shipped(templates)
    templates.save(replace(one, title="本支部情况", section="月报"))
    assert shipped(templates).title == "本支部情况"
    assert not shipped(templates).edited
    with pytest.raises(InputError, match="已有名为“会议通知”的模板") as told:
        templates.save(replace(one, title="会议通知"))
    assert told.value.issues[0].field == "title"


def test_a_template_is_edited_in_word_taken_back_reset_and_undone(templates, edits):
    one = shipped(templates)
    copy = edits.copy(one.id)
    assert copy.name == "情况报告.docx"
    assert copy.read_bytes() == templates.file_of(one).data
    assert edits.waiting() == {}
    with pytest.raises(InputError, match="没有改动"):
        edits.take_back(one.id)
    (copy.parent / "~$情况报告.docx").write_bytes(b"word")
    copy.write_bytes(a_template("改过的{{ branch.name }}"))
    assert edits.waiting() == {one.id: copy}
    assert edits.copy(one.id) == copy
    kept = edits.take_back(one.id)
    assert kept.edited
    assert edits.waiting() == {}
    assert not copy.exists()
    assert texts(templates.file_of(kept).data) == ["改过的{{ branch.name }}"]
    before = templates.reset(one.id)
    assert not shipped(templates).edited
    assert templates.file_of(shipped(templates)).data == shipped_templates()["situation"].data()
    templates.save(before)
    assert texts(templates.file_of(shipped(templates)).data) == ["改过的{{ branch.name }}"]


def test_an_older_version_comes_back_with_its_file(library, templates, edits):
    one = shipped(templates)
    for text in ("第一稿", "第二稿"):
        edits.copy(one.id).write_bytes(a_template(text))
        edits.take_back(one.id)
    versions = VersionService(library, clock)
    assert len(versions.history(one.id).versions) == 2
    versions.restore(one.id, 1)
    assert texts(templates.file_of(shipped(templates)).data) == ["第一稿"]


def test_what_word_left_broken_is_not_taken_back_and_stays(templates, edits):
    one = shipped(templates)
    copy = edits.copy(one.id)
    copy.write_bytes(b"PK\x03\x04")
    with pytest.raises(InputError, match="已损坏"):
        edits.take_back(one.id)
    assert copy.exists()
    assert not shipped(templates).edited
    edits.drop(one.id)
    assert not copy.exists()


def test_the_copy_of_a_name_that_windows_refuses_has_another(templates, edits, tmp_path):
    kept = templates.add(a_file(tmp_path / "甲.docx", "乙"), title='CON: "第一"<报告>?')
    copy = edits.copy(kept.id)
    assert not set('<>:"/\\|?*') & set(copy.name)
    assert templates.export(kept.id, tmp_path / "出").read_bytes() == copy.read_bytes()


def test_only_own_templates_have_no_original(templates, tmp_path):
    kept = templates.add(a_file(tmp_path / "甲.docx", "乙"))
    with pytest.raises(InputError, match="不是随程序提供的模板"):
        templates.reset(kept.id)


@pytest.mark.parametrize("own", [True, False])
def test_a_template_is_removed_and_brought_back(library, templates, tmp_path, own):
    one = templates.add(a_file(tmp_path / "甲.docx", "乙")) if own else shipped(templates)
    templates.delete(one.id)
    assert one.id not in [each.id for each in templates.all()]
    assert [each.id for each in BinService(library, clock).listed()] == [one.id]
    with pytest.raises(InputError):
        templates.one(one.id)
    templates.bring_back(one.id)
    assert one.id in [each.id for each in templates.all()]


def test_a_file_that_is_gone_is_told(library, templates, tmp_path):
    kept = templates.add(a_file(tmp_path / "甲.docx", "乙"))
    for file in library.path.with_suffix(".files").rglob("*"):
        if file.is_file():
            file.unlink()
    with pytest.raises(BlockedError, match="文件不见了"):
        templates.file_of(kept)


def test_all_that_is_exported_brings_the_templates_along(library, templates, edits, tmp_path):
    kept = templates.add(a_file(tmp_path / "慰问信.docx", "{{ branch.name }}"), section="信函")
    copy = edits.copy(shipped(templates).id)
    copy.write_bytes(a_template("自己改的"))
    edits.take_back(shipped(templates).id)
    export_all(library.path, tmp_path / "全部", clock=clock)
    assert (tmp_path / "全部" / "附件" / "慰问信.docx").is_file()
    place = tmp_path / "新" / "支部.dangjian"
    place.parent.mkdir()
    import_all(tmp_path / "全部", place)
    again = Library.open(place, write=False)
    try:
        there = TemplateService(again, clock)
        assert there.all() == templates.all()
        assert there.file_of(there.one(kept.id)) == TemplateFile(
            "慰问信.docx", templates.file_of(kept).data
        )
        assert texts(there.file_of(shipped(there)).data) == ["自己改的"]
    finally:
        again.close()
