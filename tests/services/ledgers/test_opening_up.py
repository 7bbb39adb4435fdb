"""What was entered as sensitive does not become public by a change of its ledger."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dangjian_desktop.domain.ledgers.reading import read_ledger
from dangjian_desktop.domain.levels import Level
from dangjian_desktop.errors import BlockedError, InputError
from dangjian_desktop.services.library.sensitive import sensitive_kept
from tests.guards.test_levels import CODE, DAY, LEDGER
from tests.services.talks.talks_world import a_desk

pytestmark = pytest.mark.usefixtures("quick_passwords")


def put(desk, level, **values):
    ledger = desk.ledger_styles.define(read_ledger(LEDGER.format(level=level))).ledger
    plain = {"day": str(DAY), **values}
    return ledger, desk.ledgers.save(desk.ledgers.read(CODE, plain))


def lowered(ledger, name=""):
    fields = (replace(f, level=Level.PUBLIC) if f.name == name else f for f in ledger.fields)
    return replace(ledger, fields=tuple(fields), level=Level.PUBLIC)


def test_a_ledger_that_holds_something_stays_as_closed_as_it_was(tmp_path):
    with a_desk(tmp_path, protected=True) as desk:
        ledger, row = put(desk, "sensitive", open="甲")
        desk.ledgers.of(CODE).delete(row.id)
        with pytest.raises(InputError) as refused:
            desk.ledger_styles.define(lowered(ledger))
        [issue] = refused.value.issues
        assert (issue.field, issue.message[:8]) == ("level", "已有 1 条记录")
        assert desk.ledgers.one_ledger(CODE).ledger.level is Level.SENSITIVE


def test_a_field_that_holds_something_does_so_too_even_by_way_of_being_taken_away(tmp_path):
    with a_desk(tmp_path, protected=True) as desk:
        ledger, row = put(desk, "public", open="甲", closed="乙")
        # An older version counts.
        desk.ledgers.save(replace(row, values={k: v for k, v in row.values.items() if v != "乙"}))
        with pytest.raises(InputError, match="没有采用") as refused:
            desk.ledger_styles.define(lowered(ledger, "closed"))
        [issue] = refused.value.issues
        assert issue.field == "closed"
        assert "敏感内容" in issue.message
        fields = tuple(f for f in ledger.fields if f.name != "closed")
        desk.ledger_styles.define(replace(ledger, fields=fields, listed=("day", "open"), prints=()))
        assert [each.told for each in sensitive_kept(desk._library)] == ["试探台账 1 条"]
        with pytest.raises(InputError):
            desk.ledger_styles.define(lowered(ledger, "closed"))


def test_what_holds_nothing_may_be_lowered_and_anything_raised(tmp_path):
    with a_desk(tmp_path, protected=True) as desk:
        ledger, _row = put(desk, "public", open="甲", inner="乙")
        lower = lowered(ledger, "closed")
        assert desk.ledger_styles.define(lower).ledger.named("closed").level is Level.PUBLIC
        raised = desk.ledger_styles.define(replace(lower, level=Level.SENSITIVE)).ledger
        assert raised.level is Level.SENSITIVE


def test_a_sensitive_ledger_says_the_same_of_either_workbook(tmp_path):
    with a_desk(tmp_path, protected=True) as desk:
        put(desk, "sensitive", open="甲")
        said = set()
        for profile in ("full", "masked"):
            with pytest.raises(BlockedError) as refused:
                desk.ledger_exports.export(CODE, tmp_path / "表.xlsx", profile=profile)
            said.add((refused.value.message, refused.value.remedy))
        [(words, remedy)] = said
        assert words == "“试探台账”的知悉范围是“敏感”，不能导出为表格。"
        assert remedy == "请在程序里查看；需要纸质的，可逐条打印。"
