"""Blanks in grids of cells, and editions of a form compared."""

from __future__ import annotations

from dangjian_desktop.domain.blank_forms.finding import (
    cell_blank,
    find_blanks,
    find_in_text,
    split_key,
)
from dangjian_desktop.domain.blank_forms.form import (
    BlankKind,
    Cell,
    Grid,
    LabelChange,
    changed_labels,
    likeness,
    make_form,
)


def a_grid(*rows: str) -> Grid:
    """Cells parted by bars; "<" is reached over by the cell at the left, "^" by that above."""
    texts = [row.split("|") for row in rows]
    cells = []
    for r, row in enumerate(texts):
        for c, text in enumerate(row):
            if text in ("<", "^"):
                continue
            across = next((n for n in range(c + 1, len(row)) if row[n] != "<"), len(row)) - c
            down = next((n for n in range(r + 1, len(texts)) if texts[n][c] != "^"), len(texts))
            place = {"row": r, "column": c, "across": across, "down": down - r}
            formula = text.startswith("=")
            cells.append(Cell(**place, text=text, key=f"r{r}c{c}", formula=formula, room=9))
    return Grid(title="表1", cells=tuple(cells))


def named(*rows: str) -> dict[str, str]:
    """The key of each blank by its name."""
    form = make_form("表", ".docx", "表", find_blanks(a_grid(*rows)))
    return {blank.name: blank.key for blank in form.blanks}


def test_a_blank_beside_its_label_has_it():
    found = named("填报党支部||填报月份|", "党员大会（次）||支委会（次）|", "主要内容||<|<")
    assert found == {
        "填报党支部": "r0c1",
        "填报月份": "r0c3",
        "党员大会（次）": "r1c1",
        "支委会（次）": "r1c3",
        "主要内容": "r2c1",
    }


def test_heads_of_two_levels_stand_over_a_blank():
    grid = a_grid("统计表|<|<", "支部|党员数|<", "^|正式|预备", "||")
    blanks = find_blanks(grid)
    assert [(b.heads, b.label) for b in blanks] == [
        ((), "支部"),
        (("党员数",), "正式"),
        (("党员数",), "预备"),
    ]


def test_a_matrix_is_named_by_row_and_column():
    found = named("类别|次数|应到", "党员大会||", "支委会||", "合计||")
    assert list(found)[:2] == ["党员大会·次数", "党员大会·应到"]
    assert found["合计·应到"] == "r3c2"
    [one, other] = find_blanks(a_grid("出席|应到||实到|"))
    assert (one.heads, one.label, other.heads, other.label) == (
        ("出席",),
        "应到",
        ("出席",),
        "实到",
    )


def test_empty_rows_under_a_head_are_one_blank_of_rows():
    [rows] = find_blanks(a_grid("序号|姓名|备注", "1||", "2||", "3||"))
    assert (rows.kind, rows.columns) == (BlankKind.ROWS, ("序号", "姓名", "备注"))
    assert rows.rows == tuple((f"r{n}c0", f"r{n}c1", f"r{n}c2") for n in (1, 2, 3))
    [alone] = find_blanks(a_grid("序号|姓名|备注", "||"))
    assert alone.kind is BlankKind.ROWS


def test_rows_beside_a_label_have_it_and_head_nothing_further_down():
    found = find_blanks(a_grid("项目组成员|姓名|职务", "^||", "^||", "经费|合计（万元）|"))
    assert [(b.label, b.kind) for b in found] == [
        ("项目组成员", BlankKind.ROWS),
        ("合计", BlankKind.VALUE),
    ]
    assert found[1].heads == ("经费",)


def test_rows_beside_one_label_after_the_other_are_blanks_of_their_own():
    found = find_blanks(
        a_grid("组别|姓名|分工", "第一党小组||", "^||", "第二党小组||", "^||", "第三党小组||")
    )
    assert [(b.label, b.columns, len(b.rows)) for b in found[:2]] == [
        ("第一党小组", ("姓名", "分工"), 2),
        ("第二党小组", ("姓名", "分工"), 2),
    ]


def test_the_sums_of_repeating_rows_have_their_columns():
    found = find_blanks(a_grid("事项|金额|件数", "||", "||", "合计||"))
    assert [(b.label, b.heads) for b in found[1:]] == [("金额", ("合计",)), ("件数", ("合计",))]


def test_boxes_dates_and_signatures_of_cells():
    opinion = "\n\n负责人签名：      （盖章）\n    年   月   日"
    grid = a_grid(f"性别|□男 □女|填报日期|  年  月  日|党支部意见|{opinion}")
    blanks = {b.key: b for b in find_blanks(grid)}
    assert blanks["r0c1#1"].kind is BlankKind.BOXES
    assert (blanks["r0c1#1"].label, blanks["r0c1#1"].choices) == ("性别", ("男", "女"))
    assert blanks["r0c3"].label == "填报日期"
    assert [blanks[f"r0c5{end}"].label for end in ("", "#1", "#2")] == [
        "党支部意见",
        "负责人签名",
        "日期",
    ]
    assert blanks["r0c5#2"].heads == ("党支部意见",)


def test_words_of_how_to_fill_a_cell_and_of_how_many_are_no_labels():
    grid = a_grid("主要做法|（不超过500字，可另附页）|党员总数|共____人")
    found = {b.key: b for b in find_blanks(grid)}
    assert {key: b.label for key, b in found.items()} == {"r0c1": "主要做法", "r0c3#1": "党员总数"}
    assert found["r0c3#1"].unit == "人"


def test_a_cell_without_a_label_is_none_until_a_person_chooses_it():
    grid = a_grid("姓名|||照片", "||说明|")
    assert [b.label for b in find_blanks(grid)] == ["姓名", "说明"]
    chosen = cell_blank(grid, next(cell for cell in grid.cells if cell.key == "r0c2"))
    assert (chosen.key, chosen.where, chosen.room) == ("r0c2", "表1第1行第3列", 9)


def test_a_computed_cell_is_told_and_a_label_beside_a_second_row_once():
    [sum_] = find_blanks(a_grid("合计|=SUM(A1)"))
    assert sum_.formula
    assert [b.key for b in find_blanks(a_grid("主要事迹||<", "^||<"))] == ["r0c1"]


def test_a_paragraph_has_its_gaps_and_dates():
    found = find_in_text("填报人：    填报日期：  年  月  日", "p5", "第6段")
    assert [(b.key, b.label, b.where) for b in found] == [
        ("p5#1", "填报人", "第6段"),
        ("p5#2", "填报日期", "第6段"),
    ]
    assert [b.label for b in find_in_text("  年  月份月报", "p0", "第1段")] == ["年月"]
    assert split_key("Sheet#1!C4") == ("Sheet#1!C4", 0)
    assert split_key("Sheet#1!C4#2") == ("Sheet#1!C4", 2)


def a_form(*rows: str):
    return make_form("表", ".docx", "表", find_blanks(a_grid(*rows)))


def test_a_label_twice_is_two_blanks_with_names_of_their_own():
    assert [*named("姓名||姓名|")] == ["姓名（第1处）", "姓名（第2处）"]
    found = named("申报人|姓名||电话|", "审核人|姓名||电话|")
    assert found == {
        "申报人·姓名": "r0c2",
        "申报人·电话": "r0c4",
        "审核人·姓名": "r1c2",
        "审核人·电话": "r1c4",
    }


def test_the_next_edition_is_known_by_its_labels_and_its_changes_are_told():
    old = a_form("党员总数||党课|", "党员大会||支委会|")
    same = a_form("党员总数||党课|", "党员大会||支委会|")
    new = a_form("党员人数||党课|", "党员大会||支委会|", "主题党日||填报人|")
    assert old.fingerprint == same.fingerprint != new.fingerprint
    assert likeness(old.labels(), new.labels()) == 3 / 7
    changes = changed_labels(old.labels(), new.labels())
    assert changes == (
        LabelChange(old="党员总数", new="党员人数"),
        LabelChange(old="", new="主题党日"),
        LabelChange(old="", new="填报人"),
    )
    assert changes[0].words == "“党员总数”改为“党员人数”"
    gone = changed_labels(new.labels(), old.labels())
    assert [change.words for change in gone][1:] == ["没有了“主题党日”", "没有了“填报人”"]
    assert changed_labels(old.labels(), {"p0#1": "党课", "p1#1": "党员总数"})[0].new == ""


def test_long_tables_and_texts_are_looked_through_once():
    rows = ["姓名|次数|人数", *(f"人{n}||" for n in range(1500))]
    found = find_blanks(a_grid(*rows))
    assert (len(found), found[-1].label, found[-1].heads) == (3000, "人数", ("人1499",))
    assert find_blanks(a_grid("意见|" + "（签字）" * 400 + "见")) == ()
    assert find_in_text(" " * 20_000 + "甲", "p0", "第1段") == ()


def test_a_sentence_about_somebody_else_is_a_head_of_its_blanks():
    found = find_in_text("公司现有正式党员____名。我支部有正式党员____名。", "p1", "第1段")
    assert [blank.heads for blank in found] == [("公司",), ()]


def test_a_line_without_a_label_is_a_blank_that_tells_where_it_is():
    assert [blank.label for blank in find_in_text("____________：", "p1", "第2段")] == ["第2段空格"]
