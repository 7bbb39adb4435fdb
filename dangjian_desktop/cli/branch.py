"""Commands about the branch itself: what it is on a day, and what it becomes."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from typing import Any

from dangjian_desktop.cli.output import Result
from dangjian_desktop.domain.branch import UNIT_KINDS, UnitKind
from dangjian_desktop.errors import InputError

_PLAIN = ("name", "short_name", "superior", "further_superiors", "unit_kind", "theme_day")
_DAYS = ("founded", "term_start", "since")
_ANSWERS = {"change": "--from 日期 或 --correct", "term_change": "--new-term 或 --correct"}


def show(options: argparse.Namespace) -> Result:
    """The branch as of a day, and every period and term."""
    from dangjian_desktop.services.library.branch import BranchService
    from dangjian_desktop.services.library.opening import reading

    with reading(options.library) as library:
        found = BranchService(library).as_json(options.as_of)
    return Result(found, tuple(_lines(found)))


def change(options: argparse.Namespace) -> Result:
    """Enter what the branch is called from a day on, put right what was wrong, a new term."""
    from dangjian_desktop.services.library.branch import BranchService
    from dangjian_desktop.services.library.opening import changing

    with changing(options.library) as library:
        service = BranchService(library)
        try:
            service.enter(_values(options))
        except InputError as refused:
            wanted = [words for name, words in _ANSWERS.items() if name in refused.fields]
            if not wanted:
                raise
            remedy = f"请加上 {'，以及 '.join(wanted)}。"
            raise InputError(refused.message, remedy, refused.issues) from refused
        found = service.as_json()
    return Result(found, tuple(_lines(found)))


def _values(options: argparse.Namespace) -> dict[str, Any]:
    given: dict[str, Any] = {name: getattr(options, name) for name in (*_PLAIN, "term_years")}
    given |= {name: day and day.isoformat() for name in _DAYS if (day := getattr(options, name))}
    if options.since or options.correct:
        given["change"] = "from" if options.since else "fix"
    if options.new_term or options.correct:
        given["term_change"] = "new" if options.new_term else "fix"
    return {name: value for name, value in given.items() if value is not None}


def _lines(found: Mapping[str, Any]) -> Iterator[str]:
    yield f"党支部：{found['name']}（截至{found['as_of']}）"
    if found["short_name"]:
        yield f"简称：{found['short_name']}"
    if found["superior"]:
        yield f"上级党组织：{'，'.join((found['superior'], *found['further_superiors']))}"
    if found["unit_kind"]:
        yield f"单位类别：{UNIT_KINDS[UnitKind(found['unit_kind'])]}"
    if found["term"]["start"]:
        yield f"任期：{found['term']['start']} 至 {found['term']['end']}"
    for period in found["periods"] if len(found["periods"]) > 1 else ():
        since = f"{period['since']}起" if period["since"] else "起初"
        yield f"　{since}：{period['name']}"
