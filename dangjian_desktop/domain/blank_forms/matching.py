"""A source for a single blank, by its label and the heads that it stands under."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from dangjian_desktop.domain.blank_forms.form import Blank, BlankKind, read_label
from dangjian_desktop.domain.blank_forms.labels import asides, bare
from dangjian_desktop.domain.blank_forms.naming import Index
from dangjian_desktop.domain.blank_forms.proposal import Certainty, Proposal, quoted
from dangjian_desktop.domain.blank_forms.sources import JOINED, Habits, Source
from dangjian_desktop.frozen import dataclass

_CONNECTED = re.compile("以及|及其|及|和|与|、|/|暨")
_SAME_UNITS = tuple(map(frozenset, ("人名位", "次场期", "项个件条份篇")))
_TENS_OF_THOUSANDS = "万"
_MANNER = re.compile(
    "^(?:党支部|支部|党员|本支部|本|填报|主要|当前|目前|现任|组织生活|三会一课)|(?:情况|名称|说明|数据|简介)$"
)
_SPOKEN = re.compile("^(?:其中|现有|共有|设有|下设|共|现|设|有)+|(?:为|是|达到|达|有|共)$")
"""What a sentence adds to a label: 共有党员 is 党员, 参会率为 is 参会率."""
_SPANNED = re.compile(
    "^(?:[本当](?:季度|季|半年)|第?[一二三四1-4]季度|[上下]半年)(?:内)?(?:共|累计)?"
)
"""The span of which a label counts, where it is none that every period has."""
_OF_WORDS = ("情况", "名称", "说明", "简介")
"""Ends of labels that ask for no number."""
_LEAST_PLAIN = 2
_MANY = "数"
_NAMES = ("项目",)
"""Labels that name a thing where no unit says that it is counted."""
_MEMBERS = "党员"
_PERSONS = ("人", "名")
_SUMS = ("合计", "总计", "小计")
"""Over a column of a table they are the sum of its rows, whatever else there is."""
_DAY = "日期"


@dataclass(frozen=True, slots=True)
class _Found:
    """Sources that a label may mean, how sure, and the reason with room for their name."""

    sources: tuple[Source, ...]
    certainty: Certainty
    reason: str


class Matcher:
    """Proposes sources of single values, as the ``habits`` of superiors have it; ``title`` is what
    the form is called."""

    def __init__(self, sources: Iterable[Source], habits: Habits, title: str = "") -> None:
        self._title = _MEMBERS in title
        self._index, self._habits = Index(sources), habits
        self._parts = {bare(word): bare(meant) for word, meant in habits.parts.items()}
        self._neutral = tuple(map(bare, habits.neutral))
        self._qualifying = frozenset(self._parts.values())

    def proposal(self, blank: Blank) -> Proposal | None:
        """The proposal; None where nothing can be said."""
        if why := left_empty(blank, self._habits):
            return Proposal(source=None, certainty=Certainty.SURE, reason=why)
        found = next((each for each in self._ways(blank) if each.sources), None)
        if found is None:
            return self._joined(blank)
        asked = blank.unit or self._counted(blank)
        counted = tuple(s for s in found.sources if asked and s.unit and _same_unit(asked, s.unit))
        first, *others = counted or found.sources
        own_name = bare(blank.label)
        made = Proposal(
            source=first.key,
            certainty=found.certainty,
            reason=found.reason.format(quoted([first.label])),
            others=tuple(other.key for other in others),
        )
        if others:
            words = f"也可能是{quoted([other.label for other in others])}，请核对"
            made = made.at_most(Certainty.LIKELY, words)
        if own_name in _SUMS and first.unit not in _PERSONS:
            made = made.at_most(Certainty.LIKELY, "合计的是表中各列还是所选时期，请核对")
        if own_name in _NAMES and not asked:
            made = made.at_most(Certainty.GUESS, "表中没有写单位，可能要填名称，请核对")
        if first.far:
            words = "这是支部本期汇总里的内容，不是这一条记录的，请核对"
            made = made.at_most(Certainty.LIKELY, words)
        if not blank.unit and not _same_unit(asked, first.unit):
            return None
        return _by_boxes(_by_unit(made, asked, first), blank, first)

    def _counted(self, blank: Blank) -> str:
        """The unit that a label or a head asks for: 次数, 人数."""
        words = map(bare, (blank.label, *blank.heads))
        return next((unit for w in words if (unit := self._habits.counts.get(w, ""))), "")

    def _ways(self, blank: Blank) -> Iterator[_Found]:
        """What the label may mean, the surest way first."""
        own, telling = self._telling(blank)
        plain = [part for part in telling if part not in self._neutral]
        stems = self._telling(blank, named=True)[1]
        for parts in (telling, stems, plain, self._counted_head(blank)):
            if parts not in ([], [own]):
                words = f"“{_kept('”下的“'.join(parts))}”就是数据项{{}}"
                yield _Found(self._index.combined(parts), Certainty.SURE, words)
        for parts in (telling, plain):
            words = f"“{_kept('”下的“'.join(parts))}”常用来填写{{}}，请核对"
            found = self._index.perhaps_combined(parts) if len(parts) > 1 else ()
            yield _Found(found, Certainty.LIKELY, words)
        telling = plain or telling
        if own in self._habits.counts and telling:
            own = telling[-1]
        narrowing = [part for part in telling if part != own]
        if any(map(self._makes_other, narrowing)):
            return
        shown = _kept(blank.label or blank.name)
        shown = shown if own == bare(blank.label) else _kept(own)
        more = f"，没有考虑旁边的{_kept(quoted(narrowing))}，请核对" if narrowing else ""
        exact = self._index.named(own)
        surest = Certainty.LIKELY if narrowing else Certainty.SURE
        yield _Found(exact, surest, f"“{shown}”{_how(own, exact)}{more}")
        yield from self._spoken(own, blank, surest, shown, more)
        if not any(word in own for word in self._habits.other):
            yield from self._by_title(stems or [own])
            yield from self._loosely(own, shown, more)

    def _by_title(self, telling: Sequence[str]) -> Iterator[_Found]:
        """What a label means in a form that is called after the members: 大专 is 大专党员."""
        if self._title and _MEMBERS not in "".join(telling):
            for parts in ([_MEMBERS, *telling], [_MEMBERS, telling[-1]]):
                words = f"表的标题说的是{_MEMBERS}，“{_kept(telling[-1])}”是数据项{{}}，请核对"
                yield _Found(self._index.combined(parts), Certainty.LIKELY, words)

    def _counted_head(self, blank: Blank) -> list[str]:
        """The head that a label counts, as it stands: 党员人数 over 合计."""
        heads = [head for head in map(bare, blank.heads) if not self._is_neutral(head)]
        return heads if bare(blank.label) in self._habits.counts and len(heads) == 1 else []

    def _spoken(
        self, own: str, blank: Blank, surest: Certainty, shown: str, more: str
    ) -> Iterator[_Found]:
        """A label within a sentence."""
        words = f"“{shown}”就是数据项{{}}{more}"
        plain = _SPOKEN.sub("", own)
        yield _Found(self._index.named(plain), surest, words)
        if blank.unit and not blank.heads:
            yield _Found(self._index.named(f"{plain}{_MANY}"), surest, words)
        if _SPANNED.match(own):
            plain = _SPOKEN.sub("", _SPANNED.sub("", own))
            words = f"“{shown}”是数据项{{}}，填的是所选时期的数{more}，请核对"
            yield _Found(self._index.named(plain), Certainty.LIKELY, words)

    def _telling(self, blank: Blank, *, named: bool = False) -> tuple[str, list[str]]:
        """The label alone, and all that is told by it, its brackets and its heads; ``named`` asks
        also for what a head names that narrows nothing: 党员情况 is 党员."""
        own = bare(blank.label)
        inner = [part for part in asides(blank.label) if not self._is_aside(part)]
        every = map(bare, blank.heads)
        asked = map(self._stem, every) if named else every
        words = [self._meant(h) for h in asked if not self._is_neutral(h)]
        # 主题党日 over 主题党日活动 says nothing more.
        words = [w for n, w in enumerate(words) if not any(w in later for later in words[n + 1 :])]
        heads = [head for head in words if not self._is_repeated(head, own)]
        mine = own if self._index.named(own) else self._meant(own)
        mine = "" if own in self._habits.counts else mine
        return own, list(filter(None, dict.fromkeys((*heads, mine, *map(self._meant, inner)))))

    def _stem(self, head: str) -> str:
        """A head without the ends that say nothing."""
        while not self._index.named(head):
            end = next((e for e in self._neutral if head.endswith(e) and head != e), "")
            if not end:
                break
            head = head.removesuffix(end)
        return head

    def _meant(self, word: str) -> str:
        """What a word within heads of two levels means."""
        return self._parts.get(word, word)

    def _loosely(self, own: str, shown: str, more: str) -> Iterator[_Found]:
        plain = _MANNER.sub("", _SPOKEN.sub("", own))
        if len(plain) >= _LEAST_PLAIN:
            words = f"“{shown}”与数据项{{}}只差修饰的字{more}"
            found = self._index.named(plain)
            if own.endswith(_OF_WORDS):
                found = tuple(source for source in found if not source.unit)
            yield _Found(found, Certainty.LIKELY, words)
        words = f"“{shown}”常用来填写{{}}{more}，请核对"
        yield _Found(self._index.perhaps(own), Certainty.GUESS, words)
        words = f"“{shown}”含有数据项{{}}的名称，只是猜测{more}"
        yield _Found(self._index.alike(own), Certainty.GUESS, words)

    def _joined(self, blank: Blank) -> Proposal | None:
        """目标和措施: several sources in one blank."""
        words = [bare(part) for part in _CONNECTED.split(blank.label)]
        found = [self._index.named(word) for word in words]
        if len(words) < 2 or blank.heads or not all(len(each) == 1 for each in found):
            return None
        each = [sources[0] for sources in found]
        names = quoted([source.label for source in each])
        return Proposal(
            source=JOINED.join(source.key for source in each),
            certainty=Certainty.LIKELY,
            reason=f"“{blank.label}”由数据项{names}合成，请核对",
        )

    def _is_neutral(self, word: str) -> bool:
        ends = [e for e in self._habits.counts if word.endswith(e) and word.removesuffix(e)]
        if any(word.removesuffix(end) in self._neutral for end in ends):
            return True  # 组织生活开展次数 over the kinds of sittings
        ending = word.endswith(self._neutral) and not self._index.named(word)
        return not word or ending or (word in self._habits.counts and word not in _SUMS)

    def _is_repeated(self, head: str, own: str) -> bool:
        """Whether a label says again what its head does: 正式党员 under 党员人数."""
        ends = [end for end in self._habits.counts if head.endswith(end) and head != end]
        return any(head.removesuffix(end) in own for end in ("", *ends))

    def _is_aside(self, word: str) -> bool:
        return word in self._habits.aside or bool(read_label(f"某（{word}）")[1])

    def _makes_other(self, head: str) -> bool:
        """Whether a head makes something else of what stands under it."""
        known = self._index.named(head) or head in self._qualifying
        return bool(known) or any(word in head for word in self._habits.other)


def left_empty(blank: Blank, habits: Habits) -> str:
    """Why others fill this blank in: their opinion, their hand, their stamp; "" where not."""
    label, inner = bare(blank.label), asides(blank.label)
    for said in (blank.label, *(blank.heads if label == _DAY else ())):
        if bare(said).endswith(habits.opinions):
            return f"“{said}”由出具意见的人填写，留空"
    if any(word in said for word in habits.signed for said in (label, *inner)):
        return f"“{blank.label}”由本人签字，留空"
    if any(word in label for word in habits.stamped):
        return f"“{blank.label}”是盖章的位置，留空"
    return ""


def _how(own: str, exact: Sequence[Source]) -> str:
    """Whether the label is the source's own or another word for it."""
    same = any(bare(source.label) == own for source in exact)
    return "与数据项{}同名" if same else "是数据项{}的另一种叫法"


def _kept(words: str) -> str:
    """Words of a form inside a pattern."""
    return words.replace("{", "{{").replace("}", "}}")


def _by_unit(proposal: Proposal, unit: str, source: Source) -> Proposal:
    """Weaker where the form counts in another unit than the source."""
    if _same_unit(unit, source.unit):
        return proposal
    told = f"的单位是“{source.unit}”" if source.unit else "没有单位"
    words = f"表中的单位是“{unit}”，数据项{told}，请核对"
    return proposal.at_most(Certainty.GUESS, words)


def _same_unit(asked: str, given: str) -> bool:
    """Whether what is asked in one unit may be answered in another; nothing asked is any."""
    plain = asked.replace("％", "%")
    same = any({plain, given} <= units for units in _SAME_UNITS)
    return same or plain in ("", given, _TENS_OF_THOUSANDS + given)


def begun_with(word: str, known: Iterable[str]) -> bool:
    """Whether a word beside a box is the beginning of just one that is known: 正式, 正式党员."""
    return sum(each.startswith(bare(word)) for each in known) == 1


def _by_boxes(proposal: Proposal, blank: Blank, source: Source) -> Proposal:
    """Weaker where words beside the boxes are none that the source can have."""
    if blank.kind is not BlankKind.BOXES:
        return proposal
    known = set(map(bare, source.choices))
    strange = [w for w in blank.choices if bare(w) not in known and not begun_with(w, known)]
    if not strange:
        return proposal
    words = f"选项{quoted(strange)}不在数据项的选项中，请核对"
    certainty = Certainty.GUESS if len(strange) == len(blank.choices) else Certainty.LIKELY
    return proposal.at_most(certainty, words)
