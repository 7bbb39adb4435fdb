"""Minutes of a sitting of any kind; of a planned one its agenda."""

from __future__ import annotations

from dangjian_desktop.documents.model import Document, Layout
from dangjian_desktop.papers.catalogue import Wanted
from dangjian_desktop.papers.meetings.form import form_agenda, form_blocks
from dangjian_desktop.papers.meetings.official import official_agenda, official_blocks
from dangjian_desktop.papers.meetings.sheet import MeetingSheet
from dangjian_desktop.papers.naming import agenda_title, names_of, paper_name, record_title


def compose_minutes(sheet: MeetingSheet, wanted: Wanted) -> Document:
    """The minutes in the layout asked for: ``FORM`` is the ruled form, any other the 公文.

    A meeting that was not held yet comes out as its agenda, without counts.
    """
    sitting, meeting, layout = sheet.sitting, sheet.meeting, wanted.layout
    name = (record_title if meeting.held else agenda_title)(sitting.kinds, meeting.group)
    if layout is Layout.FORM:
        blocks = form_blocks(sitting) if meeting.held else form_agenda(sitting)
    else:
        blocks = official_blocks(sitting) if meeting.held else official_agenda(sitting)
    return Document(
        name=paper_name(sheet.facts.branch, name, meeting.date),
        title=f"{sheet.branch.short}{name}",
        blocks=tuple(blocks),
        layout=Layout.FORM if layout is Layout.FORM else Layout.OFFICIAL,
        foot=sheet.stamp.foot,
        mark=sheet.stamp.mark,
        names=names_of(sheet.facts.members),
    )
