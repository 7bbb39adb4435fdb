"""One transaction's view of the library: a store for each subject."""

from __future__ import annotations

from sqlalchemy import Connection

from dangjian_desktop.storage.copies.attaching import AttachmentStore
from dangjian_desktop.storage.meetings import MeetingStore
from dangjian_desktop.storage.members import MemberStore
from dangjian_desktop.storage.projects import ProjectStore
from dangjian_desktop.storage.records.batches import BatchStore
from dangjian_desktop.storage.records.drafts import DraftStore
from dangjian_desktop.storage.records.journal import Journal
from dangjian_desktop.storage.records.prints import PrintStore
from dangjian_desktop.storage.records.settings import BranchStore, SettingStore
from dangjian_desktop.storage.records.waivers import WaiverStore


class Work:
    """The stores, valid until the transaction ends."""

    def __init__(self, connection: Connection) -> None:
        self.members = MemberStore(connection)
        self.meetings = MeetingStore(connection)
        self.projects = ProjectStore(connection)
        self.attachments = AttachmentStore(connection)
        self.branch = BranchStore(connection)
        self.settings = SettingStore(connection)
        self.drafts = DraftStore(connection)
        self.batches = BatchStore(connection)
        self.waivers = WaiverStore(connection)
        self.prints = PrintStore(connection)
        self.journal = Journal(connection)
