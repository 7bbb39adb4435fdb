"""Arguments of self-checks, and of turns that go round."""

from __future__ import annotations

from pathlib import Path

from dangjian_desktop.cli.grammar import Commands, count, year


def assessment_verbs(verbs: Commands) -> None:
    """What a self-check has beside the verbs of every record."""
    read = verbs.add("read", "读入上级的达标表（xlsx、xls、xlsb、ods、csv），作为一次新的自评")
    read.add_argument("file", type=Path, metavar="文件")
    read.add_argument("--sheet", metavar="工作表", help="有几张工作表都是达标表时写明")
    read.add_argument("--title", metavar="名称", help="不写为表中的标题")
    read.add_argument("--period", metavar="时间段", help="2026-Q1、2026-H1 或 2026；不写为本季度")
    read.add_argument("--dry-run", action="store_true", help="只检查，不写入")
    read.add_argument("--accept-partial", action="store_true", help="读不出的格留空，其余读入")
    finish = verbs.add("finish", "完成自评：来源数字定为现在的数")
    finish.add_argument("--again", action="store_true", help="重新打开已完成的自评")
    problems = verbs.add("problems", "把差距登记为问题")
    for verb in (finish, problems):
        verb.add_argument("id", metavar="编号")


def rota_verb(verbs: Commands) -> None:
    """Turns of a ledger that goes round."""
    rota = verbs.add("rota", "轮讲安排：一年各月还可以排谁、谁还没有讲")
    rota.add_argument("code", metavar="编码")
    rota.add_argument("year", type=year, metavar="年")
    rota.add_argument("--each", type=count, default=1, metavar="人数", help="每个党小组每月几人")
    rota.add_argument("--assign", action="store_true", help="排定：写入台账，可用 ledger undo 撤销")
