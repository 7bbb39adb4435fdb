"""组织生活: every sitting of the branch, what the rules say of it, and how it prints."""

from __future__ import annotations

from functools import partial

from dangjian_desktop.services.desk import Desk
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.meetings.columns import meeting_columns
from dangjian_desktop.ui.meetings.detail import MeetingDetail
from dangjian_desktop.ui.meetings.editor import meeting_editor
from dangjian_desktop.ui.meetings.listing import FORM, NEW, load_listing, load_rows
from dangjian_desktop.ui.records.page import RecordPage
from dangjian_desktop.ui.records.subject import Subject


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
    detail = MeetingDetail(desk, shell)
    editor = partial(meeting_editor, desk, shell, detail.take_place)
    return RecordPage(desk, shell, subject, detail.as_detail(), editor)
