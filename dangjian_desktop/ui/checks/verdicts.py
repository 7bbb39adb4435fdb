"""The verdicts on one record: open ones first, the rule's text in a card, the reason inline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from dangjian_desktop.domain.checks.facts import RuleText
from dangjian_desktop.domain.findings import Finding, Verdict
from dangjian_desktop.ui.checks.verdict_line import VerdictLine, is_open, says_of, spoken
from dangjian_desktop.ui.look.spoken import Problem, announce
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import button, column_of, row_of, space

SHOWN = 3


class Verdicts(QWidget):
    """Shows a few lines and folds the others away; ``waived`` brings findings and their reason.

    ``place_asked`` leads to where an uncertainty is settled; ``grown`` tells that another height
    is wanted (a card was opened).
    """

    waived = Signal(object, str)
    place_asked = Signal(str, str)
    grown = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.lines: list[VerdictLine] = []
        self._all = False
        self.more = button("", theme, look="quiet", name="verdicts.more", then=self._show_all)
        self.reason = ReasonField(theme)
        self.reason.given.connect(self.waived)
        self._lines = QVBoxLayout()
        space(self._lines, margins=(0, 0, 0, 0), gap=6)
        column_of(self._lines, (self.more, 0, Qt.AlignmentFlag.AlignLeft), on=self, gap=6)
        self.show_findings((), {})

    def show_findings(
        self,
        findings: Sequence[Finding],
        rules: Mapping[str, RuleText],
        *,
        waivable: bool = True,
        names: Mapping[str, str] | None = None,
    ) -> None:
        """Show these instead of the ones before; a card that was open stays open, and what says
        the same is the same line, so that the focus stays on it."""
        before, self.lines, self._all = self.lines, [], False
        opened = {line.finding.key for line in before if not line.card.isHidden()}
        self._lines.removeWidget(self.reason)
        for finding in sorted(findings, key=_grave_first):
            rule = rules.get(finding.rule)
            article = rule.text if rule else ""
            says = says_of(finding, article, waivable=waivable, names=names)
            line = next((each for each in before if each.says == says), None)
            if line is None:
                line = self._line(finding, article, waivable=waivable, names=names)
                line.card.setVisible(finding.key in opened)
            self._lines.removeWidget(line)
            self._lines.insertWidget(len(self.lines), line)
            self.lines.append(line)
        for line in before:
            if line not in self.lines:
                self._lines.removeWidget(line)
                line.hide()
                line.deleteLater()
        self._go_on_asking()
        self._fold()
        self.setVisible(bool(self.lines))

    def speak_of_changes(self, before: Sequence[Finding]) -> None:
        """Have said what is open now and was not ``before``, and that nothing is any more."""
        known, now = set(map(_open_words, before)), [_open_words(e.finding) for e in self.lines]
        news = [words for words in now if words and words not in known]
        if news or (any(known) and not any(now)):
            announce(self, "；".join(news) or "检查结果：没有需要处理的")

    def _line(self, finding: Finding, article: str, **how: Any) -> VerdictLine:
        line = VerdictLine(finding, self._theme, article=article, **how)
        line.place_asked.connect(self.place_asked)
        line.waiver_asked.connect(self._ask_reason)
        # The record of these findings is the one that is already on show.
        if (records := line.findChild(QPushButton, "records")) is not None:
            records.hide()
        return line

    def event(self, event: QEvent) -> bool:  # noqa: D102
        done = super().event(event)
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self.grown.emit()
        return done

    def _fold(self) -> None:
        """What is open comes first; of what is in order one line stands for the rest."""
        fine = sum(line.finding.verdict is Verdict.OK for line in self.lines)
        kept = min(len(self.lines) - fine, SHOWN) + min(fine, 1)
        if self._all or len(self.lines) - kept <= 1:
            kept = len(self.lines)
        for number, line in enumerate(self.lines):
            line.setVisible(number < kept)
        rest = self.lines[kept:]
        self.more.setVisible(bool(rest))
        words = "符合规定" if all(r.finding.verdict is Verdict.OK for r in rest) else "检查结果"
        self.more.setText(f"另有 {len(rest)} 条{words}")

    @Slot()
    def _show_all(self) -> None:
        self._all = True
        self._fold()

    @Slot(object)
    def _ask_reason(self, finding: Finding) -> None:
        place = next((n for n, line in enumerate(self.lines) if line.finding is finding), -1)
        self._lines.insertWidget(place + 1, self.reason)
        self.reason.ask(finding)

    def _go_on_asking(self) -> None:
        """A reason that is being written stays under its finding."""
        keys = [ReasonField.key_of(line.finding) for line in self.lines]
        if self.reason.about in keys:
            self._lines.insertWidget(keys.index(self.reason.about) + 1, self.reason)
        else:
            self.reason.hide()


class ReasonField(QWidget):
    """One line for the reason of a waiver, perhaps of several; Enter keeps it, Esc leaves.

    ``given`` brings the findings and the reason; what is typed is kept under the first of them.
    """

    given = Signal(object, str)
    opened = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._findings: tuple[Finding, ...] = ()
        self.line = QLineEdit()
        self.line.setObjectName("waiver.reason")
        self.line.setPlaceholderText("简要说明情况，例如 上级同意延期至4月召开")
        self.line.returnPressed.connect(self._give)
        self.line.textChanged.connect(self._clear_problem)
        self.problem = Problem()
        self.keep = button("保存说明", theme, name="waiver.keep", then=self._give)
        leave = button("取消", theme, look="quiet", name="waiver.leave", then=self.hide)
        row = row_of((self.line, 1), self.keep, leave)
        column_of(row, self.problem, on=self, gap=4)
        self.hide()

    def ask(self, *findings: Finding) -> None:
        """Ask for one reason of these findings."""
        self._findings = findings
        many = len(findings)
        self.keep.setText(f"保存说明（{many}）" if many > 1 else "保存说明")
        self.line.clear()
        self.show()
        self.line.setFocus()
        self.opened.emit()

    @property
    def about(self) -> str:
        """The key of the finding that is asked about; empty while none is."""
        return "" if self.isHidden() or not self._findings else self.key_of(self._findings[0])

    @staticmethod
    def key_of(finding: Finding) -> str:
        """The key of a finding as one text."""
        return "/".join(finding.key)

    @Slot()
    def _give(self) -> None:
        reason = self.line.text().strip()
        if not reason:
            self.problem.say("请填写情况说明")
            return
        self.hide()
        self.given.emit(self._findings, reason)

    @Slot()
    def _clear_problem(self) -> None:
        self.problem.hide()


_ORDER = {Verdict.VIOLATION: 0, Verdict.UNKNOWN: 1, Verdict.NOTICE: 2, Verdict.OK: 3}


def _open_words(finding: Finding) -> str:
    return spoken(finding) if is_open(finding) else ""


def _grave_first(finding: Finding) -> tuple[bool, int]:
    return finding.waiver is not None, _ORDER[finding.verdict]
