"""谈心谈话情况表 on paper: the grid with the list of who is missing, on one page for a branch."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import docx
import pypdfium2
import pytest

from dangjian_desktop.domain.branch import Branch
from dangjian_desktop.domain.dates import PartialDate
from dangjian_desktop.domain.members.member import Span
from dangjian_desktop.domain.members.roll import rolls
from dangjian_desktop.domain.references import Person
from dangjian_desktop.domain.talks.coverage import coverage
from dangjian_desktop.domain.talks.talk import HeartTalk
from dangjian_desktop.papers.catalogue import Wanted
from dangjian_desktop.papers.talks.coverage import compose_coverage
from dangjian_desktop.papers.talks.sheet import CoverageSheet
from dangjian_desktop.services.rendering import BOTH, write_document
from tests.domain.make import members
from tests.papers.sample import STAMP

YEAR_END = date(2025, 12, 31)
HEADS = ["序号", "姓名", "支委", "支委之间", "支委与党员", "党员之间", "与其他人员"]
POSTS = ("党支部书记", "组织委员", "宣传委员")


def people(number, *, until=None):
    spans = [(Span(post, None, until and PartialDate.parse(until)),) for post in POSTS]
    every = members(number)
    return [replace(m, posts=spans[n]) if n < len(POSTS) else m for n, m in enumerate(every)]


def a_talk(number, one, other):
    who = [(Person(m.name, m.id),) for m in (one, other)]
    return HeartTalk(id=f"t{number}", day=date(2025, 6, 1), talkers=who[0], partners=who[1])


def written(every, pairs, folder):
    talks = [a_talk(n, *pair) for n, pair in enumerate(pairs)]
    found = coverage(2025, talks, rolls(every).on, YEAR_END, True)
    branch = Branch(name="中共某某公司机电队支部委员会")
    sheet = CoverageSheet(branch, STAMP, found)
    word, pdf = sorted(write_document(compose_coverage(sheet, Wanted()), folder, BOTH))
    return docx.Document(str(word)), pypdfium2.PdfDocument(pdf)


def rows(table):
    return [[cell.text.replace("\n", "") for cell in row.cells] for row in table.rows]


@pytest.mark.parametrize("number", [9, 14, 15, 24, 25, 36, 44])
def test_a_branch_stands_on_one_page_though_hardly_anybody_has_talked(tmp_path, number):
    every = people(number)
    word, pdf = written(every, [(every[0], every[1]), (every[0], every[3])], tmp_path)
    assert len(pdf) == 1
    text = pdf[0].get_textpage().get_text_range()
    assert all(text.count(member.name) >= 2 for member in every[4:]), "in the grid and the list"
    grid, missing = map(rows, word.tables)
    halves = 1 if number <= 14 else 2
    assert grid[0] == HEADS * halves
    assert len(grid) == 1 + -(-number // halves)
    assert [line[:3] for line in missing[1:]] == [
        ["支委之间", "3对", "1对"],
        ["支委与党员", f"{number - 3}人", "1人"],
        ["党员之间", f"{number}人", "1人"],
    ]


def test_the_grid_counts_by_kind_and_marks_what_is_missing(tmp_path):
    every = people(6)
    one, two, three, four, five, six = every
    pairs = [(one, two), (one, two), (one, four), (four, five)]
    word, _pdf = written(every, pairs, tmp_path)
    grid, missing = map(rows, word.tables)
    assert grid[1:] == [
        ["1", one.name, "是", "2缺", "1", "", ""],
        ["2", two.name, "是", "2缺", "", "缺", ""],
        ["3", three.name, "是", "缺", "", "缺", ""],
        ["4", four.name, "", "", "1", "1", ""],
        ["5", five.name, "", "", "缺", "1", ""],
        ["6", six.name, "", "", "缺", "缺", ""],
    ]
    assert [line[3] for line in missing[1:]] == [
        f"{one.name}与{three.name}、{two.name}与{three.name}",
        f"{five.name}、{six.name}",
        f"{two.name}、{three.name}、{six.name}",
    ]


def test_talks_whose_kind_nobody_knows_are_in_no_column_and_that_is_said(tmp_path):
    every = people(6, until="2025")
    word, _pdf = written(every, [(every[0], every[3])], tmp_path)
    assert "类型待明确，没有列入各栏" in word.paragraphs[-1].text
    known, _pdf = written(people(6), [(every[0], every[3])], tmp_path / "known")
    assert "类型待明确" not in known.paragraphs[-1].text
