"""What people write for a summary, in the order of the paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.domain.summaries.summaries import SummaryWords, WorkSection
from dangjian_desktop.services.summaries.summaries import SummarySheet
from dangjian_desktop.ui.fields.forms import Form
from dangjian_desktop.ui.fields.names import Candidate
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import empty, label, space

HINTS: Mapping[WorkSection, str] = {
    WorkSection.STUDY: "党课、党小组学习已按记录列出，这里补充其他内容，一段一行",
    WorkSection.ORGANISATION: "各次会议已按记录列出，这里补充其他内容，一段一行",
    WorkSection.TEAM: "党员增减、发展转正已按记录列出，这里补充其他内容，一段一行",
}
GATHERED = "各月填写的内容已按月列出；在这里填写的，正文以这里为准，各月的列入附件"
Part = tuple[str, tuple[Field, ...]]


class WordsForm(QWidget):
    """Shows the words of a sheet and gives them back; ``changed`` comes with every change."""

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._sheet: SummarySheet | None = None
        self._shown: tuple[object, ...] = ()
        self.forms: list[Form] = []
        self._column = QVBoxLayout(self)
        space(self._column, margins=(2, 12, 12, 12), gap=8)

    def show_sheet(self, sheet: SummarySheet, words: SummaryWords) -> None:
        """Show these words; a form that asks the same is left as it is, the cursor too."""
        asked = (
            *(sheet.period, sheet.plans_before, sheet.problems_before),
            *(sheet.unheld, sheet.people),
        )
        if self._sheet is not None and asked == self._shown and self.words() == words:
            self._sheet = sheet
            return
        self._sheet = sheet
        if asked != self._shown:
            self._shown = asked
            self._build(sheet)
        values = _values(sheet, words)
        quiet = self.blockSignals(True)
        for form in self.forms:
            form.fill(values)
        self.blockSignals(quiet)

    def words(self) -> SummaryWords:
        """What stands in the form; what the sheet keeps beside it stays."""
        if self._sheet is None:
            return SummaryWords()
        values: dict[str, Any] = {}
        for form in self.forms:
            values.update(form.values())
        return _words(self._sheet, values)

    def editor(self, name: str) -> QWidget:
        """The editor of a field; raises StopIteration for a name that is not asked."""
        return next(f.editor(name) for f in self.forms if name in {x.name for x in f.fields})

    def _build(self, sheet: SummarySheet) -> None:
        empty(self._column)
        people = tuple(
            Candidate(name, initials, sort_key=key) for name, initials, key in sheet.people
        )
        self.forms = []
        for heading, fields in _parts(sheet):
            if heading:
                look = "heading" if len(fields) != 1 or not _is_result(fields[0]) else ""
                self._column.addWidget(label(heading, look, wrap=True))
            if fields:
                columns = 1 if _is_result(fields[0]) else 2
                form = Form(fields, self._theme, columns=columns, people=lambda: people)
                form.changed.connect(self.changed)
                self.forms.append(form)
                self._column.addWidget(form)
        self._column.addStretch()


def _parts(sheet: SummarySheet) -> list[Part]:
    said = sheet.said
    hints = {section: HINTS.get(section, "") for section in WorkSection}
    if sheet.period.length > 1:
        hints = dict.fromkeys(WorkSection, GATHERED)
    work = tuple(
        Field(section.value, section.label, FieldType.LONG_TEXT, hint=hints[section])
        for section in WorkSection
    )
    points = (
        Field("problems", "存在问题", FieldType.LIST, hint="一行一条"),
        Field("plans", f"{said.following}计划", FieldType.LIST, hint="一行一条"),
    )
    people = (
        Field("filled_by", "填报人", FieldType.PERSON),
        Field("reviewed_by", "审核人（书记）", FieldType.PERSON),
    )
    return [
        (f"{said.this}工作", work),
        *_reason_parts(sheet),
        *_result_parts(sheet),
        *_solved_parts(sheet),
        ("存在问题与计划", points),
        ("落款", people),
    ]


def _reason_parts(sheet: SummarySheet) -> list[Part]:
    asked = tuple(
        Field(
            f"reason.{kind.code}",
            f"{kind.title}未开原因",
            hint="未到期，可不填" if kind.open else "不填则打印空格，可手写",
        )
        for kind in sheet.unheld
    )
    return [("未开原因", asked)] if asked else []


def _result_parts(sheet: SummarySheet) -> list[Part]:
    if not sheet.plans_before:
        return []
    return [
        (f"{sheet.said.former}计划完成情况", ()),
        *(
            (f"{number}. {plan}", (_result_field(number),))
            for number, plan in enumerate(sheet.plans_before, 1)
        ),
    ]


def _solved_parts(sheet: SummarySheet) -> list[Part]:
    noted = enumerate(sheet.problems_before, 1)
    found = [
        (f"{number}. {note.text}（{note.period.label}）", (_solved_field(number),))
        for number, note in noted
        if note.period is not None
    ]
    return [("以前提出的问题解决情况", ()), *found] if found else []


def _solved_field(number: int) -> Field:
    return Field(f"solved.{number}", f"第{number}个解决情况", hint="没有解决的，不填")


def _result_field(number: int) -> Field:
    return Field(f"result.{number}", f"第{number}项完成情况", hint="不填则打印横线，可手写")


def _is_result(field: Field) -> bool:
    return field.name.startswith(("result.", "solved."))


def _values(sheet: SummarySheet, words: SummaryWords) -> dict[str, Any]:
    results = enumerate(sheet.plans_before, 1)
    noted = enumerate(sheet.problems_before, 1)
    return {
        **{section.value: words.work.get(section.value) for section in WorkSection},
        **{f"result.{n}": words.plan_results.get(plan) for n, plan in results},
        **{f"solved.{n}": words.solved.get(note.text) for n, note in noted},
        **{f"reason.{kind.code}": words.reasons.get(kind.code) for kind in sheet.unheld},
        "problems": list(words.problems),
        "plans": list(words.plans),
        "filled_by": words.filled_by or None,
        "reviewed_by": words.reviewed_by or None,
    }


def _words(sheet: SummarySheet, values: Mapping[str, Any]) -> SummaryWords:
    results = {plan: values[f"result.{n}"] for n, plan in enumerate(sheet.plans_before, 1)}
    solved = {n.text: values[f"solved.{i}"] for i, n in enumerate(sheet.problems_before, 1)}
    reasons = {kind.code: values[f"reason.{kind.code}"] for kind in sheet.unheld}
    return SummaryWords(
        work=_filled({section.value: values[section.value] for section in WorkSection}),
        problems=_lines(values["problems"]),
        plans=_lines(values["plans"]),
        plan_results=_filled({**sheet.words.plan_results, **results}),
        solved=_filled({**sheet.words.solved, **solved}),
        reasons=_filled({**sheet.words.reasons, **reasons}),
        filled_by=values["filled_by"] or "",
        reviewed_by=values["reviewed_by"] or "",
    )


def _filled(texts: Mapping[str, str | None]) -> dict[str, str]:
    return {name: text for name, text in texts.items() if text}


def _lines(texts: Sequence[str] | None) -> tuple[str, ...]:
    return tuple(texts or ())
