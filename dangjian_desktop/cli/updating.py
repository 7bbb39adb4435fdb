"""The command that updates the program."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dangjian_desktop.cli.output import Result, UsageError

if TYPE_CHECKING:
    from dangjian_desktop.services.updating.updating import Offer
    from dangjian_desktop.storage.copies.copies import Copy

SHOWN = 20


def update(options: argparse.Namespace) -> Result:
    """Lay the version of a package, say what is in it, or put the one before back."""
    if options.back:
        return _back(options)
    if options.check:
        return _check(options.file)
    from dangjian_desktop.services.updating.updating import update

    done = update(options.file, lambda: _copy(options.library), older=options.older)
    copied = (f"更新前的备份：{done.copy}",) if done.copy else ()
    data = {"version": done.version, "running": done.running}
    return Result({**data, "copy": str(done.copy) if done.copy else None}, (done.words, *copied))


def _back(options: argparse.Namespace) -> Result:
    from dangjian_desktop.services.updating.updating import about_libraries, put_back

    if options.check or options.older:
        raise UsageError("--back 不与 --check、--older 同时使用。")
    about = about_libraries(options.library)
    done = put_back()
    words = f"已换回 {done.version}。关闭程序再打开，用的就是 {done.version}。"
    data = {"version": done.version, "running": done.running}
    return Result({**data, "library": about}, (words, about))


def _check(file: Path) -> Result:
    """What is in it; problems end with 1, as those that ``verify`` finds."""
    from dangjian_desktop.services.updating.installed import installed, why_not
    from dangjian_desktop.services.updating.updating import look

    offer, why = look(file), why_not(installed())
    problems = [issue.message for issue in offer.problems]
    problems += [f"{why.message}{why.remedy}"] if why else []
    lines = (_head(offer), *_changes(offer), offer.about_library, *problems)
    found = {name: getattr(offer.manifest, name) for name in _TOLD}
    data: dict[str, Any] = {"ok": not problems, **found, "changes": list(offer.manifest.changes)}
    data |= {"now": offer.now, "problems": problems}
    return Result(data, tuple(filter(None, lines)), 1 if problems else 0)


_TOLD = ("version", "day", "platform", "machine", "floor", "size")


def _head(offer: Offer) -> str:
    day = f"（{offer.manifest.day}）" if offer.manifest.day else ""
    now = f"，现在是 {offer.now}" if offer.now else ""
    return f"更新文件完好：{offer.manifest.version}{day}{now}。"


def _changes(offer: Offer) -> tuple[str, ...]:
    changes = offer.manifest.changes
    more = len(changes) - SHOWN
    rest = (f"  ……另有 {more} 条",) if more > 0 else ()
    return (*(f"  - {line}" for line in changes[:SHOWN]), *rest)


def _copy(library: Path) -> Copy | None:
    """A copy of the library that is meant, where there is one."""
    from dangjian_desktop.services.library.copying import back_up
    from dangjian_desktop.services.updating.updating import BEFORE_UPDATE

    if not library.exists():
        return None
    return back_up(library, reason=BEFORE_UPDATE)
