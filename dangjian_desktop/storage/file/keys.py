"""The key of a library file."""

from __future__ import annotations

import hashlib
from pathlib import Path

_PUBLISHED_SENTENCE = "党支部工作台资料库：这把钥匙是公开的，只用来发现损坏，不用来保密。"
PUBLISHED_KEY = hashlib.sha256(_PUBLISHED_SENTENCE.encode()).hexdigest()
"""The key of every library without a password: 64 hexadecimal digits, the same everywhere.

It keeps nothing secret. SQLCipher seals each page with it, so that damage is noticed which plain
SQLite would read over, and nobody can be locked out of a library, because everybody has it.
"""


def library_key(path: Path) -> str:
    """The raw key of this library as 64 hexadecimal digits; a password's key comes from here."""
    return PUBLISHED_KEY
