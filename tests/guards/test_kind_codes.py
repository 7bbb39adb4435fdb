"""The code of a kind of meeting stands in the registry and nowhere else in the program."""

from __future__ import annotations

import ast

from dangjian_desktop.domain.meetings.kinds import BUILT_IN
from tests.test_architecture import program

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
    found = {}
    for source in program():
        if "/migrations/" not in source.place:
            words = {n.value for n in source.nodes if isinstance(n, ast.Constant)}
            found[source.place] = (words & CODES) - OTHER_THINGS.get(source.place, set())
    assert found[REGISTRY] == CODES
    return frozenset(name for name, codes in found.items() if codes) - {REGISTRY}


def test_no_other_file_says_the_code_of_a_kind():
    assert naming() == frozenset()
