"""Commands about what was: the bin, and the versions of records."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any

from dangjian_desktop.cli.output import Result


def binned(options: argparse.Namespace) -> Result:
    """Everything in the bin."""
    from dangjian_desktop.services.library.opening import reading
    from dangjian_desktop.services.library.recycle_bin import BinService

    with reading(options.library) as library:
        found = BinService(library).listed()
    lines = [
        f"{_line(each)}　{each.at[:10]}删除{_because(each.reason)}　{each.id}" for each in found
    ]
    return Result({"records": [_entry(each) for each in found]}, (*lines, f"共 {len(found)} 条"))


def restore(options: argparse.Namespace) -> Result:
    """Bring records back from the bin, all or none."""
    from dangjian_desktop.services.library.opening import changing
    from dangjian_desktop.services.library.recycle_bin import BinService

    with changing(options.library) as library:
        found = BinService(library).restore(options.ids)
    lines = [f"已恢复：{_line(each)}" for each in found]
    return Result({"ids": [each.id for each in found]}, tuple(lines))


def purge(options: argparse.Namespace) -> Result:
    """Take records of the bin out for good, all or none, after a copy."""
    from dangjian_desktop.services.library.opening import changing, reading
    from dangjian_desktop.services.library.purging import ELSEWHERE, PurgeService

    if options.dry_run:
        with reading(options.library) as library:
            return _planned(PurgeService(library).plan(options.ids))
    with changing(options.library) as library:
        done = PurgeService(library).purge(options.ids, options.reason)
    lines = [f"已彻底删除：{_line(each)}" for each in done.items]
    lines += [f"清除前的备份：{done.copy}", *(f"注意：{words}。" for words in ELSEWHERE)]
    data = {"ids": [each.id for each in done.items], "copy": str(done.copy), "left": done.left}
    return Result(data, (*lines, done.left) if done.left else tuple(lines))


def purged(options: argparse.Namespace) -> Result:
    """Every purge there was: when, where, how many of what, why."""
    from dangjian_desktop.services.library.opening import reading
    from dangjian_desktop.services.library.purging import PurgeService

    with reading(options.library) as library:
        acts = PurgeService(library).acts()
    lines = [f"{_moment(act.at)}　{act.told}　{act.place}　{act.reason}" for act in acts]
    names = ("id", "at", "by", "host", "reason", "files")
    data = [{name: getattr(act, name) for name in names} | {"kinds": act.kinds} for act in acts]
    return Result({"purges": data}, (*lines, f"共 {len(acts)} 次"))


def _planned(plan: Any) -> Result:
    goes = [f"  {line}" for line in plan.going]
    stays = [f"  {line}" for line in plan.staying]
    kept = ["请注意保管期限：", *(f"  {line}" for line in plan.kept)] if plan.kept else []
    data = {
        "records": [_entry(each) for each in plan.items],
        "going": list(plan.going),
        "staying": list(plan.staying),
        "kept": list(plan.kept),
    }
    return Result(data, ("将彻底删除：", *goes, "不会删除：", *stays, *kept, "没有改动任何内容。"))


def versions(options: argparse.Namespace) -> Result:
    """The versions of a record; one of them, two compared, or one brought back."""
    from dangjian_desktop.services.library.opening import changing, reading
    from dangjian_desktop.services.library.versions import VersionService

    uid = options.id
    if options.restore is not None:
        with changing(options.library) as library:
            number = VersionService(library).restore(uid, options.restore)
        line = f"已恢复到第{options.restore}版，现在是第{number}版"
        return Result({"ids": [uid], "number": number}, (line,))
    with reading(options.library) as library:
        service = VersionService(library)
        if options.show is not None:
            return _shown(service, uid, options.show)
        if options.compare is not None:
            return _compared(service, uid, options.compare)
        history = service.history(uid)
    told = [
        {"number": v.number, "saved_at": v.saved_at, "reason": v.reason} for v in history.versions
    ]
    lines = [f"第{v.number}版　{_moment(v.saved_at)}　{v.reason}" for v in history.versions]
    lines += [f"打印第{p.version}版　{_moment(p.at)}　{p.look}" for p in history.prints]
    prints = [{"number": p.version, "at": p.at, "look": p.look} for p in history.prints]
    data = {"id": history.id, "kind": history.kind, "title": history.title, "versions": told}
    data["prints"] = prints
    return Result(data, (f"{history.kind}“{history.title}”", *lines))


def _shown(service: Any, uid: str, number: int) -> Result:
    lines = service.lines(uid, number)
    fields = [{"label": line.label, "text": line.text} for line in lines]
    data = {"record": service.as_json(uid, number), "number": number, "fields": fields}
    return Result(data, tuple(f"{line.label}：{line.text}" for line in lines))


def _compared(service: Any, uid: str, numbers: Sequence[int]) -> Result:
    older, newer = numbers
    found = service.compare(uid, older, newer)
    told = [
        {"field": d.path, "label": d.label, "before": d.before, "after": d.after} for d in found
    ]
    lines = [
        line
        for d in found
        for line in (
            d.label,
            f"  第{older}版：{d.before or '—'}",
            f"  第{newer}版：{d.after or '—'}",
        )
    ]
    data = {"from": older, "to": newer, "changes": told}
    return Result(data, tuple(lines) or (f"第{older}版与第{newer}版相同",))


def _entry(binned: Any) -> dict[str, Any]:
    return {
        "id": binned.id,
        "type": binned.subject,
        "kind": binned.kind,
        "title": binned.title,
        "date": binned.day and binned.day.isoformat(),
        "deleted_at": binned.at,
        "reason": binned.reason,
    }


def _line(binned: Any) -> str:
    day = binned.day and binned.day.isoformat()
    return "　".join(filter(None, (binned.kind, binned.title, day)))


def _because(reason: str) -> str:
    return f"（{reason}）" if reason else ""


def _moment(at: str) -> str:
    return at[:16].replace("T", " ")
