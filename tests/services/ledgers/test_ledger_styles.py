"""Declarations in a library: made, changed, handed on, switched; what was entered always stays."""

from __future__ import annotations

from dataclasses import replace

import openpyxl
import pytest

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.ledgers.reading import read_ledger
from dangjian_desktop.domain.ledgers.writing import write_ledger
from dangjian_desktop.errors import InputError
from dangjian_desktop.services.ledgers import catalogue
from dangjian_desktop.services.ledgers.counting import LedgerCounts
from dangjian_desktop.services.ledgers.declaring import LedgerStyles
from dangjian_desktop.services.ledgers.exporting import LedgerExport
from dangjian_desktop.services.ledgers.ledgers import LedgerService
from dangjian_desktop.services.library.search import SearchService
from dangjian_desktop.services.narrowing import narrowed
from dangjian_desktop.storage import ledger_words
from tests.domain.ledgers.making import builtin, own
from tests.services.ledgers.test_ledger_rows import TRAINING
from tests.services.make import a_library, clock

CODE = "own_0a1b2c3d"


@pytest.fixture
def library(tmp_path):
    opened = a_library(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def service(library) -> LedgerService:
    return LedgerService(library, clock)


@pytest.fixture
def styles(library) -> LedgerStyles:
    return LedgerStyles(library, clock)


def a_month(service, **plain):
    return service.save(service.read(CODE, {"month": "2026-03", "who": ["张三"]} | plain))


def test_own_ledger_is_made_and_stands_among_the_others(service, styles) -> None:
    fresh = styles.new("好人好事")
    assert styles.problems(fresh) == []
    entry = styles.define(fresh)
    assert entry.ledger.code.startswith("own_")
    assert entry.ledger in [each.ledger for each in service.all()]
    row = service.save(service.read(fresh.code, {"day": "2026-03-05", "content": "修好路灯"}))
    assert service.of(fresh.code).one(row.id).value("content") == "修好路灯"


def test_declaration_with_problems_is_not_stored(styles, service) -> None:
    broken = replace(styles.new("某台账"), listed=("far",))
    with pytest.raises(InputError) as refused:
        styles.define(broken)
    assert "列表（listed）写的“far”不是本台账的字段" in refused.value.issues[0].message
    assert len(service.all()) == 19


def test_values_of_a_field_taken_away_stay_are_searched_and_come_back(service, styles) -> None:
    ledger = styles.define(read_ledger(own())).ledger
    row = a_month(service, told="独一无二的说明", near="2")
    without = replace(ledger, fields=tuple(f for f in ledger.fields if f.name != "told"))
    assert styles.define(without).ledger.edition == 2
    shown = service.of(CODE).one(row.id)
    assert shown.more == {"told": "独一无二的说明"}
    assert service.of(CODE).find(narrowed(text="独一无二")) == [row.id]
    assert service.as_json(CODE)[0]["more"] == {"told": "独一无二的说明"}
    service.save(replace(shown, values={**shown.values, "near": 3}))
    assert service.of(CODE).one(row.id).more == {"told": "独一无二的说明"}
    styles.define(replace(ledger, edition=2))
    assert service.of(CODE).one(row.id).value("told") == "独一无二的说明"


def test_what_was_entered_under_a_field_taken_away_is_read_in_words(
    library, service, styles, tmp_path
) -> None:
    kind = 'name = "kind", label = "类别", type = "choice", choices = [["c_1", "走访"]]'
    seen = 'name = "seen", label = "见证人", type = "people"'
    fields = f'{{ {kind} }},\n  {{ {seen} }},\n  {{ name = "told", '
    public = ('level = "internal"', 'level = "public"')
    ledger = styles.define(read_ledger(own('{ name = "told", ', fields, public))).ledger
    row = a_month(service, kind="走访", seen=["张三", "外人"])
    gone = ("kind", "seen")
    kept = tuple(each for each in ledger.fields if each.name not in gone)
    styles.define(replace(ledger, fields=kept))
    shown = service.of(CODE).one(row.id)
    assert shown.more["kind"] == "c_1"
    told = [("其他内容：类别", "走访"), ("其他内容：见证人", "张三、外人")]
    assert list(service.beside(CODE, shown)) == [(*each, False) for each in told]
    search = SearchService(library, clock)
    for taken_in in (False, True):
        for words in ("走访", "张三、外人"):
            [hit], _ = search.find(words)
            assert (hit.id, words in hit.snippet) == (row.id, True)
        assert search.find("c_1") == ([], 0)
        assert service.of(CODE).find(narrowed(text="走访")) == [row.id]
        while not taken_in and search.tend():
            pass
    exports = LedgerExport(library, clock)
    full, _ = exports.export(CODE, tmp_path / "全.xlsx")
    assert all(text in cells(full) for each in told for text in each)
    masked, _ = exports.export(CODE, tmp_path / "遮.xlsx", profile="masked")
    assert not any(text.startswith("其他内容") or "外人" in text for text in cells(masked))


def test_what_was_masked_stays_covered_after_its_field_is_taken_away(
    library, service, styles
) -> None:
    secret = 'name = "why", label = "家庭困难", type = "text", mask = true'
    ledger = styles.define(
        read_ledger(own('{ name = "told", ', f'{{ {secret} }},\n  {{ name = "told", '))
    ).ledger
    row = a_month(service, why="欠债三万", told="说明在此")
    styles.define(replace(ledger, fields=tuple(f for f in ledger.fields if f.name != "why")))
    shown = service.of(CODE).one(row.id)
    assert shown.more == {"why": "欠债三万"}
    assert service.beside(CODE, shown) == (("其他内容：家庭困难", "欠债三万", True),)
    search = SearchService(library, clock)
    [hit], _ = search.find("欠债")
    assert (hit.id, "欠债" in hit.snippet) == (row.id, False)
    [hit], _ = search.find("说明在此")
    assert "说明在此" in hit.snippet


def cells(path) -> list[str]:
    return [str(c.value) for line in openpyxl.load_workbook(path).active for c in line if c.value]


def test_type_never_changes_once_a_row_exists_also_one_in_the_bin(service, styles) -> None:
    styles.define(read_ledger(own()))
    other = read_ledger(own('type = "long_text"', 'type = "text"'))
    assert styles.problems(other) == []
    row = a_month(service)
    service.of(CODE).delete(row.id)
    with pytest.raises(InputError) as refused:
        styles.define(other)
    assert "类型不能从“长文字”改为“文字”" in refused.value.issues[0].message


def test_used_choice_is_retired_not_removed(service, styles) -> None:
    training = service.one_ledger("training").ledger
    row = service.save(service.read("training", TRAINING))
    fields = tuple(
        replace(f, choices=tuple(c for c in f.choices if c[0] not in ("class", "report")))
        if f.name == "form"
        else f
        for f in training.fields
    )
    entry = styles.define(replace(training, fields=fields))
    assert entry.ledger.retired_choices == (("form", "class"),)
    assert "report" not in dict(entry.ledger.named("form").choices)
    assert service.texts("training", service.of("training").one(row.id))["form"] == "集中培训"
    with pytest.raises(InputError, match="不能保存") as refused:
        service.save(service.read("training", TRAINING | {"form": "class"}))
    assert "已停用" in refused.value.fields["form"]
    service.save(replace(row, values={**row.values, "topic": "改了名"}))


def test_unchanged_builtin_follows_the_program(service, styles, monkeypatch) -> None:
    styles.switch("training", shown=False)
    newer = replace(builtin("training"), edition=2, title="党员教育培训学时")
    for module in (catalogue, ledger_words):
        monkeypatch.setattr(module, "shipped", lambda: {"training": newer})
    entry = service.one_ledger("training")
    assert entry.ledger.title == "党员教育培训学时"
    assert not entry.shown
    assert not entry.changed
    assert entry.newest is None


def test_changed_builtin_stays_and_is_offered_the_new_edition(service, styles, monkeypatch) -> None:
    shipped = builtin("training")
    styles.define(replace(shipped, title="本支部培训"))
    row = service.save(service.read("training", TRAINING))
    assert service.one_ledger("training").newest is None
    newer = replace(shipped, edition=2, row="培训班")
    for module in (catalogue, ledger_words, __import__(LedgerStyles.__module__, fromlist=["x"])):
        monkeypatch.setattr(module, "shipped", lambda: {"training": newer})
    entry = service.one_ledger("training")
    assert entry.ledger.title == "本支部培训"
    assert entry.changed
    assert entry.newest == newer
    told = styles.differences("training")
    assert told == (
        "名称：“本支部培训”改为“教育培训学时”。",
        "一条记录的叫法：“培训”改为“培训班”。",
    )
    adopted = styles.adopt("training")
    assert adopted.ledger == newer
    assert adopted.newest is None
    assert not adopted.changed
    assert service.of("training").one(row.id).values == row.values


def test_builtin_changed_back_is_no_longer_a_changed_one(service, styles) -> None:
    shipped = builtin("training")
    styles.define(replace(shipped, title="本支部培训"))
    assert service.one_ledger("training").changed
    styles.define(replace(shipped, edition=2))
    assert not service.one_ledger("training").changed


def test_file_of_a_declaration_goes_to_another_branch_and_back(styles, service, tmp_path) -> None:
    styles.define(read_ledger(own()))
    file = styles.export_file(CODE, tmp_path / "给别的支部")
    assert file.name == "台账样式_身边无三违.toml"
    other = a_library(tmp_path / "别的")
    try:
        taken = LedgerStyles(other, clock).import_file(file)
        assert write_ledger(taken.ledger) == file.read_text(encoding="utf-8")
    finally:
        other.close()
    styles.import_file(file)
    assert service.one_ledger(CODE).ledger.edition == 1


def test_another_ledger_of_the_same_code_is_refused_with_the_differences(
    styles, service, tmp_path
) -> None:
    styles.define(read_ledger(own()))
    a_month(service, told="留着")
    file = tmp_path / "样式.toml"
    file.write_text(own('label = "说明"', 'label = "情况"'), encoding="utf-8")
    with pytest.raises(InputError) as refused:
        styles.import_file(file)
    assert "已有编码相同的台账“身边无三违”" in refused.value.message
    assert refused.value.issues[0].message == "字段“说明”改名为“情况”。"
    assert service.one_ledger(CODE).ledger.named("told").label == "说明"
    styles.import_file(file, replacing=True)
    assert service.one_ledger(CODE).ledger.named("told").label == "情况"
    (row,) = service.of(CODE).all()
    assert row.value("told") == "留着"


def test_file_that_is_no_declaration_is_refused(styles, tmp_path) -> None:
    file = tmp_path / "照片.toml"
    file.write_bytes(b"\xff\xd8\xff\xe0 no text")
    with pytest.raises(InputError, match="不是台账样式文件"):
        styles.import_file(file)


def test_only_an_own_ledger_without_rows_is_removed(styles, service) -> None:
    styles.define(read_ledger(own()))
    row = a_month(service)
    service.of(CODE).delete(row.id)
    with pytest.raises(InputError, match="包括回收站中的"):
        styles.remove(CODE)
    with pytest.raises(InputError, match="随程序的台账，不能删除"):
        styles.remove("training")
    empty = styles.define(styles.new("空台账")).ledger
    styles.remove(empty.code)
    assert empty.code not in service.counts()
    assert styles.define(empty).ledger == empty


def test_copy_of_a_ledger_is_the_branchs_own(styles, service) -> None:
    copied = styles.copy_of("visits", "夏送清凉")
    styles.define(copied)
    entry = service.one_ledger(copied.code)
    assert (entry.ledger.title, entry.ledger.origin.value) == ("夏送清凉", "own")
    assert service.one_ledger("visits").ledger == builtin("visits")


def test_switching_off_hides_a_ledger_and_keeps_its_rows(styles, service, library) -> None:
    row = service.save(service.read("training", TRAINING))
    assert not styles.switch("training", shown=False).shown
    assert service.of("training").one(row.id) == row
    counts = LedgerCounts(library, clock)
    assert counts.quantities("training_hours", Period.parse("2026"))
