"""Values of roster cells brought to the words of the code sets; unknown ones stay as they are."""

from __future__ import annotations

import re
import unicodedata

from dangjian_desktop.domain.texts import clean, squeeze
from dangjian_desktop.frozen import dataclass

_PEOPLES = (
    "汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山"
    " 拉祜 水 东乡 纳西 景颇 柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌"
    " 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 塔塔尔 独龙 鄂伦春 赫哲 门巴"
    " 珞巴 基诺"
)
_ETHNICITIES = {f"{name}{end}": f"{name}族" for name in _PEOPLES.split() for end in ("", "族")} | {
    "其他": "其他",
    "外国血统中国籍": "外国血统中国籍",
    "外国血统": "外国血统中国籍",
    "穿青人": "穿青人",
}
_EDUCATIONS = {
    "博士研究生": "博士 博士研究生 博士研究生毕业 研究生(博士)",
    "硕士研究生": "硕士 硕士研究生 硕士研究生毕业 研究生(硕士)",
    "研究生": "研究生 研究生毕业 研究生班 在职研究生",
    "党校研究生": "党校研究生 中央党校研究生 省委党校研究生",
    "大学本科": "本科 大学本科 大学 大本 本科毕业 大学本科毕业 大学毕业 全日制本科 在职本科 学士",
    "党校大学": "党校大学 党校本科 中央党校大学",
    "大学普通班": "大学普通班 大普",
    "大学专科": "专科 大专 大学专科 专科毕业 大专毕业 高职 高职高专 大学专科毕业 在职大专",
    "党校大专": "党校大专 党校专科",
    "中专": "中专 中等专科 中专毕业 中等专业学校 中等专科毕业",
    "职业高中": "职业高中 职高",
    "技工学校": "技工学校 技校 技工",
    "高中": "高中 普通高中 高中毕业 普通高中毕业",
    "初中": "初中 初中毕业 初级中学",
    "小学": "小学 小学毕业",
    "其他": "其他",
}
_EDUCATION_WORDS = {word: name for name, words in _EDUCATIONS.items() for word in words.split()}
ETHNICITIES = tuple(dict.fromkeys(_ETHNICITIES.values()))
"""The 56 peoples by their full names, then the other words of the code set."""

EDUCATIONS = tuple(_EDUCATIONS)
"""The words of the code set for 学历."""

_NOTHING_SIGNS = "无 / \\ - -- --- — —— ——— 暂无 没有 空 N/A 未填 ×"
_NOTHING = frozenset(_NOTHING_SIGNS.split())
_ERROR_SIGNS = "#N/A #REF! #NAME? #VALUE! #DIV/0! #NUM! #NULL! #SPILL! #CALC!"
_ERRORS = frozenset(_ERROR_SIGNS.split())
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_FIXED = re.compile(r"(?:0[0-9]{2,3}-?)?[2-9][0-9]{6,7}(?:-[0-9]{1,6})?")
_PHONE_NOISE = re.compile(r"[\s'’‘`\-()]")
_COUNTRY = re.compile(r"(?:\+|00)?86(?=1[3-9][0-9]{9}$)")
_POST_JOINTS = re.compile(r"[/\\、，,；;|\n\s]+|兼任?(?![)）任]|$)")
_BRACKET = re.compile("[()（）]")
_GROUP_LEADER = re.compile(r"(.+党小组|.*[^党]小组)组?长")
_GROUP = re.compile(r".*(?:小组|[^组]组)")


@dataclass(frozen=True, slots=True)
class Value:
    """A text for the card; ``known`` tells whether the code set has it, ``cleaned`` what went."""

    text: str | None
    known: bool = True
    cleaned: str = ""


def is_nothing(text: str) -> bool:
    """Whether the text stands for an empty cell: 无, —, / and the like."""
    return len(text) < 4 and (not text or text.upper() in _NOTHING)


def is_mobile(text: str) -> bool:
    """Whether the text is a mobile number as it is kept."""
    return _MOBILE.fullmatch(text) is not None


def is_error(text: str) -> bool:
    """Whether the text is an error of the spreadsheet such as #N/A."""
    return text[:1] == "#" and text in _ERRORS


def read_sex(text: str) -> Value:
    """男 or 女."""
    word = squeeze(text)
    if word in {"男", "女"}:
        return Value(word)
    return Value({"男性": "男", "女性": "女"}.get(word, word), word in {"男性", "女性"})


def read_ethnicity(text: str) -> Value:
    """The full name of the people, 汉族 for 汉; 满族 stays 满族."""
    word = squeeze(text)
    known = _ETHNICITIES.get(word)
    return Value(known or word, known is not None)


def read_education(text: str) -> Value:
    """The word of the code set: 大学本科 for 本科."""
    word = squeeze(text)
    known = _EDUCATION_WORDS.get(word)
    return Value(known or clean(text)[0], known is not None)


def says_probationary(text: str) -> bool:
    """Whether a cell for the day of regularisation says that there is none yet."""
    word = squeeze(text)
    return any(sign in word for sign in ("预备", "未转正", "待转正", "尚未", "未到期"))


def read_phone(value: str | float) -> Value:
    """A phone number in half-width digits; ``known`` tells whether it can be one."""
    if not isinstance(value, str):
        value = str(int(value)) if abs(value) < 1e15 else ""
    if _MOBILE.fullmatch(value):
        return Value(value)
    given = value.strip()
    plain = unicodedata.normalize("NFKC", clean(given)[0])
    digits = _COUNTRY.sub("", _PHONE_NOISE.sub("", plain))
    if _MOBILE.fullmatch(digits):
        return Value(digits, cleaned="" if digits == given else "书写格式")
    tidy = plain.replace(" ", "")
    return Value(tidy or None, _FIXED.fullmatch(tidy) is not None)


def split_posts(text: str) -> tuple[str, ...]:
    """The posts in one cell, each once: 书记兼组织委员 gives two."""
    parts = (part.strip() for part in _POST_JOINTS.split(clean(text, multiline=True)[0]))
    return tuple(dict.fromkeys(part for part in parts if part and not is_nothing(part)))


def split_post_and_group(text: str) -> tuple[tuple[str, ...], str | None]:
    """Posts and party group out of one cell: 组织委员/第一党小组."""
    posts: list[str] = []
    group: str | None = None
    for part in split_posts(_BRACKET.sub("/", text)):
        leader = _GROUP_LEADER.fullmatch(part)
        if leader:
            group = group or leader[1]
            posts.append("党小组组长")
        elif _GROUP.fullmatch(part):
            group = part
        else:
            posts.append(part)
    return tuple(posts), group
