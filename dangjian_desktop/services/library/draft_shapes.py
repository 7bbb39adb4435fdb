"""Whether a form can show what a draft holds: judged by shape alone, not by what can be read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from enum import Enum
from typing import Any

from dangjian_desktop.domain.declared import RECORDS
from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.domain.projects.record import PROGRESS
from dangjian_desktop.errors import InputError
from dangjian_desktop.late import Late
from dangjian_desktop.services.ledgers.catalogue import code_of, ledger_of, shipped
from dangjian_desktop.services.records.declaring import declared_of
from dangjian_desktop.services.records.writing import key_of
from dangjian_desktop.storage.work import Work

Content = Mapping[str, Any]
Labels = Mapping[str, tuple[str, Mapping[str, str]]]
"""By the key of a content, the word for it and those for what can be chosen."""

_RECORDS = {record.code: record for record in RECORDS}
_TITLES = {
    "progress": "项目进展",
    "ledger_style": "台账样式",
    "summary": "汇总",
    "project_step": "项目状态",
    "project_category": "项目类别",
    "meeting_kind": "会议类型",
    "rule": "体检规则",
    "waiver": "情况说明",
    "branch": "支部信息",
    "package_order": "新建报送包",
    "package_return": "登记退回",
    "package_reply": "登记上级意见",
    "item_step": "事项办理",
    "agreement_step": "责任状签订",
    "item_lists": "清单名称",
}
_LISTS = (FieldType.CHOICES, FieldType.PEOPLE, FieldType.LIST)
_OBJECTS = (FieldType.LINK, FieldType.FILES)
_PROJECTS = Field("projects", "关联项目", FieldType.LIST)


def title_of(work: Work, form: str) -> str:
    """What a form is called; its own code where nobody knows it."""
    if form in _RECORDS:
        return _RECORDS[form].title
    code = code_of(form)
    try:
        return _TITLES.get(form, form) if code is None else ledger_of(work, code).title
    except InputError:
        return form


def labels_of(form: str) -> Labels:
    """The words for what a form holds, without the library; nothing of a ledger of its own."""
    code = code_of(form)
    if form in _RECORDS:
        return dict(_labels(_RECORDS[form].fields))
    if form == "progress":
        return dict(_labels(PROGRESS.columns))
    ledger = shipped().get(code or "")
    return dict(_labels(ledger.all_fields)) if ledger else {}


def _labels(fields: Iterable[Field]) -> Iterator[tuple[str, tuple[str, Mapping[str, str]]]]:
    for field in fields:
        yield from _labels(field.columns)
        yield key_of(field), (field.label, dict(field.choices))
        yield field.name, (field.label, dict(field.choices))


def require_shape(work: Work, form: str, content: Content) -> None:
    """Raise ``ValueError``, ``TypeError`` or ``KeyError`` for what the form cannot show."""
    code = code_of(form)
    if form in _OWN:
        _OWN[form](work, content)
    elif form in _RECORDS:
        _require_fields(_RECORDS[form].fields, content)
    elif code is not None:
        try:
            fields = ledger_of(work, code).all_fields
        except InputError as unknown:
            raise ValueError(form) from unknown
        _require_fields(fields, content)


def _meeting(work: Work, content: Content) -> None:
    record = _RECORDS["meeting"]
    _require_fields(map(_with_projects, record.fields), content)
    _require(isinstance(content.get("known") or {}, Mapping))
    more = declared_of(work).fields_of(record, {"kinds": content.get("kinds")})
    _require_fields(more, content.get(record.more_in) or {})


def _with_projects(field: Field) -> Field:
    """The form keeps with each item which projects it dealt with."""
    agenda = field.name == "agenda"
    return replace(field, columns=(*field.columns, _PROJECTS)) if agenda else field


def _project(_work: Work, content: Content) -> None:
    _require_fields(_RECORDS["project"].fields, content)
    _require(isinstance(content.get("known") or {}, Mapping))


def _member(_work: Work, content: Content) -> None:
    """Its form keeps values by the names of the fields, and beside them changes from a day on."""
    values, changes = content.get("values") or {}, content.get("changes") or {}
    _require(isinstance(values, Mapping) and isinstance(changes, Mapping))
    for field in _RECORDS["member"].fields:
        _require_value(field, values.get(field.name))
    for change in changes.values():
        _require(change is None or isinstance(change, Mapping))
        _require(not any(isinstance(part, list | dict) for part in (change or {}).values()))


def _progress(_work: Work, content: Content) -> None:
    _require_fields(PROGRESS.columns, content)
    values = content.get("values") or {}
    _require(isinstance(values, Mapping) and all(isinstance(v, str) for v in values.values()))


_LEDGER_IN = Late("services.ledgers.style_form:ledger_of")
"""Only for whoever left a style of a ledger unfinished."""


def _style(_work: Work, content: Content) -> None:
    _LEDGER_IN.read()(content)


_OWN: Mapping[str, Callable[[Work, Content], None]] = {
    "meeting": _meeting,
    "project": _project,
    "member": _member,
    "progress": _progress,
    "ledger_style": _style,
}


def _require(fits: bool) -> None:
    if not fits:
        raise ValueError


def _require_fields(fields: Iterable[Field], content: Any) -> None:
    _require(isinstance(content, Mapping))
    for field in fields:
        _require_value(field, content.get(key_of(field)))


def _require_value(field: Field, value: Any) -> None:
    if value is None:
        # The form asks the class of a required choice for it.
        _require(not (field.required and _closed(field)))
    elif field.type is FieldType.RECORDS:
        _require(isinstance(value, list))
        for row in value:
            _require_fields(field.columns, row)
    elif field.type is FieldType.RECORD:
        _require(isinstance(value, Mapping))
        for key in value if field.key else ():
            _require_value(field.columns[0], value[key])
        _require_fields(() if field.key else field.columns, value)
    elif field.type in _OBJECTS:
        _require(isinstance(value, list) and all(isinstance(v, dict | str) for v in value))
    else:
        _require_simple(field, value)


def _require_simple(field: Field, value: Any) -> None:
    if isinstance(value, list):
        _require(field.type in _LISTS and all(isinstance(part, str) for part in value))
    else:
        _require(
            isinstance(value, str) or (field.type not in _LISTS and not isinstance(value, dict))
        )
        _require(not (_closed(field) and value and value not in dict(field.choices)))


def _closed(field: Field) -> bool:
    """Whether its value has to be one of a class."""
    enum = field.of is not None and issubclass(field.of, Enum)
    return enum and field.type is FieldType.CHOICE
