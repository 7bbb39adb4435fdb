"""Connections to a library file: key, pragmas, transactions."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from types import NoneType

from sqlalchemy import Connection, Engine, Table, create_engine, event
from sqlalchemy.pool import NullPool
from sqlcipher3 import dbapi2

from dangjian_desktop.storage.file.keys import PUBLISHED_KEY, Keys, keys_of

APPLICATION_ID = 0x444A475A  # "DJGZ"
BUSY_SECONDS = 5.0

_PRAGMAS = (
    "temp_store=MEMORY",
    "journal_mode=TRUNCATE",
    "synchronous=EXTRA",
    "secure_delete=ON",
    "trusted_schema=OFF",
    "cell_size_check=ON",
)
# What is no text or whole number the driver offers to adapters first; where it finds none it asks
# on, and giving it one value that is not there takes as long as giving it ten texts.
dbapi2.register_adapter(NoneType, {None: None}.get)
dbapi2.register_adapter(bool, int)


def connect(path: Path, *, write: bool, foreign_keys: bool = True) -> dbapi2.Connection:
    """One keyed connection in autocommit; never makes a file.

    A reading connection on a file that may be written is opened so that a journal left by a kill
    is rolled back, and then forbids every change. Raises ``LockedError`` for a file whose password
    was not given.
    """
    keys = keys_of(path)
    mode = "rw" if write or os.access(path, os.W_OK) else "ro"
    connection = dbapi2.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        # Otherwise SQLCipher prints page errors on the error stream.
        connection.execute("PRAGMA cipher_log_level=NONE")
        connection.execute(f'PRAGMA key="{spec_of(keys)}"')
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        connection.execute(f"PRAGMA foreign_keys={'ON' if foreign_keys else 'OFF'}")
        connection.execute(f"PRAGMA query_only={'OFF' if write else 'ON'}")
    except BaseException:
        connection.close()
        raise
    return connection


def spec_of(keys: Keys | None) -> str:
    """How SQLCipher is told a key."""
    return f"x'{PUBLISHED_KEY if keys is None else keys.spec}'"


@contextmanager
def raw(path: Path, *, write: bool = False) -> Iterator[dbapi2.Connection]:
    """A connection without SQLAlchemy, for checks and copies."""
    with closing(connect(path, write=write)) as connection:
        yield connection


def engine_for(path: Path, *, write: bool, foreign_keys: bool = True) -> Engine:
    """An engine whose transactions begin at once for writers, so that waiting obeys the time-out.

    Connections are not kept: opening one costs about a millisecond, and one that has met a
    damaged page must not be used again. So there is nothing to be reset for the next user.
    """
    engine = create_engine(
        "sqlite://",
        module=dbapi2,
        creator=partial(connect, path, write=write, foreign_keys=foreign_keys),
        poolclass=NullPool,
        pool_reset_on_return=None,
        hide_parameters=True,
    )
    event.listen(engine, "begin", _begin_writing if write else _begin_reading)
    event.listen(engine, "begin", lambda connection: connection.info.update(file=path))
    return engine


def driver_of(connection: Connection) -> dbapi2.Connection:
    """The driver's own connection: small results cost a tenth there."""
    return connection.connection.dbapi_connection


Touched = tuple[Table, int | None]
"""A table in which records were written; once more with each year that they lie in."""


def touched(connection: Connection) -> set[Touched]:
    """Where records were written since the connection was opened."""
    places: set[Touched] = connection.info.setdefault("touched", set())
    return places


def _begin_writing(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin_reading(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")
