"""The roster is read once and known again, and never older than what the library holds."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace

import pytest

from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.storage.library import Library
from tests.services.make import a_library, a_member


@pytest.fixture
def library(tmp_path):
    with closing(a_library(tmp_path)) as made:
        yield made


def roster(library):
    with library.reading() as work:
        return work.roster()


def stored(library):
    """As it lies there, by a library that remembers nothing."""
    with closing(Library.open(library.path, write=False)) as other, other.reading() as work:
        return work.members.all()


def test_it_is_read_again_only_after_a_change_of_a_member(library):
    known = roster(library)
    assert known == stored(library)
    assert roster(library) is known
    with library.changing(Topic.SETTINGS) as work:
        work.settings.put("summary/2026", {"a": 1})
    assert roster(library) is known
    with library.changing(Topic.MEMBERS) as work:
        work.members.save(replace(known[0], name="张三丰"))
    assert roster(library) is not known
    assert roster(library) == stored(library) != known


@pytest.mark.parametrize("act", ["mark_deleted", "unmark"])
def test_the_bin_counts_too(library, act):
    member = roster(library)[0]
    with library.changing() as work:
        work.members.mark_deleted(member.id)
    roster(library)
    with library.changing() as work:
        getattr(work.members, act)(member.id)
    assert roster(library) == stored(library)


def test_a_change_that_is_not_committed_is_seen_only_inside(library):
    known = roster(library)
    new = a_member("新来")
    halting = pytest.raises(RuntimeError, match="halt")
    with halting, library.changing() as work:
        work.members.save(new)
        raise RuntimeError("halt" if new in work.roster() else "not seen")
    assert roster(library) is known
    with library.changing() as work:
        assert work.roster() is known
        work.members.save(new)
        assert new in work.roster()
    assert new in roster(library)


def test_what_another_program_changed_is_seen(library):
    with closing(Library.open(library.path, write=False)) as reader:
        assert roster(reader) is roster(reader)
        new = a_member("新来")
        with library.changing() as work:
            work.members.save(new)
        assert new in roster(reader)
        with library.changing() as work:
            work.members.save(replace(new, name="改名"))
        assert roster(reader) == stored(library)


def test_two_changes_between_two_readings(library):
    """One that leaves the members alone does not take along what another made old."""
    known = roster(library)
    with library.changing() as work:
        work.members.save(a_member("新来"))
    with library.changing() as work:
        work.settings.put("summary/2026", {"a": 1})
    assert roster(library) == stored(library) != known
