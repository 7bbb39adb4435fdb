"""Save a member and a meeting that names it, one after another, until killed."""

from __future__ import annotations

import sys
from datetime import date
from itertools import count
from pathlib import Path

from dangjian_desktop.domain.meetings.meeting import Attendance, Meeting, Presence
from dangjian_desktop.domain.members.member import Member, new_id
from dangjian_desktop.domain.references import Person
from dangjian_desktop.storage.library import Library

library = Library.open(Path(sys.argv[1]), write=True)
print("ready", flush=True)  # noqa: T201
for number in count(int(sys.argv[2]) + 1):
    member = Member(id=new_id(), name=f"张{number}")
    there = (Attendance(Person(member.name, member.id), Presence.PRESENT),)
    meeting = Meeting(
        id=new_id(),
        kinds=("general_meeting",),
        title=f"{number}",
        date=date(2025, 1, 1),
        attendance=there,
        closing="会议小结。" * 2000,
    )
    with library.changing() as work:
        work.members.save(member)
        work.meetings.save(meeting)
    print(number, flush=True)  # noqa: T201
