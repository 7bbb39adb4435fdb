"""What can be done with a record: one list for buttons, the right-click menu and keys."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from dangjian_desktop.errors import BlockedError, InputError, UserError
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.ui.desk.messages import all_at_once
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import button


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One act; ``do`` is called with the ids of the chosen records, one unless ``several``; it
    is there for ``least`` or more of them.

    ``key`` with Ctrl works wherever the page is shown, a plain one (Del) in the list. ``fits``
    tells whether it is for the record shown; no ``button``: in the right-click menu only.
    """

    code: str
    title: str
    do: Callable[[Sequence[str]], object]
    icon: str = ""
    key: str = ""
    tip: str = ""
    several: bool = False
    least: int = 1
    button: bool = True
    fits: Callable[[], bool] = lambda: True


class Acts(QObject):
    """The acts of one list, on the ``ids`` chosen in it; ``name`` begins those of the buttons."""

    changed = Signal()

    def __init__(self, acts: Iterable[Act], theme: Theme, host: QWidget, *, name: str) -> None:
        super().__init__(host)
        self._theme, self._name = theme, name
        self.ids: tuple[str, ...] = ()
        self.acts = {act.code: act for act in acts}
        self.actions = {act.code: self._action(act) for act in self.acts.values()}
        host.addActions([a for c, a in self.actions.items() if "+" in self.acts[c].key])
        self.set_ids(())

    def set_ids(self, ids: Sequence[str]) -> None:
        """What is chosen now; an act on several says how many."""
        self.ids = tuple(ids)
        for code, action in self.actions.items():
            act, many = self.acts[code], len(ids)
            action.setText(f"{act.title}（{many}）" if act.several and many > 1 else act.title)
            action.setVisible(act.fits() and (many >= act.least or act.least == 1))
            action.setEnabled(many == 1 or (many > 1 and act.several))
        self.changed.emit()

    def menu(self, parent: QWidget) -> QMenu:
        """The menu of the right button and the Menu key."""
        menu = QMenu(parent)
        menu.addActions(list(self.actions.values()))
        return menu

    def buttons(self) -> list[QPushButton]:
        """A button for each act that has one; they follow what is chosen."""
        return [self._button(act) for act in self.acts.values() if act.button]

    def press(self, event: QKeyEvent) -> bool:
        """Do the act of a plain key; false when there is none, or nothing is chosen."""
        pressed = QKeySequence(event.keyCombination())
        for code, action in self.actions.items():
            if "+" not in self.acts[code].key and action.shortcut() == pressed:
                action.trigger()
                return action.isEnabled()
        return False

    def _action(self, act: Act) -> QAction:
        action = QAction(act.title, self)
        action.setObjectName(f"{self._name}.{act.code}.act")
        action.setShortcut(QKeySequence(act.key))
        action.setShortcutVisibleInContextMenu(True)
        action.triggered.connect(lambda: act.do(self.ids))
        return action

    def _button(self, act: Act) -> QPushButton:
        action = self.actions[act.code]
        tip = "　".join(filter(None, (act.tip, action.shortcut().toString())))
        name = f"{self._name}.{act.code}"
        made = button(act.title, self._theme, icon=act.icon, name=name, tip=tip)
        made.clicked.connect(action.trigger)

        def follow() -> None:
            made.setText(f" {action.text()}" if act.icon else action.text())
            made.setEnabled(action.isEnabled())
            if made.parentWidget() is not None:  # else it would be a window of its own
                made.setVisible(action.isVisible())

        self.changed.connect(follow)
        follow()
        return made


def bin_act(
    shell: Shell,
    delete: Callable[[str], object],
    bring_back: Callable[[str], object],
    title_of: Callable[[str], str],
    returned: Callable[[str], None],
    *,
    tip: str = "",
    left: Callable[[Sequence[str]], str],
) -> Act:
    """删除: into the bin, with 撤销 in the toast; what is refused stays and is said.

    ``returned`` is told the first id once everything is back; ``left`` says what stays of them.
    """

    def back(ids: Sequence[str]) -> None:
        work: Callable[[], list[object]] = partial(list, map(bring_back, ids))
        shell.jobs.library(work, lambda _none: returned(ids[0]))

    def said(titles: Sequence[str], ended: tuple[list[str], list[UserError], str]) -> None:
        gone, refused, more = ended
        if gone:
            words = titles[0] if len(titles) == 1 else f"{len(gone)} 条记录"
            shell.toast(f"已移入回收站：{words}{more}", partial(back, gone))
        if refused:
            shell.messages.report(all_at_once(refused, "没有删除"))

    def do(ids: Sequence[str]) -> None:
        titles = [title_of(uid) for uid in ids]
        shell.jobs.library(partial(_each, delete, left, tuple(ids)), partial(said, titles))

    return Act(code="delete", title="删除", do=do, icon="trash-2", key="Del", tip=tip, several=True)


def _each(
    delete: Callable[[str], object], left: Callable[[Sequence[str]], str], ids: Sequence[str]
) -> tuple[list[str], list[UserError], str]:
    gone: list[str] = []
    refused: list[UserError] = []
    for uid in ids:
        try:
            delete(uid)
        except (InputError, BlockedError) as error:
            refused.append(error)
            if isinstance(error, BlockedError):  # The next one would meet the same disk.
                break
        else:
            gone.append(uid)
    return gone, refused, left(gone)
