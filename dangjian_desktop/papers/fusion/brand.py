"""支部品牌申报书: what is told of a brand, its figures as sentences, room for the opinions."""

from __future__ import annotations

from collections.abc import Iterator

from dangjian_desktop.documents.model import Document, Layout, Paragraph, Role, Row
from dangjian_desktop.domain.amounts import number_text
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.fusion.brand import Brand
from dangjian_desktop.domain.fusion.effect import effect
from dangjian_desktop.domain.projects.progress import reached_value
from dangjian_desktop.papers.catalogue import Wanted
from dangjian_desktop.papers.fusion.sheet import BrandSheet
from dangjian_desktop.papers.naming import branch_stem, paper_name
from dangjian_desktop.papers.ruled_form import form_table, line, numbered, opinion, running, wide

TITLE = "支部品牌申报书"


def compose_brand(sheet: BrandSheet, _wanted: Wanted) -> Document:
    """The form in the order in which it is filled in; what nobody told is left blank."""
    brand = sheet.brand or Brand(id="", name="")
    what = TITLE if sheet.brand is None else f"{TITLE}（{brand.name}）"
    return Document(
        name=paper_name(sheet.branch, what, sheet.today),
        title=f"{sheet.branch.short}{what}",
        blocks=(
            Paragraph(branch_stem(sheet.branch.name), Role.SUBTITLE),
            Paragraph(TITLE, Role.TITLE),
            form_table(tuple(_rows(sheet, brand))),
        ),
        layout=Layout.FORM,
        foot=sheet.stamp.foot,
        mark=sheet.stamp.mark,
        names=sheet.stamp.names,
    )


def _rows(sheet: BrandSheet, brand: Brand) -> Iterator[Row]:
    since = "" if brand.since is None else brand.since.chinese()
    score = "" if brand.self_score is None else f"{number_text(brand.self_score)}分"
    yield line(("品牌名称", brand.name, 10), ("品牌类型", brand.kind, 6))
    yield line(("申报党支部", sheet.branch.name, 10), ("支部书记", sheet.secretary, 6))
    yield line(("创建时间", since, 10), ("自评分", score, 6))
    yield wide("品牌内涵", running(brand.meaning), blank_mm=30.0)
    yield wide("创建规划", running(brand.plan), blank_mm=30.0)
    yield wide("主要做法", numbered(brand.measures), blank_mm=30.0)
    yield wide("工作成效", tuple(_effects(sheet)), blank_mm=24.0)
    yield wide("有关项目", numbered(sheet.projects), blank_mm=12.0)
    yield wide("佐证材料", tuple(_evidence(brand)), blank_mm=18.0)
    yield wide("自评说明", running(brand.self_note), blank_mm=18.0)
    yield opinion("党支部意见", "支部书记")
    yield opinion("上级党组织\n意见", "负责人")


def _effects(sheet: BrandSheet) -> Iterator[Paragraph]:
    """One sentence for each indicator that has a value, and nothing beside the figures; of one
    that nothing is known of any more it is said."""
    for each in sheet.measured:
        year = sheet.today.year if each.indicator.year is None else each.indicator.year.year
        if each.lost:
            yield Paragraph(f"指标“{each.indicator.name}”所关联的项目指标已不在。", Role.CELL)
        elif reached_value(each.target) is not None:
            yield from running(effect(each.target, Period(year, 1, 12)))


def _evidence(brand: Brand) -> Iterator[Paragraph]:
    yield from numbered(tuple(filter(None, brand.evidence.split("\n"))))
    yield from (Paragraph(f"附件：{file.name}", Role.CELL) for file in brand.files)
