"""What is made here is what Python makes: each class is made by both and asked the same."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
from dataclasses import FrozenInstanceError, field, replace
from typing import ClassVar

import pytest

from dangjian_desktop import frozen

MADE: list[tuple[type, type]] = []
"""Each class as Python makes it and as the program does."""


def both(**wanted):
    def made(cls):
        again = type(cls)(cls.__name__, cls.__bases__, dict(vars(cls)))
        found = dataclasses.dataclass(**wanted)(cls), frozen.dataclass(**wanted)(again)
        MADE.append(found)
        return found

    return made


@both(frozen=True, slots=True)
class Plain:
    name: str
    count: int = 3
    parts: list[str] = field(default_factory=list, hash=False, compare=False)
    hidden: str = field(default="x", repr=False)
    derived: str = field(init=False, compare=False)
    kept: dict[str, int] = field(init=False, default_factory=dict, compare=False)
    fixed: int = field(init=False, default=7)
    many: ClassVar[int] = 5

    def __post_init__(self):
        object.__setattr__(self, "derived", self.name * 2)

    @property
    def doubled(self):
        return self.count * 2


@both(frozen=True, slots=True, kw_only=True)
class Named:
    """With a docstring."""

    value: str = "甲"
    wanted: int
    spot: int = field(default=1, kw_only=False)


@both(frozen=True, slots=True)
class Nothing:
    pass


@both(frozen=True, slots=True)
class Written:  # noqa: PLW1641 - it is given one
    one: int

    def __repr__(self):
        return f"<{self.one}>"

    def __eq__(self, other):
        return self.one // 10 == other.one // 10


@both(frozen=True, slots=True, order=True)
class Ordered:
    one: int


VALUES = {
    "Plain": [{"name": "甲"}, {"name": "甲", "count": 4}, {"name": "甲", "parts": ["乙"]}],
    "Named": [{"wanted": 1}, {"wanted": 1, "value": "乙"}, {"wanted": 1, "spot": 2}],
    "Nothing": [{}, {}],
    "Written": [{"one": 10}, {"one": 11}, {"one": 20}],
    "Ordered": [{"one": 1}, {"one": 2}],
}


def told(cls):
    """All that can be asked of a class and what it makes."""
    objects = [cls(**values) for values in VALUES[cls.__name__]]
    yield [(p.name, p.kind, p.annotation) for p in inspect.signature(cls).parameters.values()]
    yield cls.__match_args__, cls.__slots__
    yield [(f.name, f.init, f.compare, f.kw_only) for f in dataclasses.fields(cls)]
    yield [repr(each) for each in objects]
    yield [one == other for one in objects for other in objects]
    yield [one == 1 for one in objects if cls.__name__ != "Written"]
    equal = [(one, other) for one in objects for other in objects if one == other]
    if cls.__name__ != "Written":
        yield [hash(one) == hash(other) for one, other in equal]
        yield len(set(objects))
    yield [dataclasses.asdict(each) for each in objects]
    yield [repr(replace(each)) == repr(each) for each in objects]
    yield [repr(copy.copy(each)) + repr(copy.deepcopy(each)) for each in objects]
    for act in (setattr, lambda each, name, _value: delattr(each, name)):
        yield [refused(act, each, name, 1) for each in objects for name in cls.__slots__]
    yield refused(cls, strange=1), refused(cls, *range(9))
    yield hasattr(objects[0], "__dict__")


def refused(act, *what, **named):
    with pytest.raises((FrozenInstanceError, TypeError)) as caught:
        act(*what, **named)
    return caught.type, str(caught.value)


@pytest.mark.parametrize("pair", MADE, ids=lambda pair: pair[0].__name__)
def test_it_is_as_python_makes_it(pair):
    of_python, ours = map(list, map(told, pair))
    assert ours == of_python


@frozen.dataclass(frozen=True, slots=True)
class Kept:
    one: int
    two: tuple[str, ...] = ()


def test_it_is_pickled():
    assert pickle.loads(pickle.dumps(Kept(3, ("甲",)))) == Kept(3, ("甲",))


@pytest.mark.parametrize("make", [dataclasses.dataclass, frozen.dataclass])
def test_it_is_inherited_from(make):
    @make(frozen=True, slots=True)
    class More(Kept):
        three: int = 3

    made = More(1, three=4)
    assert (repr(made).endswith("More(one=1, two=(), three=4)"), made) == (True, More(1, (), 4))
    assert made != More(2, (), 4)
    with pytest.raises(FrozenInstanceError):
        made.one = 2


def test_nothing_is_put_on_it():
    with pytest.raises(FrozenInstanceError, match="strange"):
        Kept(1).strange = 2
