"""Declarations: the shipped ones, every problem in words, and the writer's own format."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dangjian_desktop.domain.fields import Bounds, Field, FieldType
from dangjian_desktop.domain.ledgers import ledger as declared
from dangjian_desktop.domain.ledgers.checks import problems_of
from dangjian_desktop.domain.ledgers.ledger import (
    Ask,
    CardPrint,
    Count,
    DueOf,
    FigureOf,
    GridPrint,
    Ledger,
    Makes,
    NoticePrint,
    Origin,
    Pivot,
    Section,
    SheetPrint,
    SummaryLine,
    TablePrint,
)
from dangjian_desktop.domain.ledgers.reading import kept_ledger, read_ledger
from dangjian_desktop.domain.ledgers.writing import write_ledger
from dangjian_desktop.domain.levels import Level
from dangjian_desktop.domain.texts import clean
from dangjian_desktop.errors import InputError
from tests.domain.ledgers.making import BUILTIN, builtin, own


@pytest.mark.parametrize("file", BUILTIN, ids=lambda file: file.stem)
def test_shipped_declaration_is_in_order_and_as_the_writer_writes_it(file) -> None:
    text = file.read_text(encoding="utf-8")
    ledger = read_ledger(text)
    assert ledger.code == file.stem
    assert ledger.origin is Origin.BUILTIN
    assert write_ledger(ledger) == text
    assert ledger.ask is None or not ledger.ask.on_from_start


def test_the_nineteen_ledgers_are_shipped_in_their_sections() -> None:
    sections = {file.stem: builtin(file.stem).section.value for file in BUILTIN}
    assert sections == {
        "visits": "care",
        "mood": "care",
        "volunteering": "work",
        "awards": "members",
        "training": "members",
        "regulations": "work",
        "activity_funds": "openness",
        "research": "work",
        "openness": "openness",
        "notices": "openness",
        "articles": "reporting",
        "partnership": "work",
        "submissions": "reporting",
        "superior_visits": "reporting",
        "group_months": "life",
        "short_lessons": "life",
        "pledges": "members",
        "secretary_diary": "work",
        "conduct": "life",
    }


@pytest.mark.parametrize(
    ("was", "becomes", "words"),
    [
        ('type = "long_text"', 'type = "number"', "“说明”的 type 的“number”不认识，可以写：text、"),
        ('name = "told"', 'name = "near"', "有两个字段都叫“near”"),
        ('label = "说明"', 'label = "党员"', "有两个字段都显示为“党员”"),
        ('listed = ["month"', 'listed = ["mont"', "列表（listed）写的“mont”不是本台账的字段"),
        ('type = "long_text"', 'type = "choice"', "“说明”（told）是选择，却没有选项"),
        ('period = "month"', 'period = "week"', "period 的“week”不认识，可以写：month、quarter"),
        ('per = "month"', 'per = "week"', "per 的“week”不认识"),
        ('name = "told"', 'name = "note"', "的名称是程序留用的"),
        ('name = "told"', 'name = "说明"', "的名称不对：只能用小写字母"),
        ('sort = ["-month"]', 'sort = ["-month"]\none_of = [["near", "far"]]', "“far”不是本台账"),
        ('rows = "who"', 'rows = "near"', "行不能用字段“身边三违”，应为人员或党小组字段"),
        ('value = "near"', 'value = "told"', "数值不能用字段“说明”，应为数字"),
        ('field = "who", but', 'field = "near", but', "不能用字段“身边三违”，应为人员字段"),
        ('who = "members"', 'who = "groups"', "应为党小组字段"),
        ('who = "members"', 'who = "everybody"', "who 的“everybody”不认识"),
        ('but = ["waived"]', 'but = ["ill"]', "的 but 不认识“ill”"),
        ('section = "work"', 'section = "sport"', "section 的“sport”不认识，可以写：members"),
        ('code = "own_0a1b2c3d"', 'code = "own_1"', "自设台账的编码是 own_ 加8位十六进制数"),
        ('code = "own_0a1b2c3d"', 'code = "mine"', "编码“mine”与 origin 不符"),
        ('unit = "人次"', 'unt = "人次"', "unt 不是台账样式认识的名称，请核对拼写"),
        ('least = "0"', "least = 0.5", "least 不是数字，请写成带引号的数字"),
        ('type = "long_text"', 'type = "link"', "请用 to 写明可以关联什么"),
        (
            'type = "long_text"',
            'type = "long_text", makes = { record = "project", into = "title" }',
            '生成的记录不认识，可以写：record = "item", into = "content"',
        ),
        (
            'type = "long_text"',
            'type = "long_text", makes = { record = "item", into = "content", source = "x" }',
            "来源“x”不认识，可以写：meeting、inspection",
        ),
        (
            'unit = "人次"',
            'unit = "人次", makes = { record = "item", into = "content" }',
            "应为文字字段",
        ),
        (
            'type = "long_text"',
            'type = "link", to = ["book"]',
            "关联的“book”不认识，可以写：meeting",
        ),
        ('name = "{who}{month}"', 'name = "{whom}"', "标题（name）写的“whom”不是本台账的字段"),
        ('name = "{who}{month}"', 'name = "{who"', "花括号不成对"),
        ('title = "{branch}', 'title = "{who}', "里只能用 {branch}、{period} 和 {superior}"),
        ('day = "month"', "", "设了所属时期（period），但没有指明日期字段"),
        ('title = "身边无三违"', "", "title 没有填写"),
    ],
)
def test_problem_is_told_with_its_place(was, becomes, words) -> None:
    with pytest.raises(InputError) as refused:
        read_ledger(own(was, becomes))
    told = "\n".join(issue.message for issue in refused.value.issues)
    assert words in told, told
    assert "没有改动" in refused.value.remedy


@pytest.mark.parametrize(
    ("key", "words"),
    [
        (
            'figure = [{ name = "x", label = "某数", count = "sum:told" }]',
            "count 不能用字段“说明”，应为数字字段",
        ),
        ('figure = [{ name = "x", label = "某数", count = "sum:far" }]', "“far”不是本台账的字段"),
        ('figure = [{ name = "x", label = "某数", count = "all" }]', "可以写 rows、people:字段"),
        (
            'figure = [{ name = "x", label = "某数", feeds = "points" }]',
            "feeds 的“points”不认识，可以写：training_hours、volunteer_hours、visits、awards",
        ),
        (
            'figure = [{ name = "x", label = "某数", where = { near = ["1"] } }]',
            "的条件不能用字段“身边三违”",
        ),
        ('due = [{ field = "near", text = "到期" }]', "不能用字段“身边三违”，应为日期字段"),
        ('summary = { section = "杂项", line = "{who}" }', "的部分“杂项”不认识"),
    ],
)
def test_problem_of_what_is_counted_is_told(key, words) -> None:
    with pytest.raises(InputError) as refused:
        read_ledger(own("[[print]]", f"{key}\n[[print]]"))
    told = "\n".join(issue.message for issue in refused.value.issues)
    assert words in told, told


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ('columns = [["month", 100], ["who", 157.5]]', "列宽合计257.5毫米，超过257毫米"),
        ('columns = [["mont", 24]]', "列写的“mont”不是本台账的字段"),
        ('columns = [["month", 24]]\ntotal = ["near"]', "合计的“身边三违”不在打印的列中"),
        ('columns = [["month", 24]]\ntotal = ["who"]', "合计不能用字段“党员”，应为数字字段"),
        ('columns = [["month", 24], ["month", 24]]', "有两列都是“月份”"),
        ('pivot = { rows = "month", columns = "near" }', "交叉汇总不能用字段“月份”"),
        ("in_force = true", "请先写明有效期起始（from）"),
        ("", "一列也没有"),
    ],
)
def test_problem_of_a_table_is_told(key, words) -> None:
    with pytest.raises(InputError) as refused:
        read_ledger(own() + f'[[print]]\nkind = "table"\ntitle = "表"\n{key}\n')
    assert words in "\n".join(issue.message for issue in refused.value.issues)


def test_every_problem_is_told_at_once() -> None:
    text = own('type = "long_text"', 'type = "number"', ('period = "month"', 'period = "week"'))
    with pytest.raises(InputError) as refused:
        read_ledger(text)
    assert len(refused.value.issues) == 2


@pytest.mark.parametrize("key", ["section", "edition", "level", "period"])
def test_a_wrong_word_at_the_head_hides_no_other_problem(key) -> None:
    line = next(line for line in own().splitlines() if line.startswith(f"{key} = "))
    text = own(line, f'{key} = "week"', ('name = "near"', 'name = "told"'))
    with pytest.raises(InputError) as refused:
        read_ledger(text)
    found = [issue.message for issue in refused.value.issues]
    assert any(f"的 {key} " in words for words in found)
    assert any("有两个字段都叫“told”" in words for words in found)


def test_columns_of_257_mm_are_allowed() -> None:
    table = '[[print]]\nkind = "table"\ntitle = "表"\ncolumns = [["month", 100], ["who", 157]]\n'
    assert read_ledger(own() + table)


def test_newer_format_is_refused_in_words_but_shown_out_of_a_library() -> None:
    text = own("format = 1", "format = 2", ('type = "long_text"', 'type = "map"'))
    with pytest.raises(InputError) as refused:
        read_ledger(text)
    assert refused.value.message == "台账样式是第2版格式，本程序只认识到第1版。"
    assert "请换用新版程序" in refused.value.remedy
    kept = kept_ledger(text)
    assert kept.newer
    assert kept.named("told").type is FieldType.TEXT


def test_broken_file_is_refused_with_its_line() -> None:
    with pytest.raises(InputError) as refused:
        read_ledger('format = 1\ncode = "a\n')
    assert "第2行" in refused.value.message


def test_care_may_only_give_counts() -> None:
    text = write_ledger(builtin("visits")).replace("走访慰问{n:rows}次", "走访{visited}")
    with pytest.raises(InputError) as refused:
        read_ledger(text)
    assert "关怀类台账的汇总只能写次数" in refused.value.issues[0].message


def _seen(words: str) -> bool:
    """Whether anything of it can be printed."""
    return bool(clean(words)[0])


_WORDS = (
    st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), min_size=1, max_size=12)
    .map(str.strip)
    .filter(_seen)
)
_PLAIN = st.text(
    st.characters(codec="utf-8", exclude_characters="{}", exclude_categories=("Cs",)), max_size=12
).map(str.strip)
_CODES = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)


@st.composite
def _a_field(draw, name: str) -> Field:
    kind = FieldType(draw(st.sampled_from(sorted(declared.FIELD_TYPES))))
    choices = ()
    if kind in declared.CHOICE_TYPES:
        codes = draw(st.lists(_CODES, min_size=1, max_size=4, unique=True))
        choices = tuple((code, f"选项{n}{draw(_PLAIN)}") for n, code in enumerate(codes))
        choices = tuple((code, word.strip()) for code, word in choices)
    amounts = st.none() | st.decimals(0, 999, places=2)
    numeric = kind in declared.NUMBER_TYPES
    least = draw(amounts) if numeric else None
    text = kind in (FieldType.TEXT, FieldType.LONG_TEXT)
    return Field(
        name,
        f"字段{name}",
        kind,
        required=draw(st.booleans()),
        hint=draw(_PLAIN),
        unit=draw(_PLAIN),
        choices=choices,
        bounds=Bounds(
            least=least,
            most=None if least is None else least + 5,
            places=draw(st.none() | st.integers(0, 6)) if kind is FieldType.DECIMAL else None,
            longest=draw(st.none() | st.integers(1, 900)) if text else None,
        ),
        who=draw(st.sampled_from(("member", "anyone")))
        if kind in declared.PEOPLE_TYPES
        else "anyone",
        to=("meeting", "project") if kind is FieldType.LINK else (),
        masked=draw(st.booleans()),
        also=tuple(draw(st.lists(_WORDS, max_size=3))),
    )


_MAKES = Makes("found1", "item", "content")


@st.composite
def _a_ledger(draw) -> Ledger:
    names = draw(
        st.lists(_CODES.filter(lambda n: n not in declared.RESERVED), max_size=5, unique=True)
    )
    names = [name for name in names if name not in ("day1", "who1", "sum1", "found1")]
    fields = [draw(_a_field(name)) for name in names]
    fields += [
        Field("day1", "那天", FieldType.DATE, required=True),
        Field("who1", "何人", FieldType.PEOPLE, who="member"),
        Field("sum1", "多少", FieldType.MONEY),
        Field("found1", "问题", FieldType.LONG_TEXT),
    ]
    gone = [(f.name, f.choices[0][0]) for f in fields if len(f.choices) > 1 and draw(st.booleans())]
    own_code = draw(st.booleans())
    every = tuple(f.name for f in fields)
    return Ledger(
        code="own_0123abcd" if own_code else draw(_CODES.filter(lambda c: c[:4] != "own_")),
        title=draw(_WORDS),
        section=draw(st.sampled_from(Section)),
        origin=Origin.OWN if own_code else Origin.BUILTIN,
        edition=draw(st.integers(1, 99)),
        source=draw(_PLAIN),
        level=draw(st.sampled_from(Level)),
        row=draw(_PLAIN.filter(_seen)),
        name=draw(_PLAIN) + "{day1}",
        day="day1",
        from_field=draw(st.sampled_from(("", "day1"))),
        period=draw(st.sampled_from((*declared.LENGTHS, "none"))),
        people=("who1",),
        identity=draw(st.sampled_from(((), ("day1",), ("day1", "who1")))),
        listed=every,
        sort=("-day1",),
        one_of=draw(st.sampled_from(((), (("who1", "sum1"),)))),
        fields=tuple(fields),
        retired_choices=tuple(gone),
        makes=draw(st.sampled_from(((), (_MAKES,), (replace(_MAKES, source="talk"),)))),
        ask=draw(st.none() | _ASKS),
        figures=tuple(draw(st.lists(_FIGURES, max_size=2, unique_by=lambda f: f.name))),
        due=(DueOf("day1", "到期{day1}", draw(st.sampled_from(("", "sum1")))),),
        summary=draw(st.none() | st.just(SummaryLine("组织生活", "{n:who1}人"))),
        prints=tuple(draw(st.lists(_PRINTS, max_size=4))),
    )


_ASKS = st.builds(
    Ask,
    who=st.sampled_from(("members", "committee", "named", "role:secretary")),
    on=st.sampled_from(("last_day", "any_day")),
    per=st.sampled_from(sorted(declared.LENGTHS)),
    field=st.just("who1"),
    count=st.sampled_from((Count(), Count("sum", "sum1"))),
    least=st.decimals("0.1", 99, places=1),
    but=st.sampled_from(((), ("waived",))),
    remind=st.integers(0, 90),
    rota=st.booleans(),
    on_from_start=st.booleans(),
)
_FIGURES = st.builds(
    FigureOf,
    name=_CODES,
    label=_WORDS,
    count=st.sampled_from((Count(), Count("sum", "sum1"), Count("people", "who1"))),
    unit=_PLAIN,
    feeds=st.sampled_from(("", *declared.QUANTITIES)),
)
_HEAD = st.sampled_from(((), ("单位", "期间")))
_TITLES = _PLAIN.map(lambda words: "{branch}" + words)
_PRINTS = st.one_of(
    st.builds(
        TablePrint,
        title=_TITLES,
        head=_HEAD,
        columns=st.just((("day1", Decimal("24.5")), ("sum1", Decimal(30)))),
        total=st.sampled_from(((), ("sum1",))),
        split=st.sampled_from(("", "who1")),
        sign=_HEAD,
    ),
    st.builds(TablePrint, title=_TITLES, pivot=st.none(), columns=st.just((("day1", Decimal(9)),))),
    st.builds(CardPrint, title=_TITLES, rows=st.just((("day1", "sum1"), ("who1",))), boxes=_HEAD),
    st.builds(
        SheetPrint,
        title=_TITLES,
        text=st.lists(_WORDS.filter(lambda w: not set(w) & set("{}")), min_size=1, max_size=3).map(
            tuple
        ),
    ),
    st.builds(
        NoticePrint,
        title=_TITLES,
        text=st.just(("{who1}", "{note}")),
        from_field=st.sampled_from(("", "day1")),
        until_field=st.sampled_from(("", "day1")),
        contact=st.sampled_from(((), ("who1",))),
        result=st.sampled_from(("", "note")),
        sign=_HEAD,
    ),
    st.builds(
        GridPrint,
        title=_TITLES,
        rows=st.just("who1"),
        columns=st.sampled_from(("month", "quarter")),
        value=st.sampled_from(("", "sum1")),
    ),
)


@given(_a_ledger())
def test_what_is_written_is_read_back(ledger: Ledger) -> None:
    assert problems_of(ledger) == []
    text = write_ledger(ledger)
    assert read_ledger(text) == ledger
    assert write_ledger(read_ledger(text)) == text


def test_pivot_is_written_and_read_back() -> None:
    pivot = builtin("activity_funds").prints[0].pivot
    assert pivot == Pivot("subject", "kind", "amount")
