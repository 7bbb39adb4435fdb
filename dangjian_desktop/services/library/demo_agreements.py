"""The 责任状 of the sample year, one of them signed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from dangjian_desktop.domain.agreements.record import AGREEMENT
from dangjian_desktop.domain.fusion.record import INDICATOR
from dangjian_desktop.domain.items.record import ITEM
from dangjian_desktop.services.agreements.agreements import AgreementService
from dangjian_desktop.services.record_services import service_of
from dangjian_desktop.storage.library import Library


def fill_agreements(library: Library, told: Sequence[Mapping[str, Any]]) -> None:
    """Import what the file tells, its items and indicators by their words; then sign."""
    items = {item.content: item.id for item in service_of(library, ITEM.code).all()}
    indicators = {each.name: each.id for each in service_of(library, INDICATOR.code).all()}
    plain = [
        {
            **{name: value for name, value in each.items() if name != "signed_on"},
            "items": [{"subject": ITEM.code, "id": items[words]} for words in each["items"]],
            "indicators": [
                {"subject": INDICATOR.code, "id": indicators[name]} for name in each["indicators"]
            ],
        }
        for each in told
    ]
    ids = service_of(library, AGREEMENT.code).import_json(plain)["ids"]
    for uid, each in zip(ids, told, strict=True):
        if "signed_on" in each:
            AgreementService(library).sign(uid, date.fromisoformat(each["signed_on"]))
