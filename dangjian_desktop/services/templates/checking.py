"""What is wrong in a template, each with its place and what may be meant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dangjian_desktop.documents.templates.running import RunningTemplate
from dangjian_desktop.domain.meetings.record import MEETING
from dangjian_desktop.domain.members.record import MEMBER
from dangjian_desktop.domain.projects.record import PROJECT
from dangjian_desktop.domain.templates.fields import ROW, TemplateField, misspelled
from dangjian_desktop.domain.templates.writing import other_braces
from dangjian_desktop.errors import Issue
from dangjian_desktop.services.blank_forms.filling import FormScope

_BRACES = "“{0}”的花括号写得不对，要用英文的两个花括号：{{{{ }}}}。"
_LIST = "“{0}”是名单，要逐条填写：写在“{1}”和“{{%tr endfor %}}”之间的行里。"
ABOUT = "about"
"""The field of the issue that asks of which record."""
_CHOOSE = "模板要填一条{0}记录的内容，请先选定关于哪一条{0}记录。"
RECORDS = {record.code: record.title for record in (PROJECT, MEETING, MEMBER)}


def issues_of(
    opened: RunningTemplate, fields: Sequence[TemplateField], asked: FormScope
) -> tuple[Issue, ...]:
    """Everything that has to be mended before it can be filled, or told first."""
    told = "" if asked.about is None else asked.about.subject
    untold = {code: title for code, title in RECORDS.items() if code != told}
    found = misspelled(opened.used, fields, untold)
    wrong = [
        Issue(f"{_place(one.path.rpartition('.')[2], opened)}{one.words}", field=one.path)
        for one in found
        if not one.of
    ]
    asked_of = dict.fromkeys(one.of for one in found if one.of)
    chosen = [Issue(_CHOOSE.format(title), field=ABOUT) for title in asked_of]
    others = other_braces(opened.lines)
    braces = [Issue(f"{where}：{_BRACES.format(text)}") for where, text in others]
    return (*chosen, *wrong, *_lists(opened, fields), *braces)


def wanted_record(issues: Sequence[Issue]) -> str:
    """The code of the kind of record of which one has to be chosen, where nothing else is wrong."""
    asked = {_CHOOSE.format(title): code for code, title in RECORDS.items()}
    codes = {asked.get(issue.message, "") for issue in issues}
    return codes.pop() if len(codes) == 1 else ""


def _lists(opened: RunningTemplate, fields: Sequence[TemplateField]) -> Iterator[Issue]:
    """Lists, or whole rows of them, that are put in as they are."""
    rows = {path: each for each in fields if each.columns for path in (each.path, each.path + ROW)}
    for path in opened.printed:
        if path in rows:
            place = _place(rows[path].path.rpartition(".")[2], opened)
            yield Issue(f"{place}{_LIST.format(rows[path].label, rows[path].written)}", field=path)


def _place(name: str, opened: RunningTemplate) -> str:
    """Where a placeholder stands, by its last name; nothing where it cannot be told."""
    place = next((where for where, text in opened.lines if name in text), "")
    return f"{place}：" if place else ""
