from __future__ import annotations

import random
from datetime import datetime, timedelta, timezone
from itertools import pairwise
from xml.etree.ElementTree import fromstring

import pytest

from dangjian_desktop.documents.fonts import bundled_fonts
from dangjian_desktop.documents.lines import NOT_AT_END, NOT_AT_START
from dangjian_desktop.documents.model import (
    EndMark,
    Face,
    Layout,
    PageBreak,
    Paragraph,
    Role,
    Row,
    Table,
    WriteLines,
    cell,
)
from dangjian_desktop.documents.styles import MM, sheet_in
from tests.documents.make import RARE, SENTENCE, everything, form, long_table, of, pdf
from tests.documents.reading import boxes, embedded_faces, lines_of, opened, pdf_texts, text_of

LEFT, RIGHT = 28 * MM, (210 - 26) * MM
TOP, BOTTOM = (297 - 37) * MM, 35 * MM


def pages(data: bytes) -> int:
    with opened(data) as file:
        return len(file)


def test_an_official_page_has_22_lines_of_28_characters():
    data = pdf(of(Paragraph("会" * 28 * 50, Role.FLUSH)))
    lines = lines_of(data, size=16)
    assert [len(line) for line in lines] == [28] * 50
    by_page = [sum(line[0].page == page for line in lines) for page in (1, 2, 3)]
    assert by_page == [22, 22, 6]


def test_a_full_line_reaches_from_edge_to_edge_of_the_type_area():
    data = pdf(of(Paragraph("会" * 28 * 22, Role.FLUSH)))
    for line in lines_of(data, size=16):
        assert line[0].left == pytest.approx(LEFT, abs=0.1)
        assert line[-1].right == pytest.approx(RIGHT, abs=0.3)
        steps = [b.left - a.left for a, b in pairwise(line)]
        assert steps == pytest.approx([156 * MM / 28] * 27, abs=0.05)


def test_the_side_that_is_bound_is_wider_on_both_sides_of_a_sheet():
    lines = lines_of(pdf(of(Paragraph("会" * 28 * 44, Role.FLUSH))), size=16)
    lefts = {line[0].page: round(line[0].left / MM, 1) for line in lines}
    assert lefts == {1: 28.0, 2: 26.0}


def test_lines_stand_225_mm_by_22_apart_inside_the_type_area():
    lines = lines_of(pdf(of(Paragraph("会" * 28 * 22, Role.FLUSH))), size=16)
    heights = [line[0].origin for line in lines]
    steps = [a - b for a, b in pairwise(heights)]
    assert steps == pytest.approx([225 * MM / 22] * 21, abs=0.05)
    assert heights[0] + 0.88 * 16 == pytest.approx(TOP, abs=MM)  # 天头37±1毫米
    assert heights[-1] - 0.12 * 16 >= BOTTOM


def test_the_body_starts_two_cells_in():
    line = lines_of(pdf(of(Paragraph("会" * 40))), size=16)[0]
    assert line[0].left == pytest.approx(LEFT + 2 * 156 * MM / 28, abs=0.1)
    assert len(line) == 26


def test_page_numbers_stand_right_on_odd_pages_and_left_on_even_ones():
    data = pdf(of(Paragraph("会" * 28 * 22 * 4, Role.FLUSH)))
    numbers = lines_of(data, size=14)
    assert [text_of(line) for line in numbers] == ["—1—", "—2—", "—3—", "—4—"]
    for line in numbers[0::2]:
        assert line[-1].right == pytest.approx(RIGHT - 14, abs=0.5)
    for line in numbers[1::2]:
        assert line[0].left == pytest.approx(26 * MM + 14, abs=0.5)
    # The upper edge of the digits is 7 mm below the type area.
    assert numbers[0][0].origin + 0.75 * 14 == pytest.approx(BOTTOM - 7 * MM, abs=2)


def test_no_line_of_many_paragraphs_starts_or_ends_with_a_forbidden_mark():
    rng = random.Random(2025)
    words = [
        "会议",
        "党",
        "员",
        "“安全”",
        "（一式3份）",
        "《要点》",
        "2025年",
        "3.5％",
        "落实",
        RARE,
    ]
    marks = ["，", "。", "；", "、", "！”", "……", "——"]
    paragraphs = [
        Paragraph("".join(rng.choice(words) + rng.choice(["", "", *marks]) for _ in range(60)))
        for _ in range(40)
    ]
    data = pdf(of(*paragraphs, *(Paragraph(p.text, Role.FLUSH) for p in paragraphs)))
    lines = lines_of(data, size=16)
    assert len(lines) > 400
    firsts = {p.text[0] for p in paragraphs}
    for line in lines:
        text = text_of(line)
        assert text[0] not in NOT_AT_START or text[0] in firsts, text
        assert text[-1] not in NOT_AT_END, text
        # A closing mark may hang out by its white half, nothing else may.
        assert line[-1].right <= RIGHT + 8.5


def test_every_face_is_embedded_and_none_is_foreign():
    found = set(embedded_faces(pdf(everything(Layout.OFFICIAL))))
    assert all(embedded for _, embedded in found)
    names = {name.split("+")[1] for name, _ in found}
    assert names == {
        "songtilight",
        "xiaobiaosong",
        "hanamin",
        *("fangsong", "kaiti", "heiti", "songti"),
    }


def test_quotation_marks_come_from_the_song_face_in_every_role():
    quotes = [Paragraph("“‘’”", role) for role in (Role.BODY, Role.HEADING2, Role.HEADING1)]
    faces = {name.split("+")[1] for name, _ in embedded_faces(pdf(of(*quotes)))}
    assert faces == {"songti"}


def test_a_heading_is_never_the_last_line_of_a_page():
    for filling in range(17, 24):
        blocks = [Paragraph("会" * 10, Role.FLUSH)] * filling
        heads = [Paragraph("一、事项", Role.HEADING1), Paragraph("（一）情况", Role.HEADING2)]
        lines = lines_of(pdf(of(*blocks, *heads, Paragraph("正文" * 4))), size=16)
        assert len({line[0].page for line in lines[filling:]}) == 1


def test_the_date_starts_two_cells_right_of_the_signature():
    cell_width = 156 * MM / 28
    signature = Paragraph("中共某某有限公司支部委员会", Role.SIGNATURE)
    data = pdf(of(signature, Paragraph("2025年3月5日", Role.DATE_LINE)))
    signed, dated = lines_of(data, size=16)
    assert signed[-1].right == pytest.approx(RIGHT - 2 * cell_width, abs=0.5)
    assert dated[0].left - signed[0].left == pytest.approx(2 * cell_width, abs=0.5)
    data = pdf(of(Paragraph("支部", Role.SIGNATURE), Paragraph("2025年3月5日", Role.DATE_LINE)))
    signed, dated = lines_of(data, size=16)
    assert dated[-1].right == pytest.approx(RIGHT - 2 * cell_width, abs=0.5)
    assert dated[0].left - signed[0].left == pytest.approx(2 * cell_width, abs=0.5)


def test_names_behind_a_label_hang_under_the_first_name():
    names = Paragraph("王某某、" * 20, Role.LABELLED, lead="出席：")
    lines = lines_of(pdf(of(names)), size=16)
    assert len(lines) > 2
    place = LEFT + 5 * 156 * MM / 28
    assert all(line[0].left == pytest.approx(place, abs=0.2) for line in lines[1:])


def test_mark_and_foot_stand_on_every_page_outside_the_type_area():
    data = pdf(of(Paragraph("会" * 28 * 22 * 2, Role.FLUSH), foot="第3版", mark="示例"))
    for number in (1, 2):
        page = [box for box in boxes(data) if box.page == number]
        outside = "".join(b.character for b in page if b.origin > TOP or b.origin < BOTTOM - 36)
        assert "【示例】" in outside
        assert "第3版" in outside


@pytest.mark.parametrize("layout", [Layout.FORM, Layout.LANDSCAPE])
def test_forms_count_their_pages(layout):
    data = pdf(of(long_table(120), layout=layout))
    count = pages(data)
    assert count > 1
    feet = [text_of(line) for line in lines_of(data, size=10.5) if "页共" in text_of(line)]
    assert feet == [f"第{n}页共{count}页" for n in range(1, count + 1)]


def test_header_rows_stand_at_the_head_of_every_page():
    data = pdf(of(long_table(120), layout=Layout.FORM))
    heads = [line for line in lines_of(data, size=12) if text_of(line) == "序号姓名备注"]
    assert [line[0].page for line in heads] == list(range(1, pages(data) + 1))


def test_a_form_reaches_down_to_the_foot_of_its_page():
    data = pdf(of(form(Paragraph("短", Role.CELL)), layout=Layout.FORM))
    page = sheet_in(None, Layout.FORM).page
    label = next(line for line in lines_of(data, size=12) if text_of(line) == "备注")
    above = (page.bottom_mm * MM + 2 * page.write_line + 6) - label[0].origin
    assert 0 < above < 2 * page.write_line
    assert pages(data) == 1


def test_a_note_behind_a_form_stays_on_its_page():
    note = Paragraph("注：本表一式两份。", Role.NOTE)
    assert pages(pdf(of(form(Paragraph("短", Role.CELL)), note, layout=Layout.FORM))) == 1


def test_bookmarks_name_titles_and_first_headings():
    blocks = []
    for number in (1, 2):
        blocks += [Paragraph(f"第{number}次会议", Role.TITLE), Paragraph("一、甲", Role.HEADING1)]
        blocks += [Paragraph("正文"), Paragraph("二、乙", Role.HEADING1), PageBreak()]
    with opened(pdf(of(*blocks))) as file:
        found = [(mark.level, mark.get_title()) for mark in file.get_toc()]
        assert file.get_toc().__next__().get_dest().get_index() == 0
    one = [(0, "第1次会议"), (1, "一、甲"), (1, "二、乙")]
    two = [(0, "第2次会议"), (1, "一、甲"), (1, "二、乙")]
    assert found == one + two


def test_the_file_says_its_title_and_language_and_nobody_s_name():
    data = pdf(of(Paragraph("正文")))
    assert b"/Lang (zh-CN)" in data
    with opened(data) as file:
        metadata = file.get_metadata_dict()
    assert metadata["Title"] == "试印"
    assert metadata["Author"] == ""


def test_a_long_text_takes_the_pages_its_lines_need():
    assert pages(pdf(of(Paragraph("会" * 10_000, Role.FLUSH)))) == -(-10_000 // (28 * 22))
    assert pages(pdf(of(Paragraph(SENTENCE * 120)))) > 15


def test_lines_to_write_on_and_end_mark_stay_within_pages():
    data = pdf(of(WriteLines(30), EndMark("以下空白")))
    assert pages(data) == 2
    assert text_of(lines_of(data, size=16)[-1]) == "以下空白"


def test_a_row_that_must_not_be_split_goes_whole_to_the_next_page():
    high = Row((cell("高\n" * 20),), splittable=False)
    data = pdf(of(*[Paragraph("会", Role.FLUSH)] * 12, Table((high,), (1,))))
    rows = [line for line in lines_of(data, size=12) if text_of(line) == "高"]
    assert {line[0].page for line in rows} == {2}


def test_the_file_tells_its_paper_its_author_and_its_day():
    made = datetime(2026, 3, 5, 9, 12, tzinfo=timezone(timedelta(hours=8)))
    data = pdf(of(Paragraph("正文"), author="一<支>部", made=made))
    with opened(data) as file:
        told = file.get_metadata_dict()
    assert (told["Title"], told["Author"]) == ("试印", "一<支>部")
    assert told["CreationDate"] == "D:20260305091200+08'00'"
    assert b"/DisplayDocTitle true" in data
    said = fromstring(data[data.index(b"<x:xmpmeta") : data.index(b"<?xpacket end")])
    texts = {node.tag.rpartition("}")[2]: "".join(node.itertext()) for node in said.iter()}
    assert (texts["title"], texts["creator"]) == ("试印", "一<支>部")
    assert texts["Keywords"] == told["Keywords"] == "版式：公文（GB/T 9704）"
    assert datetime.fromisoformat(texts["CreateDate"]) == made


def test_a_paper_of_no_known_moment_tells_none():
    with opened(pdf(of(Paragraph("正文")))) as file:
        told = file.get_metadata_dict()
    assert (told["Author"], told["CreationDate"]) == ("", "")


def test_every_character_takes_the_width_of_its_face():
    text = "共3项ab—，W会12.5％"
    line, *_ = lines_of(pdf(of(Paragraph(text, Role.NOTE), layout=Layout.FORM)), size=10.5)
    widths = [bundled_fonts().width(Face.SONGTI, character) * 10.5 for character in text]
    steps = [b.left - a.left for a, b in pairwise(line)]
    assert text_of(line) == text
    assert steps == pytest.approx(widths[:-1], abs=0.02)


def test_a_paper_is_the_same_whatever_was_printed_before():
    first = of(Paragraph("甲乙丙", Role.TITLE), Paragraph("乙丙甲。乙"))
    before = pdf(first)
    other = pdf(of(Paragraph("丙乙甲", Role.TITLE), Paragraph("乙甲丙。乙")))
    assert pdf(first) == before
    assert [text_of(line) for line in lines_of(other, size=22)] == ["丙乙甲"]


def test_characters_that_look_alike_are_copied_as_they_were_written():
    text = "张三·李四•王五・乙丙"  # one shape for the three points
    data = pdf(of(Paragraph(text, Role.FLUSH)))
    assert pdf_texts(data) == (text,)
    plain = pdf(of(Paragraph(text.replace("•", "·").replace("・", "·"), Role.FLUSH)))
    with opened(data) as one, opened(plain) as other:
        assert bytes(one[0].render().buffer) == bytes(other[0].render().buffer)


def test_room_for_a_mark_is_taken_behind_the_marks_alone():
    text = "甲，" + "会" * 12 + "（" + "会" * 13 + "。"
    cell = 156 * MM / 28
    [line, *_] = lines_of(pdf(of(Paragraph(f"{text}后面还有几个字。", Role.FLUSH))), size=16)
    assert text_of(line) == text
    steps = [b.left - a.left for a, b in pairwise(line)]
    narrow = {place for place, step in enumerate(steps) if step < cell - 1}
    assert narrow == {1, 13}
    assert steps[1] == pytest.approx(steps[13], abs=0.02)
    assert sum(steps) == pytest.approx(27.5 * cell, abs=0.2)


def test_a_character_that_is_composed_of_others_is_drawn():
    bare, drawn = (pdf(of(Paragraph(text, Role.HEADING2))) for text in ("　", "−"))
    with opened(bare) as one, opened(drawn) as other:
        assert bytes(one[0].render().buffer) != bytes(other[0].render().buffer)
