"""What concerns no single person: totals, rows and columns that were not taken, groups."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dangjian_desktop.domain.members.importing.columns import Columns
from dangjian_desktop.domain.members.importing.lines import Lines
from dangjian_desktop.domain.members.importing.rows import RosterReading
from dangjian_desktop.domain.members.importing.sheets import Sheet, column_letter
from dangjian_desktop.errors import Issue

_TELLING = ("党", "姓名")
_FEW = 8


def untaken_columns(blocks: Sequence[Columns], lines: Lines) -> tuple[str, ...]:
    """Headings of columns not taken; one without a heading by its letter, if it is filled."""
    found = list(dict.fromkeys(label for block in blocks for label in block.untaken))
    headed = {index for block in blocks for index, label in enumerate(block.labels) if label}
    known = headed.union(*(block.fields for block in blocks))
    wide = max((len(line.cells) for line in lines.persons), default=0)
    for index in (index for index in range(wide) if index not in known):
        if any(index < len(line.cells) and line.cells[index] != "" for line in lines.persons):
            found.append(f"{column_letter(index)}列（没有表头）")
    return tuple(found)


def sheet_remarks(
    sheet: Sheet, reading: RosterReading, blocks: int, total_row: int | None
) -> Iterator[Issue]:
    """Remarks on the sheet as a whole."""
    head = reading.header_row
    if blocks > 1:
        text = f"第{head}行：表头中有{blocks}个“姓名”，左右并列的{blocks}栏都已读取，请核对人数。"
        yield Issue(text, "blocks_read", "name", head)
    for label in reading.untaken:
        if any(word in label for word in _TELLING):
            text = f"第{head}行：“{label}”一列没有导入；如果需要，请指明它对应哪一项。"
            yield Issue(text, "column_untaken", None, head)
    total = reading.stated_total
    if total is not None and total not in (len(reading.rows), reading.people):
        text = f"第{total_row}行：表中合计{total}人，实际读到{len(reading.rows)}人，请核对。"
        yield Issue(text, "total_mismatch", None, total_row)
    if sheet.rows_left_out:
        row = len(sheet.rows) + 1
        text = (
            f"第{row}行以后：连续空白太多，其后{sheet.rows_left_out}行没有读取。"
            "如果那里还有人员，请删去中间的空行后再导入。"
        )
        yield Issue(text, "rows_left_out", None, row)
    yield from _groups_missing(reading)


def _groups_missing(reading: RosterReading) -> Iterator[Issue]:
    if "group" not in {field.rpartition("/")[2] for field in reading.mapping.values()}:
        return
    lacking = [row for row in reading.rows if not row.group]
    if lacking and len(lacking) < len(reading.rows):
        names = "、".join(row.name for row in lacking[:_FEW])
        more = "等" if len(lacking) > _FEW else ""
        text = f"有{len(lacking)}人没有党小组：{names}{more}。"
        yield Issue(text, "group_missing", "group", None)
