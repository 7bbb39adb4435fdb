"""What lies inside of a release's packages is named; nothing lies there that nobody looked at."""

from __future__ import annotations

import importlib
import json
import sys
import tomllib
from importlib.metadata import distribution
from pathlib import Path

import pytest

from tests.test_lock import pins
from tests.test_setup import INSTALLER, ROOT

sys.path.insert(0, str(INSTALLER))
bill = importlib.import_module("bill")
contained = importlib.import_module("contained")
sys.path.remove(str(INSTALLER))

TOOLS = {"setuptools"}
FACES = [face["file"] for face in bill.fonts()]
ELF = b"\x7fELF"


def put(folder: Path, name: str, content: bytes = ELF) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def listed(folder: Path, package: str, *components: dict[str, object]) -> None:
    text = json.dumps({"components": components}).encode()
    put(folder, f"_internal/{package}-1.0.dist-info/sboms/list.json", text)


pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="releases are made on Linux")


@pytest.fixture(scope="module")
def shipped(tmp_path_factory) -> Path:
    """A folder with the very packages of the lock, and our resources, as a release has them."""
    folder = tmp_path_factory.mktemp("made")
    site = folder / "_internal"
    for name in {*pins("requirements.txt")} - TOOLS:
        for file in distribution(name).files or ():
            source, place = Path(str(file.locate())), site / str(file)
            if ".." in file.parts or file.suffix == ".pyc" or not source.is_file():
                continue
            place.parent.mkdir(parents=True, exist_ok=True)
            place.symlink_to(source)
    for source in sorted((ROOT / "resources").rglob("*")):
        if source.is_file():
            place = site / "dangjian_desktop" / source.relative_to(ROOT)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.symlink_to(source)
    return folder


def test_what_lies_in_the_packages_of_the_lock_is_named(shipped):
    """The very wheels: a newer one with something new in it makes this fail before a release."""
    folder = contained.Folder(shipped, Path(sys.executable))
    parts = folder.parts()
    assert bill.complaints_of_parts(parts) == []
    versions = {(part.of, part.name): part.version for part in parts}
    for known in (
        *(("pyside6-essentials", name) for name in ("Qt", "ICU", "PCRE2", "libjpeg-turbo")),
        *(("pypdfium2", "PDFium"), ("sqlcipher3", "SQLCipher"), ("sqlcipher3", "SQLite")),
        *(("sqlcipher3", "OpenSSL"), ("cryptography", "OpenSSL"), ("lxml", "libxml2")),
        *(
            ("lxml", "libxslt"),
            ("lxml", "zlib"),
            ("pillow", "libjpeg-turbo"),
            ("pillow", "zlib-ng"),
        ),
        *(("python-calamine", "calamine"), ("", "Lucide"), ("", "Unicode Unihan")),
    ):
        assert versions[known], known
    from lxml import etree
    from sqlcipher3 import dbapi2

    assert versions["sqlcipher3", "SQLite"] == dbapi2.sqlite_version
    (told,) = dbapi2.connect(":memory:").execute("PRAGMA cipher_version").fetchone()
    assert told.split()[0] == versions["sqlcipher3", "SQLCipher"]
    assert versions["lxml", "libxml2"] == ".".join(map(str, etree.LIBXML_VERSION))
    assert versions["pypdfium2", "FreeType"] == "", "unknown stays unknown"
    assert ("pillow", "libimagequant") not in versions


def test_of_the_packages_of_the_lock_only_what_is_left_out_is_strange(shipped):
    said = contained.Folder(shipped).complaints({}, FACES)
    left = ("/PySide6/Qt/qml/", "/PySide6/Qt/libexec/", "/reportlab/fonts/", "/libavif-")
    tools = {path.name for path in (shipped / "_internal/PySide6").iterdir() if not path.suffix}
    strange = [each for each in said if not any(part in each for part in left)]
    assert [each for each in strange if Path(each.split()[0]).name not in tools] == []


def test_a_binary_and_a_font_that_belong_to_nothing_are_told(tmp_path):
    put(tmp_path, "_internal/PIL/_imaging.so")
    put(tmp_path, "_internal/strange/fast.so")
    put(tmp_path, "python/strange.bin", b"MZ\x90\0")
    put(tmp_path, "_internal/strange/words.txt", b"MZ or not")
    put(tmp_path, "_internal/libxcb-cursor.so.0")
    put(tmp_path, "_internal/libstrange.so.1")
    put(tmp_path, f"_internal/{contained.OWN_FONTS}/{FACES[0]}")
    put(tmp_path, f"_internal/{contained.OWN_FONTS}/new.otf", b"OTTO")
    put(tmp_path, "_internal/reportlab/fonts/Gothic.PFB", b"")
    system = {"libxcb-cursor.so.0": "libxcb-cursor0", "libstrange.so.1": "libstrange1"}
    (tmp_path / f"_internal/{contained.OWN_FONTS}/{FACES[0]}").write_bytes(b"\0\1\0\0")
    assert contained.Folder(tmp_path).complaints(system, FACES) == [
        "_internal/strange/fast.so 不知道属于哪个程序包",
        "_internal/strange/words.txt 不知道属于哪个程序包",
        "python/strange.bin 不知道属于哪个程序包",
        f"字体 _internal/{contained.OWN_FONTS}/new.otf 没有核对过",
        "字体 _internal/reportlab/fonts/Gothic.PFB 没有核对过",
        "系统库 libstrange1 的许可没有核对过",
    ]


def test_a_licence_inside_that_may_not_be_shipped_is_told(tmp_path):
    put(tmp_path, "_internal/PIL/_imaging.so", ELF + b"liq_image_create_rgba")
    put(tmp_path, "_internal/python3.11/lib-dynload/readline.cpython-311.so")
    crate = {"name": "evil", "version": "2.0", "purl": "pkg:cargo/evil@2.0?download_url=x"}
    free = {"name": "mild", "version": "1.1", "purl": "pkg:cargo/mild@1.1"}
    either = [{"license": {"id": "MIT"}}, {"license": {"id": "0BSD"}}]
    listed(tmp_path, "cryptography", crate | {"licenses": [{"expression": "AGPL-3.0-only"}]})
    listed(tmp_path, "python_calamine", crate, free | {"licenses": either})
    parts = contained.Folder(tmp_path).parts()
    assert bill.complaints_of_parts(parts) == [
        "cpython 里的 GNU Readline 的许可 GPL-3.0-or-later 不能随程序分发",
        "cryptography 里的 evil 2.0 的许可 AGPL-3.0-only 不能随程序分发",
        "pillow 里的 libimagequant 的许可 GPL-3.0-or-later 不能随程序分发",
        "python-calamine 里的 evil 2.0 的许可 没有说 不能随程序分发",
    ]


def test_what_a_wheel_says_it_holds_and_nobody_looked_at_is_told(tmp_path):
    rows = [{"name": name, "version": "1"} for name in ("PIL._webp", "libjpeg / libjpeg-turbo")]
    listed(tmp_path, "pillow", *rows, {"name": "libnew", "version": "3"})
    said = contained.Folder(tmp_path).complaints({}, ())
    assert said == ["pillow 说它里面有 libnew 3，没有核对过"]


def test_the_bill_has_what_lies_in_a_package_below_it(tmp_path):
    put(tmp_path, "_internal/sqlcipher3/_sqlite3.so", ELF + b"\x004.19.0\0OpenSSL 3.6.0 1 Oct 2025")
    put(tmp_path, "_internal/lxml/etree.so", ELF + b"libiconv_open")
    put(tmp_path, "_internal/dangjian_desktop/resources/icons/README.md", b"`lucide-static` 1.62.0")
    known = {name: {"spdx": "MIT"} for name in ("sqlcipher3", "lxml")}
    found = [("sqlcipher3", "0.6", ""), ("lxml", "6", "")]
    given = {"system": {"libxcb1": "1.14"}, "folder": contained.Folder(tmp_path)}
    told = json.loads(bill.bill("0.2.0", found, known=known, **given))["components"]
    by_name = {part["name"]: part for part in told}
    inside = {part["name"]: part for part in by_name["sqlcipher3"]["components"]}
    assert inside["SQLCipher"]["version"] == "4.19.0"
    assert inside["SQLCipher"]["licenses"] == [{"expression": "BSD-3-Clause"}]
    assert inside["OpenSSL"]["version"] == "3.6.0"
    assert "version" not in inside["SQLite"]
    iconv = [part for part in by_name["lxml"]["components"] if part["name"] == "libiconv"]
    assert [part.get("version") for part in iconv] == [None]
    assert by_name["Lucide"]["version"] == "1.62.0"
    assert by_name["libxcb1"]["licenses"] == [{"expression": "X11"}]
    every = [*told, *(part for each in told for part in each.get("components", ()))]
    assert len({part["bom-ref"] for part in every}) == len(every)


def test_every_row_of_the_table_can_be_read():
    table = tomllib.loads(contained.TABLE.read_text("utf-8"))
    owners = {*pins("requirements.txt"), "pyinstaller", "cpython"}
    assert {*table["belongs"].values(), *table["not_carried"]} <= owners
    keys = {"name", "of", "licence", "in", "seen", "version", "told", "ask", "wide"}
    for row in table["part"]:
        assert row.keys() <= keys
        assert row.get("of", "cpython") in owners
        assert row["licence"]
        assert row["in"]
    for licence in table["system"].values():
        assert bill.may_be_shipped(licence)


def test_every_library_of_the_system_is_known_by_its_package_the_last_one_too(
    tmp_path, monkeypatch
):
    told = (
        "libffi7:amd64: /usr/lib/x86_64-linux-gnu/libffi.so.7\n"
        "libxcb1-dev:amd64, libxcb1:amd64: /usr/share/doc/libxcb.so.1\n"
        "libxkbcommon0:amd64: /lib/x86_64-linux-gnu/libxkbcommon.so.0\n"
    )
    script = tmp_path / "tools" / "dpkg-query"
    script.parent.mkdir()
    script.write_text(f"#!/bin/sh\ncat <<'END'\n{told}END\n", encoding="ascii")
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{script.parent}:/usr/bin:/bin")
    for name in ("libffi.so.7", "libxkbcommon.so.0", "libpython3.11.so.1.0", "_cffi_backend.so"):
        put(tmp_path, f"_internal/{name}")
    owners = bill.owners(tmp_path)
    assert owners == {"libffi.so.7": "libffi7", "libxkbcommon.so.0": "libxkbcommon0"}
    said = contained.Folder(tmp_path).complaints(owners, ())
    assert said == []
