"""报出: what was sent stays, whatever becomes of the records."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from io import BytesIO

import docx
import pypdfium2 as pdfium
import pytest

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.summaries.summaries import SummaryWords
from dangjian_desktop.errors import BlockedError, InputError
from dangjian_desktop.services.meetings.meetings import MeetingService
from dangjian_desktop.services.papers.printing import Format, PrintingService, Wanted
from dangjian_desktop.services.summaries import sending
from dangjian_desktop.services.summaries.sending import SendingService
from dangjian_desktop.services.summaries.summaries import SummaryService, figures_json
from dangjian_desktop.storage.copies.checks import verify
from dangjian_desktop.storage.copies.copies import backup
from dangjian_desktop.storage.file.connecting import raw
from dangjian_desktop.storage.library import Library
from tests.documents.reading import pdf_texts, squeezed, word_texts
from tests.services.make import a_library, a_meeting, clock

MARCH = Period(2026, 3, 1)
DAY = date(2026, 3, 31)
PERIODS = ("2026-03", "2026-Q1", "2026-H1", "2026")
WORDS = SummaryWords(work={"service": "走访两户"}, plans=("开党课",), filled_by="李四")


@pytest.fixture
def library(tmp_path):
    library = a_library(tmp_path)
    MeetingService(library, clock).import_json(a_meeting())
    SummaryService(library, clock).save_words(MARCH, WORDS)
    yield library
    library.close()


@pytest.fixture
def service(library):
    return SendingService(library, clock)


def change(library: Library) -> None:
    """Two of the nine were not there after all, and the words are written anew."""
    meetings = MeetingService(library, clock)
    (uid,) = meetings.find()
    changed = a_meeting(id=uid)
    away = changed["attendance"]["present"][-2:]
    changed["attendance"]["present"] = changed["attendance"]["present"][:-2]
    changed["attendance"]["absent"] = [*changed["attendance"].get("absent", []), *away]
    meetings.import_json(changed)
    SummaryService(library, clock).save_words(MARCH, SummaryWords(plans=("讲党课",)))


def foot_of(data: bytes) -> str:
    """What stands at the foot of the first page, among all else in a PDF."""
    if data.startswith(b"%PDF"):
        with pdfium.PdfDocument(data) as file:
            return file[0].get_textpage().get_text_range()
    footer = docx.Document(BytesIO(data)).sections[0].footer
    return "".join(paragraph.text for paragraph in footer.paragraphs)


def files_of(folder, written):
    assert {file.parent for file in written} == {folder}
    return {file.suffix: file.read_bytes() for file in written}


def test_what_was_sent_stays_byte_for_byte_and_what_changed_stands_beside(
    library, service, tmp_path
):
    sent, files = service.send(MARCH, DAY, tmp_path / "first")
    assert (sent.version, sent.day, sent.until) == (1, DAY, DAY)
    assert (sent.differences, sent.reworded, sent.changed) == ((), False, "报出后没有变化")
    before = files_of(tmp_path / "first", files)
    change(library)
    again = service.version(MARCH, 1)
    assert files_of(tmp_path / "later", service.write(again, tmp_path / "later")) == before
    assert (again.figures, again.words) == (sent.figures, WORDS)
    now = SummaryService(library, clock).figures(MARCH)
    assert {d.name: (d.sent, d.now) for d in again.differences} == {
        name: (sent.figures[name].text, figure.text)
        for name, figure in now.items()
        if figure.text != sent.figures[name].text
    }
    assert "attendance.rate" in {d.name for d in again.differences}
    assert again.reworded
    assert again.changed == f"报出后{len(again.differences)} 项数据、填写的文字有变化"


@pytest.mark.parametrize("period", PERIODS)
def test_the_frozen_figures_and_both_papers_are_those_that_were_shown(
    library, service, tmp_path, period
):
    period = Period.parse(period)
    shown = figures_json(SummaryService(library, clock).figures(period))
    sent, files = service.send(period, folder=tmp_path)
    assert figures_json(sent.figures) == shown
    for file in files:
        data = file.read_bytes()
        texts = (word_texts if file.suffix == ".docx" else pdf_texts)(data)
        assert "报送日期：2026年3月31日" in texts
        assert "数据截止2026年3月31日第1版" in squeezed(foot_of(data))


def test_an_unfrozen_print_says_up_to_when_its_data_go_and_bears_no_version(library, service):
    service.send(MARCH)
    document = PrintingService(library, clock).document("summary", wanted=Wanted(period=MARCH))
    assert document.foot.startswith("数据截止2026年3月31日　打印时间")
    text = "\n".join(document.texts())
    assert "（数据截止日：2026年3月31日）" in text
    assert "报送日期：　" in text


def test_a_second_sending_is_a_second_version_and_leaves_the_first(library, service, tmp_path):
    first, _ = service.send(MARCH)
    change(library)
    second, _ = service.send(MARCH)
    assert [sent.version for sent in service.versions(MARCH)] == [1, 2]
    assert service.version(MARCH, 1).files == first.files
    assert second.files != first.files
    assert (second.differences, second.reworded) == ((), False)
    assert service.versions(Period(2026, 2, 1)) == ()


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 4, 1), "从2026年3月第一天到今天（2026年3月31日）"),
        (date(2026, 2, 28), "从2026年3月第一天到今天"),
    ],
)
def test_a_day_on_which_it_cannot_have_been_sent_is_refused(service, day, words):
    with pytest.raises(InputError, match="报送日期不能是") as told:
        service.send(MARCH, day)
    assert words in told.value.remedy
    assert sending.DAY in told.value.fields
    assert service.versions(MARCH) == ()


def test_a_later_version_is_not_sent_before_the_former_and_no_period_before_it_begins(service):
    service.send(MARCH, DAY)
    with pytest.raises(InputError) as told:
        service.send(MARCH, date(2026, 3, 30))
    assert "上一版的报送日期2026年3月31日" in told.value.remedy
    with pytest.raises(InputError) as told:
        service.send(Period(2026, 4, 1))
    assert "还没有到" in told.value.remedy


def test_data_of_a_running_period_go_to_the_day_it_was_sent(service):
    sent, _ = service.send(Period(2026, 3, 1), date(2026, 3, 10))
    assert (sent.until, sent.figures["general_meeting.held"].value) == (date(2026, 3, 10), 0)
    assert ("general_meeting.held", "0次", "1次") in {
        (d.name, d.sent, d.now) for d in sent.differences
    }


def test_nothing_is_kept_when_the_files_cannot_be_written(service, tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(BlockedError):
        service.send(MARCH, folder=tmp_path / "file")
    assert service.versions(MARCH) == ()


def test_a_number_that_was_never_sent_is_told(service):
    with pytest.raises(InputError, match="没有第1版") as told:
        service.version(MARCH, 1)
    assert "还没有报出过" in told.value.remedy
    service.send(MARCH)
    with pytest.raises(InputError, match="没有第3版"):
        service.version(MARCH, 3)


def test_one_that_another_program_sent_meanwhile_is_not_numbered_twice(service, monkeypatch):
    compose = sending.compose_summary

    def slow(*asked):
        monkeypatch.setattr(sending, "compose_summary", compose)
        service.send(MARCH)
        return compose(*asked)

    monkeypatch.setattr(sending, "compose_summary", slow)
    with pytest.raises(BlockedError, match="另一个程序报出"):
        service.send(MARCH)
    assert [sent.version for sent in service.versions(MARCH)] == [1]


@pytest.mark.parametrize(
    "column", ["data", "sha256", "files", "content", "day", "until", "name", "version", "at"]
)
def test_a_version_that_is_not_what_was_kept_is_noticed(library, service, column):
    service.send(MARCH)
    path = library.path
    library.close()
    assert verify(path) == ()
    more = {"version": "7", "data": "x'00'", "files": "'{}'", "sha256": "'00'"}
    table = "sent_file" if column in ("data", "sha256") else "sent"
    with raw(path, write=True) as connection:
        other, only = more.get(column, "'2026-01-01'"), "WHERE id = 1"
        connection.execute(f"UPDATE {table} SET {column} = {other} {only}")
    (problem,) = verify(path)
    assert "与报出时的内容不一致" in problem
    opened = Library.open(path, write=False)
    with pytest.raises(BlockedError, match="与报出时的内容不一致"):
        SendingService(opened, clock).versions(MARCH)
    opened.close()


def test_a_copy_has_what_was_sent(library, service, tmp_path):
    sent, _ = service.send(MARCH)
    opened = Library.open(backup(library.path, tmp_path / "copy.dangjian").file, write=False)
    later = SendingService(opened, lambda: datetime.fromisoformat("2027-01-01T08:00"))
    assert later.version(MARCH, 1).files[Format.PDF] == sent.files["pdf"]
    opened.close()


def test_only_figures_that_were_sent_are_compared(service, monkeypatch):
    counted = sending.counted
    total = service.send(MARCH)[0].figures["members.total"]

    def later(*asked):
        """As a later program counts: one figure more, and one no longer."""
        found = counted(*asked)
        figures = {**found.figures, "ledger.new.rows": total}
        del figures["members.total"]
        return replace(found, figures=figures)

    monkeypatch.setattr(sending, "counted", later)
    (sent,) = service.versions(MARCH)
    assert [(d.name, d.sent, d.now) for d in sent.differences] == [("members.total", "10人", "无")]
