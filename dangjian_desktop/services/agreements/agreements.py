"""责任状 of one library: begun, signed, taken back; the clauses out of a template of the branch."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date

from dangjian_desktop.documents.word_lines import word_lines
from dangjian_desktop.domain.agreements.agreement import (
    SIGNED,
    Agreement,
    Withdrawal,
    agreement_problems,
)
from dangjian_desktop.domain.agreements.record import AGREEMENT
from dangjian_desktop.domain.record import Problem
from dangjian_desktop.domain.references import KeptFile
from dangjian_desktop.domain.templates.template import Template
from dangjian_desktop.domain.texts import clean
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.errors import InputError, Issue
from dangjian_desktop.services.agreements.terms import gone, told
from dangjian_desktop.services.items.rules import found_later
from dangjian_desktop.services.judged import judged_day
from dangjian_desktop.services.of_library import OfLibrary
from dangjian_desktop.services.record_services import service_of
from dangjian_desktop.services.records.declaring import facts_of
from dangjian_desktop.services.records.writing import State, to_state
from dangjian_desktop.services.templates.keeping import TemplateService
from dangjian_desktop.storage.work import Work

_REMEDY = "请按提示处理后再试，责任状没有改动。"
_AGAIN = ("title", "issuer", "issuer_post", "signer", "signer_post", "clauses")
"""What a new one takes over from an earlier one: nothing of a time, and nothing that counts."""


class AgreementService(OfLibrary):
    """Works on the 责任状 of one library; ``clock`` tells the present time."""

    def begun(self, which: str) -> State:
        """What a new one begins with: the present year, and the words and parties of an earlier
        one, by its id."""
        with self._library.reading() as work:
            year = judged_day(work, self._clock().date()).year
            known: Agreement | None = work.of(AGREEMENT.code).one(which) if which else None
        begin: State = {"starts": f"{year}-01-01", "ends": f"{year}-12-31"}
        if known is None:
            return begin | {"title": f"{year}年度责任状"}
        state = to_state(AGREEMENT, known)
        return begin | {name: state.get(name) for name in _AGAIN}

    def sign(self, uid: str, on: date, files: Sequence[KeptFile] = ()) -> Agreement:
        """Take down the day of signing, and with it what its items and indicators tell now.

        Raises ``InputError`` where it is signed, or names what is gone.
        """

        def signed(work: Work, before: Agreement) -> tuple[Agreement, Iterable[Problem]]:
            if before.signed_on is not None:
                words = f"已于{before.signed_on}签订；签错了的请先撤回签订"
                return before, [Problem(SIGNED, words)]
            made = replace(told(work, before, on), signed_on=on, files=(*before.files, *files))
            return made, (*gone(made), *found_later(work, before.items, on))

        return self._changed(uid, signed)

    def withdraw(self, uid: str, reason: str, on: date | None = None) -> Agreement:
        """Take the signing back, with the reason; what was frozen can be changed again.

        Raises ``InputError`` where it is not signed, or no reason is told.
        """

        def back(_work: Work, before: Agreement) -> tuple[Agreement, Iterable[Problem]]:
            if before.signed_on is None:
                return before, [Problem(SIGNED, "还没有签订，不需要撤回")]
            why = clean(reason, multiline=True)[0].strip()
            if not why:
                return before, [Problem("reason", "请填写撤回签订的原因", "missing")]
            today = self._clock().date()
            step = Withdrawal(on=on or today, signed_on=before.signed_on, reason=why)
            if not step.signed_on <= step.on <= today:
                return before, [Problem("on", "撤回日期应在签订日期以后、今天以前")]
            made = replace(
                before,
                signed_on=None,
                signed_items=(),
                signed_indicators=(),
                withdrawals=(*before.withdrawals, step),
            )
            return made, ()

        return self._changed(uid, back)

    def templates(self) -> tuple[Template, ...]:
        """The branch's own templates, out of which clauses may be taken; none that ships."""
        return tuple(t for t in TemplateService(self._library, self._clock).all() if not t.builtin)

    def take_clauses(self, uid: str, template: str) -> Agreement:
        """Put the paragraphs of an own template, by its name or id, in the place of the clauses.

        Raises ``InputError`` where there are none, or the 责任状 is signed.
        """
        templates = TemplateService(self._library, self._clock)
        chosen = templates.named(template)
        if chosen.builtin:
            words = f"“{chosen.title}”是随程序提供的模板，条款只从本支部自己的模板取。"
            raise InputError(words, "请先在“Word 模板”里添加本支部的模板。")
        file = templates.file_of(chosen)
        lines = (line.text.strip() for line in word_lines(file.data, file.name) if not line.cells)
        clauses = "\n".join(filter(None, lines))
        if not clauses:
            words = f"模板“{chosen.title}”里没有成段的文字。"
            raise InputError(words, "条款要写成段落，不要放在表格或文本框里。")

        def taken(_work: Work, before: Agreement) -> tuple[Agreement, Iterable[Problem]]:
            return replace(before, clauses=clauses), ()

        return self._changed(uid, taken)

    def put_back(self, before: Agreement) -> None:
        """Store it as it was: the undo of what was just done."""
        with self._library.changing(Topic.RECORDS) as work:
            work.of(AGREEMENT.code).save(before)

    def _changed(
        self,
        uid: str,
        change: Callable[[Work, Agreement], tuple[Agreement, Iterable[Problem]]],
    ) -> Agreement:
        """What it was before."""
        records = service_of(self._library, AGREEMENT.code, self._clock)
        with self._library.changing(Topic.RECORDS) as work:
            before: Agreement = records.stored(work, uid)
            if work.drafts.get(AGREEMENT.code, uid) is not None:
                words = f"“{before.title}”有还没保存的草稿。"
                raise InputError(words, "请先打开它，保存或放弃草稿，再办理。")
            made, problems = change(work, before)
            wrong = [*problems] or [*agreement_problems(made, facts_of(work, self._clock()))]
            if wrong:
                issues = [Issue(f"{p.words}。", p.code, p.place) for p in wrong]
                raise InputError("没有办理。", _REMEDY, issues)
            records.put(work, made)
            return before
