"""Commands about looks (版式)."""

from __future__ import annotations

import argparse
from typing import Any

from dangjian_desktop.cli.output import Result


def listed(options: argparse.Namespace) -> Result:
    """Every look, with the papers that are printed in it."""
    from dangjian_desktop.services.library.opening import reading
    from dangjian_desktop.services.papers.looks import LookService, shipped

    looks, chosen, own = shipped(), {}, set()
    if options.library.exists():
        with reading(options.library) as library:
            service = LookService(library)
            looks, chosen = service.all(), service.chosen()
            own = {code for code in looks if service.is_own(code)}
    found = [
        {
            "code": code,
            "title": look.title,
            "own": code in own,
            "papers": [paper for paper, of in chosen.items() if of == code],
        }
        for code, look in looks.items()
    ]
    lines = [f"{e['code']}　{e['title']}{'　自定' if e['own'] else ''}" for e in found]
    return Result({"looks": found}, tuple(lines))


def show(options: argparse.Namespace) -> Result:
    """The values of one look, and what is printed in the place of faces that are missing."""
    from dangjian_desktop.services.library.opening import reading
    from dangjian_desktop.services.papers.looks import SECTIONS, TITLES, LookService

    with reading(options.library) as library:
        service = LookService(library)
        look = service.one(options.look)
        values, missing = service.values(look), service.stand_ins(look)
    told = {"code": look.code, "title": look.title, "values": values, "missing": list(missing)}
    lines = [
        f"{TITLES.get(section, '')}{'　' if section else ''}{field.label}：{_said(field, value)}"
        for section, fields in SECTIONS.items()
        for field in fields
        if (value := values[section][field.name]) not in (None, "")
    ]
    return Result({"look": told}, (*lines, *missing))


def _said(field: Any, value: Any) -> str:
    return f"{dict(field.choices).get(value, value)}{field.unit}"


def read(options: argparse.Namespace) -> Result:
    """Take a look from a file of looks, or read it from an old Word file."""
    from dangjian_desktop.services.library.opening import changing
    from dangjian_desktop.services.papers.looks import LookService, Taken

    with changing(options.library) as library:
        service = LookService(library)
        if options.file.suffix.lower() == ".docx":
            taken = service.take_word(options.file)
        else:
            taken = Taken(service.take(options.file), ())
    look = taken.look
    data = {"code": look.code, "title": look.title, "left": list(taken.left)}
    return Result(data, (f"已增加版式“{look.title}”，编码 {look.code}", *taken.left))


def export(options: argparse.Namespace) -> Result:
    """Write a look as a file for others."""
    from dangjian_desktop.cli.papers import written
    from dangjian_desktop.services.library.opening import reading
    from dangjian_desktop.services.papers.looks import LookService

    with reading(options.library) as library:
        return written([LookService(library).hand_out(options.look, options.out)])


def choose(options: argparse.Namespace) -> Result:
    """Print a paper in this look from now on."""
    from dangjian_desktop.errors import InputError
    from dangjian_desktop.services.library.opening import changing
    from dangjian_desktop.services.papers.looks import LookService

    with changing(options.library) as library:
        service = LookService(library)
        papers = service.papers()
        if options.paper not in papers:
            words = "、".join(papers)
            raise InputError(f"没有可以选版式的材料“{options.paper}”。", f"可用的：{words}。")
        look = service.one(options.look)
        service.choose(options.paper, look.code)
    words = f"{papers[options.paper]}：{look.title}"
    return Result({"paper": options.paper, "look": look.code}, (words,))
