"""Cases 31, 32, 33, 38, 40: packages that are traps, markup in texts, names of files."""

from __future__ import annotations

import io
import struct
import time
import zipfile
from pathlib import Path

import pytest
from pathvalidate import is_valid_filename

from dangjian_desktop.documents.fonts import bundled_fonts
from dangjian_desktop.documents.model import Paragraph
from dangjian_desktop.documents.pdf import render_pdf
from dangjian_desktop.errors import InputError
from dangjian_desktop.services.files import file_name, write_file
from dangjian_desktop.spreadsheets.reading import read_tables
from tests.documents.make import of
from tests.documents.reading import pdf_texts
from tests.faults.cases import Trial

BOOK = "xl/workbook.xml"
LAUGHS = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "%s">]><a>&b;</a>'


def refused(folder: Path, parts: dict[str, bytes], *, lying: bool = False) -> float:
    """Seconds until the package is refused; it leaves nothing beside itself."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    data = bytearray(packed.getvalue())
    if lying:
        at = data.rfind(b"PK\x01\x02")
        struct.pack_into("<L", data, at + 24, 1_000)
    file = folder / "名册.xlsx"
    file.write_bytes(data)
    begun = time.process_time()
    with pytest.raises(InputError) as said:
        read_tables(file)
    assert "名册.xlsx" in said.value.message
    assert said.value.remedy
    assert [each.name for each in folder.iterdir()] == [file.name]
    return time.process_time() - begun


@pytest.mark.case(31)
@pytest.mark.parametrize("lying", [False, True])
def test_a_bomb_is_refused_while_it_unpacks(tmp_path: Path, trial: Trial, lying: bool) -> None:
    parts = {BOOK: b"<workbook/>", "xl/worksheets/sheet1.xml": bytes(60 << 20)}
    assert refused(tmp_path, parts, lying=lying) < 2
    trial.tries += 1


@pytest.mark.case(32)
@pytest.mark.parametrize("name", ["../x.xml", "/x.xml", "C:\\x.xml", "..\\x.xml", "CON.xml"])
def test_no_part_of_a_package_is_ever_written(tmp_path: Path, trial: Trial, name: str) -> None:
    """Packages come in as workbooks alone, and those are unpacked into memory."""
    folder = tmp_path / "夹"
    folder.mkdir()
    refused(folder, {name: b"<x/>", "X/Y.xml": b"<x/>", "x/y.xml": b"<x/>"})
    assert [each.name for each in tmp_path.iterdir()] == ["夹"]
    trial.tries += 1


@pytest.mark.case(33)
@pytest.mark.parametrize("part", [BOOK, "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"])
@pytest.mark.parametrize(
    "text", [LAUGHS % (b"x" * 100_000), LAUGHS.replace(b'"%s"', b'SYSTEM "/etc/passwd"')]
)
def test_entities_are_never_expanded(tmp_path: Path, trial: Trial, part: str, text: bytes) -> None:
    assert refused(tmp_path, {BOOK: b"<workbook/>", part: text}) < 2
    trial.tries += 1


@pytest.mark.case(38)
def test_markup_is_printed_as_it_was_written(trial: Trial) -> None:
    for text in ("<b>甲</b>", "a<b", "&", '<img src="http://127.0.0.1:9/">', '<font color="x y">'):
        data = render_pdf(of(Paragraph(text)), bundled_fonts())
        assert "".join("".join(pdf_texts(data)).split()) == text.replace(" ", "")
        assert b"/Subtype /Image" not in data
        trial.tries += 1


@pytest.mark.case(40)
@pytest.mark.parametrize(
    "title", ["CON", "3/4 季度", "会议:?*.", "..", "", "会" * 255, "\u202egnp.exe"]
)
def test_every_title_makes_a_name_and_no_older_file_goes(
    tmp_path: Path, trial: Trial, title: str
) -> None:
    name = file_name(title)
    assert is_valid_filename(f"{name}.pdf", platform="universal")
    assert 0 < len(name) <= 60
    first = write_file(tmp_path, title, ".pdf", b"1")
    second = write_file(tmp_path, title, ".pdf", b"2")
    assert (first.read_bytes(), second.read_bytes()) == (b"1", b"2")
    trial.tries += 2
