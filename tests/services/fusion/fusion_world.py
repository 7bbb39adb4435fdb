"""A small library with a project of two targets and indicators, one of them the project's."""

from __future__ import annotations

from contextlib import contextmanager

from dangjian_desktop.services.desk import open_desk
from tests.services.make import a_library, clock

TARGET, OTHER = "11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"
PROJECT = {
    "id": "33333333-3333-4333-8333-333333333333",
    "title": "托辊回收修旧降消耗",
    "category": "创效节约",
    "secretary": "张三",
    "start": "2026-01-01",
    "end": "2026-12-31",
    "targets": [
        {
            "id": TARGET,
            "indicator": "托辊材料消耗",
            "unit": "元/吨煤",
            "direction": "down",
            "baseline": "0.45",
            "target": "0.42",
            "source": "材料台账",
            "values": {"2026-01": "0.44", "2026-02": "0.43"},
        },
        {"id": OTHER, "indicator": "修旧托辊", "unit": "只", "counting": "sum", "target": "1500"},
    ],
}
SAFETY = {
    "name": "隐患按期整改率",
    "priority": "安全",
    "unit": "%",
    "direction": "up",
    "baseline": "94.7",
    "target": "98",
    "source": "队隐患台账",
    "counting": "latest",
    "values": {"2026-01": "96.3", "2026-02": "97.9"},
}
COST = {
    "name": "材料消耗",
    "priority": "成本",
    "project": [{"subject": "project", "id": PROJECT["id"], "item": TARGET}],
}


@contextmanager
def a_desk(folder, clock=clock):
    """The desk of such a library, open for writing, on the day of ``clock``."""
    library = a_library(folder)
    library.close()
    desk = open_desk(library.path, clock=clock)
    try:
        desk.projects.import_json(PROJECT)
        indicators(desk).import_json([SAFETY, COST])
        yield desk
    finally:
        desk._library.close()


def indicators(desk):
    return desk.shared["indicator"]


def named(desk, name):
    """The indicator of this name."""
    return next(each for each in indicators(desk).all() if each.name == name)
