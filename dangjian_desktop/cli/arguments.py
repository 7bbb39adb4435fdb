"""What every argument of every command must be, looked at before any command runs."""

from __future__ import annotations

import argparse
import errno
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dangjian_desktop.cli.output import UsageError, tell
from dangjian_desktop.domain.texts import clean
from dangjian_desktop.errors import BlockedError

LONGEST = 2_000
"""Characters of one argument; the system itself bounds paths."""


def check(options: argparse.Namespace) -> None:
    """Clean the texts, and tell of what that took away; raises ``UsageError`` for what is none,
    ``BlockedError`` where a relative path has no folder any more."""
    for name, value in vars(options).items():
        if isinstance(value, str):
            setattr(options, name, _cleaned(value))
        elif isinstance(value, list) and all(isinstance(each, str) for each in value):
            setattr(options, name, [_cleaned(each) for each in value])
    for path in _paths(options):
        _check_path(path)


def _cleaned(text: str) -> str:
    if any("\udc80" <= each <= "\udcff" for each in text):
        raise UsageError("参数中有无法识别的字符，不是 UTF-8 文字。", "请核对后重新输入。")
    if len(text) > LONGEST:
        message = f"参数“{text[:10]}…”有{len(text)}个字，太长。"
        raise UsageError(message, f"请缩短到{LONGEST}个字以内；长的内容请写在文件里导入。")
    kept, removed = clean(text)
    if removed:
        tell(f"参数“{kept[:20]}”中的{removed}已去掉。")
    return kept


def _paths(options: argparse.Namespace) -> Iterator[Path]:
    values: list[Any] = [*vars(options).values()]
    yield from (value for value in values if isinstance(value, Path))


def _check_path(path: Path) -> None:
    if "\x00" in str(path):
        raise UsageError("路径中有空字符，不能使用。", "请核对文件的位置和名称。")
    try:
        path.lstat()
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            message = f"路径“…{str(path)[-20:]}”太长，不能使用。"
            raise UsageError(message, "请核对文件的位置和名称。") from None
    if not path.is_absolute() and not _has_folder():
        raise BlockedError(
            "当前所在的文件夹已被删除或移走，不能用相对路径。",
            "请先换到一个存在的文件夹，或写出完整的路径。",
        )


def _has_folder() -> bool:
    try:
        return Path.cwd().is_dir()
    except OSError:
        return False
