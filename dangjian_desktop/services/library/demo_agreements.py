"""The 责任状 of the sample year, one of them signed, its clauses out of the branch's template."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from dangjian_desktop import paths
from dangjian_desktop.domain.agreements.record import AGREEMENT
from dangjian_desktop.domain.fusion.record import INDICATOR
from dangjian_desktop.domain.items.record import ITEM
from dangjian_desktop.services.agreements.agreements import AgreementService
from dangjian_desktop.services.files import write_file
from dangjian_desktop.services.lending import lent
from dangjian_desktop.services.record_services import service_of
from dangjian_desktop.services.templates.keeping import TemplateService
from dangjian_desktop.storage.library import Library

_CLAUSES = "责任状承诺条款"
_LATER = ("template", "signed_on")


def fill_agreements(library: Library, told: Sequence[Mapping[str, Any]]) -> None:
    """Import what the file tells, its items and indicators by their words; then take the clauses
    and sign."""
    with lent() as folder:
        data = paths.resources("demo", "forms", "clauses.docx").read_bytes()
        TemplateService(library, datetime.now).add(write_file(folder, _CLAUSES, ".docx", data))
    agreements = AgreementService(library)
    items = {item.content: item.id for item in service_of(library, ITEM.code).all()}
    indicators = {each.name: each.id for each in service_of(library, INDICATOR.code).all()}
    plain = [
        {
            **{name: value for name, value in each.items() if name not in _LATER},
            "items": [{"subject": ITEM.code, "id": items[words]} for words in each["items"]],
            "indicators": [
                {"subject": INDICATOR.code, "id": indicators[name]} for name in each["indicators"]
            ],
        }
        for each in told
    ]
    ids = service_of(library, AGREEMENT.code).import_json(plain)["ids"]
    for uid, each in zip(ids, told, strict=True):
        if "template" in each:
            agreements.take_clauses(uid, each["template"])
        if "signed_on" in each:
            agreements.sign(uid, date.fromisoformat(each["signed_on"]))
