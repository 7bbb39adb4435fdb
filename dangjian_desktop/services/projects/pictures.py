"""The charts of targets as pictures for the window: the very drawing that the papers carry."""

from __future__ import annotations

from dangjian_desktop.domain.projects.project import Project, Target
from dangjian_desktop.papers.projects.charts import chart_of

DPI = 192


def chart_picture(project: Project, target: Target) -> bytes:
    """The chart of a target as PNG at 192 dpi; empty where the target has no value."""
    from dangjian_desktop.documents.charts import chart_png

    chart = chart_of(project, target)
    return b"" if chart is None else chart_png(chart, DPI)
