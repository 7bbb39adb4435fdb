"""Upgrade a library with one more folder of revisions."""

from __future__ import annotations

import sys
from pathlib import Path

from dangjian_desktop.storage.file import migrating

print("ready", flush=True)  # noqa: T201
migrating.upgrade(Path(sys.argv[1]), more_revisions=[Path(sys.argv[2])])
