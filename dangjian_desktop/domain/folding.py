"""One shape for each character, however a PDF, a font or an old system encoded it."""

from __future__ import annotations

import re
from functools import cache
from unicodedata import normalize

_WHOLE_RADICALS = (
    "⺟母⺠民⺩王⺫罒⺬示⻁虎⻂衤⻄西⻅见⻆角⻈讠⻉贝⻊足⻋车⻏阝⻐钅⻑長⻒镸⻓长⻔门⻖阝⻗雨⻘青⻙韦"
    "⻚页⻛风⻜飞⻝食⻟飠⻠饣⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀"
    "⺁厂⺅亻⺆冂⺇几⺉刂⺊卜⺋㔾⺌小⺎兀⺏尣⺒巳⺓幺⺕彐⺖忄⺘扌⺙攵⺛旡⺝月⺞歺⺡氵⺢氺⺣灬⺤爫⺦丬⺨犭"
    "⺭礻⺯糹⺰纟⺲罒⺳罓⺹耂⺺肀⺼肉⺽臼⺾艹⻃覀⻌辶⻍辶⻎辶⻡首"
)
"""Signs of the radicals' block, each followed by the character that it is meant for."""

_LEFT_TO_FONTS = (
    "\ue816𠂇\ue817𠂉\ue818𠃌\ue81e龴\ue826龵\ue82b龶\ue82c龷\ue831𡗗\ue832龸\ue83b𢦏\ue843龹"
    "\ue854龺\ue855𤇾\ue864龻"
)
"""Private-use places of GB 18030 that Python's codec leaves where they are."""

_FIRST_PRIVATE, _FIRST_TRAIL, _LAST_TRAIL = 0xE815, 0x50, 0xA0
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_FOLDED = re.compile(
    "[\u2e80-\u2fdf\ue815-\ue864\uf900-\ufaff\ufe00-\ufe0f"
    "\U0002f800-\U0002fa1f\U000e0100-\U000e01ef]"
)


def fold(text: str) -> str:
    """The text with radicals, compatibility ideographs and private-use places of GB 18030 as the
    characters they stand for, without variation selectors."""
    if not _FOLDED.search(text):
        return text
    return _SELECTORS.sub("", text).translate(_table())


@cache
def _table() -> dict[int, str]:
    kangxi = {code: normalize("NFKC", chr(code)) for code in range(0x2E80, 0x2FE0)}
    compatible = {
        code: normalize("NFC", chr(code))
        for code in (*range(0xF900, 0xFB00), *range(0x2F800, 0x2FA20))
    }
    pairs = zip(_WHOLE_RADICALS[::2], _WHOLE_RADICALS[1::2], strict=True)
    radicals = {ord(sign): meant for sign, meant in pairs}
    private = {
        _FIRST_PRIVATE + place: bytes([0xFE, trail]).decode("gb18030")
        for place, trail in enumerate(
            trail for trail in range(_FIRST_TRAIL, _LAST_TRAIL + 1) if trail != 0x7F
        )
    }
    fonts = zip(_LEFT_TO_FONTS[::2], _LEFT_TO_FONTS[1::2], strict=True)
    private |= {ord(place): meant for place, meant in fonts}
    return kangxi | compatible | radicals | private
