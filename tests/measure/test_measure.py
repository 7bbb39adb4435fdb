"""What the counting script counts, on a tree made for it."""

from __future__ import annotations

from tests.measure import house
from tests.measure.fields import naming_files, trees_of
from tests.measure.repeats import declarations, repeated

RECORDS = """
from dataclasses import dataclass

Spans = tuple["Span", ...]

@dataclass(frozen=True)
class Span:
    begun: str

@dataclass
class Member:
    id: str
    phone: str
    spans: Spans
    posts: tuple[Span, ...] = ()

@dataclass
class Meeting:
    id: str
    closing: str

@dataclass
class Project:
    id: str
"""
USE = "def use(record):\n    return {'phone': record.closing, 'begun': 1}\n"
BODY = "".join(f"    total{n} = counted(first, {n})[0] + 1\n" for n in range(7))


def a_tree(folder):
    program = folder / house.PROGRAM
    for name, text in (("domain/records.py", RECORDS), ("ui/use.py", USE), ("ui/ledgers/l.py", "")):
        path = program / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def test_files_that_name_a_field_are_found_by_every_way_of_naming(tmp_path):
    found = naming_files(trees_of(a_tree(tmp_path) / house.PROGRAM))
    assert "id" not in found
    both = ["domain.records", "ui.use"]
    assert (found["phone"], found["closing"], found["begun"]) == (both, both, both)
    assert found["posts"] == ["domain.records"]


def test_repeats_are_seen_through_names_and_numbers():
    other = BODY.replace("total", "sum").replace("first", "last")
    files = {"a": f"def a(first):\n{BODY}", "b": f"def b(last):\n{other}", "c": "def c(): ...\n"}
    assert list(repeated(files)) == [("a", "b")]
    short = "\n".join(files["b"].splitlines()[:5])
    assert repeated({"a": files["a"], "b": short}) == {}


def test_every_figure_is_told(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["house", str(a_tree(tmp_path)), "--no-parses"])
    house.main()
    told = capsys.readouterr().out
    assert "files that name a field of one dataclass only: median 2" in told
    assert "lines of ui with ledgers: 2 (2 files)" in told
    assert "pairs of files that repeat six or more lines: 0" in told


def test_pairs_that_share_declarations_alone_are_told_apart():
    fields = "".join(f"    part{n}: dict[str, tuple[int, ...]] = field()\n" for n in range(7))
    table = {"d": f"class D:\n{fields}", "e": f"class E:\n{fields.replace('part', 'piece')}"}
    code = {"a": f"def a(first):\n{BODY}", "b": f"def b(first):\n{BODY}"}
    found = repeated(table | code)
    assert sorted(found) == [("a", "b"), ("d", "e")]
    assert declarations(table | code, found) == 1
