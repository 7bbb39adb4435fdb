"""Whether a declaration fits together: every problem at once, in words, with what to do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.domain.items.item import Source
from dangjian_desktop.domain.ledgers.ledger import (
    CHOICE_TYPES,
    DAY_TYPES,
    LINKED,
    MADE,
    NUMBER_TYPES,
    PEOPLE_TYPES,
    RESERVED,
    TITLE_WORDS,
    Ask,
    Count,
    Ledger,
    NoticePrint,
    Origin,
    Section,
    SheetPrint,
)
from dangjian_desktop.domain.ledgers.patterns import broken, places_of
from dangjian_desktop.domain.ledgers.print_checks import (
    Named,
    names_of_print,
    one_named,
    problems_of_prints,
    twice,
)
from dangjian_desktop.domain.levels import Level
from dangjian_desktop.domain.texts import clean
from dangjian_desktop.errors import Issue

UPRIGHT = 156
"""A table that is wider than this is printed on A4 laid across."""
REPORT_SECTIONS = (
    "基本情况",
    "政治学习",
    "组织生活",
    "队伍建设",
    "党建与业务融合",
    "廉政与作风",
    "群众服务",
)
"""Sections of the month's report in which a ledger may have its line."""

LONGEST_TITLE = 100
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_OWN = re.compile(r"own_[0-9a-f]{8}")
_CHOICE = re.compile(r"[a-z0-9][a-z0-9_]{0,39}")
_SUMS_ONLY = frozenset({"n", "by", "sum"})


def problems_of(ledger: Ledger) -> list[Issue]:
    """Everything about the declaration that cannot be."""
    return [
        Issue(text, "invalid", where)
        for part in (
            _code,
            _titles,
            _whole,
            _fields,
            _makes,
            _names,
            _asking,
            _figures,
            _patterns,
            problems_of_prints,
        )
        for where, text in part(ledger)
    ]


Problems = Iterator[tuple[str, str]]


def _code(ledger: Ledger) -> Problems:
    code = ledger.code
    own = code.startswith("own_")
    if own and not _OWN.fullmatch(code):
        yield "code", f"编码“{code}”不对：自设台账的编码是 own_ 加8位十六进制数，由程序生成。"
    elif not own and not _NAME.fullmatch(code):
        yield "code", f"编码“{code}”不对：只能用小写字母、数字和下划线，以字母开头。"
    elif own != (ledger.origin is Origin.OWN):
        yield "code", f"编码“{code}”与 origin 不符：自设台账（own）的编码以 own_ 开头，其他的不能。"


def _titles(ledger: Ledger) -> Problems:
    told = [("title", "台账的名称", ledger.title), ("row", "一条记录的称呼", ledger.row)]
    told += [(f.name, f"字段（{f.name}）的显示名称", f.label) for f in ledger.fields]
    for where, what, text in told:
        if not clean(text)[0]:
            yield where, f"{what}没有填写，请写上。"
        elif len(text) > LONGEST_TITLE:
            yield where, f"{what}有{len(text)}个字，请缩短到{LONGEST_TITLE}个字以内。"


def _whole(ledger: Ledger) -> Problems:
    if not ledger.fields:
        yield "field", "一个字段也没有，请至少设一个字段。"
    if ledger.period != "none" and not ledger.day:
        yield "period", "设了所属时期（period），但没有指明日期字段（day），请指明或改为 none。"
    if ledger.until_field and not ledger.from_field:
        yield "until", "有有效期的截止（until），却没有起始（from），请补上。"
    for what, names in (("字段", [f.name for f in ledger.fields]), ("数字", _figure_names(ledger))):
        for name in twice(names):
            yield name, f"有两个{what}都叫“{name}”，请改掉一个。"
    for label in twice(f.label for f in ledger.fields if not f.retired):
        yield "label", f"有两个字段都显示为“{label}”，请改掉一个的名称。"


def _figure_names(ledger: Ledger) -> list[str]:
    return [figure.name for figure in ledger.figures]


def _fields(ledger: Ledger) -> Problems:
    for field in ledger.fields:
        for text in (
            *_own_name(field),
            *_targets(field),
            *_choices(field),
            *_gone(ledger, field),
            *_bounds(field),
        ):
            yield field.name, f"字段“{field.label}”（{field.name}）{text}"


def _own_name(field: Field) -> Iterator[str]:
    if field.name in RESERVED:
        yield "的名称是程序留用的，请换一个名称。"
    elif not _NAME.fullmatch(field.name):
        yield "的名称不对：只能用小写字母、数字和下划线，以字母开头，不超过40个。"
    if field.retired and not _is_day(field.retired):
        yield f"的停用日期“{field.retired}”不是日期，请写成 2026-03-01。"
    if field.required and field.retired:
        yield "已经停用，不能再是必填，请去掉 required。"


def _targets(field: Field) -> Iterator[str]:
    if field.who != "anyone" and field.type not in PEOPLE_TYPES:
        yield "不是人员，不能写 who，请删去。"
    if field.type is FieldType.LINK and not field.to:
        yield "是关联记录，请用 to 写明可以关联什么。"
    for target in field.to:
        if field.type is not FieldType.LINK:
            yield "不是关联记录，不能写 to，请删去。"
        elif target not in LINKED:
            yield f"关联的“{target}”不认识，可以写：{'、'.join(LINKED)}。"


def _makes(ledger: Ledger) -> Problems:
    for made in ledger.makes:
        said = f"字段“{ledger.label(made.field)}”（{made.field}）的 makes 里，"
        if (made.record, made.into) not in MADE:
            known = "、".join(f'record = "{record}", into = "{into}"' for record, into in MADE)
            yield made.field, f"{said}生成的记录不认识，可以写：{known}。"
        elif made.source and made.source not in dict(Source.choices()):
            known = "、".join(code for code, _ in Source.choices())
            yield made.field, f"{said}来源“{made.source}”不认识，可以写：{known}。"


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _choices(field: Field) -> Iterator[str]:
    codes = [code for code, _ in field.choices]
    if field.type in CHOICE_TYPES and not codes:
        yield "是选择，却没有选项，请用 choices 写出选项。"
    if codes and field.type not in CHOICE_TYPES:
        yield "不是选择，不能有选项，请删去 choices 或改为 choice。"
    for code in codes:
        if not _CHOICE.fullmatch(code):
            yield f"的选项编码“{code}”不对：只能用小写字母、数字和下划线。"
    for code in twice(codes):
        yield f"有两个选项的编码都是“{code}”，请改掉一个。"
    for word in twice(word for _, word in field.choices):
        yield f"有两个选项都叫“{word}”，请改掉一个。"
    if any(not word.strip() for _, word in field.choices):
        yield "有一个选项没有名称，请补上。"


def _gone(ledger: Ledger, field: Field) -> Iterator[str]:
    codes = [code for code, _ in field.choices]
    for name, code in ledger.retired_choices:
        if name == field.name and code not in codes:
            yield f"停用的选项“{code}”不在选项里，请核对。"


def _bounds(field: Field) -> Iterator[str]:
    bounds = field.bounds
    number = field.type in NUMBER_TYPES
    if not number and (bounds.least is not None or bounds.most is not None):
        yield "不是数字，不能写 least、most，请删去。"
    if bounds.places is not None and field.type is not FieldType.DECIMAL:
        yield "不是 decimal，不能写 places，请删去。"
    if bounds.places is not None and bounds.places > 6:
        yield "的小数位数不能超过6位。"
    if bounds.longest is not None and field.type not in (FieldType.TEXT, FieldType.LONG_TEXT):
        yield "不是文字，不能写 longest，请删去。"
    if None not in (bounds.least, bounds.most) and bounds.least > bounds.most:  # type: ignore[operator]
        yield "的最小值大于最大值，请改正。"


def _names(ledger: Ledger) -> Problems:
    """Every place that names a field names one that is there and fits."""
    for named in _every_name(ledger):
        field = ledger.named(named.field)
        if field is None:
            text = f"{named.where}写的“{named.field}”不是本台账的字段，请核对字段名称。"
            yield named.field, text
        elif named.types is not None and field.type not in named.types:
            yield named.field, f"{named.where}不能用字段“{field.label}”，{named.fits}。"


def _every_name(ledger: Ledger) -> Iterator[Named]:
    people = "应为人员字段"
    for name, words in ((ledger.day, "日期（day）"), (ledger.day_else, "另一日期（day_else）")):
        yield from one_named(name, words, DAY_TYPES, "应为日期、月份或年度字段")
    bounds = (
        ("有效期起始（from）", ledger.from_field),
        ("有效期截止（until）", ledger.until_field),
    )
    for where, name in bounds:
        yield from one_named(name, where, (FieldType.DATE,), "应为日期字段")
    yield from (Named("人员（people）", name, PEOPLE_TYPES, people) for name in ledger.people)
    plain = (("识别（identity）", ledger.identity), ("列表（listed）", ledger.listed))
    for where, names in plain:
        yield from (Named(where, name) for name in names if name != "number")
    yield from (Named("排序（sort）", name.removeprefix("-")) for name in ledger.sort)
    yield from (Named("至少填一项（one_of）", n) for group in ledger.one_of for n in group)
    for due in ledger.due:
        yield Named("到期提醒（due）", due.field, (FieldType.DATE,), "应为日期字段")
        yield from one_named(due.done, "到期提醒的 done")
    texts = (FieldType.TEXT, FieldType.LONG_TEXT)
    yield from (
        Named("生成记录（makes）", made.field, texts, "应为文字字段") for made in ledger.makes
    )
    for made in ledger.makes:
        yield from one_named(
            made.due, "生成记录的完成时限（makes 的 due）", (FieldType.DATE,), "应为日期字段"
        )
    for number, layout in enumerate(ledger.prints, 1):
        yield from names_of_print(layout, f"第{number}个打印样式“{layout.title}”的")


def _asking(ledger: Ledger) -> Problems:
    ask = ledger.ask
    if ask is None:
        return
    yield from _count(ledger, ask.count, "填报要求（ask）")
    if not ledger.day:
        yield "ask", "填报要求（ask）要按时期看，请先指明日期字段（day）。"
    if ask.least <= 0:
        yield "least", "填报要求（ask）的 least 应大于0。"
    for word in ask.but:
        if word != "waived":
            yield "but", f"填报要求（ask）的 but 不认识“{word}”，只可以写 waived。"
    yield from _ask_field(ledger, ask)


def _ask_field(ledger: Ledger, ask: Ask) -> Problems:
    if ask.who == "branch" and ask.field:
        yield "field", "填报要求（ask）针对党支部，不需要 field，请删去。"
    if ask.who != "branch" and not ask.field:
        yield "field", "填报要求（ask）没有写 field：请写明按哪个字段看是谁填的。"
    elif ask.field:
        field = ledger.named(ask.field)
        fits = (FieldType.GROUP,) if ask.who == "groups" else PEOPLE_TYPES
        if field is None:
            yield ask.field, f"填报要求（ask）写的“{ask.field}”不是本台账的字段，请核对字段名称。"
        elif field.type not in fits:
            words = "党小组" if ask.who == "groups" else "人员"
            yield ask.field, f"填报要求（ask）不能用字段“{field.label}”，应为{words}字段。"


def _count(ledger: Ledger, count: Count, where: str) -> Problems:
    if not count.field:
        return
    field = ledger.named(count.field)
    fits = PEOPLE_TYPES if count.what == "people" else NUMBER_TYPES
    if field is None:
        yield count.field, f"{where}的 count 写的“{count.field}”不是本台账的字段，请核对字段名称。"
    elif field.type not in fits:
        words = "人员" if count.what == "people" else "数字"
        yield count.field, f"{where}的 count 不能用字段“{field.label}”，应为{words}字段。"


def _figures(ledger: Ledger) -> Problems:
    for figure in ledger.figures:
        where = f"数字“{figure.label}”"
        if not _NAME.fullmatch(figure.name):
            yield figure.name, f"{where}的名称“{figure.name}”不对：只能用小写字母、数字和下划线。"
        yield from _count(ledger, figure.count, where)
        for name, allowed in figure.where:
            yield from _where(ledger, where, name, allowed)
        if figure.feeds and not ledger.people:
            yield figure.name, f"{where}要计入党员名下（feeds），请先写明人员字段（people）。"
        if figure.over == "day" and not ledger.from_field:
            yield figure.name, f"{where}按日计（over），请先写明有效期起始（from）。"


def _where(ledger: Ledger, where: str, name: str, allowed: tuple[str, ...]) -> Problems:
    field = ledger.named(name)
    if field is None:
        yield name, f"{where}的条件写的“{name}”不是本台账的字段，请核对字段名称。"
        return
    known = ("yes", "no") if field.type is FieldType.YES_NO else tuple(c for c, _ in field.choices)
    if not known:
        yield name, f"{where}的条件不能用字段“{field.label}”，应为选择或是否字段。"
        return
    for code in (*(c for c in allowed if c not in known), *(() if allowed else ("",))):
        words = "、".join(known)
        yield name, f"{where}的条件里，字段“{field.label}”没有选项“{code}”，可以写：{words}。"


def _patterns(ledger: Ledger) -> Problems:
    yield from _pattern(ledger, "标题（name）", ledger.name, None)
    for due in ledger.due:
        yield from _pattern(ledger, "到期提醒的文字", due.text, None)
    for layout in ledger.prints:
        for place in places_of(layout.title):
            if place.how or place.field not in TITLE_WORDS:
                text = f"打印标题“{layout.title}”里只能用 {{branch}}、{{period}} 和 {{superior}}。"
                yield "title", text
        for paragraph in layout.text if isinstance(layout, SheetPrint | NoticePrint) else ():
            yield from _pattern(ledger, f"打印样式“{layout.title}”的正文", paragraph, TITLE_WORDS)
    if ledger.summary is not None:
        yield from _summary(ledger, ledger.summary.section, ledger.summary.line)


def _pattern(ledger: Ledger, where: str, text: str, besides: frozenset[str] | None) -> Problems:
    if broken(text):
        yield "name", f"{where}“{text}”中的花括号不成对，请写成 {{字段}}。"
    for place in places_of(text):
        if place.field in (besides or ()):
            continue
        asked = ledger.named(place.field)
        if asked is not None and asked.level is Level.SENSITIVE:
            yield "name", f"{where}写了敏感的“{asked.label}”，它只在这一条记录里显示。"
        if asked is None:
            yield place.field, f"{where}写的“{place.field}”不是本台账的字段，请核对字段名称。"
        elif place.how not in ("", "n"):
            yield place.field, f"{where}里不能用 {{{place.how}:…}}，请改为 {{{place.field}}}。"


def _summary(ledger: Ledger, section: str, line: str) -> Problems:
    if section not in REPORT_SECTIONS:
        words = "、".join(REPORT_SECTIONS)
        yield "summary", f"汇总（summary）的部分“{section}”不认识，可以写：{words}。"
    if ledger.section is not Section.CARE:
        yield from _pattern(ledger, "汇总的一句话", line, None)
        return
    for place in places_of(line):
        yield from _care_place(ledger, place.how, place.field)


_CARE_TYPES = {
    "by": (FieldType.CHOICE, FieldType.CHOICES),
    "n": PEOPLE_TYPES,
    "sum": NUMBER_TYPES,
}


def _care_place(ledger: Ledger, how: str, name: str) -> Problems:
    """关怀 gives counts only: never what stands in a row."""
    if how == "n" and name == "rows":
        return
    field = ledger.named(name)
    if how not in _SUMS_ONLY:
        yield name, f"关怀类台账的汇总只能写次数，不能写“{ledger.label(name)}”的内容。"
    elif field is None or field.type not in _CARE_TYPES[how]:
        yield name, f"汇总的一句话里，{{{how}:{name}}} 写得不对，请核对字段。"
