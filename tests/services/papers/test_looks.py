from __future__ import annotations

from dataclasses import replace

import pytest

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.errors import InputError
from dangjian_desktop.papers.catalogue import Wanted
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.papers.looks import LAYOUTS
from tests.documents.reading import pdf_texts, word_texts
from tests.services.make import a_library, a_meeting, clock


@pytest.fixture
def desk(tmp_path):
    made = Desk(a_library(tmp_path), clock)
    made.meetings.import_json(a_meeting())
    yield made
    made.close()


def minutes(desk: Desk, wanted: Wanted = Wanted()):  # noqa: B008 - frozen
    [uid] = desk.meetings.find()
    return desk.printing.document("minutes", uid, wanted)


def own(desk: Desk, **changes):
    """A copy of the usual look with these values of the official layout."""
    copied = desk.looks.copy("standard")
    values = desk.looks.values(copied)
    values["official"] |= changes
    return desk.looks.save(desk.looks.made(copied.code, values))


def test_a_paper_is_printed_in_the_look_that_is_chosen_for_it(desk, tmp_path):
    assert minutes(desk).look is None
    assert "版式" not in minutes(desk).foot
    desk.looks.choose("minutes", "handbook")
    assert desk.looks.chosen() == {"minutes": "handbook"}
    chosen = minutes(desk)
    assert chosen.look.code == "handbook"
    assert chosen.foot.endswith("版式：工作手册")
    assert desk.printing.document("roster").look is None
    desk.looks.choose("minutes", "standard")
    assert desk.looks.chosen() == {}
    assert minutes(desk).look is None


def test_a_look_that_is_asked_for_goes_before_the_one_that_is_chosen(desk):
    desk.looks.choose("minutes", "handbook")
    assert minutes(desk, Wanted(look=desk.looks.one("compact"))).look.code == "compact"
    assert minutes(desk, Wanted(look=desk.looks.one("standard"))).look is None


def test_what_was_printed_remembers_its_look(desk, tmp_path):
    [uid] = desk.meetings.find()
    desk.printing.export("minutes", tmp_path / "一", uid)
    desk.printing.export("minutes", tmp_path / "二", uid, Wanted(look=desk.looks.one("紧凑")))
    with desk._library.reading() as work:
        looks = [each.look for each in work.prints.of(uid)]
    assert looks == ["公文（GB/T 9704）", "紧凑"]
    assert [each.look for each in desk.versions.history(uid).prints] == looks


def test_a_look_of_the_branch_s_own_is_kept_changed_and_taken_away(desk):
    made = own(desk, top=30, lines=20)
    assert desk.looks.one(made.code).official.top == 30
    assert made.title == "公文（GB/T 9704）（自定）"
    desk.looks.choose("minutes", made.title)
    assert minutes(desk).look == made
    deleted = desk.looks.delete(made.code)
    assert minutes(desk).look is None
    assert desk.looks.chosen() == {}
    desk.looks.bring_back(deleted)
    assert minutes(desk).look == made
    with pytest.raises(InputError):
        desk.looks.delete("compact")


def test_a_look_that_ships_is_not_changed_and_a_title_is_given_once(desk):
    with pytest.raises(InputError, match="不能改"):
        desk.looks.save(desk.looks.one("compact"))
    made = own(desk)
    assert desk.looks.copy("standard").title == f"{made.title}2"
    with pytest.raises(InputError, match="已经有"):
        desk.looks.save(replace(made, title="紧凑"))


def test_what_is_wrong_in_a_form_is_told_at_its_field(desk):
    copied = desk.looks.copy("standard")
    values = desk.looks.values(copied)
    values["form"]["left"] = 110
    values["form"]["right"] = 110
    values[""]["title"] = ""
    with pytest.raises(InputError) as caught:
        desk.looks.made(copied.code, values)
    assert set(caught.value.fields) == {"form.left", "title"}


def test_a_look_is_handed_on_as_a_file(desk, tmp_path):
    made = own(desk, top=30)
    file = desk.looks.hand_out(made.code, tmp_path)
    taken = desk.looks.take(file)
    assert taken.title == f"{made.title}2"
    assert replace(taken, code="", title="") == replace(made, code="", title="")
    assert set(desk.looks.all()) == {
        *("standard", "compact", "gb2312", "handbook", made.code, taken.code)
    }


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"PK\3\4", b"top = 999\n", b"\x00" * 9])
def test_a_file_that_is_no_look_changes_nothing(desk, tmp_path, data):
    path = tmp_path / "版式.toml"
    path.write_bytes(data or b"[official]\ntop = 999")
    with pytest.raises(InputError, match=r"版式\.toml"):
        desk.looks.take(path)
    assert len(desk.looks.all()) == 4


def test_the_title_follows_the_pattern_of_the_look(desk):
    made = desk.looks.copy("standard")
    values = desk.looks.values(made)
    values[""]["paper_title"] = "{paper}"
    bare = desk.looks.save(desk.looks.made(made.code, values))
    assert "中共" not in minutes(desk, Wanted(look=bare)).blocks[0].text
    values[""]["paper_title"] = "{branch}{paper}"
    named = desk.looks.save(desk.looks.made(made.code, values))
    assert "机关党支部" in minutes(desk, Wanted(look=named)).blocks[0].text


def test_a_summary_that_is_sent_keeps_its_look(desk, tmp_path):
    desk.looks.choose("summary", "handbook")
    period = Period(2026, 2, 1)
    sent, files = desk.sending.send(period, folder=tmp_path)
    assert "工作手册" in sent.files["pdf"].decode("latin-1") or files
    desk.looks.choose("summary", "standard")
    again = desk.sending.version(period, sent.version)
    assert again.files == sent.files


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("code", ["standard", "compact", "gb2312", "handbook"])
def test_a_look_is_shown_on_a_page_that_names_nobody(desk, layout, code):
    texts = pdf_texts(desk.looks.specimen(desk.looks.one(code), layout))
    assert texts[0] == "版式样张标题"
    assert not [text for text in texts if "测试公司" in text]


def test_the_look_of_an_old_word_file_is_taken(desk, tmp_path):
    [uid] = desk.meetings.find()
    wanted = Wanted(look=desk.looks.one("handbook"))
    files = desk.printing.export("minutes", tmp_path, uid, wanted)
    old = next(file for file in files if file.suffix == ".docx")
    assert word_texts(old.read_bytes())
    taken = desk.looks.take_word(old)
    setting, before = taken.look.official, wanted.look.official
    for name in ("top", "bottom", "left", "right", "body", "leading", "title", "numbering"):
        assert getattr(setting, name) == getattr(before, name), name
    assert taken.look.faces.body == wanted.look.faces.body
    assert taken.look.code in desk.looks.all()
