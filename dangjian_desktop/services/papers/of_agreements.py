"""What papers of a 责任状 are about."""

from __future__ import annotations

from dangjian_desktop.domain.agreements.agreement import Agreement
from dangjian_desktop.domain.agreements.record import AGREEMENT
from dangjian_desktop.papers.agreements.sheet import AgreementSheet
from dangjian_desktop.services.agreements.terms import told
from dangjian_desktop.services.papers.sheets import Asked
from dangjian_desktop.storage.work import Work


def of_agreement(work: Work, asked: Asked) -> AgreementSheet:
    """As it was signed; before that with what its items and indicators tell now. An empty one
    where there is none."""
    found: Agreement | None = asked.record
    if found is None:
        day = asked.today
        return AgreementSheet(branch=work.branch.on(day), stamp=asked.stamp(work), day=day)
    day = found.signed_on or min(asked.today, found.starts)
    version = work.of(AGREEMENT.code).revision_number(found.id) or None
    return AgreementSheet(
        branch=work.branch.on(day),
        stamp=asked.stamp(work, version),
        day=day,
        agreement=told(work, found, asked.today),
    )
