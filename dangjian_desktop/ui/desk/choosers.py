"""File choosers that remember where the user was; replaced by a double in tests."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6 import QtWidgets
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from dangjian_desktop.ui.desk.store import SettingsStore

Then = Callable[[Path], None]


class Choosers:
    """Asks for a file or folder and calls ``then`` with it; nothing happens on 取消.

    ``purpose`` names the last folder to start from (``roster``, ``export``, ``library``);
    ``patterns`` is a filter such as ``名册 (*.xlsx *.xls)``.
    """

    def __init__(self, settings: SettingsStore) -> None:
        self._settings = settings

    def open_file(
        self, parent: QWidget, title: str, patterns: str, then: Then, *, purpose: str
    ) -> None:
        """Choose one file that exists."""
        dialog = self._dialog(parent, title, purpose)
        dialog.setNameFilter(patterns)
        dialog.setFileMode(QtWidgets.QFileDialog.FileMode.ExistingFile)
        self._show(dialog, purpose, then)

    def save_file(
        self,
        parent: QWidget,
        title: str,
        suggested: str,
        patterns: str,
        then: Then,
        *,
        purpose: str,
    ) -> None:
        """Choose where to write; the dialog asks before it replaces a file."""
        dialog = self._dialog(parent, title, purpose)
        dialog.setNameFilter(patterns)
        dialog.setAcceptMode(QtWidgets.QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(Path(suggested).suffix.lstrip("."))
        dialog.selectFile(suggested)
        self._show(dialog, purpose, then)

    def folder(self, parent: QWidget, title: str, then: Then, *, purpose: str) -> None:
        """Choose a folder."""
        dialog = self._dialog(parent, title, purpose)
        dialog.setFileMode(QtWidgets.QFileDialog.FileMode.Directory)
        dialog.setOption(QtWidgets.QFileDialog.Option.ShowDirsOnly)
        self._show(dialog, purpose, then)

    def _dialog(self, parent: QWidget, title: str, purpose: str) -> QtWidgets.QFileDialog:
        dialog = QtWidgets.QFileDialog(parent, title, str(self._settings.last_folder(purpose)))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return dialog

    def _show(self, dialog: QtWidgets.QFileDialog, purpose: str, then: Then) -> None:
        dialog.fileSelected.connect(partial(self._chosen, purpose, then))
        dialog.open()

    def _chosen(self, purpose: str, then: Then, chosen: str) -> None:
        path = Path(chosen)
        self._settings.remember_folder(purpose, path if path.is_dir() else path.parent)
        then(path)
