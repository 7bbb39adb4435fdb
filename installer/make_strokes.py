"""Write resources/strokes/strokes.txt out of the Unihan database (for maintainers).

python installer/make_strokes.py FOLDER    where Unihan_IRGSources.txt and Unihan_OtherMappings.txt
                                           lie, as they are or as .bz2 (Debian: unicode-data)

Characters stand by their strokes as the mainland counts them (kTotalStrokes); those of one count
in the order of 通用规范汉字表 (kTGH), which is that of GB 13000.1 字符集汉字字序（笔画序）, others
behind them by their code.
"""

from __future__ import annotations

import bz2
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

OUT = Path(__file__).resolve().parent.parent / "resources" / "strokes" / "strokes.txt"
HEADER = "# 由 installer/make_strokes.py 从 Unihan 数据库选取、重排；许可见 LICENSE-Unicode.txt。"
LAST_BASIC = 0x9FFF


def values(folder: Path, file: str, name: str) -> Iterator[tuple[int, str]]:
    """Code point and value of one property."""
    plain, packed = folder / file, folder / f"{file}.bz2"
    data = plain.read_bytes() if plain.exists() else bz2.decompress(packed.read_bytes())
    for line in data.decode("utf-8").splitlines():
        parts = line.split("\t")
        if len(parts) == 3 and parts[1] == name:
            yield int(parts[0][2:], 16), parts[2]


def main(folder: Path) -> int:
    order = {
        code: int(value.partition(":")[2])
        for code, value in values(folder, "Unihan_OtherMappings.txt", "kTGH")
    }
    by_count: dict[int, list[int]] = defaultdict(list)
    for code, value in values(folder, "Unihan_IRGSources.txt", "kTotalStrokes"):
        if code in order or 0x3400 <= code <= LAST_BASIC:
            by_count[int(value.split()[0])].append(code)
    lines = [HEADER]
    for count in sorted(by_count):
        codes = sorted(by_count[count], key=lambda code: (order.get(code, 10_000), code))
        lines.append(f"{count} {''.join(map(chr, codes))}")
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text("\n".join([*lines, ""]), encoding="utf-8", newline="\n")
    print(f"{OUT.name}：{sum(map(len, by_count.values()))} 个字")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
