"""What a branch may set in a rule, as fields of a form, and back into values of the rule table."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from dangjian_desktop.domain.checks.facts import RuleText
from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.errors import InputError, Issue

_PARTS = re.compile(r"[、,，;；\s]+")
_MOST = 10_000


def rule_fields(rule: RuleText) -> tuple[Field, ...]:
    """The fields for the values of a rule; none where it has none."""
    return tuple(_field(rule, name, value) for name, value in rule.values.items())


def rule_plain(rule: RuleText) -> dict[str, Any]:
    """The values of a rule as a form shows them."""
    return {name: _plain(rule, name, value) for name, value in rule.values.items()}


def rule_values(rule: RuleText, plain: Mapping[str, Any]) -> dict[str, Any]:
    """What was entered as values of the rule; raises ``InputError`` by field."""
    found: dict[str, Any] = {}
    issues = []
    for name, present in rule.values.items():
        value = _read(rule, name, present, plain.get(name))
        if value is None:
            issues.append(Issue(_wanted(rule, name, present), "invalid", name))
        else:
            found[name] = value
    if issues:
        raise InputError("规则的数值有需要改正的内容。", "请按提示改正。", issues)
    return found


def _field(rule: RuleText, name: str, value: object) -> Field:
    choices = tuple(rule.choices.get(name, {}).items())
    kind = FieldType.INTEGER if isinstance(value, int | float) else FieldType.TEXT
    kind = FieldType.CHOICE if choices else kind
    title = rule.labels.get(name, name)
    return Field(name, title, kind, required=True, choices=choices)


def _plain(rule: RuleText, name: str, value: object) -> Any:
    if name in rule.choices:
        return str(value)
    if isinstance(value, list | tuple):
        return "、".join(str(part) for part in value)
    return value


def _read(rule: RuleText, name: str, present: object, entered: object) -> Any:
    """The value in the type of the present one; nothing when it is not one."""
    if name in rule.choices:
        known = str(entered) in rule.choices[name]
        return (int(str(entered)) if isinstance(present, int) else entered) if known else None
    if isinstance(present, list | tuple):
        numbers = [_whole(part) for part in _PARTS.split(str(entered or "")) if part]
        whole = [number for number in numbers if number is not None]
        return sorted(set(whole)) if whole and len(whole) == len(numbers) else None
    return _whole(entered)


def _whole(entered: object) -> int | None:
    text = str(entered).strip()
    if not text.isascii() or not text.isdigit():
        return None
    number = int(text)
    return number if 0 < number <= _MOST else None


def _wanted(rule: RuleText, name: str, present: object) -> str:
    if name in rule.choices:
        return "请选择一项。"
    if isinstance(present, list | tuple):
        return "请填写大于0的整数，多个数用顿号分开，例如 3、5、6。"
    return "请填写大于0的整数。"
