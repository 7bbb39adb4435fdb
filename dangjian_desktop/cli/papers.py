"""Commands that make papers."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from dangjian_desktop.cli.output import Result


def minutes(options: argparse.Namespace) -> Result:
    """Minutes of meetings; every id is looked up before anything is written."""
    from dangjian_desktop.documents.model import Layout
    from dangjian_desktop.services.library.opening import changing
    from dangjian_desktop.services.meetings.meetings import MeetingService
    from dangjian_desktop.services.papers.printing import PrintingService

    with changing(options.library) as library:
        meetings = MeetingService(library)
        for uid in options.ids:
            meetings.one(uid)
        printing = PrintingService(library)
        files: list[Path] = []
        for uid in options.ids:
            files += printing.export_minutes(
                uid, options.out, _formats(options), Layout(options.layout), force=options.force
            )
    return _written(files)


def signin(options: argparse.Namespace) -> Result:
    """The sign-in sheet of a meeting."""
    from dangjian_desktop.services.library.opening import reading
    from dangjian_desktop.services.papers.printing import PrintingService

    with reading(options.library) as library:
        printing = PrintingService(library)
        document = printing.signin(options.id)
        files = printing.export(document, options.out, _formats(options), force=options.force)
    return _written(files)


def summary(options: argparse.Namespace) -> Result:
    """The summary of a period with its figures."""
    from dangjian_desktop.services.library.opening import reading
    from dangjian_desktop.services.summaries.summaries import (
        SummaryService,
        figures_json,
        read_period,
    )

    period = read_period(options.period)
    with reading(options.library) as library:
        service = SummaryService(library)
        files, figures = service.export_counted(
            period, options.out, _formats(options), force=options.force
        )
    written = _written(files)
    return Result(written.data | {"figures": figures_json(figures)}, written.lines)


def _formats(options: argparse.Namespace) -> Sequence[Any]:
    from dangjian_desktop.services.papers.printing import BOTH, Format

    chosen = dict.fromkeys(options.format or ())
    return tuple(Format(name) for name in chosen) or BOTH


def _written(files: Sequence[Path]) -> Result:
    paths = [str(path) for path in files]
    return Result({"files": paths}, tuple(f"已生成：{path}" for path in paths))
