"""Packages for the superior: made, kept as they went up, and handed over again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from dangjian_desktop.domain.branch import Branch
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.members.member import new_id
from dangjian_desktop.domain.submissions.listed import MANIFEST
from dangjian_desktop.domain.submissions.naming import period_words
from dangjian_desktop.domain.submissions.package import Package, package_title
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.errors import BlockedError, InputError, Issue, UserError
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.papers.stamp import made_at
from dangjian_desktop.services.judged import judged_day
from dangjian_desktop.services.ledgers.ledgers import LedgerService
from dangjian_desktop.services.of_library import OfLibrary
from dangjian_desktop.services.papers.printing import note_in
from dangjian_desktop.services.submissions.choosing import One, once, ones_of
from dangjian_desktop.services.submissions.delivering import delivered, probe
from dangjian_desktop.services.submissions.freezing import (
    Frozen,
    as_sent,
    frozen,
    keep,
    list_piece,
    named,
    stored,
)
from dangjian_desktop.services.submissions.giving import (
    Attached,
    attached,
    given,
    given_before,
    unseen_words,
)
from dangjian_desktop.services.submissions.manifest import manifest_bytes
from dangjian_desktop.services.submissions.of_templates import FromTemplate, from_template
from dangjian_desktop.services.submissions.offering import ATTACHMENTS, TEMPLATE
from dangjian_desktop.services.submissions.ordering import (
    Meant,
    Order,
    meant,
    names_of_branch,
    settled,
    terms_of,
)
from dangjian_desktop.services.submissions.pieces import Gathered, Piece, Pieces, Terms
from dangjian_desktop.services.submissions.registering import LEDGER, awaited, entries_of, register
from dangjian_desktop.services.submissions.remembering import (
    pattern_for,
    place_of,
    remember_order,
    remember_pattern,
    remember_place,
    same_before,
)
from dangjian_desktop.storage.state import recorded_changes
from dangjian_desktop.storage.work import Work

__all__ = ["Delivery", "Order", "PackageService", "Progress"]

_Gathered = Gathered | Attached | FromTemplate
Progress = Callable[[int, int, str], None]
"""Called with how many are done, of how many, and what is done; raises ``Cancelled`` to stop."""


def _silent(_done: int, _total: int, _text: str) -> None:
    """For whoever does not watch."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What came of an order: the package and its ``files`` as written, the ``manifest`` among them.

    ``unsure`` says what was understood though the words differ, ``unregistered`` what 报送登记
    could not take. ``again`` tells that the very same had gone up before: nothing new was kept.
    ``unknown`` are those of what is missing of which the library knows nothing, ``withheld`` those
    that may not go out masked.
    """

    package: Package
    files: tuple[Path, ...]
    manifest: Path
    unsure: tuple[str, ...] = ()
    unregistered: tuple[str, ...] = ()
    again: bool = False
    unknown: tuple[str, ...] = ()
    withheld: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ready:
    """A package with all that is written down when it goes up; ``changes`` are those that the
    library had seen when it was made from it."""

    order: Order
    terms: Terms
    meant: Meant
    package: Package
    pieces: Sequence[Frozen]
    ones: Sequence[One]
    branch: Branch
    changes: int
    digest: str


class PackageService(OfLibrary):
    """Packages of one library; ``clock`` tells the present time."""

    def make(self, order: Order, folder: Path, progress: Progress = _silent) -> Delivery:
        """Make the package, keep all that is in it as it goes up, and write it into the folder.

        The same order of an unchanged library writes the same bytes again. Raises ``InputError``
        with every problem, and ``BlockedError``; then nothing is written and nothing kept.
        """
        with self._library.reading() as work:
            order = settled(order, judged_day(work, self._clock().date()))
        probe(folder)
        digest = order.digest
        with self._library.reading() as work:
            before = same_before(work, _whose(order), digest)
        if before is not None:
            return self._again(before, order, folder, progress)
        return self._sent(self._ready(order, digest, progress), folder, progress)

    def write(
        self, uid: str, folder: Path, progress: Progress = _silent, *, packed: bool = False
    ) -> list[Path]:
        """Write a package again, byte for byte as it went up."""
        with self._library.reading() as work:
            package = stored(work, uid)
            branch = _branch_of(work, package)
            files = as_sent(work, package)
        files[MANIFEST] = manifest_bytes(package, branch.name)
        step = _counting(progress, len(files))
        with delivered(folder, _name(package, branch), files, step, packed=packed) as place:
            return place()

    def pattern(self, recipient: str) -> str:
        """How the files for a recipient are named."""
        with self._library.reading() as work:
            return pattern_for(work, recipient)

    def place(self, uid: str) -> Path | None:
        """Where a package was written when it was made, whether it is there still or not."""
        with self._library.reading() as work:
            return place_of(work, uid)

    def _again(self, uid: str, order: Order, folder: Path, progress: Progress) -> Delivery:
        files = self.write(uid, folder, progress, packed=order.packed)
        with self._library.reading() as work:
            package = stored(work, uid)
        return Delivery(package=package, files=tuple(files), manifest=files[-1], again=True)

    def _ready(self, order: Order, digest: str, progress: Progress) -> _Ready:
        with self._library.reading() as work:
            changes, terms, wanted = (
                recorded_changes(work.settings),
                terms_of(work, order),
                meant(work, order),
            )
            branch = work.branch.on(min(terms.period.last, terms.as_of))
            ones = [
                one
                for chosen in wanted.chosen
                for one in ones_of(work, chosen, terms.period, terms.as_of)
            ]
            gathered, without = self._gathered(once(ones), terms, progress)
            kept = [given_before(work, file, branch.short, terms) for file in order.kept]
        pieces = [given(path, title, branch.short, terms) for path, title in wanted.files] + kept
        for number, each in enumerate(gathered):
            progress(number, len(gathered), f"正在生成{each.one.chosen.title}")
            pieces.append(each.piece(terms))
        there = {one.chosen.title for one in ones} - without
        lacking = (c.title for c in wanted.chosen if c.title not in there)
        missing = dict.fromkeys([*wanted.missing, *wanted.withheld, *lacking])
        if not pieces:
            raise _nothing(terms, missing)
        package = Package(
            id=new_id(),
            title=package_title(terms.period, terms.recipient, terms.version),
            recipient=terms.recipient,
            period=str(terms.period),
            day=terms.day,
            as_of=terms.as_of,
            profile=terms.profile,
            version=terms.version,
            asked=tuple(each.title for each in order.asked),
            missing=tuple(missing),
        )
        frozen_now = self._frozen(order, package, pieces, branch, terms)
        files = tuple(file for each in frozen_now for file in each.packed())
        return _Ready(
            order=order,
            terms=terms,
            meant=wanted,
            package=replace(package, files=files),
            pieces=frozen_now,
            ones=ones,
            branch=branch,
            changes=changes,
            digest=digest,
        )

    def _gathered(
        self, ones: Sequence[One], terms: Terms, progress: Progress
    ) -> tuple[list[_Gathered], set[str]]:
        """All of them, or every reason why some cannot be; and the titles of templates for which
        there is no record."""
        issues, found, without = list[Issue](), list[_Gathered](), set[str]()
        for one in ones:
            progress(0, 0, f"正在汇集{one.chosen.title}")
            try:
                made = self._made_of(one, terms)
                found += made
                without |= set() if made else {one.chosen.title}
            except UserError as error:
                issues.append(
                    Issue(f"{one.chosen.title}：{error.message}{error.remedy}", "refused")
                )
        if issues:
            issues = list(dict.fromkeys(issues))
            words = f"报送包没有生成：{issues[0].message}"
            raise BlockedError(words, "请去掉这些材料，或者改正后重试。", issues)
        return found, without

    def _made_of(self, one: One, terms: Terms) -> Sequence[_Gathered]:
        if one.code == ATTACHMENTS:
            return [attached(self._library, one)]
        if one.code.startswith(TEMPLATE):
            return from_template(self._library, self._clock, one, terms)
        return [Pieces(self._library, self._clock).gathered(one, terms)]

    def _frozen(
        self,
        order: Order,
        package: Package,
        pieces: Sequence[Piece],
        branch: Branch,
        terms: Terms,
    ) -> list[Frozen]:
        """The pieces under their names with their versions, 清单 behind them."""
        pattern = order.pattern or self.pattern(order.recipient)
        names = named(pieces, pattern, branch.short, terms)
        with self._library.reading() as work:
            kept = frozen(work, pieces, names)
            told = replace(package, files=tuple(f for each in kept for f in each.packed()))
            made = made_at(terms.as_of, self._clock())
            listed = list_piece(told, branch.name, made, terms.mark)
            return [*kept, *frozen(work, [listed], [listed.what])]

    def _sent(self, ready: _Ready, folder: Path, progress: Progress) -> Delivery:
        """Write it, keep it and register it, all or nothing."""
        package, branch = ready.package, ready.branch
        files: dict[str, bytes] = {
            f"{each.name}.{kind}": each.piece.files[kind]
            for each in ready.pieces
            for kind in each.piece.handed
        }
        files[MANIFEST] = manifest_bytes(package, branch.name)
        step = _counting(progress, len(files))
        packed = ready.order.packed
        with delivered(folder, _name(package, branch), files, step, packed=packed) as place:
            rows = LedgerService(self._library, self._clock).of(LEDGER)
            topics = (Topic.RECORDS, Topic.LEDGERS, Topic.SUMMARIES, Topic.MEETINGS)
            with self._library.changing(*topics) as work:
                if recorded_changes(work.settings) != ready.changes:
                    words = "生成报送包时资料刚刚有了改动，这一次没有保存。"
                    raise BlockedError(words, "请重新生成。")
                self._write_down(work, ready)
                titles = {one.chosen.title for one in ready.ones} - {*package.missing}
                entries = entries_of(ready.meant, package, titles)
                entries += awaited(ready.order, package)
                refused = register(work, rows, package, entries, names_of_branch(work))
                placed = place()
                remember_place(work, package.id, placed[-1] if packed else placed[-1].parent)
        return Delivery(
            package=package,
            files=tuple(placed),
            manifest=placed[-1],
            unsure=(*ready.meant.unsure, *unseen_words(each.piece for each in ready.pieces)),
            unknown=ready.meant.missing,
            withheld=ready.meant.withheld,
            unregistered=tuple(refused),
        )

    def _write_down(self, work: Work, ready: _Ready) -> None:
        keep(work, ready.pieces, ready.terms)
        for one in once(ready.ones):
            if one.paper is not None:
                note_in(work, one.paper, one.uid, None)
        work.of("package").save(ready.package)
        order = ready.order
        if order.pattern:
            remember_pattern(work, order.recipient, order.pattern)
        remember_order(work, _whose(order), ready.digest, ready.package.id)


def _nothing(terms: Terms, missing: Iterable[str]) -> InputError:
    words = f"{terms.period.label}没有可以报送的内容：{'、'.join(missing)}。"
    return InputError(words, "请核对时间段，或者另选材料。")


def _whose(order: Order) -> str:
    return f"{order.period}/{order.recipient}"


def _branch_of(work: Work, package: Package) -> Branch:
    day: date = min(Period.parse(package.period).last, package.as_of)
    return work.branch.on(day)


def _name(package: Package, branch: Branch) -> str:
    """What the folder or zip of it is called."""
    told = f"（第{package.version}版）" if package.version > 1 else ""
    return f"{branch.short}_报送包_{period_words(Period.parse(package.period))}{told}"


def _counting(progress: Progress, total: int) -> Callable[[str], None]:
    written = iter(range(total + 1))

    def step(name: str) -> None:
        progress(next(written), total, f"正在写入{name}")

    return step


def missing_words(done: Delivery) -> list[str]:
    """What was not put in, and why: not known at all, nothing of it in the period, or internal."""
    missing = done.package.missing
    if done.again:
        return [f"与上次一样，未装入：{'、'.join(missing)}。"] if missing else []
    known = [t for t in missing if t not in (*done.unknown, *done.withheld)]
    told = [f"这段时间没有记录、未装入：{'、'.join(known)}。"] if known else []
    if done.withheld:
        words = "只在内部使用、遮盖的报送包未装入"
        told.append(f"{words}：{'、'.join(done.withheld)}。要报请改选完整。")
    more = "可添加同名文件后重报"
    if done.unknown:
        told.append(f"看不出是哪份材料、未装入：{'、'.join(done.unknown)}，{more}。")
    return told
