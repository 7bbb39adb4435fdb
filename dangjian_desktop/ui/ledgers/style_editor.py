"""The maker: a branch declares a ledger of its own, or changes one, with the paper beside it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from dangjian_desktop.domain.ledgers.checks import problems_of
from dangjian_desktop.domain.ledgers.ledger import Ledger
from dangjian_desktop.errors import InputError
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.ledgers.style_checks import problems_in
from dangjian_desktop.services.ledgers.style_form import ledger_of, state_of
from dangjian_desktop.services.papers.printing import papers_of_ledger
from dangjian_desktop.services.records.writing import State
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.ledgers.style_body import StyleBody, StyleOpened
from dangjian_desktop.ui.paper.unsaved import UnsavedPaper
from dangjian_desktop.ui.records.editing import Editing, found
from dangjian_desktop.ui.records.editor import RecordEditor

FORM = "ledger_style"
"""The name under which drafts of declarations are kept, by the code of the ledger."""


def style_editor(desk: Desk, shell: Shell) -> RecordEditor:
    """Edits one declaration at a time."""

    def save(ledger: Ledger, _state: State) -> Ledger:
        made = desk.ledger_styles.define(ledger).ledger
        desk.drafts.drop(FORM, ledger.code)
        return made

    editing = Editing(
        form=FORM,
        noun="台账样式",
        load=partial(_load, desk),
        new=partial(_new, desk),
        body=partial(StyleBody, shell.theme),
        read=_read,
        save=save,
        revision=_never_elsewhere,
        title=_title,
    )
    paper = UnsavedPaper(shell, partial(_draw, desk))
    editor = RecordEditor(desk, shell, editing, paper)

    def follow(*_turned: bool) -> None:
        if editor.opened is None:
            return
        ledger = ledger_of(editor.state())
        titles = [(str(n), _bare(each.title)) for n, each in enumerate(ledger.prints)]
        paper.layouts.set_choices(titles)
        paper.follow(None if not titles or problems_of(ledger) else ledger)

    editor.settled.connect(follow)
    editor.leaf.turned.connect(follow)
    editor.head.preview.setChecked(True)
    return editor


def _bare(title: str) -> str:
    return title.replace("{branch}", "").replace("{period}", "").replace("（）", "") or "未命名"


def _draw(desk: Desk, ledger: Ledger, number: str) -> bytes:
    return desk.printing.preview(papers_of_ledger(ledger)[int(number or 0)])


def _load(desk: Desk, code: str) -> StyleOpened | None:
    try:
        stored: Ledger | None = desk.ledgers.one_ledger(code).ledger
    except InputError:
        stored = None
    used = stored is not None and desk.ledger_styles.has_rows(code)
    fixed = frozenset(each.name for each in stored.fields) if stored and used else frozenset()
    return found(
        partial(StyleOpened, today=desk.today(), fixed=fixed),
        desk.drafts,
        FORM,
        code,
        stored=stored,
        revision=0,
        state_of=state_of,
    )


def _new(desk: Desk, code: str) -> StyleOpened:
    """An empty one, or one that begins as another ledger."""
    styles = desk.ledger_styles
    if code:
        title = desk.ledgers.one_ledger(code).ledger.title
        made, printed = styles.copy_of(code, f"{title}（副本）"), True
    else:
        made, printed = styles.new(""), False
    state = state_of(made, printed=printed)
    return StyleOpened(uid=made.code, state=state, today=desk.today())


def _read(state: State, _opened: StyleOpened) -> tuple[Ledger | None, Mapping[str, str]]:
    made = ledger_of(state)
    return made, problems_in(state, made)


def _never_elsewhere(_code: str) -> int:
    """Declarations are changed here only while a window holds the library."""
    return 0


def _title(state: State, opened: StyleOpened) -> str:
    name = state.get("title") or "未命名"
    return "新建台账" if opened.stored is None else f"修改样式：{name}"
