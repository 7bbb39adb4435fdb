"""Looks out of files and forms, every problem told at once, and back into a file."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from decimal import Decimal
from math import isfinite
from typing import Any

from dangjian_desktop.documents.cleaning import printable
from dangjian_desktop.documents.look import Look
from dangjian_desktop.documents.look_checks import setting_problems
from dangjian_desktop.documents.look_fields import SECTIONS, TITLES
from dangjian_desktop.documents.looks import Plain, look_of, usual_values
from dangjian_desktop.documents.roles import Layout
from dangjian_desktop.domain.amounts import number_text
from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.errors import InputError, Issue

REMEDY = "请按提示修改后重新导入；没有采用任何内容。"
_NOT_ONE = "请选择由本程序导出的版式文件（.toml），或者参照它修改。"
_BRACES = frozenset({"{branch}", "{paper}"})


def read_look(text: str, code: str, where: str) -> Look:
    """The look in the text of a file; what the file leaves out is as in the usual look.

    Raises ``InputError`` with every problem: unknown names, wrong values, pages without room.
    """
    try:
        plain = tomllib.loads(text.removeprefix("\ufeff"))
    except (tomllib.TOMLDecodeError, RecursionError):
        raise InputError(f"{where}不是可以识别的版式文件。", _NOT_ONE) from None
    return made_look(plain, code, where)


def made_look(plain: Plain, code: str, where: str) -> Look:
    """The look of plain values, checked; an issue names its field as ``official.top``."""
    issues = [*_unknown(plain)]
    usual = usual_values()
    values: dict[str, Any] = {}
    for section, fields in SECTIONS.items():
        given = plain if not section else plain.get(section, {})
        if not isinstance(given, Mapping):
            continue
        inherited = usual if not section else usual[section]
        found = {f.name: given.get(f.name, inherited[f.name]) for f in fields}
        wrong = dict(_wrong(section, fields, found))
        issues += [_issue(section, name, words) for name, words in wrong.items()]
        if wrong:
            continue
        clean = {name: _plain_value(value) for name, value in found.items()}
        if section in set(Layout):
            room = setting_problems(clean, Layout(section))
            issues += [_issue(section, name, words) for name, words in room]
        values |= {section: clean} if section else clean
    if issues:
        raise InputError(f"{where}有{len(issues)}处问题，没有采用。", REMEDY, issues)
    return look_of(code, values)


def values_of(look: Look) -> dict[str, Any]:
    """The plain values of a look, as its file has them."""
    plain = asdict(look)
    return {
        name: value
        for section, fields in SECTIONS.items()
        for name, value in (
            [(section, {f.name: plain[section][f.name] for f in fields})]
            if section
            else [(f.name, plain[f.name]) for f in fields]
        )
    }


def write_look(look: Look) -> str:
    """The text of its file; ``read_look`` gives an equal look back."""
    return "\n".join(_lines(values_of(look))) + "\n"


def _lines(values: Plain) -> Iterator[str]:
    yield from (f"{n} = {_written(v)}" for n, v in values.items() if not isinstance(v, Mapping))
    for section, inner in values.items():
        if isinstance(inner, Mapping):
            yield from ("", f"# {TITLES[section]}", f"[{section}]")
            labels = {field.name: field.title for field in SECTIONS[section]}
            yield from (f"{n} = {_written(v)}  # {labels[n]}" for n, v in inner.items())


def _written(value: object) -> str:
    if isinstance(value, int | float):
        return number_text(Decimal(str(value)))
    text = str(value).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{text}"'


def _unknown(plain: Plain) -> Iterator[Issue]:
    for name, value in plain.items():
        fields = SECTIONS.get(name)
        if isinstance(value, Mapping) and fields is not None:
            known = {field.name for field in fields}
            for inner in value:
                if inner not in known:
                    yield Issue(f"{TITLES[name]}里的“{inner}”不是版式的项目。", "unknown")
        elif isinstance(value, Mapping) or name not in {f.name for f in SECTIONS[""]}:
            yield Issue(f"“{name}”不是版式的项目。", "unknown")


def _issue(section: str, name: str, words: str) -> Issue:
    where = f"{TITLES[section]}：" if section else ""
    return Issue(f"{where}{words}", "value", f"{section}.{name}".lstrip("."))


def _wrong(section: str, fields: tuple[Field, ...], found: Plain) -> Iterator[tuple[str, str]]:
    for field in fields:
        words = _problem(field, found[field.name])
        if words:
            yield field.name, f"{field.label}{words}"
    pattern = found.get("paper_title") if not section else ""
    if isinstance(pattern, str) and pattern:
        rest = pattern
        for brace in _BRACES:
            rest = rest.replace(brace, "")
        if "{paper}" not in pattern or "{" in rest or "}" in rest:
            yield "paper_title", "材料标题要有 {paper}，另外只能用 {branch}"


def _problem(field: Field, value: object) -> str:
    if field.type is FieldType.CHOICE:
        known = "、".join(code for code, _ in field.choices)
        return "" if value in dict(field.choices) else f"“{value}”不认识，可用：{known}"
    if field.type is FieldType.TEXT:
        return _text_problem(field, value)
    if value is None:
        return "没有填写"
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return f"“{value}”不是数字"
    return _number_problem(field, value)


def _number_problem(field: Field, value: float | Decimal) -> str:
    least, most = field.bounds.least or Decimal(0), field.bounds.most or Decimal(0)
    if not isfinite(value) or not least <= Decimal(str(value)) <= most:
        return f"应在{number_text(least)}到{number_text(most)}{field.unit}之间"
    return "" if field.bounds.places or value == int(value) else "应是整数"


def _text_problem(field: Field, value: object) -> str:
    if not isinstance(value, str):
        return "应是文字"
    if field.required and not value.strip():
        return "没有填写"
    if "\n" in value or printable(value) != value:
        return "里有不能打印的字符"
    longest = field.bounds.longest or 0
    return f"超过{longest}个字" if len(value) > longest else ""


def _plain_value(value: Any) -> Any:
    if isinstance(value, Decimal | float):
        return int(value) if value == int(value) else float(value)
    return value.strip() if isinstance(value, str) else value
