"""Commands that make papers."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from dangjian_desktop.cli.output import Result
from dangjian_desktop.errors import InputError


def minutes(options: argparse.Namespace) -> Result:
    """Minutes of meetings; every id is looked up before anything is written."""
    from dangjian_desktop.services.papers.printing import Layout, Wanted

    wanted = Wanted(layout=Layout(options.layout), look=look_asked(options))
    return _printed(options, "minutes", options.ids, wanted)


def signin(options: argparse.Namespace) -> Result:
    """The sign-in sheet of a meeting."""
    from dangjian_desktop.services.papers.printing import Wanted

    return _printed(options, "signin", [options.id], Wanted(look=look_asked(options)))


def summary(options: argparse.Namespace) -> Result:
    """The summary of a period with its figures: as it is now, or a version that was sent."""
    from dangjian_desktop.services.library.opening import changing, reading
    from dangjian_desktop.services.papers.printing import PrintingService, Wanted
    from dangjian_desktop.services.summaries.sending import SendingService
    from dangjian_desktop.services.summaries.summaries import read_period

    period, made, look = read_period(options.period), formats(options), look_asked(options)
    if options.version and look:
        raise InputError("报出过的版本按报出时的样子打印，不能另选版式。", "请去掉 --look 后重试。")
    with (changing if options.sent else reading)(options.library) as library:
        sending, sent = SendingService(library), None
        if options.sent:
            more = {"look": look, "force": options.force}
            sent, files = sending.send(period, options.sent, options.out, made, **more)
        elif options.version:
            sent = sending.version(period, options.version)
            files = sending.write(sent, options.out, made, force=options.force)
        else:
            printing, wanted = PrintingService(library), Wanted(period=period, look=look)
            sheet = printing.sheet("summary", wanted=wanted)
            how = (options.out, wanted, made)
            files = printing.write("summary", sheet, *how, force=options.force)
        return _summed(
            files, sent.figures if sent else sheet.figures, sent, sending.versions(period)
        )


def _summed(files: Sequence[Path], figures: Any, sent: Any, versions: Sequence[Any]) -> Result:
    """The files, the figures they tell, and what has changed since the version (or the newest)."""
    from dangjian_desktop.services.summaries.sending import difference_json, sent_json
    from dangjian_desktop.services.summaries.summaries import figures_json

    beside = sent or next(reversed(versions), None)
    found = beside.differences if beside else ()
    data = {
        "figures": figures_json(figures),
        "version": sent.version if sent else None,
        "changed": [difference.name for difference in found],
        "differences": difference_json(found),
        "versions": [sent_json(version) for version in versions],
    }
    lines = [f"{beside.title}；{beside.changed}"] if beside else []
    lines += [f"  {d.label}：{d.sent} → {d.now}" for d in found]
    done = written(files)
    return Result(done.data | data, (*done.lines, *lines))


def form(options: argparse.Namespace) -> Result:
    """One form of a project."""
    from dangjian_desktop.services.papers.printing import Wanted

    wanted = Wanted(period=period_asked(options), day=options.as_of, look=look_asked(options))
    return _printed(options, options.form.strip(), [options.id], wanted, "project")


def ledger(options: argparse.Namespace) -> Result:
    """The projects of a year (台账)."""
    from dangjian_desktop.services.papers.printing import Wanted
    from dangjian_desktop.services.summaries.summaries import read_period

    period = read_period(f"{options.year:04d}")
    wanted = Wanted(period=period, group=options.group, look=look_asked(options))
    return _printed(options, "project_ledger", [""], wanted)


def claims(options: argparse.Namespace) -> Result:
    """Which member carries which project (认领表)."""
    from dangjian_desktop.services.papers.printing import Wanted

    wanted = Wanted(day=options.as_of, look=look_asked(options))
    return _printed(options, "project_claims", [""], wanted)


def listed(options: argparse.Namespace) -> Result:
    """Every paper of the catalogue, with what the library adds where there is one."""
    from dangjian_desktop.services.library.opening import reading
    from dangjian_desktop.services.papers.printing import PrintingService, shipped_papers

    papers = shipped_papers()
    if options.library.exists():
        with reading(options.library) as library:
            papers = PrintingService(library).papers()
    found = [{"code": p.code, "title": p.title, "of": p.of} for p in papers]
    return Result({"papers": found}, tuple(f"{p.code}　{p.title}" for p in papers))


def printed(options: argparse.Namespace) -> Result:
    """Any paper of the catalogue: of each of the records, or of a period or a day."""
    from dangjian_desktop.services.papers.printing import Layout, Wanted

    layout = Layout(options.layout) if options.layout else None
    period, look = period_asked(options), look_asked(options)
    group = options.group
    wanted = Wanted(layout=layout, period=period, group=group, day=options.as_of, look=look)
    return _printed(options, options.code, options.ids, wanted)


def _printed(
    options: argparse.Namespace,
    code: str,
    ids: Sequence[str],
    wanted: Any = None,
    of: str | None = None,
) -> Result:
    """The files of a paper; every record is looked up before anything is written."""
    from dangjian_desktop.services.library.opening import changing, reading
    from dangjian_desktop.services.papers.printing import PAPERS, PrintingService, Wanted

    fixes = any(paper.numbered for paper in PAPERS if paper.code == code)
    with (changing if fixes else reading)(options.library) as library:
        printing = PrintingService(library)
        paper = printing.paper(code, of)
        asked = printing.asked_for(paper.code, ids, wanted or Wanted())
        return write(options, printing, [(paper.code, *each) for each in asked])


def write(
    options: argparse.Namespace, printing: Any, prints: Sequence[tuple[str, str, Any]]
) -> Result:
    """The files of prints (code, record, wanted), all of them gathered before one is written."""
    sheets = [printing.sheet(*each) for each in prints]
    files: list[Path] = []
    for (code, uid, wanted), sheet in zip(prints, sheets, strict=True):
        how = (options.out, wanted, formats(options))
        files += printing.write(code, sheet, *how, force=options.force)
        printing.note_print(code, uid, wanted)
    done = written(files)
    warned = dict.fromkeys(filter(None, (printing.warning(*each) for each in prints)))
    return Result(done.data, (*done.lines, *warned))


def period_asked(options: argparse.Namespace) -> Any:
    """The period that was asked for, if any; raises ``InputError``."""
    from dangjian_desktop.services.summaries.summaries import read_period

    return read_period(options.period) if options.period else None


def look_asked(options: argparse.Namespace) -> Any:
    """The look that was asked for, if any; raises ``InputError``."""
    if not options.look:
        return None
    from dangjian_desktop.services.library.opening import reading
    from dangjian_desktop.services.papers.looks import LookService

    with reading(options.library) as library:
        return LookService(library).one(options.look)


def formats(options: argparse.Namespace) -> Sequence[Any]:
    """The formats that were asked for, else both."""
    from dangjian_desktop.services.papers.printing import BOTH, Format

    chosen = dict.fromkeys(options.format or ())
    return tuple(Format(name) for name in chosen) or BOTH


def written(files: Sequence[Path]) -> Result:
    """What was written."""
    paths = [str(path) for path in files]
    return Result({"files": paths}, tuple(f"已生成：{path}" for path in paths))
