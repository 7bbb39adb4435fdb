"""What each blank of a form is filled from, kept with the library by the form's fingerprint."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from dangjian_desktop.domain.blank_forms.form import (
    BlankForm,
    LabelChange,
    changed_labels,
    likeness,
)
from dangjian_desktop.storage.work import Work

KEPT_MAPS = "blank_forms.maps"
"""Setting: by the fingerprint of a form, its title, its labels by key, and its map."""
_ALIKE = 0.6
_MOST = 200

Chosen = Mapping[str, str | None]
"""The source of each blank by its name; None is left empty on purpose."""


@dataclass(frozen=True, slots=True)
class KeptMap:
    """One of them: the labels that the form had, and the source of each by its name."""

    title: str
    labels: Mapping[str, str]
    sources: Chosen


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


def keep(work: Work, form: BlankForm, chosen: Chosen) -> None:
    """Keep a map; of more than 200 forms the one that was kept first goes."""
    maps = _maps(work)
    maps.pop(form.fingerprint, None)
    maps[form.fingerprint] = asdict(KeptMap(form.title, form.labels(), dict(chosen)))
    work.settings.put(KEPT_MAPS, dict([*maps.items()][-_MOST:]))


def _maps(work: Work) -> dict[str, Any]:
    return dict(work.settings.get(KEPT_MAPS, {}))
