"""Packages and folders in the papers thread: made, written again, and looked through."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.submissions.delivery import DeliveryFinding
from dangjian_desktop.domain.submissions.package import Package
from dangjian_desktop.errors import Cancelled
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.submissions.packages import Order, missing_words
from dangjian_desktop.ui.desk.jobs import Progress
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.paper.exporting import say_written


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A folder or .zip that was looked through (``found`` is None where that was stopped);
    ``words`` are what else is to be said of it."""

    place: Path
    found: Sequence[DeliveryFinding] | None
    title: str
    words: str = ""
    uid: str = ""


class Making(QObject):
    """What takes long, with progress and a way to stop it."""

    def __init__(self, desk: Desk, shell: Shell, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._shell = desk, shell

    def make(self, order: Order, folder: Path, done: Callable[[Made], None]) -> None:
        """Make a package and look through what was written."""
        desk = self._desk

        def work(progress: Progress) -> Made:
            made = desk.packages.make(order, folder, progress)
            package, place = made.package, _place(made.files)
            said = [*made.unsure, *made.unregistered, *missing_words(made)]
            again = "与上次报出的完全相同，又写了一份" if made.again else "已生成并留底"
            return Made(
                place=place,
                found=_checked(desk, place, order, progress),
                title=f"{package.title}：{again}，共 {len(package.files)} 个文件",
                words="\n".join(said),
                uid=package.id,
            )

        self._shell.jobs.papers(work, done, title="正在生成报送包")

    def write(self, package: Package, folder: Path) -> None:
        """Write a package again as it went up, and say where."""
        desk = self._desk

        def work(progress: Progress) -> list[Path]:
            return desk.packages.write(package.id, folder, progress)

        self._shell.jobs.papers(work, self._say, title="正在取出报送包")

    def look_through(self, package: Package, folder: Path, done: Callable[[Made], None]) -> None:
        """Write a package again and look through that."""
        desk = self._desk

        def work(progress: Progress) -> Made:
            place = _place(desk.packages.write(package.id, folder, progress))
            order = desk.preparing.order_of(package.id)
            found = _checked(desk, place, order, progress)
            return Made(place=place, found=found, title=package.title, uid=package.id)

        self._shell.jobs.papers(work, done, title="正在核对报送包")

    def check(
        self,
        place: Path,
        period: Period | None,
        done: Callable[[Made], None],
        listed: Path | None = None,
    ) -> None:
        """Look through any folder or .zip, perhaps against the superior's list."""
        desk = self._desk

        def work(progress: Progress) -> Made:
            today = desk.today()
            asked = desk.preparing.asked_in(listed, today) if listed is not None else ()
            found = desk.delivery.check(place, period, asked, told=progress)
            words = f"对照“{listed.name}”，其中 {len(asked)} 份材料。" if listed is not None else ""
            return Made(place=place, found=found, title=_of_folder(place, period), words=words)

        self._shell.jobs.papers(work, done, title="正在核对文件夹")

    def _say(self, files: list[Path]) -> None:
        say_written(self._shell, files, f"已取出 {len(files)} 个文件")


def _of_folder(place: Path, period: Period | None) -> str:
    """With the period by which it was looked through, where that was told."""
    return f"核对“{place.name}”" + (f"：按{period.label}" if period else "：没有按时间段核对")


def _place(files: Sequence[Path]) -> Path:
    """The .zip itself, else the folder in which all of it stands."""
    return files[-1] if files[-1].suffix == ".zip" else files[-1].parent


def _checked(
    desk: Desk, place: Path, order: Order, progress: Progress
) -> Sequence[DeliveryFinding] | None:
    """What is found; what was made stays where the looking was stopped."""
    try:
        return desk.delivery.check(place, order.period, order.asked, progress)
    except Cancelled:
        return None
