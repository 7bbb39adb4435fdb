"""A master secret as letters on paper, which tell themselves where they are copied wrong.

Eight groups hold the secret, a ninth holds a sum over all. The last letter of each group is its
check: one wrong letter, two letters or two groups changed with each other are always noticed, and
the group is named. The letters are Crockford's: no I, L, O, U; O is read as 0, I and L as 1.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from unicodedata import normalize

from dangjian_desktop.errors import InputError, Issue
from dangjian_desktop.masking import secret

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUPS, LONG = 9, 5
"""Groups of a code, letters of a group; the last letter is its check."""
_DATA = GROUPS - 1
_READ_AS = str.maketrans("OIL", "011")
_PARTS = re.compile("[0-9A-Z]+")
_NUMBER = re.compile(
    r"第 *[0-9一二三四五六七八九] *组(?:\(核对组\))?[ :]*|^ *[(]?[1-9][.、):] *", re.MULTILINE
)
"""The number of a group, as the sheet has it or as people write a list."""
_POLYNOMIAL = 0b100101
_WEIGHTS = (2, 3, 4, 5)
BOTH_LOST = (
    "密码和恢复码都丢失以后，谁也打不开资料库，程序的作者也不能。"
    "请把恢复码打印出来，与电脑分开保管，例如装入信封交上级党组织或放进保险柜。"
)
REMEDY = "请对照打印的恢复码逐组核对后重新输入。"


def code_of(master: bytes) -> tuple[str, ...]:
    """The nine groups."""
    number = int.from_bytes(master, "big")
    values = [(number >> 5 * place) & 31 for place in range(4 * _DATA - 1, -1, -1)]
    values += _sum(master)
    groups = [values[4 * place : 4 * place + 4] for place in range(GROUPS)]
    code = tuple(
        "".join(LETTERS[value] for value in (*group, _check(place, group)))
        for place, group in enumerate(groups)
    )
    secret(*code)
    return code


def written(groups: Sequence[str]) -> str:
    """The code in one line."""
    return "-".join(groups)


def read_code(text: str) -> bytes:
    """The master secret; raises ``InputError`` that names every group which is not right.

    Small letters, full width, blanks and dashes anywhere are read as well.
    """
    groups = _groups(text)
    if wrong := [place for place in range(GROUPS) if not _holds(place, groups[place])]:
        raise _wrong([(place, groups[place]) for place in wrong])
    values = [LETTERS.index(letter) for group in groups[:_DATA] for letter in group[:-1]]
    number = 0
    for value in values:
        number = number << 5 | value
    master = number.to_bytes(len(values) * 5 // 8, "big")
    if [LETTERS.index(letter) for letter in groups[_DATA][:-1]] != _sum(master):
        raise InputError("恢复码各组连起来与第9组（核对组）不符，其中有一组抄错。", REMEDY)
    return master


def mark_of(name: bytes) -> str:
    """By what the sheets of one library are told apart, from the name of the key; it is no secret
    and stands in the library's first bytes."""
    return name[:2].hex().upper()


def group_matches(text: str, group: str) -> bool:
    """Whether what was typed is this group, read as ``read_code`` reads."""
    return "".join(_parts(text)) == group


def _parts(text: str) -> list[str]:
    plain = _NUMBER.sub(" ", normalize("NFKC", text[:2_000]))
    return _PARTS.findall(plain.upper().translate(_READ_AS))


def _groups(text: str) -> list[str]:
    """Nine groups as they were parted, else as they come in one; raises where they are not nine."""
    parts = _parts(text)
    secret(*parts[: 2 * GROUPS], *re.findall(r"\w+", text[:200]))
    if not parts:
        raise InputError("没有读到恢复码的字母和数字。", "请输入恢复码纸上的9组字母和数字。")
    if len(parts) == GROUPS:
        return parts
    whole = "".join(parts)
    if len(parts) != _DATA or any(len(part) != LONG for part in parts):
        parts = [whole[start : start + LONG] for start in range(0, len(whole), LONG)]
    if len(parts) == _DATA and len(parts[-1]) == LONG:
        raise _missing(parts)
    if len(parts) != GROUPS:
        wrong = next((p for p, part in enumerate(parts[:GROUPS]) if not _holds(p, part)), None)
        near = "" if wrong is None else f"从第{wrong + 1}组起对不上。"
        size = f"{GROUPS}组、每组{LONG}个，共{GROUPS * LONG}个字母和数字"
        words = f"恢复码应有{size}，输入了{len(whole)}个。"
        raise InputError(f"{words}{near}", REMEDY)
    return parts


def _missing(parts: Sequence[str]) -> InputError:
    """Each group fits its own place only, so that the gap is where they begin to fit the next."""
    first = next((p for p, part in enumerate(parts) if not _holds(p, part)), _DATA)
    if all(_holds(place + 1, part) for place, part in enumerate(parts[first:], first)):
        words = f"恢复码缺少第{first + 1}组。"
    else:
        words = f"恢复码少了一组，第{first + 1}组起对不上。"
    return InputError(words, REMEDY, [Issue(words, field=str(first))])


def _wrong(groups: Sequence[tuple[int, str]]) -> InputError:
    issues = []
    for place, group in groups:
        strange = "".join(sorted({letter for letter in group if letter not in LETTERS}))
        words = f"第{place + 1}组不对"
        if len(group) != LONG:
            words += f"：有{len(group)}个，应为{LONG}个"
        elif strange:
            words += f"：恢复码里没有“{strange}”"
        issues.append(Issue(f"{words}。", field=str(place)))
    named = "、".join(f"第{place + 1}组" for place, _group in groups)
    return InputError(f"恢复码的{named}不对。", REMEDY, issues)


def _holds(place: int, group: str) -> bool:
    if len(group) != LONG or any(letter not in LETTERS for letter in group):
        return False
    *values, check = map(LETTERS.index, group)
    return _check(place, values) == check


def _check(place: int, values: Sequence[int]) -> int:
    """A sum in the field of 32 elements in which each letter has a weight of its own, and each
    place a number of its own."""
    found = place + 1
    for weight, value in zip(_WEIGHTS, values, strict=True):
        found ^= _times(weight, value)
    return found


def _times(one: int, other: int) -> int:
    product = 0
    for bit in range(5):
        if other >> bit & 1:
            product ^= one << bit
    for bit in range(4, -1, -1):
        if product >> bit + 5 & 1:
            product ^= _POLYNOMIAL << bit
    return product


def _sum(master: bytes) -> list[int]:
    number = int.from_bytes(hashlib.sha256(b"DJGZ" + master).digest()[:4], "big") >> 12
    return [(number >> shift) & 31 for shift in (15, 10, 5, 0)]
