"""责任状: what is signed stays as it was signed, whatever becomes of items and indicators."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import date

import docx
import pytest
from pypdfium2 import PdfDocument

from dangjian_desktop.domain.agreements.agreement import SEALED
from dangjian_desktop.domain.dates import PartialDate
from dangjian_desktop.domain.members.member import Span
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.errors import InputError
from dangjian_desktop.services.papers.printing import Wanted
from tests.documents.reading import pdf_texts, squeezed, word_texts
from tests.services.fusion.fusion_world import a_desk, named
from tests.services.make import a_member

TASK = {
    "kind": "task",
    "content": "把23个接线腔贴上测温贴",
    "found_on": "2026-01-05",
    "responsible": "李四",
    "due": "2026-03-20",
    "standard": "每班看一次",
    "department": "支部委员会",
}
TOLD = {
    "title": "2026年度责任状",
    "issuer_post": "矿党委书记",
    "signer": "张三",
    "signer_post": "党支部书记",
    "starts": "2026-01-01",
    "ends": "2026-12-31",
    "clauses": "职工提的事，三天内答复。\n差错先在大会上说清楚。",
}
SIGNED = date(2026, 2, 10)


@pytest.fixture
def desk(tmp_path):
    with a_desk(tmp_path) as opened:
        yield opened


@pytest.fixture
def uid(desk):
    """One that names a task and two indicators, not signed yet."""
    return stored(desk)


def stored(desk, **more):
    [task] = desk.shared["item"].import_json(TASK)["ids"]
    links = [
        {"subject": "indicator", "id": named(desk, n).id} for n in ("材料消耗", "隐患按期整改率")
    ]
    told = {**TOLD, "items": [task], "indicators": links, **more}
    [made] = desk.shared["duty_agreement"].import_json(told)["ids"]
    return made


def one(desk, uid):
    return desk.shared["duty_agreement"].one(uid)


def as_told(desk, uid):
    service = desk.shared["duty_agreement"]
    return json.loads(json.dumps(service.as_json([service.one(uid)])[0]))


def texts(desk, uid, code="duty_agreement"):
    return [*desk.printing.document(code, uid).texts()]


def refused(work):
    with pytest.raises(InputError) as error:
        work()
    return {issue.field: issue.message for issue in error.value.issues}


def test_before_it_is_signed_the_paper_follows_the_records(desk, uid):
    said = texts(desk, uid)
    assert ["1", TASK["content"], "每班看一次", "李四", "2026年3月20日", "支部委员会"] == (
        said[said.index(TASK["content"]) - 1 :][:6]
    )
    assert (said[said.index("材料消耗") :][:6]) == [
        "材料消耗",
        "元/吨煤",
        "0.45",
        "0.42",
        "0.43",
        "材料台账",
    ]
    assert "职工提的事，三天内答复。" in said
    desk.shared["item"].import_json({**item_of(desk), "standard": "每班看两次"})
    assert "每班看两次" in texts(desk, uid)


def item_of(desk):
    service = desk.shared["item"]
    return service.as_json(service.all())[0]


def test_what_is_signed_stays_whatever_becomes_of_the_records(desk, uid):
    desk.agreements.sign(uid, SIGNED)
    before = [word for word in texts(desk, uid) if word]
    desk.shared["item"].import_json({**item_of(desk), "standard": "改过", "due": "2026-06-30"})
    desk.indicators.enter({named(desk, "隐患按期整改率").id: {"2026-02": 99}})
    desk.shared["item"].delete(item_of(desk)["id"])
    assert texts(desk, uid) == before
    assert "97.9" in before
    assert "签订日期：2026年2月10日" in before
    kept = as_told(desk, uid)
    assert kept["signed_items"][0]["standard"] == "每班看一次"
    assert kept["signed_indicators"][1]["value"] == "97.9"


def test_word_and_pdf_say_the_same_as_it_was_signed(desk, uid, tmp_path):
    desk.agreements.sign(uid, SIGNED)
    files = desk.printing.export("duty_agreement", tmp_path / "出", uid)
    word, pdf = (
        squeezed("".join(read(f.read_bytes())))
        for read, f in zip((word_texts, pdf_texts), files, strict=True)
    )
    for words in (
        "下达人：矿党委书记",
        "责任人：张三（党支部书记）",
        TASK["content"],
        "签订日期：2026年2月10日",
    ):
        assert words in word, words
        assert words in pdf, words


@pytest.mark.parametrize(
    "name", sorted(set(SEALED) - {"signed_on", "signed_items", "signed_indicators"})
)
def test_no_field_of_what_is_signed_can_be_changed(desk, uid, name):
    desk.agreements.sign(uid, SIGNED)
    changed = {
        **dict.fromkeys(("title", "issuer", "issuer_post", "signer"), "另写"),
        **dict.fromkeys(("signer_post", "clauses"), "另写"),
        **{"starts": "2026-01-02", "ends": "2026-11-30", "items": [], "indicators": []},
    }
    told = as_told(desk, uid) | {name: changed[name]}
    if name in ("items", "indicators"):
        told[f"signed_{name}"] = []
    found = refused(lambda: desk.shared["duty_agreement"].import_json(told))
    assert "责任状已于2026-02-10签订" in found[name]
    assert "先撤回签订" in found[name]


def test_the_day_and_what_was_frozen_cannot_be_taken_away_by_an_import(desk, uid):
    desk.agreements.sign(uid, SIGNED)
    told = as_told(desk, uid)
    bare = told | {"signed_on": None, "signed_items": [], "signed_indicators": []}
    assert "signed_on" in refused(lambda: desk.shared["duty_agreement"].import_json(bare))
    other = json.loads(json.dumps(told))
    other["signed_indicators"][0]["target"] = "0.99"
    assert "signed_indicators" in refused(lambda: desk.shared["duty_agreement"].import_json(other))


def test_scan_and_place_are_told_after_the_signing(desk, uid):
    desk.agreements.sign(uid, SIGNED)
    shown = {"public_place": "公开栏", "public_from": "2026-02-11", "public_until": "2026-02-20"}
    desk.shared["duty_agreement"].import_json(as_told(desk, uid) | shown)
    said = texts(desk, uid, "duty_publicity")
    assert said[said.index("公示地点") + 1] == "公开栏"
    assert said[said.index("公示时间") + 1] == "2026年2月11日至2026年2月20日"
    with closing(PdfDocument(desk.printing.preview("duty_publicity", uid))) as pdf:
        assert len(pdf) == 1
    assert f"{TASK['content']}（责任人李四，完成时限2026年3月20日）" in said
    assert "2. 隐患按期整改率：基准94.7%，目标98%" in said


def test_it_is_taken_back_with_a_reason_and_signed_anew(desk, uid):
    desk.agreements.sign(uid, SIGNED)
    assert "reason" in refused(lambda: desk.agreements.withdraw(uid, " \n"))
    desk.agreements.withdraw(uid, "责任人写错", date(2026, 2, 12))
    kept = as_told(desk, uid)
    assert (kept["signed_on"], kept["signed_items"]) == (None, [])
    step = {"on": "2026-02-12", "signed_on": "2026-02-10", "reason": "责任人写错"}
    assert kept["withdrawals"] == [step]
    desk.shared["duty_agreement"].import_json(kept | {"signer": "李四"})
    gone = as_told(desk, uid) | {"withdrawals": []}
    assert "withdrawals" in refused(lambda: desk.shared["duty_agreement"].import_json(gone))
    desk.agreements.sign(uid, date(2026, 2, 13))
    assert one(desk, uid).signer.name == "李四"


def test_an_import_may_take_it_back_where_it_says_why(desk, uid):
    desk.agreements.sign(uid, SIGNED)
    told = as_told(desk, uid) | {"signed_on": None, "signed_items": [], "signed_indicators": []}
    step = {"on": "2026-02-12", "signed_on": "2026-02-10", "reason": " "}
    assert refused(
        lambda: desk.shared["duty_agreement"].import_json(told | {"withdrawals": [step]})
    )
    other = step | {"signed_on": "2026-02-09", "reason": "写错"}
    found = refused(
        lambda: desk.shared["duty_agreement"].import_json(told | {"withdrawals": [other]})
    )
    assert "先撤回签订" in found["signed_on"]
    step["reason"] = "写错"
    desk.shared["duty_agreement"].import_json(told | {"withdrawals": [step], "clauses": "另写"})
    assert one(desk, uid).clauses == "另写"


def test_what_is_not_signed_is_not_taken_back_and_nothing_is_signed_twice(desk, uid):
    assert "还没有签订" in refused(lambda: desk.agreements.withdraw(uid, "错"))["signed_on"]
    desk.agreements.sign(uid, SIGNED)
    assert "已于2026-02-10签订" in refused(lambda: desk.agreements.sign(uid, SIGNED))["signed_on"]


def test_nothing_is_signed_for_that_nobody_had_decided_by_then(desk, uid):
    """The task was found on 2026-01-05."""
    [said] = [refused(lambda: desk.agreements.sign(uid, date(2026, 1, 4)))["items"]]
    assert f"“{TASK['content']}”是2026-01-05提出的，晚于签订日期" in said
    assert one(desk, uid).signed_on is None
    desk.agreements.sign(uid, date(2026, 1, 5))
    told = as_told(desk, uid) | {"id": None, "title": "另一份", "signed_on": "2026-01-04"}
    found = refused(lambda: desk.shared["duty_agreement"].import_json(told))
    assert "晚于签订日期" in found["items"]
    desk.shared["duty_agreement"].import_json(told | {"signed_on": "2026-01-05"})


def test_no_day_to_come_and_nothing_that_is_gone_is_signed(desk, uid):
    assert "signed_on" in refused(lambda: desk.agreements.sign(uid, date(2030, 1, 1)))
    desk.shared["item"].delete(item_of(desk)["id"])
    assert "已删除的责任事项" in refused(lambda: desk.agreements.sign(uid, SIGNED))["items"]
    assert one(desk, uid).signed_on is None


def test_an_older_version_does_not_take_the_place_of_what_is_signed(desk, uid):
    desk.agreements.sign(uid, SIGNED)
    with pytest.raises(InputError) as error:
        desk.versions.restore(uid, 1)
    assert "先撤回签订" in "".join(issue.message for issue in error.value.issues)
    assert one(desk, uid).signed_on == SIGNED


def test_a_draft_that_waits_is_settled_before_it_is_signed(desk, uid):
    desk.drafts.put("duty_agreement", uid, {"id": uid, "title": "改到一半"})
    with pytest.raises(InputError, match="有还没保存的草稿"):
        desk.agreements.sign(uid, SIGNED)


@pytest.mark.parametrize(
    ("told", "place", "words"),
    [
        ({"ends": "2025-12-31"}, "ends", "早于期限起"),
        ({"signed_on": "2026-02-10", "items": ["?"]}, "signed_items", "再办理签订"),
        ({"public_until": "2026-03-01"}, "public_from", "请填写公开起"),
        (
            {"public_from": "2026-03-02", "public_until": "2026-03-01"},
            *("public_until", "早于公开起"),
        ),
        ({"signer": None}, "signer", "没有填写"),
        ({"starts": "2026-13-01"}, "starts", "日期"),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(desk, told, place, words):
    if told.get("items"):
        told = told | {"items": desk.shared["item"].import_json(TASK)["ids"]}
    found = refused(lambda: desk.shared["duty_agreement"].import_json(TOLD | told))
    assert words in found[place]
    assert desk.shared["duty_agreement"].all() == ()


def a_template(folder, *paragraphs):
    file = docx.Document()
    for text in paragraphs:
        file.add_paragraph(text)
    path = folder / "承诺条款.docx"
    file.save(path)
    return path


def test_clauses_come_from_a_template_of_the_branch_alone(desk, uid, tmp_path):
    assert desk.agreements.templates() == ()
    shipped = desk.templates.all()[0]
    with pytest.raises(InputError, match="只从本支部自己的模板取"):
        desk.agreements.take_clauses(uid, shipped.id)
    desk.templates.add(a_template(tmp_path, "第一条　按月到现场。", "", "第二条　问题当场答复。"))
    before = desk.agreements.take_clauses(uid, "承诺条款")
    assert one(desk, uid).clauses == "第一条　按月到现场。\n第二条　问题当场答复。"
    desk.agreements.put_back(before)
    desk.agreements.sign(uid, SIGNED)
    assert "clauses" in refused(lambda: desk.agreements.take_clauses(uid, "承诺条款"))


def test_the_program_has_no_clause_of_its_own_and_an_empty_form_is_empty(desk):
    state = desk.agreements.begun("")
    assert "clauses" not in state
    said = texts(desk, "")
    assert [word for word in said if word in ("一、责任事项", "二、指标", "三、承诺条款")]
    assert not any("承诺" in word for word in said if word != "三、承诺条款")


def test_it_is_found_and_reminds_of_nothing(desk, uid):
    hits, _ = desk.search.find("三天内答复")
    assert [hit.type for hit in hits] == ["duty_agreement"]
    assert desk.shared["duty_agreement"].record.due == ()
    words = desk.printing.document("summary", wanted=Wanted(period=None)).texts
    assert words


def test_the_empty_form_is_one_page(desk):
    with closing(PdfDocument(desk.printing.preview("duty_agreement"))) as pdf:
        assert len(pdf) == 1


def test_who_had_left_signs_nothing(desk):
    with desk._library.changing(Topic.MEMBERS) as work:
        gone = (Span("正常", PartialDate(2020, 1, 1), PartialDate(2025, 6, 1)),)
        left = (Span("转出", PartialDate(2025, 6, 1)),)
        work.members.save(a_member("许远", standings=(*gone, *left)))
    found = refused(lambda: desk.shared["duty_agreement"].import_json(TOLD | {"signer": "许远"}))
    assert "许远在2026-01-01已不是本支部党员" in found["signer"]
