"""Places to fill in that lie inside a text: behind a colon, on a line of underscores, at boxes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from dangjian_desktop.domain.blank_forms.form import UNIT_WORDS, BlankKind, read_label
from dangjian_desktop.frozen import dataclass

BOXES = "☐□"
"""Boxes as Word offers them and as people type them."""

_B = r"[ \t\u3000\u2002\u2003\u00a0_＿]"
_DATE = rf"(?<![\d〇一二三四五六七八九十])(?:20)?{_B}*年{_B}+月(?:{_B}*日)?"
_TOKEN = re.compile(
    rf"(?P<box>[{BOXES}])|(?P<colon>[：:])(?P<after>{_B}*(?:{_DATE})?)"
    rf"|(?P<date>(?<!{_B}){_DATE})|(?P<line>[_＿]{{2,}})"
    rf"|(?P<bracket>(?<=[（(]){_B}+(?=[）)]{_B}*{UNIT_WORDS}))"
    rf"|(?P<spaced>(?<=[\u4e00-\u9fff]{{2}}){_B}{{2,}}"
    rf"(?=(?:{UNIT_WORDS}[，。；;、）)]|(?:万?元|人次|学时|小时|[%％])(?:\s|$))))"
    rf"|(?P<counted>^{_B}{{2,}}(?={UNIT_WORDS}{_B}*$))"
)
_DATED = re.compile(rf"{_DATE}$")
_UNIT = re.compile(rf"[）)]?{_B}*({UNIT_WORDS})")
_STOPS = re.compile(r"[，。；;、！？,]")
_BOX_NEXT = re.compile(rf"[^{BOXES}：:，。；;]{{0,8}}[{BOXES}]")
_PREFACE = re.compile(
    r"^(?:(?:我|本)(?:党)?支部(?=现|共|有|设|下|隶|属|召|开|本)"
    r"|[\u4e00-\u9fff]{1,16}?支部(?=现有|共有|下设|设有)|各(?:党)?小组(?=召开)|\d+[.．、]|[（(]?[一二三四五六七八九十]+[）)、])"
)
_CHOICE = re.compile(rf"{_B}*([^{BOXES}\s，；;。、：:_]+)")
_CHOICE_BEFORE = re.compile(rf"([^{BOXES}\s，；;。、：:_]+){_B}*$")
# What ends in a colon and speaks of what follows is no label, nor is, with nothing behind it, what
# speaks to somebody.
_SPEAKING = re.compile(r"(?:如下|以下|附件?|说明|注|备注|同志|各位)$")
_LINED = re.compile(r"([_＿])[ \t\u3000]+$")
_SUBJECT = re.compile(
    r"(?:公司|集团|全矿|全厂|党委|总支|各(?:党)?支部)(?=[^，。；;、]{0,4}(?:共|现|有|下设))"
)
"""Whom a sentence is about, where it is not the branch."""
_SPEAKING_TO = re.compile(r"(?:党委|党组|工委|委员会|总支|支部|公司|部门|[部处科室组办局])$")
_FILLING = ("共", "共计", "约")
"""Words before a gap that do not tell what it is for."""
_HAVING = ("", *_FILLING, "有", "现有", "共有", "设", "设有", "下设")
"""Words before a gap that count what is said behind it: 下设__个党小组."""
_COUNTED = re.compile(rf"{_B}*{UNIT_WORDS}([\u4e00-\u9fff]{{2,8}})(?=[，。；;、）)\s]|$)")
_BRACKETED = re.compile(r"[（(][^（）()]*[）)]")
_LOOKED_BACK = 80
_LONGEST = 24
_LONGEST_ALONE = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """One of them: ``text[start:end]`` is blank and may be written over; of boxes, ``boxes`` are
    the places of the characters and ``choices`` the words beside them.

    ``subject`` is whom the sentence is about, where it is somebody else than who fills it in.
    ``dated`` holds the skeleton of a date (「　年　月　日」), ``bare`` nothing but the text's end.
    """

    start: int
    end: int
    label: str
    unit: str = ""
    kind: BlankKind = BlankKind.VALUE
    choices: tuple[str, ...] = ()
    boxes: tuple[int, ...] = ()
    dated: bool = False
    bare: bool = False
    subject: str = ""


def gaps(text: str) -> tuple[Gap, ...]:
    """Every gap of a text, line by line; underlined blanks are to be given as underscores."""
    found: list[Gap] = []
    start = 0
    for line in text.split("\n"):
        found += _Line(line, start).gaps()
        start += len(line) + 1
    return tuple(found)


class _Line:
    """The gaps of one line; ``_from`` is where the label of the next one may begin."""

    def __init__(self, text: str, start: int) -> None:
        self._text, self._start, self._from, self._before = text, start, 0, 0
        self._boxes: list[int] = []

    def gaps(self) -> Iterator[Gap]:
        found = False
        for token in _TOKEN.finditer(self._text):
            if token["box"]:
                self._boxes.append(token.start())
                continue
            if self._boxes:
                yield self._choice(token.start())
            gap = self._behind(token, found) if token["colon"] else self._open(token)
            if gap is not None:
                found = True
                yield replace(gap, subject=self._subject(token.start()))
        if self._boxes:
            yield self._choice(len(self._text))

    def _subject(self, before: int) -> str:
        sentence = self._text[max(0, before - _LOOKED_BACK) : before].rpartition("。")[2]
        found = _SUBJECT.search(sentence)
        return found[0] if found else ""

    def _behind(self, token: re.Match[str], found: bool) -> Gap | None:
        """The gap behind a colon, if what follows is blank."""
        label, unit = self._label(token.start())
        after = _LINED.sub(r"\1", token["after"])  # what parts it from the next is not its own
        end = token.start() + 1 + len(after)
        last = end == len(self._text)
        dated = bool(_DATED.search(after))
        if not label or _BOX_NEXT.match(self._text, end):
            return None
        self._before, self._from = self._from, token.start() + 1
        short = len(label) <= (_LONGEST if found or after else _LONGEST_ALONE)
        if not short or not (dated or len(after) > 1 or last) or _SPEAKING.search(label):
            return None
        if not after and _SPEAKING_TO.search(label):
            return None
        self._from = end
        return Gap(
            start=self._start + token.start() + 1,
            end=self._start + end,
            label=label,
            unit=unit or self._unit(end),
            dated=dated,
            bare=not after,
        )

    def _open(self, token: re.Match[str]) -> Gap | None:
        """The gap of a line or of a date, with the words before it as its label."""
        label, unit = self._label(token.start())
        self._from = token.end()
        counted = token["line"] and _COUNTED.match(self._text, token.end())
        label = counted[1] if counted and label in _HAVING else label
        return Gap(
            start=self._start + token.start(),
            end=self._start + token.end(),
            label=label if len(label) <= _LONGEST else "",
            unit="" if token["date"] else unit or self._unit(token.end()),
            dated=bool(token["date"]),
        )

    def _choice(self, before: int) -> Gap:
        """The boxes up to here: their words stand behind them, or before them."""
        boxes, text = self._boxes, self._text
        self._boxes = []
        ends = [*boxes[1:], before]
        words = [_CHOICE.match(text[a + 1 : b]) for a, b in zip(boxes, ends, strict=True)]
        label_end = boxes[0]
        if words[-1] is None:
            starts = [self._from, *(box + 1 for box in boxes)]
            words = [_CHOICE_BEFORE.search(text[a:b]) for a, b in zip(starts, boxes, strict=False)]
            label_end = self._from + words[0].start() if words[0] else label_end
        label, unit = self._label(label_end)
        end = max(boxes) + 1
        last = words[-1]
        if last is not None and label_end == boxes[0]:
            end += last.end()
        self._from = end
        return Gap(
            start=self._start + boxes[0],
            end=self._start + end,
            label=label,
            unit=unit,
            kind=BlankKind.BOXES,
            choices=tuple(word[1] if word else "" for word in words),
            boxes=tuple(self._start + box for box in boxes),
        )

    def _label(self, end: int) -> tuple[str, str]:
        words = self._text[self._from : end].rstrip("：: \t\u3000（(")
        if _BRACKETED.fullmatch(words.strip()):  # 单位：（公章）____
            before = self._text[self._before : self._from].rstrip("：: \t\u3000")
            words = before + words.strip()
        units = read_label(words)[1]
        stops = [stop.end() for stop in _STOPS.finditer(words)]
        if stops and not units:
            words = words[stops[-1] :]
        label, unit = read_label(words)
        label = _PREFACE.sub("", label).lstrip("（(")
        return "" if label in _FILLING else label, unit

    def _unit(self, end: int) -> str:
        found = _UNIT.match(self._text, end)
        return found[1] if found else ""
