"""新建报送包 and 重报: of when, for whom, what goes in, and how it is handed over."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QWidget

from dangjian_desktop.domain.submissions.package import Profile
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.submissions.packages import Order
from dangjian_desktop.services.submissions.preparing import Choice, Material, Understood
from dangjian_desktop.ui.desk.drops import Drops
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.fields.inputs import guarded
from dangjian_desktop.ui.fields.period import PeriodChooser
from dangjian_desktop.ui.look.chips import ChipRow
from dangjian_desktop.ui.look.free_box import FreeBox
from dangjian_desktop.ui.look.stage import Stage
from dangjian_desktop.ui.look.tick import tick
from dangjian_desktop.ui.look.widgets import button, column_of, label, row_of
from dangjian_desktop.ui.submissions.making import Made, Making
from dangjian_desktop.ui.submissions.materials import AskedList, FurtherFiles, MaterialList

_NEW = "新建报送包"
_BY_CHOICE, _BY_LIST = "papers", "asked"
_PROFILES = {
    Profile.FULL: "完整：材料和台账照记录写出，不遮盖身份证号和电话。",
    Profile.MASKED: "遮盖：身份证号、电话、家庭情况和台账中应遮盖的内容不写出。",
}
_DROP = "这里放要一并报送的文件，一次一个。"


class OrderForm(QWidget):
    """Over the width of the page. ``left`` brings a package (none: empty) on the way back,
    ``saved`` the id of one, ``made`` the ``Made`` that is to be shown."""

    left = Signal(str)
    saved = Signal(str)
    made = Signal(object)

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._shell = desk, shell
        self._wanted: tuple[str, ...] | None = None
        self.making = Making(desk, shell, self)
        self._make()
        self._compose()
        self._connect()
        Drops(self, shell.messages, self.further.add_file, _DROP)

    def start_new(self) -> None:
        """A new one; what was begun before and not made stands there still."""
        if self.title.text() != _NEW:  # the choice of an old one stands there
            self.clear()
        self.title.setText(_NEW)
        self.hint.hide()
        self._load()
        self._shell.jobs.library(self._desk.preparing.recipients, self._offer_recipients)

    def open(self, uid: str) -> None:
        """The choice of a package that went up, to be made again."""
        self._shell.jobs.library(partial(self._desk.preparing.choice_of, uid), self._show_choice)

    def keep_then(self, go: Callable[[], object]) -> None:
        """Nothing is lost: what stands here stays until it is made."""
        go()

    def go_back(self) -> None:
        """To the list."""
        self.left.emit("")

    def hear(self, topics: frozenset[Topic]) -> None:
        """The period may have other materials now."""
        if topics - {Topic.DRAFTS}:
            self._load()

    def order(self) -> Order:
        """What is chosen."""
        by_list = self.ways.codes() == (_BY_LIST,)
        return Order(
            period=self.period.period,
            recipient=self.recipient.currentText(),
            profile=Profile(self.profile.currentData()),
            papers=() if by_list else self.materials.codes(),
            asked=self._desk.preparing.asked(self.asked.text(), self._desk.today())
            if by_list
            else (),
            files=self.further.files,
            packed=self.packed.isChecked(),
        )

    def clear(self) -> None:
        """Begin anew the next time."""
        self.further.show_files(())
        self.materials.show_chosen(())
        self.asked.set_text("")

    def _load(self) -> None:
        period = self.period.period
        work = partial(self._desk.preparing.materials, period)
        self._shell.jobs.library(work, self._offer)
        self._understand()

    def _offer(self, materials: Sequence[Material]) -> None:
        if self._wanted is None:
            self.materials.offer(materials)
        else:
            self.materials.show_chosen(self._wanted, materials)
            self._wanted = None

    def _offer_recipients(self, names: Sequence[str]) -> None:
        typed = self.recipient.currentText()
        self.recipient.clear()
        self.recipient.addItems(list(names))
        self.recipient.setCurrentText(typed or next(iter(names), ""))

    def _show_choice(self, choice: Choice) -> None:
        order = choice.order
        self.title.setText(f"重报：{order.period.label}报送{order.recipient}")
        names = "、".join(choice.files)
        self.hint.setText(f"上次另附的文件要重新添加：{names}" if names else "")
        self.hint.setVisible(bool(names))
        self.period.show_period(order.period)
        self.recipient.setCurrentText(order.recipient)
        self.profile.setCurrentIndex(self.profile.findData(order.profile.value))
        self._wanted = order.papers
        self._turn(_BY_LIST if order.asked else _BY_CHOICE)
        self.asked.set_text(self._desk.preparing.text_of(order.asked))
        self.further.show_files(())
        self._load()

    @Slot()
    def _understand(self) -> None:
        if self.ways.codes() == (_BY_LIST,):
            work = partial(self._desk.preparing.understood, self.order())
            self._shell.jobs.library(work, self._show_understood)

    def _show_understood(self, found: Sequence[Understood]) -> None:
        self.asked.show_understood(found)

    @Slot(str)
    def _turn(self, way: str) -> None:
        self.ways.set_codes([way])
        self._stage.setCurrentIndex(1 if way == _BY_LIST else 0)
        self._understand()

    @Slot()
    def _explain(self) -> None:
        self.explained.setText(_PROFILES[Profile(self.profile.currentData())])

    @Slot()
    def _ask_list(self) -> None:
        patterns = "清单 (*.xlsx *.xls *.csv *.txt)"
        self._shell.choosers.open_file(
            self, "选择上级的清单", patterns, self._read_list, purpose="asked"
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
        self.clear()
        self.made.emit(made)

    def _make(self) -> None:
        theme = self._shell.theme
        self.leaving = button("返回", theme, icon="arrow-left", look="quiet", name="order.back")
        self.title = label(_NEW, "title", name="order.title")
        self.go = button("生成并核对…", theme, icon="save", look="primary", name="order.make")
        self.hint = label("", "warn", wrap=True, name="order.hint", shown=False)
        self.period = PeriodChooser(theme, self._desk.today)
        self.recipient = guarded(FreeBox(), "order.recipient", "报送单位")
        theme.fit(self.recipient, QWidget.setMinimumWidth, 380)
        self.profile = guarded(QComboBox(), "order.profile", "内容")
        for each in Profile:
            self.profile.addItem(each.label, each.value)
        self.explained = label("", "soft", wrap=True)
        self.ways = ChipRow(theme, ((_BY_CHOICE, "自己选材料"), (_BY_LIST, "按上级的清单")))
        self.ways.set_codes([_BY_CHOICE])
        self.materials = MaterialList()
        self.asked = AskedList(self._shell)
        self.further = FurtherFiles(self._shell)
        self.packed = tick("打成一个 .zip", theme, name="order.zip")

    def _compose(self) -> None:
        self._stage = Stage()
        self._stage.addWidget(self.materials)
        self._stage.addWidget(self.asked)
        column_of(
            row_of(self.leaving, (self.title, 1), self.go),
            self.hint,
            self.period,
            row_of(
                *(label("报送给"), self.recipient, 12, label("内容"), self.profile),
                (self.explained, 1),
            ),
            row_of(self.ways, ...),
            (self._stage, 1),
            row_of((self.further, 1), self.packed),
            on=self,
            gap=8,
        )
        self._explain()

    def _connect(self) -> None:
        self.leaving.clicked.connect(self.go_back)
        self.go.clicked.connect(self._ask_folder)
        self.period.changed.connect(self._load)
        self.profile.activated.connect(self._explain)
        self.ways.chosen.connect(self._turn)
        self.asked.changed.connect(self._understand)
        self.asked.file_asked.connect(self._ask_list)
        self.further.changed.connect(self._understand)
