"""What is proposed for forms that nobody has seen before."""

from __future__ import annotations

from itertools import chain

import pytest

from dangjian_desktop.domain.blank_forms.form import (
    Blank,
    BlankKind,
    make_form,
    read_label,
)
from dangjian_desktop.domain.blank_forms.proposal import Certainty
from dangjian_desktop.services.blank_forms.teller import Teller
from tests.services.blank_forms import corpus
from tests.services.blank_forms.library import a_full_library, telling

FORMS = {
    "statistic": ("", {**corpus.STATISTIC, **corpus.MATRIX}),
    "roster": ("", corpus.ROSTER),
    "quarter": ("", corpus.QUARTER),
    "project": ("project", corpus.PROJECT),
    "progress": ("project", corpus.PROGRESS),
    "meeting": ("meeting", corpus.MEETING),
    "member": ("member", corpus.MEMBER),
}
"""What each form is about, and the source that is right for each label."""


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    opened = a_full_library(tmp_path_factory.mktemp("sources"))
    yield opened
    opened.close()


def a_blank(words: str | tuple[str, ...], **more: object) -> Blank:
    """The blank of a label, with its heads before it where it has any."""
    *heads, last = (words,) if isinstance(words, str) else words
    label, unit = read_label(last)
    key = "/".join((*heads, last))
    return Blank(key=key, label=label, unit=unit, heads=tuple(heads), where="", **more)


def rows_of(columns: tuple[str, ...]) -> Blank:
    keys = tuple(f"S!{chr(65 + n)}4" for n in range(len(columns)))
    return Blank(
        key=keys[0], label="", where="", kind=BlankKind.ROWS, columns=columns, rows=(keys,)
    )


def proposed(teller: Teller, *blanks: Blank, title: str = "登记表"):
    """Source and certainty by the key of the blank; a place left empty by design is ``EMPTY``."""
    found = teller.proposals(make_form("x", ".xlsx", title, blanks))
    return {k: (p.source or corpus.EMPTY, p.certainty) for k, p in found.items()}


@pytest.mark.parametrize("form", FORMS)
def test_nine_of_ten_labels_are_right_at_first_sight_and_nothing_is_surely_wrong(library, form):
    about, right_ones = FORMS[form]
    blanks = {words: a_blank(words) for words in right_ones}
    with telling(library, about) as teller:
        found = proposed(teller, *blanks.values())
    known = {words: source for words, source in right_ones.items() if source}
    right = [w for w, source in known.items() if found.get(blanks[w].key, ("",))[0] == source]
    assert len(right) >= 0.9 * len(known), known.keys() - set(right)
    sure = {w for w in blanks if found.get(blanks[w].key, ("", ""))[1] is Certainty.SURE}
    assert sure - set(right) == set()
    assert len(sure) >= 0.85 * len(known)


@pytest.mark.parametrize("form", FORMS)
def test_opinions_signatures_and_stamps_stay_empty_by_design(library, form):
    about, right_ones = FORMS[form]
    own = [words for words, source in right_ones.items() if source == corpus.EMPTY]
    with telling(library, about) as teller:
        found = proposed(teller, *map(a_blank, (*own, "（盖章）")))
    assert found == dict.fromkeys((*own, "（盖章）"), (corpus.EMPTY, Certainty.SURE))


@pytest.mark.parametrize(
    "words", [("上月", "党员总数"), ("党课", "缺席"), ("流动党员", "正式党员")], ids="、".join
)
def test_a_head_that_makes_something_else_of_a_label_leaves_no_proposal(library, words):
    with telling(library) as teller:
        assert proposed(teller, a_blank(words)) == {}


def test_a_word_that_changes_a_label_leaves_nothing_sure(library):
    before = [p + word for p in corpus.CHANGING_BEFORE for word in corpus.CHANGED]
    behind = [word + s for s in corpus.CHANGING_BEHIND for word in corpus.CHANGED]
    over = [(p, word) for p in corpus.CHANGING_BEFORE for word in corpus.CHANGED]
    with telling(library) as teller:
        found = proposed(teller, *map(a_blank, (*before, *behind, *over)))
    assert [key for key, (_, certainty) in found.items() if certainty is Certainty.SURE] == []


def test_a_head_that_nobody_knows_is_said(library):
    with telling(library) as teller:
        found = teller.proposals(make_form("x", "", "表", [a_blank(("甲乙丙", "党员总数"))]))
    (made,) = found.values()
    assert made.certainty is Certainty.LIKELY
    assert "没有考虑旁边的“甲乙丙”" in made.reason


@pytest.mark.parametrize("title", corpus.LISTS)
def test_a_table_with_empty_rows_is_the_list_that_its_title_and_headings_name(library, title):
    columns, source = corpus.LISTS[title]
    with telling(library) as teller:
        found = proposed(teller, rows_of(columns), title=title)
    assert list(found.values()) == [(source, Certainty.SURE)]


@pytest.mark.parametrize(("title", "columns"), corpus.UNSURE_LISTS)
def test_a_list_of_only_some_is_never_sure(library, title, columns):
    with telling(library) as teller:
        found = proposed(teller, rows_of(columns), title=title)
    assert [certainty for _, certainty in found.values() if certainty is Certainty.SURE] == []


def test_a_label_met_twice_and_one_that_fits_two_sources_are_never_sure(library):
    twice = [Blank(key=key, label="党员总数", where="") for key in ("a", "b")]
    with telling(library) as teller:
        found = teller.proposals(make_form("x", ".xlsx", "表", [*twice, a_blank("支部委员")]))
    assert {p.certainty for p in found.values()} == {Certainty.LIKELY}
    assert "出现2次" in found["a"].reason
    assert found["支部委员"].others == ("members.committee",)
    assert "也可能是" in found["支部委员"].reason


def test_a_kind_of_meeting_is_a_count_only_where_the_form_counts(library):
    lonely, counted = a_blank("党课"), a_blank("党课次数")
    statistic = [a_blank(word) for word in ("党课", "党员大会", "支委会")]
    with telling(library) as teller:
        assert proposed(teller, lonely)["党课"] == ("party_lecture.held", Certainty.LIKELY)
        assert proposed(teller, counted)["党课次数"][1] is Certainty.SURE
        assert proposed(teller, *statistic)["党课"][1] is Certainty.SURE


def test_what_the_branch_said_of_its_period_is_not_surely_meant_of_one_record(library):
    with telling(library, "meeting") as teller:
        found = teller.proposals(make_form("x", "", "表", [a_blank("存在问题")]))
    (made,) = found.values()
    assert (made.source, made.certainty) == ("words.problems", Certainty.LIKELY)
    assert "不是这一条记录的" in made.reason
    form = make_form("x", "", "推进表", [a_blank("项目名称"), a_blank("存在问题")])
    with telling(library) as teller:
        # Nobody said which project the form is about; it is about one all the same.
        assert teller.proposals(form)["存在问题"].certainty is Certainty.LIKELY


def test_boxes_whose_words_are_no_choices_of_the_source_are_a_guess(library):
    boxes = {"kind": BlankKind.BOXES}
    known = a_blank("性别", choices=("男", "女"), **boxes)
    strange = a_blank("人员类别", choices=("在编", "外聘"), **boxes)
    with telling(library, "member") as teller:
        found = proposed(teller, known, strange)
    assert found["性别"] == ("member.sex", Certainty.SURE)
    assert found["人员类别"] == ("member.member_kind", Certainty.GUESS)


def test_two_sources_joined_in_one_label_are_likely(library):
    with telling(library, "project") as teller:
        found = proposed(teller, a_blank("推进措施与预期成效"))
    assert found["推进措施与预期成效"] == (
        "project.measures+project.expected_effect",
        Certainty.LIKELY,
    )


def test_every_reason_is_a_sentence_for_people(library):
    blanks = [a_blank(words) for words in chain(corpus.STATISTIC, corpus.MATRIX)]
    blanks.append(a_blank("花{括}号党员总数"))
    with telling(library) as teller:
        found = teller.proposals(make_form("x", ".xlsx", "表", blanks))
    assert all("{" not in p.reason.replace("{括}", "") for p in found.values())
    assert "“其中预备党员”与数据项“预备党员”同名" in found["其中预备党员"].reason
