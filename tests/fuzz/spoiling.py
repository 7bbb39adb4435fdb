"""Spoiled inputs: made from good ones, the same for the same seed on every machine."""

from __future__ import annotations

import copy
from random import Random
from typing import Any

VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1, 7.5, 10**18, -0.0, float("inf"), float("nan"), 1e308),
    *("", " ", "\u3000", "\x00", "\u202e", "\ufeff", "\ud800", "\u200b\u200d", "甲" * 3000),
    *("2026-02-30", "2026-13", "0000-00-00", "9999-12-31", "1900-01-01", "24:60", "明天"),
    *("1e999", "-1", "１２", "½", "〇", "NaN", "true", "null", "张三、张三", "../x", "=1+1"),
    *([], {}, [[]], [None], [{}], {"": None}, {"id": []}, {"id": {}}, ["张三"] * 120, [[[[[[]]]]]]),
    *({"name": []}, {"name": "张三", "id_number_tail": 7}, {"name": None}),
)
KEYS = ("id", "", "名称", "deleted", "__class__", "x" * 300)


def spoiled(plain: Any, random: Random) -> Any:
    """A copy in which one to four places were made wrong."""
    made = copy.deepcopy(plain)
    for _ in range(random.randint(1, 4)):
        made = _hit(made, random)
    return made


def _hit(plain: Any, random: Random) -> Any:
    if isinstance(plain, dict) and plain and random.random() < 0.9:
        key = random.choice(sorted(plain, key=str))
        _in_mapping(plain, key, random)
        return plain
    if isinstance(plain, list) and plain and random.random() < 0.9:
        _in_list(plain, random)
        return plain
    return copy.deepcopy(random.choice(VALUES))


def _in_mapping(plain: dict[Any, Any], key: Any, random: Random) -> None:
    turn = random.random()
    if turn < 0.08:
        del plain[key]
    elif turn < 0.16:
        plain[random.choice(KEYS)] = copy.deepcopy(random.choice(VALUES))
    else:
        plain[key] = _hit(plain[key], random)


def _in_list(plain: list[Any], random: Random) -> None:
    place, turn = random.randrange(len(plain)), random.random()
    if turn < 0.08:
        del plain[place]
    elif turn < 0.16:
        plain.insert(place, copy.deepcopy(plain[place]))
    elif turn < 0.18:
        plain.extend(copy.deepcopy(plain[place]) for _ in range(100))
    else:
        plain[place] = _hit(plain[place], random)


def spoiled_text(text: str, random: Random) -> str:
    """A text in which pieces were lost, doubled, moved or put in."""
    for _ in range(random.randint(1, 4)):
        start = random.randrange(len(text) + 1)
        end = min(len(text), start + random.choice((1, 2, 5, 40)))
        piece = random.choice((*(v for v in VALUES if isinstance(v, str)), text[start:end] * 2, ""))
        text = text[:start] + piece + text[end:]
    return text


def spoiled_bytes(data: bytes, random: Random) -> bytes:
    """Bytes of which some were changed, cut off or doubled."""
    made = bytearray(data)
    for _ in range(random.randint(1, 6)):
        if made:
            made[random.randrange(len(made))] = random.randrange(256)
    if random.random() < 0.2:
        made = made[: random.randrange(len(made) + 1)]
    return bytes(made * 2 if random.random() < 0.05 else made)
