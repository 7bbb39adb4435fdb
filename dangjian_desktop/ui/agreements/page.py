"""责任状: what was signed for and by whom, its paper and the sheet for the wall."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import cached_property, partial
from typing import Any

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QMenu

from dangjian_desktop.domain.agreements.agreement import SEALED, Agreement
from dangjian_desktop.domain.agreements.record import AGREEMENT
from dangjian_desktop.domain.templates.template import Template
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.ui.agreements.lines import agreement_lines
from dangjian_desktop.ui.agreements.step_view import SIGN, WITHDRAW, StepView
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.look.widgets import button
from dangjian_desktop.ui.paper.paper_view import PaperView
from dangjian_desktop.ui.records.acts import Act
from dangjian_desktop.ui.records.page import RecordPage
from dangjian_desktop.ui.records.subject import Detail, Extras, Heading
from dangjian_desktop.ui.shared_page import SharedCard, shared_page

CODE, TITLE = "duty_agreement", "责任状"
PUBLIC, PUBLIC_TITLE = "duty_publicity", "责任状公示"


def agreements_page(desk: Desk, shell: Shell) -> RecordPage:
    """The list with its card, the editor, the papers of one, 签订 and 撤回签订."""
    return Agreements(desk, shell).page


def sealed(stored: Agreement | None) -> tuple[Collection[str], str]:
    """What is signed is not asked for again."""
    if stored is None or stored.signed_on is None:
        return (), ""
    words = f"已于{stored.signed_on}签订，当事人、期限、责任事项、指标和条款不能改动。"
    return SEALED, f"{words}要改动，请返回后先“撤回签订”，或用“照此新建”另立一份。"


class Agreements(QObject):
    """What the page does; it lives as long as its ``page``."""

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._shell = desk, shell
        self._steps: dict[str, StepView] = {}
        self.blank = button("空白责任状", shell.theme, icon="printer", name="agreements.blank")
        self.card = SharedCard(desk, AGREEMENT, shell.theme, agreement_lines)
        self.page = shared_page(
            AGREEMENT,
            desk,
            shell,
            extras=Extras(head=(self.blank,), doors={"step": self._go_on}),
            acts=self._acts(),
            begin=desk.agreements.begun,
            card=self._detail(),
            sealed=sealed,
        )
        self.setParent(self.page)
        self.blank.clicked.connect(self._show_blank)

    @cached_property
    def paper(self) -> PaperView:
        """A paper of one; made when it is first wanted."""
        made = PaperView(self._desk, self._shell, "agreement")
        made.left.connect(self.page.to_list)
        return made

    def step(self, way: str) -> StepView:
        """签订 or 撤回签订; made when it is first wanted."""
        if way not in self._steps:
            made = self._steps[way] = StepView(self._desk, self._shell, way)
            made.left.connect(self.page.to_list)
        return self._steps[way]

    def take(self, way: str, ids: Sequence[str]) -> None:
        """Ask for 签订 or 撤回签订 of one."""
        self._shell.jobs.library(
            partial(self._desk.shared[AGREEMENT.code].one, ids[0]), partial(self._show_step, way)
        )

    def _detail(self) -> Detail:
        """The card with whether it is signed in its head."""
        plain = self.card.as_detail()

        def show(loaded: Any) -> Heading:
            head, signed = plain.show(loaded), loaded[0].signed_on is not None
            state = ("已签订", "good") if signed else ("未签订", "soft")
            return replace(head, line="", state=state[0], look=state[1])

        return replace(plain, show=show)

    def _acts(self) -> tuple[Act, ...]:
        show = (
            Act(code="paper", title=TITLE, do=partial(self._print, CODE, TITLE), icon="printer"),
            Act(code="public", title="公示", do=partial(self._print, PUBLIC, PUBLIC_TITLE)),
        )
        if self._desk.read_only:
            return show
        return (
            *show,
            Act(code="sign", title="签订…", do=partial(self.take, SIGN), fits=self._open),
            Act(
                code="withdraw",
                title="撤回签订…",
                do=partial(self.take, WITHDRAW),
                fits=self._signed,
            ),
            Act(
                code="clauses",
                title="取模板条款…",
                do=self._ask_template,
                tip="承诺条款取自本支部自己的 Word 模板，取代现在的条款",
                fits=self._open,
            ),
            Act(
                code="again",
                title="照此新建",
                do=lambda ids: self.page.start_new(ids[0]),
                icon="copy",
                tip="带过当事人和条款，期限为今年，不带责任事项和指标",
            ),
        )

    def _go_on(self, rest: str) -> None:
        uid, _, way = rest.partition("/")
        self.take(way, (uid,))

    def _signed(self) -> bool:
        return self.card.value is not None and self.card.value.signed_on is not None

    def _open(self) -> bool:
        return self.card.value is not None and self.card.value.signed_on is None

    @Slot()
    def _show_blank(self) -> None:
        self._print(CODE, TITLE, ("",))

    def _print(self, code: str, title: str, ids: Sequence[str]) -> None:
        self.paper.show_one(code, title, ids[0])
        self.page.views.show_view(self.paper)

    def _show_step(self, way: str, agreement: Agreement) -> None:
        view = self.step(way)
        view.show_one(agreement)
        self.page.views.show_view(view)

    def _ask_template(self, ids: Sequence[str]) -> None:
        self._shell.jobs.library(self._desk.agreements.templates, partial(self._offer, ids[0]))

    def _offer(self, uid: str, templates: Sequence[Template]) -> None:
        if not templates:
            words = "还没有本支部自己的 Word 模板。"
            remedy = "请先在“Word 模板”里添加写有条款的 .docx，或在编辑中直接填写承诺条款。"
            self._shell.messages.notice(words, remedy)
            return
        menu = QMenu(self.page)
        menu.setObjectName("agreement.templates")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for each in templates:
            act = menu.addAction(each.title)
            act.triggered.connect(partial(self._take_clauses, uid, each.id))
        menu.popup(QCursor.pos())

    def _take_clauses(self, uid: str, template: str, *_checked: bool) -> None:
        work = partial(self._desk.agreements.take_clauses, uid, template)
        self._shell.jobs.library(work, self._taken, title="正在读取模板")

    def _taken(self, before: Any) -> None:
        undo = partial(self._desk.agreements.put_back, before)
        words = f"已取入承诺条款：{before.title}"
        self._shell.toast(words, partial(self._shell.jobs.library, undo))
