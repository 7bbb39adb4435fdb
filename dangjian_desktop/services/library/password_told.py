"""What is said once a password was set, changed or taken away, and of the copies left out."""

from __future__ import annotations

from dangjian_desktop.frozen import dataclass
from dangjian_desktop.services.library.passwords import Changed


@dataclass(frozen=True, slots=True)
class Told:
    """What was done; where copies could not be changed, that, what to do, and which."""

    done: str
    left: str = ""
    remedy: str = ""
    files: tuple[str, ...] = ()


def told(way: str, done: Changed) -> Told:
    """What is said of a change of these: ``set``, ``renew``, ``remove``, ``change``."""
    words, verb, remedy = _TOLD[way]
    many = f"，{done.copies}份备份已{verb}" if done.copies else ""
    if not done.left:
        return Told(f"{words}{many}")
    left = f"有{len(done.left)}份备份没有{verb}。"
    return Told(f"{words}{many}", left, remedy, tuple(file.name for file in done.left))


_FOLLOW = "可能是损坏的或正由别的程序占用。请在“设置 → 密码”点“一并加密”再试；不再需要的请删除。"
_TOLD = {
    "set": ("密码已设置", "加密", _FOLLOW),
    "renew": ("恢复码已换，原来的作废", "用新的加密", f"它们仍用原来的恢复码打开。{_FOLLOW}"),
    "remove": (
        "密码已去掉",
        "改为不加密",
        "它们有只在密码保护下保存的内容，或是旧版本的、损坏的，仍用原来的密码和恢复码打开："
        "请留好恢复码纸；不再需要的请删除。",
    ),
    "change": (
        "密码已修改，恢复码不变",
        "改用新密码",
        "它们仍用原来的密码打开，恢复码也能打开。请检查备份所在的位置能否写入，再修改一次密码。",
    ),
}
