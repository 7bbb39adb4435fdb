"""What tests of the page of packages share."""

from __future__ import annotations

from PySide6.QtCore import Qt

ROSTER = "党员名册（Excel）"


def tick(form, *titles):
    for title in titles:
        [item] = form.materials.list.findItems(title, Qt.MatchFlag.MatchExactly)
        item.setCheckState(Qt.CheckState.Checked)
