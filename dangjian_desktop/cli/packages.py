"""Commands about what goes up to the superior."""

from __future__ import annotations

import argparse
from datetime import datetime
from typing import Any

from dangjian_desktop.cli.output import Result, tell


def listed(options: argparse.Namespace) -> Result:
    """What left the machine: when, to whom, of what, in which profile."""
    from dangjian_desktop.cli import records

    found = records.listed(options)
    lines = []
    for each in found.data["packages"]:
        profile = "遮盖" if each["profile"] == "masked" else "完整"
        told = [each["title"], each["day"], profile, f"{len(each['files'])}个文件"]
        told += [f"{each['returned']}退回"] if each["returned"] else []
        lines.append("　".join((*told, each["id"])))
    return Result(found.data, (*lines, f"共 {len(lines)} 条"))


def show(options: argparse.Namespace) -> Result:
    """One package with the hash of every file in it."""
    from dangjian_desktop.cli import records

    found = records.show(options)
    files = found.data["record"]["files"]
    lines = (f"{each['sha256']}　{each['name']}（{each['size']}字节）" for each in files)
    return Result(found.data, (*found.lines, "校验值（SHA-256）：", *lines))


def make(options: argparse.Namespace) -> Result:
    """A package of a period for a recipient, by a list of what is asked or by papers."""
    from dangjian_desktop.domain.submissions.package import Profile
    from dangjian_desktop.services.library.opening import changing
    from dangjian_desktop.services.submissions.handed_down import read_asked
    from dangjian_desktop.services.submissions.packages import Order, PackageService, missing_words
    from dangjian_desktop.services.summaries.summaries import read_period

    today = options.as_of or datetime.now().astimezone().date()
    order = Order(
        period=read_period(options.period),
        recipient=options.to,
        profile=Profile(options.profile),
        papers=tuple(options.papers or ()),
        asked=read_asked(options.list, today) if options.list else (),
        files=tuple(options.file or ()),
        as_of=options.as_of,
        day=options.sent,
        packed=options.zip,
        pattern=options.names or "",
    )
    with changing(options.library) as library:
        done = PackageService(library).make(order, options.out)
    package = done.package
    for words in (*done.unsure, *done.unregistered, *missing_words(done)):
        tell(words)
    data = {
        "files": [str(path) for path in done.files],
        "manifest": str(done.manifest),
        "id": package.id,
        "version": package.version,
        "missing": list(package.missing),
        "again": done.again,
    }
    said = "与上次报出的完全相同，又写了一份" if done.again else "已生成并留底"
    where = done.manifest if options.zip else done.manifest.parent
    line = f"{package.title}：{said}，共 {len(package.files)} 个文件，在 {where}"
    return Result(data, (line,))


def check(options: argparse.Namespace) -> Result:
    """What is to be looked at before it goes up; nothing is judged."""
    from dangjian_desktop.services.library.opening import reading
    from dangjian_desktop.services.submissions.checking import DeliveryService
    from dangjian_desktop.services.submissions.handed_down import read_asked
    from dangjian_desktop.services.summaries.summaries import read_period

    today = datetime.now().astimezone().date()
    asked = read_asked(options.list, today) if options.list else ()
    period = read_period(options.period) if options.period else None
    with reading(options.library) as library:
        found = DeliveryService(library).check(options.folder, period, asked)
    data = [
        {"file": one.file, "code": one.code.value, "message": one.message, "where": one.where}
        for one in found
    ]
    lines = ["　".join(filter(None, (one.file, one.where, one.message))) for one in found]
    return Result({"findings": data}, tuple(lines or ["没有发现要核对的地方。"]))


def write(options: argparse.Namespace) -> Result:
    """A package again, as it went up."""
    from dangjian_desktop.services.library.opening import reading
    from dangjian_desktop.services.submissions.packages import PackageService

    with reading(options.library) as library:
        files = PackageService(library).write(options.id, options.out, packed=options.zip)
    return Result({"files": [*map(str, files)]}, tuple(f"已生成：{path}" for path in files))


def compare(options: argparse.Namespace) -> Result:
    """What the records give otherwise now than a package told."""
    from dangjian_desktop.services.library.opening import reading
    from dangjian_desktop.services.submissions.following import FollowUpService

    with reading(options.library) as library:
        found = FollowUpService(library).changes(options.id)
    changed = [{"title": c.title, "name": c.name, "message": c.words} for c in found]
    lines = [f"{each.name}：{each.words}" for each in found]
    return Result({"changed": changed}, tuple(lines or ["报出后没有变化"]))


def reply(options: argparse.Namespace) -> Result:
    """What the superior answered, and that a package was returned."""
    from dangjian_desktop.services.library.opening import changing
    from dangjian_desktop.services.record_services import service_of
    from dangjian_desktop.services.submissions.following import FollowUpService

    told: dict[str, Any] = {"returned": options.returned, "reason": options.reason or ""}
    told["text"] = options.text or ""
    with changing(options.library) as library:
        service = FollowUpService(library)
        package = service.answer(options.id, options.file, **told, force=options.force)
        [found] = service_of(library, "package").as_json([package])
    return Result({"record": found}, (f"已保存：{package.title}",))
