"""Run as an ordinary user: read the library, then try to open it for writing."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from dangjian_desktop.errors import BlockedError
from dangjian_desktop.storage.library import Library

path = Path(sys.argv[1])
if os.geteuid() == 0:
    for folder in path.parents[:-1]:
        if folder.stat().st_uid == 0 and folder != path.parent:
            folder.chmod(folder.stat().st_mode | 0o055)
    os.setegid(65534)
    os.seteuid(65534)
library = Library.open(path, write=False)
with library.reading() as work:
    work.branch.get()
library.close()
print("read")  # noqa: T201
try:
    Library.open(path, write=True, wait=0.2)
except BlockedError as error:
    print("refused", error.message, sep="\n")  # noqa: T201
else:
    print("opened")  # noqa: T201

library = Library.open_as_can_be(path)
with library.reading() as work:
    work.branch.get()
print("read only" if library.why_not else "writable")  # noqa: T201
