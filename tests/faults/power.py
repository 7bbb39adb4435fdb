"""What may lie on a disk after the power went, made from what was asked of the disk.

What was synced stands. Of the rest each piece of 512 bytes may have arrived or not, whatever came
before or after it; so may a truncation, and the name of a new file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.faults.disk import Step

_SECTOR = 512
_KEPT, _TORN = 0.45, 0.15


@dataclass
class _File:
    """What stands for certain, and what was asked since the last sync."""

    content: bytearray | None = None
    asked: list[Step] = field(default_factory=list)

    def after(self, chance: Random | None) -> bytearray | None:
        """The content with all that was asked, or with what chance lets arrive."""
        content = None if self.content is None else bytearray(self.content)
        for step in self.asked:
            content = _with(content, step, chance)
        return content


def _with(content: bytearray | None, step: Step, chance: Random | None) -> bytearray | None:
    luck = 0.0 if chance is None else chance.random()
    if step.what == "open":
        return bytearray() if content is None and luck < 0.5 else content
    # What is written into a file whose name did not arrive is gone with it.
    if content is None or luck >= _KEPT + _TORN:
        return content
    if step.what == "truncate":
        del content[step.at :]
        return content
    for start in range(0, len(step.data), _SECTOR):
        if luck < _KEPT or (chance is not None and chance.random() < 0.5):
            _put(content, step.at + start, step.data[start : start + _SECTOR])
    return content


def _put(content: bytearray, at: int, data: bytes) -> None:
    if len(content) < at:
        content.extend(bytes(at - len(content)))
    content[at : at + len(data)] = data


class Cut:
    """A disk whose power goes after some of the steps; walk through the cuts in order."""

    def __init__(self, steps: Sequence[Step], before: Path) -> None:
        self._steps = steps
        self._done = 0
        self._files = {before.name: _File(bytearray(before.read_bytes()))}
        self.acknowledged: list[int] = []

    def go_to(self, number: int) -> None:
        """Do everything up to this step."""
        for step in self._steps[self._done : number]:
            self._do(step)
        self._done = number

    def _do(self, step: Step) -> None:
        if step.what == "ack":
            self.acknowledged.append(step.at)
            return
        file = self._files.setdefault(step.file, _File())
        if step.what == "sync":
            file.content, file.asked = file.after(None), []
        elif step.what != "open" or step.at:
            file.asked.append(step)

    def leave(self, folder: Path, chance: Random) -> None:
        """Write the files as they lie there after the power went."""
        for name, file in self._files.items():
            content = file.after(chance)
            (folder / name).unlink(missing_ok=True)
            if content is not None:
                (folder / name).write_bytes(content)
