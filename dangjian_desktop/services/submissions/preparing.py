"""What a new package is chosen from: recipients, what a period has, the choice of an old one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path, PurePath

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.submissions.asked import FORMATS, AskedMaterial, asked_in
from dangjian_desktop.domain.submissions.matching import Offered, plain_title
from dangjian_desktop.domain.submissions.package import Package
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.papers.catalogue import PROJECT
from dangjian_desktop.services.judged import judged_day
from dangjian_desktop.services.of_library import OfLibrary
from dangjian_desktop.services.submissions.choosing import Chosen, ones_of
from dangjian_desktop.services.submissions.freezing import stored
from dangjian_desktop.services.submissions.handed_down import read_asked
from dangjian_desktop.services.submissions.manifest import LIST_CODE
from dangjian_desktop.services.submissions.offering import TEMPLATE, offered_in
from dangjian_desktop.services.submissions.ordering import Order, meant, names_of_branch
from dangjian_desktop.services.submissions.pieces import FILE
from dangjian_desktop.storage.work import Work


@dataclass(frozen=True, slots=True)
class Material:
    """Something that a period has, by its ``code`` and ``title``."""

    code: str
    title: str


@dataclass(frozen=True, slots=True)
class Understood:
    """What a line of the superior's list means: ``sent_as`` the titles of what is sent for it
    (none: the library knows nothing of it, or may not send it masked: ``withheld``), ``sure``
    where the list says so in the very words."""

    asked: AskedMaterial
    sent_as: tuple[str, ...]
    sure: bool
    withheld: bool = False


class PreparingService(OfLibrary):
    """What packages of one library are prepared from; ``clock`` tells the present time."""

    def recipients(self) -> tuple[str, ...]:
        """The superiors of the branch, the direct one first."""
        with self._library.reading() as work:
            day = judged_day(work, self._clock().date())
            return tuple(work.branch.on(day).superiors)

    def materials(self, period: Period) -> tuple[Material, ...]:
        """Everything that the period has something for, papers first."""
        with self._library.reading() as work:
            day = judged_day(work, self._clock().date())
            found = [
                Material(each.code, _called(each))
                for each in offered_in(work)
                if not each.kind and _there(work, each, period, min(day, period.last))
            ]
            return tuple(sorted(found, key=lambda each: each.code.startswith(TEMPLATE)))

    def asked(self, text: str, today: date) -> tuple[AskedMaterial, ...]:
        """What pasted lines ask for; a day without a year is of this one."""
        return asked_in([line.split("\t") for line in text.splitlines()], today)

    def asked_in(self, path: Path, today: date) -> tuple[AskedMaterial, ...]:
        """What the superior's list asks for; raises ``InputError``."""
        return read_asked(path, today)

    def list_in(self, path: Path, today: date) -> str:
        """The superior's list as lines that ``asked`` understands; raises ``InputError``."""
        return self.text_of(read_asked(path, today))

    def text_of(self, asked: Iterable[AskedMaterial]) -> str:
        """A list as lines: a heading, then a material a line with its forms and day in brackets."""
        lines = [f"{number}. {_line(each)}" for number, each in enumerate(asked, 1)]
        return "\n".join(["报送清单：", *lines]) if lines else ""

    def understood(self, order: Order) -> tuple[Understood, ...]:
        """What each line of the list in this order means, also by the files that are given."""
        with self._library.reading() as work:
            return tuple(_understood(work, order, each) for each in order.asked)

    def order_of(self, uid: str) -> Order:
        """What a package was made of, to be made again, with the files that were given as they
        were kept; raises ``InputError``."""
        with self._library.reading() as work:
            return _order(stored(work, uid))


def _called(offered: Offered) -> str:
    """What tells it among all others: of papers of projects also that."""
    if offered.code.startswith(TEMPLATE):
        return f"{offered.title}（Word 模板）"
    return f"书记项目{offered.title}" if offered.of == PROJECT else offered.title


def _line(asked: AskedMaterial) -> str:
    told = [FORMATS[form][0] for form in asked.formats]
    told += [asked.due.isoformat()] if asked.due else []
    return f"{asked.title}（{'、'.join(told)}）" if told else asked.title


def _there(work: Work, offered: Offered, period: Period, day: date) -> bool:
    chosen = Chosen(offered, offered.plain_title)
    return any(True for _ in ones_of(work, chosen, period, day))


def _understood(work: Work, order: Order, asked: AskedMaterial) -> Understood:
    found = meant(work, replace(order, asked=(asked,), papers=()))
    given = [path.name for path, title in found.files if title == asked.title]
    ours = names_of_branch(work)
    plain = plain_title(asked.title, ours)
    given += [file.name for file in order.kept if plain_title(file.title, ours) == plain]
    titles = [each.offered.title for each in found.chosen]
    unsure = any(words.startswith(f"“{asked.title}”") for words in found.unsure)
    sent_as = tuple(dict.fromkeys([*given, *titles]))
    return Understood(asked, sent_as, not unsure, withheld=bool(found.withheld))


def _order(package: Package) -> Order:
    made = [file for file in package.files if file.paper not in (FILE, LIST_CODE)]
    titles = dict.fromkeys((*package.asked, *(file.title for file in made)))
    asked = tuple(AskedMaterial(each, _formats(package, each)) for each in titles)
    return Order(
        period=Period.parse(package.period),
        recipient=package.recipient,
        profile=package.profile,
        papers=() if package.asked else tuple(dict.fromkeys(file.paper for file in made)),
        asked=asked if package.asked else (),
        kept=tuple(file for file in package.files if file.paper == FILE),
    )


def _formats(package: Package, title: str) -> tuple[str, ...]:
    kinds = {PurePath(file.name).suffix[1:] for file in package.files if file.title == title}
    return tuple(form for form in FORMATS if form in kinds)
