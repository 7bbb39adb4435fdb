"""What a branch may set in a rule, as fields of a form, and back into values of the rule table."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from dangjian_desktop.domain.checks.facts import RuleText
from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.errors import InputError, Issue

_MONTHS = (("1", "每月"), ("3", "每季度"), ("6", "每半年"), ("12", "每年"))
_BASES = (("formal", "正式党员人数"), ("graded", "参加评议人数"))
_CHOICES: Mapping[str, tuple[tuple[str, str], ...]] = {"months": _MONTHS, "base": _BASES}
_PARTS = re.compile(r"[、,，;；\s]+")
_MOST = 10_000
_LABELS: Mapping[str, str] = {
    "Q-ELE-B.surplus": "差额比例（%）",
    "times": "应开次数（次）",
    "months": "周期",
    "CAD-DAY.tolerance_days": "可前后相差（天）",
    "APP-RATE.parts": "优秀等次不超过几份",
    "APP-RATE.of": "共分几份",
    "APP-RATE.base": "按哪项人数计算",
    "CAD-PRE.days_before": "会前多少天以内（天）",
    "CAD-6M.warn_months": "满几个月提示（月，用顿号分开）",
    "CAD-32H.hours": "每年学时（学时）",
    "CAD-TERM.months_before": "届满前几个月提醒（月）",
    "SZ-3.formal": "至少正式党员（人）",
    "SZ-50.most": "至多党员（人）",
    "SZ-50.near": "达到多少人时提示（人）",
    "SZ-7.formal": "设支委会的正式党员（人）",
    "SZ-7.least": "委员至少（人）",
    "SZ-7.usual": "委员一般至多（人）",
    "SZ-7.most": "委员不超过（人）",
    "UP.general_branch": "设党总支的党员（人）",
    "UP.committee": "设党委的党员（人）",
    "SEC-1Y.years": "党龄至少（年）",
    "GRP-3.members": "党小组至少（人）",
}


def rule_fields(rule: RuleText) -> tuple[Field, ...]:
    """The fields for the values of a rule; none where it has none."""
    return tuple(_field(rule, name, value) for name, value in rule.values.items())


def rule_plain(rule: RuleText) -> dict[str, Any]:
    """The values of a rule as a form shows them."""
    return {name: _plain(name, value) for name, value in rule.values.items()}


def rule_values(rule: RuleText, plain: Mapping[str, Any]) -> dict[str, Any]:
    """What was entered as values of the rule; raises ``InputError`` by field."""
    found: dict[str, Any] = {}
    issues = []
    for name, present in rule.values.items():
        value = _read(name, present, plain.get(name))
        if value is None:
            issues.append(Issue(_wanted(name, present), "invalid", name))
        else:
            found[name] = value
    if issues:
        raise InputError("规则的数值有需要改正的内容。", "请按提示改正。", issues)
    return found


def _field(rule: RuleText, name: str, value: object) -> Field:
    title = _LABELS.get(f"{rule.id}.{name}") or _LABELS.get(name, name)
    if name in _CHOICES:
        return Field(name, title, FieldType.CHOICE, required=True, choices=_CHOICES[name])
    numeric = isinstance(value, int | float)
    return Field(name, title, FieldType.INTEGER if numeric else FieldType.TEXT, required=True)


def _plain(name: str, value: object) -> Any:
    if name in _CHOICES:
        return str(value)
    if isinstance(value, list | tuple):
        return "、".join(str(part) for part in value)
    return value


def _read(name: str, present: object, entered: object) -> Any:
    """The value in the type of the present one; nothing when it is not one."""
    if name in _CHOICES:
        known = str(entered) in dict(_CHOICES[name])
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


def _wanted(name: str, present: object) -> str:
    if name in _CHOICES:
        return "请选择一项。"
    if isinstance(present, list | tuple):
        return "请填写大于0的整数，多个数用顿号分开，例如 3、5、6。"
    return "请填写大于0的整数。"
