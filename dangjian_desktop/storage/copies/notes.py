"""What is known of the copies of a library beside the copies themselves.

It lies beside the library and not in it: the library would be another one by being copied, and
what can be read of a damaged one is least of all known.
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


def notes_file(library: Path) -> Path:
    """Where the notes of this library lie, wherever its copies are kept."""
    return library.with_suffix(".copies") / ".notes.json"


def noted(library: Path) -> Mapping[str, Any]:
    """What was noted; nothing where none can be read."""
    with suppress(UserError, ValueError):
        found = json.loads(read_input(notes_file(library), _LONGEST))
        if isinstance(found, dict):
            return found
    return {}


def note(library: Path, **values: Any) -> None:
    """Note this beside what was noted; a folder that cannot be written keeps what it has."""
    file = notes_file(library)
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        with written_aside(file) as part:
            part.write_text(json_text({**noted(library), **values}), encoding="utf-8")
            sync_file(part)
            put_in_place(part, file)


def noted_folder(library: Path, key: str) -> Path | None:
    """A folder that was noted."""
    found = noted(library).get(key)
    return Path(found) if found and isinstance(found, str) else None


def noted_time(library: Path, key: str) -> datetime | None:
    """A moment that was noted, with its offset."""
    with suppress(KeyError, TypeError, ValueError):
        return datetime.fromisoformat(noted(library)[key]).astimezone()
    return None


def note_restoring(library: Path, now: datetime) -> None:
    """Called when restoring begins and again when it is done: nothing goes for a day."""
    note(library, **{_RESTORED: now.isoformat()})


def restored_lately(library: Path, now: datetime) -> bool:
    """Whether a copy is being put back, or was within a day, by a clock that may have jumped."""
    at = noted_time(library, _RESTORED)
    return at is not None and abs(now - at) < _QUIET
