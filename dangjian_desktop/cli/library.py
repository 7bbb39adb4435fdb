"""Commands about the library as a whole."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from dangjian_desktop.cli.given import PASSWORD, given
from dangjian_desktop.cli.output import Result
from dangjian_desktop.cli.papers import period_asked
from dangjian_desktop.errors import BlockedError


def new(options: argparse.Namespace) -> Result:
    """Make a library."""
    from dangjian_desktop.domain.branch import Branch
    from dangjian_desktop.services.library.branch import new_library

    branch = Branch(
        name=options.name,
        short_name=options.short_name,
        superior=options.superior,
        founded=options.founded,
        term_start=options.term_start,
    )
    path, lines = str(options.library), ("请勿录入涉密内容。",)
    if (password := given(options, PASSWORD)) is None:
        new_library(options.library, branch, holder="命令行").close()
        return Result({"library": path}, (f"已新建资料库：{path}", *lines))
    from dangjian_desktop.cli.passwords import code_lines, proved, warned
    from dangjian_desktop.services.library.passwords import make_locked, new_secret

    secret, wanted = new_secret(), warned(password)
    proof = proved(secret.groups)
    make_locked(options.library, branch, secret, wanted, holder="命令行").close()
    code = "-".join(secret.groups)
    told = (f"已新建资料库，打开要密码：{path}", *code_lines(code, proof), *lines)
    return Result({"library": path, "recovery_code": code}, told)


def info(options: argparse.Namespace) -> Result:
    """What the library holds."""
    from dangjian_desktop.services.library.branch import BranchService
    from dangjian_desktop.services.library.opening import reading

    with reading(options.library) as library:
        found = BranchService(library).info()
    members = found["members"]
    kinds = f"正式党员 {members['formal']} 人，预备党员 {members['probationary']} 人"
    if members["undecided"]:
        kinds += f"，另有身份未定 {members['undecided']} 人"
    lines = (
        f"党支部：{found['branch']}",
        kinds,
        f"会议 {found['meetings']} 次，项目 {found['projects']} 个",
        f"资料库：{found['library']}",
        f"大小 {found['size_bytes'] // 1024} KB，格式第 {found['schema']} 版",
    )
    return Result(found, lines)


def demo(options: argparse.Namespace) -> Result:
    """Make the sample library and everything it can print."""
    from dangjian_desktop.services.files import make_ready
    from dangjian_desktop.services.library.demo import make_demo

    if options.pictures:
        make_ready(options.pictures)
    made = make_demo(options.out)
    files = [str(path) for path in made.files]
    lines = (
        f"示例资料库：{made.library}",
        f"示例文档 {len(files)} 份，在：{made.library.parent}",
    )
    pictures = _pictures(options.pictures, made) if options.pictures else ([], ())
    data = {"library": str(made.library), "files": files, "pictures": pictures[0]}
    return Result(data, (*lines, *pictures[1]))


def _pictures(folder: Path, made: Any) -> tuple[list[str], tuple[str, ...]]:
    """The pages of the documents as pictures, and what is said of them."""
    from dangjian_desktop.services.library.pictures import NO_OFFICE, office, picture_files

    program = office()
    found = picture_files(made.files, made.library.parent, folder, program)
    pictures = [str(file) for file in found]
    told = f"图片 {len(pictures)} 张，在：{folder}"
    return pictures, (told,) if program else (told, f"{NO_OFFICE}。")


def self_test(options: argparse.Namespace) -> Result:
    """Whether the program works on this computer; 1 where a part of it does not."""
    try:
        from dangjian_desktop.services.library.self_test import run_self_test
    except (ImportError, OSError) as error:
        # What is to be tested is needed for the test itself: there is no report then.
        message = "不通过　程序模块：有程序库缺失或损坏，不能载入（代码 ST-MODULES）。"
        raise BlockedError(message, "请重新安装本程序。") from error

    tested = run_self_test(options.out)
    data = {
        "ok": not tested.failed,
        "report": str(tested.report),
        "data": str(tested.data),
        "log": str(tested.log),
        "failed": list(tested.failed),
        "steps": [each.as_json() for each in tested.outcomes],
    }
    lines = (*tested.lines, f"报告：{tested.report}")
    return Result(data, lines, 1 if tested.failed else 0)


def gui(options: argparse.Namespace) -> Result:
    """Open the window; the exit status is the window's."""
    from dangjian_desktop.app import main

    words = ["--debug"] if options.debug else []
    if options.library.exists():
        words.append(str(options.library))
    return Result({}, code=main(words))


def check(options: argparse.Namespace) -> Result:
    """Hold the library against the rules."""
    from dangjian_desktop.domain.checks.selecting import State
    from dangjian_desktop.services.checks.checks import CheckService, finding_json
    from dangjian_desktop.services.library.opening import reading

    with reading(options.library) as library:
        service = CheckService(library)
        as_of = options.as_of or service.judged_on()
        findings = service.findings(as_of, options.rule, period_asked(options))
    if options.state:
        findings = tuple(filter(State(options.state).holds, findings))
    shown = [f for f in findings if f.open or options.state]
    lines = [
        f"支部体检（截至 {as_of.isoformat()}）：需要关注 {len(shown)} 项，共 {len(findings)} 项"
    ]
    for finding in shown:
        lines.append(
            f"{finding.verdict.sign} {finding.verdict.label}　{finding.subject}："
            f"{finding.message}（{finding.rule}，{finding.basis}）"
        )
    data = {"as_of": as_of.isoformat(), "findings": [finding_json(f) for f in findings]}
    return Result(data, tuple(lines))


def rebuild(options: argparse.Namespace) -> Result:
    """Make anew what is derived from the records."""
    from dangjian_desktop.services.library.opening import changing
    from dangjian_desktop.services.library.rebuilding import RebuildService, told

    with changing(options.library) as library:
        done = RebuildService(library).run(index_only=options.index)
    return Result({"rebuilt": [*done], "counts": done}, (f"已重建：{told(done)}",))


def search(options: argparse.Namespace) -> Result:
    """Find members and meetings."""
    from dangjian_desktop.services.library.opening import reading
    from dangjian_desktop.services.library.search import SearchService, search_json

    with reading(options.library) as library:
        service = SearchService(library)
        hits, total = service.find(options.text, options.limit)
        indexed = service.indexed
    lines = [f"找到 {total} 条"]
    if not indexed:
        lines.append("索引缺失或与记录不一致，这次是逐条查找；用 rebuild --index 重建后更快")
    lines += [f"{hit.date or '党员'}　{hit.title}　{hit.snippet}　{hit.id}" for hit in hits]
    return Result(search_json(hits, total), tuple(lines))
