"""What would be returned before it goes up: a delivery check, which judges no content.

Every finding is a thing to look at; people decide. ``domain.md`` §11 tells what superiors ask for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import timedelta
from difflib import get_close_matches
from enum import StrEnum
from itertools import chain

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.submissions.branches import branches_in, is_ours, stem_of
from dangjian_desktop.domain.submissions.delivered import (
    Delivered,
    FileKind,
    Line,
    cleaned,
    said_in,
)
from dangjian_desktop.domain.submissions.stated import agree, periods_in, periods_in_name
from dangjian_desktop.domain.texts import normal_name
from dangjian_desktop.frozen import dataclass

BRANCH_LABELS = frozenset(
    {
        "党支部",
        "支部",
        "支部名称",
        "党支部名称",
        "填报党支部",
        "填报支部",
        "申报党支部",
        "报送党支部",
    }
)
PERIOD_LABELS = frozenset(
    {"所属期", "所属月份", "填报月份", "报告月份", "月份", "期间", "报告期", "季度", "会议时间"}
)
PAST_LABELS = frozenset({"时间", "日期", "活动时间", "开会时间", "召开时间", "会议日期"})
"""Days of what took place or was signed: they may lie behind the period, never before it."""
NAME_LABELS = frozenset(
    {
        *("书记", "支部书记", "党支部书记", "主持人", "记录人"),
        *("填报人", "填表人", "制表人", "审核人"),
    }
)
_SAID = frozenset({"主持", "记录", "审核"})
_SHORT_NAME = 3
"""Labels only where a colon and a short name stand behind them."""
SPACED = (NAME_LABELS | PERIOD_LABELS) - {"书记", "季度", "期间"}
"""Labels that are no words of a running text, though only a blank stands behind them."""
BODY_LABELS = frozenset({"会议内容", "主要内容", "会议记录", "内容", "正文", "活动内容"})

_BRANCH = re.compile(r"中共[一-龥A-Za-z0-9（）()·]{2,40}?(?:支部委员会|党支部|支部)")
_ANY_BRANCH = re.compile(r"[一-龥]{3,20}?(?:支部委员会|党支部)")
_NEARLY = 0.75
_WITH = re.compile(r"[与和同及跟赴到向对]")
_SIGNED = re.compile(r"[一-龥]{3,30}(?:支部委员会|党支部)(?:[（(].{0,4}章[)）])?")
_NAMED = re.compile(r"[一-龥A-Za-z0-9（）()·]{2,40}?(?:支部委员会|党支部|支部)(?=[_＿-])")
_NAME = re.compile(r"[㐀-鿿豈-﫿𠀀-𲎯]{2,4}|[㐀-鿿]+(?:·[㐀-鿿]+)+")
_SPLIT = re.compile(r"[、,，/；;]|(?<=[㐀-鿿]{2})\s+(?=[㐀-鿿]{2})")
_REMARK = re.compile(r"[（(].*?[）)]")
_LEFT_OVER = re.compile(
    r"(?<!\d)[×✕]{2,}|[Xx]{3,}|[Xx]{2}(?=[年月日公支党部])|[○〇]{3,}|\{\{[^{}]*\}\}|\{%[^{}]*%\}"
    r"|\{\{|\}\}|\{%|\$\{|«[^«»]*»"
    r"|[（(【\[](?:此处|请[^（）()【】\[\]]{0,12}(?:填|输入|插入))[^（）()【】\[\]]{0,20}[）)】\]]"
    r"|[_＿]{2,}(?=[次人名份项个条元小])|[（(【\[]待(?:补充|填写?|定|核实?)[）)】\]]"
    r"|【(?:填写|填表)?说明】|某某(?=同志|党|支部|公司|单位)|某党支部"
    r"|(?:单击|点击)(?:此处|或点击)|请在此(?:处)?(?:输入|填写)|待明确|示例文字|【示例】"
)
_SAMPLE = "【示例】"
_SIGN = re.compile(
    r"(?:[第—\-－ ]*\d+[页—\-－ /共]*)+|.{0,24}[（(](?:盖章|签字|签章|签名)[）)].{0,12}"
    r"|[^，。；]{0,8}(?:签字|签名|盖章|书记|主持人|记录人|填报人|审核人|校对|日期)[：:].{0,30}"
    r"|20\d{2}年\d{1,2}月\d{1,2}日|[＿_ 　]*年[＿_ 　]*月[＿_ 　]*日|.{2,40}(?:委员会|支部)"
)
_BLANK = re.compile(r"\s+")
_DAY = re.compile(r"20\d{2}年\d{1,2}月\d{1,2}日")
_PLAN = re.compile(r"计划|安排|打算|下月|下季度")
_HONOUR = re.compile(r"年度(?!工作|总结|报告|计划|述职|统计|报表|汇总|情况|月报|党)[一-龥]")
_OF_A_YEAR = re.compile(r"组织生活会|民主评议|述职")
_SENTENCE = re.compile(r"[，。；：:]")
_HAN = re.compile(r"[㐀-鿿]")


class Code(StrEnum):
    """The codes of the contract."""

    MISSING = "missing"
    SURPLUS = "surplus"
    WRONG_PERIOD = "wrong_period"
    WRONG_BRANCH = "wrong_branch"
    FOREIGN_NAME = "foreign_name"
    LEFT_OVER = "left_over"
    EMPTY_BODY = "empty_body"
    SIGNATURE_ALONE = "signature_alone"
    UNREADABLE = "unreadable"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryFinding:
    """One thing to look at: the file (or the material that is missing) and where in it."""

    file: str
    code: Code
    message: str
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the records say: every name that the branch ever had, the period that was asked for
    (None: not told), everybody whom a record of the period knows (``normal_name``).

    ``sample`` is the branch of the sample year, whose papers all bear 【示例】.
    """

    branches: frozenset[str]
    people: frozenset[str]
    period: Period | None = None
    sample: bool = False


Check = Callable[[Delivered, Known], Iterator[DeliveryFinding]]


def looked_through(files: Iterable[Delivered], known: Known) -> tuple[DeliveryFinding, ...]:
    """What is found in each file, in the order of the files."""
    return tuple(chain.from_iterable(_of_one(file, known) for file in files))


def _of_one(file: Delivered, known: Known) -> Iterator[DeliveryFinding]:
    if file.problem:
        yield _finding(file, Code.UNREADABLE, file.problem)
        return
    for check in _CHECKS:
        yield from check(file, known)


def _periods(file: Delivered, known: Known) -> Iterator[DeliveryFinding]:
    wanted = known.period
    if wanted is None:
        return
    seen: set[Period] = set()
    for where, text, stated in _stated(file, wanted):
        if stated in seen or agree(stated, wanted) or _meant_so(text, stated, wanted):
            continue
        seen.add(stated)
        words = f"写的是{stated.label}，要报的是{wanted.label}，请核对。"
        yield _finding(file, Code.WRONG_PERIOD, words, where)


def _stated(file: Delivered, wanted: Period) -> Iterator[tuple[str, str, Period]]:
    """Where a period is told, in which text: by name, title and labels; days only where they lie
    before the wanted one."""
    heads = [line for line in file.head if not _SENTENCE.search(line.text)]
    yield from (("文件名", file.stem, each) for each in periods_in_name(file.stem))
    yield from ((line.where, line.text, each) for line in heads for each in periods_in(line.text))
    days = [(line.where, line.text) for line in file.end if _DAY.fullmatch(_bare(line.text))]
    for label, value, where in file.pairs(SPACED):
        if label in PERIOD_LABELS:
            yield from ((where, "", each) for each in periods_in(value))
        elif label in PAST_LABELS:
            days.append((where, value))
    for where, value in days:
        yield from ((where, "", each) for each in periods_in(value) if _before(each, wanted))


def _meant_so(text: str, stated: Period, wanted: Period) -> bool:
    """组织生活会, 民主评议 and 述职 of a year are held and reported in its next first quarter; the
    plan of what comes next goes up with the report; 2024年度先进 tells of whom, not of when."""
    whole = stated.length == 12 and _before(stated, wanted)
    last = whole and stated.year == wanted.year - 1 and wanted.start <= 3
    plan = stated.first == wanted.last + timedelta(days=1) and _PLAN.search(text)
    honour = whole and _HONOUR.search(text)
    return bool((last and _OF_A_YEAR.search(text)) or plan or honour)


def _before(stated: Period, wanted: Period) -> bool:
    return stated.last < wanted.first


def _bare(text: str) -> str:
    return _BLANK.sub("", text)


def _branches(file: Delivered, known: Known) -> Iterator[DeliveryFinding]:
    ours = {core for name in known.branches if (core := stem_of(name))}
    ends = (*file.head, *file.end, *file.running)
    head = "".join(line.text.strip() for line in file.head)
    places = [(line.where, name) for line in ends for name in _BRANCH.findall(line.text)]
    places += [("标题", name) for name in _BRANCH.findall(head)]
    heads = [line for line in (*file.head, *file.first_rows) if not _SENTENCE.search(line.text)]
    whole = [line for line in (*heads, *file.end) if len(line.text.split()) == 1]
    signed = [line for line in file.end if _SIGNED.fullmatch(_bare(line.text))]
    told = [line for line in whole if line in heads or line in signed]
    told += [line for line in file.running if not _SENTENCE.search(line.text)]
    places += [(line.where, n) for line in told for n in _named_in(line.text, ours)]
    places += [("文件名", name) for name in _NAMED.findall(file.stem)]
    places += [(where, v) for label, v, where in file.pairs(SPACED) if label in BRANCH_LABELS and v]
    seen: set[str] = set()
    for where, name in places:
        core = stem_of(name)
        again = any(core.endswith(each) or each.endswith(core) for each in seen)
        if not _HAN.search(core) or again or is_ours(core, ours):
            continue
        seen.add(core)
        yield _finding(file, Code.WRONG_BRANCH, f"写的是“{name}”，不是本支部，请核对。", where)


def _named_in(text: str, ours: Collection[str]) -> Iterator[str]:
    """The branches that a title names without 中共: those of a unit, and what is nearly ours."""
    yield from (each for each in branches_in(text) if not _WITH.match(each))
    for found in _ANY_BRANCH.findall(_bare(text)):
        if get_close_matches(stem_of(found), ours, 1, _NEARLY):
            yield found


def _names(file: Delivered, known: Known) -> Iterator[DeliveryFinding]:
    seen: set[str] = set()
    told = [pair for pair in file.pairs(SPACED) if pair[0] in NAME_LABELS]
    told += [pair for pair in file.columns() if pair[0] in NAME_LABELS]
    colons = (pair for line in file.lines if not line.cells for pair in said_in(line))
    told += [pair for pair in colons if pair[0] in _SAID and len(pair[1]) <= _SHORT_NAME]
    for label, value, where in told:
        for name in map(normal_name, _SPLIT.split(_REMARK.sub("", value))):
            if name in known.people or name in seen or not _NAME.fullmatch(name):
                continue
            if cleaned(name) in NAME_LABELS or name.endswith(("意见", "签字", "盖章")):
                continue
            seen.add(name)
            words = f"{label}“{name}”不在这段时间的名册和记录中，请核对。"
            yield _finding(file, Code.FOREIGN_NAME, words, where)


def _left_over(file: Delivered, known: Known) -> Iterator[DeliveryFinding]:
    seen = {_SAMPLE} if known.sample else set()
    for line in (*file.texts, *file.running):
        for found in _LEFT_OVER.finditer(line.text):
            if found[0] not in seen:
                seen.add(found[0])
                words = f"留有没有填写的“{found[0]}”，请补齐或删去。"
                yield _finding(file, Code.LEFT_OVER, words, line.where)


def _empty_body(file: Delivered, _known: Known) -> Iterator[DeliveryFinding]:
    if file.kind is FileKind.OTHER:
        return
    if not file.texts and file.pictures:
        words = "只有图片（例如扫描件），程序不能核对其中的文字，请自己看一遍。"
        yield _finding(file, Code.UNREADABLE, words)
        return
    if not any(line.cells or not _SIGN.fullmatch(_bare(line.text)) for line in file.texts[1:]):
        if file.pictures:
            words = "除标题外只有图片（例如扫描件），程序不能核对其中的文字，请自己看一遍。"
            yield _finding(file, Code.UNREADABLE, words)
            return
        few = "只有标题和落款" if len(file.texts) > 1 else "只有标题"
        words = f"{few}，没有正文。" if file.texts else "里面没有文字。"
        yield _finding(file, Code.EMPTY_BODY, f"{words}请核对。")
        return
    for line in file.lines:
        label, *values = map(cleaned, line.cells) if line.cells else ("",)
        if label in BODY_LABELS and not any(values):
            yield _finding(file, Code.EMPTY_BODY, f"“{label}”一栏是空的，请核对。", line.where)


def _signature_alone(file: Delivered, _known: Known) -> Iterator[DeliveryFinding]:
    lines = file.last_page
    if file.kind is not FileKind.SHEET and lines and all(map(_SIGN.fullmatch, lines)):
        words = "最后一页只有落款或签字，没有正文，请调整排版。"
        last = next(line for line in reversed(file.texts) if lines[-1] in _bare(line.text))
        yield _finding(file, Code.SIGNATURE_ALONE, words, last.where)


_CHECKS: tuple[Check, ...] = (
    _periods,
    _branches,
    _names,
    _left_over,
    _empty_body,
    _signature_alone,
)


def _finding(file: Delivered, code: Code, message: str, where: str = "") -> DeliveryFinding:
    return DeliveryFinding(file=file.name, code=code, message=message, where=where)


def lines_of_pages(pages: Iterable[str]) -> tuple[Line, ...]:
    """The lines of a PDF, each with its page."""
    return tuple(
        Line(where=f"第{number}页", text=line, page=number)
        for number, page in enumerate(pages, 1)
        for line in page.splitlines()
    )
