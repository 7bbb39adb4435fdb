"""What a record may name: a person, another record, a file kept with the library."""

from __future__ import annotations

from dangjian_desktop.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Person:
    """A name as the paper carries it, with the member's id where it is a member."""

    name: str
    member_id: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """Another record: ``subject`` is its code, ``uid`` its id, ``item`` a part of it."""

    subject: str
    uid: str
    item: str | None = None


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file kept with the library; ``size`` in bytes, ``name`` as the user knows it."""

    uid: str
    name: str
    sha256: str
    size: int
    note: str = ""
