"""Commands about 责任状: signed, taken back, worded."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from dangjian_desktop.cli.output import Result


def sign(options: argparse.Namespace) -> Result:
    """Take down the day of signing; what was signed stays as it is."""
    return _done(options, "已登记签订", lambda service: service.sign(options.id, options.on))


def withdraw(options: argparse.Namespace) -> Result:
    """Take the signing back, with the reason."""

    def work(service: Any) -> Any:
        return service.withdraw(options.id, options.reason, options.on)

    return _done(options, "已撤回签订", work)


def take_clauses(options: argparse.Namespace) -> Result:
    """The clauses out of a template of the branch's own."""

    def work(service: Any) -> Any:
        return service.take_clauses(options.id, options.template)

    return _done(options, "已取入承诺条款", work)


def _done(options: argparse.Namespace, words: str, work: Callable[[Any], Any]) -> Result:
    from dangjian_desktop.services.agreements.agreements import AgreementService
    from dangjian_desktop.services.library.opening import changing

    with changing(options.library) as library:
        before = work(AgreementService(library))
    return Result({"ids": [before.id]}, (f"{words}：{before.title}",))
