"""A paper at the right of a page: its preview, and Word, PDF and print one click away."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from dangjian_desktop.errors import InputError
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.services.papers.printing import Format, PrintingService, Wanted
from dangjian_desktop.ui.desk.jobs import Job, Progress
from dangjian_desktop.ui.desk.keeper import at_once
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.look.widgets import button, column_of, frame, label, row_of
from dangjian_desktop.ui.paper.exporting import say_written
from dangjian_desktop.ui.paper.paper_printer import PaperPrinter
from dangjian_desktop.ui.paper.preview import Preview

Then = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Paper:
    """What is shown: ``draw`` makes the PDF, ``write`` the files; ``warn`` says what is to be known
    before. All run in the papers thread."""

    title: str
    draw: Callable[[], bytes]
    write: Callable[[Path, Format], list[Path]]
    warn: Callable[[], str] = lambda: ""

    @classmethod
    def of(
        cls,
        printing: PrintingService,
        title: str,
        code: str,
        uid: str = "",
        wanted: Wanted = Wanted(),  # noqa: B008 - frozen, nothing is asked
    ) -> Paper:
        """A paper of the catalogue, of one record or of a period or day."""

        def write(folder: Path, kind: Format) -> list[Path]:
            return printing.export(code, folder, uid, wanted, (kind,))

        asked = code, uid, wanted
        return cls(
            title, partial(printing.preview, *asked), write, partial(printing.warning, *asked)
        )


class PaperPane(QWidget):
    """Shows a paper and hands it out.

    ``settle`` is called before anything is handed out, with what shall follow; a page saves
    there what was typed last.
    """

    def __init__(
        self, shell: Shell, *, name: str, settle: Callable[[Then], None] = at_once
    ) -> None:
        super().__init__()
        self._shell, self._settle = shell, settle
        self._paper: Paper | None = None
        self._drawing: Job | None = None
        theme = shell.theme
        self.title = label("打印预览", "heading")
        self.word = button("Word", theme, name=f"{name}.word", tip="导出 Word 文件")
        self.pdf = button("PDF", theme, name=f"{name}.pdf", tip="导出 PDF 文件")
        self.paper = button("打印", theme, icon="printer", name=f"{name}.print")
        self.word.clicked.connect(partial(self._choose, Format.DOCX))
        self.pdf.clicked.connect(partial(self._choose, Format.PDF))
        self.paper.clicked.connect(self._print)
        self.paper.setShortcut("Ctrl+P")
        self.paper.setToolTip("打印（Ctrl+P）")
        self.warning = label("", "warn", wrap=True, name=f"{name}.warning", shown=False)
        self.preview = Preview(theme)
        self.printer = PaperPrinter(shell.messages.report, self)
        tools = row_of((self.title, 1), self.word, self.pdf, self.paper)
        card = frame("card")
        column_of(tools, self.warning, (self.preview, 1), on=card, margins=(16, 12, 16, 12))
        column_of(card, on=self, gap=0)

    def show_paper(self, paper: Paper, *, keep_place: bool = False) -> None:
        """Draw this paper and show it; one that is still being drawn is given up."""
        self._paper = paper
        self._draw(partial(self.preview.show_pdf, keep_place=keep_place))

    def _draw(self, show: Callable[[bytes], None]) -> None:
        paper = self._paper
        if paper is None:
            return
        if self._drawing is not None:
            self._drawing.cancel()

        def work(progress: Progress) -> tuple[str, bytes]:
            # Papers that were asked for and given up meanwhile end here.
            progress(0, 0, "")
            return paper.warn(), paper.draw()

        done = partial(self._drawn, paper, show)
        job = self._shell.jobs.papers(work, done, self._refused, title="正在生成预览")
        self._drawing = job
        job.ended.connect(partial(self._ended, job))

    def _drawn(self, paper: Paper, show: Callable[[bytes], None], drawn: tuple[str, bytes]) -> None:
        if paper is self._paper:
            words, pdf = drawn
            self.warning.setText(words)
            self.warning.setVisible(bool(words))
            show(pdf)

    def _ended(self, job: Job) -> None:
        if self._drawing is job:
            self._drawing = None

    def _refused(self, error: Exception) -> None:
        self.preview.show_hint(str(error) if isinstance(error, InputError) else "预览没有生成。")
        if not isinstance(error, InputError):
            self._shell.messages.report(error)

    def _choose(self, form: Format) -> None:
        then = partial(self._write_settled, form)
        self._shell.choosers.folder(self, "导出到哪个文件夹", then, purpose="export")

    def _write_settled(self, form: Format, folder: Path) -> None:
        self._settle(partial(self._write, form, folder))

    def _write(self, form: Format, folder: Path) -> None:
        paper = self._paper
        if paper is not None:
            self._shell.jobs.papers(
                lambda _progress: paper.write(folder, form),
                self._written,
                title=f"正在导出{paper.title}",
            )

    def _written(self, files: list[Path]) -> None:
        say_written(self._shell, files)

    @Slot()
    def _print(self) -> None:
        self._settle(partial(self._draw, self._ask_printer))

    def _ask_printer(self, pdf: bytes) -> None:
        self.preview.show_pdf(pdf, keep_place=True)
        if self._paper is not None:
            self.printer.ask([pdf], self._paper.title)
