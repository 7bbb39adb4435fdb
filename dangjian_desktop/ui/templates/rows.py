"""The lines of the list of templates."""

from __future__ import annotations

from dangjian_desktop.domain.templates.template import Template
from dangjian_desktop.domain.texts import squeeze
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.records.pinyin import Initials
from dangjian_desktop.ui.records.subject import Listing, Narrowing, open_drafts
from dangjian_desktop.ui.records.tables import Column

SHIPPED, EDITED, OWN, WAITING = "程序自带", "已修改", "自己的", "待取回"
_EMPTY = "还没有 Word 模板。在 Word 里写好带占位符的 .docx，添加或拖到这里。"


@dataclass(frozen=True, slots=True)
class Row:
    """A template; ``waiting`` tells that its copy was changed in Word and not taken back."""

    template: Template
    waiting: bool = False

    @property
    def state(self) -> str:
        """What it is called in the list."""
        if self.waiting:
            return WAITING
        if not self.template.builtin:
            return OWN
        return EDITED if self.template.edited else SHIPPED


COLUMNS: tuple[Column[Row], ...] = (
    Column(code="title", title="名称", text=lambda row: row.template.title, width=-1),
    Column(code="section", title="分组", text=lambda row: row.template.section, width=96),
    Column(code="state", title="来源", text=lambda row: row.state, width=90),
)


def rows_of(desk: Desk) -> dict[str, Row]:
    """Every template by id, in the order of the list; in the library's thread."""
    waiting = desk.word_edits.waiting()
    return {each.id: Row(each, each.id in waiting) for each in desk.templates.all()}


def listing(desk: Desk, wanted: Narrowing, reveal: str) -> Listing:
    """The list as narrowed to a section and what is typed."""
    rows = rows_of(desk)
    sections = list(dict.fromkeys(row.template.section for row in rows.values()))
    shown = wanted if wanted.part in sections else _all(wanted)
    ids = _ids(rows, shown)
    if reveal in rows and reveal not in ids:
        shown = Narrowing(order=wanted.order, descending=wanted.descending)
        ids = _ids(rows, shown)
    return Listing(
        shown=shown,
        ids=ids,
        rows={uid: rows[uid] for uid in ids},
        keys=Initials({uid: row.template.title for uid, row in rows.items()}),
        parts=(("", "全部"), *((section, section) for section in sections)),
        foot=f"共 {len(ids)} 个模板" if ids else "",
        empty="没有符合条件的模板。" if rows else _EMPTY,
        drafts=open_drafts(desk, "template", lambda _draft: "模板的名称和分组"),
    )


def _all(wanted: Narrowing) -> Narrowing:
    return Narrowing(typed=wanted.typed, order=wanted.order, descending=wanted.descending)


def _ids(rows: dict[str, Row], shown: Narrowing) -> tuple[str, ...]:
    within = {u: r for u, r in rows.items() if shown.part in ("", r.template.section)}
    typed = squeeze(shown.typed)
    if not typed:
        return tuple(within)
    said = {uid: squeeze(f"{r.template.title}{r.template.source}") for uid, r in within.items()}
    return tuple(uid for uid, text in said.items() if typed in text)
