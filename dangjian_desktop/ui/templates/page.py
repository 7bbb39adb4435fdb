"""Word 模板: the templates by section, beside what each asks for and what it makes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, partial
from pathlib import Path

from PySide6.QtCore import QObject, Slot

from dangjian_desktop.domain.templates.record import TEMPLATE
from dangjian_desktop.domain.templates.template import Template
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.ui.desk.drops import Drops
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.look.widgets import button
from dangjian_desktop.ui.paper.exporting import open_path, say_written
from dangjian_desktop.ui.records.acts import Act
from dangjian_desktop.ui.records.editor import RecordEditor
from dangjian_desktop.ui.records.page import RecordPage
from dangjian_desktop.ui.records.subject import Detail, Extras, Subject
from dangjian_desktop.ui.shared_page import record_editor
from dangjian_desktop.ui.templates.card import TemplateCard
from dangjian_desktop.ui.templates.fields_view import FieldsView
from dangjian_desktop.ui.templates.rows import COLUMNS, listing, rows_of

TITLE = "Word 模板"
_ADD = "添加模板…"
_HINT = "选择一个模板，这里显示它要填的内容、写错的地方和填好的样子。"
_WANTED = "这里放带占位符的 Word 模板（.docx），一次一个；旧格式（.doc）请先另存为 .docx。"
_TYPED = ("title", "section", "note")
_SHARE = 40


def templates_page(desk: Desk, shell: Shell) -> RecordPage:
    """The list of templates with its card."""
    return Templates(desk, shell).page


class Templates(QObject):
    """What the page of templates does; it lives as long as its ``page``."""

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._shell = desk, shell
        self._in_word: set[str] = set()
        self.body = TemplateCard(desk, shell)
        detail = Detail(
            body=self.body,
            load=self.body.load,
            show=self.body.show_template,
            hint=_HINT,
            acts=self._acts(),
        )
        self.all_fields = button(
            "可填内容…", shell.theme, icon="clipboard-list", name="template.all_fields"
        )
        extras = Extras(head=(self.all_fields,))
        self.page = RecordPage(desk, shell, self._subject(), detail, self._editor, extras)
        self.setParent(self.page)
        # What is new is a file, not a form.
        self.page.list.new_asked.disconnect(self.page.start_new)
        self.page.list.new_asked.connect(self._ask_file)
        self.all_fields.clicked.connect(self._show_fields)
        self.body.returned.connect(self._look_again)
        kinds = (".docx",)
        Drops(self.page, shell.messages, self.add, _WANTED, kinds, lambda: desk.read_only)

    @cached_property
    def fields(self) -> FieldsView:
        """The list of all fields; made when it is first wanted."""
        made = FieldsView(self._desk, self._shell)
        made.left.connect(self.page.to_list)
        return made

    def add(self, file: Path) -> None:
        """Keep this file as a template of the section that is shown."""
        section = self.page.list.listing.shown.part
        work = partial(self._desk.templates.add, file, section=section)
        self._shell.jobs.library(work, self._added, title="正在添加模板")

    def _added(self, template: Template) -> None:
        self._shell.toast(f"已添加模板：{template.title}")
        self.page.to_list(template.id)

    def _subject(self) -> Subject:
        desk = self._desk
        return Subject(
            place=TEMPLATE.code,
            form=TEMPLATE.code,
            title=TITLE,
            noun=TEMPLATE.title,
            new=_ADD,
            edit="改名、分组",
            stored=lambda: self.body.stored,
            columns=COLUMNS,
            load=partial(listing, desk),
            rows=lambda ids: {uid: row for uid, row in rows_of(desk).items() if uid in ids},
            title_of=lambda row: row.template.title,
            records=desk.templates,
            filter_hint="在模板中查找",
            share=_SHARE,
        )

    def _editor(self) -> RecordEditor:
        records = self._desk.templates
        return record_editor(TEMPLATE, self._desk, self._shell, names=_TYPED, records=records)

    def _acts(self) -> Sequence[Act]:
        write = Act(code="write", title="导出模板…", do=self._write, icon="download")
        if self._desk.read_only:
            return (write,)
        return (
            Act(code="word", title="在 Word 中修改", do=self._open, icon="file-text"),
            Act(code="take", title="取回修改", do=self._take, icon="check", fits=self._waits),
            Act(code="drop", title="放弃修改", do=self._drop, fits=self._waits),
            Act(code="reset", title="恢复原样", do=self._reset, icon="undo-2", fits=self._edited),
            write,
        )

    def _waits(self) -> bool:
        return self.body.row is not None and self.body.row.waiting

    def _edited(self) -> bool:
        return self.body.row is not None and self.body.row.template.edited

    def _open(self, ids: Sequence[str]) -> None:
        def opened(path: Path) -> None:
            self._in_word.add(ids[0])
            open_path(path)
            self._shell.toast("已交给 Word 打开。改好、保存后回到这里，按“取回修改”")

        self._shell.jobs.library(partial(self._desk.word_edits.copy, ids[0]), opened)

    def _take(self, ids: Sequence[str]) -> None:
        def taken(template: Template) -> None:
            self._in_word.discard(template.id)
            self._shell.toast(f"已取回修改：{template.title}")

        work = partial(self._desk.word_edits.take_back, ids[0])
        self._shell.jobs.library(work, taken, title="正在取回修改")

    def _drop(self, ids: Sequence[str]) -> None:
        def dropped() -> None:
            self._in_word.discard(ids[0])
            self._look(ids[0])

        def go() -> None:
            work = partial(self._desk.word_edits.drop, ids[0])
            self._shell.jobs.library(work, lambda _none: dropped())

        words, why = "放弃在 Word 中所做的修改？", "改过的文件将被删除，模板仍是原来的样子。"
        self._shell.messages.ask(words, why, "放弃修改", go, parent=self.page)

    def _reset(self, ids: Sequence[str]) -> None:
        templates, library = self._desk.templates, self._shell.jobs.library

        def done(before: Template) -> None:
            undo = partial(library, partial(templates.save, before))
            self._shell.toast(f"已恢复原样：{before.title}", undo)

        library(partial(templates.reset, ids[0]), done)

    def _write(self, ids: Sequence[str]) -> None:
        def into(folder: Path) -> None:
            work = partial(self._desk.templates.export, ids[0], folder)
            self._shell.jobs.library(work, lambda file: say_written(self._shell, [file]))

        self._shell.choosers.folder(self.page, "导出到哪个文件夹", into, purpose="export")

    @Slot(str)
    def _ask_file(self, _kind: str = "") -> None:
        choosers = self._shell.choosers
        kinds = "Word 模板 (*.docx)"
        choosers.open_file(self.page, "选择模板", kinds, self.add, purpose="template")

    @Slot()
    def _show_fields(self) -> None:
        self.page.views.show_view(self.fields)
        self.fields.refresh(frozenset(Topic))

    @Slot()
    def _look_again(self) -> None:
        """Word may have saved what was opened there."""
        if self._in_word and self.page.isVisible() and self.page.views.at_home:
            self._look()

    def _look(self, uid: str = "") -> None:
        self.page.reveal(uid)
