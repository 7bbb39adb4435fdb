"""The self-check of the sample year, finished, with an indicator among its sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dangjian_desktop.domain.assessments.record import ASSESSMENT
from dangjian_desktop.domain.fusion.record import INDICATOR
from dangjian_desktop.services.assessments.assessments import AssessmentService
from dangjian_desktop.services.record_services import service_of
from dangjian_desktop.storage.library import Library


def fill_assessments(library: Library, told: Sequence[Mapping[str, Any]]) -> None:
    """Entries in the JSON of the contract, in which an indicator stands by its name."""
    known = {each.name: each.id for each in service_of(library, INDICATOR.code).all()}
    for entry in told:
        rows = [
            {**row, "indicator": [known[name] for name in row.get("indicator", ())]}
            for row in entry["criteria"]
        ]
        made = service_of(library, ASSESSMENT.code).import_json({**entry, "criteria": rows})
        AssessmentService(library).finish(made["ids"][0])
