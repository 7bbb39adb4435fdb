"""The code of a kind of meeting stands in the registry and nowhere else in the program."""

from __future__ import annotations

import ast
from pathlib import Path

from dangjian_desktop.domain.meetings.kinds import BUILT_IN

ROOT = Path(__file__).resolve().parents[2]
REGISTRY = "domain/meetings/kinds.py"
CODES = frozenset(kind.code for kind in BUILT_IN)
OTHER_THINGS = {
    "domain/meetings/meeting.py": {"election"},  # a matter of an agenda item
    # The fixed day of the month.
    "cli/branch.py": {"theme_day"},
    "services/library/branch.py": {"theme_day"},
    "services/library/branch_form.py": {"theme_day"},
}
"""The same word for something that is no kind."""


def naming() -> frozenset[str]:
    """Files of the program, migrations left out, with a text that is the code of a kind."""
    program = ROOT / "dangjian_desktop"
    found = {}
    for path in program.rglob("*.py"):
        if "migrations" not in path.parts:
            tree = ast.parse(path.read_text(encoding="utf-8"))
            name = path.relative_to(program).as_posix()
            words = {n.value for n in ast.walk(tree) if isinstance(n, ast.Constant)}
            found[name] = (words & CODES) - OTHER_THINGS.get(name, set())
    assert found[REGISTRY] == CODES
    return frozenset(name for name, codes in found.items() if codes) - {REGISTRY}


def test_no_other_file_says_the_code_of_a_kind():
    assert naming() == frozenset()
