"""One number for the version: it is written once, and no file says another."""

from __future__ import annotations

import re
import tomllib

import pytest

from tests.test_setup import INSTALLER, ROOT

NUMBER = r"(\d+\.\d+(?:\.\d+)+)"
NAMED = rf"dangjian[-_]desktop[-_ ]{NUMBER}"
"""The name of a file that is handed out, in a recipe or a script."""
DECLARED = (
    rf"(?i)(?:^|[!#\s])(?:define\s+)?(?:own_?|product_?|program_?)?version\s*[=:]?\s*\"{NUMBER}"
)
"""A script, a resource or a program of the set-up that has a number of its own."""
OTHERS = {
    "installer/staging.toml 3.11.9",
    "installer/windows/programs/program.manifest 6.0.0.0",
}
"""Numbers of what is not ours: Python for Windows, the controls of Windows."""


def declared() -> str:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return str(project["version"])


def said() -> dict[str, str]:
    """Every place that says a version of the program, and which."""
    log = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    found = {"CHANGELOG.md": re.findall(r"^## (\S+?)(?:（|$)", log, re.M)[0]}
    texts = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    scripts = [path for path in INSTALLER.rglob("*") if path.is_file() and path.suffix != ".pyc"]
    for path in (*texts, *scripts):
        text = path.read_text(encoding="utf-8", errors="ignore")
        numbers = re.findall(NAMED, text)
        if path in scripts:
            numbers += re.findall(DECLARED, text, re.M)
        found |= {f"{path.relative_to(ROOT)} {number}": number for number in numbers}
    return found


def test_every_file_that_says_the_version_says_the_same():
    found = said()
    assert found.keys() >= OTHERS
    others = {place for place, number in found.items() if number != declared()}
    assert others == OTHERS


@pytest.mark.parametrize(
    "line",
    [
        '!define VERSION "0.1.0"',
        '#define PRODUCT_VERSION "0.1.0.0"',
        'VERSION = "0.1.0"',
        "sh dangjian-desktop-0.1.0-linux-x86_64.run",
    ],
)
def test_a_number_in_a_script_or_a_recipe_is_seen(line):
    assert re.search(NAMED, line) or re.search(DECLARED, line, re.M)
