"""Keys made of a master secret, and what is sealed with them; imported only where there is one.

Sealed is AES-256-GCM with a nonce of its own; what is changed, cut or put in another's place does
not open.
"""

from __future__ import annotations

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from dangjian_desktop.storage.file.keys import Keys

MASTER = 20
"""Bytes of a master secret: what a recovery code holds."""
NAME = 8
_NONCE = 12
_FOR = "党支部工作台/1/"


class BrokenSealError(ValueError):
    """Not what was sealed, or not with this key."""


def keys_from(master: bytes) -> Keys:
    """Every key that a master secret gives."""

    def derived(use: str, length: int = 32) -> bytes:
        return HKDF(SHA256(), length, salt=None, info=f"{_FOR}{use}".encode()).derive(master)

    return Keys(
        name=derived("名称", NAME),
        library=derived("资料库"),
        attachments=derived("附件"),
        drafts=derived("草稿"),
        rows=derived("记录"),
        identity=derived("身份"),
    )


def new_master() -> bytes:
    """A master secret that nobody had before."""
    return os.urandom(MASTER)


def seal(key: bytes, data: bytes, about: bytes) -> bytes:
    """The data sealed; ``about`` is what it is, in clear elsewhere, and opens it only together."""
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, data, about)


def unseal(key: bytes, sealed: bytes, about: bytes) -> bytes:
    """What was sealed; raises ``BrokenSealError``."""
    try:
        return AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], about)
    except (InvalidTag, ValueError) as error:
        raise BrokenSealError from error
