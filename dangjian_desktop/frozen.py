"""``dataclass`` as Python has it; this program's usual one, frozen and with slots, takes a third of
the time to make.

Python compiles six functions for each class, which was a sixth of every start. Here it is
``__init__`` alone, which is called most; the others are the same for all classes.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from dataclasses import MISSING, Field, FrozenInstanceError
from operator import attrgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(**wanted: bool) -> Callable[[type], type]:
        """As ``dataclasses.dataclass``; ``InitVar`` is not for a frozen one with slots."""

        def made(cls: type) -> type:
            usual = {"frozen", "slots"} <= wanted.keys() <= {"frozen", "slots", "kw_only"}
            if not usual or any(map(dataclasses.is_dataclass, cls.__bases__)):
                return dataclasses.dataclass(**wanted)(cls)
            return _frozen(cls, kw_only=wanted.get("kw_only", False))

        return made


__all__ = ["dataclass"]


def _frozen(cls: Any, *, kw_only: bool) -> Any:
    own = vars(cls)
    made = dataclasses.dataclass(cls, init=False, repr=False, eq=False, slots=True, kw_only=kw_only)
    made.__dataclass_params__.frozen = True  # who inherits from it has to be so too
    fields = dataclasses.fields(made)
    methods = {"__init__": _init(made, fields), **_compared([f.name for f in fields if f.compare])}
    for name, method in (*methods.items(), *_SHARED.items()):
        # Beside an ``__eq__`` of its own a class has None for ``__hash__``.
        if own.get(name) is None:
            setattr(made, name, method)
    return made


def _init(cls: type, fields: Iterable[Field[Any]]) -> Any:
    known: dict[str, Any] = {"__name__": cls.__module__, "_set": object.__setattr__, "_no": MISSING}
    plain, named, body = ["self"], ["*"], []
    for field in fields:
        name, told, value = field.name, "", field.name
        if field.default is not MISSING:
            known[f"_{name}"], told = field.default, f"=_{name}"
        elif field.default_factory is not MISSING:
            known[f"_{name}"], told = field.default_factory, "=_no"
            value = f"_{name}() if {name} is _no else {name}"
        if field.init:
            (named if field.kw_only else plain).append(f"{name}{told}")
        elif told:
            value = f"_{name}()" if told == "=_no" else f"_{name}"
        if field.init or told:
            body.append(f" _set(self, {name!r}, {value})")
    if hasattr(cls, "__post_init__"):
        body.append(" self.__post_init__()")
    taken = ", ".join([*plain, *(named if named[1:] else ())])
    exec("\n".join([f"def __init__({taken}):", *body, " return None"]), known)
    made = known["__init__"]
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    made.__annotations__ = {f.name: f.type for f in fields if f.init} | {"return": None}
    return made


def _compared(names: list[str]) -> dict[str, Any]:
    value = attrgetter(*names) if names else type

    def _eq(self: Any, other: object) -> Any:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return value(self) == value(other)

    def _hash(self: Any) -> int:
        return hash(value(self))

    return {"__eq__": _eq, "__hash__": _hash}


def _repr(self: Any) -> str:
    shown = (f.name for f in dataclasses.fields(self) if f.repr)
    told = ", ".join(f"{name}={getattr(self, name)!r}" for name in shown)
    return f"{self.__class__.__qualname__}({told})"


def _set(_self: Any, name: str, _value: object) -> None:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _delete(_self: Any, name: str) -> None:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[Any]:
    return [getattr(self, f.name) for f in dataclasses.fields(self)]


def _restore(self: Any, state: Iterable[Any]) -> None:
    for field, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, field.name, value)


_SHARED = {
    "__repr__": _repr,
    "__setattr__": _set,
    "__delattr__": _delete,
    "__getstate__": _state,
    "__setstate__": _restore,
}
