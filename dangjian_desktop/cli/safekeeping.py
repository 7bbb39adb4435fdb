"""The command line of what keeps the library safe: copies, the password, everything out and in;
and of updating the program itself."""

from __future__ import annotations

from pathlib import Path

from dangjian_desktop.cli.grammar import Commands, day


def safekeeping_commands(commands: Commands) -> None:
    """Add them."""
    _copy_commands(commands)
    _password_commands(commands)
    _everything_commands(commands)
    _update_command(commands)


def _copy_commands(commands: Commands) -> None:
    backup = commands.add("backup", "备份资料库并核验备份")
    where = backup.add_mutually_exclusive_group()
    where.add_argument("--to", type=Path, metavar="文件")
    carried = "连同附件写成一个文件（.zip），写完从磁盘读回核对，供拷到U盘"
    where.add_argument("--one-file", type=Path, metavar="文件.zip", help=carried)
    verify = commands.add("verify", "核验资料库或备份")
    verify.add_argument("file", type=Path, nargs="?", metavar="文件")
    words = "把绕过程序的改动记为有人核对过：核对人的姓名（以后与新的改动分开列出）"
    verify.add_argument("--accept", metavar="姓名", help=words)
    verify.add_argument("--note", default="", metavar="说明", help="核对的情况")
    restore = commands.add("restore", "用备份（或拷出的 .zip）恢复资料库，现有资料库先另存")
    restore.add_argument("file", type=Path, metavar="备份文件")
    restore.add_argument("--dry-run", action="store_true", help="只比较，不恢复")
    words = "备份里有内容不是本程序保存的样子也恢复（先用 verify 看是哪些）"
    restore.add_argument("--with-findings", action="store_true", help=words)
    recover = commands.add("recover", "资料库打不开时：哪里坏了，有哪些备份可以恢复")
    words = "没有完好的备份时，用还能读出的内容和打印时另存的会议记录重建"
    recover.add_argument("--rebuild", action="store_true", help=words)


def _password_commands(commands: Commands) -> None:
    verbs = Commands(commands.add("password", "密码：设置、修改、去掉、用恢复码重设"), "verb")
    making = verbs.add("set", "设置密码，并给出恢复码；资料库和备份一并加密")
    change = verbs.add("change", "修改密码")
    change.add_argument("--new-code", action="store_true", help="换恢复码：原来的恢复码作废")
    remove = verbs.add("remove", "去掉密码；资料库和备份恢复成不加密的")
    for verb in (making, remove):
        verb.add_argument("--deputy", action="store_true", help="只是副书记的密码")
    recover = verbs.add("recover", "忘记密码：用恢复码设置新密码")
    words = "代替环境变量 DANGJIAN_RECOVERY"
    recover.add_argument("--recovery-file", type=Path, metavar="文件", help=f"恢复码，{words}")
    words = "新密码，代替环境变量 DANGJIAN_NEW_PASSWORD"
    for verb in (making, change, recover):
        verb.add_argument("--new-password-file", type=Path, metavar="文件", help=words)


def _everything_commands(commands: Commands) -> None:
    verbs = Commands(commands.add("export", "全部导出"), "verb")
    out = verbs.add("all", "把整个资料库导出为一个文件夹：表格、Word、PDF、JSON，不用本程序也能看")
    out.add_argument("--out", type=Path, required=True, metavar="文件夹")
    out.add_argument("--as-of", type=day, metavar="日期", help="表格和材料截至哪一天")
    verbs = Commands(commands.add("import", "读入全部导出的文件夹"), "verb")
    read = verbs.add("all", "读入全部导出的文件夹，只能读入新的或空的资料库")
    read.add_argument("folder", type=Path, metavar="文件夹")


def _update_command(commands: Commands) -> None:
    words = "从更新文件（.update）更新装好的程序；先备份资料库，新版通过自检才换上"
    update = commands.add("update", words)
    which = update.add_mutually_exclusive_group(required=True)
    which.add_argument("file", type=Path, nargs="?", metavar="更新文件")
    words = "换回上一个版本（新版第一次正常启动以前）"
    which.add_argument("--back", action="store_true", help=words)
    words = "只看：里面是哪个版本，能不能装在这里；不改动任何东西"
    update.add_argument("--check", action="store_true", help=words)
    words = "较早的版本也装；由较新版本升级过的资料库，较早的版本只能按只读方式打开"
    update.add_argument("--older", action="store_true", help=words)
