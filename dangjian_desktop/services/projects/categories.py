"""The categories of projects: what ships with the program and what the branch added."""

from __future__ import annotations

import tomllib

from dangjian_desktop import paths
from dangjian_desktop.domain.projects.categories import Categories, CategoryGroup
from dangjian_desktop.storage.work import Work

OWN_CATEGORIES = "project_categories"
"""The setting with the branch's own categories: [{group, name}]."""


def shipped_categories() -> Categories:
    """The table in ``resources/rules``."""
    with paths.resources("rules", "project_categories.toml").open("rb") as file:
        table = tomllib.load(file)
    groups = [
        CategoryGroup(
            name=row["name"],
            categories=tuple(row["categories"]),
            by_secretary=row["responsible"] == "secretary",
            responsible_label=row["responsible_label"],
        )
        for row in table["group"]
    ]
    return Categories(groups, table["aliases"])


def categories_of(work: Work) -> Categories:
    """The shipped categories with those of the branch's own."""
    own = [(row["group"], row["name"]) for row in work.settings.get(OWN_CATEGORIES, [])]
    return shipped_categories().with_own(own)
