"""The form of a ledger's declaration: what it is called, its fields, who is asked, its prints."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.domain.ledgers.ledger import NUMBER_TYPES
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.services.ledgers.print_form import (
    FRESH,
    lines_of,
    printable,
    state_of_lines,
)
from dangjian_desktop.services.ledgers.style_form import fresh_name, ledger_of
from dangjian_desktop.services.ledgers.style_offers import Choices, offers
from dangjian_desktop.services.ledgers.style_words import (
    ASKING,
    IN_LINE,
    ONLY_FOR,
    PATTERNS,
    SECTIONS,
    YES,
)
from dangjian_desktop.services.records.writing import State
from dangjian_desktop.ui.desk.timers import once
from dangjian_desktop.ui.fields.cells import WHOLE
from dangjian_desktop.ui.fields.choices import ChoiceEditor
from dangjian_desktop.ui.fields.field_editors import FieldEditor, TextEditor
from dangjian_desktop.ui.fields.forms import Form
from dangjian_desktop.ui.fields.names import nobody
from dangjian_desktop.ui.fields.rows import Rows
from dangjian_desktop.ui.fields.table_row import TableRow
from dangjian_desktop.ui.fields.telling import Problems
from dangjian_desktop.ui.form_body import FormBody, card
from dangjian_desktop.ui.ledgers.maker_editors import (
    NO_MORE,
    ParagraphsEditor,
    PlaceBox,
    SentenceEditor,
    SeveralEditor,
)
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import column_of, label
from dangjian_desktop.ui.records.editing import Opened

_OFFER_PAUSE = 150
_ASKING = next(at for at, (_, fields) in enumerate(SECTIONS) if fields is ASKING)
_FIELDS_HINT = "序号、备注、附件每本台账都有，不用设。拖动左边的⋮或按 Alt+↑↓ 调整先后。"
_USED = "已有记录，原有栏目不能改“填什么”；可以删去它（已填的内容留在“其他内容”里），再另加一栏。"
_HINTS = {
    "填报要求": "这里只说明怎样要求；保存后在台账页打开“要求填报”才开始提醒。",
    "标题、列表和导入（可以不设）": "不设的由程序按栏目自动决定。",
}
_FOOTS = {
    "fields": _FIELDS_HINT,
    "columns": "不列出时打印全部栏目，列宽自动分配。",
    "lines": "不列出时自动排列。",
}


_TABLES: Mapping[str, Mapping[str, Any]] = {
    "fields": {
        "shares": (6, 6, 4, 5, 3, *(1,) * 8, WHOLE),
        "add": "添加栏目",
        "noun": "一个栏目",
        "line": IN_LINE,
        "fresh": lambda: {"name": fresh_name(), "type": "text"},
        "untyped": ("name", "type"),
    },
    "prints": {
        "shares": (1, 3, *(1,) * 12, 2, 2, 2, *(WHOLE,) * 4),
        "add": "添加打印样式",
        "noun": "一个打印样式",
        "fresh": lambda: dict(FRESH),
        "untyped": (),
    },
    "columns": {"shares": (5, 2, 2), "add": "添加一列", "noun": "一列"},
    "figures": {
        "shares": (5, 4, 2, 1, 1, WHOLE),
        "line": 3,
        "add": "添加统计数字",
        "noun": "一个统计数字",
        "fresh": lambda: {"name": fresh_name("n")},
        "untyped": ("name",),
    },
    "due": {"shares": (3, 7, 3), "add": "添加到期提醒", "noun": "一个到期提醒"},
    "one_of": {"add": "添加一组", "noun": "一组"},
}


def _columns_of(fields: Sequence[Field]) -> list[State]:
    return [{"name": f.name} | ({"total": YES} if f.type in NUMBER_TYPES else {}) for f in fields]


_FILLS: Mapping[str, tuple[str, Callable[[Sequence[Field]], list[State]]]] = {
    "columns": ("逐列设置", _columns_of),
    "lines": ("逐行设置", lambda fields: state_of_lines(lines_of(fields))),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StyleOpened(Opened):
    """A declaration as the maker found it; ``fixed`` are the fields whose type must stay."""

    fixed: frozenset[str] = frozenset()


class StyleBody(FormBody):
    """The form over the full width, a card for each part of it."""

    def __init__(self, theme: Theme, opened: StyleOpened) -> None:
        super().__init__(opened, settle=self._show_offers, placed=self._by_row)
        self._theme = theme
        self._own = {
            FieldType.RECORDS: self._table,
            FieldType.CHOICES: lambda field: SeveralEditor(field, theme),
            FieldType.TEXT: _text_editor,
            FieldType.LIST: ParagraphsEditor,
        }
        forms = [
            Form(fields, theme, columns=3, titled=len(fields) > 1, own=self._own)
            for _, fields in SECTIONS
        ]
        self.cells = {name: cell for form in forms for name, cell in form.cells.items()}
        for name, cell in self.cells.items():
            if name in PATTERNS or cell.editor.field.type is FieldType.CHOICES:
                cell.span = WHOLE
        self._asking = forms[_ASKING]
        self._offering = once(self, _OFFER_PAUSE, self._offer_fields)
        cards = (
            card(title, form, *_hint(title))
            for (title, _), form in zip(SECTIONS, forms, strict=True)
        )
        column_of(self.hold(self.cells, *cards, forms=forms), on=self, gap=0)
        self.changed.connect(self._on_changed)

    def table(self, name: str) -> Rows:
        """The rows of a part of the form."""
        found = self.cells[name].editor
        assert isinstance(found, Rows)
        return found

    def _by_row(self, problems: Problems) -> Problems:
        """What is said of a field stands at its label."""
        names = {row.get("name"): at for at, row in enumerate(self.cells["fields"].value())}
        return {(f"fields.{names[p]}.label" if p in names else p): t for p, t in problems.items()}

    def _table(self, field: Field) -> Rows:
        how = dict(_TABLES.get(field.name, {}))
        if field.name in _FILLS:
            words, rows = _FILLS[field.name]
            how["fill"] = (words, lambda: rows(printable(ledger_of(self.state()))))
        made = Rows(field, self._theme, nobody, None, own=self._own, **how)
        made.stack.foot.setText(_FOOTS.get(field.name, ""))
        return made

    @Slot()
    def _on_changed(self) -> None:
        self._ask_fitting()
        self._offering.start()

    def _show_offers(self) -> None:
        fixed = self.opened.fixed
        self.table("fields").stack.foot.setText(_USED if fixed else _FIELDS_HINT)
        self._offer_fields()

    @Slot()
    def _offer_fields(self) -> None:
        """Offer the fields that there are, ask for what fits, keep the types of those in use."""
        ledger = ledger_of(self.state())
        self._offer_choices(offers(ledger))
        self._ask_fitting()
        for row in self.table("prints").rows:
            columns: Any = row.cells["columns"].editor
            for line in columns.rows:
                asked = ledger.named(line.cells["name"].value() or "")
                line.cells["total"].setEnabled(asked is not None and asked.type in NUMBER_TYPES)

    def _offer_choices(self, choices: Mapping[str, Choices]) -> None:
        editor: FieldEditor
        for editor in self.findChildren(FieldEditor):
            if editor.field.name in choices and isinstance(editor, ChoiceEditor | SeveralEditor):
                editor.offer(_with_gone(editor.value(), choices[editor.field.name]))
        box: PlaceBox
        for box in self.findChildren(PlaceBox):
            box.offer(choices[box.name])

    def _ask_fitting(self) -> None:
        """Ask only for what fits the type of a field, the kind of a print, those expected."""
        who, asking = self.cells["ask_who"].value(), self._asking
        for name, cell in asking.cells.items():
            cell.wanted = name == "ask_who" or bool(who)
        asking.cells["ask_field"].wanted = who not in (None, "branch")
        asking.grid.arrange()
        for row in self.table("prints").rows:
            _ask(row, row.cells["kind"].value() or "table")
        for row in self.table("fields").rows:
            fixed = row.value().get("name") in self.opened.fixed
            kind = row.cells["type"].editor
            kind.setEnabled(not fixed)
            kind.setToolTip(_USED if fixed else "")
            _ask(row, kind.value())


def _hint(title: str) -> tuple[QWidget, ...]:
    return (label(_HINTS[title], "soft", wrap=True),) if title in _HINTS else ()


def _text_editor(field: Field) -> FieldEditor:
    return SentenceEditor(field) if field.name in PATTERNS else TextEditor(field)


def _ask(row: TableRow, kind: str | None) -> None:
    """Ask only for what means something for a field of this type, a print of this kind."""
    bare = (kind or "").partition("/")[0]
    row.ask_only(lambda name: bare in ONLY_FOR.get(name, (bare,)))


def _with_gone(chosen: Any, offered: Choices) -> Choices:
    """What is chosen but no field any more stays, so that undoing brings the column back."""
    if isinstance(chosen, str) and chosen not in dict(offered):
        return [*offered, (chosen, NO_MORE)]
    return offered
