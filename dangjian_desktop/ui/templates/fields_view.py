"""Every field that a template may use, to be found and copied into Word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from dangjian_desktop.domain.references import Link
from dangjian_desktop.domain.templates.fields import TemplateField
from dangjian_desktop.domain.texts import squeeze
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.ui.desk.clipboard import copied, put
from dangjian_desktop.ui.desk.page import Page
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.look.widgets import button, column_of, filter_line, label, row_of
from dangjian_desktop.ui.records.record_table import RecordTable
from dangjian_desktop.ui.records.tables import Column, PagedModel
from dangjian_desktop.ui.scope_bar import ScopeBar

_HELP = (
    "复制写法，在 Word 里粘贴到要填的地方。名单粘贴后是一张表格：开头一行、每条一行、"
    "结尾一行，不要的列删去即可。写了党员、会议、项目的内容，填写时要选定关于哪条记录。"
)
_FILTER = 260
Found = tuple[Sequence[TemplateField], Sequence[tuple[Link, str]]]
_COLUMNS: tuple[Column[TemplateField], ...] = (
    Column(code="label", title="内容", text=lambda field: field.label, width=220),
    Column(code="written", title="写法", text=lambda field: field.written, width=-1),
    Column(code="group", title="属于", text=lambda field: field.group, width=180),
)


class FieldsView(Page):
    """The list over the width of the page; ``left`` goes back."""

    left = Signal(str)

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._shell = desk, shell
        self._fields: tuple[TemplateField, ...] = ()
        theme = shell.theme
        self.leaving = button("返回", theme, icon="arrow-left", look="quiet", name="fields.back")
        self.copy = button("复制写法", theme, icon="copy", look="primary", name="fields.copy")
        self.filter = filter_line("fields.filter", "在内容中查找")
        theme.fit(self.filter, QWidget.setFixedWidth, _FILTER)
        self.scope = ScopeBar(theme, desk.today, "fields")
        model: PagedModel[TemplateField] = PagedModel(_COLUMNS, lambda _ids: {}, parent=self)
        self.table = RecordTable(model, theme, shell.settings, name="fields", title="可填内容")
        self.table.set_empty("没有符合条件的内容。")
        head = row_of(self.leaving, label("可填内容", "title"), ..., self.filter, self.copy)
        words = label(_HELP, "soft", wrap=True)
        column_of(head, words, self.scope, (self.table, 1), on=self, gap=10)
        self.leaving.clicked.connect(self._leave)
        self.copy.clicked.connect(self.copy_written)
        self.table.opened.connect(self.copy_written)
        self.filter.textChanged.connect(self._show)
        self.scope.changed.connect(self._load)

    def refresh(self, topics: frozenset[Topic]) -> None:
        """Ask again: ledgers may have come, and records."""
        self._load()

    def focus_first(self) -> None:
        """To be searched at once."""
        self.filter.setFocus()

    def back(self) -> bool:
        """There is no step in it."""
        return False

    @Slot()
    def copy_written(self) -> None:
        """Put what is to be written into the template on the clipboard."""
        field = self.table.model.record(self.table.current())
        if field is not None:
            rows = field.table if field.columns else ((field.written,),)
            text, html = copied(rows, [False] * len(rows[0]))
            put(text if field.columns else field.written, html if field.columns else "")
            self._shell.toast(f"已复制：{field.label}，在 Word 中粘贴即可")

    @Slot()
    def _load(self) -> None:
        scope, desk = self.scope.scope(), self._desk

        def work() -> Found:
            with desk.one_moment():
                return desk.template_filling.every_field(scope), desk.blank_forms.subjects()

        self._shell.jobs.library(work, self._arrived, title="正在列出内容")

    def _arrived(self, found: Found) -> None:
        self._fields = tuple(chain.from_iterable(map(_with_columns, found[0])))
        self.scope.offer(found[1])
        self._show()

    @Slot()
    def _show(self) -> None:
        typed = squeeze(self.filter.text())
        rows = {str(n): field for n, field in enumerate(self._fields) if _holds(field, typed)}
        self.table.show_ids(tuple(rows), foot=f"共 {len(rows)} 项内容", rows=rows)
        if rows and not self.table.current():
            self.table.select(next(iter(rows)))
        self.copy.setEnabled(bool(rows))

    @Slot()
    def _leave(self) -> None:
        self.left.emit("")


def _with_columns(field: TemplateField) -> Iterable[TemplateField]:
    """A list is followed by its columns, as each is written in its row."""
    yield field
    for each in field.columns:
        yield TemplateField(f"r.{each.path}", each.label, field.label, each.key)


def _holds(field: TemplateField, typed: str) -> bool:
    return typed in squeeze(f"{field.label}{field.path}{field.group}")
