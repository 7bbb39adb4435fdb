"""A library on a share, in a sync folder or on a stick is known."""

from __future__ import annotations

from pathlib import Path

import pytest

from dangjian_desktop.services.library.places import warning_of
from dangjian_desktop.storage.file import places
from dangjian_desktop.storage.file.places import Place, place_of

MOUNTS = r"""
22 1 8:2 / / rw,relatime shared:1 - ext4 /dev/sda2 rw
40 22 0:44 / /mnt/share rw - cifs //server/dang rw
41 22 0:45 / /mnt/nfs rw - nfs4 server:/dang rw
42 22 0:46 / /home/me/ssh rw - fuse.sshfs me@server: rw
43 22 8:17 / /media/me/U\040盘 rw - vfat /dev/sdb1 rw
44 22 8:33 / /mnt/card rw - exfat /dev/sdc1 rw
""".strip()


@pytest.fixture(autouse=True)
def _system(tmp_path, monkeypatch) -> None:
    """Linux with these drives: sda is fixed, sdb hangs on USB, sdc says it is removable."""
    (tmp_path / "mountinfo").write_text(MOUNTS, encoding="utf-8")
    for numbers, where, removable in (
        ("8:2", "pci/ata1/block/sda/sda2", "0"),
        ("8:17", "pci/usb1/block/sdb/sdb1", "0"),
        ("8:33", "pci/mmc/block/sdc/sdc1", "1"),
    ):
        drive = tmp_path / "sys" / where
        drive.mkdir(parents=True)
        (drive.parent / "removable").write_text(removable)
        (tmp_path / "blocks").mkdir(exist_ok=True)
        (tmp_path / "blocks" / numbers).symlink_to(drive)
    monkeypatch.setattr(places, "_MOUNTS", tmp_path / "mountinfo")
    monkeypatch.setattr(places, "_BLOCKS", tmp_path / "blocks")
    monkeypatch.setattr("sys.platform", "linux")


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/me/文档/支部.dangjian", None),
        ("/mnt/share/支部/支部.dangjian", Place.SHARE),
        ("/mnt/nfs/支部.dangjian", Place.SHARE),
        ("/home/me/ssh/支部.dangjian", Place.SHARE),
        ("/media/me/U 盘/支部.dangjian", Place.REMOVABLE),
        ("/mnt/card/支部.dangjian", Place.REMOVABLE),
        ("/home/me/OneDrive/支部.dangjian", Place.SYNCED),
        ("/home/me/OneDrive - 某公司/党建/支部.dangjian", Place.SYNCED),
        ("/home/me/坚果云/支部.dangjian", Place.SYNCED),
        ("/mnt/share/我的坚果云/支部.dangjian", Place.SYNCED),
        ("/home/me/onedriver/支部.dangjian", None),
        ("/mnt/shared/支部.dangjian", None),
    ],
)
def test_where_it_lies(path: str, kind: Place | None) -> None:
    found = place_of(Path(path))
    assert (found and found[0]) == kind
    warned = warning_of(Path(path))
    assert (warned is None) == (kind is None)
    if warned is not None:
        assert "本机硬盘上办公" in warned.remedy
        assert "{" not in warned.message + warned.remedy


def test_a_folder_that_a_program_keeps_in_step_is_known_by_its_mark(tmp_path) -> None:
    (tmp_path / "某处" / "里面").mkdir(parents=True)
    library = tmp_path / "某处" / "里面" / "支部.dangjian"
    assert place_of(library) is None
    (tmp_path / "某处" / ".stfolder").mkdir()
    assert place_of(library) == (Place.SYNCED, "同步软件")


def test_where_onedrive_says_it_is(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("OneDriveCommercial", str(tmp_path / "云"))
    assert place_of(tmp_path / "云" / "支部.dangjian") == (Place.SYNCED, "OneDrive")


def test_nothing_to_be_found_out_is_nothing_to_say(monkeypatch, tmp_path) -> None:
    monkeypatch.setattr(places, "_MOUNTS", tmp_path / "no such")
    monkeypatch.setattr(places, "_BLOCKS", tmp_path / "no such")
    assert place_of(Path("/mnt/share/支部.dangjian")) is None
