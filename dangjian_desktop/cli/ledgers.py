"""Commands about ledgers (台账)."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import Any

from dangjian_desktop.cli.imports import import_lines, import_result
from dangjian_desktop.cli.meetings import read_json
from dangjian_desktop.cli.output import Result
from dangjian_desktop.cli.papers import look_asked, period_asked, write
from dangjian_desktop.errors import InputError


def listed(options: argparse.Namespace) -> Result:
    """Every ledger, with the number of its rows."""
    from dangjian_desktop.services.ledgers.ledgers import LedgerService
    from dangjian_desktop.services.library.opening import reading

    with reading(options.library) as library:
        service = LedgerService(library)
        counts = service.counts()
        found = [_entry(entry, counts[entry.ledger.code]) for entry in service.all()]
    lines = [
        f"{e['code']}　{e['title']}　{e['rows']}条{'' if e['on'] else '　不显示'}"
        f"{'　要求填报' if e['asks'] else ''}"
        for e in found
    ]
    return Result({"ledgers": found}, tuple(lines))


def _entry(entry: Any, rows: int) -> dict[str, Any]:
    ledger = entry.ledger
    return {
        "code": ledger.code,
        "title": ledger.title,
        "section": ledger.section.value,
        "level": ledger.level.value,
        "origin": ledger.origin.value,
        "edition": ledger.edition,
        "changed": entry.changed,
        "on": entry.shown,
        "asks": entry.ask is not None,
        "rows": rows,
    }


def show(options: argparse.Namespace) -> Result:
    """One ledger: its fields and rows, perhaps only of a period."""
    from dangjian_desktop.services.ledgers.ledgers import LedgerService
    from dangjian_desktop.services.library.opening import reading
    from dangjian_desktop.services.narrowing import narrowed

    wanted = narrowed(period=period_asked(options))
    with reading(options.library) as library:
        service = LedgerService(library)
        ledger = service.one_ledger(options.code).ledger
        rows = service.as_json(options.code, wanted)
        lines_of = service.of(options.code).rows([row["id"] for row in rows])
    fields = [{"name": f.name, "label": f.label, "type": f.type.value} for f in ledger.fields]
    data = {
        "ledger": {"code": ledger.code, "title": ledger.title, "fields": fields},
        "rows": rows,
    }
    lines = [f"{row['number']}　{lines_of[row['id']].title}　{row['id']}" for row in rows]
    return Result(data, (f"{ledger.title}：{len(rows)}条", *lines))


def read(options: argparse.Namespace) -> Result:
    """Import rows from a spreadsheet or JSON, or only say what would happen."""
    from dangjian_desktop.services.ledgers.import_report import report_of
    from dangjian_desktop.services.ledgers.importing import LedgerImports
    from dangjian_desktop.services.ledgers.ledgers import LedgerService
    from dangjian_desktop.services.library.opening import changing, reading

    file: Path = options.file
    of_json = file.suffix.lower() == ".json"
    if of_json and options.report:
        words = f"“{file.name}”不是表格，没有原表可以加“问题”一列。"
        raise InputError(words, "导入 JSON 时请去掉 --report。")
    opening = reading if options.dry_run else changing
    how = {"dry_run": options.dry_run, "accept_partial": options.accept_partial}
    with opening(options.library) as library:
        imports = LedgerImports(library)
        if of_json:
            done = imports.run_json(options.code, read_json(file), file.name, **how)
        else:
            mapping = read_json(options.mapping) if options.mapping else None
            places = {"sheet": options.sheet, "header_row": options.header_row, "mapping": mapping}
            done = imports.run(options.code, file, **how, **places)
        told = report_of(LedgerService(library).one_ledger(options.code).ledger.title, done)
        return import_result(library, told, options, done.as_json(), import_lines(told, options))


def undo(options: argparse.Namespace) -> Result:
    """Take one import back."""
    from dangjian_desktop.services.ledgers.importing import LedgerImports
    from dangjian_desktop.services.library.opening import changing

    with changing(options.library) as library:
        removed, restored = LedgerImports(library).undo(options.batch)
    line = f"已撤销：移除 {removed} 条，还原 {restored} 条"
    return Result({"removed": removed, "restored": restored}, (line,))


def export(options: argparse.Namespace) -> Result:
    """The rows as a workbook."""
    from dangjian_desktop.services.ledgers.exporting import LedgerExport
    from dangjian_desktop.services.library.opening import reading

    with reading(options.library) as library:
        file, rows = LedgerExport(library).export(
            options.code,
            options.file,
            period=period_asked(options),
            profile=options.profile,
            force=options.force,
        )
    return Result({"files": [str(file)], "rows": rows}, (f"已导出 {rows} 条：{file}",))


def sample(options: argparse.Namespace) -> Result:
    """A sheet to hand out."""
    from dangjian_desktop.services.library.opening import reading
    from dangjian_desktop.services.samples import SampleService

    with reading(options.library) as library:
        file = SampleService(library).ledger(options.code, options.file, force=options.force)
    return Result({"files": [str(file)]}, (f"样表：{file}",))


def printed(options: argparse.Namespace) -> Result:
    """Every print of one row, or of a period."""
    from dangjian_desktop.services.library.opening import reading
    from dangjian_desktop.services.papers.printing import LEDGER, ROW, PrintingService, Wanted

    period = period_asked(options)
    with reading(options.library) as library:
        printing = PrintingService(library)
        papers = printing.of_ledger(options.code, ROW if options.id else LEDGER)
        if not papers:
            what = "单条记录" if options.id else "整本台账"
            raise InputError(f"这本台账没有{what}的打印样式。", "请在台账样式里增加打印样式。")
        look, day = look_asked(options), options.as_of
        wanted = [Wanted(period=p.fitting(period), day=day, look=look) for p in papers]
        prints = [
            (paper.code, options.id or "", each) for paper, each in zip(papers, wanted, strict=True)
        ]
        return write(options, printing, prints)


def delete(options: argparse.Namespace) -> Result:
    """Put a row into the bin."""
    from dangjian_desktop.services.ledgers.ledgers import LedgerService
    from dangjian_desktop.services.library.opening import changing

    with changing(options.library) as library:
        rows = LedgerService(library).of(options.code)
        rows.delete(rows.one(options.id).id, options.reason)
    return Result({"ids": [options.id]}, (f"已删除：{options.id}（可从回收站恢复）",))


def define(options: argparse.Namespace) -> Result:
    """Take a ledger from a file (台账样式文件)."""
    from dangjian_desktop.services.ledgers.declaring import LedgerStyles
    from dangjian_desktop.services.library.opening import changing

    with changing(options.library) as library:
        entry = LedgerStyles(library).import_file(options.file, replacing=options.replace)
    ledger = entry.ledger
    return Result({"code": ledger.code}, (f"已采用台账“{ledger.title}”，编码 {ledger.code}",))


def switch(options: argparse.Namespace) -> Result:
    """Show a ledger among the others or not."""
    from dangjian_desktop.services.ledgers.declaring import LedgerStyles
    from dangjian_desktop.services.library.opening import changing

    shown = options.state == "on"
    with changing(options.library) as library:
        entry = LedgerStyles(library).switch(options.code, shown=shown)
    words = "显示" if shown else "不显示"
    return Result({"code": options.code, "on": shown}, (f"“{entry.ledger.title}”：{words}",))


def asking(options: argparse.Namespace) -> Result:
    """Switch the asking of a ledger on or off."""
    from dangjian_desktop.services.ledgers.declaring import LedgerStyles
    from dangjian_desktop.services.library.opening import changing

    on = options.state == "on"
    since = options.since.isoformat() if options.since else None
    with changing(options.library) as library:
        entry = LedgerStyles(library).ask(options.code, on=on, since=since)
    words = "要求填报" if on else "不要求填报"
    return Result({"code": options.code, "asks": on}, (f"“{entry.ledger.title}”：{words}",))


def rota(options: argparse.Namespace) -> Result:
    """The turns of a year: those that can be added, who has spoken, who has not yet."""
    from dangjian_desktop.domain.ledgers.rota import open_words, spoken_words
    from dangjian_desktop.services.ledgers.rotas import LedgerRotas
    from dangjian_desktop.services.library.opening import changing, reading

    batch, each = None, options.each
    opening = changing if options.assign else reading
    with opening(options.library) as library:
        rotas = LedgerRotas(library)
        found = rotas.proposed(options.code, options.year, each)
        if options.assign:
            batch, _count = rotas.assign(options.code, options.year, each)
            found = replace(rotas.proposed(options.code, options.year, each), turns=found.turns)
    turns = [_turn(turn) for turn in found.turns]
    data = {"turns": turns, "held": list(found.held), "waiting": list(found.waiting)}
    data["without"] = [{"name": name, "reason": why} for name, why in found.without]
    data |= {"lost": [_turn(turn) for turn in found.lost], "batch": batch}
    words = f"已排定 {len(turns)} 个轮次" if batch else f"还可以排 {len(turns)} 个轮次"
    lines = [f"{t['month']}　{t['group'] or '—'}　{t['name']}" for t in turns]
    lines += [spoken_words(found), *open_words(found)]
    lines += [f"批次：{batch}（可用 ledger undo 撤销）"] if batch else []
    return Result(data, (words, *lines))


def _turn(turn: Any) -> dict[str, str]:
    return {
        "month": str(turn.month),
        "group": turn.group,
        "id": turn.member,
        "name": turn.name,
    }
