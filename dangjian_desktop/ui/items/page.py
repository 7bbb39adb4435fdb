"""问题与任务: everything that is followed to its end, by state, person, source and day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property, partial
from typing import Any

from PySide6.QtCore import QObject, Slot

from dangjian_desktop.domain.items.item import Item, ItemKind, ItemState
from dangjian_desktop.domain.items.record import ITEM
from dangjian_desktop.domain.members.member import Member
from dangjian_desktop.papers.followed import CLOSING
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.items.items import ItemRow
from dangjian_desktop.services.records.exporting import text_of
from dangjian_desktop.services.records.pinyin import Initials
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.items.card import ItemCard
from dangjian_desktop.ui.items.filters import ItemChips, Listed, More, filter_of
from dangjian_desktop.ui.items.lists_view import ListsView
from dangjian_desktop.ui.items.step_view import FOLLOW, StepView, title_of
from dangjian_desktop.ui.look.widgets import button
from dangjian_desktop.ui.paper.paper_acts import Chosen, PaperActs
from dangjian_desktop.ui.records.acts import Act
from dangjian_desktop.ui.records.declared import columns_of
from dangjian_desktop.ui.records.page import RecordPage
from dangjian_desktop.ui.records.subject import (
    Extras,
    Listing,
    Narrowing,
    Subject,
    open_drafts,
    settled,
)
from dangjian_desktop.ui.records.tables import Column
from dangjian_desktop.ui.shared_page import record_editor

TITLE = "问题与任务"
_EMPTY = (
    "这里登记问题、任务和常态责任：从挂号到销号，一次录入，问题清单、任务清单、责任清单、"
    "台账、督办单、销号单都可打印。"
)
_ASKED = tuple(
    field.name
    for field in ITEM.fields
    if field.told and field.name not in ("id", "state", "history")
)
_GAPS: Column[ItemRow] = Column(code="gaps", title="四个明确", text=lambda r: r.gaps, width=116)
_KIND: Column[ItemRow] = Column(
    code="listed_as", title="列入", text=lambda row: row.item.kind.label, width=52
)
_STEPS = (ItemState.REQUESTED, ItemState.CLOSED, ItemState.RETURNED, ItemState.OPEN)


def items_page(desk: Desk, shell: Shell) -> RecordPage:
    """The list with its card, the editor, and one step at a time over the width."""
    return Items(desk, shell).page


class Items(QObject):
    """What the page of items does; it lives as long as its ``page``."""

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._shell = desk, shell
        self._views: dict[str, StepView] = {}
        self.chips = ItemChips(shell.theme)
        self.card = ItemCard(desk, shell)
        subject = Subject(
            place=ITEM.code,
            form=ITEM.code,
            title=TITLE,
            noun=ITEM.title,
            new="新建",
            columns=self._columns(),
            load=self._load,
            rows=desk.items.rows,
            title_of=lambda row: str(row.item.content),
            records=desk.shared[ITEM.code],
            filter_hint="在事项中查找",
            share=62,
        )
        papers = PaperActs(desk, shell, self.card, self._papers)
        detail = replace(self.card.as_detail(), acts=(*self._acts(), *papers.acts()))
        editor = partial(
            record_editor,
            *(ITEM, desk, shell),
            names=_ASKED,
            begin=desk.item_beginnings.begun,
        )
        self.lists = button("打印清单", shell.theme, icon="printer", name="items.lists")
        self.lists.clicked.connect(self.show_lists)
        extras = Extras(
            head=(self.lists,),
            below=(self.chips.row,),
            doors={"step": self._show_step, "lists": self._show_names},
        )
        self.page = RecordPage(desk, shell, subject, detail, editor, extras)
        self.setParent(self.page)
        self.chips.follow(self.page.list)
        self.card.asked.connect(self.page.focus_record)

    def step(self, way: str) -> StepView:
        """The form of a way; made when it is first wanted."""
        if way not in self._views:
            made = self._views[way] = StepView(self._desk, self._shell, way)
            made.left.connect(self.page.to_list)
        return self._views[way]

    @cached_property
    def lists_view(self) -> ListsView:
        """The lists as they print; made when they are first wanted."""
        made = ListsView(self._desk, self._shell)
        made.left.connect(self.page.to_list)
        return made

    @Slot()
    def show_lists(self) -> None:
        """The lists of the year that is looked at."""
        self.lists_view.start(self.page.list.listing.shown.year or 0)
        self.page.views.show_view(self.lists_view)

    def _show_names(self, _rest: str) -> None:
        self.show_lists()
        self.lists_view.names.ask()

    def take(self, way: str, ids: Sequence[str]) -> None:
        """Ask for this step of these items."""

        def load() -> tuple[list[Item], Sequence[Member]]:
            found = self._desk.items.rows(ids)
            going = [found[uid].item for uid in ids if uid in found]
            return going, self._desk.meetings.members()

        def show(loaded: tuple[list[Item], Sequence[Member]]) -> None:
            if loaded[0]:
                view = self.step(way)
                view.about_items(*loaded)
                self.page.views.show_view(view)

        self._shell.jobs.library(load, show)

    def _show_step(self, rest: str) -> None:
        uid, _, way = rest.partition("/")
        self.take(way, [uid])

    def _columns(self) -> tuple[Column[Any], ...]:
        today = self._desk.today()
        looks: Mapping[str, Mapping[str, Any]] = {
            "state": {"text": lambda row: row.state, "tooltip": None, "width": 140},
            "number": {"width": 84},
            "content": {"width": -1},
            "responsible": {"width": 72},
        }
        return columns_of(
            ITEM,
            lambda field, value: text_of(field, value, today),
            lambda row, field: getattr(row.item, field.name),
            looks=looks,
            # The words of the item want the room: what kind it is stands in its last column.
            after={"state": (_GAPS,), "source": (_KIND,)},
        )

    def _acts(self) -> Sequence[Act]:
        if self._desk.read_only:
            return ()

        def is_problem() -> bool:
            return self.card.item is not None and self.card.item.kind is ItemKind.PROBLEM

        follow = Act(
            code="follow",
            title="登记进展…",
            do=partial(self.take, FOLLOW),
            icon="pencil",
            several=True,
            fits=lambda: self.card.item is not None and not self.card.item.closed,
        )
        add = Act(
            code="add_task",
            title="添加任务",
            do=lambda ids: self.page.start_new(f"task/{ids[0]}"),
            icon="plus",
            fits=is_problem,
        )
        return (follow, *map(self._step_act, _STEPS), add, self._reworded())

    def _reworded(self) -> Act:
        """The sentence as its source has it by now."""

        def taken(before: Item | None) -> None:
            if before is not None:
                back = partial(self._desk.items.put_back, [before])
                undo = partial(self._shell.jobs.library, back)
                self._shell.toast("已采用改后的文字", undo)

        return Act(
            code="reworded",
            title="采用改后的文字",
            do=lambda ids: self._shell.jobs.library(
                partial(self._desk.items.take_over, ids[0]), taken
            ),
            tip="来源记录中的这句话改过，事项的内容照着改",
            fits=lambda: self.card.sheet is not None and self.card.sheet.reworded,
        )

    def _papers(self) -> Sequence[Chosen]:
        """The forms that fit what is shown: a problem is answered, a task is handed out."""
        offered = self._desk.printing.papers(ITEM.code)
        kind = None if self.card.item is None else self.card.item.kind
        left_out = {"item_assignment" if kind is ItemKind.PROBLEM else "item_receipt"}
        if kind is ItemKind.DUTY:
            left_out.add(CLOSING)
        return [Chosen(paper.code, paper.title) for paper in offered if paper.code not in left_out]

    def _step_act(self, state: ItemState) -> Act:
        return Act(
            code=state.value,
            title=f"{title_of(state)}…",
            do=partial(self.take, state.value),
            fits=partial(self.card.may, state),
        )

    def _load(self, wanted: Narrowing, reveal: str) -> Listing:
        desk = self._desk
        years, records = desk.shared[ITEM.code].years(), desk.shared[ITEM.code]
        found: dict[str, ItemRow] = {}

        def find(shown: Narrowing) -> Sequence[str]:
            rows = desk.items.listed(filter_of(shown), shown.typed.strip())
            found.update(rows)
            return tuple(rows)

        def place_of(uid: str) -> Narrowing | None:
            there = records.get([uid]).get(uid)
            return None if there is None or there.deleted else Narrowing(0, more=More())

        shown, ids = settled(wanted, reveal, find, place_of, years=years)
        rows = {uid: found[uid] for uid in ids}
        late = sum(row.late > 0 for row in rows.values())
        foot = f"共 {len(ids)} 项" + (f"，逾期 {late} 项" if late else "")
        return Listing(
            shown=shown,
            ids=ids,
            rows=rows,
            keys=Initials({uid: row.item.content for uid, row in rows.items()}),
            years=years,
            parts=(("", "全部"), *ItemKind.choices()),
            news=ItemKind.choices(),
            foot=foot if ids else "",
            empty="没有符合条件的事项。" if years else _EMPTY,
            step="" if years or desk.read_only else "新建",
            drafts=open_drafts(desk, ITEM.code, _draft_words),
            more=Listed(desk.items.people()),
        )


def _draft_words(draft: Any) -> str:
    return str(draft.content.get("content") or ITEM.title)
