from __future__ import annotations

import hashlib
import shutil
import struct
import tomllib

import pytest

from dangjian_desktop import paths
from dangjian_desktop.documents.font_files import refused_user_fonts
from dangjian_desktop.documents.fonts import (
    FontSet,
    bundled_file,
    bundled_fonts,
    missing_characters,
)
from dangjian_desktop.documents.model import Face, Paragraph, Role
from dangjian_desktop.documents.pdf import render_pdf
from dangjian_desktop.documents.truetype import TrueTypeFile
from dangjian_desktop.errors import BlockedError
from tests.documents.make import MARKS, RARE, of
from tests.documents.reading import embedded_faces, pdf_texts

MANIFEST = tomllib.loads(paths.resources("fonts", "MANIFEST.toml").read_text("utf-8"))["face"]


@pytest.fixture
def user_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("DANGJIAN_DATA", str(tmp_path))
    folder = paths.user_fonts()
    folder.mkdir(parents=True)
    return folder


@pytest.mark.parametrize("entry", MANIFEST, ids=lambda entry: entry["file"])
def test_the_manifest_tells_the_truth_about_each_face(entry):
    path = paths.resources("fonts", entry["file"])
    assert hashlib.sha256(path.read_bytes()).hexdigest() == entry["sha256"]
    assert paths.resources("fonts", entry["licence_file"]).stat().st_size > 1000
    assert entry["package"]
    assert entry["version"]
    assert entry["family"] in TrueTypeFile(path).families()


def test_the_manifest_names_every_face_and_they_stay_below_90_mb():
    shipped = sorted(path.name for path in paths.resources("fonts").glob("*.ttf"))
    assert sorted(entry["file"] for entry in MANIFEST) == shipped
    assert {f"{face.value}.ttf" for face in Face} < set(shipped)
    assert sum(paths.resources("fonts", name).stat().st_size for name in shipped) <= 90e6


@pytest.mark.parametrize("face", Face)
def test_every_character_of_the_office_sets_can_be_printed(face):
    fonts = bundled_fonts()
    gbk = (bytes((high, low)) for high in range(0x81, 0xFF) for low in range(0x40, 0xFF))
    texts = [code.decode("gbk", "ignore") for code in gbk]
    han = [text for text in texts if len(text) == 1 and "\u4e00" <= text <= "\u9fa5"]
    assert len(han) == 20_902
    extension_a = map(chr, range(0x3400, 0x4DB6))
    extension_b = map(chr, range(0x20000, 0x2A6D7))
    for character in (*han, *extension_a, *extension_b, *RARE, *MARKS, "ä", "Ω", "Я", "·", "〇"):
        assert fonts.source(face, character) is not None, hex(ord(character))


def test_characters_no_face_has_are_named_once_each():
    assert missing_characters(f"王{RARE}\U0002a6d7\U0002a6d7、\U0010fffd", bundled_fonts()) == (
        "\U0002a6d7",
        "\U0010fffd",
    )


def test_a_character_no_face_has_is_printed_as_its_number():
    data = render_pdf(of(Paragraph("王\U0002a6d7")), bundled_fonts())
    assert pdf_texts(data) == ("王〔U+2A6D7〕",)


def test_a_face_in_the_user_s_folder_comes_before_ours(user_folder):
    shutil.copy(bundled_file("fangsong"), user_folder / "simkai.ttf")
    fonts = FontSet(bundled_only=False)
    assert fonts.source(Face.KAITI, "会") == "kaiti"
    assert fonts.source(Face.KAITI, "𩽾") == "own:kaiti"
    data = render_pdf(of(Paragraph("（一）情况", Role.HEADING2)), fonts)
    assert "simkai" in {name.split("+")[1] for name, _ in embedded_faces(data)}


def test_an_otf_in_the_user_s_folder_is_refused_with_words(user_folder):
    (user_folder / "好字.otf").write_bytes(b"OTTO" + bytes(200))
    (said,) = refused_user_fonts()
    assert "好字.otf" in said
    assert ".ttf" in said
    assert FontSet(bundled_only=False).source(Face.KAITI, "会") is not None


def _spoiled(where: str) -> bytes:
    """A face of ours that still parses, with a table that leads elsewhere."""
    data = bytearray(bundled_file("fangsong").read_bytes())
    tables = TrueTypeFile(bundled_file("fangsong"))._tables
    if where == "glyphs":
        struct.pack_into(">H", data, tables["maxp"][0] + 4, 20)
    elif where == "outlines":
        place, length = tables["loca"]
        data[place : place + length] = b"\xff" * length
    else:
        file = TrueTypeFile(bundled_file("fangsong"))
        cmap = data.find(struct.pack(">3L", file._first[9], file._last[9], file._shift[9]))
        step = 12 if file._direct else 2
        at = cmap if file._direct else data.find(struct.pack(">2H", *file._first[9:11]))
        data[at : at + 2 * step] = data[at + step : at + 2 * step] + data[at : at + step]
    return bytes(data)


@pytest.mark.parametrize("where", ["glyphs", "outlines", "order"])
def test_a_face_whose_characters_lead_elsewhere_is_not_embedded(user_folder, where):
    (user_folder / "simfang.ttf").write_bytes(_spoiled(where))
    assert not TrueTypeFile(user_folder / "simfang.ttf").whole
    (said,) = refused_user_fonts()
    assert "字符与字形对不上" in said
    data = render_pdf(of(Paragraph("正文")), FontSet(bundled_only=False))
    assert pdf_texts(data) == ("正文",)
    assert "simfang" not in {name.split("+")[1] for name, _ in embedded_faces(data)}


def test_our_own_faces_lead_where_they_should():
    for path in paths.resources("fonts").glob("*.ttf"):
        assert TrueTypeFile(path).whole, path.name


@pytest.mark.parametrize("content", [b"", b"\0\1\0\0", b"<html>", bytes(5000)])
def test_a_damaged_font_file_is_refused_and_printing_goes_on(user_folder, content):
    (user_folder / "simfang.ttf").write_bytes(content)
    with pytest.raises(BlockedError, match=r"simfang\.ttf"):
        TrueTypeFile(user_folder / "simfang.ttf")
    assert len(refused_user_fonts()) == 1
    assert FontSet(bundled_only=False).source(Face.FANGSONG, "会") is not None
