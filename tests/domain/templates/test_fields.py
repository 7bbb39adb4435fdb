"""The fields of templates: one path each, and what is none is named with what it is like."""

from __future__ import annotations

from dangjian_desktop.domain.blank_forms.form import BlankKind
from dangjian_desktop.domain.blank_forms.sources import Source
from dangjian_desktop.domain.templates.fields import (
    every_path,
    misspelled,
    nested,
    template_fields,
)

SOURCES = (
    Source(key="branch.name", label="党支部名称", group="党支部"),
    Source(key="members", label="党员总数", group="数据"),
    Source(key="members.formal", label="正式党员", group="数据"),
    Source(key="members.age.31_35", label="31至35岁", group="数据"),
    Source(key="ledger:awards:count", label="表彰条数", group="台账"),
    Source(
        key="members:formal",
        label="正式党员名单",
        group="名单",
        kind=BlankKind.ROWS,
        columns=(
            Source(key="name", label="姓名", group=""),
            Source(key="post.title", label="职务", group=""),
        ),
    ),
)
FIELDS = template_fields(SOURCES)


def test_each_source_has_a_path_and_none_lies_within_another():
    assert [field.path for field in FIELDS] == [
        "branch.name",
        "members.text",
        "members.formal",
        "members.age.n31_35",
        "ledger.awards.count",
        "rows.members_formal",
    ]
    assert [each.path for each in FIELDS[-1].columns] == ["name", "post_title"]


def test_what_is_copied_into_a_template_is_how_it_is_written():
    assert FIELDS[0].written == "{{ branch.name }}"
    assert FIELDS[-1].table == (
        ("姓名", "职务"),
        ("{%tr for r in rows.members_formal %}", ""),
        ("{{ r.name }}", "{{ r.post_title }}"),
        ("{%tr endfor %}", ""),
    )


def test_what_is_misspelled_is_named_with_what_it_is_like():
    used = ["branch.name", "branch.nmae", "rows.members_formal[].nam", "completely_other"]
    found = misspelled(used, FIELDS)
    assert [one.path for one in found] == used[1:]
    assert found[0].words == "没有“branch.nmae”这项内容，是不是“branch.name”（党支部名称）？"
    assert "姓名" in found[1].words
    assert found[2].words == "没有“completely_other”这项内容。"


def test_a_row_has_one_value_by_a_name():
    columns = [Source(key="number", label=label, group="") for label in ("序号", "第几次")]
    rows = Source(key="x", label="会议", group="", kind=BlankKind.ROWS, columns=tuple(columns))
    assert [each.label for each in template_fields([rows])[0].columns] == ["序号"]


def test_a_label_is_known_as_people_write_it():
    found = misspelled(["支部名称", "党支部的名称", "rows.members_formal[].姓名", "天气"], FIELDS)
    likes = [one.like.path if one.like else None for one in found]
    assert likes == ["branch.name", "branch.name", "name", None]


def test_rows_and_their_columns_are_known_paths():
    known = every_path(FIELDS)
    assert {"rows.members_formal", "rows.members_formal[]", "rows.members_formal[].name"} <= set(
        known
    )
    assert misspelled(list(known), FIELDS) == ()


def test_values_are_nested_as_a_template_reads_them():
    assert nested({"a.b": "1", "a.c.d": "2", "e": "3"}) == {
        "a": {"b": "1", "c": {"d": "2"}},
        "e": "3",
    }
