"""组织生活: every sitting of the branch, what the rules say of it, and how it prints."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from dangjian_desktop.services.desk import Desk
from dangjian_desktop.ui.attendance_page import AttendanceDoor
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.meetings.columns import meeting_columns
from dangjian_desktop.ui.meetings.context import LIKE
from dangjian_desktop.ui.meetings.detail import MeetingDetail
from dangjian_desktop.ui.meetings.editor import meeting_editor
from dangjian_desktop.ui.meetings.files import FileDrops
from dangjian_desktop.ui.meetings.listing import FORM, NEW, load_listing, load_rows
from dangjian_desktop.ui.records.acts import Act
from dangjian_desktop.ui.records.page import RecordPage
from dangjian_desktop.ui.records.subject import Extras, Subject


def meetings_page(desk: Desk, shell: Shell) -> RecordPage:
    """The list with its card, and the editor over the full width."""
    subject = Subject(
        place="meetings",
        form=FORM,
        title="组织生活",
        noun="会议记录",
        new=NEW,
        columns=meeting_columns(shell.theme),
        load=partial(load_listing, desk),
        rows=partial(load_rows, desk),
        title_of=lambda row: str(row.title),
        records=desk.meetings,
    )
    again = Act(
        code="copy",
        title="复制为新会议",
        do=lambda ids: page.start_new(LIKE + ids[0]),
        icon="copy",
        key="Ctrl+D",
        tip="类型、地点、主持人、记录人和议题照这一次；日期为今天，出席、发言、表决不带过来",
        fits=lambda: not desk.read_only,
    )
    body = MeetingDetail(desk, shell)
    detail = body.as_detail()
    editor = partial(meeting_editor, desk, shell, body.take_place)
    attendance = AttendanceDoor(desk, shell, "meetings.attendance")
    extras = Extras(head=(attendance.button,))
    detail = replace(detail, acts=(*detail.acts, again))
    page = RecordPage(desk, shell, subject, detail, editor, extras)
    attendance.follow(page)
    FileDrops(desk, shell, page)
    return page
