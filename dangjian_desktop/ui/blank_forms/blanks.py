"""The blanks of a form as lines of a list: what goes into each, from where, and how sure it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from dangjian_desktop.domain.blank_forms.form import Blank, BlankKind, Filled
from dangjian_desktop.domain.blank_forms.proposal import Certainty, Proposal
from dangjian_desktop.domain.blank_forms.sources import JOINED, Source, split_columns
from dangjian_desktop.domain.members.covering import covered_numbers
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.services.blank_forms.filling import View
from dangjian_desktop.ui.records.tables import Column

BY_HAND = "留空，用笔填"
_SUGGESTED = (Certainty.LIKELY, Certainty.GUESS)


@dataclass(frozen=True, slots=True, kw_only=True)
class BlankLine:
    """One blank: its name, the text that goes in, the words of its source and what is proposed.

    ``unknown`` tells that no record knows what was chosen for it.
    """

    blank: Blank
    text: str
    source: str
    state: str
    proposal: Proposal | None
    unknown: bool = False

    @property
    def filled(self) -> bool:
        """Whether something will stand in it."""
        return bool(self.text) and not self.unknown

    @property
    def suggestion(self) -> str | None:
        """The source that waits for somebody to look at it."""
        made = self.proposal
        waits = self.state in {each.label for each in _SUGGESTED}
        return made.source if made is not None and waits else None

    @property
    def plain(self) -> bool:
        """Whether it may be taken together with others: of a whole list that is only guessed
        somebody is to think for himself."""
        made = self.proposal
        guess = made is not None and made.certainty is Certainty.GUESS
        return self.suggestion is not None and not (guess and self.blank.kind is BlankKind.ROWS)


COLUMNS: tuple[Column[BlankLine], ...] = (
    Column(
        code="name",
        title="空格",
        text=lambda line: line.blank.name,
        tooltip=lambda line: f"{line.blank.name}（{line.blank.where}）",
        width=200,
    ),
    Column(
        code="text",
        title="填写内容",
        # The form beside it is drawn as it will be written.
        text=lambda line: covered_numbers(line.text.replace("\n", " ")),
        width=-1,
    ),
    Column(code="source", title="来自", text=lambda line: line.source, width=130),
    Column(
        code="state",
        title="把握",
        text=lambda line: line.state,
        tooltip=lambda line: line.proposal.reason if line.proposal else "",
        width=76,
    ),
)


def lines_of(view: View) -> dict[str, BlankLine]:
    """The lines of a form by the keys of its blanks, in the order of the form."""
    titles = {source.key: source.label for source in view.sources}
    return {blank.key: _line(view, blank, titles) for blank in view.blanks}


def source_words(key: str, titles: Mapping[str, str]) -> str:
    """A source by its label, several joined by 、."""
    return "、".join(titles.get(split_columns(part)[0], part) for part in key.split(JOINED))


def offers(sources: tuple[Source, ...], blank: Blank) -> list[tuple[str, str]]:
    """What may be chosen for a blank: words and key, those of its kind."""
    return [
        (f"{source.label}（{source.group}）" if source.group else source.label, source.key)
        for source in sources
        if (source.kind is blank.kind) or (blank.kind != "rows" and source.kind != "rows")
    ]


def _line(view: View, blank: Blank, titles: Mapping[str, str]) -> BlankLine:
    proposal = view.proposals.get(blank.name)
    chosen = view.chosen.get(blank.name)
    filled = view.values.get(blank.name)
    if blank.formula:
        return _made(blank, "", "表格自己计算", "", proposal)
    if blank.name in view.chosen and chosen is None:
        return _made(blank, "", BY_HAND, "已定", proposal)
    if chosen is not None:
        words = source_words(chosen, titles)
        if filled is None:
            made = _made(blank, "（没有记录，留空）", words, "已定", proposal)
            return replace(made, unknown=True)
        return _made(blank, _text(filled), words, "已定", proposal)
    if proposal is not None and proposal.source is not None:
        words = f"可能是{source_words(proposal.source, titles)}"
        return _made(blank, "", words, proposal.certainty.label, proposal)
    return _made(blank, "", BY_HAND if proposal else "", "" if proposal else "待选", proposal)


def _made(blank: Blank, text: str, source: str, state: str, proposal: Proposal | None) -> BlankLine:
    return BlankLine(blank=blank, text=text, source=source, state=state, proposal=proposal)


def _text(filled: Filled) -> str:
    if filled.rows:
        return f"{len(filled.rows)} 行"
    return filled.text or "、".join(filled.chosen)
