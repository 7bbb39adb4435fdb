"""What is ordered of a package, and what its words mean in a library."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from difflib import get_close_matches
from hashlib import sha256
from pathlib import Path

from dangjian_desktop.domain.dates import Period, chinese_date
from dangjian_desktop.domain.levels import Outlet, may_be_shown
from dangjian_desktop.domain.submissions.asked import AskedMaterial
from dangjian_desktop.domain.submissions.matching import Offered, match, plain_title
from dangjian_desktop.domain.submissions.naming import pattern_problem
from dangjian_desktop.domain.submissions.package import Package, PackedFile, Profile
from dangjian_desktop.domain.texts import clean, json_text
from dangjian_desktop.errors import InputError, Issue
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.inputs import read_input
from dangjian_desktop.services.submissions.choosing import Chosen
from dangjian_desktop.services.submissions.offering import ATTACHMENTS, EXCEL, offered_in
from dangjian_desktop.services.submissions.pieces import LARGEST, Terms
from dangjian_desktop.storage.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to go up: ``papers`` by their codes or titles, ``asked`` by the superior's list,
    ``files`` that are there already, and those ``kept`` of a package before; told as of ``as_of``
    (today) and sent on ``day`` (the same).

    ``pattern`` names the files; without one it is that which is kept for the recipient.
    ``packed`` makes one zip.
    """

    period: Period
    recipient: str
    profile: Profile = Profile.FULL
    papers: tuple[str, ...] = ()
    asked: tuple[AskedMaterial, ...] = ()
    files: tuple[Path, ...] = ()
    kept: tuple[PackedFile, ...] = ()
    as_of: date | None = None
    day: date | None = None
    packed: bool = False
    pattern: str = ""

    @property
    def digest(self) -> str:
        """What tells it from every other; how it is handed over is no part of it."""
        told = [str(self.period), self.recipient, self.profile.value, list(self.papers)]
        told += [[a.title, *a.formats, str(a.due)] for a in self.asked]
        told += [[f.name, sha256(read_input(f, LARGEST)).hexdigest()] for f in self.files]
        told += [[f.about, f.name, f.sha256] for f in self.kept]
        told += [str(self.as_of), str(self.day), self.pattern]
        return sha256(json_text(told).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Meant:
    """What an order means: what is made, the files with their titles, the titles of which nothing
    is known (``missing``), what was understood though the words differ, and the titles of what is
    known but may not go out masked (``withheld``)."""

    chosen: tuple[Chosen, ...]
    files: tuple[tuple[Path, str], ...]
    missing: tuple[str, ...]
    unsure: tuple[str, ...]
    withheld: tuple[str, ...] = ()


def settled(order: Order, today: date) -> Order:
    """The order with its days and cleaned words; raises ``InputError`` with every problem."""
    as_of = order.as_of or today
    ready = replace(
        order,
        as_of=as_of,
        day=order.day or as_of,
        recipient=clean(order.recipient)[0].strip(),
        pattern=clean(order.pattern)[0].strip(),
    )
    issues = [Issue(f"{words}。", "invalid", field) for field, words in _problems(ready, today)]
    if issues:
        raise InputError(f"报送包没有生成：{issues[0].message}", "请改正后重试。", issues)
    return ready


def _problems(order: Order, today: date) -> Iterator[tuple[str, str]]:
    as_of, day = order.as_of or today, order.day or today
    if not order.recipient:
        yield "recipient", "没有写明报送单位"
    if as_of > today:
        yield "as_of", f"数据截止日不能在今天（{chinese_date(today)}）以后"
    elif not as_of <= day <= today:
        yield "day", f"报出日期应在数据截止日（{chinese_date(as_of)}）到今天之间"
    if as_of < order.period.first:
        yield "period", f"到{chinese_date(as_of)}，{order.period.label}还没有到"
    if order.pattern and (words := pattern_problem(order.pattern)):
        yield "pattern", words
    if not (order.papers or order.asked or order.files or order.kept):
        yield "papers", "没有选定要报送的材料"


def terms_of(work: Work, order: Order) -> Terms:
    """On what terms it is made; the version counts on from what went up before."""
    same = (
        package.version
        for package in _packages(work)
        if (package.period, package.recipient) == (str(order.period), order.recipient)
    )
    version = 1 + max(same, default=0)
    if order.as_of is None or order.day is None:
        raise ValueError("an order that is not settled")
    told = f"（第{version}版）" if version > 1 else ""
    return Terms(
        period=order.period,
        recipient=order.recipient,
        day=order.day,
        as_of=order.as_of,
        profile=order.profile,
        version=version,
        mark=f"报送：{order.recipient}{told}",
    )


def _packages(work: Work) -> Iterable[Package]:
    found: Iterable[Package] = work.of("package").all()
    return found


def names_of_branch(work: Work) -> tuple[str, ...]:
    """Everything that the branch was ever called."""
    periods = work.branch.get().periods
    return tuple(filter(None, (name for p in periods for name in (p.name, p.short_name))))


def meant(work: Work, order: Order) -> Meant:
    """What the order means in this library; raises ``InputError`` for papers that are none."""
    offered, ours = offered_in(work), names_of_branch(work)
    chosen = list(_papers(order.papers, offered, ours))
    stems = {path: plain_title(path.stem, ours) for path in order.files}
    titles = {path: path.stem for path in order.files}
    before = {plain_title(file.title, ours) for file in order.kept}
    missing, unsure, withheld = [], [], []
    for asked in order.asked:
        plain, found = plain_title(asked.title, ours), match(asked.title, offered, ours)
        given = [path for path, stem in stems.items() if stem == plain]
        if not given and not found.sure:
            given = [path for path, stem in stems.items() if plain in stem]
        if given:
            titles |= dict.fromkeys(given, asked.title)
            continue
        if plain in before:
            continue
        if not found.offered:
            missing.append(asked.title)
            continue
        taken = _fitting(_may_go(found.offered, order.profile), asked.formats)
        chosen += [Chosen(e, asked.title, asked.formats, asked.due) for e in taken]
        if not taken:
            withheld.append(asked.title)
        elif not found.sure:
            unsure.append(_unsure(asked.title, taken, found.left))
    unsure += _uncovered(order, chosen)
    return Meant(
        chosen=tuple(dict.fromkeys(chosen)),
        files=tuple(titles.items()),
        missing=tuple(missing),
        unsure=tuple(unsure),
        withheld=tuple(withheld),
    )


def _may_go(offered: Sequence[Offered], profile: Profile) -> tuple[Offered, ...]:
    masked = profile is Profile.MASKED
    return tuple(o for o in offered if not masked or may_be_shown(o.level, Outlet.MASKED))


def _unsure(title: str, taken: Sequence[Offered], left: Sequence[str]) -> str:
    known = "、".join(dict.fromkeys(each.plain_title for each in taken))
    more = f"，其中看不出“{'、'.join(left)}”是哪份材料" if left else ""
    return f"“{title}”按“{known}”报送{more}，请核对。"


def _uncovered(order: Order, chosen: Sequence[Chosen]) -> Iterator[str]:
    """What goes out as it is though the rest is covered."""
    if order.profile is Profile.MASKED:
        if number := len(order.files) + len(order.kept):
            yield f"另附的{number}个文件照原样装入，没有遮盖，请核对。"
        if any(each.offered.code == ATTACHMENTS for each in chosen):
            yield "会议附件照原样装入，没有遮盖，请核对。"


def _papers(
    named: Sequence[str], offered: Sequence[Offered], ours: Sequence[str]
) -> Iterator[Chosen]:
    codes = {each.code: each for each in reversed(offered) if not each.kind}
    unknown = []
    for name in named:
        found = codes.get(name)
        sure = match(name, offered, ours) if found is None else None
        if found is not None:
            yield Chosen(found, found.plain_title)
        elif sure is not None and sure.sure:
            yield Chosen(sure.offered[0], sure.offered[0].plain_title)
        else:
            unknown.append(name)
    if unknown:
        words = "、".join(f"“{name}”" for name in unknown)
        raise InputError(
            f"没有名为{words}的材料。", f"可以写名称或编码：{_known(unknown, codes)}。"
        )


def _known(unknown: Sequence[str], codes: Mapping[str, Offered]) -> str:
    """The materials whose names are near; where none is, all of them."""
    names = {each.plain_title: code for code, each in codes.items()}
    near = [n for name in unknown for n in get_close_matches(name, [*names, *codes], 4, 0.4)]
    found = [*dict.fromkeys(names.get(each, each) for each in near)] or [*codes][::-1]
    return "、".join(f"{codes[code].title}（{code}）" for code in found)


def _fitting(found: Sequence[Offered], formats: Sequence[str]) -> Sequence[Offered]:
    """Of a paper and its sheet what the forms that are asked for allow; both where none is told."""
    if not formats:
        return found
    sheets = [each for each in found if each.sheet] if EXCEL in formats else []
    papers = [each for each in found if not each.sheet] if set(formats) - {EXCEL} else []
    return [*papers, *sheets] or found
