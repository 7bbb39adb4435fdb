"""What a blank is probably for, how sure that is, and why."""

from __future__ import annotations

from dataclasses import replace

from dangjian_desktop.domain.labelled import Labelled
from dangjian_desktop.frozen import dataclass


class Certainty(Labelled):
    """How sure a proposal is; only what is SURE is filled in before anybody has looked."""

    SURE = "sure", "确定"
    LIKELY = "likely", "很可能"
    GUESS = "guess", "猜测"


_ORDER = tuple(Certainty)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """``source`` is the key for a map, None where the blank stays empty by design (opinions,
    signatures, stamps). ``reason`` is a sentence for people; the sources ``others`` fit as well."""

    source: str | None
    certainty: Certainty
    reason: str
    others: tuple[str, ...] = ()

    def at_most(self, certainty: Certainty, why: str) -> Proposal:
        """The same no surer than this, with the reason for it."""
        weaker = max(self.certainty, certainty, key=_ORDER.index)
        return replace(self, certainty=weaker, reason=f"{self.reason}；{why}")


def quoted(words: tuple[str, ...] | list[str]) -> str:
    """「“甲”“乙”」."""
    return f"“{'”“'.join(words)}”"
