"""How everything looks: style sheet, palette, type size, icons and the face of the texts."""

from __future__ import annotations

import atexit
from collections.abc import Callable, Mapping
from pathlib import Path
from string import Template
from typing import TypeVar, cast
from weakref import ref

from PySide6.QtCore import QByteArray, QObject, QSize, Qt, QTemporaryDir, QTranslator, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QImage, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from shiboken6 import isValid

from dangjian_desktop.paths import resources
from dangjian_desktop.ui.look.tokens import BASE_POINTS, ROW_HEIGHT, SIZES, TABLES, Mode

__all__ = ["OURS", "Mode", "Theme", "speak_chinese", "ui_family"]
W = TypeVar("W", bound=QWidget)
OURS = ("Dangjian HeiTi", "Dangjian SongTi Ext")
"""Our faces behind the system's: the common characters, then the rare ones. ``late`` brings them
in; what is drawn before is drawn again."""
FACES = (
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "PingFang SC",
    "HarmonyOS Sans SC",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "Noto Sans SC",
    "WenQuanYi Micro Hei",
)


class Theme(QObject):
    """The look of the whole program; ``changed`` tells that colours or sizes are new.

    ``changing`` comes before: dressing a widget anew costs as much as making it, seen or not.
    ``wearer`` is the window that has the style sheet, the whole application without one. A page
    that is put together beside it is dressed once, when it comes into it; with the sheet on the
    application each part is dressed again for everything that it is put into.
    """

    changing = Signal()
    changed = Signal()

    def __init__(
        self,
        application: QApplication,
        mode: Mode = Mode.SYSTEM,
        points: float = BASE_POINTS,
        wearer: QWidget | None = None,
    ) -> None:
        super().__init__(wearer or application)
        self._application, self.wearer = application, wearer or application
        self.system = application.palette()
        self.mode = mode
        self.points = points if points in SIZES else BASE_POINTS
        self._icons: dict[tuple[str, str, int], QIcon] = {}
        self._shapes: dict[tuple[str, int], QPixmap] = {}
        self._wearers: list[Callable[[], bool]] = []
        self._family = ""
        self._contrast = False
        self._pictures = QTemporaryDir()
        atexit.register(self._pictures.remove)  # nothing ends it with the process
        application.styleHints().colorSchemeChanged.connect(self._follow)

    @property
    def dark(self) -> bool:
        """Whether a dark table is in use."""
        if self.mode in (Mode.SYSTEM, Mode.STARK):
            return self._application.styleHints().colorScheme() is Qt.ColorScheme.Dark
        return self.mode is Mode.DARK

    @property
    def stark(self) -> bool:
        """Whether a table of high contrast is in use."""
        return self.mode is Mode.STARK or (self.mode is Mode.SYSTEM and self._contrast)

    @property
    def tokens(self) -> Mapping[str, str]:
        """The colours in use by token."""
        return TABLES[self.dark, self.stark]

    def follow_contrast(self, wanted: bool) -> None:
        """The system is set to high contrast, or no longer."""
        before, self._contrast = self.stark, wanted
        if self.stark != before:
            self.choose()

    def color(self, token: str) -> QColor:
        """The colour of a token."""
        return QColor(self.tokens[token])

    def px(self, pixels: float) -> int:
        """A length that was measured at the base type size, for the present one."""
        return round(pixels * self.points / BASE_POINTS)

    @property
    def row_height(self) -> int:
        """Height of a row of a table, in pixels."""
        return self.px(ROW_HEIGHT)

    def icon(self, name: str, token: str = "text", pixels: int = 18) -> QIcon:
        """An icon of ``resources/icons`` in the colour of the token."""
        key = name, token, self.px(pixels)
        if key not in self._icons:
            picture = self._drawn(*key)
            self._icons[key] = QIcon(picture)
            self._icons[key].addPixmap(picture, QIcon.Mode.Selected)
            faded = self._drawn(name, "edge", self.px(pixels))
            self._icons[key].addPixmap(faded, QIcon.Mode.Disabled)
        return self._icons[key]

    def wear(
        self, button: QAbstractButton, name: str, token: str = "text", pixels: int = 18
    ) -> None:
        """Give the button an icon that follows the theme."""
        target = ref(button)

        def put_on() -> bool:
            alive = target()
            if alive is None or not isValid(alive):
                return False
            alive.setIcon(self.icon(name, token, pixels))
            alive.setIconSize(QSize(self.px(pixels), self.px(pixels)))
            return True

        put_on()
        self._wearers.append(put_on)

    def fit(self, widget: W, give: Callable[[W, int], object], pixels: float) -> None:
        """Give the widget a length that follows the type: ``fit(box, QWidget.setFixedWidth, 110)``;
        ``pixels`` as measured at the base size."""
        target = ref(widget)

        def put_on() -> bool:
            alive = target()
            if alive is None or not isValid(alive):
                return False
            give(alive, self.px(pixels))
            return True

        put_on()
        self._wearers.append(put_on)

    def choose(self, *, mode: Mode | None = None, points: float | None = None) -> None:
        """Change light or dark, or the type size, and show it at once."""
        self.mode = self.mode if mode is None else mode
        self.points = self.points if points is None else points
        self.changing.emit()
        self.apply()

    def apply(self) -> None:
        """Put the look on the application."""
        self._icons.clear()
        if not self._family:
            self._family = ui_family()
        font = QFont()
        font.setFamilies([self._family, *OURS])
        font.setPointSizeF(self.points)
        # One sheet in the place of another dresses each widget once for each it lies in.
        self.wearer.setStyleSheet("")
        self._application.setFont(font)
        if isinstance(self.wearer, QWidget):
            # Below a sheet the application's own font comes one change too late.
            self.wearer.setFont(font)
        self._application.setPalette(_palette(self.tokens))
        self.wearer.setStyleSheet(self.sheet())
        for part in cast("list[QWidget]", self.wearer.findChildren(QWidget)):
            # What was put there a moment ago, or was never shown, does not hear of the font.
            if not part.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
                part.setFont(QFont())
        self._wearers = [put_on for put_on in self._wearers if put_on()]
        self.changed.emit()

    def sheet(self) -> str:
        """The style sheet, filled in; raises KeyError for a token that no table has."""
        text = resources("style", "window.qss").read_text(encoding="utf-8")
        lengths = {f"p{n}": str(self.px(n)) for n in (3, 4, 6, 8, 10, 12, 14, 24)}
        # A border of 2 px instead of 1 must not move the text inside.
        inset = {f"p{n}m": str(self.px(n) - 1) for n in (6, 8, 10, 14)}
        return Template(text).substitute(
            self.tokens,
            **lengths,
            **inset,
            title=f"{self.points * 1.45:.1f}",
            # A cell keeps 3 px beside its padding, which a heading has to match.
            head=str(self.px(8) + 3),
            p6mm=str(max(0, self.px(6) - 2)),
            row=str(self.px(30)),
            # As high as a button, so that a title stands equally high with and without one.
            headline=str(self.px(36)),
            chip=str(self.px(13)),
            # A corner rounder than half the height is drawn square.
            chip_least=str(2 * self.px(13) - 2 * self.px(3) - 2),
            bar=str(max(2, self.px(12) // 2 - 2)),
            chevron=self._picture("chevron-down", "soft"),
            chevron_up=self._picture("chevron-up", "soft"),
            tick=self._picture("check", "on_accent"),
        )

    def _picture(self, name: str, token: str) -> str:
        # A style sheet takes pictures only from files, and these need a colour of the table.
        file = Path(self._pictures.path()) / f"{name}-{self.tokens[token][1:]}.svg"
        if not file.exists():
            file.write_text(_svg(name, self.tokens[token]), encoding="utf-8")
        return file.as_posix()

    def _drawn(self, name: str, token: str, pixels: int) -> QPixmap:
        ratio = self._application.devicePixelRatio()
        shape = name, round(pixels * ratio)
        if shape not in self._shapes:
            self._shapes[shape] = _shape(*shape)
        image = QImage(self._shapes[shape].size(), QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(QColor(self.tokens[token]))
        painter = QPainter(image)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationIn)
        painter.drawPixmap(0, 0, self._shapes[shape])
        painter.end()
        picture = QPixmap.fromImage(image)
        picture.setDevicePixelRatio(ratio)
        return picture

    @Slot()
    def _follow(self) -> None:
        if self.mode in (Mode.SYSTEM, Mode.STARK):
            self.apply()


def _shape(name: str, pixels: int) -> QPixmap:
    """Drawn once for all colours: these take a tenth of the time."""
    picture = QPixmap(pixels, pixels)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(_svg(name, "black").encode())).render(painter)
    painter.end()
    return picture


def _palette(tokens: Mapping[str, str]) -> QPalette:
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: "ground",
        QPalette.ColorRole.Base: "surface",
        QPalette.ColorRole.AlternateBase: "hover",
        QPalette.ColorRole.Button: "surface",
        QPalette.ColorRole.WindowText: "text",
        QPalette.ColorRole.Text: "text",
        QPalette.ColorRole.ButtonText: "text",
        QPalette.ColorRole.ToolTipBase: "surface",
        QPalette.ColorRole.ToolTipText: "text",
        QPalette.ColorRole.PlaceholderText: "soft",
        QPalette.ColorRole.Highlight: "accent",
        QPalette.ColorRole.HighlightedText: "on_accent",
        QPalette.ColorRole.Link: "accent",
    }
    for role, token in roles.items():
        palette.setColor(role, QColor(tokens[token]))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(tokens["edge"]))
    return palette


def _svg(name: str, colour: str) -> str:
    svg = resources("icons", f"{name}.svg").read_text(encoding="utf-8")
    return svg.replace("currentColor", colour).replace('stroke-width="2"', 'stroke-width="1.75"')


def ui_family() -> str:
    """The Chinese face of the window: the system's, else ours, else what Qt takes by itself."""
    for face in FACES:
        if QFontDatabase.hasFamily(face):
            return face
    number = QFontDatabase.addApplicationFont(str(resources("fonts", "heiti.ttf")))
    ours = QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    return ours[0] if ours else QFont().family()


def speak_chinese(application: QApplication) -> bool:
    """Make the toolkit's own buttons and dialogs Chinese; false if the file is missing."""
    translator = QTranslator(application)
    found = translator.load(str(resources("translations", "qtbase_zh_CN.qm")))
    return found and application.installTranslator(translator)
