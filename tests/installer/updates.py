"""Update packages with keys that are thrown away, and small versions that are updated from them."""

from __future__ import annotations

import hashlib
import importlib
import lzma
import sys
import sysconfig
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from dangjian_desktop.domain.updating.canonical import canonical
from dangjian_desktop.domain.updating.keys import Keys, Rotation
from dangjian_desktop.domain.updating.manifest import Manifest, Part
from dangjian_desktop.services.updating.installed import Installed, host_of
from dangjian_desktop.storage.updating.signing import public_of, signature_of
from tests.installer.versions import a_version, write_list
from tests.test_setup import INSTALLER

sys.path.insert(0, str(INSTALLER))
make_update = importlib.import_module("make_update")
make_keys = importlib.import_module("make_keys")
sys.path.remove(str(INSTALLER))

HOST = host_of(None)
assert sysconfig.get_platform().startswith(HOST.platform[:3])


def private(seed: str) -> bytes:
    """Thirty-two bytes that nobody keeps secret."""
    return hashlib.sha256(seed.encode()).digest()


@dataclass(frozen=True)
class Publisher:
    """Who signs: the key in use and the one in reserve."""

    in_use: bytes = private("现用")
    reserve: bytes = private("备用")

    @property
    def keys(self) -> Keys:
        return Keys(public_of(self.in_use), public_of(self.reserve))

    def rotation(self, replaced: bytes, by: bytes, *, signer: bytes | None = None) -> Rotation:
        """The statement of the key in reserve, or of another that may not make it."""
        said = Rotation(public_of(replaced), public_of(by), "")
        return replace(said, signature=signature_of(signer or self.reserve, said.signed))


@dataclass
class Made:
    """What goes into a package; every bit of it may be made wrong before it is written."""

    files: Mapping[str, bytes]
    manifest: dict[str, Any] = field(default_factory=dict)
    parts: dict[str, dict[str, Any]] = field(default_factory=dict)
    rotations: Sequence[Rotation] = ()
    pressed: bool = True

    def write(self, target: Path, signer: bytes) -> Path:
        brought = canonical([each.as_json() for each in self.rotations])
        pairs = [self._part(name, content) for name, content in self.files.items()]
        told: dict[str, Any] = {
            "version": "0.2.0",
            "platform": HOST.platform,
            "machine": HOST.machine,
            "floor": "2.17",
            "day": "2026-11-29",
            "schema": 1,
            "changes": ("更新可以从U盘上的文件做。",),
            "rotations": hashlib.sha256(brought).hexdigest(),
            "size": sum(part.size for part, _ in pairs),
            "files": tuple(part for part, _ in pairs),
        }
        manifest = Manifest(**{**told, **self.manifest})
        contents = [packed for _, packed in pairs]
        make_update.write(target, manifest, signer, brought, contents)
        return target

    def _part(self, name: str, content: bytes) -> tuple[Part, bytes]:
        packed = lzma.compress(content, check=lzma.CHECK_CRC32) if self.pressed else content
        told: dict[str, Any] = {
            "path": name,
            "size": len(content),
            "sha256": hashlib.sha256(content).hexdigest(),
            "mode": 0o755 if name in make_update.STARTED else 0o644,
            "pressed": self.pressed,
            "packed": len(packed),
            "packed_sha256": hashlib.sha256(packed).hexdigest(),
            "crc": zlib.crc32(content),
        }
        return Part(**{**told, **self.parts.get(name, {})}), packed


def files_of(program: Path) -> dict[str, bytes]:
    """The files of a version folder by their path."""
    found = sorted(path for path in program.rglob("*") if path.is_file())
    return {path.relative_to(program).as_posix(): path.read_bytes() for path in found}


def a_program(folder: Path, version: str, keys: Keys | None = None, **given: Any) -> Path:
    """A small version folder that bears public keys, as a release has them."""
    made = a_version(folder, version, **given)
    updating = made / "_internal" / "resources" / "updating"
    updating.mkdir(parents=True)
    told = keys or Keys()
    text = f'in_use = "{told.in_use}"\nreserve = "{told.reserve}"\n'
    (updating / "keys.toml").write_text(text, encoding="utf-8")
    (updating / "rotations.json").write_text("[]\n", encoding="utf-8")
    write_list(made)
    return made


def place_of(root: Path, version: str = "0.1.0") -> Installed:
    """The installation there, seen by the program of this version."""
    return Installed(root, root / "versions" / version)
