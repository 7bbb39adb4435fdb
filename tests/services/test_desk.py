"""A desk that only reads leaves nothing behind."""

from __future__ import annotations

from dangjian_desktop.services.desk import open_desk
from tests.services.make import a_library


def test_only_who_has_written_leaves_a_copy(tmp_path):
    library = a_library(tmp_path)
    library.close()
    before = {file.relative_to(tmp_path) for file in tmp_path.rglob("*")}

    open_desk(library.path, write=False).close()
    assert {file.relative_to(tmp_path) for file in tmp_path.rglob("*")} == before

    open_desk(library.path).close()
    assert {file.relative_to(tmp_path) for file in tmp_path.rglob("*")} > before
