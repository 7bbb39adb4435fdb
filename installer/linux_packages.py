"""What a secretary gets on Linux, made from the folder of one version: .run and .deb."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tarfile
from pathlib import Path

import asked_of_system
from frozen_folder import COMMANDS, LINUX

OPT = "opt/dangjian-desktop"
DEBIAN = {"x86_64": "amd64", "aarch64": "arm64"}
DEPENDS = (*asked_of_system.packages(), "libxkbcommon0", "coreutils (>= 8.24)")
"""libxkbcommon0 brings the tables of the keyboard; the library itself is carried along."""
CONTROL = """Package: dangjian-desktop
Version: {version}
Architecture: {architecture}
Maintainer: dangjian-desktop <noreply@localhost>
Installed-Size: {size}
Depends: libc6 (>= {floor}), {depends}
Recommends: fonts-noto-cjk | fonts-wqy-microhei | fonts-droid-fallback, zenity | kdialog, {wished}
Section: editors
Priority: optional
Description: 党支部工作台：离线的组织生活记录、汇总与打印
 一个支部一个资料文件，不联网。资料不在程序包里，卸载时不动。
"""
PRESET = "-4"
"""Harder takes half as long again for two parts in a hundred."""
EPOCH = 1_577_836_800
"""The time of every file in a package: two releases of one state have the same bytes."""


def _owned_by_root(found: tarfile.TarInfo) -> tarfile.TarInfo:
    found.uid = found.gid = 0
    found.uname = found.gname = "root"
    found.mtime = EPOCH
    return found


def packed(folder: Path, name: str, target: Path) -> None:
    """A tar of the folder under this name, its files in their order and without their times."""
    with tarfile.open(target, "w", format=tarfile.GNU_FORMAT) as tar:
        tar.add(folder, name, recursive=False, filter=_owned_by_root)
        for path in sorted(folder.rglob("*")):
            inside = path.relative_to(folder).as_posix()
            tar.add(path, f"{name}/{inside}", recursive=False, filter=_owned_by_root)


def make_run(version_folder: Path, version: str, machine: str, work: Path, target: Path) -> None:
    """The installer that a stick carries: a script, and behind it the version."""
    tar, pressed = work / "run.tar", work / "run.tar.xz"
    packed(version_folder, ".", tar)
    with tar.open("rb") as given, pressed.open("wb") as made:
        # Always two: one makes other bytes than several do, and several the same as two.
        subprocess.run(["xz", PRESET, "-T2", "-c"], check=True, stdin=given, stdout=made)
    lay, tell, text = (
        (LINUX / name).read_text(encoding="utf-8") for name in ("lay.sh", "tell.sh", "run_head.sh")
    )
    text += f"#TELL\n{tell}#LLET\n#LAY\n{lay}#YAL\n"
    payload, tree = pressed.read_bytes(), [*version_folder.rglob("*")]
    marks = {
        "VERSION": version,
        "MACHINE": machine,
        "SIZE": str(len(payload)),
        "SUM": hashlib.sha256(payload).hexdigest(),
        "NEEDED": str(sum(-(-path.lstat().st_size // 4096) * 4 for path in tree)),
    }
    for mark, value in marks.items():
        text = text.replace(f"@{mark}@", value)
    length = len(text.encode()) - len("@OFFSET@")
    offset = next(n for n in range(length, length + 20) if length + len(str(n)) == n)
    target.write_bytes(text.replace("@OFFSET@", str(offset)).encode() + payload)
    target.chmod(0o755)


def make_deb(
    version_folder: Path, version: str, machine: str, work: Path, target: Path, floor: str
) -> None:
    """The package for the system's own tool; its scripts lay the version as the others do."""
    tree = work / "deb"
    inside = tree / OPT / "package" / version
    inside.parent.mkdir(parents=True)
    shutil.copytree(version_folder, inside, symlinks=True, copy_function=os.link)
    share = tree / "usr" / "share"
    places = {
        "dangjian-desktop.desktop": share / "applications",
        "dangjian-desktop.xml": share / "mime" / "packages",
        "dangjian-desktop.svg": share / "icons" / "hicolor" / "scalable" / "apps",
    }
    for name, place in places.items():
        place.mkdir(parents=True)
        shutil.copyfile(version_folder / "desktop" / name, place / name)
    (share / "doc" / "dangjian-desktop").mkdir(parents=True)
    shutil.copyfile(
        version_folder / "licences" / "dangjian-desktop.txt",
        share / "doc" / "dangjian-desktop" / "copyright",
    )
    (tree / "usr" / "bin").mkdir()
    for name in COMMANDS:
        (tree / "usr" / "bin" / name).symlink_to(f"/{OPT}/{name}")
    _control(tree, version, machine, floor)
    for path in [tree, *tree.rglob("*")]:
        os.utime(path, (EPOCH, EPOCH), follow_symlinks=False)
        if path.is_dir() and not path.is_symlink():
            path.chmod(0o755)
    subprocess.run(
        [
            "dpkg-deb",
            "--root-owner-group",
            "-Zxz",
            f"-z{PRESET[1:]}",
            "--build",
            str(tree),
            str(target),
        ],
        check=True,
        stdout=subprocess.DEVNULL,
        env={**os.environ, "SOURCE_DATE_EPOCH": str(EPOCH)},
    )


def _control(tree: Path, version: str, machine: str, floor: str) -> None:
    size = sum(path.lstat().st_size for path in tree.rglob("*") if path.is_file()) // 1024
    control = tree / "DEBIAN"
    control.mkdir()
    text = CONTROL.format(
        version=version,
        architecture=DEBIAN[machine],
        size=size,
        floor=floor,
        depends=", ".join(DEPENDS),
        wished=", ".join(sorted({*asked_of_system.LEFT.values()})),
    )
    (control / "control").write_text(text, encoding="utf-8")
    for name in ("postinst", "postrm"):
        script = (LINUX / f"{name}.sh").read_text(encoding="utf-8").replace("@VERSION@", version)
        (control / name).write_text(script, encoding="utf-8")
        (control / name).chmod(0o755)
