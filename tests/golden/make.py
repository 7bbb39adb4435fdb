"""Makes the golden files of the present version: the sample library, and all that it records.

    QT_QPA_PLATFORM=offscreen .venv/bin/python -m tests.golden.make tests/golden/VERSION

Do it in the last commit of a version; as long as it is not published they may be made anew. Those
of 0.1.0 hold more, with a library made by hand; how they were made stands in this folder at the
commit that added this file, and was run at 671ec6f:

    ADDED=$(git log --diff-filter=A --format=%H -- tests/golden/make.py)
    git worktree add OLD 671ec6f && cd OLD && git checkout $ADDED -- tests/golden
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from dangjian_desktop.services.desk import Desk, open_desk
from dangjian_desktop.services.library.demo import make_demo_library
from tests.golden.drafts import put_sample_drafts
from tests.golden.recorded import recorded
from tests.golden.shown import clock

NAME = "示例"


def main(folder: Path) -> None:
    """The golden files of the present version, into an empty folder."""
    folder.mkdir(parents=True)
    kept = folder / f"{NAME}.dangjian"
    with tempfile.TemporaryDirectory() as scratch:
        library = make_demo_library(Path(scratch) / kept.name)
        put_sample_drafts(Desk(library, clock))
        library.close()
        shutil.copyfile(library.path, kept)
        if (files := library.path.with_suffix(".files")).exists():
            shutil.copytree(files, folder / files.name)
    desk = open_desk(kept, write=False, clock=clock)
    try:
        record(folder, NAME, "recorded", recorded(desk))
    finally:
        desk.close()


def record(folder: Path, name: str, what: str, value: Any) -> None:
    """One golden JSON file."""
    text = json.dumps(value, ensure_ascii=False, indent=0, sort_keys=True)
    (folder / f"{name}.{what}.json").write_text(text + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
