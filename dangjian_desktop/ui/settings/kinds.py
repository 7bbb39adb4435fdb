"""会议类型: kinds of meeting that the branch has beside those of the regulations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout

from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.domain.meetings.kinds import Expected
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.errors import InputError
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.ui.desk.kept_form import KeptForm
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.fields.forms import Form
from dangjian_desktop.ui.look.widgets import button, empty, label, space
from dangjian_desktop.ui.settings.card import SettingsCard

FIELDS = (
    Field("title", "会议类型名称", required=True, hint="例如 安全生产专题会"),
    Field(
        "expected",
        "应到范围",
        FieldType.CHOICE,
        required=True,
        choices=Expected.choices(),
    ),
)
NONE = "还没有自定义的会议类型。党员大会、支委会、党小组会、党课、主题党日等已经内置。"


class KindsCard(SettingsCard):
    """The list, and a form to add one; a kind stays, since meetings may be of it."""

    title = "会议类型"
    topics = frozenset({Topic.SETTINGS})

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__("支部自己的会议类型，添加后可在“组织生活”中使用。")
        self._desk, self._shell = desk, shell
        self.list = QVBoxLayout()
        space(self.list, margins=(0, 0, 0, 0), gap=4)
        self.form = Form(FIELDS, shell.theme)
        self.append = button("添加", shell.theme, icon="plus", name="kind.add")
        self.add(self.list)
        self.add(self.form)
        line = QHBoxLayout()
        line.addStretch()
        line.addWidget(self.append)
        self.add(line)
        self.kept = KeptForm(
            desk,
            shell,
            "meeting_kind",
            name="会议类型",
            key=lambda: "new",
            state=self.form.values,
            fill=self.form.fill,
            parent=self,
        )
        self.form.changed.connect(self.kept.touch)
        self.append.clicked.connect(self._add_kind)
        title = self.form.findChild(QLineEdit, "title")
        if title is not None:
            title.returnPressed.connect(self._add_kind)

    def load(self) -> None:
        """Read the kinds again."""
        self._shell.jobs.library(self._desk.branch.own_kinds, self._show)
        self.kept.look()

    def _show(self, kinds: Sequence[Mapping[str, str]]) -> None:
        empty(self.list)
        for kind in kinds:
            words = f"{kind['title']}　应到：{Expected(kind['expected']).label}"
            self.list.addWidget(label(words, wrap=True))
        if not kinds:
            self.list.addWidget(label(NONE, "soft", wrap=True))

    @Slot()
    def _add_kind(self) -> None:
        problems = self.form.problems()
        self.form.point_out(problems)
        if problems:
            return
        values = self.form.values()
        title, expected = values["title"], Expected(values["expected"])
        work = partial(self._desk.branch.add_kind, title, expected)
        self._shell.jobs.library(work, partial(self._added, title), self._refused)

    def _added(self, title: str, _code: str) -> None:
        self.form.fill({})
        self.kept.done()
        self._shell.toast(f"已添加会议类型：{title}")

    def _refused(self, error: Exception) -> None:
        if isinstance(error, InputError) and error.fields:
            self.form.point_out(dict(error.fields))
        else:
            self._shell.messages.report(error)
