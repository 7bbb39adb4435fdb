"""谈话情况: every member against the kinds of talks of a year, and who still lacks one."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QWidget

from dangjian_desktop.domain.checks.talk_moments import MOMENTS
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.talks.coverage import Coverage, Part, Talked, TalkKind
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.papers.printing import Wanted
from dangjian_desktop.services.talks.talks import TalkRow
from dangjian_desktop.ui.desk.page import Page
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.fields.inputs import guarded
from dangjian_desktop.ui.look.chips import ChipRow
from dangjian_desktop.ui.look.stage import Stage, head_of
from dangjian_desktop.ui.look.widgets import button, column_of, label, row_of
from dangjian_desktop.ui.paper.paper_pane import Paper, PaperPane
from dangjian_desktop.ui.records.record_table import RecordTable
from dangjian_desktop.ui.records.splitpage import SplitPage
from dangjian_desktop.ui.records.tables import Column, PagedModel, in_order

TITLE = "谈话情况"
_ALL, _LACKING = "", "lacking"
_TALKS, _PAPER = "talks", "paper"
_RULES = "入党、转正、转入转出、任免、受处分、请病假等以后提醒谈话，在“设置 → 体检规则”中选用"


def _number(kind: TalkKind) -> Column[Talked]:
    return Column(
        code=kind.value,
        title=kind.label,
        text=lambda talked: str(talked.count(kind) or ""),
        right=True,
        width=96,
        key=lambda talked: talked.count(kind),
    )


_PEOPLE: tuple[Column[Talked], ...] = (
    Column(
        code="name",
        title="姓名",
        text=lambda talked: talked.member.name,
        width=84,
        key=lambda talked: talked.member.sort_key or None,
    ),
    Column(
        code="post", title="支委", text=lambda talked: "是" if talked.committee else "", width=48
    ),
    *map(_number, (TalkKind.COMMITTEE, TalkKind.WITH_MEMBER, TalkKind.MEMBERS, TalkKind.OTHERS)),
    Column(
        code="lacking",
        title="尚未谈话",
        text=lambda talked: "；".join(talked.missing.values()),
        tooltip=lambda talked: "；".join(talked.missing.values()),
        width=-1,
    ),
)
_TALKED: tuple[Column[TalkRow], ...] = (
    Column(code="day", title="日期", text=lambda row: str(row.talk.day), width=96),
    Column(
        code="who",
        title="谈话人、对象",
        text=lambda row: "、".join(p.name for p in (*row.talk.talkers, *row.talk.partners)),
        width=-1,
    ),
    Column(code="between", title="谈话类型", text=lambda row: row.between, width=110),
)


class CoverageView(Page):
    """Members at the left, the talks of the chosen one or the paper at the right; ``left`` asks
    to go back to the list, ``asked`` for a new talk with somebody (NAME/ID)."""

    left = Signal()
    asked = Signal(str)
    topics = frozenset({Topic.RECORDS, Topic.MEMBERS, Topic.SETTINGS})

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._shell = desk, shell
        self._found: Coverage | None = None
        theme, kept = shell.theme, shell.settings
        self._back = button("返回列表", theme, icon="arrow-left", look="quiet", name="covered.back")
        self.year = guarded(QComboBox(), "covered.year", "年份")
        self.talk = button("与所选党员谈话", theme, icon="plus", name="covered.new")
        if desk.read_only:  # what is told to be shown before it has a parent is a window
            self.talk.hide()
        self.moments = label("", "soft", name="covered.moments")
        self.rules = button("必谈时机…", theme, look="quiet", name="covered.rules", tip=_RULES)
        self.parts = ChipRow(theme, ((_ALL, "全部党员"), (_LACKING, "尚未谈话")))
        self.words = label("", "soft", wrap=True, name="covered.words")
        self.split = SplitPage(theme, kept, name="covered", share=62, parent=self)
        people: PagedModel[Talked] = PagedModel(_PEOPLE, lambda _ids: {}, parent=self)
        talks: PagedModel[TalkRow] = PagedModel(_TALKED, desk.talks.rows, parent=self)
        self.people = RecordTable(people, theme, kept, name="covered.people", title="党员")
        self.talks = RecordTable(talks, theme, kept, name="covered.talks", title="谈话")
        self.pane = PaperPane(shell, name="covered")
        self.sides = ChipRow(theme, ((_TALKS, "各次谈话"), (_PAPER, "打印")))
        self._compose()
        self._connect()

    def start(self, year: int = 0) -> None:
        """Show this year, else the present one."""
        self._shell.jobs.library(self._desk.talks.years, partial(self._offer, year))

    def refresh(self, topics: frozenset[Topic]) -> None:
        """Count again."""
        if self._found is not None and topics & self.topics:
            self._load()

    def set_narrow(self, narrow: bool) -> None:
        """One half at a time."""
        self.split.set_narrow(narrow)

    def back(self) -> bool:
        """From the talks to the members; false when there is no step back."""
        return bool(self.split.back())

    def _offer(self, year: int, years: tuple[int, ...]) -> None:
        offered = (
            years if not year or year in years else tuple(sorted({*years, year}, reverse=True))
        )
        self.year.clear()
        for each in offered:
            self.year.addItem(f"{each}年", each)
        self.year.setCurrentIndex(max(self.year.findData(year), 0))
        self._load()

    @Slot()
    def _load(self) -> None:
        if self.year.count():
            ask = partial(_counted, self._desk, self.year.currentData())
            self._shell.jobs.library(ask, self._show, title="正在统计谈话情况")

    def _show(self, counted: tuple[Coverage, int]) -> None:
        found, on = counted
        self._found = found
        self.moments.setText(f"提醒 {on} 种必谈时机" if on else "没有启用必谈时机的提醒")
        self.words.setText(_words(found))
        self._list()
        self._draw()

    @Slot()
    def _list(self) -> None:
        found = self._found
        if found is None:
            return
        lacking = self.parts.code() == _LACKING
        rows = {t.member.id: t for t in found.people if t.missing or not lacking}
        code, down = self.people.headings.order
        column = next((c for c in _PEOPLE if c.code == code), None)
        ids = tuple(rows)
        if column is not None:
            ids = in_order(ids, rows, column, descending=down)
        keys = {uid: talked.member.initials for uid, talked in rows.items()}
        without = sum(bool(talked.missing) for talked in found.people)
        foot = f"共 {len(found.people)} 名党员，{without} 名尚有未谈的"
        self.people.show_ids(ids, foot=foot, keys=keys, rows=rows)
        if not self.people.current() and ids:
            self.people.select(ids[0])
        self._show_talks()

    @Slot()
    def _show_talks(self) -> None:
        talked = self.people.model.record(self.people.current())
        self.talk.setEnabled(talked is not None)
        self.talks.show_ids(talked.talks if talked else ())

    @Slot()
    def _draw(self) -> None:
        paper = self.sides.code() == _PAPER
        self._sides.setCurrentIndex(1 if paper else 0)
        if paper and self._found is not None:
            wanted = Wanted(period=Period(self._found.year, 1, 12))
            shown = Paper.of(self._desk.printing, "谈心谈话情况表", "talk_coverage", wanted=wanted)
            self.pane.show_paper(shown)

    @Slot(str)
    def _open(self, uid: str) -> None:
        self._shell.open("heart_talk", uid)

    @Slot(str)
    def _turn(self, _member: str) -> None:
        self.split.show_detail()
        self.talks.focus_first()

    @Slot()
    def _open_rules(self) -> None:
        self._shell.open("settings", "rules")

    @Slot()
    def _ask(self) -> None:
        talked = self.people.model.record(self.people.current())
        if talked is not None:
            self.asked.emit(f"{talked.member.name}/{talked.member.id}")

    def _compose(self) -> None:
        self.talks.set_empty("这一年没有与所选党员的谈话记录。")
        self.people.set_empty("没有符合条件的党员。")
        bar = head_of(self._back, TITLE, ..., self.year, self.talk)
        right = QWidget()
        self._sides = Stage()
        column_of(self.sides, (self._sides, 1), on=right)
        self._sides.addWidget(self.talks)
        self._sides.addWidget(self.pane)
        self.split.hold(self.people, right)
        narrowing = row_of(self.parts, ..., self.moments, self.rules)
        column_of(bar, self.words, narrowing, (self.split, 1), on=self, gap=10)

    def _connect(self) -> None:
        self._back.clicked.connect(self.left)
        self.year.activated.connect(self._load)
        self.parts.chosen.connect(self._list)
        self.sides.chosen.connect(self._draw)
        self.talk.clicked.connect(self._ask)
        self.rules.clicked.connect(self._open_rules)
        self.people.chosen.connect(self._show_talks)
        self.people.ordered.connect(self._list)
        self.people.opened.connect(self._turn)
        self.people.previewed.connect(self._turn)
        self.talks.opened.connect(self._open)


def _counted(desk: Desk, year: int) -> tuple[Coverage, int]:
    """The year, and after how many moments the branch wants to be reminded of a talk."""
    rules = desk.check.rules()
    return desk.talks.coverage(year), sum(rules[rule].enabled for rule in MOMENTS)


def _words(found: Coverage) -> str:
    """截至2025-12-31：支委之间应谈3对，已谈1对；支委与党员……"""
    told = []
    for part in Part:
        if asked := found.asked[part]:
            unit = "对" if part is Part.COMMITTEE else "人"
            unclear = len(found.open_in(part))
            rest = f"，{unclear}{unit}待明确" if unclear else ""
            told.append(f"{part.label}应谈{asked}{unit}，已谈{found.done(part)}{unit}{rest}")
    own = "（“支委与党员”“党员之间”的口径待核对）"
    return f"截至{found.day}：{'；'.join(told)}{own}" if told else ""
