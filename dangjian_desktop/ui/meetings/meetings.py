"""组织生活: every sitting of the branch, what the rules say of it, and how it prints."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from dangjian_desktop.domain.items.item import Item
from dangjian_desktop.domain.items.record import ITEM
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
    tasks = Act(
        code="tasks",
        title="登记任务",
        do=partial(register_tasks, desk, shell),
        icon="clipboard-list",
        key="Ctrl+T",
        tip="把会议记录中的议定事项、整改事项登记为任务和问题，已登记的不重复",
        fits=lambda: not desk.read_only and body.decides,
    )
    body = MeetingDetail(desk, shell)
    detail = body.as_detail()
    editor = partial(meeting_editor, desk, shell, body.take_place)
    attendance = AttendanceDoor(desk, shell, "meetings.attendance")
    extras = Extras(head=(attendance.button,))
    detail = replace(detail, acts=(*detail.acts, tasks, again))
    page = RecordPage(desk, shell, subject, detail, editor, extras)
    attendance.follow(page)
    FileDrops(desk, shell, page)
    return page


def register_tasks(desk: Desk, shell: Shell, ids: Sequence[str]) -> None:
    """Make a task of every decision of the sitting that is none yet, and say how many."""

    def said(made: Sequence[Item]) -> None:
        if not made:
            shell.toast("这次会议的议定事项、整改事项都已登记")
            return
        back = partial(desk.item_making.take_back, made)
        look = "查看", partial(shell.open, ITEM.code, made[0].id)
        undo = partial(shell.jobs.library, back)
        shell.toast(f"已登记 {len(made)} 项", undo, more=look)

    shell.jobs.library(partial(desk.item_making.from_meeting, ids[0]), said)
