"""Who may see what: one answer for every way on which something leaves a record."""

from __future__ import annotations

from enum import StrEnum

from dangjian_desktop.domain.labelled import Labelled


class Level(Labelled):
    """Who may see it: everybody, the branch (full profile only), or behind a password."""

    PUBLIC = "public", "公开"
    INTERNAL = "internal", "内部"
    SENSITIVE = "sensitive", "敏感"


class Outlet(StrEnum):
    """A way on which something is seen: the record itself looked at, its own print asked for by
    hand, lists and tables of many, the words around a hit, the report and other pages that tell of
    it, a workbook, the folder of everything for people, a package or workbook that is covered, a
    package that is not, a superior's form or a template."""

    CARD = "card"
    PRINT = "print"
    LIST = "list"
    SEARCH = "search"
    TOLD = "told"
    WORKBOOK = "workbook"
    EVERYTHING = "everything"
    MASKED = "masked"
    PACKAGE = "package"
    FORM = "form"


ITSELF = frozenset({Outlet.CARD, Outlet.PRINT})
"""Ways on which one record alone is seen, by whoever asked for that very one."""


def may_be_shown(level: Level, outlet: Outlet, *, protected: bool = True) -> bool:
    """Whether what has this level may be seen there; nothing sensitive without a password."""
    if level is Level.SENSITIVE:
        return protected and outlet in ITSELF
    return level is Level.PUBLIC or outlet is not Outlet.MASKED
