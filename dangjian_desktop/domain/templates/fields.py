"""The fields of templates: how each is written, and which of a template are none of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from dangjian_desktop.domain.blank_forms.form import BlankKind
from dangjian_desktop.domain.blank_forms.sources import Source
from dangjian_desktop.frozen import dataclass

LISTS = "rows"
"""Lists stand below it, since "members.formal" counts whom "rows.members" names."""
ROW = "[]"
WHOLE = "text"
_LIKE = 0.6
_DIGIT = re.compile(r"\.(?=\d)")


@dataclass(frozen=True, slots=True)
class TemplateField:
    """A value that a template may use: its ``path`` stands in {{ }}, of a list behind "in".

    ``key`` is that of its source; a list has ``columns``, each with its path within a row.
    """

    path: str
    label: str
    group: str
    key: str
    columns: tuple[TemplateField, ...] = ()

    @property
    def written(self) -> str:
        """How it stands in a template; of a list, how its loop over the rows of a table begins."""
        if not self.columns:
            return f"{{{{ {self.path} }}}}"
        return f"{{%tr for r in {self.path} %}}"

    @property
    def table(self) -> tuple[tuple[str, ...], ...]:
        """The rows of a table for a list: headings, where the loop begins, a row, where it ends."""
        spare = ("",) * (len(self.columns) - 1)
        return (
            tuple(column.label for column in self.columns),
            (self.written, *spare),
            tuple(f"{{{{ r.{column.path} }}}}" for column in self.columns),
            ("{%tr endfor %}", *spare),
        )


@dataclass(frozen=True, slots=True)
class Misspelled:
    """A placeholder that names no field, and the field that it is like, if there is one.

    ``of`` is what it is a field of, where nobody said of which one: 党员.
    """

    path: str
    like: TemplateField | None
    of: str = ""

    @property
    def words(self) -> str:
        """没有“member.nmae”这项内容，是不是“member.name”（姓名）？"""
        said = f"没有“{self.path.replace(ROW, '')}”这项内容"
        like = self.like
        return f"{said}，是不是“{like.path}”（{like.label}）？" if like else f"{said}。"


def template_fields(sources: Iterable[Source]) -> tuple[TemplateField, ...]:
    """The fields that these sources make, in their order."""
    given = list(sources)
    values = [source for source in given if source.kind is not BlankKind.ROWS]
    above = {part for source in values for part in _above(_dotted(source.key))}
    return tuple(
        TemplateField(
            _list_path(source.key), source.label, source.group, source.key, _columns(source)
        )
        if source.kind is BlankKind.ROWS
        else TemplateField(_value_path(source.key, above), source.label, source.group, source.key)
        for source in given
    )


def misspelled(
    used: Sequence[str], fields: Sequence[TemplateField], about: Mapping[str, str] | None = None
) -> tuple[Misspelled, ...]:
    """Those of the paths that a template reads which are no fields, in their order.

    ``about`` names by their codes the records that it might be about, but was not told of.
    """
    known = every_path(fields)
    found = [path for path in used if path not in known]
    return tuple(Misspelled(path, _like(path, known), _of(path, about or {})) for path in found)


def every_path(fields: Iterable[TemplateField]) -> dict[str, TemplateField]:
    """Each path that a template may read, with its field; lists, their rows and the columns too."""
    known: dict[str, TemplateField] = {}
    for field in fields:
        known[field.path] = field
        if field.columns:
            known[f"{field.path}{ROW}"] = field
            known |= {f"{field.path}{ROW}.{each.path}": each for each in field.columns}
    return known


def nested(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values by their paths as a template reads them: one mapping within the other."""
    found: dict[str, Any] = {}
    for path, value in values.items():
        place = found
        *above, name = path.split(".")
        for part in above:
            place = place.setdefault(part, {})
        place[name] = value
    return found


def _columns(source: Source) -> tuple[TemplateField, ...]:
    # A row has one value by a name: what is counted stands before what is called the same.
    named = {column.key.replace(".", "_"): column for column in reversed(source.columns)}
    return tuple(
        TemplateField(path, column.label, "", column.key)
        for path, column in reversed(named.items())
    )


def _value_path(key: str, above: set[str]) -> str:
    path = _dotted(key)
    return f"{path}.{WHOLE}" if path in above else path


def _list_path(key: str) -> str:
    return f"{LISTS}.{key.replace(':', '_').replace('.', '_')}"


def _dotted(key: str) -> str:
    # No name begins with a digit: members.age.n31_35.
    return _DIGIT.sub(".n", key.replace(":", "."))


def _above(path: str) -> Iterable[str]:
    parts = path.split(".")
    return (".".join(parts[:number]) for number in range(1, len(parts)))


def _of(path: str, about: Mapping[str, str]) -> str:
    starts = {code: (f"{code}.", f"{LISTS}.{code}_") for code in about}
    return next((about[code] for code, start in starts.items() if path.startswith(start)), "")


def _like(path: str, known: Mapping[str, TemplateField]) -> TemplateField | None:
    """By how it is written, or by its label: people write 支部名称."""
    above, _dot, last = path.rpartition(".")
    within = dict(_labelled(known, above))
    named = within.get(last) or next((f for label, f in within.items() if last in label), None)
    if named is None and not last.isascii():
        close = get_close_matches(last, within, 1, _LIKE)
        named = within[close[0]] if close else None
    near = get_close_matches(path, known, 1, _LIKE)
    return named or (known[near[0]] if near else None)


def _labelled(
    known: Mapping[str, TemplateField], above: str
) -> Iterable[tuple[str, TemplateField]]:
    """Labels and fields: of the rows of a list where it is one, else of what is no row."""
    inside = above if ROW in above else ""
    for path, field in known.items():
        holder = path.rpartition(".")[0]
        if (holder == inside) if inside else (ROW not in path):
            yield field.label, field
