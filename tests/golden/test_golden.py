"""Libraries, papers and drafts of earlier versions stay what they were.

A library of an earlier version opens with the present program and shows, prints and offers what
that version did. ``CHANGED`` names what is meant to be different.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from dangjian_desktop.services.desk import Desk, open_desk
from tests.golden import windows
from tests.golden.shown import LIBRARIES, clock, files, leaves, printed, shown

HERE = Path(__file__).parent
VERSIONS = ("0.1.0",)
_SUMMARY = "The table names the periods of which nothing is recorded, as the check does."
_VOTE = "A vote whose findings are not all ok is printed in counts alone."
_FOOT = "The foot of a summary that was not sent says up to when its data go."
_UNDECIDED = "Who is neither a member nor none yet is counted apart."
CHANGED: Mapping[str, str] = {
    "示例.shown.info.members.undecided": _UNDECIDED,
    "全字段.shown.info.members.undecided": _UNDECIDED,
    **{
        f"{name}.printed.summary/{period}.foot": _FOOT
        for name, asked in LIBRARIES.items()
        for period in asked.periods
    },
    "全字段.printed.summary/2026-03.texts": _SUMMARY,
    "全字段.printed.minutes/form/829a48d4-22fe-49a2-ac70-501e533c9135.texts.60": _VOTE,
    "全字段.printed.minutes/form/829a48d4-22fe-49a2-ac70-501e533c9135.texts.66": _VOTE,
    "全字段.printed.minutes/official/829a48d4-22fe-49a2-ac70-501e533c9135.texts.34": _VOTE,
    "全字段.printed.minutes/official/829a48d4-22fe-49a2-ac70-501e533c9135.texts.37": _VOTE,
    "全字段.printed.signin/829a48d4-22fe-49a2-ac70-501e533c9135.texts.5": (
        "The sheet calls the same voters as the minutes: without those who are excluded."
    ),
    "全字段.shown.search.误点": "The reason for taking a decision back is found.",
    "示例.shown.search.2025.hits.24.snippet": "A day alone tells less than the title.",
    "全字段.shown.search.设备": "The text that was found is shown, also that of a late entry.",
}
"""Why a place differs, by the beginning of its path: ``全字段.shown.check`` and the like."""

CHANGED_LIKE: Mapping[str, str] = {
    r"示例\.printed\.project/一页/\S+\.texts\.20$": "A measure that has room is not cut.",
    r"\.printed\.(summary|ledger|project/推进)/.*\.name$": "Files are named in words.",
    r"\.printed\.project/(申报|立项|中期|结项)/.*\.(name|texts\.\d+)$": "As of its stage's day.",
    r"\.printed\.summary/\d{4}(-[QH]\d)?\.texts": "Longer summaries gather what months say.",
    r"\.printed\.signin/\S+\.(name|title)$": "A party group's sheet names the group.",
    r"\.check\..*\.causes(\.|$)": "Every finding names its own causes and people.",
    r"\.info\.(further_superiors|unit_kind|periods|terms)\b": "What the branch was before is told.",
    r"\.agenda\.\d+\.(reporter|minutes)$": "Who reports on an item, and how long it takes.",
    r"\.figures\..*\bledger\.": "Figures that ledgers declare stand among the others.",
    r"\.check\.\S+?\.Q-ELE-W .* 选举结果~": "An election is judged as a whole, too.",
    r"\.check\.\S+?\.Q-ELE(-W)? .*\.message$": "An uncertainty tells its own causes only.",
    r"\.check\.\S+?\.Q-SUM .*\.message$": "What is not recorded is named, with how many people.",
    r"\.check\.\S+?\.Q-(ADM|REG) .*\.message$": "Where only the count was judged, it says so.",
    r"\.check\.\S+?\.Q-SUM .* 测评票~": "The sheets of an appraisal are held against its counts.",
    r"\.check\.\S+?\.SZ-7 .*\.message$": "Three to five is 应当, seven the most.",
    r"\.check\.\S+?\.DEV-REG .* 预备期~": "When a regularisation was discussed is judged.",
    r"\.printed\.minutes/form/ee52bdb6-\S+\.texts(\.|$)": "A list's heading is not told by tens.",
    r"\.printed\.minutes/\S+\.title$": "Files of minutes are titled as the paper, not the sitting.",
    r"^示例\.shown\.search\.(2025|学习|整改)\.total$": "Words of summaries are found.",
    r"\.search\.(2025\.hits\.31|学习\.hits\.3[67]|整改\.hits\.1[45])\.": "Of summaries.",
    r"\.search\.(2025\.hits\.[012]|电工\.hits\.0)\.snippet$": "What found a member is shown.",
    r"\.printed\.(claims|ledger|roster)\S*\.foot$": "As of a day, its foot tells that day alone.",
    r"\.check\.\S+?\.CAD-TALK ": "Whether everybody had a talk is a rule of its own.",
    r"\.check\.\S+?\.ATT-EXCL ": "Who is not counted in 应到 is a finding of its own.",
}
"""Why a kind of place differs, by a pattern of its path."""

REWORDED: Mapping[str, tuple[str, str]] = {
    r"，到会率无法计算": ("", "A share of nothing is no sentence on an official paper."),
    r"性别待明确|未登记性别": ("〔性别〕", "待明确 is for the screen."),
    r"^（上[^）]*计划未录入，请手工填写。）$": (
        "",
        "No sentence of the program on an official paper.",
    ),
    r"^1\. ": ("", "One item has no number; which others there are, the next ones tell."),
    r"^(党员总数：　*)?\d+人（正式党员\d+人，预备党员\d+人）$": (
        "〔党员总数〕",
        "A party group's record shows the group's numbers.",
    ),
    r"＿＿＿人?|待明确": ("〔空〕", "待明确 is for the screen; paper has room to write on."),
    r"^　　(?=\S)": ("", "A short text behind a long one is set in like it."),
    r"^(日　　期|日期|年　　月　　?日)$": ("", "One row to sign, so one day."),
    r"^散会时间：\S+$": ("", "When a sitting ended is told once, with when it began."),
    r"^(.{3})\n?签　字$": (r"\1签字", "A label on one line leaves the page two more."),
    r"^现值\S+（\S+）$": ("", "A report tells what is held against the target, too."),
    r"第.党小组会签到表$": ("党小组会签到表", "A party group's sheet names the group."),
}
"""What a printed text says instead (nothing: it is gone), and why."""

SHOWN = {
    *("info", "roster", "cards", "meetings", "projects", "check", "figures", "words", "search"),
    *("settings", "bin", "saved", "files"),
}


def differences(name: str, was: Any, present: Any) -> list[str]:
    """Every place where the two differ and no reason is written; what was, then what is."""
    before, now = dict(_places(was, name)), dict(_places(present, name))
    found = [place for place in before | now if before.get(place) != now.get(place)]
    return [
        f"{place}: {before.get(place, '-')!r} -> {now.get(place, '-')!r}"
        for place in found
        if not any(place.startswith(known) for known in CHANGED)
        and not any(re.search(like, place) for like in CHANGED_LIKE)
    ]


def reworded(papers: Mapping[str, Any]) -> dict[str, Any]:
    """Papers of an earlier version in the words of the present one."""
    return {
        name: {**paper, "texts": _texts(paper["texts"], name.startswith("signin/"))}
        for name, paper in papers.items()
    }


_MOVED = ("篇目来源", "支委会评定情况", "候选人预备人选批复")
"""篇目 go before their source; what is decided later goes behind the items of the day."""
_NEXT_PARAGRAPH = "第二段"
"""What texts of the golden libraries go on with."""
_SHEET = r"\d+|序号|姓名|党小组|第.党小组|或职务|职务|签到|备注"
"""Posts first and groups as bands: other heads, other numbers, the same people and posts."""


def _texts(texts: list[str], sheet: bool) -> list[str]:
    for pattern, (instead, _why) in REWORDED.items():
        texts = [re.sub(pattern, instead, text) for text in texts]
    told = _told_once(_unsigned([text for text in texts if text]))
    if sheet:
        return sorted(text for text in told if not re.fullmatch(_SHEET, text))
    moved = [number for number, text in enumerate(told) if _moves(told, number)]
    return [t for n, t in enumerate(told) if n not in moved] + [told[n] for n in moved]


def _moves(texts: list[str], number: int) -> bool:
    """A form has the label, then its text; official minutes have both in one."""
    if texts[number].startswith(_MOVED):
        return True
    if number and texts[number] == _NEXT_PARAGRAPH:
        return _moves(texts, number - 1)
    return bool(number) and texts[number - 1] in _MOVED


def _told_once(texts: list[str]) -> list[str]:
    """Without a second row for the one topic of a form, which is told once."""
    if "议题（一）" not in texts or "议题（二）" in texts:
        return texts
    place = texts.index("议题（一）")
    return texts[:place] + texts[place + 2 :]


def _unsigned(texts: list[str]) -> list[str]:
    """Without the names of the committee beside their lines to sign, which are new."""
    kept, signing = [], False
    for text in texts:
        signing = signing and not text.startswith("主持人")
        if not signing:
            kept.append(text)
        signing = signing or text.startswith("到会委员")
    return kept


def _places(value: Any, place: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping) and value:
        for name, part in value.items():
            yield from _places(part, f"{place}.{name}")
    elif isinstance(value, list) and value:
        for key, part in _keyed(value):
            yield from _places(part, f"{place}.{key}")
    else:
        yield place, value


def _keyed(values: list[Any]) -> Iterator[tuple[str, Any]]:
    """Findings by rule and subject: one more or less moves no other; the rest by number."""
    seen: dict[str, int] = {}
    for number, value in enumerate(values):
        key = str(number)
        if isinstance(value, Mapping) and {"rule", "subject"} <= value.keys():
            key = f"{value['rule']} {value['subject']}"
            seen[key] = seen.get(key, 0) + 1
            key = f"{key}~{seen[key]}"
        yield key, value


def golden(version: str, name: str, what: str) -> Any:
    return json.loads((HERE / version / f"{name}.{what}.json").read_text(encoding="utf-8"))


def copied(version: str, name: str, folder: Path) -> Desk:
    """The golden library, copied and opened by the present program."""
    shutil.copyfile(HERE / version / f"{name}.dangjian", folder / f"{name}.dangjian")
    attached = HERE / version / f"{name}.files"
    if attached.exists():
        shutil.copytree(attached, folder / attached.name)
    return open_desk(folder / f"{name}.dangjian", clock=clock)


@pytest.fixture(
    scope="module",
    params=[(version, name) for version in VERSIONS for name in LIBRARIES],
    ids=" ".join,
)
def library(request, tmp_path_factory):
    version, name = request.param
    desk = copied(version, name, tmp_path_factory.mktemp("golden"))
    yield version, name, desk
    desk.close()


def test_it_shows_the_same(library, tmp_path):
    version, name, desk = library
    present = shown(desk, LIBRARIES[name]) | {"files": files(desk, tmp_path)}
    # As JSON, so that a tuple and a list are the same.
    present = json.loads(json.dumps(present, ensure_ascii=False))
    assert set(present) == SHOWN
    assert differences(f"{name}.shown", golden(version, name, "shown"), present) == []


def test_it_prints_the_same(library):
    version, name, desk = library
    present, was = printed(desk, LIBRARIES[name]), golden(version, name, "printed")
    assert differences(f"{name}.printed", reworded(was), reworded(present)) == []


def test_every_draft_is_offered_and_opens_as_it_was_left(library, shell, qapp):
    version, name, desk = library
    known = golden(version, name, "drafts")
    present = {"offered": windows.offered(desk), "opened": windows.opened(desk, shell)}
    assert {place.split("/")[0] for place in known["opened"]} == set(windows.FORMS)
    assert differences(f"{name}.drafts", known, present) == []


def test_it_is_whole_after_opening(library):
    _version, _name, desk = library
    assert desk.copies.problems() == ()


@pytest.mark.parametrize("version", VERSIONS)
def test_an_import_of_that_version_can_be_taken_back(version, tmp_path):
    desk = copied(version, "全字段", tmp_path)
    try:
        assert len(desk.roster.find("韩新来")) == 1
        assert desk.imports.undo(golden(version, "全字段", "batch")) == (1, 2)
        assert desk.roster.find("韩新来") == []
        [uid] = desk.roster.find("蒋堃喆")
        assert desk.roster.get([uid])[uid].education == "大专"
    finally:
        desk.close()


def test_nothing_is_called_changed_that_is_not():
    assert all(reason.strip() for reason in CHANGED.values())


def test_a_difference_is_seen():
    assert differences("a", {"b": [1, None]}, {"b": [1, ""]}) == ["a.b.1: None -> ''"]
    assert differences("a", {"b": 1}, {"b": 1, "c": 0}) == ["a.c: '-' -> 0"]
    assert leaves({"a": [{"b": "", "c": 0}, {"d": False}]}) == {"a.0.c": 0, "a.1.d": False}
