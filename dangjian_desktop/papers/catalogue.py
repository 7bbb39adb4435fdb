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
    Paper("project_declaration", "书记项目申报表", (Layout.FORM,)),
    Paper("project_approval", "书记项目立项表", (Layout.FORM,)),
    Paper("project_progress", "书记项目推进表", (Layout.FORM,)),
    Paper("project_midterm", "书记项目中期报告", (Layout.OFFICIAL,)),
    Paper("project_closing", "书记项目结项报告", (Layout.OFFICIAL,)),
    Paper("project_page", "书记项目一页汇报", (Layout.BRIEF,)),
    Paper("project_ledger", "书记项目台账", (Layout.LANDSCAPE,)),
    Paper("project_claims", "项目认领表", (Layout.LANDSCAPE,)),
)
