from __future__ import annotations

import pytest

from dangjian_desktop.domain.fields import FieldType
from dangjian_desktop.errors import InputError
from dangjian_desktop.services.checks.rule_fields import rule_fields, rule_plain, rule_values
from dangjian_desktop.services.checks.rule_table import shipped_rules

RULES = shipped_rules()


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_every_value_has_a_chinese_label_and_comes_back_unchanged(rule):
    fields = rule_fields(rule)
    assert [field.name for field in fields] == list(rule.values)
    assert all(not field.label.isascii() for field in fields)
    assert rule_values(rule, rule_plain(rule)) == dict(rule.values)


@pytest.mark.parametrize("wrong", [None, "", "0", "-1", "1.5", "三", "²", "99999", True])
def test_a_number_is_a_whole_one_above_zero(wrong):
    with pytest.raises(InputError) as refused:
        rule_values(RULES["CAD-32H"], {"hours": wrong})
    assert list(refused.value.fields) == ["hours"]


def test_lists_are_sorted_and_every_part_must_be_a_number():
    rule = RULES["CAD-6M"]
    assert rule_values(rule, {"warn_months": "6、 3，3"}) == {"warn_months": [3, 6]}
    with pytest.raises(InputError):
        rule_values(rule, {"warn_months": "3、六"})


def test_choices_are_among_the_offered_ones():
    rule = RULES["CAD-GM"]
    kinds = {field.name: field.type for field in rule_fields(rule)}
    assert kinds["months"] is FieldType.CHOICE
    assert rule_values(rule, {"times": 2, "months": "6"}) == {"times": 2, "months": 6}
    with pytest.raises(InputError) as refused:
        rule_values(rule, {"times": 0, "months": "5"})
    assert set(refused.value.fields) == {"times", "months"}
