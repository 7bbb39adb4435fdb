"""Papers of what the branch takes upon itself: items, 责任状, and how members rate it."""

from __future__ import annotations

from dangjian_desktop.documents.model import Layout
from dangjian_desktop.domain.levels import Level
from dangjian_desktop.papers.paper import AGREEMENT, APPRAISAL, ITEM, ITEMS, Paper

CLOSING = "item_closing"
"""What ends an item; a standing duty has none."""


def _of_items(code: str, title: str, word: str, compose: str, *also: str) -> Paper:
    """A form of one item, or a list of those of a period."""
    one = compose.startswith("forms:")
    return Paper(
        code=f"item_{code}",
        title=title,
        of=ITEM if one else ITEMS,
        compose=f"items.{compose}",
        layouts=(Layout.FORM if one else Layout.LANDSCAPE,),
        lengths=() if one else (12, 6, 3, 1),
        word=word,
        also=also,
        folder="问题与任务",
        level=Level.INTERNAL,
    )


FOLLOWED: tuple[Paper, ...] = (
    _of_items("problems", "问题清单", "问题", "lists:compose_problems", "问题台账"),
    _of_items("tasks", "任务清单", "任务", "lists:compose_tasks"),
    _of_items("duties", "责任清单", "责任", "lists:compose_duties", "主体责任清单"),
    _of_items("standing", "主体责任清单落实情况", "主体责任", "lists:compose_standing"),
    _of_items("three", "三单合一表", "三单", "lists:compose_three", "三单", "三单合一", "三张清单"),
    _of_items("ledger", "督办台账", "台账", "lists:compose_ledger", "销号台账", "整改台账"),
    _of_items("schedule", "时序进度表", "时序", "lists:compose_schedule"),
    _of_items("roadmap", "任务路线图", "路线图", "roadmap:compose_roadmap", "路线图"),
    _of_items("supervision", "督办单", "督办", "forms:compose_supervision"),
    _of_items("closing", "销号单", "销号", "forms:compose_closing"),
    _of_items("assignment", "任务书", "任务书", "forms:compose_assignment"),
    _of_items("receipt", "整改回执", "回执", "forms:compose_receipt", "整改情况回执"),
    Paper(
        code="duty_agreement",
        title="责任状",
        of=AGREEMENT,
        compose="agreements.agreement:compose_agreement",
        layouts=(Layout.OFFICIAL,),
        also=("军令状", "目标责任状", "党建工作责任状"),
        folder="责任状",
        blank=True,
        level=Level.INTERNAL,
    ),
    Paper(
        code="duty_publicity",
        title="责任状公示",
        of=AGREEMENT,
        compose="agreements.publicity:compose_publicity",
        layouts=(Layout.OFFICIAL,),
        also=("公开承诺", "责任公示"),
        folder="责任状",
    ),
    Paper(
        code="appraisal_sheet",
        title="融合成效测评表",
        of=APPRAISAL,
        compose="appraisals.ballot:compose_sheet",
        layouts=(Layout.FORM,),
        also=("融合测评表", "融合成效测评票"),
        folder="融合成效测评",
        blank=True,
    ),
    Paper(
        code="appraisal_result",
        title="融合成效测评结果",
        of=APPRAISAL,
        compose="appraisals.result:compose_result",
        layouts=(Layout.FORM,),
        also=("融合成效测评汇总表", "融合测评结果"),
        folder="融合成效测评",
        level=Level.INTERNAL,
    ),
)
