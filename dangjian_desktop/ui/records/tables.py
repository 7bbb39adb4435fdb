"""Rows of records for a table view: ids first, rows when they are drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QIcon
from shiboken6 import isValid

from dangjian_desktop.frozen import dataclass
from dangjian_desktop.services.records.pinyin import text_key
from dangjian_desktop.ui.desk.clipboard import copied, put
from dangjian_desktop.ui.look.plain_cells import LEFT, RIGHT, Plain

T = TypeVar("T")
Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
PAGE = 100
ONE_SCREEN = 24
Fetch = Callable[[Sequence[str]], Mapping[str, T]]
Ask = Callable[[Callable[[], Mapping[str, T]], Callable[[Mapping[str, T]], None]], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column(Generic[T]):
    """One column: ``code`` is remembered in the settings, ``title`` heads it with its unit.

    ``width`` is a hint in pixels at the base type size; 0 fits the contents, -1 takes the rest.
    Numbers are set to the right with ``right=True``. ``shown`` is what a new user sees. ``key``
    sorts where the text does not (None is unknown and comes last, whichever way).
    """

    code: str
    title: str
    text: Callable[[T], str]
    right: bool = False
    tooltip: Callable[[T], str] | None = None
    icon: Callable[[T], QIcon | None] | None = None
    width: int = 0
    shown: bool = True
    key: Callable[[T], Any] | None = None


def in_order(
    ids: Sequence[str], rows: Mapping[str, T], column: Column[T], *, descending: bool
) -> tuple[str, ...]:
    """These ids by one column; equal ones stay as they were, unknown ones come last."""
    key: Callable[[T], Any] = column.key or partial(_chinese, column)
    keys = {uid: key(rows[uid]) for uid in ids if uid in rows}
    known = [uid for uid in ids if keys.get(uid) is not None]
    known.sort(key=keys.__getitem__, reverse=descending)
    return (*known, *(uid for uid in ids if keys.get(uid) is None))


def _chinese(column: Column[T], row: T) -> str | None:
    return text_key(column.text(row)) or None


class PagedModel(QAbstractTableModel, Generic[T]):
    """Holds every id, but reads rows a page of 100 at a time and only when a view shows them.

    Filtering and sorting are the library's work: a new order is a new list of ids. With ``ask``
    (``shell.jobs.library``) rows are fetched in the library's thread and drawn when they come.
    """

    def __init__(
        self,
        columns: Sequence[Column[T]],
        fetch: Fetch[T],
        *,
        ask: Ask[T] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.fetch = fetch
        self._ask = ask
        self._ids: tuple[str, ...] = ()
        self._places: dict[str, int] = {}
        self._rows: dict[str, T] = {}
        self._asked: set[int] = set()
        self._edition = 0

    @property
    def ids(self) -> tuple[str, ...]:
        """All ids in order."""
        return self._ids

    def show(self, ids: Sequence[str], rows: Mapping[str, T] | None = None) -> None:
        """Show other ids, or the same ones anew; ``rows`` are those already at hand."""
        self.beginResetModel()
        self._ids, self._rows = tuple(ids), dict(rows or {})
        self._places = {uid: place for place, uid in enumerate(self._ids)}
        self._asked.clear()
        self._edition += 1
        self.endResetModel()

    def id_at(self, row: int) -> str:
        """The id in that row."""
        return self._ids[row]

    def place_of(self, uid: str) -> int:
        """The row of an id, or -1."""
        return self._places.get(uid, -1)

    def record(self, uid: str) -> T | None:
        """The row of an id if it is at hand."""
        return self._rows.get(uid)

    def rowCount(self, parent: Index = ROOT) -> int:  # noqa: D102
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = ROOT) -> int:  # noqa: D102
        return 0 if parent.isValid() else len(self.columns)

    def headerData(  # noqa: D102
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(self.columns[section])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: D102
        if not index.isValid():
            return None
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role not in _DRAWN:
            return None
        row = self._row(index.row())
        if row is None:
            return "" if role == Qt.ItemDataRole.DisplayRole else None
        return _DRAWN[role](column, row)

    def plain(self, row: int, column: int) -> Plain | None:
        """What ``PlainCells`` draws."""
        asked, found = self.columns[column], self._row(row)
        if found is not None and asked.icon is not None and asked.icon(found) is not None:
            return None
        return asked.text(found) if found is not None else "", _alignment(asked), False

    def texts(self, place: int) -> list[str]:
        """What a column says in the first rows that are at hand."""
        found = (self._rows.get(uid) for uid in self._ids[:ONE_SCREEN])
        return [self.columns[place].text(row) for row in found if row is not None]

    def copy(
        self, columns: Sequence[Column[T]], ids: Sequence[str], done: Callable[[int], None]
    ) -> None:
        """Put these columns of these records on the clipboard, as they are seen, with headings;
        many are read and written out in the library's thread. ``done`` is told how many."""
        known = {uid: self._rows[uid] for uid in ids if uid in self._rows}

        def work() -> Any:
            missing = [uid for uid in ids if uid not in known]
            rows = {**known, **(self.fetch(missing) if missing else {})}
            cells = [[column.text(rows[uid]) for column in columns] for uid in ids if uid in rows]
            return len(cells), *copied(
                [[c.title for c in columns], *cells], [c.right for c in columns]
            )

        def arrived(made: Any) -> None:
            put(*made[1:])
            done(made[0])

        (self._ask or _at_once)(work, arrived)

    def _row(self, number: int) -> T | None:
        """The row; nothing while it is on its way, or if it was deleted since."""
        uid = self._ids[number]
        page = number // PAGE
        if uid not in self._rows and page not in self._asked:
            self._asked.add(page)
            self._load(page)
        return self._rows.get(uid)

    def _load(self, page: int) -> None:
        ids, edition = self._ids[page * PAGE : (page + 1) * PAGE], self._edition
        if self._ask is None:
            self._rows.update(self.fetch(ids))
            return

        def arrived(rows: Mapping[str, T]) -> None:
            if isValid(self) and edition == self._edition:
                self._rows.update(rows)
                first, last = page * PAGE, page * PAGE + len(ids) - 1
                self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))

        self._ask(lambda: self.fetch(ids), arrived)


def _at_once(work: Callable[[], Any], done: Callable[[Any], None]) -> None:
    done(work())


def _alignment(column: Column[Any]) -> int:
    return RIGHT if column.right else LEFT


_DRAWN: Mapping[int, Callable[[Column[Any], Any], Any]] = {
    Qt.ItemDataRole.DisplayRole: lambda column, row: column.text(row),
    Qt.ItemDataRole.ToolTipRole: lambda column, row: column.tooltip and column.tooltip(row),
    Qt.ItemDataRole.DecorationRole: lambda column, row: column.icon and column.icon(row),
}
