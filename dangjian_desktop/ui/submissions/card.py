"""What stands in one package: its files, what it lacked, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QLocale, QTimer, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.submissions.package import Package, PackedFile
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.submissions.following import Change
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.look.lines import Lines
from dangjian_desktop.ui.look.stage import scrolling
from dangjian_desktop.ui.look.widgets import column_of
from dangjian_desktop.ui.records.record_table import RecordTable
from dangjian_desktop.ui.records.subject import Heading
from dangjian_desktop.ui.records.tables import Column, PagedModel

SENT, RETURNED, RESENT = "已报出", "已退回", "已重报"
_LOOKS = {SENT: "good", RETURNED: "warn", RESENT: "soft"}
_COLUMNS: tuple[Column[PackedFile], ...] = (
    Column(code="name", title="文件", text=lambda file: file.name, width=-1),
    Column(
        code="sum",
        title="校验值",
        text=lambda file: file.sha256[:8],
        tooltip=lambda file: f"SHA-256：{file.sha256}",
        width=88,
    ),
    Column(
        code="size", title="大小", text=lambda file: size_words(file.size), right=True, width=80
    ),
)


@dataclass(frozen=True, slots=True)
class Told:
    """A package, what its state is called, and where it was written (None: not known)."""

    package: Package
    state: str
    place: Path | None = None


def size_words(size: int) -> str:
    """Bytes as people read them: 12.3 KB."""
    traditional = QLocale.DataSizeFormat.DataSizeTraditionalFormat
    return QLocale.c().formattedDataSize(size, 1, traditional)


def told(packages: Sequence[Package]) -> dict[str, Told]:
    """Every package with its state; it was sent again where a later version is among them."""
    newest: dict[tuple[str, str], int] = {}
    for each in packages:
        key = each.period, each.recipient
        newest[key] = max(newest.get(key, 0), each.version)
    return {each.id: Told(each, _state(each, newest)) for each in packages}


def _state(package: Package, newest: dict[tuple[str, str], int]) -> str:
    if newest[package.period, package.recipient] > package.version:
        return RESENT
    return RETURNED if package.returned is not None else SENT


class PackageCard(QWidget):
    """The lines above the files; ``show_changes`` adds what the records tell otherwise now."""

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk = desk
        self._told: Told | None = None
        self._compared = ""
        self.lines = Lines()
        model: PagedModel[PackedFile] = PagedModel(_COLUMNS, lambda _ids: {}, parent=self)
        self.files = RecordTable(
            model, shell.theme, shell.settings, name="package.files", title="报送包的文件"
        )
        holder = QWidget()
        column_of(self.lines, ..., on=holder, margins=(0, 0, 8, 0))
        self._holder, self._above = holder, scrolling(holder)
        column_of(self._above, (self.files, 1), on=self)

    @property
    def place(self) -> Path | None:
        """Where the package that is shown was written, if it is there still."""
        place = self._told.place if self._told else None
        return place if place is not None and place.exists() else None

    @property
    def package(self) -> Package | None:
        """The package that is shown."""
        return self._told.package if self._told else None

    def load(self, uid: str) -> Told | None:
        """A package with its state; in the library's thread."""
        found = told(self._desk.shared["package"].all()).get(uid)
        return None if found is None else replace(found, place=self._desk.packages.place(uid))

    def show_package(self, found: Told) -> Heading:
        """Fill the card, and what stands at its head."""
        if self.package is None or self.package.id != found.package.id:
            self._compared = ""
        self._told = found
        self._show_lines()
        package = found.package
        files = {file.name: file for file in package.files}
        foot = f"共 {len(files)} 个文件，{size_words(sum(f.size for f in package.files))}"
        self.files.show_ids(tuple(files), foot=foot, rows=files)
        line = f"{package.day.isoformat()} 报{package.recipient}"
        return Heading(package.title, line, found.state, _LOOKS[found.state])

    @Slot(object)
    def show_changes(self, uid: str, changes: Sequence[Change]) -> None:
        """What the records tell otherwise now, if this package is shown still."""
        if self.package is not None and self.package.id == uid:
            words = "\n".join(f"{each.name}：{each.words}" for each in changes)
            self._compared = words or "与报出时相比没有变化"
            self._show_lines()

    def _show_lines(self) -> None:
        if self._told is not None:
            shown = _lines(self._told.package, self._compared)
            shown.insert(3, ("写在", _place_words(self._told.place)))
            self.lines.show_lines([(title, text) for title, text in shown if text])
            # Labels that were only just made tell their height once they are shown.
            QTimer.singleShot(0, self, self._fit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The lines take what they need, at most half of the card."""
        super().resizeEvent(event)
        self._fit()

    @Slot()
    def _fit(self) -> None:
        wide = self._above.viewport().width()
        asked = self._holder.layout().heightForWidth(wide) if wide > 0 else 0
        self._above.setFixedHeight(min(max(asked, 40), self.height() // 2))


def _place_words(place: Path | None) -> str:
    if place is None:
        return ""
    return str(place) if place.exists() else f"{place}（现在不在，可以取出）"


def _lines(package: Package, compared: str) -> list[tuple[str, str]]:
    returned = package.returned.isoformat() if package.returned else ""
    return [
        ("时间段", Period.parse(package.period).label),
        ("数据截止", package.as_of.isoformat()),
        ("内容", package.profile.label),
        ("未报的材料", "、".join(package.missing)),
        ("与报出时相比", compared),
        ("退回日期", returned),
        ("退回原因", package.return_reason),
        ("上级意见", "、".join(file.name for file in package.reply)),
        ("意见的文字", package.reply_text),
        ("备注", package.note),
    ]
