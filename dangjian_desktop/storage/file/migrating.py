"""Bring a library file to the newest schema; imported only when there is something to do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from dangjian_desktop.errors import BlockedError
from dangjian_desktop.storage.file.connecting import engine_for

_MIGRATIONS = Path(__file__).resolve().parent.with_name("migrations")


def upgrade(
    path: Path,
    *,
    more_revisions: Sequence[Path] = (),
    to: int | None = None,
    around: Callable[[Connection], AbstractContextManager[object]] = nullcontext,
) -> None:
    """Run the revisions that the file lacks, all in one transaction with the ``user_version``.

    The caller has made a copy and holds the lock. ``to`` is the last one, the newest unless told;
    ``more_revisions`` are further folders of revisions; what is ``around`` them is done in the
    transaction too. Raises ``BlockedError`` when a revision
    would leave a reference without its record.
    """
    config = Config()
    config.set_main_option("script_location", _escaped(_MIGRATIONS))
    config.set_main_option("path_separator", "newline")
    folders = [_MIGRATIONS / "versions", *more_revisions]
    config.set_main_option("version_locations", "\n".join(_escaped(f) for f in folders))
    script = ScriptDirectory.from_config(config)

    def steps(revision: Any, _context: Any) -> Any:
        return script._upgrade_revs("head" if to is None else f"{to:04}", revision)  # noqa: SLF001 - as alembic's own command

    # With foreign keys on, a rebuilt table would empty the tables that refer to it.
    engine = engine_for(path, write=True, foreign_keys=False)
    with (
        engine.connect() as connection,
        EnvironmentContext(config, script, fn=steps) as environment,
    ):
        environment.configure(
            connection=connection,
            transactional_ddl=True,
            transaction_per_migration=False,
            on_version_apply=_finish_revision,
        )
        with environment.begin_transaction(), around(connection):
            environment.run_migrations()


def _finish_revision(ctx: Any, step: Any, *_: Any, **__: Any) -> None:
    """Inside the transaction: nothing dangling, then the new version."""
    connection: Connection = ctx.connection
    if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
        raise BlockedError(
            "升级资料库时发现记录之间的引用不完整，升级已取消，资料库没有改动。",
            "请用“核对”检查资料库，必要时用备份恢复后再打开。",
        )
    connection.exec_driver_sql(f"PRAGMA user_version = {int(step.up_revision_id)}")


def _escaped(path: Path) -> str:
    return str(path).replace("%", "%%")
