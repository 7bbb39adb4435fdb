"""The card of a ledger: what it records, whether it is asked for, what a newer style changes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dangjian_desktop.domain.ledgers.ledger import Ledger
from dangjian_desktop.domain.members.member import Member
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.services.ledgers.catalogue import LedgerEntry
from dangjian_desktop.services.records.pinyin import initials, sort_key
from dangjian_desktop.ui.fields.names import Candidate, NameField
from dangjian_desktop.ui.look.lines import Lines
from dangjian_desktop.ui.look.stage import scrolling
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.tick import tick
from dangjian_desktop.ui.look.widgets import button, column_of, frame, label, row_of, space
from dangjian_desktop.ui.records.subject import Heading

_LONGEST = 12


@dataclass(frozen=True, slots=True)
class Shown:
    """A ledger as its card shows it; ``news`` are the changes of a newer style."""

    entry: LedgerEntry
    asked: str
    news: Sequence[str]
    members: Sequence[Member]


class StyleCard(QWidget):
    """``asked`` brings code, on or off, and the ids of those named (None: as they are)."""

    asked = Signal(str, bool, object)
    switched = Signal(str, bool)
    adopted = Signal(str)
    replaced = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._shown: Shown | None = None
        self._file: Path | None = None
        self._file_code = ""
        self.lines = Lines()
        self.tick = tick("要求填报", theme, name="ledger.asking")
        self.tick.clicked.connect(self._on_tick)
        self.visible = tick("在列表中显示", theme, name="ledger.shown")
        self.visible.clicked.connect(self._on_visible)
        self.named = NameField(self._members, several=True, free=False)
        self.named.setObjectName("ledger.named")
        self.named.setPlaceholderText("要求哪些党员填报：姓名或首字母，可填多人")
        self.named.editingFinished.connect(self._on_named)
        self.news = frame("banner")
        self.words = label("", wrap=True, name="ledger.news")
        self.adopt = button("采用新版", theme, name="ledger.adopt", then=self._on_adopt)
        self.keep = button("不采用", theme, look="quiet", name="ledger.keep", then=self.news.hide)
        self._compose()

    def show_ledger(self, shown: Shown) -> Heading:
        """Show this ledger."""
        self._shown = shown
        entry, ledger = shown.entry, shown.entry.ledger
        self.lines.show_lines(_lines(ledger, shown.asked))
        self.visible.setChecked(entry.shown)
        self.tick.setVisible(ledger.ask is not None)
        self.tick.setChecked(entry.asking is not None)
        people = ledger.ask is not None and ledger.ask.who == "named"
        self.named.setVisible(people)
        names = {m.id: m.name for m in shown.members}
        chosen = entry.asking.members if entry.asking else ()
        if not self.named.hasFocus():
            self.named.set_names([names[uid] for uid in chosen if uid in names])
        if self._file_code != ledger.code:
            self._file = None
        if self._file is None:
            self._say_news("程序带来了这本台账的新版，与现有样式相比：", shown.news, "采用新版")
        return Heading(ledger.title, ledger.source)

    def offer_file(self, code: str, file: Path, changes: Sequence[str]) -> None:
        """Say what a file would change of the ledger that is there."""
        self._file, self._file_code = file, code
        self._say_news("文件中的样式与现有样式不同：", changes, "用文件中的样式")

    def _say_news(self, words: str, changes: Sequence[str], act: str) -> None:
        told = [*changes[:_LONGEST], *(["……"] if len(changes) > _LONGEST else [])]
        self.words.setText("\n".join((words, *told, "已有记录都会保留。")))
        self.adopt.setText(act)
        self.news.setVisible(bool(changes))

    def _members(self) -> Sequence[Candidate]:
        found = self._shown.members if self._shown else ()
        return [Candidate(m.name, initials(m.name), m.id, sort_key=sort_key(m.name)) for m in found]

    @Slot()
    def _on_visible(self) -> None:
        if self._shown is not None:
            self.switched.emit(self._shown.entry.ledger.code, self.visible.isChecked())

    @Slot()
    def _on_tick(self) -> None:
        self._ask(self.tick.isChecked())

    @Slot()
    def _on_named(self) -> None:
        asking = self._shown.entry.asking if self._shown else None
        if asking is not None and tuple(asking.members) != self._chosen():
            self._ask(True)

    def _chosen(self) -> tuple[str, ...]:
        return tuple(p.member_id for p in self.named.people() if p.member_id)

    def _ask(self, on: bool) -> None:
        if self._shown is not None:
            members = self._chosen() if self.named.isVisibleTo(self) else None
            self.asked.emit(self._shown.entry.ledger.code, on, members)

    @Slot()
    def _on_adopt(self) -> None:
        self.news.hide()
        file, self._file = self._file, None
        if file is not None:
            self.replaced.emit(file)
        elif self._shown is not None:
            self.adopted.emit(self._shown.entry.ledger.code)

    def _compose(self) -> None:
        line = row_of(self.adopt, self.keep, ...)
        column_of(self.words, line, on=self.news, margins=(12, 8, 12, 8))
        self.news.hide()
        holder = QWidget()
        column = QVBoxLayout(holder)
        space(column, margins=(0, 0, 8, 0), gap=10)
        ticks = row_of(self.visible, self.tick, ...)
        column.addWidget(self.news)
        column.addLayout(ticks)
        column.addWidget(self.named)
        column.addWidget(self.lines)
        column.addStretch()
        column_of(scrolling(holder), on=self, gap=0)


def _lines(ledger: Ledger, asked: str) -> list[tuple[str, str]]:
    fields = [f for f in ledger.fields if not f.retired]
    must = "、".join(f.label for f in fields if f.required)
    may = "、".join(f.label for f in fields if not f.required)
    titles = [p.title.replace("{branch}", "").replace("{period}", "") for p in ledger.prints]
    return [
        ("现在要求", asked or "不要求填报"),
        ("必填栏目", must),
        ("其他栏目", may),
        ("打印", "、".join(title.replace("（）", "") for title in titles)),
        ("知悉范围", ledger.level.label),
    ]
