"""What the branch calls its three lists."""

from __future__ import annotations

from collections.abc import Mapping

from dangjian_desktop.domain.items.item import ItemKind
from dangjian_desktop.storage.work import Work

SETTING = "item_lists"
"""The setting with the names of the three lists, by the code of the kind."""
USUAL = {kind: f"{kind.label}清单" for kind in ItemKind}


def list_titles(work: Work) -> Mapping[ItemKind, str]:
    """问题清单, 任务清单, 责任清单, unless the branch calls them otherwise."""
    own = work.settings.get(SETTING, {})
    return {kind: own.get(kind.value) or title for kind, title in USUAL.items()}
