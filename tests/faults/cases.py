"""The fault cases by number, and the one table of what became of them."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import NamedTuple
from unicodedata import east_asian_width

WHOLE = os.environ.get("DANGJIAN_FAULTS") == "whole"
"""Whether the whole was asked for (``sh installer/test.sh faults``) or the quick part."""

CASES = {
    1: "保存途中强行结束",
    2: "保存途中强行结束，带附件、缓存溢出",
    3: "断电",
    4: "写入出错，逐次",
    5: "落盘出错，逐次",
    6: "保存时磁盘满",
    7: "打开时磁盘已满",
    8: "文件只读",
    9: "文件夹只读",
    10: "文件夹不见了",
    11: "另一个程序占着",
    12: "第二次启动",
    13: "强行结束留下的锁",
    14: "另一台电脑的锁",
    15: "任意一位翻转",
    16: "只读一条损坏的记录",
    17: "文件被截断",
    18: "不是资料库",
    19: "更新版本的资料库",
    20: "升级途中强行结束",
    21: "一时的读取错误",
    22: "有密码时磁盘上没有明文",
    23: "忘记密码",
    24: "钥匙文件丢失或损坏",
    25: "修改密码途中强行结束",
    26: "备份途中强行结束、磁盘满",
    27: "备份损坏",
    28: "恢复保留现状",
    29: "边写边备份",
    30: "强行结束后的草稿",
    31: "压缩炸弹",
    32: "路径穿越",
    33: "XML 攻击",
    34: "巨大的表格",
    35: "身份证号成了数值",
    36: "日期与编码",
    37: "公式注入",
    38: "标记注入",
    39: "控制字符",
    40: "文件名",
    41: "写历次版本、重建途中强行结束",
    42: "彻底删除途中强行结束",
}


def many(quick: int, whole: int) -> int:
    """How often to try: in every run, or when the whole was asked for."""
    return whole if WHOLE else quick


@dataclass
class Trial:
    """What one test did for its case; a test adds to ``tries`` and ``lost`` as it goes."""

    number: int
    tries: int = 0
    lost: int = 0


class Row(NamedTuple):
    """One line of the table."""

    number: int
    tries: int
    lost: int
    verdict: str


VERDICTS = ("不通过", "需要管理员权限", "本机做不了", "通过")
"""The worst first: a case of several tests has the worst verdict among them."""


def table(rows: list[Row]) -> str:
    """Case, tries, lost, verdict; one line for each case that was run."""
    lines = [("例", "名称", "次数", "丢失", "结论")]
    for number in sorted({row.number for row in rows}):
        own = [row for row in rows if row.number == number]
        tries, lost = sum(row.tries for row in own), sum(row.lost for row in own)
        verdict = min((row.verdict for row in own), key=VERDICTS.index)
        lines.append((str(number), CASES[number], str(tries), str(lost), verdict))
    widths = [max(_width(line[column]) for line in lines) for column in range(5)]
    return "\n".join("  ".join(map(_padded, line, widths)).rstrip() for line in lines)


def _width(text: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))
