"""Made-up writing, always the same for the same seed."""

from __future__ import annotations

from functools import cache
from random import Random

_SIGNS = (
    "党支部会议学习讨论研究工作安全生产任务计划安排落实检查整改问题原因措施责任时间地点人员班组设备维修保养记录"
    "材料汇报意见建议同意通过表决票数公示谈话帮助困难职工群众服务活动主题教育条例章程规定要求标准质量效率成本节约"
    "创新技术培训考核评议民主监督纪律作风廉洁提醒月份季度年度上半下半今年去年明天上午下午晚班早班车间现场仓库"
    "办公楼前后左右大小多少高低快慢新旧好坏先进典型经验交流推广应用完成达到超过不足加强改进提高降低减少增加保持"
    "继续坚持认真及时准确全面具体实际情况数据统计分析比较结果影响关系联系方面部分整体重点难点关键环节流程制度"
    "管理组织领导带头示范岗位承诺践诺志愿劳动清扫植树献血捐款走访慰问老同志青年妇女儿童家属社区村镇学校医院"
)
_PLENTY = 4_000


def chance(seed: int) -> Random:
    return Random(f"growth {seed}")


@cache
def _vocabulary() -> tuple[list[str], list[float]]:
    """Words of one to three signs; the n-th is met about 1/n times as often as the first."""
    dice = chance(-1)
    made = ["".join(dice.choices(_SIGNS, k=dice.choice((1, 2, 2, 2, 3)))) for _ in range(_PLENTY)]
    weights = [0.0]
    for rank in range(1, _PLENTY + 1):
        weights.append(weights[-1] + 1 / (rank + 9))
    return made, weights[1:]


def sentence(dice: Random, length: int) -> str:
    """About so many signs with commas, a number now and then, and a full stop."""
    made, weights = _vocabulary()
    parts, so_far = [], 0
    for word in dice.choices(made, cum_weights=weights, k=length):
        parts.append(word)
        so_far += len(word)
        if so_far >= length:
            break
        if dice.random() < 0.08:
            parts.append(f"{dice.randrange(2, 900)}{dice.choice('人件次项吨米')}")
        elif dice.random() < 0.16:
            parts.append("，")
    return "".join(parts).rstrip("，") + "。"


def paragraphs(dice: Random, length: int, each: int = 110) -> list[str]:
    """Sentences of together about so many signs."""
    return [sentence(dice, each) for _ in range(max(1, length // each))]
