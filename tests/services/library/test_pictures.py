"""Papers as pictures: a page of the PDF, and the page of the Word file beside it."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from dangjian_desktop.documents.model import Document, PageBreak, Paragraph
from dangjian_desktop.documents.rasters import pages_beside
from dangjian_desktop.services.library.pictures import office, picture_files
from dangjian_desktop.services.rendering import pdf_of, write_document


def paper(pages: int, name: str = "一") -> Document:
    blocks = [PageBreak() if n % 2 else Paragraph(f"第{n}") for n in range(2 * pages - 1)]
    return Document(name, name, tuple(blocks), mark="示例")


def opened(file):
    return Image.open(io.BytesIO(file.read_bytes()))


def sizes(pictures):
    return [Image.open(io.BytesIO(picture)).size for picture in pictures]


def test_each_page_is_a_picture_and_the_shorter_one_is_white_at_its_end():
    [(wide, high)] = sizes(pages_beside(pdf_of(paper(1)), None, 30))
    assert wide == pytest.approx(248, abs=2)
    assert high == pytest.approx(351, abs=2)
    both = list(pages_beside(pdf_of(paper(1)), pdf_of(paper(2)), 30))
    assert sizes(both) == [(2 * wide, high)] * 2
    last = Image.open(io.BytesIO(both[1]))
    assert last.crop((0, 0, wide, high)).getextrema() == (255, 255)
    assert last.crop((wide, 0, 2 * wide, high)).getextrema()[0] < 128


def test_without_an_office_only_the_pdf_is_shown(tmp_path):
    files = write_document(paper(2), tmp_path / "年" / "会议")
    found = list(picture_files(files, tmp_path / "年", tmp_path / "图", None))
    assert [file.relative_to(tmp_path / "图").as_posix() for file in found] == [
        "会议/一_1.png",
        "会议/一_2.png",
    ]
    assert opened(found[0]).size[0] < opened(found[0]).size[1]


@pytest.mark.office
@pytest.mark.skipif(office() is None, reason="LibreOffice is not here")
def test_word_stands_beside_pdf(tmp_path):
    files = write_document(paper(1), tmp_path / "甲") + write_document(paper(1), tmp_path / "乙")
    found = list(picture_files(files, tmp_path, tmp_path / "图", office()))
    assert len(found) == 2
    for file in found:
        picture = opened(file)
        half = picture.size[0] // 2
        assert picture.size[0] > picture.size[1]
        assert picture.crop((half, 0, 2 * half, picture.size[1])).getextrema()[0] < 128
