from __future__ import annotations

import subprocess
import sys
import zlib
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from struct import unpack

import pypdfium2.raw as pdfium
import pytest

from dangjian_desktop.documents.chart import Chart, ChartKind, plain, tick_words, ticks, years
from dangjian_desktop.documents.charts import chart_png, drawing, picture
from dangjian_desktop.documents.model import Label, Layout, Paragraph, Role, Stroke
from dangjian_desktop.documents.rasters import picture_pdf
from dangjian_desktop.documents.strokes import marks_of
from dangjian_desktop.documents.word import render_word
from tests.documents.make import RARE, of, pdf
from tests.documents.reading import (
    boxes,
    embedded_faces,
    model_texts,
    model_texts_in_word,
    opened,
    pdf_texts,
    squeezed,
    word_pictures,
    word_texts,
)

ROOT = Path(__file__).resolve().parents[2]
MONTHS = tuple(f"2026-{n:02}" for n in range(9, 13)) + tuple(f"2027-{n:02}" for n in range(1, 7))
TYPED = ("121.5", "1200.05", "0.90", None, "-3", "141", None, "155.5", "158", "163")
VALUES = tuple(None if text is None else Decimal(text) for text in TYPED)


def chart(**more) -> Chart:
    values = {
        "title": f"单进水平{RARE[0]}",
        "unit": "米/月",
        "months": MONTHS,
        "values": VALUES,
        "baseline": Decimal("120"),
        "target": Decimal("150.25"),
        "note": "越高越好",
    }
    return Chart(**{**values, **more})


def numbers_of(texts) -> list[str]:
    """What stands in a chart beside its heading, its months and its years."""
    return [text for text in texts[1:] if not text.endswith(("月", "年"))]


def test_numbers_keep_clear_of_lines_and_of_each_other():
    values = ("16.8", "14.2", "13.5", "12.6", "12.2", "12.3", "10.8", "9.7", "11.2", "10.4")
    known = chart(values=tuple(map(Decimal, values)), baseline=Decimal("18.6"), target=Decimal(12))
    marks = marks_of(drawing(known, 470, 175))
    strokes = [m for m in marks if isinstance(m, Stroke) and m.width >= 0.9]
    numbers = [m for m in marks if isinstance(m, Label) and m.text in values]
    assert len(numbers) == len(values)
    parts = [
        (a, b, n / 400)
        for stroke in strokes
        for a, b in pairwise(stroke.points)
        for n in range(401)
    ]
    points = [(a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])) for a, b, t in parts]
    for number in numbers:
        half = 2 * len(number.text)
        inside = [
            (x, y)
            for x, y in points
            if abs(x - number.x) < half and number.y < y < number.y + number.size - 2
        ]
        assert inside == [], number.text


@pytest.mark.parametrize("kind", ChartKind)
def test_the_numbers_read_from_the_pdf_are_those_of_the_model(kind):
    texts = pdf_texts(picture_pdf(picture(chart(kind=kind))))
    assert texts[0] == f"单进水平{RARE[0]}（米/月，越高越好）"
    assert [text for text in texts if text.endswith("月")] == [f"{int(m[5:])}月" for m in MONTHS]
    assert [text for text in texts if text.endswith("年")] == ["2026年", "2027年"]
    levels, values = numbers_of(texts)[:2], numbers_of(texts)[2:]
    assert levels == ["基准120", "目标150.25"]
    assert [Decimal(text) for text in values] == [value for value in VALUES if value is not None]
    assert values == ["121.5", "1200.05", "0.9", "-3", "141", "155.5", "158", "163"]


def test_the_words_for_those_who_cannot_see_it_carry_the_same_numbers():
    words = picture(chart()).alt
    for month, text in zip(MONTHS, TYPED, strict=True):
        said = f"{month[:4]}年{int(month[5:])}月"
        assert (said in words) is (text is not None)
        assert text is None or f"{said}{plain(Decimal(text))}" in words
    assert "基准值120；目标值150.25" in words


@pytest.mark.parametrize("layout", Layout)
def test_a_chart_in_a_document_says_the_same_in_word_and_pdf(layout):
    shown = picture(chart())
    around = (Paragraph("前", Role.FLUSH), shown, Paragraph("后", Role.FLUSH))
    document = of(*around, layout=layout)
    assert pdf_texts(pdf(document)) == model_texts(document)
    word = render_word(document)
    assert word_texts(word) == model_texts_in_word(document)
    assert word_texts(word) == ("前", squeezed(shown.alt), "后")


def test_word_and_the_window_show_the_same_picture_of_300_dpi():
    word = render_word(of(picture(chart())))
    assert word_pictures(word) == [chart_png(chart())]
    width, height, depth, colour = unpack(">2I2B", chart_png(chart())[16:26])
    assert (depth, colour) == (8, 0)
    assert abs(width - 440 * 300 / 72) <= 1
    assert abs(height - 190 * 300 / 72) <= 1


def test_nothing_of_the_picture_is_cut_off_at_its_edges():
    data = chart_png(chart(target=Decimal("123456789.25")))
    width, height = unpack(">2I", data[16:24])
    start = data.index(b"IDAT") + 4
    dots = zlib.decompress(data[start : data.index(b"IEND") - 8])
    rows = [dots[n * (width + 1) + 1 : (n + 1) * (width + 1)] for n in range(height)]
    assert min(map(min, rows)) == 0
    assert min(rows[0]) == min(rows[-1]) == 255
    assert min(row[0] for row in rows) == min(row[-1] for row in rows) == 255


def test_the_pdf_draws_lines_and_words_and_no_image():
    with opened(pdf(of(picture(chart())))) as file:
        kinds = [item.type for item in file[0].get_objects()]
    assert pdfium.FPDF_PAGEOBJ_IMAGE not in kinds
    assert kinds.count(pdfium.FPDF_PAGEOBJ_PATH) > 20


def test_every_face_is_ours_and_embedded():
    faces = set(embedded_faces(picture_pdf(picture(chart()))))
    assert all(embedded for _, embedded in faces)
    names = {name.split("+")[1] for name, _ in faces}
    assert {"heiti", "songti"} <= names <= {"heiti", "songti", "hanamin"}


def test_the_kinds_of_lines_differ_without_colour():
    strokes = [mark for mark in picture(chart()).marks if isinstance(mark, Stroke)]
    dashes = {stroke.dash for stroke in strokes}
    assert len(dashes) == 3
    bars = [m for m in picture(chart(kind=ChartKind.BARS)).marks if isinstance(m, Stroke)]
    hatches = [s for s in bars if len(s.points) == 2 and s.points[0][0] != s.points[1][0]]
    slanted = [s for s in hatches if s.points[0][1] != s.points[1][1]]
    assert len(slanted) > 20
    assert {stroke.ink for stroke in strokes} <= {0.0, 0.75}


def test_a_month_without_a_value_breaks_the_line():
    lines = [
        mark for mark in picture(chart()).marks if isinstance(mark, Stroke) and mark.width == 1.3
    ]
    assert [len(line.points) for line in lines] == [3, 2, 3]


def test_higher_values_stand_higher():
    shown = picture(chart(values=tuple(map(Decimal, range(10)))))
    places = {m.text: m.y for m in shown.marks if isinstance(m, Label)}
    heights = [places[str(n)] for n in range(1, 10)]
    assert heights == sorted(heights)


def test_labels_of_close_levels_do_not_lie_upon_each_other():
    shown = picture(chart(baseline=Decimal(100), target=Decimal("100.5")))
    low, high = (
        next(m.y for m in shown.marks if isinstance(m, Label) and m.text.startswith(word))
        for word in ("基准", "目标")
    )
    assert high - low >= 8


def test_three_years_of_months_are_labelled_without_overlap():
    months = tuple(f"{year}-{n:02}" for year in (2024, 2025, 2026) for n in range(1, 13))
    values = tuple(Decimal(10000 + n % 7) for n in range(36))
    shown = picture(chart(months=months, values=values))
    upright = [m for m in shown.marks if isinstance(m, Label) and m.upright]
    assert len(upright) == 36
    gaps = [b.x - a.x for a, b in pairwise(upright)]
    assert min(gaps) >= 8


def test_words_stay_inside_the_picture():
    shown = picture(chart(title="名称很长很长的指标" * 9, target=Decimal("123456789.25")))
    left = (595.28 - 440) / 2
    for box in boxes(pdf(of(shown, layout=Layout.FORM))):
        if box.page == 1 and box.bottom > 500:
            assert left - 12 <= box.left < box.right <= left + 440 + 15


def test_a_drawing_is_turned_into_marks_and_nothing_is_lost():
    marks = marks_of(drawing(chart()))
    labels = [mark for mark in marks if isinstance(mark, Label)]
    furniture = [mark.text for mark in labels if mark.furniture]
    assert furniture == [tick_words(tick) for tick in ticks(chart().numbers, from_zero=False)]
    assert picture(chart()).marks == marks


def test_a_picture_that_does_not_fit_goes_to_the_next_page():
    full = tuple(Paragraph("行", Role.FLUSH) for _ in range(18))
    with opened(pdf(of(*full, picture(chart())))) as file:
        assert len(file) == 2


@pytest.mark.parametrize(
    ("numbers", "from_zero", "wanted"),
    [
        (("121.5", "163"), False, "110 120 130 140 150 160 170"),
        (("3", "9"), True, "0 2 4 6 8 10"),
        (("0.012", "0.018"), False, "0.010 0.012 0.014 0.016 0.018 0.020"),
        (("-5", "5"), True, "-7.5 -5.0 -2.5 0.0 2.5 5.0 7.5"),
        (("-8", "-3"), True, "-10 -8 -6 -4 -2 0"),
    ],
)
def test_scales_have_round_numbers(numbers, from_zero, wanted):
    found = ticks(tuple(map(Decimal, numbers)), from_zero=from_zero)
    assert " ".join(map(tick_words, found)) == wanted


@pytest.mark.parametrize("numbers", [(), ("0",), ("7",), ("-7", "-7"), ("1E+3", "1E-3")])
@pytest.mark.parametrize("from_zero", [True, False])
def test_scales_go_around_all_numbers(numbers, from_zero):
    known = tuple(map(Decimal, numbers))
    found = ticks(known, from_zero=from_zero)
    assert 2 <= len(found) <= 9
    assert all(found[0] <= number <= found[-1] for number in known)


def test_a_year_is_written_at_its_first_month():
    assert years(MONTHS) == (0, 4)


def test_months_without_values_of_their_own_are_refused():
    with pytest.raises(ValueError, match="month"):
        chart(months=MONTHS[1:])
    with pytest.raises(ValueError, match="month"):
        chart(months=(), values=())


def test_paper_without_pictures_does_not_load_what_draws_them():
    code = (
        "import sys, dangjian_desktop.documents.pdf, dangjian_desktop.documents.word;"
        "print({'reportlab.graphics', 'pypdfium2'} & set(sys.modules) or 'nothing')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=ROOT
    )
    assert done.stdout.strip() == "nothing"
