"""A finding is accepted with a written reason, which can be taken back for ten seconds."""

from __future__ import annotations

from functools import partial

from dangjian_desktop.domain.findings import Finding
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.ui.desk.shell import Shell


def waive(desk: Desk, shell: Shell, finding: Finding, reason: str) -> None:
    """Keep the reason."""
    check, library = desk.check, shell.jobs.library
    undo = partial(library, partial(check.waive, finding, ""))
    said = partial(shell.toast, "已保存情况说明", undo)
    library(partial(check.waive, finding, reason), lambda _none: said())
