"""The PDF writer: what it writes is read back by another program's reader."""

from __future__ import annotations

import re
import subprocess
import sys

import pypdfium2
import pytest

from dangjian_desktop.documents.pdf_objects import Name, PdfObjects, Value


def a_file(about: dict[str, Value], content: bytes = b"", xobjects: bool = False) -> bytes:
    objects = PdfObjects()
    tree = objects.reserve()
    resources: dict[str, Value] = {}
    if xobjects:
        drawing = objects.form(b"0 0 20 20 re f", (0, 0, 20, 20), {})
        resources = {"XObject": {"Chart": drawing}}
    page = objects.add(
        {
            "Type": Name("Page"),
            "Parent": tree,
            "MediaBox": (0, 0, 100, 100),
            "Resources": resources,
            "Contents": objects.stream(content),
        }
    )
    objects.put(tree, {"Type": Name("Pages"), "Kids": [page], "Count": 1})
    catalog = objects.add({"Type": Name("Catalog"), "Pages": tree})
    return objects.file(catalog, objects.add(about))


def identity(data: bytes) -> str:
    found = re.search(rb"/ID \[<([0-9A-F]{32})> <\1>\]", data)
    assert found
    return found[1].decode()


@pytest.mark.parametrize(
    "title", ["plain", "a (b) \\ c)", "会议记录 𬭎𠅤 “引”", "tab\tline\nend", "", "½ é"]
)
def test_a_title_is_read_back_as_it_was_given(title: str) -> None:
    book = pypdfium2.PdfDocument(a_file({"Title": title}))
    assert book.get_metadata_value("Title") == title


def test_every_entry_of_the_table_points_at_its_object() -> None:
    data = a_file({"Title": "表"})
    start = int(re.search(rb"startxref\n(\d+)\n%%EOF\n$", data)[1])
    assert data[start:].startswith(b"xref\n0 ")
    places = re.findall(rb"(\d{10}) 00000 n \n", data[start:])
    assert len(places) == 5
    for number, place in enumerate(places, 1):
        assert data[int(place) :].startswith(b"%d 0 obj\n" % number)


def test_the_same_content_has_the_same_identity_and_another_has_another() -> None:
    assert a_file({"Title": "甲"}) == a_file({"Title": "甲"})
    assert identity(a_file({"Title": "甲"})) != identity(a_file({"Title": "乙"}))


def test_a_place_left_empty_is_refused() -> None:
    objects = PdfObjects()
    place = objects.reserve()
    with pytest.raises(ValueError, match="object 1 was reserved"):
        objects.file(place, place)


def test_names_and_numbers_are_written_as_the_format_wants_them() -> None:
    data = a_file({"A B": Name("x/y#1中"), "C": (0.00001, -2.5, 3.0, 1e6, 7)})
    assert b"/A#20B /x#2Fy#231#E4#B8#AD /C [0 -2.5 3 1000000 7]" in data


def test_a_drawing_made_elsewhere_is_printed() -> None:
    data = a_file({}, b"q 2 0 0 2 10 10 cm /Chart Do Q", xobjects=True)
    picture = pypdfium2.PdfDocument(data)[0].render(scale=1, grayscale=True)
    shades = bytes(picture.buffer)
    assert shades[70 * picture.stride + 30] == 0  # inside the square of 40 points
    assert shades[30 * picture.stride + 70] == 255


def test_printing_imports_no_library_that_is_slow_to_start() -> None:
    code = (
        "import sys; import dangjian_desktop.documents.pdf;"
        "sys.exit(sum(name in sys.modules for name in ('reportlab', 'PIL', 'docx', 'hashlib')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
