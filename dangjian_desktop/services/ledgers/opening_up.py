"""A ledger whose level is lowered would show to everybody what was entered behind a password."""

from __future__ import annotations

from collections.abc import Iterator

from dangjian_desktop.domain.ledgers.ledger import Ledger
from dangjian_desktop.domain.levels import Level
from dangjian_desktop.errors import Issue
from dangjian_desktop.services.ever_held import ever_held
from dangjian_desktop.services.ledgers import keeping
from dangjian_desktop.storage.work import Work


def opened_up(work: Work, present: Ledger, wanted: Ledger) -> Iterator[Issue]:
    """Why it may not become like this: sensitive words were entered, and would be so no longer."""
    if wanted.level is Level.SENSITIVE:
        return
    former = work.former_fields(present.code)
    known = {**former, **{field.name: field for field in present.all_fields}}
    whole = present.level is Level.SENSITIVE
    closed = {f.name for f in wanted.all_fields if f.secret}
    # What the new declaration does not name goes on being as closed as its field was.
    closed |= {n for n, field in known.items() if field.secret and wanted.named(n) is None}
    opened = {n: f for n, f in known.items() if (whole or f.secret) and n not in closed}
    store = keeping.store_of(work, present.code)
    count = sum(ever_held(store, opened, deleted=gone) for gone in (False, True)) if opened else 0
    if count:
        labels = "" if whole else f"的“{'”“'.join(field.label for field in opened.values())}”"
        text = (
            f"已有 {count} 条记录{labels}是作为敏感内容填写的（含以前的版本和回收站），"
            "知悉范围不能改低；请另设一本台账或另加一个字段。"
        )
        yield Issue(text, "invalid", "level" if whole else next(iter(opened)))
