"""What becomes of a package: what has changed since, and what the superior answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.submissions.branches import foreign_branches
from dangjian_desktop.domain.submissions.matching import Offered
from dangjian_desktop.domain.submissions.package import Package, Profile
from dangjian_desktop.domain.texts import clean
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.errors import InputError, Issue, UserError
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.services.ledgers.ledgers import LedgerService
from dangjian_desktop.services.of_library import OfLibrary
from dangjian_desktop.services.papers.offered import paper_in
from dangjian_desktop.services.record_files import RecordFiles
from dangjian_desktop.services.record_services import service_of
from dangjian_desktop.services.submissions.choosing import Chosen, One
from dangjian_desktop.services.submissions.freezing import stored
from dangjian_desktop.services.submissions.handed_down import words_of
from dangjian_desktop.services.submissions.manifest import LIST_CODE
from dangjian_desktop.services.submissions.of_templates import from_template
from dangjian_desktop.services.submissions.offering import ATTACHMENTS, SHEET, TEMPLATE
from dangjian_desktop.services.submissions.ordering import names_of_branch
from dangjian_desktop.services.submissions.pieces import FILE, Pieces, Terms
from dangjian_desktop.services.submissions.registering import LEDGER, register_return
from dangjian_desktop.services.summaries.sending import differences_of, figures_in
from dangjian_desktop.storage.work import Work

_OWN = f"ledger.{LEDGER}."
"""Figures that a package changes by being made."""
_SHOWN = 24


@dataclass(frozen=True, slots=True)
class Change:
    """A paper that the records give otherwise now, and in what, in words."""

    title: str
    name: str
    words: str


class ForeignReplyError(InputError):
    """A reply that names another branch and not ours; it can be kept all the same."""


class FollowUpService(OfLibrary):
    """What became of the packages of one library; ``clock`` tells the present time."""

    def changes(self, uid: str) -> tuple[Change, ...]:
        """The papers of a package that would be others now, as of the same day on the same terms.

        What was given as a file is not compared. Raises ``InputError`` for an unknown package.
        """
        with self._library.reading() as work:
            package = stored(work, uid)
            return tuple(self._changes(work, package))

    def answer(
        self,
        uid: str,
        reply: Path | None = None,
        *,
        text: str = "",
        returned: date | None = None,
        reason: str = "",
        force: bool = False,
    ) -> Package:
        """Keep what the superior answered, as a file or as ``text``, and that the package was
        returned; 报送登记 follows.

        Raises ``ForeignReplyError`` for a reply that names another branch and not ours (unless
        ``force``), ``InputError`` for a day or reason that cannot be, and where nothing is told.
        """
        if reply is None and not (text.strip() or returned or reason.strip()):
            words = "没有上级的意见，也没有退回日期，没有要保存的。"
            raise InputError(words, "请选择意见文件，或者写下意见、退回日期和原因。")
        with self._library.reading() as work:
            package, ours = stored(work, uid), names_of_branch(work)
        read = "" if reply is None else words_of(reply)
        words = clean("\n".join(filter(None, (text.strip(), read))), multiline=True)[0]
        if returned and not (reason.strip() or words or package.return_reason):
            issue = Issue("请填写退回原因。", "missing", "return_reason")
            raise InputError("没有写明退回原因，没有保存。", "请填写退回原因。", [issue])
        if not force and (others := foreign_branches(words, ours)):
            called = "意见" if reply is None else f"“{reply.name}”"
            said = f"{called}写的是{'、'.join(others)}，没有提到本支部，没有保存。"
            raise ForeignReplyError(
                said, "请核对是不是给本支部的意见；确实是的，请仍要保存（命令行加 --force）。"
            )
        kept = () if reply is None else (RecordFiles(self._library).keep(reply),)
        records, rows = service_of(self._library, "package", self._clock), self._rows()
        with self._library.changing(Topic.RECORDS, Topic.LEDGERS) as work:
            package = stored(work, uid)
            told = replace(
                package,
                reply=(*package.reply, *kept),
                reply_text="\n\n".join(filter(None, (package.reply_text, words))),
                returned=returned or package.returned,
                return_reason=clean(reason, multiline=True)[0].strip() or package.return_reason,
            )
            found: Package = records.put(work, told)
            if returned is not None or reason:
                register_return(work, rows, found, ours)
        return found

    def _rows(self) -> Any:
        return LedgerService(self._library, self._clock).of(LEDGER)

    def _changes(self, work: Work, package: Package) -> Iterator[Change]:
        seen: set[tuple[str, str]] = set()
        for file in package.files:
            key = file.paper, file.about
            if key in seen or file.paper in (FILE, LIST_CODE, ATTACHMENTS):
                continue
            seen.add(key)
            kept = work.sent.one(*key, file.version)
            if kept is not None and (words := self._differs(work, file.paper, kept.content)):
                yield Change(file.title, kept.name, words)

    def _differs(self, work: Work, code: str, content: Mapping[str, Any]) -> str:
        """In what the records now give another paper than this content; empty where in nothing."""
        try:
            now = self._now(_one(work, code, content["of"]), _terms(content["terms"]))
        except UserError as error:
            return f"现在不能再生成：{error.message}"
        if "figures" in content:
            return _of_figures(content, now)
        return _of_lines(content["lines"], now["lines"])

    def _now(self, one: One, terms: Terms) -> Mapping[str, Any]:
        """What the records tell now."""
        if one.code.startswith(TEMPLATE):
            found = from_template(self._library, self._clock, one, terms)
            return found[0].content if found else {"lines": []}
        return Pieces(self._library, self._clock).gathered(one, terms).content


def _one(work: Work, code: str, of: Mapping[str, Any]) -> One:
    other = code.endswith(SHEET) or code.startswith(TEMPLATE)
    paper = None if other else paper_in(work, code)
    title = paper.title if paper else code
    period = Period.parse(of["period"]) if of["period"] else None
    chosen = Chosen(Offered(code, title), title)
    return One(chosen, paper, of["uid"], period, of["group"])


def _terms(plain: Mapping[str, str]) -> Terms:
    return Terms(
        period=Period.parse(plain["period"]),
        recipient=plain["recipient"],
        day=date.fromisoformat(plain["day"]),
        as_of=date.fromisoformat(plain["as_of"]),
        profile=Profile(plain["profile"]),
        version=1,
        mark="",
    )


def _of_figures(sent: Mapping[str, Any], now: Mapping[str, Any]) -> str:
    found = [
        f"{each.label}报出时{each.sent}，现为{each.now}"
        for each in differences_of(figures_in(sent), figures_in(now))
        if not each.name.startswith(_OWN)
    ]
    found += ["填写的文字有改动"] if sent["words"] != now["words"] else []
    return "；".join(found)


def _of_lines(sent: Sequence[str], now: Sequence[str]) -> str:
    """How many places differ, and the first of them."""
    steps = SequenceMatcher(None, list(sent), list(now), autojunk=False).get_opcodes()
    places = [step for step in steps if step[0] != "equal"]
    if not places:
        return ""
    _, a, b, c, d = places[0]
    return f"{len(places)}处不同：报出时“{_part(sent[a:b])}”，现为“{_part(now[c:d])}”"


def _part(lines: Sequence[str]) -> str:
    text = " ".join(lines) or "无"
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}……"
