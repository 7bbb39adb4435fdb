"""The looks that one library knows, and which of them a paper is printed in."""

from __future__ import annotations

from collections.abc import Mapping

from dangjian_desktop.documents.look import Look
from dangjian_desktop.documents.look_reading import read_look
from dangjian_desktop.documents.looks import (
    USUAL,
    default_look,
    shipped_codes,
    shipped_text,
)
from dangjian_desktop.domain.ledgers.record import PREFIX
from dangjian_desktop.errors import InputError
from dangjian_desktop.storage.work import Work

OWN_LOOKS = "looks.own"
"""Setting: the texts of the library's own looks by their codes."""
CHOSEN_LOOKS = "looks.of_papers"
"""Setting: the code of the look of each paper that is not printed in the usual one."""

Looks = Mapping[str, Look]


def shipped() -> Looks:
    """The looks of the program by their codes, the usual one first."""
    return {code: shipped_look(code) for code in shipped_codes()}


def shipped_look(code: str) -> Look:
    """One of them."""
    if code == USUAL:
        return default_look()
    return read_look(shipped_text(code), code, f"版式“{code}”")


def own_texts(work: Work) -> dict[str, str]:
    """The files of the library's own looks, by code."""
    return dict(work.settings.get(OWN_LOOKS, {}))


def looks_in(work: Work) -> Looks:
    """Every look of the library, those that ship first."""
    own = {code: read_look(text, code, "资料库里的版式") for code, text in own_texts(work).items()}
    return {**shipped(), **own}


def look_named(work: Work, name: str) -> Look:
    """The look of this code or title; raises ``InputError`` where there is none."""
    known = looks_in(work)
    found = known.get(name) or next((look for look in known.values() if look.title == name), None)
    if found is None:
        words = "、".join(f"{code}（{look.title}）" for code, look in known.items())
        raise InputError(f"没有名为“{name}”的版式。", f"可用的版式：{words}。")
    return found


def look_of_paper(work: Work, paper: str) -> Look | None:
    """The look that is chosen for the paper of this code; None is the usual one.

    All prints of a ledger have one look, kept under the code of its record. One that was chosen
    and is gone is the usual one.
    """
    kept = chosen(work)
    of_ledger = paper.rpartition(":")[0] if paper.startswith(PREFIX) else ""
    code = kept.get(paper) or kept.get(of_ledger, USUAL)
    if code == USUAL:
        return None
    if code in shipped_codes():
        return shipped_look(code)
    text = own_texts(work).get(code)
    return None if text is None else read_look(text, code, "资料库里的版式")


def unusual(look: Look) -> Look | None:
    """The look, None for the usual one, which papers take of themselves."""
    return None if look.code == USUAL else look


def chosen(work: Work) -> dict[str, str]:
    """The look of each paper for which one is chosen."""
    return dict(work.settings.get(CHOSEN_LOOKS, {}))
