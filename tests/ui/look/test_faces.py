"""No character of a name is an empty box on screen, whatever face the system has."""

from __future__ import annotations

import tomllib

from PySide6.QtGui import QFont, QImage, QPainter
from PySide6.QtWidgets import QLabel, QListWidget

from dangjian_desktop.paths import resources
from dangjian_desktop.ui.look.late import FILES, complete
from dangjian_desktop.ui.look.ring import Focus
from dangjian_desktop.ui.look.theme import OURS

NOWHERE = "\U000efffd"
"""A character that no face has: how it is drawn is how every missing one is."""
RARE = ("白䶮", "乔𬭎", "贾𫖯")
"""The names of the sample year that few faces have whole."""


def picture(letter, font):
    image = QImage(48, 48, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    painter.setFont(font)
    painter.drawText(12, 32, letter)
    painter.end()
    return image


def boxes(letters, font):
    """Which of these letters the font draws as it draws what it lacks."""
    missing = picture(NOWHERE, font)
    return sorted(letter for letter in letters if picture(letter, font) == missing)


def test_our_faces_are_those_that_lie_there():
    faces = tomllib.loads(resources("fonts", "MANIFEST.toml").read_text(encoding="utf-8"))["face"]
    families = {face["file"]: face["family"] for face in faces}
    assert tuple(families[file] for file in FILES) == OURS


def test_a_system_that_has_no_rare_face_draws_no_box(qtbot, worn):
    """What was shown before our faces came in is drawn again by them; a list is among it."""
    theme, window = worn
    inside = QListWidget()
    inside.addItems(RARE)
    window.setCentralWidget(inside)
    window.show()
    complete(theme)
    families = QLabel().font().families()
    assert families[1:] == list(OURS)
    for family in (families[0], "DejaVu Sans"):
        font = QFont()
        font.setFamilies([family, *OURS])
        for bold in (False, True):
            font.setBold(bold)
            assert boxes({letter for name in RARE for letter in name}, font) == []
    assert boxes(NOWHERE, inside.font()) == [NOWHERE]


def test_the_look_is_completed_once(worn):
    theme, _window = worn
    complete(theme)
    complete(theme)
    assert len(theme.findChildren(Focus)) == 1
