"""体检规则: every rule with its basis, its switch, and the numbers that the branch may set."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QModelIndex, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from dangjian_desktop.domain.checks.facts import RuleText
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.errors import InputError
from dangjian_desktop.services.checks.rule_fields import rule_fields, rule_plain
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.ui.desk.kept_form import KeptForm
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.fields.forms import Form
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.tokens import ROW_HEIGHT
from dangjian_desktop.ui.look.widgets import button, column_of, empty, frame, label
from dangjian_desktop.ui.records.record_table import RecordTable
from dangjian_desktop.ui.records.tables import Column, PagedModel
from dangjian_desktop.ui.settings.card import SettingsCard

ROWS = 8
SEVERITY = {
    "hard": "规定要求（不合时为“不符合”）",
    "soft": "一般要求（不合时为“提示”）",
    "local": "本单位规定（不合时为“提示”）",
}
UNCONFIRMED = "! 待核对：条文原文尚未逐字核对，请以正式文件为准。"


class RulesCard(SettingsCard):
    """The table, and under it the rule under the cursor."""

    title = "体检规则"
    topics = frozenset({Topic.SETTINGS})

    def __init__(self, desk: Desk, shell: Shell) -> None:
        purpose = "检查只作提醒，由支部判断。规则可以停用，带数值的可以按上级要求调整。"
        super().__init__(purpose)
        self._desk, self._shell = desk, shell
        self._rules: dict[str, RuleText] = {}
        self._own: frozenset[str] = frozenset()
        self._shown: RuleText | None = None
        self._sought = ""
        self.form: Form | None = None
        self.table = self._make_table()
        self.add(self.table)
        self.add(self._make_detail())
        self.kept = KeptForm(
            desk,
            shell,
            "rule",
            name="体检规则",
            key=lambda: self._shown.id if self._shown and self.form else "",
            state=lambda: self.form.values() if self.form else {},
            fill=lambda content: self.form.fill(content) if self.form else None,
            parent=self,
        )
        self.table.chosen.connect(self._choose)
        self.table.previewed.connect(self._turn)
        self.table.opened.connect(self._enter)
        self.table.view.clicked.connect(self._on_clicked)
        self._shell.theme.fit(self.table, QWidget.setFixedHeight, ROW_HEIGHT * (ROWS + 2))

    def load(self) -> None:
        """Read the rules again."""
        self._shell.jobs.library(partial(_read, self._desk), self._show)

    def seek(self, part: str) -> None:  # noqa: D102
        # Perhaps the rules are still to be read.
        self._sought = "" if self.table.select(part) else part

    def _make_table(self) -> RecordTable:
        model = PagedModel(
            _columns(self._shell.theme), lambda ids: {uid: self._rules[uid] for uid in ids}
        )
        return RecordTable(
            model, self._shell.theme, self._shell.settings, name="rules", title="体检规则"
        )

    def _make_detail(self) -> QVBoxLayout:
        theme = self._shell.theme
        self.check = QCheckBox("启用这条规则")
        self.check.setObjectName("rule.enabled")
        self.check.clicked.connect(self._on_check)
        self.name = label("", "heading", wrap=True)
        self.text = label("", wrap=True)
        self.basis = label("", "soft", wrap=True)
        self.unconfirmed = label(UNCONFIRMED, "warn", wrap=True)
        self.values = QVBoxLayout()
        self.save = button("保存数值", theme, name="rule.save")
        self.ship = button("恢复默认", theme, icon="undo-2", name="rule.ship")
        self.save.clicked.connect(self._save)
        self.ship.clicked.connect(self._ship)
        card = frame("card")
        column = column_of(
            self.name,
            self.text,
            self.basis,
            self.unconfirmed,
            self.values,
            on=card,
            gap=6,
            margins=(14, 10, 14, 10),
        )
        line = QHBoxLayout()
        line.addWidget(self.check)
        line.addStretch()
        line.addWidget(self.ship)
        line.addWidget(self.save)
        column.addLayout(line)
        outer = QVBoxLayout()
        outer.addWidget(card)
        return outer

    def _show(self, found: tuple[Mapping[str, RuleText], tuple[str, ...]]) -> None:
        self._rules, self._own = dict(found[0]), frozenset(found[1])
        foot = f"共 {len(self._rules)} 条，启用 {sum(r.enabled for r in self._rules.values())} 条"
        self.table.show_ids(list(self._rules), rows=self._rules, foot=foot)
        if self._sought or not self.table.current():
            self.table.select(self._sought or next(iter(self._rules), ""))
        self._sought = ""
        self._show_rule(self.table.current())

    @Slot(str)
    def _choose(self, uid: str) -> None:
        self.kept.keeper.then(partial(self._show_rule, uid))

    def _show_rule(self, uid: str) -> None:
        rule = self._rules.get(uid)
        if rule is None:
            return
        self.ship.setEnabled(uid in self._own)
        if rule == self._shown:
            return
        self._shown = rule
        self.name.setText(rule.title)
        self.text.setText(rule.text)
        since = f"　自{rule.since:%Y-%m-%d}起施行" if rule.since else ""
        self.basis.setText(f"依据：{rule.source}{since}　{SEVERITY.get(rule.severity, '')}")
        self.unconfirmed.setVisible(not rule.confirmed)
        self.check.setChecked(rule.enabled)
        self._show_values(rule)

    def _show_values(self, rule: RuleText) -> None:
        empty(self.values)
        fields = rule_fields(rule)
        self.form = Form(fields, self._shell.theme, columns=3) if fields else None
        if self.form is not None:
            self.form.fill(rule_plain(rule))
            self.form.changed.connect(self.kept.touch)
            self.kept.look()
            self.values.addWidget(self.form)
        self.save.setVisible(bool(fields))

    @Slot(bool)
    def _on_check(self, checked: bool) -> None:
        if self._shown is not None:
            self._switch(self._shown.id, enabled=checked)

    @Slot(str)
    def _turn(self, uid: str) -> None:
        self._switch(uid, enabled=not self._rules[uid].enabled)

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        if index.column() == 0:
            self._turn(self.table.model.id_at(index.row()))

    def _switch(self, uid: str, *, enabled: bool) -> None:
        self._shell.jobs.library(partial(self._desk.check.switch_rule, uid, enabled=enabled))

    @Slot(str)
    def _enter(self, _uid: str) -> None:
        (self.check if self.form is None else self.form.editor(self.form.fields[0].name)).setFocus()

    @Slot()
    def _save(self) -> None:
        if self._shown is None or self.form is None:
            return
        problems = self.form.problems()
        self.form.point_out(problems)
        if not problems:
            work = partial(self._desk.check.set_values, self._shown.id, self.form.values())
            said = partial(self._stored, f"已保存规则 {self._shown.id} 的数值")
            self._shell.jobs.library(work, said, self._refused)

    @Slot()
    def _ship(self) -> None:
        if self._shown is not None:
            work = partial(self._desk.check.ship_rule, self._shown.id)
            said = partial(self._stored, f"规则 {self._shown.id} 已恢复默认")
            self._shell.jobs.library(work, said)

    def _stored(self, text: str, _none: None) -> None:
        self.kept.done()
        self._shell.toast(text)

    def _refused(self, error: Exception) -> None:
        if isinstance(error, InputError) and error.fields and self.form is not None:
            self.form.point_out(dict(error.fields))
        else:
            self._shell.messages.report(error)


def _short(basis: str) -> str:
    """The basis as people say it: 《支部工作条例》第十一条."""
    return basis.replace("中国共产党", "").replace("（试行）", "")


def _read(desk: Desk) -> tuple[Mapping[str, RuleText], tuple[str, ...]]:
    return desk.check.rules(), desk.check.changed_rules()


def _columns(theme: Theme) -> tuple[Column[RuleText], ...]:
    return (
        Column(
            code="enabled",
            title="启用",
            text=lambda rule: "启用" if rule.enabled else "停用",
            icon=lambda rule: theme.icon(
                "check" if rule.enabled else "x", "good" if rule.enabled else "soft", 15
            ),
            width=88,
        ),
        Column(code="title", title="规则", text=lambda rule: rule.title, width=200),
        Column(
            code="basis",
            title="依据",
            text=lambda rule: _short(rule.basis),
            tooltip=lambda rule: rule.source,
            width=-1,
        ),
        Column(
            code="confirmed",
            title="条文",
            text=lambda rule: "" if rule.confirmed else "! 待核对",
            width=84,
        ),
    )
