"""What one row of a roster says about itself: dates against dates, ID number against the card."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from dangjian_desktop.domain.dates import PartialDate, add_months
from dangjian_desktop.domain.members.member import MemberKind

_ADULT_MONTHS = 18 * 12
_PROBATION_ABOLISHED = (date(1969, 4, 14), date(1977, 8, 11))
"""From the Ninth to the Eleventh Congress (1977-08-12) admission was at once full membership."""


class Remark(NamedTuple):
    """Something odd: field, code, sentence."""

    field: str
    code: str
    text: str


def same_day(known: PartialDate, day: date) -> bool:
    """Whether the date, as far as it is known, is that day."""
    return (
        known.year == day.year and known.month in (None, day.month) and known.day in (None, day.day)
    )


def check_identity(
    birth: PartialDate | None, sex: str | None, id_birth: date, id_sex: str | None
) -> tuple[Remark, ...]:
    """The card's birth date and sex against those in the ID number."""
    same_birth = birth is None or same_day(birth, id_birth)
    same_sex = sex == id_sex or sex not in ("男", "女")
    if same_birth and same_sex:
        return ()
    birth_text = "出生日期与身份证号不一致，已按表中填写的录入，以组织认定为准"
    sex_text = "性别与身份证号不一致，已按表中填写的录入，请核对"
    return (
        *(() if same_birth else (Remark("birth_date", "birth_mismatch", birth_text),)),
        *(() if same_sex else (Remark("sex", "sex_mismatch", sex_text),)),
    )


def check_dates(
    birth: PartialDate | None, join: PartialDate | None, full: PartialDate | None
) -> Iterator[Remark]:
    """Age at admission, order of admission and regularisation, length of the probation.

    Only what is certain however the unknown days fall is remarked. Basis: 《中国共产党章程》
    第一条 (age), 第七条 (one year of probation); extension 《发展党员工作细则》第三十一条.
    """
    if birth and join and join.year - birth.year <= 18 and _too_young(birth, join):
        yield Remark("join_date", "join_age", "入党时不满18周岁，请核对出生日期和入党时间")
    if join and full and not _plain_year(join, full):
        text = _probation_remark(join, full)
        if text:
            yield Remark("full_date", "date_order", text)


def _too_young(birth: PartialDate, join: PartialDate) -> bool:
    return join.last < add_months(birth.first, _ADULT_MONTHS)


def _plain_year(join: PartialDate, full: PartialDate) -> bool:
    return full.year - join.year == 1 and full.month == join.month and full.day == join.day


def _probation_remark(join: PartialDate, full: PartialDate) -> str:
    if full.last < join.first:
        return "转正时间早于入党时间，请核对"
    if join.last <= _PROBATION_ABOLISHED[1]:
        return ""
    earliest, latest = add_months(join.first, 12), add_months(join.last, 12)
    if earliest <= full.last and full.first <= latest:
        return ""
    if full.last < earliest:
        return "预备期不满一年，请核对入党时间和转正时间"
    if full.last < add_months(join.first, 18) or full.first > add_months(join.last, 24):
        return "预备期长短不合一年或延长半年至一年的规定，请核对入党时间和转正时间"
    return ""


def is_usual(
    declared: MemberKind,
    birth: PartialDate | None,
    join: PartialDate | None,
    full: PartialDate | None,
    today: date,
) -> bool:
    """Whether neither ``check_dates`` nor ``contradiction`` has anything to say; quickly told."""
    return (
        declared is MemberKind.FORMAL
        and join is not None
        and full is not None
        and full.year < today.year
        and _plain_year(join, full)
        and (birth is None or join.year - birth.year > 18)
    )


def dated_kind(
    join: PartialDate | None, full: PartialDate | None, today: date
) -> tuple[MemberKind | None, Remark | None]:
    """The kind that dates alone allow, with what is odd about them; nothing without dates."""
    if full is not None:
        return MemberKind.FORMAL, contradiction(None, full, today)
    if join is None:
        return None, None
    if _PROBATION_ABOLISHED[0] <= join.first and join.last <= _PROBATION_ABOLISHED[1]:
        return MemberKind.FORMAL, None
    if add_months(join.last, 36) < today:
        return MemberKind.FORMAL, Remark(
            "full_date",
            "full_date_missing",
            "入党已满三年而没有转正时间，暂按正式党员登记，请补填转正时间",
        )
    if add_months(join.last, 12) < today:
        return MemberKind.PROBATIONARY, Remark(
            "full_date",
            "full_date_missing",
            "入党已满一年而没有转正时间，暂按预备党员登记，请核对",
        )
    return MemberKind.PROBATIONARY, None


def contradiction(declared: MemberKind | None, full: PartialDate, today: date) -> Remark | None:
    """A kind that does not go with the day of regularisation."""
    if declared is MemberKind.PROBATIONARY and full.last <= today:
        return Remark(
            "full_date",
            "date_order",
            "人员类别是预备党员，而转正时间已过，暂按预备党员登记，请核对",
        )
    if declared is not MemberKind.PROBATIONARY and full.first > today:
        return Remark("full_date", "date_order", "转正时间晚于今天，此日之前按预备党员计，请核对")
    return None
