"""The fields and buttons of 新建报送包, and where each stands."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from dangjian_desktop.domain.submissions.naming import WORDS
from dangjian_desktop.domain.submissions.package import Profile
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.fields.inputs import guarded
from dangjian_desktop.ui.fields.period import PeriodChooser
from dangjian_desktop.ui.look.chips import ChipRow
from dangjian_desktop.ui.look.free_box import FreeBox
from dangjian_desktop.ui.look.stage import Stage
from dangjian_desktop.ui.look.tick import tick
from dangjian_desktop.ui.look.widgets import button, column_of, label, row_of
from dangjian_desktop.ui.submissions.materials import AskedList, FurtherFiles, MaterialList

NEW = "新建报送包"
BY_CHOICE, BY_LIST = "papers", "asked"
_PROFILES = {
    Profile.FULL: "完整：材料和台账照记录写出，不遮盖身份证号和电话。",
    Profile.MASKED: "遮盖：身份证号、电话、家庭情况和台账中应遮盖的内容不写出。",
}
_PATTERN = (
    "可以写：" + "、".join(f"{{{word}}}" for word in WORDS) + "。改过的样式以后都用于这个报送单位。"
)


class OrderParts(QWidget):
    """What can be chosen; it knows nothing of what becomes of it."""

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._shell = desk, shell
        self._filling = False
        theme = self._shell.theme
        self.leaving = button("返回", theme, icon="arrow-left", look="quiet", name="order.back")
        self.title = label(NEW, "title", name="order.title")
        self.go = button("生成并核对…", theme, icon="save", look="primary", name="order.make")
        self.period = PeriodChooser(theme, self._desk.today)
        self.recipient = guarded(FreeBox(), "order.recipient", "报送单位")
        theme.fit(self.recipient, QWidget.setMinimumWidth, 380)
        self.profile = guarded(QComboBox(), "order.profile", "内容")
        for each in Profile:
            self.profile.addItem(each.label, each.value)
        self.explained = label("", "soft", wrap=True)
        self.ways = ChipRow(theme, ((BY_CHOICE, "自己选材料"), (BY_LIST, "按上级的清单")))
        self.ways.set_codes([BY_CHOICE])
        self.materials = MaterialList()
        self.asked = AskedList(self._shell)
        self.further = FurtherFiles(self._shell)
        self.pattern = guarded(QLineEdit(), "order.pattern", "文件名样式")
        self.pattern.setToolTip(_PATTERN)
        theme.fit(self.pattern, QWidget.setMinimumWidth, 240)
        self.packed = tick("打成一个 .zip", theme, name="order.zip")
        self._compose()
        self._explain()
        self.profile.activated.connect(self._explain)
        self.recipient.currentTextChanged.connect(self._show_pattern)

    def _compose(self) -> None:
        self._stage = Stage()
        column_of(
            row_of(self.leaving, (self.title, 1), self.go),
            self.period,
            row_of(
                *(label("报送给"), self.recipient, 12, label("内容"), self.profile),
                (self.explained, 1),
            ),
            row_of(self.ways, ..., label("文件名"), self.pattern),
            (self._stage, 1),
            row_of((self.further, 1), self.packed),
            on=self,
            gap=8,
        )
        self._stage.addWidget(self.materials)
        self._stage.addWidget(self.asked)

    @Slot()
    def _explain(self) -> None:
        self.explained.setText(_PROFILES[Profile(self.profile.currentData())])

    @Slot()
    def _show_pattern(self) -> None:
        """How the files for this recipient are named unless another way is typed."""
        work = partial(self._desk.packages.pattern, self.recipient.currentText().strip())
        self._shell.jobs.library(work, self.pattern.setPlaceholderText)

    @contextmanager
    def quietly(self) -> Iterator[None]:
        """What is shown meanwhile was not typed."""
        before, self._filling = self._filling, True
        try:
            yield
        finally:
            self._filling = before
