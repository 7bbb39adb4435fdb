"""What each blank of a form is filled from, kept with the library by the form's fingerprint."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from dangjian_desktop.domain.blank_forms.form import (
    BlankForm,
    LabelChange,
    changed_labels,
    likeness,
)
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.references import KeptFile, Link
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.storage.work import Work

KEPT_MAPS = "blank_forms.maps"
"""Setting: by the fingerprint of a form, its title, its labels by key, its map, the blank form
itself as a kept file, and what it was filled for the last time."""
_ALIKE = 0.6
_MOST = 200

Chosen = Mapping[str, str | None]
"""The source of each blank by its name; None is left empty on purpose."""


@dataclass(frozen=True, slots=True)
class KeptMap:
    """One of them: the labels that the form had, and the source of each by its name.

    ``file`` is the blank form (``KeptFile``), ``filled`` the last ``Filling``, both as plain
    values; maps of earlier versions have neither.
    """

    title: str
    labels: Mapping[str, str]
    sources: Chosen
    file: Mapping[str, Any] | None = None
    filled: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """What a form was filled for, and on which day."""

    period: Period
    about: Link | None
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownForm:
    """A form that was filled before: ``name`` is that of its file, ``path`` where the blank lies
    (None where it is gone), ``about`` the title of the record that it was filled about."""

    fingerprint: str
    title: str
    name: str
    path: Path | None
    filled: Filling
    about: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What is kept for a form, and in what its labels differ from those it was kept for."""

    kept: KeptMap
    changes: tuple[LabelChange, ...]


def kept_for(work: Work, form: BlankForm) -> Found | None:
    """The map of this very form, else of the edition before it, else None."""
    maps = _maps(work)
    if form.fingerprint in maps:
        return Found(KeptMap(**maps[form.fingerprint]), ())
    labels = form.labels()
    known = [KeptMap(**plain) for plain in reversed(maps.values())]
    best = max(known, key=lambda kept: likeness(kept.labels, labels), default=None)
    if best is None or likeness(best.labels, labels) < _ALIKE:
        return None
    return Found(best, changed_labels(best.labels, labels))


def keep(
    work: Work,
    form: BlankForm,
    chosen: Chosen,
    file: KeptFile | None = None,
    filling: Filling | None = None,
) -> None:
    """Keep a map; of more than 200 forms the one that was kept first goes. Without a file or a
    filling those that are kept stay."""
    maps = _maps(work)
    old = KeptMap(**maps.pop(form.fingerprint, {"title": "", "labels": {}, "sources": {}}))
    made = KeptMap(
        form.title,
        form.labels(),
        dict(chosen),
        old.file if file is None else asdict(file),
        old.filled if filling is None else _plain(filling),
    )
    maps[form.fingerprint] = asdict(made)
    work.settings.put(KEPT_MAPS, dict([*maps.items()][-_MOST:]))


def forget(work: Work, fingerprint: str) -> None:
    """Keep a form no longer."""
    maps = _maps(work)
    maps.pop(fingerprint, None)
    work.settings.put(KEPT_MAPS, maps)


def fillings(work: Work) -> list[tuple[str, str, KeptFile, Filling]]:
    """Fingerprint, title, blank and last filling of every form that was filled, the newest
    first."""
    known = ((mark, KeptMap(**plain)) for mark, plain in reversed(_maps(work).items()))
    return [
        (mark, kept.title, KeptFile(**kept.file), _filling(kept.filled))
        for mark, kept in known
        if kept.file and kept.filled
    ]


def _plain(filling: Filling) -> dict[str, Any]:
    about = None if filling.about is None else [filling.about.subject, filling.about.uid]
    return {"period": str(filling.period), "about": about, "on": filling.on.isoformat()}


def _filling(plain: Mapping[str, Any]) -> Filling:
    about = Link(*plain["about"]) if plain["about"] else None
    return Filling(
        period=Period.parse(plain["period"]), about=about, on=date.fromisoformat(plain["on"])
    )


def _maps(work: Work) -> dict[str, Any]:
    return dict(work.settings.get(KEPT_MAPS, {}))
