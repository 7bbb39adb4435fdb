"""One template: what it asks for, what is wrong in it, and the document that it makes."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QWidget

from dangjian_desktop.domain.references import Link
from dangjian_desktop.errors import InputError
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.templates.filling import (
    NO_PLACEHOLDER,
    TemplateFile,
    TemplateView,
    Told,
)
from dangjian_desktop.services.templates.showing import LEFT_OUT, pdf_of_view, write_view
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.look.chips import ChipRow
from dangjian_desktop.ui.look.stage import Stage
from dangjian_desktop.ui.look.widgets import column_of, label
from dangjian_desktop.ui.paper.paper_pane import Paper, PaperPane
from dangjian_desktop.ui.records.record_table import RecordTable
from dangjian_desktop.ui.records.subject import Heading
from dangjian_desktop.ui.records.tables import Column, PagedModel
from dangjian_desktop.ui.scope_bar import ScopeBar
from dangjian_desktop.ui.templates.rows import WAITING, Row

_PAPER, _FIELDS = "paper", "fields"
_WAITS = "在 Word 中改过，还没有取回。保存并关闭 Word 后，请按“取回修改”。"
_LOOKS = {WAITING: "warn"}
_SHOWN = 6
_COLUMNS: tuple[Column[Told], ...] = (
    Column(code="label", title="内容", text=lambda told: told.field.label, width=150),
    Column(
        code="value",
        title="填写内容",
        text=lambda told: told.words.replace("\n", " ") if told.known else "（没有记录，留空）",
        width=-1,
    ),
    Column(code="path", title="模板中的写法", text=lambda told: told.field.path, width=150),
)


@dataclass(frozen=True, slots=True)
class Loaded:
    """A template with its file, how often it was saved, and the records that it may be about."""

    row: Row
    file: TemplateFile
    revision: int
    subjects: tuple[tuple[Link, str], ...]


class TemplateCard(QWidget):
    """``returned`` tells that the window is active again: Word may have saved meanwhile."""

    returned = Signal()

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._shell = desk, shell
        self._loaded: Loaded | None = None
        self._turn = 0
        self.view: TemplateView | None = None
        theme = shell.theme
        self.scope = ScopeBar(theme, desk.today, "template", stacked=True)
        self.waits = label(_WAITS, "warn", wrap=True, name="template.waits", shown=False)
        self.wrong = label("", "problem", wrap=True, name="template.wrong", shown=False)
        self.unknown = label("", "soft", wrap=True, name="template.unknown", shown=False)
        self.parts = ChipRow(theme)
        self.pane = PaperPane(shell, name="template")
        self.pane.title.setText("填好的样子")
        self.pane.title.setToolTip("按本程序的字体排出；图片和细处以 Word 文件为准。")
        model: PagedModel[Told] = PagedModel(_COLUMNS, lambda _ids: {}, parent=self)
        self.fields = RecordTable(
            model, theme, shell.settings, name="template.fields", title="模板用到的内容"
        )
        self.fields.set_empty("这个模板里没有占位符。")
        # What a stage without a place shows would be a window of its own.
        place = QWidget(self)
        self._stage = Stage(place)
        self._stage.addWidget(self.pane)
        self._stage.addWidget(self.fields)
        column_of(
            *(self.scope, self.waits, self.wrong, self.unknown, self.parts, (place, 1)),
            on=self,
        )
        self._name_parts(0)
        self.parts.chosen.connect(self._turn_to)
        self.scope.changed.connect(self._fill)

    @property
    def row(self) -> Row | None:
        """The template that is shown."""
        return self._loaded.row if self._loaded else None

    @property
    def stored(self) -> bool:
        """Whether it was ever saved: what ships is not, until something of it is changed."""
        return self._loaded is not None and self._loaded.revision > 0

    def load(self, uid: str) -> Loaded | None:
        """A template with its file; in the library's thread."""
        template = self._desk.templates.get([uid]).get(uid)
        if template is None or template.deleted:
            return None
        row = Row(template, uid in self._desk.word_edits.waiting())
        file = self._desk.templates.file_of(template)
        revision = self._desk.templates.revision(uid)
        return Loaded(row, file, revision, tuple(self._desk.blank_forms.subjects()))

    def show_template(self, loaded: Loaded) -> Heading:
        """Show this template, and begin to fill it."""
        self._loaded = loaded
        self.scope.offer(loaded.subjects)
        self.waits.setVisible(loaded.row.waiting)
        self._fill()
        template, state = loaded.row.template, loaded.row.state
        taken = template.taken.isoformat() if template.taken else ""
        came = f"{taken} 收入，来自“{template.source}”" if template.source else ""
        return Heading(template.title, came, state, _LOOKS.get(state, "soft"))

    def changeEvent(self, event: QEvent) -> None:  # noqa: D102
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.returned.emit()

    @Slot()
    def _fill(self) -> None:
        if self._loaded is None:
            return
        self._turn += 1
        file, scope, filling = self._loaded.file, self.scope.scope(), self._desk.template_filling
        self._shell.jobs.papers(
            lambda _progress: filling.view(file, scope),
            partial(self._show_view, self._turn),
            partial(self._refused, self._turn),
            title="正在填写模板",
        )

    def _show_view(self, turn: int, view: TemplateView) -> None:
        if turn != self._turn:
            return
        self.view = view
        words = [issue.message for issue in view.issues]
        words += [] if view.refused is None else [view.refused.message, view.refused.remedy]
        self._say_wrong(words)
        unknown = "、".join(view.unknown)
        said = f"没有记录、留空的：{unknown}" if unknown else ""
        said = NO_PLACEHOLDER if view.plain else said
        self.unknown.setText("\n".join(filter(None, (said, LEFT_OUT if view.beside else ""))))
        self.unknown.setVisible(bool(self.unknown.text()))
        rows = {told.field.path: told for told in view.told}
        self.fields.show_ids(tuple(rows), rows=rows)
        self._name_parts(len(rows))
        paper = Paper(view.name, partial(pdf_of_view, view), partial(write_view, view))
        self.pane.show_paper(paper)

    def _refused(self, turn: int, error: Exception) -> None:
        if turn != self._turn:
            return
        if not isinstance(error, InputError):
            self._shell.messages.report(error)
            return
        view = TemplateView(name="", told=(), refused=error)
        self._show_view(turn, view)

    def _say_wrong(self, words: list[str]) -> None:
        shown = words[:_SHOWN]
        if len(words) > _SHOWN:
            shown.append(f"……共 {len(words)} 处")
        self.wrong.setText("\n".join(filter(None, shown)))
        self.wrong.setVisible(bool(shown))

    def _name_parts(self, fields: int) -> None:
        self.parts.set_choices(((_PAPER, "填好的样子"), (_FIELDS, f"用到的内容（{fields}）")))

    @Slot(str)
    def _turn_to(self, code: str) -> None:
        self._stage.setCurrentIndex(1 if code == _FIELDS else 0)
