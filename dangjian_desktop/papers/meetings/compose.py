"""Minutes of a sitting of any kind; of a planned one its agenda."""

from __future__ import annotations

from dangjian_desktop.documents.model import Document, Layout
from dangjian_desktop.domain.branch import Branch
from dangjian_desktop.domain.meetings.kinds import Kinds
from dangjian_desktop.domain.meetings.meeting import Meeting
from dangjian_desktop.domain.members.roll import Roll
from dangjian_desktop.papers.meetings.form import form_agenda, form_blocks
from dangjian_desktop.papers.meetings.official import official_agenda, official_blocks
from dangjian_desktop.papers.meetings.sitting import Sitting
from dangjian_desktop.papers.naming import agenda_title, paper_name, record_title
from dangjian_desktop.papers.stamp import Stamp


def compose_minutes(
    meeting: Meeting,
    roll: Roll,
    kinds: Kinds,
    branch: Branch,
    stamp: Stamp,
    layout: Layout = Layout.OFFICIAL,
) -> Document:
    """The minutes in the layout asked for: ``FORM`` is the ruled form, any other the 公文.

    ``roll`` is the roster of the day of the meeting. A meeting that was not held yet comes out
    as its agenda, without counts.
    """
    sitting = Sitting(meeting, roll, kinds, branch)
    name = (record_title if meeting.held else agenda_title)(sitting.kinds, meeting.group)
    if layout is Layout.FORM:
        blocks = form_blocks(sitting) if meeting.held else form_agenda(sitting)
    else:
        blocks = official_blocks(sitting) if meeting.held else official_agenda(sitting)
    return Document(
        name=paper_name(branch, name, meeting.date),
        title=meeting.title or name,
        blocks=tuple(blocks),
        layout=Layout.FORM if layout is Layout.FORM else Layout.OFFICIAL,
        foot=stamp.foot,
        mark=stamp.mark,
    )
