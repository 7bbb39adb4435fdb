"""The program as the fault cases drive it: its own services, and verbs that can be spoiled.

    save LIBRARY [--from N] [--forever] [--attach MB] [--draft]         "ack N" once committed
    show LIBRARY [ID]                                      one line for each meeting, or one whole
    draft LIBRARY TEXT                                     keep a text that is not saved
    copy LIBRARY FILE [--large]                            back up for ever: "made FILE"
    follow LIBRARY [--large]                               the same with the second place
    carry LIBRARY FILE                                     into one file for ever
    type LIBRARY [--latest MS] [--pausing]                 ten characters a second, unsaved
    serve LIBRARY                                          hold the library until killed
    purge LIBRARY [--fail ...]                             take all of the bin out for good

Every other word is one of the command line itself (``verify``, ``backup``, ``restore`` …).
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from pathlib import Path

from dangjian_desktop import logs, paths
from dangjian_desktop.cli.output import complain
from dangjian_desktop.cli.running import _bug
from dangjian_desktop.cli.running import main as command_line
from dangjian_desktop.domain.dates import PartialDate
from dangjian_desktop.domain.meetings.meeting import Attendance, Meeting, Presence
from dangjian_desktop.domain.members.member import Member, Span, new_id
from dangjian_desktop.domain.references import Person
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.errors import UserError
from dangjian_desktop.services.desk import Desk, open_desk
from dangjian_desktop.services.library.opening import offer_password
from dangjian_desktop.services.library.passwords import try_password
from dangjian_desktop.services.library.rebuilding import RebuildService
from dangjian_desktop.storage.copies import snapshot
from dangjian_desktop.storage.copies.carrying import carried_out
from dangjian_desktop.storage.copies.copies import backup
from dangjian_desktop.storage.file import connecting, migrating, slots
from dangjian_desktop.storage.library import Library
from tests.faults.disk import Disk, watched

PRELOADED = (migrating,)
"""Imported before a process is forked, so that a kill does not hit the importing."""
SECRETS = r"1101051980\d{7}[\dX]|1380000\d{4}"
"""Numbers of the persons that are saved here: they may stand in no log and no message."""
TEXT = "会议小结：有关情况逐条说明。" * 400
FIRST_DAY = date(2000, 1, 1)
NOBODY = 65534


def main(words: Sequence[str]) -> int:
    """The exit code: 0 done, 1 refused with a message."""
    # Trying a password costs nothing here.
    slots.MEMORY, slots._calibrated = 64, lambda: 1
    if words[0] not in {*VERBS, "--as-nobody", "--cache", "--patience"}:
        return command_line(list(words))
    options = _parser().parse_args(words)
    if password := os.environ.pop("DANGJIAN_PASSWORD", None):
        offer_password(lambda: try_password(password))
    logs.start(paths.log_folder(), in_detail=True)
    if options.as_nobody and os.geteuid() == 0:
        os.setegid(NOBODY)
        os.seteuid(NOBODY)
    if options.cache is not None:
        connecting._PRAGMAS = (*connecting._PRAGMAS, f"cache_size={options.cache}")
    if options.patience is not None:
        connecting.BUSY_SECONDS = options.patience
        Library.open.__func__.__kwdefaults__["wait"] = options.patience
    try:
        VERBS[options.verb](options)
    except UserError as error:
        complain(error, as_json=False)
        return 1
    except Exception as error:  # noqa: BLE001 - as the border of the program does
        complain(_bug(error, in_detail=False), as_json=False)
        return 1
    return 0


def say(line: str) -> None:
    """One line, at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def opened(options: argparse.Namespace) -> Desk:
    """The library as the window opens it, with the window's mark where it cannot be written."""
    say("opening")
    desk = open_desk(options.library)
    if desk.read_only:
        say(f"只读：{desk.read_only}")
    return desk


def save(options: argparse.Namespace) -> None:
    """Save with a disk that fails when told, from the moment at which all is ready."""
    if options.fail:
        with watched() as disk:
            _save(options, disk)
    else:
        _save(options, Disk())


def _save(options: argparse.Namespace, disk: Disk) -> None:
    """Save a member and a meeting with that member, as one; perhaps for ever."""
    desk = opened(options)
    if options.draft:
        desk.drafts.put("meeting", uid_of(options.first), {"closing": closing_of(options.first)})
    say("ready")
    if options.fail:
        disk.fail(options.fail)
    for number in count(options.first) if options.forever else [options.first]:
        if options.attach:
            attach(desk, options.attach)
        save_one(desk, number)
        say(f"ack {number}")
        disk.failing = ""
    desk._library.close()


def save_one(desk: Desk, number: int) -> None:
    """The save of this number: two records in one transaction; its draft goes with it."""
    member = Member(
        id=new_id(),
        name=f"周{number}",
        sort_key=f"zhou {number}",
        kinds=(Span("formal", PartialDate(1990, 6)),),
        join_date=PartialDate(1990, 6),
        id_number=f"1101051980{number:07d}X",
        phone=f"1380000{number:04d}",
    )
    meeting = meeting_of(number, Person(member.name, member.id))
    with desk._library.changing(Topic.MEMBERS, Topic.MEETINGS, Topic.DRAFTS) as work:
        work.members.save(member)
        desk.meetings.records.put(work, meeting)


def meeting_of(number: int, there: Person) -> Meeting:
    """A meeting that tells by its text whether it is whole."""
    return Meeting(
        id=uid_of(number),
        kinds=("committee_meeting",),
        title=f"第{number}次",
        date=FIRST_DAY + timedelta(days=number),
        attendance=(Attendance(there, Presence.PRESENT),),
        closing=closing_of(number),
    )


def uid_of(number: int) -> str:
    """The id of the meeting of this number."""
    return f"00000000-0000-4000-8000-{number:012d}"


def closing_of(number: int) -> str:
    """Its text."""
    return f"{number}：{TEXT}{number}。"


def attach(desk: Desk, megabytes: int) -> None:
    """Keep a file with the library, of random content."""
    file = desk.path.parent / "照片.jpg"
    file.write_bytes(os.urandom(megabytes * 1024 * 1024))
    desk.record_files.keep(file)


def show(options: argparse.Namespace) -> None:
    """What meetings there are, or the text of one."""
    desk = opened(options)
    if options.id:
        meeting = desk.meetings.one(options.id)
        say(f"{meeting.title}\n{meeting.closing}")
    else:
        ids = desk.meetings.find()
        say("\n".join(meeting.title for meeting in desk.meetings.get(ids).values()))
    desk._library.close()


def draft(options: argparse.Namespace) -> None:
    """Keep a text of a meeting that is not saved."""
    desk = opened(options)
    desk.drafts.put("meeting", uid_of(options.first), {"closing": options.text})
    say("kept")
    desk._library.close()


def serve(options: argparse.Namespace) -> None:
    """Hold the library open until killed, perhaps by its n-th writing while it is opened."""
    with watched() as disk:
        disk.fail(options.fail or "write:KILL:1000000")
        desk = opened(options)
        say(f"serving {disk.calls}")
        disk.failing = ""
        while desk:
            time.sleep(1)


def rebuild(options: argparse.Namespace) -> None:
    """Change each meeting, then make everything derived anew, perhaps until the n-th writing."""
    desk = opened(options)
    with watched() as disk:
        disk.fail(options.fail or "write:KILL:1000000")
        for meeting in desk.meetings.get(desk.meetings.find()).values():
            desk.meetings.save(replace(meeting, closing=f"{meeting.closing or ''}又记。"))
        RebuildService(desk._library).run()
        say(f"rebuilt {disk.calls}")
        disk.failing = ""
    desk._library.close()


def purge(options: argparse.Namespace) -> None:
    """Take everything in the bin out for good, perhaps until the n-th writing."""
    desk = opened(options)
    with watched() as disk:
        disk.fail(options.fail or "write:KILL:1000000")
        desk.purges.purge([each.id for each in desk.bin.listed()], "按规定销毁")
        say(f"purged {disk.calls}")
        disk.failing = ""
    desk._library.close()


def copy(options: argparse.Namespace) -> None:
    """Back up again and again, each time under a name that is free."""
    snapshot.LARGE = 0 if options.large else snapshot.LARGE
    while True:
        say(f"made {backup(options.library, options.file).file.name}")


def follow(options: argparse.Namespace) -> None:
    """Change something and back up again and again, also to the second place."""
    snapshot.LARGE = 0 if options.large else snapshot.LARGE
    desk = opened(options)
    for number in count(options.first):
        save_one(desk, number)
        say(f"made {desk.copies.backup().file.name}")


def carry(options: argparse.Namespace) -> None:
    """Write the whole library into one file again and again, in place of the one before."""
    while True:
        say(f"made {carried_out(options.library, options.file).file.name}")


def type_on(options: argparse.Namespace) -> None:
    """Write into the window, which only this process loads."""
    keyboard = importlib.import_module("tests.faults.keyboard")
    keyboard.type_on(options.library, options.latest, options.pausing)


VERBS = {
    "save": save,
    "show": show,
    "draft": draft,
    "copy": copy,
    "follow": follow,
    "carry": carry,
    "type": type_on,
    "serve": serve,
    "rebuild": rebuild,
    "purge": purge,
}


def _parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser()
    made.add_argument("--as-nobody", action="store_true", help="as an ordinary user")
    made.add_argument("--cache", type=int, help="pages that SQLite may hold before it spills")
    made.add_argument("--patience", type=float, help="seconds to wait for another program")
    verbs = made.add_subparsers(dest="verb", required=True)
    for name in VERBS:
        verb = verbs.add_parser(name)
        verb.add_argument("library", type=Path)
        verb.add_argument("--from", dest="first", type=int, default=1)
    saving = verbs.choices["save"]
    saving.add_argument("--forever", action="store_true")
    saving.add_argument("--attach", type=int, metavar="MB")
    saving.add_argument("--draft", action="store_true", help="keep the text as a draft before")
    for verb in (saving, *(verbs.choices[name] for name in ("serve", "rebuild", "purge"))):
        verb.add_argument("--fail", metavar="write:EIO:3+", help="what the disk is to fail in")
    verbs.choices["show"].add_argument("id", nargs="?")
    verbs.choices["draft"].add_argument("text")
    for name in ("copy", "carry"):
        verbs.choices[name].add_argument("file", type=Path)
    for name in ("copy", "follow"):
        verbs.choices[name].add_argument("--large", action="store_true", help="as a large library")
    verbs.choices["type"].add_argument("--latest", type=int, default=5000)
    verbs.choices["type"].add_argument("--pausing", action="store_true", help="now and then")
    return made


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
