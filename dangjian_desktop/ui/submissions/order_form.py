"""新建报送包 and 重报: of when, for whom, what goes in, and how it is handed over."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal, Slot

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.submissions.package import Profile
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.submissions.packages import Order
from dangjian_desktop.services.submissions.preparing import Material, Understood
from dangjian_desktop.ui.desk.drops import Drops
from dangjian_desktop.ui.desk.kept_form import KeptForm
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.submissions.findings import LISTS
from dangjian_desktop.ui.submissions.making import Made, Making
from dangjian_desktop.ui.submissions.order_parts import BY_CHOICE, BY_LIST, NEW, OrderParts

_FORM_OF_NEW = "new"
_DROP = "这里放要一并报送的文件，一次一个。"


class OrderForm(OrderParts):
    """Over the width of the page. ``left`` brings a package (none: empty) on the way back,
    ``saved`` the id of one, ``made`` the ``Made`` that is to be shown."""

    left = Signal(str)
    saved = Signal(str)
    made = Signal(object)

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__(desk, shell)
        self._wanted: tuple[str, ...] | None = None
        self._about = ""
        self.making = Making(desk, shell, self)
        self.kept = KeptForm(
            desk,
            shell,
            "package_order",
            name="报送包",
            key=lambda: self._about,
            state=self._state,
            fill=self._go_on,
            parent=self,
        )
        self._connect()
        Drops(self, shell.messages, self.further.add_file, _DROP)

    def start_new(self) -> None:
        """A new one; what was begun before and not made stands there still."""
        if self.title.text() != NEW:  # the choice of an old one stands there
            self.clear()
        self.title.setText(NEW)
        self._about = _FORM_OF_NEW
        self._load()
        self.kept.look()
        self._shell.jobs.library(self._desk.preparing.recipients, self._offer_recipients)

    def open(self, uid: str) -> None:
        """The choice of a package that went up, to be made again."""
        self._about = uid
        self._shell.jobs.library(partial(self._desk.preparing.order_of, uid), self._show_order)

    def keep_then(self, go: Callable[[], object]) -> None:
        """Once what was chosen and typed is kept."""
        self.kept.keeper.then(go)

    def go_back(self) -> None:
        """To the list."""
        self.left.emit("")

    def hear(self, topics: frozenset[Topic]) -> None:
        """The period may have other materials now."""
        if topics - {Topic.DRAFTS}:
            self._load()

    def order(self) -> Order:
        """What is chosen."""
        by_list, today = self.ways.codes() == (BY_LIST,), self._desk.today()
        return Order(
            period=self.period.period,
            recipient=self.recipient.currentText(),
            profile=Profile(self.profile.currentData()),
            papers=() if by_list else self.materials.codes(),
            asked=self._desk.preparing.asked(self.asked.text(), today) if by_list else (),
            files=self.further.files,
            kept=self.further.kept,
            packed=self.packed.isChecked(),
            pattern=self.pattern.text(),
        )

    def clear(self) -> None:
        """Begin anew the next time."""
        with self.quietly():
            self.further.show_files(())
            self.materials.show_chosen(())
            self.asked.set_text("")
            self.pattern.clear()

    @Slot()
    def _touch(self) -> None:
        if not self._filling:
            self.kept.touch()

    def _state(self) -> dict[str, Any]:
        return {
            "period": str(self.period.period),
            "recipient": self.recipient.currentText(),
            "profile": self.profile.currentData(),
            "way": self.ways.codes()[0],
            "papers": list(self._wanted or self.materials.codes()),
            "asked": self.asked.text(),
            "pattern": self.pattern.text(),
            "files": [str(file) for file in self.further.files],
            "kept": [file.name for file in self.further.kept],
        }

    def _go_on(self, content: Mapping[str, Any]) -> None:
        """Show what was chosen and typed before; a file that is gone is left out."""
        kept = tuple(file for file in self.further.kept if file.name in content["kept"])
        files = tuple(file for file in map(Path, content["files"]) if file.is_file())
        with self.quietly():
            self.period.show_period(Period.parse(content["period"]))
            self.recipient.setCurrentText(content["recipient"])
            self.profile.setCurrentIndex(self.profile.findData(content["profile"]))
            self._wanted = tuple(content["papers"])
            self.asked.set_text(content["asked"])
            self.pattern.setText(content.get("pattern", ""))
            self.further.show_files(files, kept)
            self._turn(content["way"])
        self._load()
        self._touch()

    def _load(self) -> None:
        period = self.period.period
        work = partial(self._desk.preparing.materials, period)
        self._shell.jobs.library(work, self._offer)
        self._understand()

    def _offer(self, materials: Sequence[Material]) -> None:
        with self.quietly():
            if self._wanted is None:
                self.materials.offer(materials)
            else:
                self.materials.show_chosen(self._wanted, materials)
                self._wanted = None

    def _offer_recipients(self, names: Sequence[str]) -> None:
        typed = self.recipient.currentText()
        with self.quietly():
            self.recipient.clear()
            self.recipient.addItems(list(names))
            self.recipient.setCurrentText(typed or next(iter(names), ""))

    def _show_order(self, order: Order) -> None:
        self.title.setText(f"重报：{order.period.label}报送{order.recipient}")
        with self.quietly():
            self.period.show_period(order.period)
            self.recipient.setCurrentText(order.recipient)
            self.profile.setCurrentIndex(self.profile.findData(order.profile.value))
            self._wanted = order.papers
            self._turn(BY_LIST if order.asked else BY_CHOICE)
            self.asked.set_text(self._desk.preparing.text_of(order.asked))
            self.further.show_files((), order.kept)
        self._load()
        self.kept.look()

    @Slot()
    def _understand(self) -> None:
        if self.ways.codes() == (BY_LIST,):
            work = partial(self._desk.preparing.understood, self.order())
            self._shell.jobs.library(work, self._show_understood)

    def _show_understood(self, found: Sequence[Understood]) -> None:
        self.asked.show_understood(found)

    @Slot(str)
    def _turn(self, way: str) -> None:
        self.ways.set_codes([way])
        self._stage.setCurrentIndex(1 if way == BY_LIST else 0)
        self._understand()

    @Slot()
    def _ask_list(self) -> None:
        self._shell.choosers.open_file(
            self, "选择上级的清单", LISTS, self._read_list, purpose="asked"
        )

    def _read_list(self, file: Path) -> None:
        work = partial(self._desk.preparing.list_in, file, self._desk.today())
        self._shell.jobs.library(work, self.asked.set_text, title="正在读清单")

    @Slot()
    def _ask_folder(self) -> None:
        self._shell.choosers.folder(self, "报送包放到哪个文件夹", self._into, purpose="export")

    def _into(self, folder: Path) -> None:
        self.making.make(self.order(), folder, self._done)

    def _done(self, made: Made) -> None:
        self.kept.done()
        self.clear()
        self.made.emit(made)

    def _connect(self) -> None:
        self.leaving.clicked.connect(self.go_back)
        self.go.clicked.connect(self._ask_folder)
        self.period.changed.connect(self._load)
        self.ways.chosen.connect(self._turn)
        self.asked.changed.connect(self._understand)
        self.asked.file_asked.connect(self._ask_list)
        self.further.changed.connect(self._understand)
        self.period.changed.connect(self._touch)
        self.recipient.currentTextChanged.connect(self._touch)
        self.profile.activated.connect(self._touch)
        self.profile.activated.connect(self._understand)
        self.pattern.textEdited.connect(self._touch)
        self.ways.chosen.connect(self._touch)
        self.asked.area.textChanged.connect(self._touch)
        self.materials.changed.connect(self._touch)
        self.further.changed.connect(self._touch)
