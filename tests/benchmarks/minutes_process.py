"""``dangjian minutes ID`` as a whole process, and where its time goes; nothing is demanded.

usage: python -m tests.benchmarks.minutes_process [--runs N]
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from dangjian_desktop.domain.meetings.meeting import MeetingFilter
from dangjian_desktop.services.library.demo import make_demo_library
from dangjian_desktop.services.library.opening import reading
from dangjian_desktop.services.meetings.meetings import MeetingService
from tests.benchmarks.report import Report, compiled

_IMPORTED = re.compile(r"import time:\s+(\d+) \|\s+\d+ \|\s+([\w.]+)")
_LISTED = 6


class Bench:
    """The demo library and one of its meetings."""

    def __init__(self, folder: Path, runs: int) -> None:
        self._library, self._out, self._runs = folder / "demo.dangjian", folder, runs
        make_demo_library(self._library).close()
        self._environment = compiled(folder / "compiled", DANGJIAN_DATA=str(folder / "data"))
        with reading(self._library) as library:
            self._uid = MeetingService(library).find(MeetingFilter())[0]

    def _run(self, command: list[str]) -> tuple[float, subprocess.CompletedProcess[str]]:
        start = time.perf_counter()
        done = subprocess.run(
            [sys.executable, *command],
            check=True,
            capture_output=True,
            text=True,
            env=self._environment,
        )
        return (time.perf_counter() - start) * 1000, done

    def _minutes(self, formats: tuple[str, ...]) -> list[str]:
        chosen = [word for form in formats for word in ("--format", form)]
        place = ["--library", str(self._library), "--out", str(self._out), "--force"]
        return ["minutes", self._uid, *place, *chosen]

    def whole(self, formats: tuple[str, ...]) -> float:
        """Median milliseconds of the process."""
        command = ["-m", "dangjian_desktop.cli", *self._minutes(formats)]
        return statistics.median([self._run(command)[0] for _ in range(self._runs + 1)][1:])

    def python(self) -> float:
        return statistics.median(self._run(["-c", "pass"])[0] for _ in range(self._runs))

    def imports(self) -> Counter[str]:
        """Milliseconds by package of one typical run, the standard library as one."""
        command = ["-X", "importtime", "-m", "dangjian_desktop.cli", *self._minutes(())]
        told = [self._run(command)[1].stderr for _ in range(3)]
        best: Counter[str] = Counter()
        for each in told[1:]:
            spent: Counter[str] = Counter()
            for micros, name in _IMPORTED.findall(each):
                package = name.split(".")[0]
                known = package.lstrip("_") in sys.stdlib_module_names or package.startswith("_")
                spent["standard library" if known else package] += int(micros) / 1000
            if not best or spent.total() < best.total():
                best = spent
        return best

    def parts(self) -> dict[str, float]:
        """Median milliseconds of each part of the work itself."""
        command = ["-m", "tests.benchmarks.minutes_run", *self._minutes(())]
        told = [json.loads(self._run(command)[1].stdout) for _ in range(self._runs)]
        return {part: 1000 * statistics.median(each[part] for each in told) for part in told[0]}


def compare(report: Report, runs: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), runs)
        for formats in ((), ("pdf",), ("docx",)):
            name = " ".join(formats) or "pdf and docx"
            report.line(f"dangjian minutes, {name:13} {bench.whole(formats):7.1f} ms")
        report.line(f"  of this: start of Python    {bench.python():7.1f} ms")
        imports = bench.imports()
        report.line(f"  of this: imports (measured) {imports.total():7.1f} ms")
        for package, spent in imports.most_common(_LISTED):
            report.line(f"    {package:25} {spent:7.1f} ms")
        for part, spent in bench.parts().items():
            report.line(f"  {part:27} {spent:7.1f} ms")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=7)
    compare(Report(), parser.parse_args().runs)
    return 0


if __name__ == "__main__":
    sys.exit(main())
