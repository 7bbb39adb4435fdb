"""What lies beside the files of a package: the list for people, the manifest for programs."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from pathlib import PurePath
from typing import Any

from dangjian_desktop.domain.dates import Period, chinese_date
from dangjian_desktop.domain.submissions.package import Package, PackedFile
from dangjian_desktop.domain.texts import json_text
from dangjian_desktop.services.workbooks import Workbook
from dangjian_desktop.spreadsheets.columns import Column

LIST_CODE = "list.xlsx"
"""What the list is, as what was sent is kept by."""
_COLUMNS = (
    Column("序号", 6),
    Column("材料", 24, centred=False),
    Column("文件名", 48, centred=False),
    Column("字节", 12),
    Column("校验值（SHA-256）", 68),
)


def list_of(package: Package, branch: str, made: datetime, mark: str) -> Workbook:
    """清单: every file with its size and hash, and what was asked for but is not there."""
    period = Period.parse(package.period).label
    rows = [
        (str(number), file.title, file.name, str(file.size), file.sha256)
        for number, file in enumerate(package.files, 1)
    ]
    rows += [("", title, "未报", "", "") for title in package.missing]
    parts = (mark, f"数据截止{chinese_date(package.as_of)}", f"内容：{package.profile.label}")
    return Workbook(
        title=f"{branch}{period}报送材料清单",
        remark="　".join(parts),
        name="报送材料清单",
        columns=_COLUMNS,
        rows=rows,
        made=made,
        foot=("合计", f"{len(package.files)}个文件"),
        author=branch,
    )


def manifest_of(package: Package, branch: str) -> dict[str, Any]:
    """The same for programs: nothing in it tells of the moment or the computer."""
    kinds = Counter(PurePath(file.name).suffix.removeprefix(".") for file in package.files)
    materials = {file.title for file in package.files if file.paper != LIST_CODE}
    return {
        "format": 1,
        "branch": branch,
        "recipient": package.recipient,
        "period": package.period,
        "profile": package.profile.value,
        "day": package.day.isoformat(),
        "as_of": package.as_of.isoformat(),
        "version": package.version,
        "asked": list(package.asked),
        "missing": list(package.missing),
        "counts": {"files": len(package.files), "materials": len(materials), **kinds},
        "files": [_plain(file) for file in package.files],
    }


def manifest_bytes(package: Package, branch: str) -> bytes:
    """The manifest as a file."""
    return json_text(manifest_of(package, branch), indent=2).encode()


def _plain(file: PackedFile) -> dict[str, Any]:
    names = ("name", "title", "paper", "version", "size", "sha256")
    return {name: getattr(file, name) for name in names}
