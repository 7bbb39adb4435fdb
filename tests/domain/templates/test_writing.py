"""Braces that are none, and what was begun and not ended, each with its place."""

from __future__ import annotations

import pytest

from dangjian_desktop.domain.templates.writing import not_ended, other_braces


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("｛｛branch.name｝｝", ["｛｛branch.name｝｝"]),
        ("｛{ branch.name }｝", ["｛{ branch.name }｝"]),
        ("｛％ for r in rows.members ％｝", ["｛％ for r in rows.members ％｝"]),
        ("甲{branch.name}乙", ["{branch.name}"]),
        ("甲｛branch.name｝乙", ["｛branch.name｝"]),
        ("{{ branch.name }}{% if a %}{# 注 #}{% endif %}", []),
        ("集合{甲、乙}，见｛注｝，{a}", []),
    ],
)
def test_other_braces_are_told_and_no_others(text, found):
    assert [each for _where, each in other_braces([("第1段", text)])] == found


@pytest.mark.parametrize(
    ("texts", "place"),
    [
        (["好", "{{ branch.name }"], 2),
        (["{{ a }}", "}} 乙"], 2),
        (["{%tr for r in rows.members %}", "{{ r.name }}"], 1),
        (["{% if a %}", "{% endfor %}", "{% endif %}"], 2),
        (["{% for r in a %}", "{% if b %}", "{% endif %}", "{% endfor %}"], None),
        (["{% endif %}"], 1),
    ],
)
def test_what_was_not_ended_is_found(texts, place):
    lines = [(f"第{n}段", text) for n, text in enumerate(texts, 1)]
    found = not_ended(lines)
    assert (found and found[0]) == (place and f"第{place}段")
