"""Where a library had better not be worked on, and what to do instead."""

from __future__ import annotations

from pathlib import Path

from dangjian_desktop.frozen import dataclass
from dangjian_desktop.storage.file.places import Place, place_of

HERE = "建议在本机硬盘上办公，"
_WORDS = {
    Place.SHARE: (
        "资料库放在网络共享文件夹里：网络中断或几台电脑同时打开时容易损坏。",
        f"{HERE}需要时用“设置 → 资料与备份 → 第二备份位置”把备份放到共享文件夹。",
    ),
    Place.SYNCED: (
        "资料库放在同步文件夹（{name}）里：同步软件会在保存途中读写文件，可能损坏或换回旧的内容；"
        "支部资料也会传到别的电脑或网上。",
        f"{HERE}放在不同步的文件夹；要多放一份，用“第二备份位置”放到另一个磁盘或U盘。",
    ),
    Place.REMOVABLE: (
        "资料库放在U盘或移动硬盘上：没有弹出就拔下、掉电或丢失，都会丢资料。",
        f"{HERE}要带走时用“设置 → 资料与备份 → 拷到U盘”。",
    ),
}


@dataclass(frozen=True, slots=True)
class Warned:
    """What is said of a place, once for each library and kind of place."""

    kind: str
    message: str
    remedy: str


def warning_of(library: Path) -> Warned | None:
    """What to say of the place of a library that is there or is to be made."""
    found = place_of(library)
    if found is None:
        return None
    place, name = found
    message, remedy = _WORDS[place]
    return Warned(place.value, message.format(name=name), remedy)
