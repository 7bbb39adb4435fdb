from __future__ import annotations

from contextlib import closing

import pytest
from docx import Document
from pypdfium2 import PdfDocument
from PySide6.QtWidgets import QPushButton

from dangjian_desktop.errors import InputError
from tests.services.make import a_meeting, clock
from tests.ui.meetings_world import FolderChooser, button, select

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def test_print_sends_the_page_on_show_and_fixes_the_number(qtbot, page, desk):
    uid = select(qtbot, page, desk, "2026年第一季度支部党员大会")
    qtbot.waitUntil(lambda: page.detail.preview.pdf.startswith(b"%PDF"), timeout=10_000)
    sent = []
    page.detail.papers.printer.ask = lambda pdfs, title: sent.append((pdfs, title))
    button(page, "meeting.print").click()
    qtbot.waitUntil(lambda: bool(sent))
    assert sent == [([page.detail.preview.pdf], "会议记录")]
    assert desk.meetings.get([uid])[uid].number is None
    page.detail.papers.printer.finished.emit()
    qtbot.waitUntil(lambda: desk.meetings.get([uid])[uid].number == 1, timeout=10_000)


@pytest.mark.parametrize(("name", "suffix"), [("meeting.word", ".docx"), ("meeting.pdf", ".pdf")])
def test_minutes_are_exported_where_the_user_says(
    qtbot, page, desk, shell, toasts, tmp_path, name, suffix
):
    shell.choosers = FolderChooser(tmp_path / "导出")
    select(qtbot, page, desk, "2026年第一季度支部党员大会")

    button(page, name).click()

    qtbot.waitUntil(lambda: bool(toasts), timeout=10_000)
    files = list((tmp_path / "导出").iterdir())
    assert [file.suffix for file in files] == [suffix]
    assert files[0].name in toasts[0].text
    assert toasts[0].label == "打开文件夹"
    assert toasts[0].more[0] == "打开文件"


def text_of(pdf):
    with closing(PdfDocument(pdf)) as document:
        return "".join(page.get_textpage().get_text_range() for page in document)


def test_the_sign_in_sheet_is_shown_exported_and_printed_as_the_minutes_are(
    qtbot, page, desk, shell, toasts, tmp_path
):
    shell.choosers = FolderChooser(tmp_path / "导出")
    select(qtbot, page, desk, "4月大会")
    before = page.detail.preview.pdf
    sent = []
    page.detail.papers.printer.ask = lambda pdfs, title: sent.append((pdfs, title))

    page.detail.layouts.chip("signin").click()
    qtbot.waitUntil(lambda: page.detail.preview.pdf != before)
    assert "签到" in text_of(page.detail.preview.pdf)
    button(page, "meeting.word").click()
    qtbot.waitUntil(lambda: bool(toasts))
    button(page, "meeting.print").click()
    qtbot.waitUntil(lambda: bool(sent))

    [file] = (tmp_path / "导出").iterdir()
    assert "签到表" in file.name
    assert file.suffix == ".docx"
    assert sent == [([page.detail.preview.pdf], "签到表")]


def test_a_year_is_printed_and_exported_at_once(qtbot, page, desk, shell, toasts, tmp_path):
    shell.choosers = FolderChooser(tmp_path / "导出")
    sent = []
    page.detail.papers.printer.ask = lambda pdfs, title: sent.append((pdfs, title))
    page.table.view.selectAll()
    assert button(page, "meeting.pdf").text() == "PDF（3）"

    button(page, "meeting.pdf").click()
    qtbot.waitUntil(lambda: bool(toasts))
    button(page, "meeting.print").click()
    qtbot.waitUntil(lambda: bool(sent))

    assert len(list((tmp_path / "导出").iterdir())) == 3
    assert len(sent[0][0]) == 3
    assert sent[0][1] == "会议记录（3份）"
    page.detail.papers.printer.finished.emit()
    held = [uid for uid, meeting in desk.meetings.get(page.table.model.ids).items() if meeting.held]
    qtbot.waitUntil(lambda: all(desk.meetings.one(uid).number for uid in held))


def test_an_export_that_is_cancelled_leaves_whole_files_and_says_how_many(
    qtbot, page, desk, shell, toasts, tmp_path, monkeypatch
):
    shell.choosers = FolderChooser(tmp_path / "导出")
    export = desk.printing.export

    def then_cancel(*asked):
        files = export(*asked)
        shell.jobs.cancel_all()
        return files

    monkeypatch.setattr(desk.printing, "export", then_cancel)
    page.table.view.selectAll()
    button(page, "meeting.word").click()
    qtbot.waitUntil(lambda: bool(toasts))

    assert toasts[0].text == "已取消：3 份中导出了 1 份，写出的都完整"
    [file] = (tmp_path / "导出").iterdir()
    assert "4月大会" in "".join(p.text for p in Document(file).paragraphs)


def test_a_print_that_is_cancelled_in_the_middle_prints_nothing_and_says_so(
    page, desk, shell, toasts, qtbot, monkeypatch
):
    preview, sent = desk.printing.preview, []
    page.detail.papers.printer.ask = lambda pdfs, title: sent.append(title)
    page.table.view.selectAll()
    qtbot.waitUntil(lambda: not shell.jobs.busy and not page.card.waiting)

    def then_cancel(*asked):
        pdf = preview(*asked)
        shell.jobs.cancel_all()
        return pdf

    monkeypatch.setattr(desk.printing, "preview", then_cancel)
    button(page, "meeting.print").click()
    qtbot.waitUntil(lambda: bool(toasts))
    assert [toast.text for toast in toasts] == ["已取消，没有打印"]
    assert sent == []


def test_what_one_record_lacks_does_not_hold_the_others_up(
    qtbot, page, desk, shell, toasts, tmp_path, monkeypatch
):
    shell.choosers = FolderChooser(tmp_path / "导出")
    export, refused = desk.printing.export, page.table.model.ids[1]

    def but_one(code, folder, uid, *asked):
        if uid == refused:
            raise InputError("这次会议没有日期。", "请补填。")
        return export(code, folder, uid, *asked)

    monkeypatch.setattr(desk.printing, "export", but_one)
    page.table.view.selectAll()
    with qtbot.waitSignal(shell.messages.noticed) as said:
        button(page, "meeting.pdf").click()

    assert said.args[0].text == "这次会议没有日期。"
    assert toasts[0].text == "3 份中导出了 2 份"
    assert len(list((tmp_path / "导出").iterdir())) == 2


def test_a_meeting_is_copied_as_a_new_one_without_what_happened_there(qtbot, page, desk):
    select(qtbot, page, desk, "2026年第一季度支部党员大会")
    button(page, "meeting.copy").click()
    qtbot.waitUntil(lambda: page.editor.body is not None and page.editor.opened is not None)

    state, old = page.editor.state(), desk.meetings.get(page.table.model.ids)
    source = next(m for m in old.values() if m.place and len(m.agenda))
    assert state["id"] not in old
    assert state["kinds"] == list(source.kinds)
    assert state["place"] == source.place
    assert [item["topic"] for item in state["agenda"]] == [i.topic for i in source.agenda]
    assert state["date"] == clock().date().isoformat()
    assert not any(item.get("vote") or item.get("speeches") for item in state["agenda"])
    assert not any(item.get("content") or item.get("resolution") for item in state["agenda"])
    assert not state.get("attendance")


def test_papers_of_an_election_are_offered_with_its_meeting_only(qtbot, page, desk):
    select(qtbot, page, desk, "4月大会")
    chips = page.detail.layouts
    qtbot.waitUntil(lambda: not chips.findChild(QPushButton, "chip.ballot"))
    (uid,) = desk.meetings.import_json(
        a_meeting(
            title="换届",
            date="2026-03-26",
            kinds=["general_meeting", "election"],
            attendance={"present": []},
            agenda=[
                {
                    "topic": "选举",
                    "matter": "election",
                    "seats": 1,
                    "candidates": [{"name": "张三"}],
                }
            ],
            details={},
        )
    )["ids"]
    qtbot.waitUntil(lambda: uid in page.table.model.ids)
    select(qtbot, page, desk, "换届")
    for code in ("ballot", "election_result"):
        qtbot.waitUntil(lambda code=code: chips.chip(code).isVisible())
