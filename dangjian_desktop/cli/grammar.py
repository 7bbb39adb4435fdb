"""What the commands are built of: a parser that speaks Chinese, values, options they share."""

from __future__ import annotations

import argparse
import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

from dangjian_desktop.cli.output import UsageError

_WORDS = (
    (r"the following arguments are required: (.*)", r"缺少参数：\1"),
    (r"one of the arguments (.*) is required", r"下列参数要写一个：\1"),
    (r"unrecognized arguments: (.*)", r"无法识别的参数：\1"),
    (r"argument (.*?): invalid choice: (.*?) \(choose from (.*)\)", r"\1 不能是 \2，可选：\3"),
    (r"argument (.*?): expected one argument", r"\1 后面要有一个值"),
    (r"argument (.*?): expected at least one argument", r"\1 后面至少要有一个值"),
    (r"argument (.*?): invalid (?:.*?) value: (.*)", r"\1 的值 \2 无法识别"),
    (r"argument (.*?): not allowed with argument (.*)", r"\1 与 \2 不能同时使用"),
)
# It would look on the disk for a catalogue of translations at each heading of a hundred parsers;
# ``_WORDS`` has to find its English anyway.
setattr(argparse, "_", str)  # noqa: B010 - no public name of it
WEEK = "week"
_TOO_LONG = re.compile(r"(\S{60})\S+")


class Parser(argparse.ArgumentParser):
    """An argument parser that speaks Chinese and raises instead of leaving."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("formatter_class", argparse.RawDescriptionHelpFormatter)
        super().__init__(add_help=False, allow_abbrev=False, **options)
        self.add_argument("-h", "--help", action="help", help="显示用法")

    def error(self, message: str) -> NoReturn:
        """Raise ``UsageError`` with the words of the parser."""
        for pattern, words in _WORDS:
            message = re.sub(pattern, words, message)
        message = _TOO_LONG.sub(r"\1…", message)
        raise UsageError(f"命令用法不对：{message}。", f"输入 {self.prog} --help 查看用法。")

    def format_help(self) -> str:
        """The help, its headings in Chinese."""
        text = super().format_help()
        for english, chinese in (
            ("usage: ", "用法："),
            ("positional arguments:", "参数："),
            ("options:", "选项："),
        ):
            text = text.replace(english, chinese)
        return text


def day(text: str) -> date:
    """A day as YYYY-MM-DD, in years that records of a branch can have."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
        raise ValueError(text)
    found = date.fromisoformat(text)
    if not 1900 <= found.year <= 2199:
        raise ValueError(text)
    return found


def week_or_day(text: str) -> date | str:
    """This week, which needs no word, or a day."""
    return WEEK if text == WEEK else day(text)


def count(text: str) -> int:
    """A whole number of one or more."""
    return _whole(text, 1, 1_000_000)


def year(text: str) -> int:
    """A year that records of a branch can have."""
    return _whole(text, 1900, 2199)


def _whole(text: str, least: int, most: int) -> int:
    number = int(text)
    if not least <= number <= most:
        raise ValueError(text)
    return number


@cache
def shared_options() -> argparse.ArgumentParser:
    """Options that may stand before or behind the command."""
    shared = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    shared.add_argument("--library", type=Path, metavar="文件", help="资料库文件（.dangjian）")
    words = "从文件读资料库的密码，代替环境变量 DANGJIAN_PASSWORD"
    shared.add_argument("--password-file", type=Path, metavar="文件", help=words)
    shared.add_argument("--json", action="store_true", help="以 JSON 输出结果")
    shared.add_argument("--debug", action="store_true", help="写详细日志，不含个人信息")
    return shared


class Commands:
    """Adds commands; ``run`` of each is found by its name in the table of running."""

    def __init__(self, parser: argparse.ArgumentParser, dest: str) -> None:
        self._actions: Any = parser.add_subparsers(
            dest=dest, required=True, metavar="命令", title="命令", parser_class=Parser
        )

    def add(self, name: str, words: str) -> argparse.ArgumentParser:
        """A command with its help text."""
        added: argparse.ArgumentParser = self._actions.add_parser(
            name, help=words, description=words, parents=[shared_options()]
        )
        return added


def output_options(command: argparse.ArgumentParser, *, formats: bool) -> None:
    """Where the files of a command go, and perhaps in which formats and look."""
    command.add_argument("--out", type=Path, required=True, metavar="文件夹")
    command.add_argument("--force", action="store_true", help="覆盖已有文件")
    if formats:
        command.add_argument("--format", action="append", choices=("docx", "pdf"))
        command.add_argument("--look", metavar="版式", help="版式的名称；不写时用为材料选定的版式")
