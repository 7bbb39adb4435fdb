"""Every way out of a library with a password, walked by what the program itself lists (papers,
commands, places, views): what is sensitive is seen in its own record alone, numbers are covered."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from dangjian_desktop.cli.running import main
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.errors import UserError
from dangjian_desktop.papers.catalogue import LEDGER, ROW, Wanted
from dangjian_desktop.services.desk import open_desk
from dangjian_desktop.services.library import passwords
from dangjian_desktop.services.papers.sheets import ABOUT_ONE
from dangjian_desktop.storage.file.keys import let_go
from tests.cli.commands import commands
from tests.documents.reading import model_texts
from tests.guards.levels_world import DAY, filled
from tests.guards.test_levels import PASSWORD, in_folder
from tests.services.make import a_library, a_meeting, clock
from tests.ui.project_world import a_stored_project

PERIODS = (Period(2026, 1, 12), Period(2026, 1, 6), Period(2026, 1, 3), Period(2026, 3, 1))


def locked(folder):
    """A library with a password; where it lies."""
    library = a_library(folder)
    library.close()
    passwords.set_password(library.path, passwords.new_secret(), PASSWORD)
    return library.path


@pytest.fixture
def path(tmp_path, quick_passwords):
    yield locked(tmp_path)
    let_go()


@pytest.fixture
def world(path):
    with closing(open_desk(path, clock=clock)) as desk:
        yield desk, probed(desk)


def probed(desk):
    desk.meetings.import_json([a_meeting()])
    a_stored_project(desk)
    return filled(desk)


def seen(probes, told):
    return {f"{p.record.code}.{p.field.name}" for p in probes if p.words in told}


def names(probes):
    return {f"{p.record.code}.{p.field.name}" for p in probes}


def behind(probes):
    """Those that a password keeps: of sensitive fields, and of records that are so as a whole."""
    return [p for p in probes if p.closed or p.whole]


def test_there_is_something_to_walk_with(world):
    _desk, probes = world
    closed = {p.record.code for p in probes if p.closed}
    assert closed >= {"heart_talk", "ledger:own_0a0b0c0d", "ledger:own_2a0b0c0d"}
    covered = names(p for p in probes if p.field.masked)
    assert covered >= {"member.id_number", "member.phone", "project.phone", "ledger:visits.trouble"}


# ---- papers -----------------------------------------------------------------------------------


def printed(desk) -> Iterator[tuple[object, str, str, Wanted]]:
    """Every paper of the catalogue and every print of a ledger, of every record and period."""
    papers = [*desk.printing.papers()]
    for entry in desk.ledgers.all():
        for of in (ROW, LEDGER):
            papers += desk.printing.of_ledger(entry.ledger.code, of)
    for paper in papers:
        code = f"ledger:{paper.ledger.code}" if paper.ledger else paper.of
        with desk._library.reading() as work:
            ids = work.of(code).ids() if paper.of in ABOUT_ONE else [""]
        periods = [period for period in PERIODS if period.length in paper.lengths]
        for wanted in [*(Wanted(period=period) for period in periods), Wanted(day=DAY)]:
            for uid in ids:
                yield paper, code, uid, wanted


def drawn(desk, paper, uid, wanted):
    """All that the paper says, its file name too; nothing where it is refused in words."""
    try:
        document = desk.printing.document(paper.code, uid, wanted)
    except UserError:
        return ""
    return f"{model_texts(document)}{document.name}{document.title}{document.foot}"


def test_no_paper_but_that_of_the_record_itself_says_what_is_sensitive(world):
    desk, probes = world
    made = 0
    for paper, code, uid, wanted in printed(desk):
        told = drawn(desk, paper, uid, wanted)
        made += bool(told)
        own = [p for p in probes if p.record.code == code]
        own = own if paper.of in ABOUT_ONE else [p for p in own if not p.closed]
        assert seen(behind(probes), told) <= names(own), paper.code
        members = [p for p in probes if p.record.code == "member"]
        assert not seen(members, told), paper.code
    assert made > 60


def test_no_paper_for_everybody_says_what_is_sensitive_or_covered(world):
    desk, probes = world
    for paper, _code, uid, wanted in printed(desk):
        public = Wanted(period=wanted.period, day=wanted.day, public=True)
        told = drawn(desk, paper, uid, public)
        hidden = [*behind(probes), *(p for p in probes if p.field.masked)]
        assert not seen(hidden, told), paper.code


# ---- the command line ---------------------------------------------------------------------------

CHANGES = ("password", "restore", "recover", "demo", "new", "gui", "self-test", "minutes", "import")
"""Commands that do something else than to tell, or open a window."""


def lines(tmp_path, codes):
    """Every command that tells something, with arguments that would do; of each of the ledgers."""
    for command in commands():
        if command.words[0] in CHANGES or command.name.endswith(("import", "undo", "delete")):
            continue
        # The print of a ledger, asked for by hand, is as closed as its list.
        out = tmp_path / ("台账" if command.name == "ledger print" else "命令")
        good = {"id": "无", "file": out / "表.xlsx", "out": out}
        given = [part.format(**good) for part in command.line("", "")]
        ledgers = codes if "training" in given and command.name != "ledger define" else [""]
        for code in ledgers:
            yield command.name, code, [code if part == "training" else part for part in given]


def test_no_command_says_what_is_sensitive(path, tmp_path, capsys, monkeypatch):
    with closing(open_desk(path, clock=clock)) as desk:
        probes = probed(desk)
        codes = [entry.ledger.code for entry in desk.ledgers.all()]
        codes = [code for code in codes if any(f"ledger:{code}" == p.record.code for p in probes)]
        [talk] = desk.shared["heart_talk"].find()
        desk.shared["heart_talk"].delete(talk)
    let_go()
    monkeypatch.setenv("DANGJIAN_PASSWORD", PASSWORD)
    for folder in ("命令", "台账"):
        (tmp_path / folder).mkdir()
    taken = set()
    for name, code, line in lines(tmp_path, codes):
        own = [p for p in probes if p.record.code == f"ledger:{code}" and not p.closed]
        done = main(["--library", str(path), "--json", *line]) == 0
        if done:
            taken.add(f"{name} {code}".strip())
            main(["--library", str(path), *line])
        said = capsys.readouterr()
        assert seen(behind(probes), said.out + said.err) <= names(own), name
    wanted = {"heart_talk list", "heart_talk export", "bin list", "ledger list", "export all"}
    assert wanted | {f"ledger show {code}" for code in codes} <= taken
    told = "".join(in_folder(tmp_path / "命令"))
    assert not seen(behind(probes), told)
    assert not seen(probes, "".join(str(file) for file in tmp_path.rglob("*")))
