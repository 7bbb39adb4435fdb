"""A verdict in a sentence: sign, words, article; the article's card, and the reason of a waiver."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from dangjian_desktop.domain.declared import RECORDS
from dangjian_desktop.domain.findings import Cause, Finding, Verdict
from dangjian_desktop.domain.meetings.kinds import Kinds
from dangjian_desktop.ui.look.chips import FlowLayout
from dangjian_desktop.ui.look.roles import reads_as, turned
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import button, label

FEW = 4
"""So many members have a button each."""


class VerdictLine(QFrame):
    """One finding. A click or Enter opens the article's card under it.

    ``waiver_asked`` asks for the written reason (说明情况), ``records_asked`` for the records,
    ``place_asked`` for where a cause is settled: the record's code, and its field or the member.
    ``article`` is the wording of the article, when it is known; ``names`` are those of members.
    """

    waiver_asked = Signal(object)
    records_asked = Signal(object)
    place_asked = Signal(str, str)

    def __init__(
        self,
        finding: Finding,
        theme: Theme,
        *,
        article: str = "",
        waivable: bool = True,
        names: Mapping[str, str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.finding = finding
        self.says = says_of(finding, article, waivable=waivable, names=names)
        self.setProperty("look", "verdict")
        self.setProperty("verdict", finding.verdict.value)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        reads_as(self, "Button", press=self.toggle, expanded=self._open)
        self.setAccessibleName(spoken(finding))
        self.setToolTip("点开查看依据")
        sign = label(finding.verdict.sign, "heading")
        sign.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.words = label(sentence(finding), wrap=True)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(sign)
        line.addWidget(self.words, 1)
        self.waive = button("说明情况", theme, look="quiet", name="waive", then=self._ask_waiver)
        line.addWidget(self.waive, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 5, 10, 5)
        layout.setSpacing(6)
        layout.addLayout(line)
        self.links = self._links(theme, names or {})
        if self.links:
            layout.addLayout(self._beside())
        self.card = self._card(article, theme)
        layout.addWidget(self.card)
        self.card.hide()
        # Only now: shown without a parent they would be windows of their own for a moment.
        self.waive.setVisible(waivable and is_open(finding))

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
        turned(self)

    def _open(self) -> bool:
        return not self.card.isHidden()

    def _links(self, theme: Theme, names: Mapping[str, str]) -> list[QPushButton]:
        """A button for each place in which something open is settled."""
        made = []
        for (subject, target), words in places_of(self.finding, names).items():
            link = button(words, theme, look="chip", name="settle")
            link.setAccessibleName(f"{words}：{self.finding.message}")
            link.clicked.connect(partial(self.place_asked.emit, subject, target))
            made.append(link)
        return made

    def _beside(self) -> FlowLayout:
        row = FlowLayout(gap=6)
        for link in self.links:
            row.addWidget(link)
        return row

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
            show = button(
                "查看相关记录", theme, look="quiet", name="records", then=self._ask_records
            )
            layout.addWidget(show, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    @Slot()
    def _ask_waiver(self) -> None:
        self.waiver_asked.emit(self.finding)

    @Slot()
    def _ask_records(self) -> None:
        self.records_asked.emit(self.finding)


def places_of(finding: Finding, names: Mapping[str, str]) -> dict[tuple[str, str], str]:
    """Where each cause of an uncertainty is settled: the record's code with its field, or with the
    member (the whole roster where there are many); and the words of the button there."""
    found: dict[tuple[str, str], str] = {}
    for cause in finding.causes:
        if cause.subject == "meeting":
            found[cause.subject, cause.field] = f"去填写{label_of(cause)}"
        elif 0 < len(cause.people) <= FEW:
            for uid in cause.people:
                found[cause.subject, uid] = f"核对{names.get(uid, '党员')}的{label_of(cause)}"
        else:
            found[cause.subject, ""] = "核对党员名册"
    return found


def label_of(cause: Cause) -> str:
    """The label of the field that a cause names."""
    path = [part for part in cause.field.split(".") if not part.isdigit()]
    if path[0] == "details":
        fields = {field.name: field.label for kind in Kinds() for field in kind.fields}
        return fields.get(path[-1], "")
    record = next(record for record in RECORDS if record.code == cause.subject)
    return record.field(".".join(path)).label


def sentence(finding: Finding) -> str:
    """The finding as one sentence with its article, a waiver said at the end."""
    basis = f"（{finding.basis}）" if finding.basis else ""
    waiver = "　已说明情况" if finding.waiver else ""
    return f"{finding.message.rstrip('。')}{basis}{waiver}"


def spoken(finding: Finding) -> str:
    """The same for a reader of the screen: the word of the verdict first."""
    return f"{finding.verdict.label}：{sentence(finding)}"


def says_of(
    finding: Finding, article: str, *, waivable: bool, names: Mapping[str, str] | None
) -> tuple[Any, ...]:
    """All that a line shows: two of which this is equal look the same."""
    return finding, article, waivable, places_of(finding, names or {})


def is_open(finding: Finding) -> bool:
    """Whether it asks for something."""
    return finding.verdict is not Verdict.OK and not finding.waiver
