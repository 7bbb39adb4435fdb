"""How the roster is made up on the day: by age, people and education; unknown where one is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import partial

from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.domain.members.importing.values import EDUCATIONS
from dangjian_desktop.domain.members.member import Member
from dangjian_desktop.services.blank_forms.facts import Fact
from dangjian_desktop.services.blank_forms.occasion import Occasion
from dangjian_desktop.services.members.listing import age_on

Asked = Callable[[Member, date], object]
_GROUP, _MEMBER, _HAN = "党员构成", "党员", "汉族"
_BANDS = (
    *((None, 30), (None, 35), (31, 35), (31, 40), (36, 40), (36, 45), (41, 45), (41, 50)),
    *((46, 50), (46, 55), (46, 60), (51, 55), (51, 60), (56, 60), (56, None), (60, None)),
    (61, None),
)
_BETWEEN = ("{}至{}岁", "{}-{}岁", "{}到{}岁", "{}岁至{}岁", "{}岁-{}岁", "{}-{}周岁", "{}至{}周岁")
_GRADUATE, _BACHELOR, _COLLEGE = EDUCATIONS[:4], EDUCATIONS[4:7], EDUCATIONS[7:9]
_EDUCATIONS = (
    ("graduate", ("研究生",), _GRADUATE),
    ("bachelor", ("大学本科", "本科"), _BACHELOR),
    ("college", ("大学专科", "大专", "专科"), _COLLEGE),
    ("from_bachelor", ("本科及以上", "大学本科及以上"), (*_GRADUATE, *_BACHELOR)),
    ("from_college", ("大专及以上", "大学专科及以上"), (*_GRADUATE, *_BACHELOR, *_COLLEGE)),
    ("below_college", ("中专及以下", "高中及以下", "高中中专及以下"), EDUCATIONS[9:-1]),
)


def roster_facts() -> Iterator[Fact]:
    """Counts of members of the day; none where of a single one the fact is not known."""
    for low, high in _BANDS:
        yield _of_age(low, high)
    yield _fact("minority", ("少数民族",), _ethnicity, lambda people: people != _HAN)
    yield _fact("han", (_HAN,), _ethnicity, lambda people: people == _HAN)
    for name, words, among in _EDUCATIONS:
        fact = _fact(f"education.{name}", words, _education, partial(_is_among, among))
        also = (*fact.field.also, *(f"{word}学历{_MEMBER}" for word in words))
        yield replace(fact, field=replace(fact.field, also=also))
    mean = Field("mean", "党员平均年龄", FieldType.TEXT, unit="岁", also=("平均年龄",))
    yield Fact("members.age.mean", mean, _mean_age, _GROUP)


def _of_age(low: int | None, high: int | None) -> Fact:
    """The band from ``low`` to ``high``; 35岁以下 may leave out 35 and is no name of it."""
    words: tuple[str, ...]
    loose: tuple[str, ...]
    if low is None:
        words, loose = (f"{high}岁及以下", f"{high}周岁及以下"), (f"{high}岁以下",)
    elif high is None:
        words, loose = (f"{low}岁及以上", f"{low}周岁及以上"), (f"{low}岁以上", f"{low - 1}岁以上")
    else:
        words, loose = tuple(way.format(low, high) for way in _BETWEEN), ()
    name = f"to_{high}" if low is None else f"from_{low}" if high is None else f"{low}_{high}"

    def within(age: object) -> bool:
        return isinstance(age, int) and (low or 0) <= age <= (high or age)

    return _fact(f"age.{name}", words, age_on, within, loose)


def _fact(
    name: str,
    words: tuple[str, ...],
    asked: Asked,
    counts: Callable[[object], bool],
    loose: tuple[str, ...] = (),
) -> Fact:
    """Alone the words may be of anybody: only with 党员 beside them are they the name."""
    label, *also = (f"{word}{_MEMBER}" for word in words)
    field = Field(name, label, FieldType.INTEGER, unit="人", also=tuple(also))
    perhaps = (*words, *loose, *(f"{word}{_MEMBER}" for word in loose))
    return Fact(f"members.{name}", field, partial(_count, asked, counts), _GROUP, perhaps=perhaps)


def _count(asked: Asked, counts: Callable[[object], bool], occasion: Occasion) -> int | None:
    known = _known(asked, occasion)
    return None if known is None else sum(map(counts, known))


def _known(asked: Asked, occasion: Occasion) -> list[object] | None:
    """The fact of every member; None where one is not known, and where there are no members."""
    members = occasion.roll.members if occasion.begun else ()
    found = [asked(member, occasion.day) for member in members]
    return None if not found or None in found else found


def _ethnicity(member: Member, _day: date) -> object:
    return member.ethnicity


def _education(member: Member, _day: date) -> object:
    return member.education if member.education in EDUCATIONS[:-1] else None


def _is_among(words: tuple[str, ...], education: object) -> bool:
    return education in words


def _mean_age(occasion: Occasion) -> str | None:
    known = _known(age_on, occasion)
    ages = [age for age in known or () if isinstance(age, int)]
    if not ages:
        return None
    mean = Decimal(sum(ages)) / len(ages)
    return str(mean.quantize(Decimal("0.1"), ROUND_HALF_UP))
