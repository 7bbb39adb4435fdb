"""What the README says must be so."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def code() -> str:
    files = (ROOT / "dangjian_desktop").rglob("*.py")
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


def test_every_linked_file_exists():
    links = re.findall(r"\]\(([^)]+)\)", README)
    assert [link for link in links if not (ROOT / link).is_file()] == []
    assert len(links) > 5


def test_every_path_of_the_map_exists():
    rows = re.findall(r"^\| (`[^|]+) \|", README, re.M)
    named = [path for row in rows for path in re.findall(r"`([^`]+)`", row)]
    places = [(ROOT / path, ROOT / "dangjian_desktop" / path) for path in named]
    assert [str(first) for first, second in places if not (first.exists() or second.exists())] == []
    assert len(named) > 10


def test_the_glossary_names_what_the_code_uses():
    table = README.split("## 名词对照")[1].split("##")[0]
    rows = re.findall(r"^\| ([^|]+) \| ([a-z_ /]+) \|$", table, re.M)
    assert len(rows) > 10
    assert all(chinese.count(" / ") == english.count(" / ") for chinese, english in rows)
    words = [word for _, english in rows for word in english.split(" / ")]
    text = code()
    unused = [word for word in words if not re.search(rf"(?<![a-z]){word}s?(?![a-z])", text)]
    assert unused == []
