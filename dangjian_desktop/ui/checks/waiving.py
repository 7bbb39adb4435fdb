"""说明情况: the written reason for which a finding is left standing, from any page."""

from __future__ import annotations

from functools import partial

from dangjian_desktop.domain.findings import Finding
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.ui.checks.verdicts import ReasonField
from dangjian_desktop.ui.desk.kept_form import KeptForm
from dangjian_desktop.ui.desk.shell import Shell

FORM = "waiver"
"""The name under which a reason that is not saved is kept, by rule and what it is about."""


def waive(desk: Desk, shell: Shell, finding: Finding, reason: str) -> None:
    """Keep the written reason; it can be taken back for ten seconds."""
    library = shell.jobs.library
    undo = partial(library, partial(desk.check.waive, finding, ""))
    said = partial(shell.toast, "已保存情况说明", undo)
    library(partial(_store, desk, finding, reason), lambda _none: said())


def _store(desk: Desk, finding: Finding, reason: str) -> None:
    desk.check.waive(finding, reason)
    desk.drafts.drop(FORM, ReasonField.key_of(finding))
    desk.unsaved.release(FORM, ReasonField.key_of(finding))


def keep_reason(desk: Desk, shell: Shell, field: ReasonField) -> None:
    """What is typed into the field is kept until it is saved."""

    def first() -> None:
        field.opened.disconnect(first)
        kept = KeptForm(
            desk,
            shell,
            FORM,
            name="情况说明",
            key=lambda: field.about,
            state=lambda: {"reason": field.line.text()},
            fill=lambda content: field.line.setText(str(content.get("reason") or "")),
            parent=field,
        )
        field.line.textEdited.connect(kept.touch)
        field.opened.connect(kept.look)
        kept.look()

    field.opened.connect(first)
