from __future__ import annotations

import sys
from threading import Barrier, Thread

import pytest

from dangjian_desktop.late import Late
from dangjian_desktop.services.desk import SERVICES, Desk
from dangjian_desktop.services.late import Service
from tests.services.make import a_library


def test_a_late_function_is_there_once_it_was_read(monkeypatch):
    late = Late("papers.dressing:dressed")
    monkeypatch.delitem(sys.modules, "dangjian_desktop.papers.dressing", raising=False)
    assert not late.ready
    assert late.read().__name__ == "dressed"
    assert late.ready


@pytest.fixture
def library(tmp_path):
    made = a_library(tmp_path)
    yield made
    made.close()


def test_every_service_of_a_desk_is_made_when_it_is_asked_for(library):
    desk = Desk(library)
    names = [name for name, each in vars(Desk).items() if isinstance(each, Service)]
    assert len(names) == len(SERVICES)
    assert not set(names) & set(vars(desk))
    for name in names:
        assert getattr(desk, name) is getattr(desk, name)


class Owner:
    service = Service("library.drafts:DraftService", "_library")
    _library = "a library"


def test_two_threads_get_the_same_service(monkeypatch):
    together, found, owner = Barrier(2), [], Owner()

    def read():
        together.wait()  # both have found none
        return lambda given: [given]

    monkeypatch.setattr(vars(Owner)["service"].late, "read", read)
    threads = [Thread(target=lambda: found.append(owner.service)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [["a library"], ["a library"]]
    assert found[0] is found[1] is owner.service
