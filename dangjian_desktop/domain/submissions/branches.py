"""Whose text it is: the branches that it names."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

_BRANCH = re.compile(r"[\u4e00-\u9fff0-9A-Za-z（）()]{2,30}?(?:党支部|支部委员会)")
_UNIT = re.compile(
    r"(?:公司|集团|中心|车间|社区|街道|机关|退休|离退休干部|第?[一二三四五六七八九十百\d]+"
    r"|[队科部处室厂矿区段站所院校局村镇乡办班店行])$"
)
_BEFORE = re.compile(
    r"^.*?(?:关于|收到|请|由|向|对|给|致|将|经|转发|同意|退回|查阅|审阅|审核|希望|要求)(?=.{2})"
)
_ALL = re.compile(r"^(?:各|所有|全体|全部|有关|相关|其他|其它|哪|某|本|你|我|该|贵)")


def branches_in(text: str) -> tuple[str, ...]:
    """Every name of a branch in the text, each once: one of a unit, as 机电队党支部 is; 各党支部
    and the like name none."""
    found: dict[str, None] = {}
    for each in _BRANCH.finditer(re.sub(r"\s+", "", text)):
        named = _BEFORE.sub("", each[0])
        stem = named.removesuffix("支部委员会").removesuffix("党支部").removeprefix("中共")
        if len(stem) > 1 and _UNIT.search(stem) and not _ALL.match(stem):
            found[named] = None
    return tuple(found)


def foreign_branches(text: str, ours: Iterable[str]) -> tuple[str, ...]:
    """The branches that a text names, where it names none of ``ours``; nothing where it does, by
    the whole name or by its end (机关党支部)."""
    plain = re.sub(r"\s+", "", text)
    stems = {stem for name in ours if (stem := stem_of(name))}
    named = branches_in(plain)
    if any(stem in plain for stem in stems):
        return ()
    return () if any(is_ours(stem_of(each), stems) for each in named) else named


def is_ours(stem: str, ours: Collection[str]) -> bool:
    """Whether a stem is one of ours or the end of one, as the short name is of the full one; no
    shorter than our shortest: 运输队 is not 机电运输队."""
    least = min(map(len, ours), default=0) if len(ours) > 1 else 0
    return any(
        stem.endswith(own) or (len(stem) >= least and own.endswith(stem)) for own in ours if stem
    )


def stem_of(name: str) -> str:
    """The name without 中共 and what every branch ends with: it tells that the full name and the
    short one are the same, one ending with the other."""
    plain = re.sub(r"\s+", "", name).removeprefix("中共")
    return plain.removesuffix("支部委员会").removesuffix("党支部").removesuffix("支部")
