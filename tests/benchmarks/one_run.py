"""One way, one work, in a process of its own: ``python -m tests.benchmarks.one_run WAY WORK N``.

Writes one JSON line: seconds of each run after the first, of the processor too, the first, peak
memory, size.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from dangjian_desktop.documents.model import Document
from tests.benchmarks.minutes_text import WORKS


def way(name: str) -> Callable[[Document], bytes]:
    if name == "typst":
        from tests.benchmarks.typst_way import render_once

        return render_once
    if name == "kept":
        from tests.benchmarks.typst_way import TypstWay

        return TypstWay().render
    if name == "pdf":
        from dangjian_desktop.documents.fonts import bundled_fonts
        from dangjian_desktop.documents.pdf import render_pdf

        return lambda document: render_pdf(document, bundled_fonts())
    if name == "word":
        from dangjian_desktop.documents.word import render_word

        return render_word
    from tests.benchmarks.bare_word import render

    return render


def peak_mib() -> float:
    """The most memory this process ever held; 0 where the system does not tell."""
    # getrusage would also count what the process that started this one held at that moment.
    status = Path("/proc/self/status")
    if not status.exists():
        return 0.0
    told = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return int(told.split()[1]) / 1024


def main() -> None:
    name, work, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
    documents = [WORKS[work](seed) for seed in range(count + 1)]
    seconds, used, size, render = [], [], 0, None
    for document in documents:
        start, begun = time.perf_counter(), time.process_time()
        render = render or way(name)
        size = len(render(document))
        seconds.append(time.perf_counter() - start)
        used.append(time.process_time() - begun)
    told = {"first": seconds[0], "runs": seconds[1:], "used": used[1:]}
    told |= {"peak": peak_mib(), "size": size}
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main()
