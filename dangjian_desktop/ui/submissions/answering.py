"""What the superior answered: 登记退回 with its day and reason, 登记上级意见 as words or a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from dangjian_desktop.domain.submissions.package import Package
from dangjian_desktop.domain.submissions.record import PACKAGE
from dangjian_desktop.errors import InputError
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.submissions.following import ForeignReplyError
from dangjian_desktop.ui.desk.kept_form import KeptFields
from dangjian_desktop.ui.desk.page import Page
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.fields.forms import Form
from dangjian_desktop.ui.look.widgets import button, column_of, label, row_of

_DAY, _REASON, _WORDS, _FILE = "returned", "return_reason", "reply_text", "file"
_REPLIES = "上级意见 (*.docx *.xlsx *.txt *.pdf)"


class AnswerView(Page):
    """A form over the width of the page; ``left`` brings the package once it is kept, or not.

    What is typed and not saved is kept as a draft of ``draft``.
    """

    left = Signal(str)

    def __init__(
        self,
        desk: Desk,
        shell: Shell,
        *,
        title: str,
        draft: str,
        fields: tuple[str, ...],
        below: Sequence[QWidget | tuple[QWidget, int]] = (),
    ) -> None:
        super().__init__()
        self._desk, self._shell, self._title = desk, shell, title
        self._uid = ""
        theme = shell.theme
        self.leaving = button("返回", theme, icon="arrow-left", look="quiet", name="return.back")
        self.save = button("保存", theme, icon="save", look="primary", name="return.save")
        self.about = label("", "soft", wrap=True)
        self.form = Form(
            [PACKAGE.field(name).as_plain() for name in fields], theme, columns=1, today=desk.today
        )
        head = row_of(self.leaving, label(title, "title"), ..., self.save)
        column_of(head, self.about, self.form, row_of(*below), ..., on=self, gap=10)
        self.kept = KeptFields(
            desk,
            shell,
            draft,
            self.form,
            name=title,
            key=lambda: self._uid,
            state=self.state,
            fill=self.go_on,
            parent=self,
        )
        self.leaving.clicked.connect(self._leave)
        self.save.clicked.connect(self._save)

    def about_package(self, package: Package) -> None:
        """Begin with what is known of this package, or with what was typed and not saved."""
        self._uid = package.id
        self.about.setText(package.title)
        self.kept.show_values(self.known(package))
        self.form.point_out({})
        self.kept.look()

    def state(self) -> dict[str, Any]:
        """What stands in the form."""
        return self.form.values()

    def known(self, package: Package) -> Mapping[str, Any]:
        """What stands there before anything is typed: what the package has."""
        return {field.name: getattr(package, field.name) or None for field in self.form.fields}

    def told(self, values: Mapping[str, Any]) -> Mapping[str, Any]:
        """What is to be kept: all that stands there."""
        return values

    def problems(self) -> dict[str, str]:
        """What cannot be kept, by field."""
        return dict(self.form.problems())

    def focus_first(self) -> None:
        """Put the focus on the first field."""
        self.form.editor(self.form.fields[0].name).setFocus()

    def go_on(self, content: Mapping[str, Any]) -> None:
        """Show what was typed and not saved."""
        self.kept.show_values(content)

    @Slot()
    def _save(self) -> None:
        problems = self.problems()
        self.form.point_out(problems)
        if not problems:
            self._keep(force=False)

    def _keep(self, *, force: bool) -> None:
        told = self.told(self.form.values())
        work = partial(self._desk.follow_up.answer, self._uid, force=force, **told)
        self._shell.jobs.library(work, self._saved, self._refused, title=f"正在{self._title}")

    def _saved(self, package: Package) -> None:
        self.kept.done()
        self._shell.toast(f"已{self._title}：{package.title}")
        self.left.emit(package.id)

    def _refused(self, error: Exception) -> None:
        if isinstance(error, ForeignReplyError):
            again = partial(self._keep, force=True)
            words = "请核对是不是给本支部的意见。"
            self._shell.messages.ask(error.message, words, "仍要保存", again, parent=self)
        elif isinstance(error, InputError) and error.fields:
            self.form.point_out(error.fields)
        else:
            self._shell.messages.report(error)

    @Slot()
    def _leave(self) -> None:
        self.left.emit(self._uid)


class ReturnView(AnswerView):
    """登记退回: the day, today unless told, and the reason."""

    def __init__(self, desk: Desk, shell: Shell) -> None:
        fields = (_DAY, _REASON)
        super().__init__(desk, shell, title="登记退回", draft="package_return", fields=fields)

    def known(self, package: Package) -> Mapping[str, Any]:
        """What was told before, else today."""
        day = package.returned or self._desk.today()
        return {_DAY: day.isoformat(), _REASON: package.return_reason or None}

    def problems(self) -> dict[str, str]:
        """Also where no day is told."""
        found = super().problems()
        if not self.form.values()[_DAY]:
            found.setdefault(_DAY, "请填写退回日期")
        return found

    def told(self, values: Mapping[str, Any]) -> Mapping[str, Any]:
        """Day and reason."""
        return {"returned": date.fromisoformat(values[_DAY]), "reason": values[_REASON] or ""}


class ReplyView(AnswerView):
    """登记上级意见: words as they were told, a file, or both."""

    def __init__(self, desk: Desk, shell: Shell) -> None:
        theme = shell.theme
        choose = button("选择意见文件…", theme, icon="folder-open", name="reply.file")
        none = button("去掉", theme, look="quiet", name="reply.no_file")
        said = label("", "soft", wrap=True, name="reply.said")
        super().__init__(
            desk,
            shell,
            title="登记上级意见",
            draft="package_reply",
            fields=(_WORDS,),
            below=(choose, none, (said, 1)),
        )
        self._file: Path | None = None
        self.choose, self.none, self.said = choose, none, said
        self.choose.clicked.connect(self._ask_file)
        self.none.clicked.connect(self._drop_file)
        self.show_file(None)

    def known(self, _package: Package) -> Mapping[str, Any]:
        """Nothing: what was answered before stays."""
        self.show_file(None)
        return {}

    def state(self) -> dict[str, Any]:
        """With the file that was chosen."""
        return {**super().state(), _FILE: str(self._file) if self._file else None}

    def told(self, values: Mapping[str, Any]) -> Mapping[str, Any]:
        """Words and file."""
        return {"reply": self._file, "text": values[_WORDS] or ""}

    def show_file(self, file: Path | None) -> None:
        """This file is to be kept."""
        self._file = file
        self.said.setText(f"意见文件：{file.name}" if file else "可选 Word、Excel、PDF 或文本文件")
        self.none.setVisible(file is not None)

    def go_on(self, content: Mapping[str, Any]) -> None:
        """With the file that was chosen, where it is still there."""
        file = Path(content[_FILE]) if content.get(_FILE) else None
        self.show_file(file if file is not None and file.is_file() else None)
        super().go_on({_WORDS: content.get(_WORDS)})

    @Slot()
    def _ask_file(self) -> None:
        title = "选择上级意见"
        self._shell.choosers.open_file(self, title, _REPLIES, self._chosen, purpose="reply")

    def _chosen(self, file: Path) -> None:
        self.show_file(file)
        self.kept.touch()

    @Slot()
    def _drop_file(self) -> None:
        self.show_file(None)
        self.kept.touch()
