"""支部体检: every verdict of the library, by period, state and rule, beside the rule's text."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, partial

from PySide6.QtCore import Slot

from dangjian_desktop.domain.checks.selecting import State
from dangjian_desktop.domain.findings import Finding
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.ui.checks.filters import CheckFilters
from dangjian_desktop.ui.checks.finding_card import HINT, FindingCard, load_sheet
from dangjian_desktop.ui.checks.leading import Lead, leads
from dangjian_desktop.ui.checks.listing import (
    Found,
    Only,
    check_columns,
    load_listing,
    period_of,
)
from dangjian_desktop.ui.checks.older import OlderYears
from dangjian_desktop.ui.checks.paper import CheckPaper
from dangjian_desktop.ui.checks.verdicts import ReasonField
from dangjian_desktop.ui.checks.waiving import keep_reason, take_back, waive
from dangjian_desktop.ui.desk.page import Page
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.look.stage import Stage
from dangjian_desktop.ui.look.widgets import button
from dangjian_desktop.ui.paper.exporting import save_sheet
from dangjian_desktop.ui.records.acts import Act, Acts
from dangjian_desktop.ui.records.card import RecordCard
from dangjian_desktop.ui.records.listing import RecordList
from dangjian_desktop.ui.records.splitpage import SplitPage
from dangjian_desktop.ui.records.subject import Detail, Extras, Listed, Listing, Narrowing

PLACE, TITLE = "checks", "支部体检"


class ChecksPage(Page):
    """List beside card, and the paper over the full width."""

    topics = frozenset(Topic) - {Topic.DRAFTS}

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._shell = desk, shell
        self._wanted = Narrowing()
        theme = shell.theme
        self.filters = CheckFilters(theme, self)
        self.print = button("打印体检表", theme, icon="printer", name="checks.paper")
        self.print.clicked.connect(self._open_paper)
        self.excel = button(
            "导出 Excel", theme, icon="file-spreadsheet", name="checks.excel", then=self._save
        )
        self.reason = ReasonField(theme)
        self.reason.given.connect(partial(waive, desk, shell))
        keep_reason(desk, shell, self.reason)
        self.split = SplitPage(theme, shell.settings, name=PLACE, share=62, parent=self)
        self._subject = Listed(
            place=PLACE,
            title=TITLE,
            columns=check_columns(theme),
            rows=lambda _ids: {},
            filter_hint="在检查结果中查找",
        )
        extras = Extras(
            head=(self.excel, self.print),
            before=(self.filters.part, self.filters.rule),
            below=(self.reason,),
        )
        self.list = RecordList(self.split.halves, shell, self._subject, extras)
        self.table = self.list.table
        self.body = FindingCard(shell)
        detail = Detail(body=self.body, load=self._load_sheet, show=self.body.show_sheet, hint=HINT)
        self.acts = Acts(self._all_acts(), theme, self.list, name=PLACE)
        self.table.offer_acts(self.acts)
        self.card = RecordCard(self.split.halves, shell, detail, self.acts, PLACE)
        self.split.hold(self.list, self.card)
        self.older = OlderYears(shell.jobs, desk.check.go_on, self)
        self._stack = Stage(self)
        self._stack.addWidget(self.split)
        self._connect()

    @cached_property
    def paper(self) -> CheckPaper:
        """The paper; made when it is first wanted."""
        made = CheckPaper(self._desk, self._shell)
        made.left.connect(self._to_list)
        self._stack.addWidget(made)
        return made

    def refresh(self, topics: frozenset[Topic]) -> None:
        """Ask again."""
        self._load()

    def focus_record(self, uid: str) -> None:
        """``rule/CODE`` narrows to the open findings of a rule in the present year, ``/0`` behind
        it to those of all years, ``open`` to all open ones of the present year."""
        asked, code, year = (*uid.split("/"), "", "")[:3]
        if asked in ("rule", "open"):
            self._to_list()
            self._narrow_to(Narrowing(0 if year else None, more=Only(rule=code)))

    def focus_first(self) -> None:
        """Put the focus on the list."""
        if self._stack.currentIndex() == 0:
            self.list.focus_first()
        else:
            super().focus_first()

    def back(self) -> bool:
        """From the paper to the list, from the card to the list."""
        if self._stack.currentIndex() == 1:
            self._to_list()
            return True
        return bool(self.split.back())

    def set_narrow(self, narrow: bool) -> None:
        """One half at a time."""
        self.split.set_narrow(narrow)

    @property
    def chosen(self) -> tuple[Finding, ...]:
        """The findings that are chosen in the list."""
        rows = self.list.listing.rows
        return tuple(rows[uid].finding for uid in self.table.selected() if uid in rows)

    def _load(self) -> None:
        self._shell.jobs.library(partial(self._gather, self._wanted), self._show)

    def _gather(self, wanted: Narrowing) -> Listing:
        with self._desk.one_moment():
            return self._subject.sorted(load_listing(self._desk, wanted))

    def _show(self, listing: Listing) -> None:
        found: Found = listing.more
        self._wanted = listing.shown
        self.list.show_listing(listing, "", found.today)
        self.filters.show_listing(listing)
        self.card.show_record(self.table.current())
        if not found.whole:
            self.older.start()

    def _load_sheet(self, uid: str) -> object:
        return load_sheet(self._desk, self.list.listing.rows.get(uid))

    @Slot(object)
    def _narrow_to(self, wanted: Narrowing) -> None:
        self._wanted = wanted
        self._load()

    def _all_acts(self) -> Sequence[Act]:
        show = Act(code="open", title="打开", do=self._open, icon="eye", key="Return")
        if self._desk.read_only:
            return (show,)
        explain = partial(self._any, State.OPEN)
        explained = partial(self._any, State.WAIVED)
        return (
            show,
            Act(
                code="waive",
                title="说明情况",
                do=self._ask_reason,
                icon="pencil",
                several=True,
                fits=explain,
            ),
            Act(
                code="take_back",
                title="撤回说明",
                do=self._take_back,
                icon="undo-2",
                several=True,
                fits=explained,
            ),
        )

    def _any(self, state: State) -> bool:
        return any(map(state.holds, self.chosen))

    def _open(self, _ids: Sequence[str]) -> None:
        """Go to where the finding is settled."""
        if (line := self.list.listing.rows.get(self.table.current())) is not None:
            self._shell.jobs.library(partial(leads, self._desk, [line.finding]), self._go)

    def _go(self, found: Sequence[Lead]) -> None:
        self._shell.open(found[0].place, found[0].uid)

    def _ask_reason(self, _ids: Sequence[str]) -> None:
        if found := tuple(filter(State.OPEN.holds, self.chosen)):
            self.reason.ask(*found)

    def _take_back(self, _ids: Sequence[str]) -> None:
        if found := tuple(filter(State.WAIVED.holds, self.chosen)):
            take_back(self._desk, self._shell, found)

    @Slot()
    def _open_paper(self) -> None:
        self.paper.show_period(period_of(self._wanted))
        self._stack.setCurrentWidget(self.paper)

    @Slot()
    def _save(self) -> None:
        """What is listed, in the order in which it is seen."""
        rows, period = self.list.listing.rows, period_of(self._wanted)
        findings = [rows[uid].finding for uid in self.table.model.ids]
        about = period.label if period else "全部年份"
        write = partial(self._desk.check_exports.write_sheet, findings, about, force=True)
        save_sheet(self._shell, self, "导出体检结果", f"支部体检（{about}）.xlsx", write)

    @Slot()
    def _to_list(self) -> None:
        self._stack.setCurrentIndex(0)
        self.list.focus_first()

    def _connect(self) -> None:
        self.list.narrowed.connect(self._narrow_to)
        self.filters.narrowed.connect(self._narrow_to)
        self.card.stand_with(self.table)
        self.table.opened.connect(self._open_one)
        self.table.previewed.connect(self._show_detail)
        self.body.asked.connect(self._shell.open)
        self.older.judged.connect(self._load)

    @Slot(str)
    def _open_one(self, uid: str) -> None:
        self._open((uid,))

    @Slot(str)
    def _show_detail(self, _uid: str) -> None:
        self.split.show_detail()
