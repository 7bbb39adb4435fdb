"""What tests of packages share: an order, and what is looked at of what came of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from io import BytesIO

import docx

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.services.ledgers.ledgers import LedgerService
from dangjian_desktop.services.submissions.packages import Order

MARCH, DAY = Period(2026, 3, 1), date(2026, 3, 31)
ID, PHONE = "11010519491231002X", "13800001234"
PAPERS = ("minutes", "roster", "roster.xlsx", "summary")
ORDER = Order(period=MARCH, recipient="公司党委", papers=PAPERS, as_of=DAY)
SMALL = replace(ORDER, papers=("roster.xlsx",))
NAMES = {
    "中共测试公司机关党支部_支部党员大会会议记录_20260318.docx",
    "中共测试公司机关党支部_支部党员大会会议记录_20260318.pdf",
    "中共测试公司机关党支部_党员名册_202603.docx",
    "中共测试公司机关党支部_党员名册_202603.pdf",
    "中共测试公司机关党支部_党员花名册_202603.xlsx",
    "中共测试公司机关党支部_工作月报_202603.docx",
    "中共测试公司机关党支部_工作月报_202603.pdf",
}


def at(text):
    return lambda: datetime.fromisoformat(text)


NOW, LATER = at("2026-04-20T09:00"), at("2027-08-01T17:45")


def contents(folder):
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def rows(library):
    found = LedgerService(library).as_json("submissions")
    return {row["values"]["material"]: row["values"] for row in found}


def kept(library):
    """What the library holds of packages: records, files, rows."""
    with library.reading() as work:
        count = work._connection.exec_driver_sql("SELECT count(*) FROM sent_file").scalar()
        return len(work.of("package").all()), count, len(rows(library))


def words_of(data):
    file = docx.Document(BytesIO(data))
    cells = (c.text for table in file.tables for row in table.rows for c in row.cells)
    foots = (p.text for section in file.sections for p in section.footer.paragraphs)
    return "\n".join([*(p.text for p in file.paragraphs), *cells, *foots])


def reply(folder, *lines):
    file = docx.Document()
    for line in lines:
        file.add_paragraph(line)
    file.save(folder / "意见.docx")
    return folder / "意见.docx"
