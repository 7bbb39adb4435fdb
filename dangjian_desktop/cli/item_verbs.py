"""What the commands of items can be given."""

from __future__ import annotations

import argparse

from dangjian_desktop.cli.grammar import WEEK, Commands, day, output_options, week_or_day, year


def item_verbs(verbs: Commands, listing: argparse.ArgumentParser) -> None:
    """How the list is narrowed, and what is printed."""
    listing.add_argument("--kind", metavar="列入", help="problem 问题、task 任务、duty 责任")
    listing.add_argument("--year", type=year, metavar="年", help="提出的年度")
    listing.add_argument("--person", metavar="姓名", help="责任人或责任领导")
    listing.add_argument("--source", metavar="来源", help="例如 meeting 或 会议议定")
    listing.add_argument("--state", metavar="状态", help="例如 going 或 未销号、doing 或 办理中")
    listing.add_argument("--overdue", action="store_true", help="逾期的")
    words = "到这一天应办结而未销号的；不写日期为本周到期的"
    listing.add_argument(
        "--due", nargs="?", const=WEEK, type=week_or_day, metavar="日期", help=words
    )
    made = verbs.add("print", "督办单、销号单、任务书、整改回执，或一个时间段的清单、台账")
    made.add_argument("ids", nargs="*", metavar="编号")
    forms = "问题、任务、责任、主体责任、三单、台账、时序、路线图、督办、销号、任务书、回执"
    made.add_argument("--form", required=True, metavar="表", help=forms)
    made.add_argument("--period", metavar="时间段", help="清单的年、半年、季度或月；不写为今年")
    made.add_argument("--as-of", type=day, metavar="日期", help="数据截止日")
    output_options(made, formats=True)
