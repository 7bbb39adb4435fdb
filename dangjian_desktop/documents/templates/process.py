"""The child in which a template is handled, as its parent sees it: asked, and ended."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from threading import Timer
from typing import Any

from dangjian_desktop.children import TEMPLATE, command, surroundings

_KEPT = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "LD_LIBRARY_PATH", "HOME", "LANG")


class GoneError(Exception):
    """The child took too long and was ended, or it ended by itself."""


class ChildProcess:
    """A child that answers one question after another; ``close`` ends it whatever it does."""

    def __init__(self) -> None:
        environment = {key: os.environ[key] for key in _KEPT if key in os.environ}
        self._process = subprocess.Popen(
            command(TEMPLATE),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
            env={**environment, **surroundings(), "PYTHONIOENCODING": "utf-8"},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )

    def ask(self, asked: Mapping[str, Any], seconds: float) -> dict[str, Any]:
        """Its answer; raises ``GoneError`` where none comes in time."""
        limit = Timer(seconds, self._process.kill)
        limit.start()
        try:
            taken, given = self._process.stdin, self._process.stdout
            if taken is None or given is None:
                raise GoneError
            taken.write(f"{json.dumps(asked)}\n")
            taken.flush()
            found: dict[str, Any] = json.loads(given.readline())
        except (OSError, ValueError) as error:
            raise GoneError from error
        finally:
            limit.cancel()
        return found

    def close(self) -> None:
        """End it."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                if pipe is not None:
                    pipe.close()
