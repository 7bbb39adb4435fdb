"""Processes of the program that can be killed, each of them made in milliseconds.

They are forked from one that has imported everything (where the system can fork).
"""

from __future__ import annotations

import multiprocessing
import os
import re
import sys
import time
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from tests.faults.driver import SECRETS, main

_FORKING = "forkserver" in multiprocessing.get_all_start_methods()
_CONTEXT = multiprocessing.get_context("forkserver" if _FORKING else "spawn")
_CONTEXT.set_forkserver_preload(["tests.faults.driver"])
_PATIENCE = 60.0


def _entered(words: list[str], said: str, surroundings: dict[str, str]) -> None:
    """In the new process: speak into the file, as a program does into its terminal."""
    file = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o666)
    for stream, number in ((sys.stdout, 1), (sys.stderr, 2)):
        os.dup2(file, number)
        stream.reconfigure(encoding="utf-8", errors="replace")
    os.environ.update(surroundings)
    code = main(words)
    sys.stdout.flush()
    sys.stderr.flush()
    # As after a kill nothing of the test's own process is tidied up here.
    os._exit(code)


@dataclass
class Run:
    """One process and what it said so far."""

    process: multiprocessing.process.BaseProcess
    said: Path

    @property
    def text(self) -> str:
        return self.said.read_text("utf-8", errors="replace") if self.said.exists() else ""

    @property
    def acknowledged(self) -> list[int]:
        """The numbers of the saves that were said to be done."""
        whole = self.text.rpartition("\n")[0]
        return [int(line[4:]) for line in whole.splitlines() if line.startswith("ack ")]

    def wait_for(self, words: str) -> None:
        """Return once it has said this; fails when it ends without."""
        until = time.monotonic() + _PATIENCE
        while words not in self.text:
            ended = f"ended with {self.process.exitcode}: {self.text}"
            assert self.process.is_alive() or words in self.text, ended
            assert time.monotonic() < until, self.text
            time.sleep(0.001)

    def kill(self) -> None:
        """As ``kill -9``."""
        self.process.kill()
        self.process.join()

    def end(self, patience: float = _PATIENCE) -> int:
        """Its exit code."""
        self.process.join(patience)
        assert self.process.exitcode is not None, f"hangs: {self.text}"
        return self.process.exitcode


@dataclass
class Runs:
    """Starts processes of the driver; ``folder`` holds what they said and logged."""

    folder: Path
    mode: int = 0o755
    given: dict[str, str] = field(default_factory=dict)
    """What the environment of each process has beside."""
    _all: list[Run] = field(default_factory=list)
    _numbers: count[int] = field(default_factory=count)

    def start(self, *words: object) -> Run:
        """A process at work; the words are those of the command line."""
        if not self.folder.exists():
            self.folder.mkdir()
            self.folder.chmod(self.mode)
        said = self.folder / f"{next(self._numbers)}.txt"
        surroundings = {"DANGJIAN_DATA": str(self.folder / "data"), "COVERAGE_PROCESS_START": ""}
        surroundings |= self.given
        given = ([str(word) for word in words], str(said), surroundings)
        process = _CONTEXT.Process(target=_entered, args=given, daemon=True)
        process.start()
        self._all.append(made := Run(process, said))
        return made

    def run(self, *words: object) -> Run:
        """A process that has ended."""
        made = self.start(*words)
        made.end()
        return made

    def end(self) -> None:
        """End what this test left running."""
        for run in self._all:
            run.kill()
            run.process.close()
        self._all.clear()
        for file in self.folder.rglob("*"):
            if file.is_file():
                self._look_at(file.read_text(encoding="utf-8", errors="replace"))

    @staticmethod
    def _look_at(said: str) -> None:
        """What was said and logged holds no number of a person and no word of a bug."""
        assert not re.search(SECRETS, said)
        assert "Traceback" not in said, said
        assert "程序内部出错" not in said, said
