"""报送: a package made from the window, looked through, returned, sent again and answered."""

from __future__ import annotations

import shutil
from pathlib import Path

import docx
from PySide6.QtCore import Qt

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.submissions.delivery import Code
from dangjian_desktop.domain.submissions.package import Profile
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.errors import Cancelled
from dangjian_desktop.services.papers.printing import Wanted
from dangjian_desktop.ui.home.gathering import leads_to
from dangjian_desktop.ui.submissions.page import Packages, packages_page
from tests.services.submissions.sending_world import reply
from tests.ui.dropping import drop
from tests.ui.roster_world import Chosen, quiet
from tests.ui.submissions.packing_world import ROSTER, tick

MARCH, YEAR = Period(2026, 3, 1), Period(2026, 1, 12)


def a_file(path, *lines):
    file = docx.Document()
    for line in lines:
        file.add_paragraph(line)
    file.save(str(path))
    return path


def make(qtbot, page, shell, out):
    """Press 生成并核对… and wait for what was found."""
    shell.choosers = Chosen(out)
    page.editor.go.click()
    qtbot.waitUntil(lambda: page.views.currentWidget() is findings(page))
    quiet(qtbot, shell)


def findings(page):
    return page.findChild(Packages).findings


def packages(desk):
    return sorted(desk.shared["package"].all(), key=lambda each: each.version)


def test_a_package_of_march_is_made_looked_through_and_stands_in_the_list(
    qtbot, desk, shell, page, form, tmp_path
):
    tick(form, "会议记录", ROSTER)
    assert "选定 2 种" in form.materials.said.text()
    make(qtbot, page, shell, tmp_path / "出")
    names = {file.name for file in (tmp_path / "出").iterdir()}
    assert "中共测试公司机关党支部_支部党员大会会议记录_20260318.docx" in names
    assert {"清单.xlsx", "manifest.json"} < names
    view = findings(page)
    assert "已生成并留底" in view.title.text()
    assert [each.file for each in view.found.values()] == [
        each.file for each in desk.delivery.check(tmp_path / "出", MARCH)
    ]
    view.leaving.click()
    [package] = packages(desk)
    qtbot.waitUntil(lambda: page.table.current() == package.id)
    qtbot.waitUntil(lambda: page.card.title.text() == package.title)
    assert page.card.state.text() == "已报出"
    assert set(page.detail.files.model.ids) == names - {"manifest.json"}


def test_what_is_found_is_shown_before_it_is_said_to_be_ready_and_enter_opens_the_file(
    qtbot, page, shell, form, tmp_path
):
    tick(form, ROSTER)
    drop(form, a_file(tmp_path / "总结.docx", "中共测试公司机关党支部工作总结", "××××年工作。"))
    assert "另附 1 个文件：总结.docx" in form.further.said.text()
    form.further.none.click()
    assert form.order().files == ()
    shell.choosers = Chosen(tmp_path / "总结.docx")
    form.further.add.click()
    make(qtbot, page, shell, tmp_path / "出")
    view, opened = findings(page), []
    view.opening = opened.append
    [key] = [key for key, each in view.found.items() if each.code is Code.LEFT_OVER]
    assert "发现" in view.said.text()
    assert view.table.select(key)
    qtbot.keyClick(view.table.view, Qt.Key.Key_Return)
    view.folder.click()
    assert opened[0].stem.endswith("总结_202603")
    assert opened[0].is_file()
    assert opened[1] == tmp_path / "出"


def test_a_list_is_pasted_or_read_and_what_is_unknown_is_said(
    qtbot, desk, page, shell, form, tmp_path
):
    form._turn("asked")
    (tmp_path / "清单.txt").write_text("党员名册（Excel，4月5日）\n谁也不知道的材料", "utf-8")
    shell.choosers = Chosen(tmp_path / "清单.txt")
    form.asked.choose.click()
    qtbot.waitUntil(lambda: len(form.asked.table.model.ids) == 2)
    columns = [column.text for column in form.asked.table.model.columns]
    rows = [form.asked.table.model.record(uid) for uid in form.asked.table.model.ids]
    first, second = ([text(row) for text in columns] for row in rows)
    assert first == ["党员名册", ROSTER, "2026-04-05"]
    assert "没有对应的材料" in second[1]
    form.profile.setCurrentIndex(1)
    form.packed.setChecked(True)
    make(qtbot, page, shell, tmp_path / "出")
    [file] = (tmp_path / "出").iterdir()
    assert file.suffix == ".zip"
    [package] = packages(desk)
    assert package.profile is Profile.MASKED
    assert package.missing == ("谁也不知道的材料",)
    assert "谁也不知道的材料" in findings(page).said.text()
    found = [(each.file, each.code) for each in findings(page).found.values()]
    assert ("谁也不知道的材料", Code.MISSING) in found
    findings(page).leaving.click()
    qtbot.waitUntil(lambda: page.card.title.text() == package.title)
    assert page.detail.lines.values["未报的材料"].text() == "谁也不知道的材料"
    page.edit(package.id)
    qtbot.waitUntil(lambda: "重报" in form.title.text())
    assert [each.title for each in form.order().asked] == ["党员名册", "谁也不知道的材料"]
    assert form.order().asked[0].formats == ("xlsx",)
    form.leaving.click()
    page.start_new()
    qtbot.waitUntil(lambda: form.title.text() == "新建报送包")
    assert form.asked.text() == ""


def test_where_the_check_was_stopped_the_package_is_there_and_it_is_said(
    qtbot, desk, page, shell, form, tmp_path, monkeypatch
):
    def stopped(*_what):
        raise Cancelled

    monkeypatch.setattr(desk.delivery, "check", stopped)
    tick(form, ROSTER)
    make(qtbot, page, shell, tmp_path / "出")
    assert "没有做完" in findings(page).said.text()
    assert len(packages(desk)) == 1


def test_it_is_returned_with_a_reason_and_sent_again_as_the_second_version(
    qtbot, desk, page, shell, form, tmp_path, said
):
    tick(form, ROSTER)
    make(qtbot, page, shell, tmp_path / "出")
    findings(page).leaving.click()
    [first] = packages(desk)
    qtbot.waitUntil(lambda: page.table.current() == first.id and page.acts.ids == (first.id,))
    page.acts.actions["return"].trigger()
    view = page.findChild(Packages).returning
    view.form.fill({"returned": "2026-03-01", "return_reason": "少了签字"})
    view.save.click()
    qtbot.waitUntil(lambda: "早于" in view.form.cells["returned"].note.text())
    view.form.fill({"returned": "2026-03-31", "return_reason": "少了签字"})
    view.save.click()
    qtbot.waitUntil(lambda: any("已登记退回" in text for text in said))
    qtbot.waitUntil(lambda: page.card.state.text() == "已退回")
    assert page.detail.lines.values["退回原因"].text() == "少了签字"
    page.edit(first.id)
    qtbot.waitUntil(lambda: form.materials.codes() == ("roster.xlsx",))
    make(qtbot, page, shell, tmp_path / "又出")
    assert [each.version for each in packages(desk)] == [1, 2]
    findings(page).leaving.click()
    qtbot.waitUntil(lambda: len(page.table.model.ids) == 2)
    quiet(qtbot, shell)
    states = {row.package.version: row.state for row in map(page.table.model.record, ids(page))}
    assert states == {1: "已重报", 2: "已报出"}


def ids(page):
    return page.table.model.ids


def test_it_is_written_again_compared_and_answered(
    qtbot, desk, page, shell, form, tmp_path, said, monkeypatch
):
    tick(form, ROSTER)
    make(qtbot, page, shell, tmp_path / "出")
    findings(page).leaving.click()
    [package] = packages(desk)
    qtbot.waitUntil(lambda: page.acts.ids == (package.id,) and page.card.shown == package.id)
    shell.choosers = Chosen(tmp_path / "又取")
    (tmp_path / "又取").mkdir()
    page.acts.actions["write"].trigger()
    qtbot.waitUntil(lambda: any("已取出" in text for text in said))
    for file in (tmp_path / "出").iterdir():
        assert (tmp_path / "又取" / file.name).read_bytes() == file.read_bytes()
    page.acts.actions["compare"].trigger()
    qtbot.waitUntil(lambda: "与报出时相比" in page.detail.lines.values)
    assert page.detail.lines.values["与报出时相比"].text() == "与报出时相比没有变化"
    shell.choosers = Chosen(reply(tmp_path, "关于一号井机电队党支部材料的意见"))
    view = page.findChild(Packages).replying
    asked = []
    monkeypatch.setattr(shell.messages, "ask", lambda *what, **_: asked.append(what))
    page.acts.actions["reply"].trigger()
    assert view.choose.isVisibleTo(page)
    view.choose.click()
    assert "意见.docx" in view.said.text()
    view.save.click()
    qtbot.waitUntil(lambda: bool(asked))
    assert packages(desk)[0].reply == ()
    asked[0][3]()
    qtbot.waitUntil(lambda: any("已登记上级意见" in text for text in said))
    qtbot.waitUntil(lambda: "意见的文字" in page.detail.lines.values)
    assert packages(desk)[0].reply[0].name == "意见.docx"
    shell.choosers = Chosen(tmp_path / "核对")
    page.acts.actions["check"].trigger()
    qtbot.waitUntil(lambda: page.views.currentWidget() is findings(page))
    assert (tmp_path / "核对").is_dir()


def test_what_went_up_is_shown_as_it_prints(qtbot, desk, shell, page, form, tmp_path):
    tick(form, ROSTER)
    make(qtbot, page, shell, tmp_path / "出")
    findings(page).leaving.click()
    [package] = packages(desk)
    qtbot.waitUntil(lambda: page.acts.ids == (package.id,))
    quiet(qtbot, shell)
    whole = page.findChild(Packages)
    whole.print.click()
    assert page.views.currentWidget() is whole.paper
    quiet(qtbot, shell)
    words = "\n".join(desk.printing.document("sent_list", wanted=Wanted(period=YEAR)).texts())
    assert package.title in words
    assert all(file.sha256 in words and file.name in words for file in package.files)


def test_the_place_is_told_and_opened_and_writing_begins_there(
    qtbot, desk, shell, page, form, tmp_path
):
    tick(form, ROSTER)
    make(qtbot, page, shell, tmp_path / "出")
    findings(page).leaving.click()
    [package] = packages(desk)
    qtbot.waitUntil(lambda: page.acts.ids == (package.id,) and page.card.shown == package.id)
    assert page.detail.lines.values["写在"].text() == str(tmp_path / "出")
    opened = []
    page.findChild(Packages).opening = opened.append
    page.acts.actions["place"].trigger()
    assert opened == [tmp_path / "出"]
    page.acts.actions["write"].trigger()
    assert shell.settings.last_folder("export") == tmp_path
    qtbot.waitUntil(lambda: not shell.jobs.busy)
    shutil.rmtree(tmp_path / "出")
    page.refresh(frozenset(Topic))
    qtbot.waitUntil(lambda: "现在不在" in page.detail.lines.values["写在"].text())


def test_a_form_sent_before_goes_again_or_is_replaced_by_one_of_the_same_name(
    qtbot, desk, shell, page, form, tmp_path
):
    tick(form, ROSTER)
    sheet = tmp_path / "表.txt"
    sheet.write_text("第一次", "utf-8")
    form.further.add_file(sheet)
    make(qtbot, page, shell, tmp_path / "出")
    findings(page).leaving.click()
    sheet.unlink()
    [first] = packages(desk)
    page.edit(first.id)
    qtbot.waitUntil(lambda: bool(form.further.kept))
    assert "沿用上次另附的 1 个文件：表.txt" in form.further.said.text()
    quiet(qtbot, shell)
    make(qtbot, page, shell, tmp_path / "二")
    [again] = (tmp_path / "二").glob("*表*.txt")
    assert again.read_text("utf-8") == "第一次"
    findings(page).leaving.click()
    page.edit(first.id)
    qtbot.waitUntil(lambda: bool(form.further.kept))
    quiet(qtbot, shell)
    sheet.write_text("第二次", "utf-8")
    form.further.add_file(sheet)
    assert form.order().kept == ()
    make(qtbot, page, shell, tmp_path / "三")
    [other] = (tmp_path / "三").glob("*表*.txt")
    assert other.read_text("utf-8") == "第二次"


def test_what_was_chosen_and_typed_is_there_in_the_next_window(qtbot, desk, shell, page, form):
    form._turn("asked")
    form.asked.area.insertPlainText("党员名册")
    page.leave(bool)
    quiet(qtbot, shell)
    [draft] = desk.drafts.all("package_order")
    other = packages_page(desk, shell)
    qtbot.addWidget(other)
    other.show()
    other.refresh(frozenset(Topic))
    other.focus_record(leads_to("package_order", draft.uid)[1])
    qtbot.waitUntil(lambda: other.editor.asked.text() == "党员名册")
    quiet(qtbot, shell)
    assert other.editor.ways.codes() == ("asked",)
    assert other.editor.recipient.currentText() == "公司党委"


def test_any_folder_is_looked_through_also_by_a_period(qtbot, page, shell, tmp_path):
    folder = tmp_path / "待报"
    folder.mkdir()
    a_file(folder / "2025年2月总结.docx", "2025年2月工作总结", "按要求开展了工作。")
    shell.choosers = Chosen(folder)
    page.findChild(Packages).check.click()
    qtbot.waitUntil(lambda: page.views.currentWidget() is findings(page))
    view = findings(page)
    assert "没有按时间段" in view.title.text()
    assert Code.WRONG_PERIOD not in {each.code for each in view.found.values()}
    view.again.click()
    qtbot.waitUntil(lambda: "2026年3月" in view.title.text())
    assert Code.WRONG_PERIOD in {each.code for each in view.found.values()}
    (tmp_path / "清单.txt").write_text("党员名册\n工作总结", "utf-8")
    shell.choosers = Chosen(tmp_path / "清单.txt")
    view.listed.click()
    qtbot.waitUntil(lambda: "对照“清单.txt”，其中 2 份材料" in view.said.text())
    assert ("党员名册", Code.MISSING) in {(each.file, each.code) for each in view.found.values()}
    packed = shutil.make_archive(str(tmp_path / "包"), "zip", folder)
    shell.choosers = Chosen(Path(packed))
    view.packed.click()
    qtbot.waitUntil(lambda: "包.zip" in view.title.text())
    opened = []
    view.opening = opened.append
    view.table.select("0")
    qtbot.keyClick(view.table.view, Qt.Key.Key_Return)
    assert opened == [Path(packed)]


def test_what_is_refused_is_said_in_words_and_nothing_is_kept(
    qtbot, desk, page, shell, form, tmp_path, said
):
    shell.choosers = Chosen(tmp_path / "出")
    form.go.click()
    qtbot.waitUntil(lambda: any("没有选定要报送的材料" in text for text in said))
    tick(form, ROSTER)
    form.recipient.setCurrentText(" ")
    form.go.click()
    qtbot.waitUntil(lambda: any("没有写明报送单位" in text for text in said))
    (tmp_path / "坏.xlsx").write_bytes(b"x")
    shell.choosers = Chosen(tmp_path / "坏.xlsx")
    form.asked.choose.click()
    qtbot.waitUntil(lambda: any("坏.xlsx" in text for text in said))
    assert packages(desk) == []
    assert not (tmp_path / "出").exists()
    assert form.materials.codes() == ("roster.xlsx",)
