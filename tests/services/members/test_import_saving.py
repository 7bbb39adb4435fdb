"""The balance of an import on paper."""

from __future__ import annotations

from pypdfium2 import PdfDocument

from dangjian_desktop.services.import_saving import ImportPaper
from dangjian_desktop.services.members.import_report import report_of
from dangjian_desktop.services.members.roster_import import RosterImport
from dangjian_desktop.services.rendering import Format
from tests.services.make import a_library, clock


def test_the_balance_is_printed_with_everything_to_be_looked_at(tmp_path):
    library = a_library(tmp_path)
    file = tmp_path / "名册.csv"
    file.write_text("姓名,人员类别,工号\n陈五,领导,1\n李四,群众,2\n", encoding="utf-8")
    done = RosterImport(library, clock).run(file)
    report = report_of(done)
    paper = ImportPaper(library, clock, report, file)
    numbers = dict(report.numbers)
    rows = ("新增", "更新", "无变化", "不能导入", "未读作人员")
    assert numbers["读取行数"] == sum(numbers[name] for name in rows) == 2
    pages = PdfDocument(paper.preview())
    text = "".join(page.get_textpage().get_text_range() for page in pages).replace("\r\n", "")
    for words in ("花名册导入结果", "陈五", "身份未定", "李四", "未读作人员", "工号", "表中没有"):
        assert words in text, words
    kinds = [paper.export(tmp_path / "出", kind)[0].suffix for kind in (Format.PDF, Format.DOCX)]
    assert kinds == [".pdf", ".docx"]
    library.close()
