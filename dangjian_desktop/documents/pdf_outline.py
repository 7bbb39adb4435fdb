"""The bookmarks of a PDF: a tree of two levels, the lower one shown closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field

from dangjian_desktop.documents.pdf_objects import Name, PdfObjects, Reference, Value
from dangjian_desktop.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A place that a reader can jump to: ``page`` counted from 1, ``height`` in points above
    the lower edge; ``level`` 0 or 1."""

    title: str
    level: int
    page: int
    height: float


@dataclass(slots=True)
class _Item:
    place: Reference
    bookmark: Bookmark
    inner: list[_Item] = field(default_factory=list)


def add_outline(
    objects: PdfObjects, bookmarks: Sequence[Bookmark], pages: Sequence[Reference], left: float
) -> Reference | None:
    """Add the tree; its root, or None when there is nothing to jump to.

    ``left`` is where the text starts, in points from the left edge of the page.
    """
    if not bookmarks:
        return None
    root = objects.reserve()
    items: list[_Item] = []
    for bookmark in bookmarks:
        item = _Item(objects.reserve(), bookmark)
        siblings = items[-1].inner if bookmark.level and items else items
        siblings.append(item)
    objects.put(root, {"Type": Name("Outlines"), **_ends(items), "Count": len(items)})
    _put(objects, items, root, pages, left)
    return root


def _put(
    objects: PdfObjects,
    items: list[_Item],
    parent: Reference,
    pages: Sequence[Reference],
    left: float,
) -> None:
    for number, item in enumerate(items):
        mark = item.bookmark
        entries: dict[str, Value] = {
            "Title": mark.title,
            "Parent": parent,
            "Dest": (pages[mark.page - 1], Name("XYZ"), round(left, 2), round(mark.height, 2), 0),
        }
        if number:
            entries["Prev"] = items[number - 1].place
        if number + 1 < len(items):
            entries["Next"] = items[number + 1].place
        if item.inner:
            entries |= {**_ends(item.inner), "Count": -len(item.inner)}
            _put(objects, item.inner, item.place, pages, left)
        objects.put(item.place, entries)


def _ends(items: list[_Item]) -> dict[str, Value]:
    return {"First": items[0].place, "Last": items[-1].place}
