"""The files of faces on this machine and in the user's folder, by the names that looks ask for."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from struct import error

from dangjian_desktop import paths
from dangjian_desktop.documents.look import Families, Look
from dangjian_desktop.documents.roles import Face
from dangjian_desktop.documents.truetype import TrueTypeFile, faces_in
from dangjian_desktop.errors import BlockedError, UserError

DIGITS = "digits"
"""The key of the face that sets figures and Latin, where a look names one."""

_SYSTEM_FILES = {
    Face.FANGSONG: ("仿宋_gb2312.ttf", "fangsong_gb2312.ttf", "simfang.ttf", "fangsong.ttf"),
    Face.KAITI: ("楷体_gb2312.ttf", "kaiti_gb2312.ttf", "simkai.ttf", "kaiti.ttf"),
    Face.HEITI: ("simhei.ttf",),
    Face.SONGTI: ("simsun.ttc", "simsun.ttf"),
    Face.XIAOBIAOSONG: ("fzxbsjw.ttf", "方正小标宋简体.ttf", "方正小标宋_gbk.ttf", "fzxbsk.ttf"),
}
_FAMILIES = {
    Face.FANGSONG: ("仿宋_GB2312", "FangSong_GB2312", "仿宋", "FangSong"),
    Face.KAITI: ("楷体_GB2312", "KaiTi_GB2312", "楷体", "KaiTi"),
    Face.HEITI: ("黑体", "SimHei"),
    Face.SONGTI: ("宋体", "SimSun"),
    Face.XIAOBIAOSONG: (
        "方正小标宋简体",
        "FZXiaoBiaoSong-B05S",
        "方正小标宋_GBK",
        "FZXiaoBiaoSong-B05",
    ),
}


# The files of faces that a look may name beside the usual ones.
_MORE_FILES = {
    "仿宋_GB2312": _SYSTEM_FILES[Face.FANGSONG][:2],
    "楷体_GB2312": _SYSTEM_FILES[Face.KAITI][:2],
    "方正小标宋简体": _SYSTEM_FILES[Face.XIAOBIAOSONG],
    "华文仿宋": ("stfangso.ttf",),
    "华文楷体": ("stkaiti.ttf",),
    "华文宋体": ("stsong.ttf",),
    "华文中宋": ("stzhongs.ttf",),
    "微软雅黑": ("msyh.ttc", "msyh.ttf"),
    "Times New Roman": ("times.ttf", "liberationserif-regular.ttf"),
    "Arial": ("arial.ttf", "liberationsans-regular.ttf"),
}
# Any face of the kind is one of these.
_PLAIN_NAMES = frozenset({"仿宋", "楷体", "黑体", "宋体"})
_CALLED = {
    Face.FANGSONG: "仿宋",
    Face.KAITI: "楷体",
    Face.HEITI: "黑体",
    Face.SONGTI: "宋体",
    Face.XIAOBIAOSONG: "小标宋代用字体",
}


def stand_ins(look: Look) -> tuple[str, ...]:
    """A sentence for each face of a look that is not here, with what is printed instead.

    Word names the face all the same, and shows it where it is installed.
    """
    here = {place: path for place, (path, _) in installed_files(look.families)}
    said = []
    for face in filter(look.uses, Face):
        name, found = look.families.of(face), here.get(face.value)
        if name in _PLAIN_NAMES or (found and _is_of(found, name)):
            continue
        instead = f"本机的 {found.name}" if found else f"随程序提供的{_CALLED[face]}"
        said.append(f"本机没有“{name}”，PDF 里改用{instead}。")
    digits = look.families.digits
    if digits and DIGITS not in here:
        said.append(f"本机没有“{digits}”，PDF 里的数字和字母用正文的字体。")
    return tuple(said)


def _is_of(path: Path, name: str) -> bool:
    """Whether a file is of the family of that name."""
    if path.name.casefold() in _asked_files(name):
        return True
    try:
        return name in frozenset[str]().union(*_families_of(path))
    except BlockedError:
        return False


def installed_files(families: Families | None) -> Iterator[tuple[str, tuple[Path, int]]]:
    """The file and the number in it of each face that is here, and of the digits of a look."""
    own, by_name = _user_files(), _system_files()
    for face in Face:
        asked = families.of(face) if families else ""
        names = [*_asked_names(asked), *_FAMILIES[face], *_SYSTEM_FILES[face]]
        files = [*_asked_files(asked), *_SYSTEM_FILES[face]]
        chosen = _first_own(names, own) or _first_usable(files, by_name)
        if chosen is not None:
            yield face.value, chosen
    if families and families.digits:
        own_one = _first_own(_asked_names(families.digits), own)
        chosen = own_one or _first_usable(_asked_files(families.digits), by_name)
        if chosen is not None:
            yield DIGITS, chosen


def _asked_names(name: str) -> list[str]:
    return [name, *_asked_files(name)] if name and name not in _PLAIN_NAMES else []


def _asked_files(name: str) -> list[str]:
    """The files of a family that a look names; none of the plain names, which mean any of them."""
    if not name or name in _PLAIN_NAMES:
        return []
    return [*_MORE_FILES.get(name, ()), f"{name.casefold()}.ttf", f"{name.casefold()}.ttc"]


def _first_own(
    names: Sequence[str], own: Mapping[str, tuple[Path, int]]
) -> tuple[Path, int] | None:
    return next((own[name] for name in names if name in own), None)


def _first_usable(names: Sequence[str], by_name: Mapping[str, Path]) -> tuple[Path, int] | None:
    chosen = (by_name[name] for name in names if name in by_name)
    return next(((path, 0) for path in chosen if _usable(path)), None)


def _system_files() -> dict[str, Path]:
    by_name: dict[str, Path] = {}
    for folder in _system_folders():
        for path in _files_in(folder):
            by_name.setdefault(path.name.casefold(), path)
    return by_name


def refused_user_fonts() -> tuple[str, ...]:
    """A sentence for each file in the user's folder that cannot be used."""
    said = []
    for path in _files_in(paths.user_fonts()):
        try:
            _families_of(path)
        except BlockedError as refusal:
            said.append(f"{refusal.message}{refusal.remedy}")
    return tuple(said)


def _user_files() -> dict[str, tuple[Path, int]]:
    """Each file of the user's folder by the names of its families and its own."""
    found: dict[str, tuple[Path, int]] = {}
    for path in _files_in(paths.user_fonts()):
        try:
            for index, families in enumerate(_families_of(path)):
                for name in (*families, path.name.casefold()):
                    found.setdefault(name, (path, index))
        except BlockedError:
            continue  # said by refused_user_fonts; printing goes on with the other faces
    return found


def _families_of(path: Path) -> tuple[frozenset[str], ...]:
    try:
        count = faces_in(path)
    except (UserError, error) as cause:
        raise BlockedError(f"字体文件“{path.name}”读不出来。", "请检查文件权限。") from cause
    faces = [TrueTypeFile(path, index) for index in range(count)]
    if not all(face.embeddable for face in faces):
        raise BlockedError(
            f"字体文件“{path.name}”的许可不允许嵌入打印文件。", "请换用允许嵌入的字体。"
        )
    if not all(face.whole for face in faces):
        raise BlockedError(
            f"字体文件“{path.name}”的字符与字形对不上，印出来会是别的字，没有采用。",
            "请换一个完好的 .ttf 文件。",
        )
    return tuple(face.families() for face in faces)


def _usable(path: Path) -> bool:
    try:
        face = TrueTypeFile(path)
        return face.embeddable and face.whole
    except BlockedError:
        return False


def _files_in(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            if name.casefold().endswith((".ttf", ".ttc", ".otf")):
                yield Path(place, name)


def _system_folders() -> tuple[Path, ...]:
    home = Path.home()
    if sys.platform == "win32":
        local = Path(os.environ.get("LOCALAPPDATA", home / "AppData" / "Local"))
        windows = Path(os.environ.get("WINDIR", "C:/Windows"))
        return windows / "Fonts", local / "Microsoft" / "Windows" / "Fonts"
    return (
        home / ".local" / "share" / "fonts",
        home / ".fonts",
        Path("/usr/local/share/fonts"),
        Path("/usr/share/fonts"),
    )
