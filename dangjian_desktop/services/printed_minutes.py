"""Minutes are also sealed in a file of their own when they are printed."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable

from dangjian_desktop.errors import BlockedError
from dangjian_desktop.storage.copies.minutes import Kept, keep_minutes, version_kept
from dangjian_desktop.storage.file.moments import stamp
from dangjian_desktop.storage.library import Library
from dangjian_desktop.storage.work import Work

LOG = logging.getLogger(__name__)


def keep_printed(library: Library, uids: Iterable[str]) -> None:
    """Seal these sittings as they are now. The print stands where that fails: the next copy makes
    up for it."""
    with library.reading() as work:
        about = {"branch": _branch(work), "library": work.identity}
        kept = [_kept(work, uid) for uid in uids]
    try:
        for each in kept:
            if version_kept(library.path, each.uid) != each.version:
                keep_minutes(library.path, about, each)
    except BlockedError as error:
        LOG.warning("printed minutes were not sealed: %s", type(error).__name__)


def keep_up_printed(library: Library) -> None:
    """Seal what was printed and has no file of its own yet, or an older one."""
    with library.reading() as work:
        printed = work.prints.latest()
    behind = [u for u, version in printed.items() if version_kept(library.path, u) < version]
    if behind:
        keep_printed(library, behind)


def _branch(work: Work) -> str:
    return work.branch.get().periods[-1].name


def _kept(work: Work, uid: str) -> Kept:
    store = work.meetings
    state = json.loads(store.keeping.text(store.get([uid])[uid]))
    return Kept(uid, store.revision_number(uid), stamp(), state)
