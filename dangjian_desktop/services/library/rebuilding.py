"""Making anew whatever is derived from the records; nothing that somebody wrote changes."""

from __future__ import annotations

from collections.abc import Mapping

from dangjian_desktop.domain.members.member import MemberFilter
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.services.ledgers.catalogue import code_of, entries
from dangjian_desktop.services.ledgers.keeping import renew
from dangjian_desktop.services.members.declared import with_keys
from dangjian_desktop.services.of_library import OfLibrary

INDEX, NAMES, COLUMNS, REVISIONS = "index", "names", "columns", "revisions"
TITLES: Mapping[str, str] = {
    NAMES: "更正检索用拼音 {} 人",
    COLUMNS: "更正列表所用内容 {} 条",
    REVISIONS: "压缩以前版本 {} 份",
    INDEX: "搜索索引收入 {} 条记录",
}
"""What was made anew, with how many."""
_AT_ONCE = 50
_RENEWED = "重建列表所用内容"


class RebuildService(OfLibrary):
    """Each step is a transaction of its own: where it ends early, the rest can be done later."""

    def run(self, *, index_only: bool = False) -> dict[str, int]:
        """How many of each were made anew, by ``TITLES``; raises ``BlockedError``."""
        done = {}
        if not index_only:
            done = {NAMES: self._names(), COLUMNS: self._columns(), REVISIONS: self.pack()}
        return done | {INDEX: self._library.rebuild_index()}

    def _names(self) -> int:
        with self._library.reading() as work:
            everybody = [
                member
                for deleted in (False, True)
                for member in work.members.all(MemberFilter(deleted=deleted))
            ]
        wrong = [fresh for member in everybody if (fresh := with_keys(member)) != member]
        if wrong:
            with self._library.changing(Topic.MEMBERS) as work:
                for member in wrong:
                    work.members.save(member, reason="重建检索用拼音")
        return len(wrong)

    def _columns(self) -> int:
        with self._library.changing(*Topic) as work:
            made = sum(work.remake(store.subject) for store in work.stores())
            known = {entry.ledger.code: entry.ledger for entry in entries(work)}
            rows = [known[code] for kind in work.kinds() if (code := code_of(kind)) in known]
            return made + sum(renew(work, ledger, _RENEWED) for ledger in rows)

    def pack(self) -> int:
        """Let the history that is kept in whole texts take less room; of how many states."""
        with self._library.reading() as work:
            loose = [(store.subject, uid) for store in work.stores() for uid in store.loose()]
        packed = 0
        for start in range(0, len(loose), _AT_ONCE):
            with self._library.changing() as work:
                part = loose[start : start + _AT_ONCE]
                packed += sum(work.of(subject).pack(uid) for subject, uid in part)
        return packed


def told(done: Mapping[str, int]) -> str:
    """What was done, in words."""
    return "，".join(TITLES[name].format(many) for name, many in done.items())
