"""Makes the golden files of the present version, with the program as it stands.

    QT_QPA_PLATFORM=offscreen .venv/bin/python -m tests.golden.make tests/golden/VERSION

Do it in the last commit of a version. Those of 0.1.0 were made at 671ec6f by these scripts as the
commit that added this file has them, which is how to make them again:

    ADDED=$(git log --diff-filter=A --format=%H -- tests/golden/make.py)
    git worktree add OLD 671ec6f && cd OLD && git checkout $ADDED -- tests/golden

Ids are drawn from a seed and the present is fixed, so the JSON comes out the same every time; the
moments of saving and the state of a library do not.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from dangjian_desktop.services.desk import Desk, open_desk
from dangjian_desktop.services.library.demo import make_demo_library
from tests.golden.building import build, seed
from tests.golden.drafts import put_sample_drafts
from tests.golden.shown import LIBRARIES, clock, files, printed, shown

SUFFIX = ".dangjian"


def main(folder: Path) -> None:
    """Every golden file of the present version, into an empty folder."""
    from PySide6.QtWidgets import QApplication

    from tests.golden.windows import a_shell, offered, opened

    folder.mkdir(parents=True, exist_ok=True)
    app = QApplication([])
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch)
        record(folder, "全字段", "batch", _libraries(place))
        for name in LIBRARIES:
            _kept(place, folder, name)
            desk = open_desk(folder / f"{name}{SUFFIX}", write=False, clock=clock)
            try:
                shell = a_shell(app, place)
                record(
                    folder,
                    name,
                    "shown",
                    shown(desk, LIBRARIES[name]) | {"files": files(desk, place)},
                )
                record(folder, name, "printed", printed(desk, LIBRARIES[name]))
                drafts = {"offered": offered(desk), "opened": opened(desk, shell)}
                record(folder, name, "drafts", drafts)
                shell.jobs.close()
            finally:
                desk._library.close()


def _libraries(place: Path) -> str:
    seed(1)
    library = make_demo_library(place / f"示例{SUFFIX}")
    put_sample_drafts(Desk(library, clock))
    library.close()
    seed(2)
    papers = place / "papers"
    papers.mkdir()
    return build(place / f"全字段{SUFFIX}", papers)


def _kept(place: Path, folder: Path, name: str) -> None:
    """The library and its attachments, without copies and locks."""
    shutil.copyfile(place / f"{name}{SUFFIX}", folder / f"{name}{SUFFIX}")
    attachments = place / f"{name}.files"
    if attachments.exists():
        shutil.copytree(attachments, folder / attachments.name, dirs_exist_ok=True)


def record(folder: Path, name: str, what: str, value: Any) -> None:
    """One golden JSON file."""
    text = json.dumps(value, ensure_ascii=False, indent=0, sort_keys=True)
    (folder / f"{name}.{what}.json").write_text(text + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    main(Path(sys.argv[1]))
