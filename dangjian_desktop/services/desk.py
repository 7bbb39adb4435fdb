"""Everything that can be done with one open library, in one hand."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from contextlib import AbstractContextManager, suppress
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dangjian_desktop.domain.record import Declared
from dangjian_desktop.domain.references import Link
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.services.declared import all_declared
from dangjian_desktop.services.judged import sample_day
from dangjian_desktop.services.late import Service
from dangjian_desktop.services.library.copying import put_back_told
from dangjian_desktop.services.links import link_titles
from dangjian_desktop.storage.copies.copies import ON_CLOSING
from dangjian_desktop.storage.file.keys import LockedError, has_password
from dangjian_desktop.storage.file.lock import HeldError
from dangjian_desktop.storage.file.reserve import give_up_room
from dangjian_desktop.storage.library import Library
from dangjian_desktop.storage.opening import UncheckedError
from dangjian_desktop.storage.state import STATE

if TYPE_CHECKING:
    from dangjian_desktop.services.agreements.agreements import AgreementService
    from dangjian_desktop.services.appraisals.appraisals import AppraisalService
    from dangjian_desktop.services.assessments.assessments import AssessmentService
    from dangjian_desktop.services.blank_forms.filling import BlankFormService
    from dangjian_desktop.services.checks.checks import CheckService
    from dangjian_desktop.services.checks.due import DueService
    from dangjian_desktop.services.checks.exporting import CheckExports
    from dangjian_desktop.services.first_page import FirstPageService
    from dangjian_desktop.services.fusion.indicators import IndicatorService
    from dangjian_desktop.services.fusion.pages import FusionService
    from dangjian_desktop.services.import_report import ImportReport
    from dangjian_desktop.services.import_saving import ImportPaper
    from dangjian_desktop.services.items.beginning import ItemBeginnings
    from dangjian_desktop.services.items.items import ItemService
    from dangjian_desktop.services.items.making import ItemMaking
    from dangjian_desktop.services.items.previous import PreviousItems
    from dangjian_desktop.services.ledgers.counting import LedgerCounts
    from dangjian_desktop.services.ledgers.declaring import LedgerStyles
    from dangjian_desktop.services.ledgers.exporting import LedgerExport
    from dangjian_desktop.services.ledgers.importing import LedgerImports
    from dangjian_desktop.services.ledgers.ledgers import LedgerService
    from dangjian_desktop.services.ledgers.rotas import LedgerRotas
    from dangjian_desktop.services.library.branch import BranchService
    from dangjian_desktop.services.library.composition import CompositionService
    from dangjian_desktop.services.library.copying import CopyService
    from dangjian_desktop.services.library.drafts import DraftService
    from dangjian_desktop.services.library.everything import EverythingService
    from dangjian_desktop.services.library.locking import LockService
    from dangjian_desktop.services.library.purging import PurgeService
    from dangjian_desktop.services.library.rebuilding import RebuildService
    from dangjian_desktop.services.library.recycle_bin import BinService
    from dangjian_desktop.services.library.search import SearchService
    from dangjian_desktop.services.library.unsaved import UnsavedService
    from dangjian_desktop.services.library.versions import VersionService
    from dangjian_desktop.services.meetings.attendance import AttendanceService
    from dangjian_desktop.services.meetings.meetings import MeetingService
    from dangjian_desktop.services.members.roster import RosterService
    from dangjian_desktop.services.members.roster_export import RosterExport
    from dangjian_desktop.services.members.roster_import import RosterImport
    from dangjian_desktop.services.papers.looks import LookService
    from dangjian_desktop.services.papers.printing import PrintingService
    from dangjian_desktop.services.projects.links import ProjectLinks
    from dangjian_desktop.services.projects.projects import ProjectService
    from dangjian_desktop.services.record_files import RecordFiles
    from dangjian_desktop.services.record_services import LinkService
    from dangjian_desktop.services.records.service import RecordService
    from dangjian_desktop.services.samples import SampleService
    from dangjian_desktop.services.submissions.checking import DeliveryService
    from dangjian_desktop.services.submissions.following import FollowUpService
    from dangjian_desktop.services.submissions.packages import PackageService
    from dangjian_desktop.services.submissions.preparing import PreparingService
    from dangjian_desktop.services.summaries.month import MonthService
    from dangjian_desktop.services.summaries.sending import SendingService
    from dangjian_desktop.services.summaries.summaries import SummaryService
    from dangjian_desktop.services.talks.talks import TalkService
    from dangjian_desktop.services.templates.filling import TemplateFilling
    from dangjian_desktop.services.templates.keeping import TemplateService
    from dangjian_desktop.services.templates.word_edits import WordEdits

Announce = Callable[[frozenset[Topic]], None]


class Desk:
    """The services of one open library; ``close`` makes a copy when something changed."""

    branch: Service[BranchService] = Service("library.branch:BranchService")
    composition: Service[CompositionService] = Service("library.composition:CompositionService")
    roster: Service[RosterService] = Service("members.roster:RosterService")
    imports: Service[RosterImport] = Service("members.roster_import:RosterImport")
    import_paper: Service[Callable[[ImportReport, Path], ImportPaper]] = Service(
        "import_saving:papers_of"
    )
    exports: Service[RosterExport] = Service("members.roster_export:RosterExport")
    meetings: Service[MeetingService] = Service("meetings.meetings:MeetingService")
    attendance: Service[AttendanceService] = Service("meetings.attendance:AttendanceService")
    projects: Service[ProjectService] = Service("projects.projects:ProjectService")
    project_links: Service[ProjectLinks] = Service("projects.links:ProjectLinks")
    shared: Service[Mapping[str, RecordService[Any]]] = Service("record_services:shared_services")
    links: Service[LinkService] = Service("record_services:LinkService")
    ledgers: Service[LedgerService] = Service("ledgers.ledgers:LedgerService")
    record_files: Service[RecordFiles] = Service("record_files:RecordFiles", "_library")
    ledger_styles: Service[LedgerStyles] = Service("ledgers.declaring:LedgerStyles")
    ledger_imports: Service[LedgerImports] = Service("ledgers.importing:LedgerImports")
    ledger_rotas: Service[LedgerRotas] = Service("ledgers.rotas:LedgerRotas")
    ledger_exports: Service[LedgerExport] = Service("ledgers.exporting:LedgerExport")
    samples: Service[SampleService] = Service("samples:SampleService")
    fusion: Service[FusionService] = Service("fusion.pages:FusionService")
    indicators: Service[IndicatorService] = Service("fusion.indicators:IndicatorService")
    items: Service[ItemService] = Service("items.items:ItemService")
    agreements: Service[AgreementService] = Service("agreements.agreements:AgreementService")
    appraisals: Service[AppraisalService] = Service("appraisals.appraisals:AppraisalService")
    assessments: Service[AssessmentService] = Service("assessments.assessments:AssessmentService")
    item_beginnings: Service[ItemBeginnings] = Service("items.beginning:ItemBeginnings")
    item_making: Service[ItemMaking] = Service("items.making:ItemMaking")
    previous_items: Service[PreviousItems] = Service("items.previous:PreviousItems")
    talks: Service[TalkService] = Service("talks.talks:TalkService")
    ledger_counts: Service[LedgerCounts] = Service("ledgers.counting:LedgerCounts")
    first_page: Service[FirstPageService] = Service("first_page:FirstPageService")
    due: Service[DueService] = Service("checks.due:DueService")
    month: Service[MonthService] = Service("summaries.month:MonthService")
    check: Service[CheckService] = Service("checks.checks:CheckService")
    check_exports: Service[CheckExports] = Service("checks.exporting:CheckExports")
    printing: Service[PrintingService] = Service("papers.printing:PrintingService")
    looks: Service[LookService] = Service("papers.looks:LookService")
    summaries: Service[SummaryService] = Service("summaries.summaries:SummaryService")
    sending: Service[SendingService] = Service("summaries.sending:SendingService")
    blank_forms: Service[BlankFormService] = Service("blank_forms.filling:BlankFormService")
    templates: Service[TemplateService] = Service("templates.keeping:TemplateService")
    template_filling: Service[TemplateFilling] = Service("templates.filling:TemplateFilling")
    word_edits: Service[WordEdits] = Service("templates.word_edits:WordEdits")
    packages: Service[PackageService] = Service("submissions.packages:PackageService")
    preparing: Service[PreparingService] = Service("submissions.preparing:PreparingService")
    delivery: Service[DeliveryService] = Service("submissions.checking:DeliveryService")
    follow_up: Service[FollowUpService] = Service("submissions.following:FollowUpService")
    copies: Service[CopyService] = Service("library.copying:CopyService")
    everything: Service[EverythingService] = Service("library.everything:EverythingService")
    search: Service[SearchService] = Service("library.search:SearchService")
    rebuilding: Service[RebuildService] = Service("library.rebuilding:RebuildService")
    drafts: Service[DraftService] = Service("library.drafts:DraftService", "_library")
    unsaved: Service[UnsavedService] = Service(
        "library.unsaved:UnsavedService", "_library", "drafts"
    )
    lock: Service[LockService] = Service("library.locking:LockService")
    bin: Service[BinService] = Service("library.recycle_bin:BinService")
    purges: Service[PurgeService] = Service("library.purging:PurgeService")
    versions: Service[VersionService] = Service("library.versions:VersionService")

    def __init__(self, library: Library, clock: Callable[[], datetime] = datetime.now) -> None:
        self._library = library
        self.clock = clock

    @property
    def read_only(self) -> str:
        """Why nothing can be saved in this library now; empty when it can."""
        why = self._library.not_writable
        return why.message if why else ""

    @cached_property
    def sample_day(self) -> date | None:
        """示例日期, which the sample takes for today; nothing in any other library."""
        with self._library.reading() as work:
            return sample_day(work)

    def today(self) -> date:
        """The one day that every page goes by; ``clock`` tells when something was saved."""
        today = self.clock().date()
        return today if self.sample_day is None else min(today, self.sample_day)

    def mark(self) -> str:
        """What tells this state of the library from every other, whoever has changed it."""
        with self._library.reading() as work:
            return str(work.settings.get(STATE))

    @property
    def unchecked(self) -> bool:
        """Whether it is a big library of which not all was looked at yet; see ``check_whole``."""
        return self._library.postponed is not None and self._library.postponed.pending

    @property
    def only_unchecked(self) -> bool:
        """Whether nothing can be saved for that reason alone."""
        return isinstance(self._library.not_writable, UncheckedError)

    def check_whole(self) -> None:
        """Look at all of it, in a thread that nobody waits for; then it can be saved, or
        ``read_only`` says why not. Raises ``BlockedError`` where it is damaged."""
        if self._library.postponed is not None:
            self._library.postponed.look()

    @property
    def offers_room(self) -> bool:
        """Whether nothing can be saved because the disk is full, and some room was kept."""
        return self._library.offers_room

    def make_room(self) -> None:
        """Give up the kept room; the library has to be opened again to be written."""
        give_up_room(self.path)

    @property
    def protected(self) -> bool:
        """Whether the library has a password; without one nothing sensitive is entered or shown."""
        return has_password(self.path)

    @property
    def held_elsewhere(self) -> bool:
        """Whether nothing can be saved because another computer has the library open."""
        return isinstance(self._library.not_writable, HeldError)

    @property
    def declared(self) -> Declared:
        """Every kind of record of the library, its ledgers and kinds of meeting among them."""
        with self._library.reading() as work:
            return all_declared(work)

    def link_titles(self, links: Collection[Link]) -> dict[Link, str]:
        """The titles of these records and parts of records; what is gone has none."""
        with self._library.reading() as work:
            return link_titles(work, links)

    def one_moment(self) -> AbstractContextManager[object]:
        """What is asked inside, on this thread, is answered out of one moment of the library, by
        one connection; nothing may be changed inside."""
        return self._library.reading()

    @property
    def path(self) -> Path:
        """The library file."""
        return self._library.path

    @property
    def announce(self) -> Announce:
        """Called with the topics of every committed change, on the thread that changed."""
        return self._library.announce

    @announce.setter
    def announce(self, listener: Announce) -> None:
        self._library.announce = listener

    def close(self) -> None:
        """Make a copy when something changed since the last, then release the library."""
        try:
            with suppress(LockedError):  # its copy was made when it was locked
                self.copies.keep_up(ON_CLOSING)
        finally:
            self._library.close()

    def put_back(self, copy: Path, accepted: Collection[str] = ()) -> str:
        """Release the library and put a copy in its place; the present one is kept as a copy.

        Gives what is to be said after. No copy is made on leaving: it could rotate away the very
        one that is wanted. The desk is closed whatever happens. Raises ``BlockedError`` when the
        copy is not whole, beside what is ``accepted``.
        """
        self._library.close()
        return put_back_told(copy, self.path, accepted=accepted)


SERVICES = tuple(each.late for each in vars(Desk).values() if isinstance(each, Service))
"""What the services are made by."""


def open_desk(
    path: Path,
    *,
    write: bool = True,
    holder: str = "窗口",
    clock: Callable[[], datetime] = datetime.now,
) -> Desk:
    """Open a library with everything, for reading only where it cannot be written (``read_only``
    says why) or where that is asked for; raises ``BlockedError``."""
    if write:
        return Desk(Library.open_as_can_be(path, holder=holder), clock)
    return Desk(Library.open(path, write=False, holder=holder), clock)
