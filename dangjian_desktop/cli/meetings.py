"""Commands about meetings."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from dangjian_desktop.cli.output import Result
from dangjian_desktop.errors import InputError
from dangjian_desktop.inputs import MEBIBYTE, read_input

_LARGEST = 50 * MEBIBYTE


def read_json(path: Path) -> Any:
    """The content of a JSON file in UTF-8; raises ``InputError`` or ``BlockedError``."""
    try:
        return json.loads(read_input(path, _LARGEST).decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise InputError(f"文件“{path.name}”不是 UTF-8 编码。", "请另存为 UTF-8 后重试。") from None
    except json.JSONDecodeError as error:
        raise InputError(
            f"文件“{path.name}”不是有效的 JSON：第{error.lineno}行第{error.colno}列无法识别。",
            "请按提示改正后重试。",
        ) from None
    except (ValueError, RecursionError):
        raise InputError(
            f"文件“{path.name}”中有过长的数字或嵌套过深。", "请核对文件内容后重试。"
        ) from None


def listed(options: argparse.Namespace) -> Result:
    """List meetings, oldest first."""
    from dangjian_desktop.domain.meetings.meeting import MeetingFilter
    from dangjian_desktop.services.library.opening import reading
    from dangjian_desktop.services.meetings.meetings import MeetingService

    wanted = MeetingFilter(first=options.first, last=options.last, kind=options.kind)
    with reading(options.library) as library:
        service = MeetingService(library)
        kinds = service.kinds()
        if options.kind is not None and options.kind not in kinds:
            known = "、".join(kind.code for kind in kinds)
            raise InputError(f"没有名为 {options.kind} 的会议类型。", f"可用的类型：{known}")
        found = service.listed(wanted)
    lines = [
        f"{m['date']}　{'、'.join(k.short for k in kinds.of(m['kinds']))}　{m['title']}　{m['id']}"
        for m in found
    ]
    return Result({"meetings": found}, (*lines, f"共 {len(found)} 次"))
