"""Made-up minutes of any length: the same seed gives the same document."""

from __future__ import annotations

import random
from collections.abc import Iterator

from dangjian_desktop.documents.model import Block, Document, Paragraph, Role, Table, row

RARE = "堃喆犇珺玥昇䶮㛃𬭎𠅤𫖯"
_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
_WHO = (
    "会议认为，",
    "会议指出，",
    "会议强调，",
    "会议要求，",
    "与会人员一致认为，",
    "支委会汇报，",
)
_WHAT = (
    "要把制度建设摆在突出位置",
    "本季度各小组完成走访{a}次，覆盖{b}户",
    "应当按照“谁主管、谁负责”的原则抓好落实",
    "经费支出{b}.{a}万元，占年度预算的{a}％",
    "《年度工作要点》明确的{a}项任务已完成{c}项",
    "对照检查中发现的{c}个问题要限期整改",
    "档案材料由专人保管（一式{c}份）",
    "PDF与Word两种格式同时存档，编号为HY-2026-{a}",
    "系统升级后响应时间由{b}毫秒降至{a}毫秒",
)
_HOW = (
    "，确保按期完成。",
    "；对进度滞后的单位，由组长约谈。",
    "，并于月底前报送书面材料。",
    "，做到件件有着落、事事有回音！",
    "，不得以任何理由推诿；确有困难的，可申请延期。",
)
_HAN = "".join(chr(code) for code in range(0x4E00, 0x9000, 5))


class _Writer:
    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def name(self, *, rare: bool = False) -> str:
        pick = self._random.choice
        return pick(_SURNAMES) + pick(RARE if rare else _HAN) + pick(_HAN)

    def sentence(self) -> str:
        rng = self._random
        what = rng.choice(_WHAT).format(
            a=rng.randint(2, 98), b=rng.randint(100, 999), c=rng.randint(2, 9)
        )
        return rng.choice(_WHO) + what + rng.choice(_HOW)

    def meeting(self, number: int, paragraphs: int) -> Iterator[Block]:
        rng = self._random
        yield Paragraph(f"第{number}次工作会议纪要", Role.TITLE)
        yield Paragraph(f"2026年{number % 12 + 1}月{rng.randint(1, 28)}日14:30", lead="时间：")
        yield Paragraph(f"综合楼{number}01会议室", lead="地点：")
        names = [self.name(rare=True), *(self.name() for _ in range(9))]
        yield Paragraph("、".join(names) + "。", Role.LABELLED, lead="出席：")
        rows = [
            row([str(n), self.name(rare=n == 2), f"第{n}组", rng.choice(("到会", "请假"))])
            for n in range(1, 6)
        ]
        head = row(["序号", "姓名", "单位", "备注"], Role.CELL_HEAD, header=True)
        yield Table((head, *rows), (1, 3, 3, 3))
        for heading in ("一、近期工作", "二、议题讨论", "三、议定事项"):
            yield Paragraph(heading, Role.HEADING1)
            yield Paragraph("（一）总体情况", Role.HEADING2)
            for _ in range(paragraphs):
                yield Paragraph("".join(self.sentence() for _ in range(3)))
        yield Paragraph("记录人：" + self.name(rare=True), Role.SIGNATURE)


def minutes(seed: int) -> Document:
    """Two pages."""
    blocks = tuple(_Writer(seed).meeting(1, 1))
    return Document("纪要", "会议纪要", blocks)


def handbook(seed: int) -> Document:
    """About 150 pages."""
    writer = _Writer(seed)
    blocks = (block for number in range(1, 61) for block in writer.meeting(number, 3))
    return Document("汇编", "会议纪要汇编", tuple(blocks))


WORKS = {"minutes": minutes, "handbook": handbook}
