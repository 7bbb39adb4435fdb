"""What people themselves say in a summary: their work, problems, plans and reasons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any

from dangjian_desktop.domain.labelled import Labelled
from dangjian_desktop.frozen import dataclass


class WorkSection(Labelled):
    """The blocks of 本月工作, in the order in which they are printed."""

    STUDY = "study", "政治学习"
    ORGANISATION = "organisation", "组织生活"
    TEAM = "team", "队伍建设"
    INTEGRATION = "integration", "党建与业务融合"
    CONDUCT = "conduct", "廉政与作风"
    SERVICE = "service", "群众服务"


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryWords:
    """The user's own words for one period; what is empty is printed as lines to write on.

    ``work`` maps values of ``WorkSection`` to text (paragraphs parted by line breaks).
    ``problems`` and ``plans`` hold one point each. ``plan_results`` maps the text of a plan of
    the former period to what became of it, ``solved`` that of a problem of an earlier period to
    how it was solved. ``reasons`` maps codes of kinds of meeting to why none was held (未开原因).
    """

    work: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[str, ...] = ()
    plans: tuple[str, ...] = ()
    plan_results: Mapping[str, str] = field(default_factory=dict)
    solved: Mapping[str, str] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
    filled_by: str = ""
    reviewed_by: str = ""

    def as_json(self) -> dict[str, Any]:
        """Plain JSON values, as a library keeps them."""
        return {
            "work": dict(self.work),
            "problems": list(self.problems),
            "plans": list(self.plans),
            "plan_results": dict(self.plan_results),
            "reasons": dict(self.reasons),
            "filled_by": self.filled_by,
            "reviewed_by": self.reviewed_by,
            # Words of earlier versions are compared as text: what they lack is left out.
            **({"solved": dict(self.solved)} if self.solved else {}),
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> SummaryWords:
        """What ``as_json`` gave; what is missing is empty."""
        return cls(
            work=dict(kept.get("work", {})),
            problems=tuple(kept.get("problems", ())),
            plans=tuple(kept.get("plans", ())),
            plan_results=dict(kept.get("plan_results", {})),
            solved=dict(kept.get("solved", {})),
            reasons=dict(kept.get("reasons", {})),
            filled_by=kept.get("filled_by", ""),
            reviewed_by=kept.get("reviewed_by", ""),
        )
