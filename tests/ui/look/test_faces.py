"""No character of a name is an empty box on screen, whatever face the system has."""

from __future__ import annotations

from PySide6.QtGui import QImage, QPainter

NOWHERE = "\U000efffe"
"""A character that no face has: how it is drawn is how every missing one is."""


def picture(letter, font):
    image = QImage(64, 64, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    painter.setFont(font)
    painter.drawText(16, 40, letter)
    painter.end()
    return image


def boxes(texts, font):
    """Which letters of the texts this font draws as it draws what it lacks."""
    missing = picture(NOWHERE, font)
    letters = {letter for text in texts for letter in text if letter > "⺀"}
    return sorted(letter for letter in letters if picture(letter, font) == missing)
