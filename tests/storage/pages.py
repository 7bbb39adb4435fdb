"""What lies in the pages of a library file: decrypted one by one, the free ones too."""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from dangjian_desktop.storage.file.keys import PUBLISHED_KEY, keys_of

_PAGE, _SALT, _IV, _SEAL = 4096, 16, 16, 64
_KEY = 64


def clear_pages(library: Path) -> bytes:
    """All pages of the file in clear, behind each other, whatever SQLite makes of them."""
    keys, data = keys_of(library), library.read_bytes()
    key = bytes.fromhex((PUBLISHED_KEY if keys is None else keys.spec)[:_KEY])
    end = _PAGE - _IV - _SEAL
    told = []
    for start in range(0, len(data), _PAGE):
        page = data[start : start + _PAGE]
        cipher = Cipher(algorithms.AES256(key), modes.CBC(page[end : end + _IV]))
        told.append(cipher.decryptor().update(page[_SALT if start == 0 else 0 : end]))
    return b"".join(told)
