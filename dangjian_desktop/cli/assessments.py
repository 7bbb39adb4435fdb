"""Commands about self-checks: a superior's table read, finished, its gaps made problems."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from dangjian_desktop.cli.output import Result, issue_lines
from dangjian_desktop.cli.papers import period_asked
from dangjian_desktop.errors import DoubtedError, InputError, Issue


def read(options: argparse.Namespace) -> Result:
    """Store a superior's table as a new self-check, or only say what is in it."""
    from dangjian_desktop.services.assessments.assessments import AssessmentService
    from dangjian_desktop.services.library.copying import CopyService
    from dangjian_desktop.services.library.opening import changing, reading

    period, sheet = period_asked(options), options.sheet or ""
    if options.dry_run:
        with reading(options.library) as library:
            found = AssessmentService(library).looked_into(options.file, sheet)
        data = {"id": None, "title": options.title or found.title}
        head = f"检查结果（没有写入）：“{data['title']}”{len(found.criteria)}项"
    else:
        with changing(options.library) as library:
            CopyService(library).before_import()
            service = AssessmentService(library)
            asked = {"sheet": sheet, "title": options.title or "", "period": period}
            try:
                made, found = service.take(options.file, **asked, accept=options.accept_partial)
            except DoubtedError as error:
                remedy = f"{error.remedy}照样读入：加上 --accept-partial。"
                raise InputError(error.message, remedy, error.issues) from error
        data = {"id": made.id, "title": made.title}
        head = f"已读入“{made.title}”：{len(made.criteria)}项　{made.id}"
    told = {"refused": found.refused, "warnings": found.warnings}
    data |= {"rows": len(found.criteria)}
    data |= {name: [issue.as_json() for issue in issues] for name, issues in told.items()}
    return Result(data, (head, *_told("读不出", found.refused), *_told("提示", found.warnings)))


def finish(options: argparse.Namespace) -> Result:
    """Keep what its sources tell now, or let it be changed again."""
    from dangjian_desktop.services.assessments.assessments import AssessmentService
    from dangjian_desktop.services.library.opening import changing

    with changing(options.library) as library:
        service = AssessmentService(library)
        again = options.again
        done = service.reopen(options.id) if again else service.finish(options.id)
    told = [each.counted for each in done.criteria]
    data = {"id": done.id, "finished": str(done.finished) if done.finished else None}
    words = "已重新打开" if options.again else "已完成自评"
    lines = (f"{words}：{done.title}", *filter(None, told))
    return Result(data | {"counted": told}, lines)


def problems(options: argparse.Namespace) -> Result:
    """Register its gaps as problems."""
    from dangjian_desktop.services.assessments.assessments import AssessmentService
    from dangjian_desktop.services.library.opening import changing

    with changing(options.library) as library:
        made = AssessmentService(library).to_problems(options.id)
    lines = (f"已登记问题 {len(made)} 个", *(f"{each.number}　{each.content}" for each in made))
    return Result({"ids": [each.id for each in made]}, lines)


def _told(title: str, issues: Sequence[Issue]) -> tuple[str, ...]:
    return (f"{title} {len(issues)} 处：", *issue_lines(issues)) if issues else ()
