"""The same verbs for every declared record: list, show, import, export, delete."""

from __future__ import annotations

import argparse
from typing import Any

from dangjian_desktop.cli.meetings import read_json
from dangjian_desktop.cli.output import Result, tell

_COUNTED = {"meeting": "次", "project": "个"}


def listed(options: argparse.Namespace) -> Result:
    """All records of the kind."""
    from dangjian_desktop.services.library.opening import reading

    with reading(options.library) as library:
        service = _service(options, library)
        records = service.records.all()
        found = service.records.as_json(records, service.records.day())
    record = service.records.record
    lines = [f"{record.title_of(each)}　{each.id}" for each in records]
    return Result({record.plural: found}, (*lines, f"共 {len(found)} 条"))


def show(options: argparse.Namespace) -> Result:
    """One record: as JSON, or field by field for people."""
    from dangjian_desktop.domain.levels import Outlet
    from dangjian_desktop.services.library.opening import reading

    with reading(options.library) as library:
        records = _service(options, library).records
        one = records.one(options.id)
        [found] = records.as_json([one], records.day(), Outlet.CARD)
        lines = records.lines(one)
    return Result({"record": found}, tuple(f"{label}：{text}" for label, text in lines))


def read(options: argparse.Namespace) -> Result:
    """Import records from JSON, all or none."""
    from dangjian_desktop.services.library.copying import CopyService
    from dangjian_desktop.services.library.opening import changing

    data = read_json(options.file)
    with changing(options.library) as library:
        CopyService(library).before_import()
        service = _service(options, library)
        done = service.records.import_json(data)
    title, each = service.records.record.title, _COUNTED.get(options.command, "条")
    line = f"已导入{title} {len(done['ids'])} {each}，无变化 {len(done['unchanged'])} {each}"
    for warning in done["warnings"]:
        tell(warning["message"])
    return Result(dict(done), (line, *done["ids"]))


def export(options: argparse.Namespace) -> Result:
    """All records as a workbook."""
    from dangjian_desktop.services.library.opening import reading

    with reading(options.library) as library:
        records = _service(options, library).records
        path = records.export(options.file, profile=options.profile, force=options.force)
    return Result({"files": [str(path)]}, (f"已生成：{path}",))


def delete(options: argparse.Namespace) -> Result:
    """Put a record into the bin, with the reason."""
    from dangjian_desktop.services.items.items import ItemService
    from dangjian_desktop.services.library.opening import changing

    with changing(options.library) as library:
        service = _service(options, library)
        title = service.records.record.title_of(service.records.one(options.id))
        service.delete(options.id, options.reason)
        left = ItemService(library).left_words([options.id])
    return Result({"ids": [options.id]}, (f"已放进回收站：{title}{left}",))


def _service(options: argparse.Namespace, library: Any) -> Any:
    from dangjian_desktop.services.record_services import service_of

    return service_of(library, options.command)
