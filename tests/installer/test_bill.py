"""What a release is made of, and that nothing goes out under a licence nobody looked at."""

from __future__ import annotations

import importlib
import json
import sys
from importlib.metadata import distribution

import pytest

from tests.test_lock import pins
from tests.test_setup import INSTALLER, ROOT

sys.path.insert(0, str(INSTALLER))
bill = importlib.import_module("bill")
sys.path.remove(str(INSTALLER))

TOOLS = {"setuptools"}


def test_every_package_that_ships_was_looked_at_and_says_the_same_today():
    names = set(pins("requirements.txt")) - TOOLS
    assert names <= set(bill.table())
    metadata = {name: distribution(name) for name in names}
    found = [
        (name, each.version, bill.stated(each.read_text("METADATA")))
        for name, each in metadata.items()
    ]
    assert bill.complaints(found, bill.table()) == []


@pytest.mark.parametrize(
    ("expression", "may"),
    [
        ("MIT", True),
        ("LGPL-3.0-only", True),
        ("GPL-3.0-only", False),
        ("GPL-2.0-only OR MIT", True),
        ("BSD-3-Clause AND Apache-2.0", True),
        ("BSD-3-Clause AND AGPL-3.0-only", False),
        ("(MIT OR Apache-2.0) AND Unicode-3.0", True),
        ("(MIT OR Apache-2.0) AND GPL-3.0-only", False),
        ("GPL-3.0-only OR (MIT AND (GPL-2.0-only OR ISC))", True),
        ("GPL-2.0-or-later WITH Bootloader-exception", True),
        ("GPL-2.0-or-later", False),
        ("MIT/Apache-2.0", False),
        ("(MIT", False),
        ("MIT) OR ISC", False),
        ("", False),
    ],
)
def test_a_licence_that_may_not_be_shipped_is_known(expression, may):
    assert bill.may_be_shipped(expression) is may


def test_a_strange_or_changed_package_stops_the_release():
    table = {"a": {"spdx": "MIT", "said": "MIT"}, "b": {"spdx": "GPL-3.0-only", "said": "GPL"}}
    found = [("a", "1", "GPL"), ("b", "1", "GPL"), ("c", "1", "MIT")]
    said = bill.complaints(found, table)
    assert ["许可变了" in said[0], "不能随程序分发" in said[1], "不在" in said[2]] == [True] * 3
    assert bill.complaints([("a", "2", "MIT")], table) == []


def test_the_licences_of_a_release_are_told_with_how_many_are_under_each():
    table = {"a": {"spdx": "MIT"}, "b": {"spdx": "MIT"}, "c": {"spdx": "LGPL-3.0-only"}}
    found = [(name, "1", "") for name in table]
    assert bill.report(found, table) == "LGPL-3.0-only 1（c）、MIT 2（a b）"


def test_the_bill_names_every_part_and_is_equal_twice():
    table = {"a": {"spdx": "MIT", "said": "MIT"}}
    made = bill.bill("0.2.0", [("a", "1.0", "MIT")], {"libx11-6": "2:1.8"}, table)
    assert made == bill.bill("0.2.0", [("a", "1.0", "MIT")], {"libx11-6": "2:1.8"}, table)
    told = json.loads(made)
    assert (told["bomFormat"], told["specVersion"]) == ("CycloneDX", "1.5")
    purls = [part["purl"] for part in told["components"]]
    assert purls == ["pkg:pypi/a@1.0", "pkg:deb/debian/libx11-6@2:1.8"]


def test_every_font_that_is_carried_along_is_in_the_bill_under_a_licence_that_may_be_shipped():
    faces = bill.fonts()
    assert bill.complaints_of_fonts(faces) == []
    told = json.loads(bill.bill("9.9.9", [], {}, {}, faces=faces))["components"]
    lying = {path.name for path in (ROOT / "resources" / "fonts").glob("*.[ot]tf")}
    assert {part["name"] for part in told} == lying
    assert len({part["bom-ref"] for part in told}) == len(lying)
    other = {**faces[0], "licence": "Proprietary"}
    assert "Proprietary 不能随程序分发" in bill.complaints_of_fonts([other])[0]
