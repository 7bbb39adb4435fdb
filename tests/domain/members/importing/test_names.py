"""Names as rosters write them, what stands behind them, and what is no name."""

from __future__ import annotations

import pytest

from dangjian_desktop.domain.folding import fold
from dangjian_desktop.domain.members.importing.headings import FIELDS, LABELS, field_of
from dangjian_desktop.domain.members.importing.names import plausible, read_name, tidy_name
from dangjian_desktop.domain.members.member import MemberKind
from dangjian_desktop.domain.texts import clean, normal_name


@pytest.mark.parametrize(
    ("written", "name", "cleaned"),
    [
        ("张三", "张三", ""),
        ("邓　涛", "邓涛", "空格"),
        ("王 小 明", "王小明", "空格"),
        (" 张三 ", "张三", ""),
        ("赵\u200b军", "赵军", "看不见的字符"),
        ("阿依古丽·买买提", "阿依古丽·买买提", ""),
        ("阿依古丽•买买提", "阿依古丽•买买提", ""),
        ("John Smith", "John Smith", ""),
        ("褚𠅤", "褚𠅤", ""),
        ("⽅志强", "方志强", "不规范的编码"),
        ("\ue863", "䶮", "不规范的编码"),
    ],
)
def test_names_lose_blanks_and_keep_their_dots(written, name, cleaned):
    found = read_name(written)
    assert (found.name, found.cleaned, found.shown) == (name, cleaned, "")
    assert tidy_name(written) == name


@pytest.mark.parametrize(
    ("written", "name", "sex", "kind", "status", "note"),
    [
        ("孙立群（女）", "孙立群", "女", None, None, ""),
        ("李晓梅(预备)", "李晓梅", None, MemberKind.PROBATIONARY, None, ""),
        ("周大海【已转出】", "周大海", None, None, "转出", ""),
        ("吴国庆△", "吴国庆", None, None, None, "姓名后注：△"),
        ("张三（女）（预备）", "张三", "女", MemberKind.PROBATIONARY, None, ""),
        ("张三（困难）", "张三", None, None, None, "姓名后注：困难"),
        ("李明*", "李明", None, None, None, ""),
        ("李晓梅 女", "李晓梅", "女", None, None, ""),
    ],
)
def test_what_stands_behind_a_name_goes_to_its_field(written, name, sex, kind, status, note):
    found = read_name(written)
    told = found.told.status and found.told.status.word
    assert (found.name, found.sex, found.told.kind, told, found.note) == (
        name,
        sex,
        kind,
        status,
        note,
    )
    assert found.shown


@pytest.mark.parametrize("name", ["张三", "欧阳娜娜", "买买提明阿不都", "阿·买买提", "John", "龙"])
def test_names_are_plausible(name):
    assert plausible(name) or len(name) == 1


NO_NAMES = [
    "性别",
    "党支部",
    "2026年6月30日",
    "一、正式党员（2人）",
    "说明",
    "以下空白",
    "合计",
    "小计",
    "第1页",
    "组织委员签字：",
    "第一党小组",
    "入党时间",
    "盖章",
    "附件1",
    "36人",
    "——",
]


@pytest.mark.parametrize("text", [*NO_NAMES, *LABELS.values()])
def test_headings_and_remarks_are_no_names(text):
    assert not plausible(read_name(text).name)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("⽅⾼⽴⻢⻓⺠", "方高立马长民"),
        ("\uf979\U0002f800", "凉丽"),
        ("龙\ufe00\U000e0100", "龙"),
        ("\ue81e\ue863", "龴䶮"),
        ("普通的字 abc１２", "普通的字 abc１２"),
    ],
)
def test_every_text_is_folded_at_its_entry(text, folded):
    assert fold(text) == folded
    assert clean(text)[0] == folded
    assert fold(folded) == folded


def test_every_kangxi_radical_and_compatible_character_is_another_afterwards():
    for code in (*range(0x2F00, 0x2FD6), *range(0xF900, 0xFA0E), *range(0x2F800, 0x2FA1E)):
        assert fold(chr(code)) != chr(code), hex(code)
    for code in range(0xE815, 0xE865):
        assert not 0xE000 <= ord(fold(chr(code))) < 0xF900, hex(code)


def test_every_dot_is_the_same_dot_when_names_are_compared():
    assert {normal_name(f"阿依{dot}买") for dot in "·•・･‧∙⋅．﹒.。●᛫"} == {"阿依·买"}


HEADINGS = {
    "join_date": "入党时间 接收为预备党员时间 成为中共预备党员时间 加入中国共产党的日期",
    "full_date": "转正时间 按期转正时间 转为中共正式党员时间 预备党员转正日期 成为正式党员的时间",
    "join_approved": "入党批准时间 上级批准接收为预备党员日期",
    "full_approved": "转正批准时间 上级党委批准转正日期",
    "party_post": "支部内职务 党内任职 现任党内职务 党支部分工",
    "group": "党小组名 所属党小组名称 编入党小组",
    "member_kind": "党员身份类别 政治面貌(正式/预备) 人员类型",
    "name": "姓名 党员姓名 姓名(签字) 教师姓名",
    "id_number": "公民身份证号码(18位) 二代身份证号",
    "phone": "常用手机号 联系手机 本人联系电话",
    "work_post": "现任行政职务 所在班组 工作岗位名称",
}
NOT_TAKEN = (
    "提交入党申请时间 确定入党积极分子时间 列为发展对象时间 入党介绍人 介绍人姓名 紧急联系人电话"
    " 应转正时间 进入支部日期 预备期届满时间 党费 家庭住址 身份证地址 组织关系转入时间 党龄"
    " 配偶姓名 参加工作时间 所在党支部 是否流动党员 入党时所在支部 党内职务任职时间"
)


@pytest.mark.parametrize(
    ("heading", "field"),
    [(word, field) for field, words in HEADINGS.items() for word in words.split()],
)
def test_a_heading_is_known_by_its_parts(heading, field):
    found = field_of(heading)
    assert found is not None
    assert found[0] == field


@pytest.mark.parametrize("heading", NOT_TAKEN.split())
def test_a_heading_of_something_else_is_not_taken(heading):
    assert field_of(heading) is None


def test_every_field_is_known_by_its_own_label():
    assert [field_of(LABELS[name])[0] for name in FIELDS] == list(FIELDS)
