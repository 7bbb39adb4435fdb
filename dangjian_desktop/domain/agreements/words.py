"""How the parts of a 责任状 are said in one line, on paper and on the screen."""

from __future__ import annotations

from datetime import date

from dangjian_desktop.domain.agreements.agreement import Agreement, Promise, Undertaking
from dangjian_desktop.domain.amounts import shown
from dangjian_desktop.domain.dates import chinese_date
from dangjian_desktop.domain.references import Person


def party_words(person: Person | None, post: str) -> str:
    """周立峰（党支部书记）; the post alone where nobody is told."""
    if person is None:
        return post
    return f"{person.name}（{post}）" if post else person.name


def day_words(day: date | None) -> str:
    """A day, or nothing."""
    return "" if day is None else chinese_date(day)


def term_words(agreement: Agreement) -> str:
    """2026年1月1日至2026年12月31日."""
    return f"{chinese_date(agreement.starts)}至{chinese_date(agreement.ends)}"


def public_words(agreement: Agreement) -> str:
    """2026年2月11日至2026年2月20日, or 起 where no end is told."""
    first, last = day_words(agreement.public_from), day_words(agreement.public_until)
    if not first:
        return ""
    return f"{first}至{last}" if last else f"{first}起"


def item_words(each: Undertaking) -> str:
    """内容（责任人苏珺，完成时限2026年6月30日）."""
    who = f"责任人{each.responsible}" if each.responsible else ""
    due = f"完成时限{chinese_date(each.due)}" if each.due else ""
    behind = "，".join(filter(None, (who, due)))
    return f"{each.content}（{behind}）" if behind else each.content


def promise_words(each: Promise) -> str:
    """材料消耗：基准0.45元/吨，目标0.42元/吨."""
    told = (("基准", each.baseline), ("目标", each.target))
    parts = [f"{word}{shown(value)}{each.unit}" for word, value in told if value is not None]
    return f"{each.name}：{'，'.join(parts)}" if parts else each.name


def numbered(lines: list[str]) -> list[str]:
    """Each with its number where there are several."""
    return [f"{n}. {line}" for n, line in enumerate(lines, 1)] if len(lines) > 1 else lines
