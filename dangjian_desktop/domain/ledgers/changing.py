"""Changing a declaration without losing what was entered; what one edition has over another."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from dangjian_desktop.domain.fields import Field
from dangjian_desktop.domain.ledgers.ledger import CHOICE_TYPES, FIELD_TYPES, Ledger
from dangjian_desktop.errors import Issue

OWN_FIELD = re.compile("f_[0-9a-f]{8}")
"""What a field is called that was made in the window."""
Used = Mapping[str, Collection[str]]
"""The codes that rows hold, by field of choices."""


def refusals(old: Ledger, new: Ledger, *, has_rows: bool) -> list[Issue]:
    """Why the declaration cannot be changed like this; nothing when it can."""
    found: list[Issue] = []
    if old.code != new.code:
        text = f"台账的编码不能改变（现为“{old.code}”），请保留原编码，或者另建一本台账。"
        found.append(Issue(text, "invalid", "code"))
    if not has_rows:
        return found
    for asked in new.fields:
        before = old.named(asked.name)
        if before is not None and before.type is not asked.type:
            was, becomes = FIELD_TYPES[before.type.value], FIELD_TYPES[asked.type.value]
            text = (
                f"字段“{before.label}”已有记录，类型不能从“{was}”改为“{becomes}”；"
                "请删去这个字段（已填内容会留在“其他内容”里），另加一个字段。"
            )
            found.append(Issue(text, "invalid", asked.name))
    return found


def settled(old: Ledger, new: Ledger, used: Used) -> Ledger:
    """The new declaration as it is kept: used choices stay as retired ones, a new edition."""
    gone = list(new.retired_choices)
    asked_for = []
    for asked in new.fields:
        before = old.named(asked.name)
        lost = _lost(before, asked, used) if before is not None else ()
        gone += [(asked.name, code) for code, _ in lost]
        asked_for.append(replace(asked, choices=(*asked.choices, *lost)))
    ready = replace(new, fields=tuple(asked_for), retired_choices=tuple(gone), edition=old.edition)
    return ready if ready == old else replace(ready, edition=old.edition + 1)


def _lost(before: Field, asked: Field, used: Used) -> tuple[tuple[str, str], ...]:
    if before.type not in CHOICE_TYPES or before.type is not asked.type:
        return ()
    kept = {code for code, _ in asked.choices}
    held = used.get(asked.name, ())
    return tuple(pair for pair in before.choices if pair[0] in held and pair[0] not in kept)


def with_own_fields(old: Ledger, new: Ledger) -> Ledger:
    """The program's declaration with the fields that the branch added to the old one behind."""
    own = (f for f in old.fields if OWN_FIELD.fullmatch(f.name) and new.named(f.name) is None)
    return replace(new, fields=(*new.fields, *own))


def differences(old: Ledger, new: Ledger) -> tuple[str, ...]:
    """What the new declaration changes, in sentences, for a person to decide on."""
    return tuple(_differences(old, new))


_SAID = {
    "title": "名称",
    "section": "所在部分",
    "source": "依据",
    "level": "知悉范围",
    "row": "一条记录的叫法",
    "name": "记录标题的写法",
    "day": "日期字段",
    "day_else": "没有日期时代替的字段",
    "from_field": "有效期起始",
    "until_field": "有效期截止",
    "period": "所属时期",
    "people": "人员字段",
    "identity": "识别同一条的字段",
    "listed": "列表的列",
    "sort": "排序",
    "one_of": "至少填一项的字段",
    "ask": "填报要求",
    "figures": "统计数字",
    "due": "到期提醒",
    "summary": "汇总的一句话",
    "prints": "打印样式",
    "makes": "生成记录",
}


def _differences(old: Ledger, new: Ledger) -> Iterator[str]:
    for name, said in _SAID.items():
        was, becomes = getattr(old, name), getattr(new, name)
        if was != becomes:
            yield said + (f"：“{was}”改为“{becomes}”。" if name in _SHOWN else "有改动。")
    yield from _fields(old, new)


def _fields(old: Ledger, new: Ledger) -> Iterator[str]:
    before, after = ({asked.name: asked for asked in ledger.fields} for ledger in (old, new))
    for name in (name for name in before if name not in after):
        yield f"去掉字段“{before[name].label}”，已填内容留在“其他内容”里。"
    for name, asked in after.items():
        if name not in before:
            yield f"增加字段“{asked.label}”。"
        elif before[name] != asked:
            yield f"字段“{before[name].label}”{_changed(before[name], asked)}。"
    if [n for n in before if n in after] != [n for n in after if n in before]:
        yield "字段的顺序有改动。"


_SHOWN = frozenset({"title", "source", "row"})


def _changed(before: Field, asked: Field) -> str:
    words = []
    if before.label != asked.label:
        words.append(f"改名为“{asked.label}”")
    if before.required != asked.required:
        words.append("改为必填" if asked.required else "改为可以不填")
    if before.choices != asked.choices:
        words.append("的选项有改动")
    if before.retired != asked.retired:
        words.append(f"自{asked.retired}起停用" if asked.retired else "重新启用")
    return "，".join(words) or "的细节有改动"
