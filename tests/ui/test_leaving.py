"""Nobody leaves before what was typed is kept: every editor, every error of the storage."""

from __future__ import annotations

import ast
import shutil
from contextlib import suppress
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QPushButton

from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.library.holding import NotKeptError
from dangjian_desktop.storage.file import connecting
from dangjian_desktop.storage.library import Library
from dangjian_desktop.ui import places
from dangjian_desktop.ui.desk import keeper
from dangjian_desktop.ui.desk.ending import Ending
from dangjian_desktop.ui.desk.page import Page, Place
from dangjian_desktop.ui.desk.parts import Parts
from dangjian_desktop.ui.home.gathering import leads_to
from dangjian_desktop.ui.window.main_window import MainWindow
from tests.services.make import a_library, clock
from tests.ui.leaving_world import (
    EDITORS,
    ERRORS,
    SHARED_FORMS,
    banner,
    drafted,
    held,
    safe,
    text_of,
    typed_into,
    write,
)

VERBS = ["再试", "另存到别处", "放弃这些内容"]


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    folder = tmp_path_factory.mktemp("template")
    library = a_library(folder)
    library.close()
    return library.path


@pytest.fixture
def desk(tmp_path, template, shell, monkeypatch):
    monkeypatch.setattr(keeper, "AFTER_LAST_KEY", 5)
    monkeypatch.setattr(keeper, "AGAIN", 600_000)
    monkeypatch.setattr(connecting, "BUSY_SECONDS", 0.05)
    file = tmp_path / "library" / "支部.dangjian"
    file.parent.mkdir()
    shutil.copy(template, file)
    made = Desk(Library.open(file, write=True), clock)
    made.announce = shell.changes.announce
    made.unsaved.learn()
    yield made
    made.close()


@pytest.fixture
def window(qtbot, desk, shell):
    """The page of the place alone, and one to go to."""

    def shown(place):
        known = {each.code: each for each in places.places(desk, shell)}
        made = MainWindow(shell)
        qtbot.addWidget(made)
        made.resize(1366, 768)
        made.show()
        made.set_places([known[place], Place("other", "别处", "house", Page)])
        qtbot.waitUntil(lambda: made.page(place) is not None)
        qtbot.waitUntil(lambda: not any(parts.waiting for parts in made.findChildren(Parts)))
        quiet(qtbot, shell)
        return made

    yield shown
    qtbot.waitUntil(lambda: not shell.jobs.busy)


def quiet(qtbot, shell, page=None):
    def done():
        return not shell.jobs.busy and not (hasattr(page, "card") and page.card.waiting)

    for _round in range(2):
        qtbot.waitUntil(done)


def begin(qtbot, shell, page, desk, case):
    case.begin(page, desk)
    quiet(qtbot, shell, page)
    find, found = case.field or typed_into, []

    def there():
        with suppress(StopIteration):
            found.append(find(page))
        return bool(found)

    qtbot.waitUntil(there)
    return found[0]


class Attempt:
    """One try to leave while the library refuses."""

    def __init__(self, qtbot, shell, window, page):
        self.qtbot, self.shell, self.window, self.page = qtbot, shell, window, page
        self.left = []

    def leave(self):
        """To another page; the user stays and is told."""
        self.window.go("other")
        self.qtbot.waitUntil(lambda: banner(self.page) is not None)
        quiet(self.qtbot, self.shell)

    def end(self):
        """As the program ends or another library is opened."""
        self.window.leave_all(self.gone)
        quiet(self.qtbot, self.shell)

    def gone(self):
        self.left.append(1)

    def again(self):
        banner(self.page).again.click()
        self.qtbot.waitUntil(lambda: self.left == [1])
        quiet(self.qtbot, self.shell)


@pytest.mark.parametrize("form", EDITORS)
def test_no_text_is_lost_whatever_the_storage_says(qtbot, desk, shell, window, form):
    case = EDITORS[form]
    case.prepare(desk)
    shown = window(case.place)
    page = shown.page(case.place)
    field = begin(qtbot, shell, page, desk, case)
    for error, (refusing, words) in ERRORS.items():
        text, attempt = f"不能丢{error}", Attempt(qtbot, shell, shown, page)
        with refusing(desk):
            write(field, text)
            attempt.leave()
            assert shown.here == case.place, error
            assert words in banner(page).words.text(), error
            acts = banner(page).again, banner(page).aside, banner(page).drop
            assert [act.text() for act in acts] == VERBS, error
            if case.other is not None:
                case.other(page)
                attempt.end()
            else:
                case.begin(page, desk)
                attempt.end()
            assert attempt.left == [], error
            assert field.isVisible(), error
            assert text in text_of(field), error
            assert text in held(desk), error
        attempt.again()
        assert text in drafted(desk), error
        assert (held(desk), safe(page)) == ("", True), error


def asked_in(source):
    """Whether a file of the window makes a form that is kept, or one that nobody keeps."""
    return {
        node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name)
    }


KEPT = {"Editing", "door", "KeptForm", "KeptFields"}
TYPED = {"Form", "FieldsBody", "QLineEdit", "QPlainTextEdit", "QTextEdit", "TextArea", "NameField"}
TYPED |= {"QInputDialog", "DateField", "MonthField"}
PARTS = "fields/ ledgers/style_body.py meetings/chips.py meetings/details.py meetings/body.py"
PARTS += " members/member_cards.py members/member_fields.py projects/entry.py projects/steps.py"
PARTS += " members/member_change.py meetings/attendance.py"
PARTS += " form_body.py summaries/words.py checks/verdicts.py declared_form.py"
PARTS += " submissions/order_parts.py"
NOT_KEPT = {
    "look/widgets.py": "a filter",
    "projects/overview.py": "one day, which is proposed",
    "members/import_found.py": "one day, which is proposed",
    "submissions/materials.py": "parts of the form of a package, which is kept",
    "members/roster.py": "the day of which the list is shown",
    "fields/period.py": "which period is asked for",
    "ledgers/style_card.py": "names of the roster, stored as soon as they are chosen",
    "window/first_steps.py": "two names before there is a library, kept in the settings",
    "window/lock_page.py": "a password or a recovery code: kept nowhere",
    "window/new_password.py": "a password: kept nowhere",
    "settings/purging.py": "why something goes for good, asked in the moment it does",
    "window/code_step.py": "groups of the recovery code: kept nowhere",
    "summaries/sent.py": "one day, which is proposed",
    "settings/changed.py": "a name and a few words, sealed as soon as they are said",
    "settings/looks.py": "a choice per paper, stored as soon as it is made",
    "settings/look_page.py": "measures of a look, stored as soon as they are right",
}
"""Where something is typed that no draft keeps, and why."""


def test_no_editor_is_forgotten():
    ui = Path(places.__file__).parent
    found = {f.relative_to(ui).as_posix(): asked_in(f.read_text("utf-8")) for f in ui.rglob("*.py")}
    made = {name for case in EDITORS.values() for name in case.made_in}
    core = {"records/editor.py", "desk/kept_form.py", *SHARED_FORMS}
    assert {name for name, calls in found.items() if calls & KEPT} == made | core
    typed = {name for name, calls in found.items() if calls & TYPED}
    rest = {n for n in typed - made - set(NOT_KEPT) if not n.startswith(tuple(PARTS.split()))}
    assert rest == set()
    assert set(NOT_KEPT) <= typed


def test_every_form_has_a_name_and_a_place(desk, shell):
    codes = {place.code for place in places.places(desk, shell)}
    for form in EDITORS:
        assert leads_to(form, "1")[0] in codes
        assert desk.drafts.title_of(form) != form


ONLY_THE_PAGE = {
    "project_category": "behind a chip",
    "waiver": "beside its finding",
    "package_return": "behind its button",
    "package_reply": "behind its button",
    "package_order": "the list stands behind the other way",
}
"""Where 接着写 leads to the page alone; the form shows what was typed once it is opened there."""
NO_DRAFT = {"summary": "saved by itself as it is typed"}


@pytest.mark.parametrize("form", sorted(EDITORS.keys() - {*ONLY_THE_PAGE, *NO_DRAFT}))
def test_going_on_shows_what_was_typed(qtbot, desk, shell, window, form):
    case = EDITORS[form]
    case.prepare(desk)
    first = window(case.place)
    field = begin(qtbot, shell, first.page(case.place), desk, case)
    write(field, "写到一半")
    first.page(case.place).leave(bool)
    quiet(qtbot, shell)
    [draft] = desk.drafts.all(form)
    again = window(case.place)
    page = again.page(case.place)
    page.focus_record(leads_to(form, draft.uid)[1])

    def shown():
        texts = (w for kind in (QLineEdit, QPlainTextEdit) for w in page.findChildren(kind))
        return any(w.isVisible() and "写到一半" in text_of(w) for w in texts)

    qtbot.waitUntil(shown)


def test_text_that_no_place_takes_stays_on_the_screen(qtbot, desk, shell, window, monkeypatch):
    monkeypatch.setattr(desk.unsaved, "hold", lambda _held: False)
    shown = window("meetings")
    page = shown.page("meetings")
    field = begin(qtbot, shell, page, desk, EDITORS["meeting"])
    attempt = Attempt(qtbot, shell, shown, page)
    with ERRORS["disk full"][0](desk):
        write(field, "不能丢")
        attempt.leave()
        attempt.end()
    assert "请不要关闭程序" in banner(page).words.text()
    assert (attempt.left, "不能丢" in text_of(field)) == ([], True)
    attempt.again()


class Manager:
    """What the system asks a program with at the end of a session."""

    def __init__(self):
        self.stopped = []

    def allowsInteraction(self):
        return True

    def cancel(self):
        self.stopped.append(1)


def test_the_end_of_the_session_brings_the_last_letters_into_safety(
    qtbot, desk, shell, window, qapp
):
    shown = window("meetings")
    field = begin(qtbot, shell, shown.page("meetings"), desk, EDITORS["meeting"])
    ending, manager = Ending(qapp, shown, shown), Manager()
    with ERRORS["stick pulled"][0](desk):
        write(field, "最后几个字")
        ending.on_session_end(manager)
        assert "最后几个字" in held(desk)
        quiet(qtbot, shell)
    assert manager.stopped == []
    desk.unsaved.hold = lambda _held: False
    with ERRORS["disk full"][0](desk):
        write(field, "无处可放")
        ending.on_session_end(manager)
        quiet(qtbot, shell)
    assert manager.stopped == [1]
    Attempt(qtbot, shell, shown, shown.page("meetings")).page.leave(bool)
    quiet(qtbot, shell)
    assert "无处可放" in drafted(desk)


def test_what_waited_is_offered_when_the_library_is_opened_again(qtbot, desk, shell, window):
    with ERRORS["locked"][0](desk), pytest.raises(NotKeptError):
        desk.unsaved.door("meeting").keep("7f", {"title": "三季度党课", "kinds": []})
    shown = window("home")
    home = shown.page("home")
    asked = []
    shell.place_asked.connect(lambda *where: asked.append(where))
    qtbot.waitUntil(home.held.isVisible)
    words = home.held.findChild(QLabel).text()
    assert words.startswith("没有存进资料库的内容（会议：三季度党课，")
    home.held.findChild(QPushButton, "held.drop").click()
    qtbot.waitUntil(lambda: not home.held.isVisible())
    assert held(desk) == ""
    desk.unsaved.put_back(desk.unsaved.as_held("meeting", "7f", {"title": "又一次"}, None))
    home.held.load()
    qtbot.waitUntil(home.held.isVisible)
    quiet(qtbot, shell)
    home.held.findChildren(QPushButton, "held.resume")[-1].click()
    qtbot.waitUntil(lambda: asked == [("meetings", "edit/7f")])
    assert "又一次" in drafted(desk)
    qtbot.waitUntil(lambda: not home.held.isVisible())
