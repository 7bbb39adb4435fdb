"""What is known of the copies of a library beside the copies themselves.

It lies in their folder and not in the library, which would be another one by being copied.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from dangjian_desktop.domain.texts import json_text
from dangjian_desktop.errors import UserError
from dangjian_desktop.inputs import read_input
from dangjian_desktop.storage.file.placing import put_in_place, sync_file, written_aside

_LONGEST = 65_536
_RESTORED = "restored"
_QUIET = timedelta(hours=24)


def notes_file(folder: Path, library: Path) -> Path:
    """Where the notes of this library lie among its copies."""
    return folder / f".{library.stem}.notes.json"


def noted(folder: Path, library: Path) -> Mapping[str, Any]:
    """What was noted; nothing where none can be read."""
    with suppress(UserError, ValueError):
        found = json.loads(read_input(notes_file(folder, library), _LONGEST))
        if isinstance(found, dict):
            return found
    return {}


def note(folder: Path, library: Path, **values: Any) -> None:
    """Note this beside what was noted; a folder that cannot be written keeps what it has."""
    file = notes_file(folder, library)
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        with written_aside(file) as part:
            part.write_text(json_text({**noted(folder, library), **values}), encoding="utf-8")
            sync_file(part)
            put_in_place(part, file)


def note_restoring(folder: Path, library: Path, now: datetime) -> None:
    """Called when restoring begins and again when it is done: nothing goes for a day."""
    note(folder, library, restored=now.isoformat())


def restored_lately(folder: Path, library: Path, now: datetime) -> bool:
    """Whether a copy is being put back, or was within a day, by a clock that may have jumped."""
    with suppress(KeyError, TypeError, ValueError):
        at = datetime.fromisoformat(noted(folder, library)[_RESTORED])
        return abs(now - at) < _QUIET
    return False
