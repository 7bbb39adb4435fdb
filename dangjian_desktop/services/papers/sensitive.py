"""What a paper holds that is kept behind a password: once written it lies open to everybody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dangjian_desktop.documents.model import Document
from dangjian_desktop.domain.field_texts import value_text
from dangjian_desktop.domain.ledgers.record import record_of
from dangjian_desktop.domain.record import Record, value_of
from dangjian_desktop.domain.showing import sensitive_fields
from dangjian_desktop.papers.catalogue import Paper
from dangjian_desktop.services.records.declaring import declared_of
from dangjian_desktop.storage.work import Work


def sensitive_in(work: Work, paper: Paper, record: Any) -> Mapping[str, str]:
    """The sensitive words of the record that a paper is about, by the label of their field."""
    declared = _declared(work, paper)
    values = getattr(record, "values", record)
    fields = () if declared is None else sensitive_fields(declared)
    told = {field.label: value_text(field, value_of(values, field)) for field in fields}
    return {label: text for label, text in told.items() if text.strip()}


def warning(held: Mapping[str, str], document: Document) -> str:
    """What is said where such a paper is printed or written; nothing where it holds none."""
    said = "\n".join(document.texts())
    labels = [label for label, text in held.items() if any(p in said for p in _lines(text))]
    words = (
        f"本表含敏感内容（{'、'.join(labels)}），打印的纸张和导出的文件不受密码保护，请妥善保管。"
    )
    return words if labels else ""


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _declared(work: Work, paper: Paper) -> Record | None:
    if paper.ledger is not None:
        return record_of(paper.ledger)
    known = declared_of(work)
    return next((record for record in known if record.code == paper.of), None)
