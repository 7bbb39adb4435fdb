"""All papers that can be printed: add a paper here and in a file of its own."""

from __future__ import annotations

from dataclasses import dataclass

from dangjian_desktop.documents.model import Layout


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper: ``code`` for commands, ``title`` for people, the layouts that it exists in."""

    code: str
    title: str
    layouts: tuple[Layout, ...]


PAPERS: tuple[Paper, ...] = (
    Paper("minutes", "会议记录", (Layout.OFFICIAL, Layout.FORM)),
    Paper("signin", "签到表", (Layout.FORM,)),
    Paper("roster", "党员名册", (Layout.LANDSCAPE,)),
    Paper("summary", "工作汇总", (Layout.OFFICIAL,)),
)
