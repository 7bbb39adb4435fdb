"""版式: which paper is printed in which look, and the looks themselves."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal, Slot

from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.domain.ledgers.record import PREFIX
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.papers.looks import USUAL, Deleted, Look, Taken
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.desk.timers import once
from dangjian_desktop.ui.fields.forms import Form
from dangjian_desktop.ui.look.chips import ChipRow
from dangjian_desktop.ui.look.widgets import button, label, row_of
from dangjian_desktop.ui.paper.exporting import say_written
from dangjian_desktop.ui.settings.card import SettingsCard

_PURPOSE = (
    "材料印出来的样子：边距、字体、字号、行距、页码、表格线。默认按公文格式，上级另有要求的再选。"
)
_LOOKS = "版式文件 (*.toml)"
_WORDS = "Word 文件 (*.docx)"


@dataclass(frozen=True, slots=True)
class _Read:
    looks: Mapping[str, Look]
    chosen: Mapping[str, str]
    said: Mapping[str, tuple[str, ...]]
    papers: Mapping[str, str]


class LooksCard(SettingsCard):
    """Chips for the looks, one field for each paper; ``opened`` tells whose page is asked for."""

    title = "版式"
    topics = frozenset({Topic.SETTINGS})
    opened = Signal(str)

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__(_PURPOSE)
        self._desk, self._shell = desk, shell
        self._read = _Read({}, {}, {}, {})
        self._chosen: dict[str, str] = {}
        theme = shell.theme
        self.chips = ChipRow(theme)
        self.about = label("", wrap=True)
        self.missing = label("", "soft", wrap=True)
        self.papers: Form | None = None
        self._new: Form | None = None
        self._putting = once(self, 0, self._put_papers)
        self.open = button("查看和修改", theme, name="look.open")
        self.copy = button("复制一份", theme, icon="plus", name="look.copy")
        self.give = button("导出版式文件…", theme, icon="upload", name="look.give")
        self.drop = button("删除", theme, icon="trash-2", name="look.drop")
        self.take = button("从版式文件取得…", theme, icon="folder-open", name="look.take")
        self.learn = button("从旧 Word 文件读取…", theme, icon="file-text", name="look.learn")
        for part in (self.chips, self.about, self.missing):
            self.add(part)
        self.add(row_of(self.open, self.copy, self.give, self.drop, ...))
        self.add(row_of(self.take, self.learn, ...))
        self.ledgers = button("台账也选", theme, icon="plus", look="quiet", name="look.ledgers")
        self.add(row_of(label("各种材料用的版式", "soft"), self.ledgers, ...))
        self._connect()

    def load(self) -> None:
        """Read the looks again."""
        self._shell.jobs.library(partial(_read, self._desk), self._show)

    def _connect(self) -> None:
        self.chips.chosen.connect(self._tell)
        self.ledgers.clicked.connect(self._offer_ledgers)
        self.open.clicked.connect(self._open)
        self.copy.clicked.connect(self._copy)
        self.give.clicked.connect(self._choose_folder)
        self.drop.clicked.connect(self._drop)
        self.take.clicked.connect(self._choose_file)
        self.learn.clicked.connect(self._choose_word)

    def _show(self, read: _Read) -> None:
        self._read, code = read, self.chips.code()
        self._chosen = dict(read.chosen)
        self.chips.set_choices([(code, look.title) for code, look in read.looks.items()])
        self.chips.set_codes([code if code in read.looks else USUAL])
        self._tell()
        self._show_papers()

    def _show_papers(self) -> None:
        """The form is made anew only where there are other looks or papers to choose from; it is
        long: making it and putting it into its place each have a turn of their own."""
        choices = tuple((code, look.title) for code, look in self._read.looks.items())
        fields = [
            Field(code, title, FieldType.CHOICE, required=True, choices=choices)
            for code, title in self._read.papers.items()
            if self._offered(code)
        ]
        if self.papers is None or list(self.papers.fields) != fields:
            self._new = Form(fields, self._shell.theme, columns=3)
        self._putting.start()

    @Slot()
    def _put_papers(self) -> None:
        form = self._new or self.papers
        if form is None:
            return
        if form is not self.papers:
            if self.papers is not None:
                self.body.removeWidget(self.papers)
                self.papers.deleteLater()
            self.papers, self._new = form, None
            self.add(form)
            form.changed.connect(self._choose)
        quiet = form.blockSignals(True)
        form.fill({c: self._chosen.get(c, USUAL) for c in form.cells})
        form.blockSignals(quiet)

    def _offered(self, code: str) -> bool:
        """Ledgers are many; until they are asked for, those stand there that have a look."""
        shown = self.ledgers.isHidden() or not code.startswith(PREFIX)
        return shown or code in self._chosen

    @Slot()
    def _offer_ledgers(self) -> None:
        self.ledgers.hide()
        self._show_papers()

    @Slot()
    def _tell(self) -> None:
        code = self.chips.code()
        look = self._read.looks.get(code)
        self.about.setText(look.about if look else "")
        said = self._read.said.get(code, ())
        self.missing.setText("".join(said))
        self.missing.setVisible(bool(said))
        own = self._desk.looks.is_own(code)
        self.open.setText("修改" if own else "查看")
        self.drop.setEnabled(own)

    @Slot()
    def _choose(self) -> None:
        values = self.papers.values() if self.papers else {}
        for paper, code in values.items():
            if code and code != self._chosen.get(paper, USUAL):
                self._chosen[paper] = code
                self._shell.jobs.library(partial(self._desk.looks.choose, paper, code))

    @Slot()
    def _open(self) -> None:
        self.opened.emit(self.chips.code())

    @Slot()
    def _copy(self) -> None:
        self._shell.jobs.library(partial(self._desk.looks.copy, self.chips.code()), self._made)

    def _made(self, look: Look) -> None:
        self._shell.toast(f"已增加版式：{look.title}")
        self.opened.emit(look.code)

    @Slot()
    def _choose_folder(self) -> None:
        title = "版式文件放在哪个文件夹"
        self._shell.choosers.folder(self, title, self._give, purpose="export")

    def _give(self, folder: Path) -> None:
        work = partial(self._desk.looks.hand_out, self.chips.code(), folder)
        self._shell.jobs.library(work, self._given, title="正在导出版式")

    def _given(self, file: Path) -> None:
        say_written(self._shell, [file])

    @Slot()
    def _drop(self) -> None:
        work = partial(self._desk.looks.delete, self.chips.code())
        words = f"已删除版式“{self._read.looks[self.chips.code()].title}”，用它的材料改按公文版式"
        self._shell.jobs.library(work, partial(self._dropped, words))

    def _dropped(self, words: str, deleted: Deleted) -> None:
        back = partial(self._desk.looks.bring_back, deleted)
        self._shell.toast(words, partial(self._shell.jobs.library, back))

    @Slot()
    def _choose_file(self) -> None:
        self._shell.choosers.open_file(self, "取得版式", _LOOKS, self._take, purpose="looks")

    def _take(self, path: Path) -> None:
        self._shell.jobs.library(partial(self._desk.looks.take, path), self._made)

    @Slot()
    def _choose_word(self) -> None:
        title = "读取哪份旧材料的版式"
        self._shell.choosers.open_file(self, title, _WORDS, self._learn, purpose="looks")

    def _learn(self, path: Path) -> None:
        work = partial(self._desk.looks.take_word, path)
        self._shell.jobs.library(work, self._learned, title="正在读取版式")

    def _learned(self, taken: Taken) -> None:
        if taken.left:
            told = f"已读出版式“{taken.look.title}”，有{len(taken.left)}处没有照搬。"
            self._shell.messages.notice(told, "请在版式页面核对后使用。", taken.left)
        self._made(taken.look)


def _read(desk: Desk) -> _Read:
    looks = desk.looks.all()
    said = {code: desk.looks.stand_ins(look) for code, look in looks.items()}
    return _Read(looks, desk.looks.chosen(), said, desk.looks.papers())
