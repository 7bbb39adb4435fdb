"""Whether the program works on this computer: each of its parts is used once, and told of.

Nothing of the user's is touched: libraries, settings and what is made lie in the folder that was
asked for, or in one beside it that goes with the test.
"""

from __future__ import annotations

import json
import logging
import os
import platform
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from dangjian_desktop import logs
from dangjian_desktop.children import is_frozen
from dangjian_desktop.errors import UserError
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.services.files import make_ready, write_file
from dangjian_desktop.services.library.about import program_version
from dangjian_desktop.services.library.self_test_steps import STEPS, Ground, Step
from dangjian_desktop.storage.file.placing import folder_aside

LOG = logging.getLogger(__name__)
NAME = "自检报告"
_PLACES = {"DANGJIAN_DATA": "data", "TMPDIR": ".", "TEMP": ".", "TMP": "."}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one step."""

    step: Step
    ok: bool
    words: str
    seconds: float

    def as_json(self) -> dict[str, Any]:
        """As the report writes it."""
        return {
            "code": self.step.code,
            "title": self.step.title,
            "ok": self.ok,
            "words": self.words,
            "seconds": round(self.seconds, 2),
        }


@dataclass(frozen=True, slots=True)
class Tested:
    """A whole test: its outcomes and where its report, its data and its log lie."""

    outcomes: tuple[Outcome, ...]
    lines: tuple[str, ...]
    report: Path
    data: Path
    log: Path

    @property
    def failed(self) -> tuple[str, ...]:
        """The codes of the steps that failed."""
        return tuple(each.step.code for each in self.outcomes if not each.ok)


def run_self_test(out: Path, steps: Sequence[Step] = STEPS) -> Tested:
    """Use every part of the program once; ``out`` gets the report and what was made.

    Raises ``BlockedError`` when the folder cannot be written to.
    """
    out = out.absolute()
    make_ready(out)
    logs.start(out)
    LOG.info("self-test of %s", _surroundings())
    with folder_aside(out / "work") as work, _apart(work):
        ground = Ground(work, out)
        outcomes = tuple(_outcome(step, ground) for step in steps)
    log = out / logs.FILE_NAME
    lines = tuple(_lines(outcomes, log))
    data = {
        "ok": all(each.ok for each in outcomes),
        "program": _surroundings(),
        "steps": [each.as_json() for each in outcomes],
    }
    text = json.dumps(data, ensure_ascii=False, indent=1).encode()
    return Tested(
        outcomes,
        lines,
        write_file(out, NAME, ".txt", "\r\n".join([*lines, ""]).encode("utf-8-sig")),
        write_file(out, NAME, ".json", text),
        log,
    )


@contextmanager
def _apart(folder: Path) -> Iterator[None]:
    """Settings, drafts, logs and temporary files of the test lie here, and not among the user's."""
    before = {name: os.environ.get(name) for name in _PLACES}
    os.environ.update({name: str(folder / place) for name, place in _PLACES.items()})
    try:
        yield
    finally:
        for name, value in before.items():
            del os.environ[name]
            if value is not None:
                os.environ[name] = value


def _outcome(step: Step, ground: Ground) -> Outcome:
    begun = time.monotonic()
    try:
        words, ok = step.run(ground), True
    except UserError as error:
        words, ok = f"{error.message}{error.remedy}", False
        LOG.warning("self-test: %s", step.code)
    except Exception as error:  # noqa: BLE001 - whatever a computer may lack is an outcome
        words, ok = f"内部出错（{type(error).__name__}），详细情况在日志里。", False
        LOG.warning("self-test: %s", step.code)
        logs.bug(error)
    return Outcome(step, ok, words, time.monotonic() - begun)


def _lines(outcomes: Sequence[Outcome], log: Path) -> Iterator[str]:
    yield f"党支部工作台 {program_version()} 自检"
    yield _surroundings()
    for each in outcomes:
        yield f"{'通过' if each.ok else '不通过'}　{each.step.title}：{each.words}"
    failed = [each.step for each in outcomes if not each.ok]
    if not failed:
        yield "自检通过，本机可以使用。"
        return
    codes = "、".join(each.code for each in failed)
    yield f"自检没有通过：{len(failed)} 项（代码 {codes}）。请把这份报告和日志交给维护人员。"
    yield f"日志：{log}"


def _is_installed() -> bool:
    """Frozen, or on Windows an interpreter of its own in the folder of a version."""
    return is_frozen() or (Path(sys.executable).parent.parent / "files.sha256").is_file()


def _surroundings() -> str:
    form = "安装版" if _is_installed() else "源码版"
    machine = f"{platform.system()} {platform.release()} {platform.machine()}"
    return f"{form} {program_version()}，{machine}，Python {sys.version.split()[0]}"
