"""The paper with the recovery code: one page, readable by people and by a camera."""

from __future__ import annotations

from datetime import datetime

import pypdfium2
import pytest
from reportlab.graphics.barcode.qr import QrCodeWidget

from dangjian_desktop.papers.recovery_sheet import compose_sheet
from dangjian_desktop.services.library.recovery_sheet import sheet_pdf, write_sheet
from dangjian_desktop.storage.file.recovery_code import code_of

CODE = code_of(bytes(range(7, 27)))
NOW = datetime.fromisoformat("2026-03-31T09:00+08:00")


@pytest.fixture
def page():
    document = pypdfium2.PdfDocument(sheet_pdf(CODE, "综采一队党支部"))
    assert len(document) == 1
    page = document[0]
    yield page
    page.close()
    document.close()


def test_it_names_the_library_the_day_and_every_group():
    document = compose_sheet(CODE, "综采一队党支部", NOW, "3F2A")
    text = "".join(document.texts())
    assert "编号：3F2A" in text
    assert "综采一队党支部" in text
    assert "2026年3月31日" in text
    for number, group in enumerate(CODE, 1):
        assert f"第{number}组" in text
        assert " ".join(group) in text


def test_it_says_what_it_is_for_and_what_happens_when_both_are_lost(page):
    reading = page.get_textpage()
    text = "".join(reading.get_text_bounded().split())
    reading.close()
    for words in ("忘记密码", "谁也打不开", "不要拍照", "换过恢复码以后"):
        assert words in text
    for group in CODE:
        assert group in text


def test_the_drawn_code_is_the_code(page):
    """Field by field, as a camera sees the page."""
    widget = QrCodeWidget("-".join(CODE), barLevel="Q")
    widget.qr.make()
    fields = widget.qr.modules
    picture = page.render(scale=4).to_pil().convert("L")
    wide, high = picture.size
    dark = picture.crop((wide * 7 // 20, high * 40 // 100, wide * 13 // 20, high * 56 // 100))
    left, top, right, bottom = dark.point(lambda value: 255 if value < 128 else 0).getbbox()
    size = (right - left) / len(fields)
    assert abs((right - left) - (bottom - top)) < size
    for line, row in enumerate(fields):
        for place, wanted in enumerate(row):
            at = (int(left + (place + 0.5) * size), int(top + (line + 0.5) * size))
            assert (dark.getpixel(at) < 128) is wanted, (line, place)


def test_it_is_written_where_it_is_wanted_and_nowhere_else(tmp_path):
    made = write_sheet(CODE, "综采一队党支部", tmp_path / "保管" / "恢复码.pdf")
    assert made == tmp_path / "保管" / "恢复码.pdf"
    assert [file.name for file in tmp_path.rglob("*") if file.is_file()] == ["恢复码.pdf"]
