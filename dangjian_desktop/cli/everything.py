"""Everything out of a library, and back into an empty one."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any

from dangjian_desktop.cli.given import PASSWORD, given
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
    from dangjian_desktop.services.library.everything import IN_CLEAR
    from dangjian_desktop.services.library.locking import has_password

    warned = (IN_CLEAR,) if has_password(options.library) else ()
    return Result(data, (line, *warned, *_told(done.problems)))


def read(options: argparse.Namespace) -> Result:
    """The folder back into a library that is new or holds nothing."""
    from dangjian_desktop.services.library.bringing_in import import_all

    under, code = _under(options)
    done = import_all(options.folder, options.library, under=under)
    total = sum(done.records.values())
    data = {"records": total, "by_kind": dict(done.records), "problems": list(done.problems)}
    lines = [f"已读入 {total} 条记录：{options.library}"]
    if code:
        from dangjian_desktop.cli.passwords import code_lines

        data |= {"recovery_code": code}
        lines += ["资料库打开要密码。", *code_lines(code, told=False)]
    return Result(data, (*lines, *_told(done.problems)))


def _under(options: argparse.Namespace) -> tuple[Any, str]:
    """What a library that has no password yet is locked with where one is given, and its code."""
    from dangjian_desktop.services.library.locking import has_password

    password = given(options, PASSWORD)
    if password is None or has_password(options.library):
        return None, ""
    from dangjian_desktop.cli.passwords import warned
    from dangjian_desktop.services.library.passwords import new_secret, under_for

    secret = new_secret()
    return under_for(secret, warned(password)), "-".join(secret.groups)


def _told(problems: Sequence[str]) -> tuple[str, ...]:
    return (f"资料库本身有{len(problems)}处问题，照原样保留：", *problems) if problems else ()
