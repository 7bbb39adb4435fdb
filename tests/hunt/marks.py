"""What is put in during the day and hunted for afterwards, and in which writings."""

from __future__ import annotations

import json
from pathlib import Path
from zipfile import BadZipFile, ZipFile

NAME, OTHER = "欧阳寻踪", "褚䶮"
ID_NUMBER = "110101198003070134"
BAD_ID = "110101198003079999"
PHONE = "13712349876"
LANDLINE = "0571-87651234"
TITLE = "寻踪专题支委会"
MINUTES = "会上逐条核对寻踪台账"
DRAFT = "寻踪草稿还没有存"
ATTACHED = "附件里的寻踪正文"
CRASH = "崩溃时带出的寻踪"
PASSWORD, WRONG = "寻踪 pass&一号", "寻踪 wrong&二号"
KINDS = {
    "numbers": (ID_NUMBER, BAD_ID, PHONE, LANDLINE),
    "names": (NAME, OTHER),
    "minutes": (TITLE, MINUTES, DRAFT, ATTACHED, CRASH),
    "keys": (PASSWORD, WRONG),
}
"""By kind; the groups of the recovery code are keys as well."""
ALL = frozenset(KINDS)


def told_in(data: bytes, kinds: frozenset[str], code: tuple[str, ...] = ()) -> list[str]:
    """What of these kinds stands there, in whatever encoding, or packed."""
    marks = [mark for kind in kinds for mark in KINDS[kind]]
    if "keys" in kinds:
        marks += [*code, *(group.lower() for group in code)]
    found = [mark for mark in marks if any(way in data for way in _ways(mark))]
    return found + [mark for part in _packed(data) for mark in told_in(part, kinds, code)]


def _ways(mark: str) -> list[bytes]:
    ways = [mark.encode(coding, "ignore") for coding in ("utf-8", "utf-16-le", "gb18030")]
    ways += [json.dumps(mark)[1:-1].encode(), repr(mark.encode())[2:-1].encode()]
    return [way for way in ways if len(way) > 4]


def _packed(data: bytes) -> list[bytes]:
    if not data.startswith(b"PK"):
        return []
    from io import BytesIO

    try:
        with ZipFile(BytesIO(data)) as packed:
            return [packed.read(name) for name in packed.namelist()]
    except BadZipFile:
        return []


def files_below(folder: Path) -> list[Path]:
    return [each for each in sorted(folder.rglob("*")) if each.is_file()]
