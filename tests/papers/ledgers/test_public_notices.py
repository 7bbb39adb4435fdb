"""公示 of a row, read back from Word and PDF: what stands where, what is kept back or left open."""

from __future__ import annotations

import pytest

from dangjian_desktop.documents.fonts import bundled_fonts
from dangjian_desktop.documents.model import Layout, WriteLines
from dangjian_desktop.documents.pdf import render_pdf
from dangjian_desktop.documents.word import render_word
from dangjian_desktop.domain.ledgers.ledger import NoticePrint
from dangjian_desktop.domain.ledgers.reading import read_ledger
from dangjian_desktop.domain.ledgers.writing import write_ledger
from dangjian_desktop.errors import InputError
from dangjian_desktop.papers.blanks import ROOM
from dangjian_desktop.services.papers.holidays import shipped_workdays
from tests.documents.reading import model_texts, pdf_texts, word_texts
from tests.domain.ledgers.making import a_row, builtin, own
from tests.papers.ledgers.test_ledger_prints import printed

FULL = {
    "matter": "2026年党员责任区调整",
    "content": "一号区由张三负责。\n二号区由李四负责。",
    "day": "2026-04-29",
    "ends": "2026-05-09",
    "contact": "王五，0351-1234567",
    "feedback": "一名职工提出两区重叠，已调整",
}


def notice(ledger, values, **more):
    (number,) = [n for n, p in enumerate(ledger.prints) if isinstance(p, NoticePrint)]
    rows = [a_row(ledger, values)]
    return printed(ledger, number, rows, **{"workdays": shipped_workdays()} | more)


def read_back(document) -> list[str]:
    """The words of the paper as Word and PDF both hold them."""
    found = word_texts(render_word(document))
    assert found == pdf_texts(render_pdf(document, bundled_fonts())) == model_texts(document)
    return "\n".join(found).replace("\u3000", "").splitlines()


def test_a_full_row_is_told_with_its_days_and_whom_to_tell() -> None:
    document = notice(builtin("openness"), FULL)
    assert document.layout is Layout.OFFICIAL
    text = "".join(read_back(document)).replace(" ", "")
    for part in (
        "关于2026年党员责任区调整的公示",
        "一号区由张三负责。二号区由李四负责。",
        "公示时间：2026年4月29日至2026年5月9日（6个工作日）受理人及电话：王五，0351-1234567",
        "中共测试公司机关支部2026年4月29日公示结果记录",
        "意见及处理一名职工提出两区重叠，已调整",
    ):
        assert part in text, part


def test_the_sheet_for_everybody_has_no_record_of_its_result() -> None:
    public = " ".join(read_back(notice(builtin("openness"), FULL, public=True)))
    assert "公示时间" in public
    assert "结果" not in public
    assert "两区重叠" not in public


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (("2027-03-01", "2027-03-05"), "5个工作日，未计法定节假日，待核对"),
        (("2026-12-28", "2027-01-04"), "6个工作日，未计法定节假日，待核对"),
        (("2026-03-02", "2026-03-06"), "5个工作日"),
        (("2026-03-06", "2026-03-02"), ""),
        (("2026-03-06", None), ""),
    ],
)
def test_days_are_counted_as_far_as_holidays_are_known(days, told) -> None:
    given = zip(("day", "ends"), days, strict=True)
    values = {n: v for n, v in (FULL | dict(given)).items() if v}
    texts = [text.replace("\u3000", "") for text in notice(builtin("openness"), values).texts()]
    (line,) = [text for text in texts if text.startswith("公示时间：")]
    assert line.endswith(f"（{told}）" if told else "日")
    assert ("工作日数：＿＿＿" in texts) == (not told)


def test_what_is_not_filled_is_room_to_write() -> None:
    document = notice(builtin("openness"), {})
    assert [b for b in document.blocks if isinstance(b, WriteLines)] == [WriteLines(4)]
    texts = read_back(document)
    assert texts[0] == "公示"
    assert "公示时间：年月日至年月日" in texts
    assert f"受理人及电话：{ROOM}" in texts
    assert "None" not in "".join(texts)


@pytest.mark.parametrize("matter", ["关于经费收支的公示", "经费收支公示", "经费收支"])
def test_words_of_a_title_that_were_typed_are_not_said_twice(matter) -> None:
    document = notice(builtin("openness"), {"matter": matter})
    assert next(iter(document.texts())) == "关于经费收支的公示"


def test_an_honour_is_told_from_its_row() -> None:
    values = {
        "day": "2026-06-20",
        "collective": "机电班",
        "honour": "先进集体",
        "rank": "company",
        "awarded_by": "测试公司",
    }
    texts = read_back(notice(builtin("awards"), values))
    assert texts[0] == "关于先进集体的公示"
    assert "获奖集体或成果：机电班" in texts
    assert "级别：公司" in texts
    assert f"主要事迹：{ROOM}" in texts
    assert not [text for text in texts if text.startswith("获奖党员")]
    assert "公示时间：年月日至年月日" in texts
    assert f"受理人及电话：{ROOM}" in texts


def test_an_honour_has_its_own_days_and_whom_to_tell() -> None:
    values = {
        "honour": "先进集体",
        "collective": "机电班",
        "posted": "2026-06-15",
        "posted_until": "2026-06-19",
        "contact": "王五，0351-1234567",
        "feedback": "没有收到意见",
    }
    text = "".join(read_back(notice(builtin("awards"), values)))
    assert "公示时间：2026年6月15日至2026年6月19日（4个工作日）" in text
    assert "受理人及电话：王五，0351-1234567" in text
    assert "公示意见及处理没有收到意见" in text


def test_what_is_typed_is_told_word_for_word() -> None:
    values = {
        "matter": "拟聘任安全监督员人选",
        "content": "拟聘任张三。\n\n李四为候补。",
        "day": "2026-11-02",
        "contact": "王五",
    }
    texts = read_back(notice(builtin("notices"), values))
    assert texts[0] == "关于拟聘任安全监督员人选的公示"
    assert texts[1:3] == ["拟聘任张三。", "李四为候补。"]
    assert "公示时间：2026年11月2日至年月日" in texts
    assert "受理人及电话：王五" in texts
    assert texts[-1] != "没有收到意见"


NOTICE = (
    '[[print]]\nkind = "notice"\ntitle = "公示"\nabout = "what"\n'
    'text = ["{who}：{told}", "情况：{told}", "请{superior}知悉。"]\nfrom = "on"\nuntil = "to"\n'
    'contact = ["taker", "phone"]\nresult = "told"\n'
)
MASKED = own(
    '{ name = "told", label = "说明", type = "long_text" }',
    '{ name = "told", label = "说明", type = "long_text", mask = true },'
    '{ name = "what", label = "事项", type = "text" },'
    '{ name = "on", label = "起", type = "date" },{ name = "to", label = "止", type = "date" },'
    '{ name = "taker", label = "受理人", type = "person" },'
    '{ name = "phone", label = "电话", type = "text" }',
)


def test_a_masked_field_never_stands_on_the_sheet_for_everybody() -> None:
    ledger = read_ledger(MASKED + NOTICE)
    row = {"month": "2026-03", "who": ["张三"], "told": "家中有病人", "taker": "李四"}
    public = read_back(notice(ledger, row, public=True))
    assert "张三：" in public
    assert not [text for text in public if "情况" in text or "病人" in text]
    assert "受理人：李四" in public
    assert f"电话：{ROOM}" in public
    inside = "\n".join(read_back(notice(ledger, row)))
    posted, record = inside.split("公示结果记录")
    assert "病人" not in posted
    assert "家中有病人" in record


def test_a_notice_is_written_and_read_back() -> None:
    ledger = read_ledger(MASKED + NOTICE)
    assert read_ledger(write_ledger(ledger)) == ledger


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('about = "what"', 'about = "gone"', "公示事项写的“gone”不是本台账的字段"),
        ('about = "what"', 'about = "on"', "公示事项不能用字段“起”，应为文字字段"),
        ('from = "on"', 'from = "what"', "公示时间不能用字段“事项”，应为日期字段"),
        ('"taker", "phone"', '"month"', "受理人不能用字段“月份”，应为文字或人员字段"),
        ('result = "told"', 'result = "on"', "公示结果不能用字段“起”，应为文字字段"),
        ("{who}：", "{gone}：", "正文写的“gone”不是本台账的字段"),
    ],
)
def test_a_notice_that_names_a_field_that_does_not_fit_is_refused(old, new, told) -> None:
    with pytest.raises(InputError) as caught:
        read_ledger(MASKED + NOTICE.replace(old, new))
    assert told in " ".join(issue.message for issue in caught.value.issues)
