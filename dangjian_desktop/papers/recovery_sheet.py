"""The paper with the recovery code: what heals a lost password, and what nothing heals."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from dangjian_desktop.documents.model import (
    Document,
    Layout,
    Paragraph,
    Role,
    Row,
    Table,
    cell,
    row,
)
from dangjian_desktop.documents.qr import qr_picture
from dangjian_desktop.domain.dates import chinese_date
from dangjian_desktop.papers.stamp import Stamp
from dangjian_desktop.storage.file.recovery_code import BOTH_LOST

TITLE = "资料库恢复码"
_LINES = (
    ("有什么用", "忘记密码、旁边的钥匙文件（.keys）丢失或损坏、资料库搬到别的电脑，都凭它打开。"),
    (
        "怎么用",
        "打开资料库时点“忘记密码”，输入上面9组字母和数字，再设新密码。大小写、空格、"
        "横线不影响；没有字母O、I、L，看上去像的是数字0和1。抄错的，程序会指出是第几组。",
    ),
    ("怎么保管", "拿到它的人等于有了密码，请像公章一样保管，不要拍照，不要存在同一台电脑里。"),
    ("两样都丢了", BOTH_LOST),
    ("作废", "换过恢复码以后（新的编号不同），这张纸就没有用了；只换密码，它仍然有效。"),
)


def compose_sheet(groups: Sequence[str], library: str, now: datetime, mark: str) -> Document:
    """One page; ``library`` is the name of the file, ``mark`` tells the code from later ones."""
    code = "-".join(groups)
    when = f"{chinese_date(now.date())} {now:%H:%M}"
    named = (f"日期：{when}", f"编号：{mark}", "格式：恢复码第1版")
    return Document(
        name=f"{library}恢复码",
        title=TITLE,
        blocks=(
            Paragraph(TITLE, Role.TITLE),
            Paragraph(f"资料库：{library}", Role.CENTER),
            Paragraph("　".join(named), Role.CENTER),
            Paragraph("", Role.BLANK_LINE),
            _table(groups),
            Paragraph("", Role.BLANK_LINE),
            qr_picture(code, "恢复码的二维码"),
            *(Paragraph(text, Role.FLUSH, f"{lead}：") for lead, text in _LINES),
        ),
        layout=Layout.FORM,
        foot=Stamp(None, now).foot,
        made=now,
    )


def _table(groups: Sequence[str]) -> Table:
    """Three groups to a line, each with its number."""
    lines = [groups[start : start + 3] for start in range(0, len(groups), 3)]
    rows = []
    for number, line in enumerate(lines):
        titles = [_called(3 * number + place, len(groups)) for place in range(len(line))]
        rows.append(row(titles, Role.CELL_HEAD))
        texts = tuple(cell(" ".join(group), Role.CELL_CENTER) for group in line)
        rows.append(Row(texts, min_height_mm=11, splittable=False))
    return Table(tuple(rows), (1, 1, 1))


def _called(place: int, count: int) -> str:
    return f"第{place + 1}组" + ("（核对组）" if place == count - 1 else "")
