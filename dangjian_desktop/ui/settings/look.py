"""外观: type size, light or dark; shown at once and kept on this computer."""

from __future__ import annotations

from PySide6.QtCore import Slot

from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.look.chips import ChipRow
from dangjian_desktop.ui.look.tokens import SIZES, Mode
from dangjian_desktop.ui.look.widgets import label
from dangjian_desktop.ui.settings.card import SettingsCard

WORDS = ("标准", "较大", "大", "特大")
ORDER = (Mode.LIGHT, Mode.DARK, Mode.STARK, Mode.SYSTEM)


class LookCard(SettingsCard):
    """Two rows of chips; there is nothing to confirm."""

    title = "外观"

    def __init__(self, shell: Shell) -> None:
        super().__init__("只影响这台电脑上的窗口，不影响打印。")
        self._shell = shell
        sizes = [(str(s), f"{w}（{s:g} 磅）") for s, w in zip(SIZES, WORDS, strict=True)]
        self.sizes = ChipRow(shell.theme, sizes)
        self.modes = ChipRow(shell.theme, [(mode.value, mode.label) for mode in ORDER])
        for title, chips in (("字号", self.sizes), ("明暗", self.modes)):
            self.add(label(title, "soft"))
            self.add(chips)
        self.sizes.chosen.connect(self._on_size)
        self.modes.chosen.connect(self._on_mode)
        self.load()

    def load(self) -> None:
        """Show what is in use."""
        self.sizes.set_codes([str(self._shell.theme.points)])
        self.modes.set_codes([self._shell.theme.mode.value])

    @Slot(str)
    def _on_size(self, code: str) -> None:
        self._shell.settings.points = float(code)
        self._shell.theme.choose(points=float(code))

    @Slot(str)
    def _on_mode(self, code: str) -> None:
        self._shell.settings.mode = Mode(code)
        self._shell.theme.choose(mode=Mode(code))
