"""What is purged in the tests: records with these words everywhere, and what became of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from dangjian_desktop.paths import lent_folder
from dangjian_desktop.services.desk import open_desk
from dangjian_desktop.services.library.holding import Held, Holding
from dangjian_desktop.services.printed_minutes import keep_printed
from dangjian_desktop.storage.file.connecting import raw
from tests.services.library.history_world import put_meeting

WHY = "按规定销毁"
REGULATION = {
    "regulation": "学习制度",
    "kind": "education",
    "change": "made",
    "reason": "上级要求",
    "responsible": ["张三"],
    "effective": "2026-03-20",
}
PLAIN = {"agenda": [{"topic": "学习", "matter": "general"}]}
ADMISSION = {"agenda": [{"topic": "讨论接收预备党员", "matter": "admission", "person": "孙八"}]}
GIST = "这几句话以后谁也不应该再看到"
SCAN = b"%PDF-1.7 signed by hand" * 200


def said(caught) -> str:
    """The issues of a refusal."""
    return "\n".join(issue.message for issue in caught.value.issues)


def put_spread(desk, tmp_path, number=1) -> str:
    """A sitting with these words in three states, in a draft here and outside, printed, and with a
    file that another program is looking at."""
    scan = tmp_path / f"签到{number}.pdf"
    scan.write_bytes(SCAN + str(number).encode())
    file = desk.record_files.keep(scan)
    uid = put_meeting(desk, closing=GIST * 40, date=f"2026-03-{number:02d}")
    for more in range(2):
        meeting = desk.meetings.one(uid)
        desk.meetings.save(replace(meeting, closing=f"{GIST}。" * (60 + more), files=(file,)))
    desk.meetings.delete(uid, "误录")
    desk.drafts.put("meeting", uid, {"closing": GIST})
    with desk._library.changing() as work:
        work.prints.add("minutes", uid, 3)
        identity = work.identity
    keep_printed(desk._library, [uid])
    Holding().put(Held(identity, "甲", "meeting", uid, {"closing": GIST}, "2026-03-05T09:00:00"))
    lent = lent_folder() / "copy"
    lent.mkdir(parents=True, exist_ok=True)
    (lent / "签到.pdf").write_bytes(scan.read_bytes())
    return uid


def put_rule(desk, *links):
    """A row of a ledger that is linked to these sittings."""
    row = desk.ledgers.read("regulations", REGULATION)
    return desk.ledgers.save(replace(row, values={**row.values, "meeting": links}))


def file_of(desk, uid):
    with desk._library.reading() as work:
        return work.meetings.one(uid).files[0]


def below(*folders: Path) -> list[Path]:
    return [file for folder in folders for file in folder.rglob("*") if file.is_file()]


def rows_with(path: Path, uid: str) -> dict[str, int]:
    """In how many rows of which table a text stands."""
    found = {}
    with raw(path) as connection:
        query = "SELECT name FROM sqlite_master WHERE type = 'table'"
        for (table,) in connection.execute(query).fetchall():
            rows = connection.execute(f'SELECT * FROM "{table}"').fetchall()
            if count := sum(uid in str(value) for row in rows for value in row):
                found[table] = count
    return found


def in_copy(file):
    desk = open_desk(file, write=False)
    with desk._library.reading() as work:
        found = work.thrown()
    desk._library.close()
    return found
