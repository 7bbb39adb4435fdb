"""What is written down of the files that the user adds to records."""

from __future__ import annotations

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from dangjian_desktop.frozen import dataclass
from dangjian_desktop.storage.tables import attachment


@dataclass(frozen=True, slots=True)
class Attached:
    """A file in the folder of attachments: its name there, SHA-256 and size in bytes."""

    stored: str
    sha256: str
    size: int


class AttachmentStore:
    """What the folder of attachments should hold, so that a missing or changed file is noticed."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def register(self, attached: Attached) -> None:
        """Write down a file that lies in the folder; a second time changes nothing."""
        row = {"name": attached.stored, "size": attached.size, "sha256": attached.sha256}
        self._connection.execute(insert(attachment).values(row).on_conflict_do_nothing())

    def stored_name(self, sha256: str) -> str | None:
        """Under which name a file of this content lies in the folder."""
        wanted = select(attachment.c.name).where(attachment.c.sha256 == sha256)
        return self._connection.scalar(wanted.order_by(attachment.c.id).limit(1))
