"""A page that is made part after part, each in a slot of its own."""

from __future__ import annotations

from functools import cached_property

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from shiboken6 import isValid

from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.ui.desk.parts import Parts
from dangjian_desktop.ui.settings.settings import _CARDS, SettingsPage
from tests.ui.roster_world import a_desk, quiet


class Sample(QObject):
    def __init__(self):
        super().__init__()
        self.made = []
        self.parts = Parts(self, ("one", "two", "three"))

    def _make(self, name):
        self.made.append(name)
        return name

    one = cached_property(lambda self: self._make("one"))
    two = cached_property(lambda self: self._make("two"))
    three = cached_property(lambda self: self._make("three"))


def test_parts_come_one_after_the_other_and_one_that_is_wanted_at_once(qtbot):
    page = Sample()
    assert page.made == []
    assert page.two == "two"
    seen = []
    page.parts._turn.timeout.connect(lambda: seen.append(len(page.made)))
    qtbot.waitUntil(lambda: not page.parts.waiting)
    assert page.made == ["two", "one", "three"]
    assert seen[:2] == [2, 3]  # one a slot


def test_all_that_waits_can_be_had_now(qtbot):
    page = Sample()
    page.parts.finish()
    assert page.made == ["one", "two", "three"]


def test_nothing_is_made_for_a_page_that_went_away(qtbot, qapp):
    page = Sample()
    made, parts = page.made, page.parts
    page.deleteLater()
    QCoreApplication.sendPostedEvents(page, QEvent.Type.DeferredDelete)
    assert not isValid(parts)
    qapp.processEvents()
    assert made == []


@pytest.fixture
def desk(tmp_path):
    made = a_desk(tmp_path)
    yield made
    made.close()


def test_the_cards_of_the_settings_come_in_their_order_and_are_read(qtbot, desk, shell):
    page = SettingsPage(desk, shell)
    qtbot.addWidget(page)
    page.show()
    page.refresh(frozenset(Topic))
    assert [name for name in _CARDS if name not in page.parts.waiting] == ["drafts", "branch"]
    offered = page.chips.codes()
    assert page.kinds.isVisible()  # wanted before its turn
    qtbot.waitUntil(lambda: not page.parts.waiting)
    quiet(qtbot, shell)
    under = [page._under.itemAt(n).widget() for n in range(page._under.count() - 1)]
    assert [type(card) for card in under] == [*_CARDS.values()]
    assert [card.y() for card in under[1:]] == sorted(card.y() for card in under[1:])
    assert page.rules.table.model.ids
    assert page.recycled.count.text()
    assert page.chips.codes() == offered


def test_a_card_that_is_not_made_yet_is_gone_to(qtbot, desk, shell):
    page = SettingsPage(desk, shell)
    qtbot.addWidget(page)
    page.resize(1100, 500)
    page.show()
    page.focus_record("look")
    assert page.parts.waiting == []
    bar = page.area.verticalScrollBar()
    qtbot.waitUntil(lambda: 0 < bar.value() == page.look.y() - 8)
    assert page.chips.codes() == ("外观",)
