"""融合成效测评: a sheet with empty boxes, and counts that agree with the sheets."""

from __future__ import annotations

from contextlib import closing

import pytest
from pypdfium2 import PdfDocument

from dangjian_desktop.errors import InputError
from tests.services.fusion.fusion_world import a_desk

ROW = {"name": "安全", "satisfied": 20, "mostly_satisfied": 6, "neutral": 3, "dissatisfied": 0}
TOLD = {
    "title": "2026年度融合成效测评",
    "held_on": "2026-03-06",
    "year": 2026,
    "span": "q1",
    "issued": 31,
    "returned": 31,
    "valid": 30,
    "ratings": [ROW | {"unrated": 1, "opinions": "信号铃听得清\n中餐还是凉"}],
    "opinions": "时间短",
}


@pytest.fixture
def desk(tmp_path):
    with a_desk(tmp_path) as opened:
        yield opened


def stored(desk, **more):
    [uid] = desk.shared["fusion_appraisal"].import_json({**TOLD, **more})["ids"]
    return uid


def refused(desk, **more):
    with pytest.raises(InputError) as error:
        stored(desk, **more)
    assert desk.shared["fusion_appraisal"].all() == ()
    return {issue.field: issue.message for issue in error.value.issues}


def texts(desk, code, uid=""):
    return [*desk.printing.document(code, uid).texts()]


def test_the_result_has_the_counts_in_the_order_of_the_sheet(desk):
    other = {
        **ROW,
        "name": "成本",
        "satisfied": 30,
        "mostly_satisfied": 0,
        "neutral": 0,
        "unrated": 0,
    }
    said = texts(desk, "appraisal_result", stored(desk, ratings=[*TOLD["ratings"], other]))
    assert "测评日期：2026年3月6日　　发出测评表31张　收回31张　有效30张" in said
    assert said[said.index("安全") - 1 :][:7] == ["1", "安全", "20", "6", "3", "0", "1"]
    assert said.index("安全") < said.index("成本"), "nothing is ranked"
    assert (said[said.index("意见建议") + 1 :][:3]) == [
        "安全：信号铃听得清",
        "安全：中餐还是凉",
        "其他：时间短",
    ]
    assert not any("%" in word or "分" in word for word in said), "nothing becomes a score"


def test_the_sheet_asks_on_one_page_with_empty_boxes_and_without_a_name(desk):
    ratings = [{"name": f"事项{n}"} for n in range(1, 13)]
    bare = dict.fromkeys(("issued", "returned", "valid"))
    uid = stored(desk, ratings=ratings, opinions="", **bare)
    document = desk.printing.document("appraisal_sheet", uid)
    [table] = [block for block in document.blocks if hasattr(block, "rows")]
    for row in table.rows[1:13]:
        assert ["".join(p.words for p in cell.paragraphs) for cell in row.cells[2:]] == [""] * 5
    assert not any("姓名：" in text for text in document.texts())
    with closing(PdfDocument(desk.printing.preview("appraisal_sheet", uid))) as pdf:
        assert len(pdf) == 1


def test_an_empty_sheet_asks_about_the_priorities_of_the_year(desk):
    desk.shared["priority"].import_json([{"name": "安全", "since": "2026"}, {"name": "成本"}])
    said = texts(desk, "appraisal_sheet")
    assert {"安全", "成本"} <= set(said)
    assert [r["name"] for r in desk.appraisals.begun("")["ratings"]] == ["安全", "成本"]


def test_a_new_one_like_an_earlier_one_has_its_items_and_none_of_its_counts(desk):
    assert desk.appraisals.begun(stored(desk))["ratings"] == [{"name": "安全"}]


@pytest.mark.parametrize(
    ("told", "place", "words"),
    [
        ({"returned": 32}, "returned", "收回32张，多于发出的31张"),
        ({"valid": 32}, "valid", "有效32张，多于收回的31张"),
        ({"returned": None, "valid": 32}, "valid", "多于发出的31张"),
        ({"ratings": [ROW | {"unrated": 2}]}, "ratings.0.satisfied", "合计31张，多于有效的30张"),
        ({"ratings": [ROW | {"unrated": 0}]}, "ratings.0.satisfied", "少1张；没有评的填入“未评”"),
        ({"ratings": [ROW | {"unrated": -1}]}, "ratings.0.unrated", "应为 0 至"),
        ({"ratings": [ROW | {"unrated": "十"}]}, "ratings.0.unrated", "的整数"),
        ({"ratings": [{"name": "安全"}, {"name": "安全"}]}, "ratings.1.name", "写了两次"),
        ({"ratings": [{"name": " "}]}, "ratings.0.name", "没有填写"),
        ({"held_on": "2026-12-30"}, "held_on", "还不能有票数"),
        ({"span": "h2"}, "held_on", "早于所测评的2026年下半年"),
        ({"year": None}, "year", "没有填写"),
        ({"span": "q5"}, "span", "应从给出的选项中选择"),
    ],
)
def test_counts_that_do_not_agree_are_refused_at_their_place(desk, told, place, words):
    assert words in refused(desk, **told)[place]


def test_counts_that_are_not_all_told_are_held_against_nothing(desk):
    uid = stored(desk, ratings=[{"name": "安全", "satisfied": 30}], issued=None)
    assert desk.shared["fusion_appraisal"].one(uid).counted


def test_it_is_found_by_an_opinion(desk):
    stored(desk)
    hits, _ = desk.search.find("信号铃")
    assert [hit.type for hit in hits] == ["fusion_appraisal"]
