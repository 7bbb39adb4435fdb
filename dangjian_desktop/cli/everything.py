"""Everything out of a library, and back into an empty one."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from dangjian_desktop.cli.output import Result


def export(options: argparse.Namespace) -> Result:
    """The whole library as a folder."""
    from dangjian_desktop.services.library.everything import export_all

    done = export_all(options.library, options.out, as_of=options.as_of)
    data = {
        "files": [str(file) for file in done.files],
        "folder": str(done.folder),
        "records": sum(done.records.values()),
        "problems": list(done.problems),
    }
    line = f"已导出 {data['records']} 条记录，{len(done.files)} 个文件：{done.folder}"
    return Result(data, (line, *_told(done.problems)))


def read(options: argparse.Namespace) -> Result:
    """The folder back into a library that is new or holds nothing."""
    from dangjian_desktop.services.library.bringing_in import import_all

    done = import_all(options.folder, options.library)
    total = sum(done.records.values())
    data = {"records": total, "by_kind": dict(done.records), "problems": list(done.problems)}
    line = f"已读入 {total} 条记录：{options.library}"
    return Result(data, (line, *_told(done.problems)))


def _told(problems: Sequence[str]) -> tuple[str, ...]:
    return (f"资料库本身有{len(problems)}处问题，照原样保留：", *problems) if problems else ()
