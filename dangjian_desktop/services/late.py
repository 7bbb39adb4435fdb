"""Services that are imported when they are first asked for."""

from __future__ import annotations

from threading import RLock
from typing import Generic, TypeVar, overload

from dangjian_desktop.late import Late

T = TypeVar("T")
_MAKING = RLock()


class Service(Generic[T]):
    """An attribute that ``module:function`` of ``services`` makes, once, when it is asked for.

    The function gets those attributes of the owner that ``given`` names. The first page of the
    window needs a third of what all services import.
    """

    def __init__(self, place: str, *given: str) -> None:
        self.late = Late(f"services.{place}")
        self._given = given or ("_library", "clock")
        self._name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, owner: None, of: type) -> Service[T]: ...
    @overload
    def __get__(self, owner: object, of: type) -> T: ...
    def __get__(self, owner: object | None, of: type) -> Service[T] | T:
        if owner is None:
            return self
        make, made = self.late.read(), vars(owner)
        with _MAKING:
            if self._name not in made:
                # From now on it hides this attribute.
                made[self._name] = make(*(getattr(owner, name) for name in self._given))
            found: T = made[self._name]
            return found
