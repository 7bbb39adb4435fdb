"""How the fusion page stands on paper: its columns begin side by side, no name is torn."""

from __future__ import annotations

import docx
import pytest
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.services.papers.printing import Wanted
from tests.documents.reading import boxes, text_of
from tests.services.fusion.fusion_world import PROJECT, a_desk
from tests.services.fusion.test_pages import a_priority, a_sitting, a_task

YEAR = Period(2026, 1, 12)


@pytest.fixture
def desk(tmp_path):
    with a_desk(tmp_path) as opened:
        yield opened


def a_full_priority(desk, tasks=10):
    link = {"subject": "project", "id": PROJECT["id"]}
    uid = a_priority(desk, agenda=[a_sitting(desk)], projects=[link])
    for number in range(tasks):
        words = {"responsible": "李四", "due": f"2026-04-{number + 1:02}"}
        a_task(desk, f"第{number + 1}台输送机的托辊逐个检查，坏的换下送修", priority=uid, **words)
    return uid


def test_ten_tasks_stand_on_one_page_and_the_columns_begin_on_one_line(desk):
    pdf = desk.printing.preview("fusion_page", a_full_priority(desk), Wanted(period=YEAR))
    found = boxes(pdf)
    assert {box.page for box in found} == {1}
    # Every column counts from one: the first of each stands as high as those of the others.
    lines = {}
    for box in found:
        lines.setdefault(round(box.origin), []).append(box)
    told = [text_of(sorted(line, key=lambda box: box.left)) for line in lines.values()]
    [first] = [line for line in told if line.count("1.") == 3]
    assert first.startswith("1.研究降低材料消耗1.第1台输送机")


def test_word_begins_the_columns_on_one_line_and_leaves_empty_ones_empty(desk, tmp_path):
    uid = a_priority(desk, "质量")
    for given, alike in ((a_full_priority(desk), False), (uid, True)):
        files = desk.printing.export("fusion_page", tmp_path, given, Wanted(period=YEAR))
        [word] = [file for file in files if file.suffix == ".docx"]
        [table] = docx.Document(str(word)).tables
        cells = table.rows[1].cells
        assert {c.vertical_alignment for c in cells} == {WD_CELL_VERTICAL_ALIGNMENT.TOP}
        assert all(c.text == "" for c in cells) is alike


def test_the_name_of_a_project_is_not_torn_at_the_end_of_a_line(desk):
    titles = [f"第{n}条主运输系统影响时间压降攻关" for n in "一二三"]
    base = {"category": "创效节约", "start": "2026-01-01", "end": "2026-12-31"}
    made = desk.projects.import_json([{"title": title, **base} for title in titles])["ids"]
    links = [{"subject": "project", "id": uid} for uid in made]
    uid = a_priority(desk, projects=links)
    lines = {}
    for box in boxes(desk.printing.preview("fusion_page", uid, Wanted(period=YEAR))):
        lines.setdefault(round(box.origin), []).append(box)
    told = [text_of(sorted(line, key=lambda box: box.left)) for line in lines.values()]
    assert all(any(title in line for line in told) for title in titles)
