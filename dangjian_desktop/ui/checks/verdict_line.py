"""A verdict in a sentence: sign, words, article; the article's card, and the reason of a waiver."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from dangjian_desktop.domain.findings import Finding, Verdict
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import button, label


class VerdictLine(QFrame):
    """One finding. A click or Enter opens the article's card under it.

    ``waiver_asked`` asks for the written reason (说明情况), ``records_asked`` for the records.
    ``article`` is the wording of the article, when it is known.
    """

    waiver_asked = Signal(object)
    records_asked = Signal(object)

    def __init__(
        self,
        finding: Finding,
        theme: Theme,
        *,
        article: str = "",
        waivable: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.finding = finding
        self.setProperty("look", "verdict")
        self.setProperty("verdict", finding.verdict.value)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(sentence(finding))
        self.setToolTip("点开查看依据")
        sign = label(finding.verdict.sign, "heading")
        sign.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.words = label(sentence(finding), wrap=True)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(sign)
        line.addWidget(self.words, 1)
        self.waive = button("说明情况", theme, look="quiet", name="waive")
        self.waive.clicked.connect(self._ask_waiver)
        line.addWidget(self.waive, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 5, 10, 5)
        layout.setSpacing(6)
        layout.addLayout(line)
        self.card = self._card(article, theme)
        layout.addWidget(self.card)
        self.card.hide()
        # Only now: shown without a parent they would be windows of their own for a moment.
        self.waive.setVisible(waivable and _open(finding))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: D102
        if self.rect().contains(event.position().toPoint()):
            self.toggle()
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: D102
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.toggle()
        else:
            super().keyPressEvent(event)

    @Slot()
    def toggle(self) -> None:
        """Open or close the article's card."""
        self.card.setVisible(self.card.isHidden())

    def _card(self, article: str, theme: Theme) -> QFrame:
        card = QFrame()
        card.setProperty("look", "card")
        layout = QVBoxLayout(card)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(4)
        parts = [f"依据：{self.finding.basis or '支部自行规定'}", article]
        if self.finding.waiver:
            parts.append(f"情况说明：{self.finding.waiver}")
        for text in filter(None, parts):
            line = label(text, wrap=True)
            line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            layout.addWidget(line)
        if self.finding.records:
            show = button("查看相关记录", theme, look="quiet", name="records")
            show.clicked.connect(self._ask_records)
            layout.addWidget(show, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    @Slot()
    def _ask_waiver(self) -> None:
        self.waiver_asked.emit(self.finding)

    @Slot()
    def _ask_records(self) -> None:
        self.records_asked.emit(self.finding)


def sentence(finding: Finding) -> str:
    """The finding as one sentence with its article, a waiver said at the end."""
    basis = f"（{finding.basis}）" if finding.basis else ""
    waiver = "　已说明情况" if finding.waiver else ""
    return f"{finding.message.rstrip('。')}{basis}{waiver}"


def _open(finding: Finding) -> bool:
    return finding.verdict is not Verdict.OK and not finding.waiver
