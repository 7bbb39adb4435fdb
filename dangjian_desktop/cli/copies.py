"""Commands about copies."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from dangjian_desktop.cli.given import PASSWORD, RECOVERY, given
from dangjian_desktop.cli.output import Result, UsageError
from dangjian_desktop.errors import BlockedError, DoubtedError


def backup(options: argparse.Namespace) -> Result:
    """A verified copy."""
    from dangjian_desktop.services.library.copying import back_up, carry, strange_in

    one = options.one_file
    copy = carry(options.library, one) if one else back_up(options.library, options.to)
    strange = strange_in(options.library)
    data = {"file": str(copy.file), "sha256": copy.sha256, "lost": list(copy.lost)}
    data |= {"findings": list(strange)} if strange else {}
    known = (f"注意：里面有内容不是本程序保存的样子（{len(strange)}处），见 verify。",)
    noted = known if strange else ()
    lines = (f"已备份并核验：{copy.file}", *noted, f"SHA-256：{copy.sha256}", *_lost(copy.lost))
    return Result(data, lines)


def verify(options: argparse.Namespace) -> Result:
    """Is the library, or a copy, whole."""
    from dangjian_desktop.services.library.copying import problems_of
    from dangjian_desktop.services.library.opening import changing
    from dangjian_desktop.services.library.sealed import accept_changes

    target = options.file or options.library
    if options.accept is not None:
        if options.file:
            raise UsageError("--accept 只用于资料库本身，不用于备份文件。")
        with changing(options.library) as library:
            accept_changes(library, options.accept, options.note)
    problems = problems_of(target)
    known = _looked_at(target)
    lines = problems or (f"核验通过：{target}",)
    data: dict[str, Any] = {"ok": not problems, "problems": list(problems)}
    data |= {"accepted": list(known)} if known else {}
    told = ("以下改动有人核对过：", *known) if known else ()
    return Result(data, (*lines, *told), 1 if problems else 0)


def _looked_at(file: Path) -> tuple[str, ...]:
    """What was changed past the program and somebody has looked at; nothing can be said of it
    where the file does not open."""
    from dangjian_desktop.services.library.sealed import looked_at

    with suppress(BlockedError):
        return looked_at(file)
    return ()


def restore(options: argparse.Namespace) -> Result:
    """Put a copy in the library's place; the present file is kept as a copy."""
    from dangjian_desktop.services.library.changes import as_json, told
    from dangjian_desktop.services.library.copying import (
        becomes,
        changes,
        doubts_of,
        lost_files,
    )
    from dangjian_desktop.services.library.purging import comes_back

    doubts = doubts_of(options.file, options.library)
    known = doubts if options.with_findings or options.dry_run else ()
    there = options.library.exists()
    before, after = _put_back(options, known, dry_run=True)
    since = changes(options.file, options.library) if there and before else {}
    damaged = _beside_damaged(options) if there and not before else None
    purged = comes_back(options.file, options.library) if there else ""
    opens = becomes(options.file, options.library, done=not options.dry_run)
    if not options.dry_run:
        before, after = _put_back(options, known, dry_run=False)
    kept = "，原资料库已另存为备份" if there else ""
    done = "比较结果（没有恢复）" if options.dry_run else f"已恢复{kept}"
    lost = lost_files(options.file if options.dry_run else options.library)
    was = _counts(before) if there else "原处没有资料库"
    counted = (f"{done}：", f"  恢复前：{was}", f"  恢复后：{_counts(after)}")
    undone = f"  这份备份以后的变化，恢复后没有了：{told(since)}" if since else "  内容与备份相同"
    compared = (undone,) if there and before else ()
    if damaged is not None:
        since, compared = damaged.since, (f"  {damaged.told}",)
    data: dict[str, Any] = {"before": before, "after": after, "changes": as_json(since)}
    data |= {"lost": list(lost)}
    noted = ("注意：这份备份里有内容不是本程序保存的样子：", *doubts) if doubts else ()
    data |= {"findings": list(doubts)} if doubts else {}
    again = tuple(f"  {words}" for words in (purged, opens) if words)
    return Result(data, (*counted, *compared, *again, *_lost(lost), *noted))


def _beside_damaged(options: argparse.Namespace) -> Any:
    from dangjian_desktop.services.library.recovering import beside_damaged

    return beside_damaged(options.file, options.library)


def _put_back(
    options: argparse.Namespace, accepted: Sequence[str], *, dry_run: bool
) -> tuple[dict[str, int], dict[str, int]]:
    from dangjian_desktop.services.library.copying import put_back

    try:
        return put_back(options.file, options.library, dry_run=dry_run, accepted=accepted)
    except DoubtedError as error:
        remedy = f"{error.remedy}照样恢复：加上 --with-findings。"
        raise DoubtedError(error.message, remedy, error.issues) from error


def recover(options: argparse.Namespace) -> Result:
    """What is wrong with a library that cannot be opened, and the ways back; perhaps the last."""
    from dangjian_desktop.services.library.copying import problems_of
    from dangjian_desktop.services.library.recovering import damage_json, damage_lines, damage_of
    from dangjian_desktop.services.library.salvaging import rebuild, told

    _unlock_minutes(options)
    damage = damage_of(options.library)
    if damage is None:
        problems = problems_of(options.library)
        lines = problems or (f"没有发现损坏：{options.library}",)
        return Result({"damaged": False, "problems": list(problems)}, lines, 1 if problems else 0)
    if not options.rebuild:
        return Result(damage_json(damage), tuple(damage_lines(damage)), 1)
    if damage.whole is not None:
        copy = damage.whole.copy
        words = f"有完好的备份，不需要重建：{copy.chinese()}。"
        raise BlockedError(words, f"请用 restore 恢复：restore “{copy.file}”。")
    done = rebuild(options.library)
    data = {"records": done.records, "from_minutes": done.from_minutes, "lost": done.lost}
    return Result({**data, "problems": list(done.problems)}, (told(done), *done.problems))


def _unlock_minutes(options: argparse.Namespace) -> None:
    """Only where something was given: what it needs takes a moment."""
    password, code = given(options, PASSWORD), given(options, RECOVERY)
    if password or code:
        from dangjian_desktop.services.library.minutes_lock import unlock_minutes

        unlock_minutes(options.library, password, code)


def _lost(files: Sequence[str]) -> tuple[str, ...]:
    """What to say of attachments that are missing or changed."""
    if not files:
        return ()
    return (f"注意：有{len(files)}个附件不见了或已改变，记录完好：{'、'.join(files)}",)


def _counts(counts: dict[str, int]) -> str:
    told = "，".join(f"{_WORDS[name]} {n}" for name, n in counts.items())
    return told or "已损坏，或由更新版本的程序建立；还能读出多少见 recover"


_WORDS = {
    "members": "党员",
    "meetings": "会议",
    "projects": "项目",
    "records": "谈心谈话、台账等其他记录",
    "revisions": "历次保存",
    "attachments": "附件",
}
