"""What would be wrong on another computer: window, type size, recent libraries, last folders."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QByteArray, QObject, QSettings

from dangjian_desktop.paths import carried_folder, config_folder
from dangjian_desktop.ui.look.tokens import BASE_POINTS, SIZES, Mode

RECENT = 8


class SettingsStore(QObject):
    """An INI file in the configuration folder; whatever is unreadable there counts as not set."""

    def __init__(self, file: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        place = file or config_folder() / "window.ini"
        self._settings = QSettings(str(place), QSettings.Format.IniFormat)

    @property
    def mode(self) -> Mode:
        """Light, dark or as the system."""
        kept = self._text("look/mode")
        return Mode(kept) if kept in set(Mode) else Mode.SYSTEM

    @mode.setter
    def mode(self, mode: Mode) -> None:
        self._settings.setValue("look/mode", mode.value)

    @property
    def points(self) -> float:
        """The base type size, one of ``tokens.SIZES``."""
        try:
            kept = float(self._text("look/points"))
        except ValueError:
            return BASE_POINTS
        return kept if kept in SIZES else BASE_POINTS

    @points.setter
    def points(self, points: float) -> None:
        self._settings.setValue("look/points", str(points))

    @property
    def recent(self) -> tuple[Path, ...]:
        """Libraries opened lately, the last first, those that are gone included."""
        return tuple(map(_found, self.texts("libraries/recent")))[:RECENT]

    def remember_library(self, library: Path) -> None:
        """Put the library at the head of the list."""
        others = [known for known in self.recent if known != library]
        self.set_texts("libraries/recent", [*map(_kept, [library, *others])][:RECENT])

    def last_folder(self, purpose: str) -> Path:
        """Where the user was last for this purpose, if it still exists; else the home folder."""
        kept = self._text(f"folders/{purpose}")
        return _found(kept) if kept and _found(kept).is_dir() else Path.home()

    def remember_folder(self, purpose: str, folder: Path) -> None:
        """Keep where the user was."""
        self._settings.setValue(f"folders/{purpose}", _kept(folder))

    def shape(self, name: str) -> QByteArray:
        """Geometry or splitter state kept under a name; empty when there is none."""
        kept = self._settings.value(f"shapes/{name}")
        return kept if isinstance(kept, QByteArray) else QByteArray()

    def keep_shape(self, name: str, shape: QByteArray) -> None:
        """Keep geometry or a splitter state."""
        self._settings.setValue(f"shapes/{name}", shape)

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts kept under a name."""
        kept = self._settings.value(name)
        if isinstance(kept, str):
            return (kept,) if kept else ()
        return tuple(str(part) for part in kept) if isinstance(kept, list | tuple) else ()

    def set_texts(self, name: str, texts: Sequence[str]) -> None:
        """Keep a list of texts."""
        self._settings.setValue(name, list(texts))

    def knows(self, name: str) -> bool:
        """Whether anything was ever kept under the name."""
        return bool(self._settings.contains(name))

    def sync(self) -> None:
        """Write what has been set."""
        self._settings.sync()

    def _text(self, name: str) -> str:
        kept = self._settings.value(name)
        return kept if isinstance(kept, str) else ""


def _kept(path: Path) -> str:
    """A stick has another place on the next computer: what lies on it is kept by its way there."""
    carried = carried_folder()
    if carried is not None and path.is_relative_to(carried):
        return path.relative_to(carried).as_posix()
    return str(path)


def _found(text: str) -> Path:
    carried = carried_folder()
    return Path(text) if carried is None else carried / text
