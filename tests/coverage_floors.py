"""Hold each package to its floor of coverage; reads the report that test.sh has just written."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path

REPORT = Path(__file__).resolve().parent.parent / "build" / "coverage.json"

# Per cent of lines and branches together.
FLOORS = {
    "domain": 90,
    "services": 90,
    "papers": 90,
    "documents": 90,
    "storage": 90,
    "spreadsheets": 90,
    "cli": 85,
    "ui": 80,
}


def shares(files: Mapping[str, Mapping[str, Mapping[str, int]]]) -> dict[str, float]:
    """Per cent covered of each package, from the ``files`` of coverage's JSON report."""
    sums: dict[str, list[int]] = {}
    for name, entry in files.items():
        parts = Path(name).parts
        package = parts[parts.index("dangjian_desktop") + 1]
        summary = entry["summary"]
        counted = sums.setdefault(package, [0, 0])
        counted[0] += summary["covered_lines"] + summary.get("covered_branches", 0)
        counted[1] += summary["num_statements"] + summary.get("num_branches", 0)
    return {name: 100 * covered / whole for name, (covered, whole) in sums.items() if whole}


def main() -> int:
    files = json.loads(REPORT.read_text(encoding="utf-8"))["files"]
    reached = shares(files)
    low = False
    for package, floor in FLOORS.items():
        share = reached.get(package, 0.0)
        low |= share < floor
        sign = "低于下限" if share < floor else "达到"
        sys.stdout.write(f"  {package:<14}{share:6.1f} %   下限 {floor} %   {sign}\n")
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main())
