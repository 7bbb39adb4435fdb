"""Reading the declaration of a ledger from TOML: every problem at once, with place and remedy."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from dangjian_desktop.domain.fields import Bounds, Field, FieldType
from dangjian_desktop.domain.ledgers.checks import problems_of
from dangjian_desktop.domain.ledgers.ledger import (
    EXPECTED,
    FIELD_TYPES,
    FORMAT,
    KINDS,
    LENGTHS,
    QUANTITIES,
    Ask,
    CardPrint,
    Count,
    DueOf,
    FigureOf,
    GridPrint,
    Ledger,
    Makes,
    NoticePrint,
    Origin,
    Pivot,
    Print,
    Section,
    SheetPrint,
    SummaryLine,
    TablePrint,
)
from dangjian_desktop.domain.ledgers.tables import Table
from dangjian_desktop.domain.levels import Level
from dangjian_desktop.errors import InputError, Issue

REMEDY = "请按提示改正台账样式文件后再试；没有改动任何内容。"
_PERIODS = (*LENGTHS, "none")
_APART = frozenset({"section", "edition", "level", "period", "format"})
"""Keys by whose values nothing else of a declaration is right or wrong."""


def read_ledger(text: str, where: str = "台账样式") -> Ledger:
    """The ledger that the TOML text declares.

    Raises ``InputError`` with every problem, also for a format newer than ``FORMAT``.
    """
    data = _loaded(text, where)
    found = data.get("format")
    if isinstance(found, int) and not isinstance(found, bool) and found > FORMAT:
        raise InputError(
            f"{where}是第{found}版格式，本程序只认识到第{FORMAT}版。",
            "请换用新版程序后再导入；没有改动任何内容。",
        )
    issues: list[Issue] = []
    ledger = _ledger(Table(data, where, issues))
    if all(issue.field in _APART for issue in issues):
        issues += problems_of(ledger)
    if issues:
        raise InputError(f"{where}有{len(issues)}处问题，没有采用。", REMEDY, issues)
    return ledger


def kept_ledger(text: str) -> Ledger:
    """A declaration out of a library, perhaps written by a newer program.

    What this program does not know is left out, and an unknown type is shown as text: it is the
    stored text that stays, nothing is written back from here.
    """
    return _ledger(Table(tomllib.loads(text), "台账样式", []))


def _loaded(text: str, where: str) -> Mapping[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(
            f"{where}不是可以识别的台账样式文件：{_place(str(error))}。",
            "请重新取得这份文件，或者用导出的台账样式文件对照修改。",
        ) from None


def _place(words: str) -> str:
    """Line and column out of the words of the TOML reader."""
    _, _, tail = words.rpartition("(at line ")
    line, _, column = tail.rstrip(")").partition(", column ")
    return f"第{line}行第{column}列写法不对" if column else "文件不完整"


def _ledger(table: Table) -> Ledger:
    ledger = Ledger(
        code=table.text("code", required=True),
        title=table.text("title", required=True),
        section=Section(table.choice("section", tuple(Section), required=True)),
        origin=Origin(table.choice("origin", tuple(Origin), required=True)),
        edition=table.number("edition", required=True, least=1),
        source=table.text("source"),
        level=Level(table.choice("level", tuple(Level), required=True)),
        row=table.text("row") or "记录",
        name=table.text("name", required=True),
        day=table.text("day"),
        day_else=table.text("day_else"),
        from_field=table.text("from"),
        until_field=table.text("until"),
        period=table.choice("period", _PERIODS, otherwise="none"),
        people=table.texts("people"),
        identity=table.texts("identity"),
        listed=table.texts("listed"),
        sort=table.texts("sort"),
        one_of=table.lists("one_of"),
        **_fields(table),
        ask=_ask(table.inner("ask")),
        figures=tuple(_figure(t) for t in table.each("figure", "数字")),
        due=tuple(_due(t) for t in table.each("due", "到期提醒")),
        summary=_summary(table.inner("summary")),
        prints=tuple(_print(t) for t in table.each("print", "打印样式")),
        format=table.number("format", required=True, least=1),
    )
    table.done()
    return ledger


def _fields(table: Table) -> dict[str, Any]:
    fields: list[Field] = []
    makes: list[Makes] = []
    gone: list[tuple[str, str]] = []
    for part in table.each("field", "字段"):
        read = _field(part)
        fields.append(read)
        gone += [(read.name, code) for code in part.texts("retired_choices")]
        if made := part.inner("makes"):
            makes.append(
                Makes(
                    field=read.name,
                    record=made.text("record", required=True),
                    into=made.text("into", required=True),
                    source=made.text("source"),
                    due=made.text("due"),
                )
            )
            made.done()
        part.done()
    return {"fields": tuple(fields), "makes": tuple(makes), "retired_choices": tuple(gone)}


def _field(table: Table) -> Field:
    name = table.text("name", required=True)
    label = table.text("label", required=True)
    table.rename(label or name)
    kind = table.choice("type", tuple(FIELD_TYPES), required=True, otherwise="text")
    return Field(
        name=name,
        label=label,
        type=FieldType(kind),
        required=table.flag("required"),
        hint=table.text("hint"),
        unit=table.text("unit"),
        choices=table.pairs("choices"),
        bounds=Bounds(
            least=table.amount("least"),
            most=table.amount("most"),
            longest=table.number("longest", least=1) or None,
            places=table.number("places", empty=None),
        ),
        who=table.choice("who", ("member", "anyone"), otherwise="anyone"),
        to=table.texts("to"),
        masked=table.flag("mask"),
        level=Level(table.choice("level", tuple(Level), otherwise=Level.PUBLIC)),
        also=table.texts("also"),
        retired=table.text("retired"),
    )


def _count(table: Table) -> Count:
    text = table.text("count") or "rows"
    try:
        return Count.parse(text)
    except ValueError:
        table.complain("count", f"的“{text}”不认识", "可以写 rows、people:字段 或 sum:字段")
        return Count()


def _ask(table: Table | None) -> Ask | None:
    if table is None:
        return None
    least = table.amount("least")
    ask = Ask(
        who=table.choice("who", tuple(EXPECTED), required=True),
        on=table.choice("on", ("last_day", "any_day"), otherwise="last_day"),
        per=table.choice("per", tuple(LENGTHS), required=True),
        field=table.text("field"),
        count=_count(table),
        least=Decimal(1) if least is None else least,
        but=table.texts("but"),
        remind=table.number("remind"),
        rota=table.flag("rota"),
        on_from_start=table.flag("on_from_start"),
    )
    table.done()
    return ask


def _figure(table: Table) -> FigureOf:
    where = table.inner("where")
    figure = FigureOf(
        name=table.text("name", required=True),
        label=table.text("label", required=True),
        count=_count(table),
        where=tuple((name, where.texts(name)) for name in where.names()) if where else (),
        unit=table.text("unit"),
        over=table.choice("over", ("day", "period"), otherwise="period"),
        feeds=table.choice("feeds", ("", *QUANTITIES)),
    )
    table.done()
    return figure


def _due(table: Table) -> DueOf:
    due = DueOf(
        field=table.text("field", required=True),
        text=table.text("text", required=True),
        done=table.text("done"),
    )
    table.done()
    return due


def _summary(table: Table | None) -> SummaryLine | None:
    if table is None:
        return None
    line = SummaryLine(table.text("section", required=True), table.text("line", required=True))
    table.done()
    return line


def _print(table: Table) -> Print:
    kind = table.choice("kind", tuple(KINDS), required=True)
    parts: dict[str, Any] = {
        "title": table.text("title", required=True),
        "head": table.texts("head"),
        "sign": table.texts("sign"),
    } | _PARTS[KINDS[kind]](table)
    table.done()
    return KINDS[kind](**parts)


def _table_parts(table: Table) -> dict[str, Any]:
    return {
        "columns": table.widths("columns"),
        "total": table.texts("total"),
        "split": table.text("split"),
        "pivot": _pivot(table.inner("pivot")),
        "in_force": table.flag("in_force"),
    }


def _pivot(table: Table | None) -> Pivot | None:
    if table is None:
        return None
    pivot = Pivot(
        table.text("rows", required=True),
        table.text("columns", required=True),
        table.text("value"),
    )
    table.done()
    return pivot


_PARTS: Mapping[type[Print], Any] = {
    TablePrint: _table_parts,
    CardPrint: lambda table: {"rows": table.lists("rows"), "boxes": table.texts("boxes")},
    SheetPrint: lambda table: {"text": table.texts("text")},
    NoticePrint: lambda table: {
        "about": table.text("about"),
        "text": table.texts("text"),
        "from_field": table.text("from"),
        "until_field": table.text("until"),
        "contact": table.texts("contact"),
        "result": table.text("result"),
    },
    GridPrint: lambda table: {
        "rows": table.text("rows", required=True),
        "columns": table.choice("columns", ("month", "quarter"), otherwise="month"),
        "value": table.text("value"),
    },
}
