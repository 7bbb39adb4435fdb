"""报出材料清单: what left the computer in a period: when, to whom, every file with its sum."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from dangjian_desktop.documents.model import (
    Document,
    Layout,
    Paragraph,
    Role,
    Row,
    Table,
    cell,
    row,
)
from dangjian_desktop.domain.branch import Branch
from dangjian_desktop.domain.dates import Period, chinese_date
from dangjian_desktop.domain.submissions.package import Package, PackedFile
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.papers.catalogue import Wanted
from dangjian_desktop.papers.naming import branch_stem, paper_name
from dangjian_desktop.papers.stamp import Stamp

TITLE = "报出材料清单"
_COLUMNS = (("序号", 12.0), ("文件", 118.0), ("版次", 14.0), ("字节", 22.0), ("SHA-256", 101.0))


@dataclass(frozen=True, slots=True, kw_only=True)
class SentSheet:
    """The ``packages`` that went up in ``period``, the first one first, told as of ``today``."""

    packages: Sequence[Package]
    branch: Branch
    stamp: Stamp
    today: date
    period: Period


def compose_sent_list(sheet: SentSheet, _wanted: Wanted) -> Document:
    """Each package with what stands in it, every file with its sum."""
    branch, when = sheet.branch, sheet.period.label
    files = sum(len(package.files) for package in sheet.packages)
    told = f"截至{chinese_date(sheet.today)}，报出{len(sheet.packages)}次，共{files}个文件。"
    head = row([name for name, _ in _COLUMNS], Role.CELL_HEAD, header=True)
    return Document(
        name=paper_name(branch, TITLE, sheet.period),
        title=f"{branch.short}{when}{TITLE}",
        blocks=(
            Paragraph(branch_stem(branch.name) + when + TITLE, Role.TITLE),
            Paragraph(told + f"　填表人：{'　' * 4}书记（签字）：", Role.FLUSH),
            Table((head, *_rows(sheet.packages)), tuple(width for _, width in _COLUMNS)),
        ),
        layout=Layout.LANDSCAPE,
        foot=sheet.stamp.foot,
        mark=sheet.stamp.mark,
    )


def _rows(packages: Sequence[Package]) -> Iterator[Row]:
    if not packages:
        yield Row((cell("这段时间没有报出材料。", Role.CELL_CENTER, columns=len(_COLUMNS)),))
    for package in packages:
        told = [package.title, f"{chinese_date(package.day)}报出", f"内容：{package.profile.label}"]
        if package.returned is not None:
            told.append(f"{chinese_date(package.returned)}退回：{package.return_reason}")
        words = cell("　".join(told), Role.CELL_HEAD, columns=len(_COLUMNS))
        yield Row((words,), keep_with_next=True)
        for number, file in enumerate(package.files, 1):
            yield _row(number, file)


def _row(number: int, file: PackedFile) -> Row:
    return Row(
        (
            cell(str(number), Role.CELL_CENTER),
            cell(file.name, Role.CELL),
            cell(str(file.version), Role.CELL_CENTER),
            cell(str(file.size), Role.CELL_CENTER),
            cell(file.sha256, Role.CELL),
        ),
        splittable=False,
    )
