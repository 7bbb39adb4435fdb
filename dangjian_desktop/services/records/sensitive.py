"""What is entered behind a password alone, in a library that has none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from dangjian_desktop.domain.levels import Level
from dangjian_desktop.domain.record import Problem, Record, value_of
from dangjian_desktop.domain.showing import sensitive_fields
from dangjian_desktop.storage.work import Work

_NOTHING: tuple[object, ...] = (None, "", (), [])


def with_kept(record: Record, value: Any, stored: Any) -> Any:
    """What an import brings, with the sensitive words that are stored where it brings none: a list
    that was written out has none."""
    closed = (f for f in record.fields if f.level is Level.SENSITIVE)
    kept = {f.name: value_of(stored, f) for f in closed}
    lacking = {n: v for n, v in kept.items() if value_of(value, record.field(n)) in _NOTHING}
    return replace(value, **lacking) if lacking else value


def held_back(work: Work, record: Record, value: Any) -> Iterator[Problem]:
    """The sensitive fields that would be filled in where anybody can open the library; what stood
    there before stays."""
    fields = [f for f in sensitive_fields(record) if value_of(value, f) not in _NOTHING]
    if not fields or work.protected:
        return
    stored = work.of(record.code).one(value.id)
    for field in fields:
        if stored is None or value_of(stored, field) != value_of(value, field):
            words = f"资料库没有密码，不能填写{field.label}，以免旁人打开就能看到"
            yield Problem(field.json or field.name, f"{words}；请先给资料库设置密码")
