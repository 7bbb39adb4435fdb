"""What papers must not lose: waived members are not absent, and every month of the year is made."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from dangjian_desktop.domain.dates import PartialDate, Period
from dangjian_desktop.domain.members.member import Span
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.services.ledgers.ledgers import LedgerService
from dangjian_desktop.services.library import demo
from dangjian_desktop.services.meetings.meetings import MeetingService
from dangjian_desktop.services.papers.printing import PrintingService, Wanted
from dangjian_desktop.services.record_services import service_of
from dangjian_desktop.storage.library import Library
from tests.services.make import a_library, a_meeting, a_member, clock


@pytest.fixture
def library(tmp_path):
    made = a_library(tmp_path)
    yield made
    made.close()


def test_a_member_of_whom_attendance_is_not_demanded_is_not_printed_as_absent(library):
    waived = (Span("高龄", PartialDate(2020, 1, 1)),)
    with library.changing(Topic.MEMBERS) as work:
        work.members.save(a_member("陈老", waived=waived))
        work.members.save(a_member("王缺"))
    sitting = a_meeting()
    sitting["attendance"]["absent"] = [*sitting["attendance"]["absent"], "陈老", "王缺"]
    MeetingService(library, clock).import_json(sitting)
    for period in ("2026-03", "2026-Q1"):
        wanted = Wanted(period=Period.parse(period))
        text = "\n".join(PrintingService(library, clock).document("summary", wanted=wanted).texts())
        assert "王缺" in text
        assert "陈老" not in text


def test_the_sample_year_has_a_summary_of_every_month_and_every_longer_period(
    tmp_path, monkeypatch
):
    made: list[tuple[str, Period | None]] = []
    offered: set[str] = set()

    def note(self, code: str, _folder: Path, _uid: str = "", wanted: Wanted = Wanted(), *_):  # noqa: B008
        made.append((code, wanted.period))
        if not offered:
            offered.update(paper.code for paper in self.papers())
        return []

    monkeypatch.setattr(PrintingService, "export", note)
    demo.make_demo(tmp_path / "示例年")
    summaries = {str(period) for code, period in made if code == "summary"}
    months = {f"2025-{month:02}" for month in range(1, 13)}
    assert summaries == months | {"2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4"} | {
        "2025-H1",
        "2025-H2",
        "2025",
    }
    assert {code for code, _period in made} == offered
    assert {"minutes", "ledger:training:1"} < offered
    forms = sorted(path.name for path in (tmp_path / "示例年" / "上级空表").iterdir())
    assert forms == [
        "上级空表-三会一课月报.docx",
        "上级空表-书记项目申报表.docx",
        "机电运输队党支部_三会一课月报_202503.docx",
        "机电运输队党支部_书记项目申报表_202503.docx",
    ]
    sent = sorted(path.name for path in (tmp_path / "示例年" / "报送包").iterdir())
    assert sent == ["4月", "4月（重报）", "第一季度"]
    went = tmp_path / "示例年" / "报送包" / "第一季度"
    assert {path.name for path in went.iterdir()} >= set(forms[2:])
    with closing(Library.open(tmp_path / "示例年" / demo.NAME, write=False)) as library:
        packages = service_of(library, "package").all()
        rows = LedgerService(library).as_json("submissions")
    assert sorted((p.period, p.version) for p in packages) == [
        ("2025-04", 1),
        ("2025-04", 2),
        ("2025-Q1", 1),
    ]
    # The row that was there is filled, none is made beside it.
    told = [row["values"] for row in rows if row["values"]["for_period"] == "2025年4月"]
    [april] = [values for values in told if values["kind"] == "monthly"]
    assert (april["version"], april["sent_on"], april["resent"]) == (2, "2025-05-04", "2025-05-08")
