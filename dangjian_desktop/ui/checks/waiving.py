"""说明情况: the written reason for which a finding is left standing, from any page."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from dangjian_desktop.domain.findings import Finding
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.ui.checks.verdicts import ReasonField
from dangjian_desktop.ui.desk.kept_form import KeptForm
from dangjian_desktop.ui.desk.shell import Shell

FORM = "waiver"
"""The name under which a reason that is not saved is kept, by rule and what it is about."""


def waive(desk: Desk, shell: Shell, findings: Sequence[Finding], reason: str) -> None:
    """Keep the written reason with each of these; it can be taken back for ten seconds."""
    library, (first, *others) = shell.jobs.library, findings
    undo = partial(library, partial(desk.check.waive, first, "", *others))
    words = f"已保存{len(findings)}条情况说明" if others else "已保存情况说明"
    said = partial(shell.toast, words, undo)
    library(partial(_store, desk, findings, reason), lambda _none: said())


def take_back(desk: Desk, shell: Shell, findings: Sequence[Finding]) -> None:
    """Take the reasons of these back; for ten seconds each can have its own again."""
    library, (first, *others) = shell.jobs.library, findings

    def again() -> None:
        for finding in findings:
            desk.check.waive(finding, finding.waiver or "")

    words = f"已撤回{len(findings)}条情况说明" if others else "已撤回情况说明"
    said = partial(shell.toast, words, partial(library, again))
    library(partial(desk.check.waive, first, "", *others), lambda _none: said())


def _store(desk: Desk, findings: Sequence[Finding], reason: str) -> None:
    first, *others = findings
    desk.check.waive(first, reason, *others)
    desk.drafts.drop(FORM, ReasonField.key_of(first))
    desk.unsaved.release(FORM, ReasonField.key_of(first))


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
