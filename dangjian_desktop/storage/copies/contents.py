"""What is in a file of the folder of attachments: in clear, or sealed where there is a password.

A sealed file names its key in its head, so that it is read whatever library it lies beside.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from pathlib import Path
from types import ModuleType

from dangjian_desktop.errors import BlockedError
from dangjian_desktop.inputs import MEBIBYTE, open_input, read_input
from dangjian_desktop.late import Late
from dangjian_desktop.storage.file.keys import PUBLISHED_KEY, Keys, locked, unlocked

LARGEST = 50 * MEBIBYTE
"""Bytes that one file may have."""
SEALED = ".sealed"
_HEAD, _KEY = b"DJAT\x01\x01", 8  # the second number: AES-256-GCM
_MORE = 64
_CLEAR = re.compile(r"[0-9a-f]{32}(\.[^.]{0,9})?")


def name_for(keys: Keys | None, digest: str, suffix: str) -> str:
    """What a file of this content is called in the folder; it tells nothing of the content."""
    key = bytes.fromhex(PUBLISHED_KEY) if keys is None else keys.attachments
    name = hmac.new(key, digest.encode(), hashlib.sha256).hexdigest()[:32]
    if keys is not None:
        return f"{name}.{keys.name[:4].hex()}{SEALED}"
    return name if suffix.lower() == SEALED else name + suffix.lower()[:10]


def stored(keys: Keys | None, name: str, data: bytes) -> bytes:
    """The content as it lies in the folder under this name."""
    if keys is None:
        return data
    head = _HEAD + keys.name
    made: bytes = head + _sealing().seal(keys.attachments, data, head + name.encode())
    return made


def content_of(file: Path) -> bytes:
    """The content in clear; raises as ``read_input``, ``LockedError`` where its key is not held,
    ``BlockedError`` where it is not what was sealed."""
    data = read_input(file, LARGEST + _MORE)
    if not (file.name.endswith(SEALED) and data.startswith(_HEAD)):
        return data
    start = len(_HEAD) + _KEY
    keys = unlocked(data[len(_HEAD) : start])
    if keys is None:
        raise locked(file)
    sealing, about = _sealing(), data[:start] + file.name.encode()
    try:
        made: bytes = sealing.unseal(keys.attachments, data[start:], about)
    except sealing.BrokenSealError as error:
        raise BlockedError(
            f"附件“{file.name}”已损坏，打不开。", "请用备份恢复附件文件夹。"
        ) from error
    return made


def digest_of(file: Path) -> str:
    """The SHA-256 of the content as hexadecimal text; raises as ``content_of``."""
    if file.name.endswith(SEALED):
        return hashlib.sha256(content_of(file)).hexdigest()
    with open_input(file) as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def foreign_to(keys: Keys | None, name: str) -> bool:
    """Whether the program gave this name under another key than these; no name of a user's."""
    ours = "" if keys is None else f".{keys.name[:4].hex()}{SEALED}"
    if name.endswith(SEALED):
        return not ours or not name.endswith(ours)
    return bool(ours) and _CLEAR.fullmatch(name) is not None


def _sealing() -> ModuleType:
    return Late("storage.file.sealing:seal").module()
