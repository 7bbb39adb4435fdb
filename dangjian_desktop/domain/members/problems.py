"""What cannot be stored of a member, in sentences without the numbers themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dangjian_desktop.domain.members.identity import read_identity
from dangjian_desktop.domain.members.member import OUTSIDER, Member
from dangjian_desktop.domain.record import Facts, Problem

_READING = re.compile(r"[A-Za-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜêńňǹ0-5' ]+")
_NUMBERS = {
    "id_length": "身份证号应为18位，请核对",
    "id_checksum": "身份证号校验不符，请对照证件核对",
    "id_lost_digits": "身份证号不完整，请重新输入",
}


def member_problems(member: Member, facts: Facts) -> Iterator[Problem]:
    """Everything that cannot be, each with its field."""
    if not member.kinds and member.status_on(facts.today) != OUTSIDER:
        words = "请选择人员类别（正式党员或预备党员）"
        yield Problem("member_kind", words, "value_unknown")
    if member.pinyin and not _READING.fullmatch(member.pinyin):
        words = "拼音只写字母和声调，逐字用空格分开，例如 zeng guo liang"
        yield Problem("pinyin", words, "value_unknown")
    if member.id_number:
        yield from number_problems(member.id_number)
        same = [m for m in facts.members if m.id_number == member.id_number and m.id != member.id]
        if same:
            yield Problem("id_number", f"身份证号与{same[0].name}的相同，请核对", "id_duplicate")
    for name, label in (("birth_date", "出生日期"), ("join_date", "入党时间")):
        day = getattr(member, name)
        if day is not None and day.first > facts.today:
            yield Problem(name, f"{label}在将来，请核对", "date_order")
    if member.join_date and member.full_date and member.full_date.last < member.join_date.first:
        yield Problem("full_date", "转正时间早于入党时间，请核对", "date_order")


def number_problems(number: str) -> Iterator[Problem]:
    """What is wrong with an ID number by itself."""
    problem = read_identity(number).problem
    if problem:
        yield Problem("id_number", _NUMBERS[problem], problem)
