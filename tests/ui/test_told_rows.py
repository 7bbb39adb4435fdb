"""The rows of a record in its card are read one by one."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QComboBox

from dangjian_desktop.domain.declared import SHARED
from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.services.records.exporting import text_of
from dangjian_desktop.ui.fields.inputs import guarded
from dangjian_desktop.ui.shared_page import shared_page
from dangjian_desktop.ui.told_rows import told_rows
from tests.ui.roster_world import held, quiet

ROWS = Field(
    "ratings",
    "测评事项",
    FieldType.RECORDS,
    columns=(
        Field("id", "编号"),
        Field("name", "事项"),
        Field("good", "满意", FieldType.INTEGER),
        Field("band", "档次"),
        Field("said", "意见建议", FieldType.LONG_TEXT),
    ),
)


def told(*rows):
    return told_rows(ROWS, rows, partial(text_of))


def test_a_row_begins_with_its_name_and_keeps_short_values_in_one_line():
    safety = {"id": "1", "name": "安全", "good": 19, "band": "好", "said": "信号铃的音调改了以后"}
    assert told(safety, {"name": "产量", "good": 14}) == (
        "安全\n满意19，档次：好\n意见建议：信号铃的音调改了以后\n\n产量\n满意14"
    )


def test_what_is_not_known_is_not_told():
    assert told() == ""
    assert told({"id": "1"}) == "—"


def test_a_card_shows_its_rows_so(qtbot, desk, shell):
    [record] = [record for record in SHARED if record.code == "fusion_appraisal"]
    told = {"title": "年度测评", "held_on": "2026-01-08", "year": 2026}
    desk.shared["fusion_appraisal"].import_json(told | {"ratings": [{"name": "安全"}]})
    page = held(qtbot, desk, shell, shared_page(record, desk, shell))
    quiet(qtbot, shell)
    qtbot.waitUntil(lambda: "测评事项和结果" in page.detail.lines.values)
    words = page.detail.lines.values["测评事项和结果"].text()
    assert words.startswith("安全")
    assert "测评事项：" not in words


def test_a_box_that_is_filled_after_it_was_shown_is_as_wide_as_its_choices(qtbot):
    box = guarded(QComboBox(), "group", "哪个党小组")
    qtbot.addWidget(box)
    box.show()
    qtbot.waitExposed(box)
    before = box.sizeHint().width()
    box.addItem("机电运输队第一党小组和第二党小组")
    assert box.sizeHint().width() > before
