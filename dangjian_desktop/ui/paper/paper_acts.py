"""Word, PDF and print of one paper, for one record or for all that are chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QMenu, QWidget

from dangjian_desktop.errors import Cancelled
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.papers.printing import Format, Wanted
from dangjian_desktop.ui.desk.jobs import Progress
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.paper.exporting import export_each
from dangjian_desktop.ui.paper.paper_printer import PaperPrinter
from dangjian_desktop.ui.records.acts import Act


@dataclass(frozen=True, slots=True)
class Chosen:
    """The paper that is meant, by its code of the catalogue."""

    code: str
    title: str
    wanted: Wanted = Wanted()


class PaperActs(QObject):
    """Hands out the paper that ``chosen`` names; one file for each record, one print of all.

    Where it names more than one, the user is asked which is meant.
    """

    def __init__(
        self, desk: Desk, shell: Shell, host: QWidget, chosen: Callable[[], Sequence[Chosen]]
    ) -> None:
        super().__init__(host)
        self._desk, self._shell, self._host, self._chosen = desk, shell, host, chosen
        self._printed: tuple[str, Wanted, Sequence[str]] = ("", Wanted(), ())
        self.printer = PaperPrinter(shell.messages.report, host)
        self.printer.finished.connect(self._note_prints)

    def acts(self, *, only_several: bool = False) -> tuple[Act, ...]:
        """``only_several`` where one record has its papers beside it already."""
        made = (
            ("word", "Word", partial(self._export, Format.DOCX), "导出 Word 文件，每条记录一份"),
            ("pdf", "PDF", partial(self._export, Format.PDF), "导出 PDF 文件，每条记录一份"),
            ("print", "打印", self._print, "一次打印全部选定的记录"),
        )
        return tuple(
            Act(
                code=code,
                title=title,
                do=do,
                icon="printer" if code == "print" else "",
                key="Ctrl+P" if code == "print" and not only_several else "",
                tip=tip,
                several=True,
                least=2 if only_several else 1,
            )
            for code, title, do, tip in made
        )

    def _export(self, form: Format, ids: Sequence[str]) -> None:
        self._ask_which(partial(self._write, form, ids))

    def _print(self, ids: Sequence[str]) -> None:
        self._ask_which(partial(self._draw, ids))

    def _ask_which(self, go: Callable[[Chosen], object]) -> None:
        papers = self._chosen()
        if len(papers) == 1:
            go(papers[0])
            return
        menu = QMenu(self._host)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for paper in papers:
            menu.addAction(paper.title).triggered.connect(partial(_go, go, paper))
        menu.popup(QCursor.pos())

    def _write(self, form: Format, ids: Sequence[str], paper: Chosen) -> None:
        printing = self._desk.printing

        def write(uid: str, folder: Path) -> list[Path]:
            return printing.export(paper.code, folder, uid, paper.wanted, (form,))

        export_each(self._shell, self._host, ids, write, title=f"正在导出{paper.title}")

    def _draw(self, ids: Sequence[str], paper: Chosen) -> None:
        asked = tuple(ids)
        title = f"正在准备打印{paper.title}"

        def work(progress: Progress) -> list[bytes]:
            made: list[bytes] = []
            try:
                for number, uid in enumerate(asked):
                    progress(number, len(asked), title)
                    made.append(self._desk.printing.preview(paper.code, uid, paper.wanted))
            except Cancelled:
                return []
            return made

        self._shell.jobs.papers(work, partial(self._ask, paper, asked), title=title)

    def _ask(self, paper: Chosen, ids: Sequence[str], pdfs: list[bytes]) -> None:
        if not pdfs:
            self._shell.toast("已取消，没有打印")
            return
        self._printed = (paper.code, paper.wanted, ids)
        many = f"（{len(ids)}份）" if len(ids) > 1 else ""
        self.printer.ask(pdfs, f"{paper.title}{many}")

    @Slot()
    def _note_prints(self) -> None:
        code, wanted, ids = self._printed

        def work() -> None:
            for uid in ids:
                self._desk.printing.note_print(code, uid, wanted)

        self._shell.jobs.library(work)


def _go(go: Callable[[Chosen], object], paper: Chosen, *_checked: bool) -> None:
    go(paper)
