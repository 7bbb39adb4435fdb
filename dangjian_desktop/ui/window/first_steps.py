"""The two sides of the first window: what to start with, and the names of a new branch."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from dangjian_desktop.late import Late
from dangjian_desktop.paths import data_folder
from dangjian_desktop.ui.desk.choosers import Choosers
from dangjian_desktop.ui.desk.store import SettingsStore
from dangjian_desktop.ui.look.spoken import Problem
from dangjian_desktop.ui.look.stage import Shortened, scrolling
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import (
    button,
    column_of,
    empty,
    frame,
    label,
    mark_wrong,
    row_of,
    space,
)

SECRECY = "本程序不具备涉密信息防护条件。涉及国家秘密的内容，请勿录入。"
WHAT_IT_IS = (
    ("本机使用", "不联网、不上传、不自动报送；要报的材料由您打印或导出。"),
    ("资料在哪里", "一个支部一个文件（.dangjian），放在您选定的文件夹，备份在它旁边。"),
    ("涉密不得录入", SECRECY),
)
"""What the program is and is not: a word, and a sentence."""
_TYPED = "new/names"
PROTECT = "打开时要输入密码（可以不设，以后随时能在“设置”里设）"
_WARNING = Late("services.library.places:warning_of")
FORBIDDEN = '\\/:*?"<>|'


class StartStep(QWidget):
    """Three ways to begin at the left, recent libraries at the right."""

    recent_asked = Signal(Path)

    def __init__(self, theme: Theme, settings: SettingsStore) -> None:
        super().__init__()
        self._theme, self._settings = theme, settings
        self.new = button("新建支部资料", theme, icon="file-plus", look="primary", name="new")
        self.open = button("打开支部资料", theme, icon="folder-open", name="open")
        self.demo = button("看示例", theme, icon="book-open", name="demo")
        words = "从全部导出的文件夹恢复…"
        self.bring = button(words, theme, icon="history", look="quiet", name="bring_in")
        left = column_of(
            label("党支部工作台", "title"),
            label("一次录入，会议记录、名册、汇总都可打印。", wrap=True),
            14,
            gap=10,
        )
        ways = (
            (self.new, "填写支部名称，从一个空的资料文件开始"),
            (self.open, "打开已有的资料文件（.dangjian），或U盘带来的 .zip"),
            (self.demo, "生成一个虚构支部的全年资料，可随意试用"),
        )
        for way, words in ways:
            left.addWidget(way)
            left.addWidget(label(words, "soft", wrap=True))
            left.addSpacing(6)
        left.addWidget(self.bring)
        left.addStretch()
        for word, words in WHAT_IT_IS:
            left.addWidget(label(word, "heading"))
            left.addWidget(label(words, "soft", wrap=True))
        self.waiting = label("", "warn", wrap=True, shown=False)
        self._recent = QVBoxLayout()
        space(self._recent, margins=(16, 14, 16, 14), gap=8)
        card = frame("card")
        card.setLayout(self._recent)
        right = column_of((card, 1), self.waiting, gap=10)
        row_of((left, 1), (right, 1), on=self, gap=32, margins=(32, 32, 32, 28))
        self.list_recent()

    def list_recent(self) -> None:
        """Show the recent libraries anew; those whose file is gone are said to be."""
        empty(self._recent)
        self._recent.addWidget(label("最近打开", "heading"))
        recent = self._settings.recent
        if not recent:
            self._recent.addWidget(label("还没有打开过资料。", "soft"))
        for library in recent:
            self._recent.addWidget(self._row(library))
        self._recent.addStretch()

    def tell_waiting(self, waiting: Mapping[str, int]) -> None:
        """Say for which libraries something waits that could not be stored, and how many."""
        counted = "、".join(f"“{name}”{count}份" for name, count in waiting.items())
        self.waiting.setText(f"还有没存进资料库的内容：{counted}。打开该资料后，可在工作台接着写。")
        self.waiting.setVisible(bool(waiting))

    def _row(self, library: Path) -> QPushButton:
        there, copies = library.is_file(), library.with_suffix(".copies").is_dir()
        gone = "找不到该文件，可以从备份恢复" if copies else "找不到该文件"
        words = f"{library.stem}\n{library.parent if there else gone}"
        row = button(words, self._theme, look="row", name="recent", tip=str(library))
        row.setEnabled(there or copies)
        row.clicked.connect(partial(self.recent_asked.emit, library))
        return row


class NewStep(QWidget):
    """Asks for the branch's full name, its superior and where the file shall lie."""

    entered = Signal(str, str, Path)

    def __init__(self, theme: Theme, choosers: Choosers, settings: SettingsStore) -> None:
        super().__init__()
        self._choosers, self._settings = choosers, settings
        self._folder = data_folder()
        self.back = button("返回", theme, icon="arrow-left", look="quiet", name="first.back")
        self.make = button("新建", theme, look="primary", name="make", then=self._enter)
        self.name = _line("branch_name", "例如 中共××公司综采一队支部委员会")
        self.superior = _line("superior", "例如 中共××公司委员会")
        self.place = QLineEdit()
        self.place.setReadOnly(True)
        self.problem = Problem()
        self.protect = QCheckBox(PROTECT)
        self.copies = Shortened()
        self.copies.setProperty("look", "soft")
        self.place_warning = label("", "warn", wrap=True, name="place.warning", shown=False)
        choose = button("更改", theme, icon="folder-open", name="choose_place")
        choose.clicked.connect(self._choose_place)
        self._bring_back()
        self.name.textChanged.connect(self._say_place)
        for line in (self.name, self.superior):
            line.returnPressed.connect(self._enter)
            line.textEdited.connect(self._keep)
        inside = QWidget()
        column_of(
            (self.back, 0, Qt.AlignmentFlag.AlignLeft),
            label("新建支部资料", "title"),
            8,
            _above("支部全称 *", self.name),
            self.name,
            self.problem,
            8,
            _above("上级党组织全称", self.superior),
            self.superior,
            8,
            _above("资料文件位置", self.place),
            row_of((self.place, 1), choose),
            self.place_warning,
            self.copies,
            label("支部名称和上级以后可在“设置”中修改。", "soft"),
            8,
            self.protect,
            12,
            label(SECRECY, "warn", wrap=True),
            ...,
            on=inside,
            gap=6,
            margins=(32, 24, 32, 4),
        )
        column_of((scrolling(inside), 1), row_of(..., self.make, margins=(32, 0, 32, 28)), on=self)
        self._say_place()

    @property
    def file(self) -> Path:
        """Where the library would be made."""
        return self._folder / f"{file_stem(self.name.text()) or '党支部'}.dangjian"

    @Slot()
    def _keep(self) -> None:
        self._settings.set_texts(_TYPED, [self.name.text(), self.superior.text()])

    def _bring_back(self) -> None:
        """What was typed the last time, unless that library was made."""
        name, superior = self._settings.texts(_TYPED) or ("", "")
        if file_stem(name) not in {library.stem for library in self._settings.recent}:
            self.name.setText(name)
            self.superior.setText(superior)

    @Slot()
    def _enter(self) -> None:
        name = self.name.text().strip()
        self._point_out("" if name else "请填写支部全称")
        if name:
            self.entered.emit(name, self.superior.text().strip(), self.file)

    def _point_out(self, problem: str) -> None:
        self.problem.say(problem)
        mark_wrong(self.name, bool(problem))
        if problem:
            self.name.setFocus()

    @Slot()
    def _choose_place(self) -> None:
        self._choosers.folder(self, "资料放在哪个文件夹", self._set_folder, purpose="library")

    def _set_folder(self, folder: Path) -> None:
        self._folder = folder
        warned = _WARNING.read()(self.file)
        self.place_warning.setText(f"{warned.message}{warned.remedy}" if warned else "")
        self.place_warning.setVisible(warned is not None)
        self._say_place()

    @Slot()
    def _say_place(self) -> None:
        self._point_out("")
        self.place.setText(str(self.file))
        self.copies.setText(f"只保存在这台电脑上。备份在 {self.file.with_suffix('.copies')}")


def file_stem(name: str) -> str:
    """The name of a branch as a file name: without what Windows forbids, at most 60 characters."""
    kept = "".join(c for c in name if c not in FORBIDDEN and c.isprintable())
    return kept.strip(" .")[:60]


def _line(name: str, hint: str) -> QLineEdit:
    made = QLineEdit()
    made.setObjectName(name)
    made.setPlaceholderText(hint)
    return made


def _above(text: str, field: QLineEdit) -> QLabel:
    heading = label(text, "soft")
    heading.setBuddy(field)
    return heading
