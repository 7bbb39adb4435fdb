"""Write resources/manifest.txt: every file with its SHA-256 and size (for maintainers); before it
resources/looks/standard.json, which says the same as the file of the usual look.

python installer/make_manifest.py            write it
python installer/make_manifest.py --check    say what is not as listed; 1 when anything is
"""

from __future__ import annotations

import hashlib
import json
import sys
import tomllib
from pathlib import Path

RESOURCES = Path(__file__).resolve().parent.parent / "resources"
MANIFEST = "manifest.txt"
HEADER = "# 由 installer/make_manifest.py 生成，请勿手改；末行是文件数，程序启动时核对。"


def lines(folder: Path) -> list[str]:
    """The lines of the manifest, by path; what a desktop leaves behind (.DS_Store) is no part."""
    names = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    named = sorted(name for name in names if name != MANIFEST and "/." not in f"/{name}")
    return [HEADER, *(line(folder, name) for name in named), str(len(named))]


def line(folder: Path, name: str) -> str:
    """SHA-256, size in bytes and path of one file."""
    content = (folder / name).read_bytes()
    return f"{hashlib.sha256(content).hexdigest()} {len(content)} {name}"


def check(folder: Path) -> int:
    """Print lines that are too many (-) or wanting (+)."""
    listed = (folder / MANIFEST).read_text(encoding="utf-8").splitlines()
    found = lines(folder)
    for each in (each for each in listed if each not in found):
        print(f"- {each}")
    for each in (each for each in found if each not in listed):
        print(f"+ {each}")
    return int(listed != found)


def main() -> int:
    if "--check" in sys.argv[1:]:
        return check(RESOURCES)
    usual = RESOURCES / "looks" / "standard.toml"
    twin = json.dumps(tomllib.loads(usual.read_text(encoding="utf-8")), ensure_ascii=False)
    usual.with_suffix(".json").write_text(f"{twin}\n", encoding="utf-8", newline="\n")
    written = lines(RESOURCES)
    text = "\n".join([*written, ""])
    (RESOURCES / MANIFEST).write_text(text, encoding="utf-8", newline="\n")
    print(f"{MANIFEST}：{written[-1]} 个文件")
    return 0


if __name__ == "__main__":
    sys.exit(main())
