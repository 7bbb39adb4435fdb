"""What a user is told when something cannot be done: whole Chinese sentences with a remedy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dangjian_desktop.frozen import dataclass

_NAMED = 3


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing that is wrong in what the user brought.

    ``row`` is counted as the sheet counts it, ``field`` is the identifier of the field,
    ``code`` one of the codes of the contract, or empty. ``message`` never holds an ID
    number or a phone number.
    """

    message: str
    code: str = ""
    field: str | None = None
    row: int | None = None
    name: str | None = None

    def as_json(self) -> dict[str, str | int | None]:
        """ISSUE of the contract."""
        return {n: getattr(self, n) for n in ("row", "name", "field", "code", "message")}


class UserError(Exception):
    """What the user can mend; ``str()`` is the sentence, ``remedy`` says what to do."""

    def __init__(self, message: str, remedy: str = "", issues: Sequence[Issue] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy
        self.issues = tuple(issues)


class InputError(UserError):
    """The input is wrong; every problem is in ``issues``, those of a form by field."""

    @property
    def fields(self) -> Mapping[str, str]:
        """The first message for each field that has one."""
        found: dict[str, str] = {}
        for issue in self.issues:
            if issue.field is not None:
                found.setdefault(issue.field, issue.message)
        return found


class BlockedError(UserError):
    """The surroundings forbid it: file open elsewhere, disk full, no permission, newer version."""


class DoubtedError(BlockedError):
    """It is not done as it stands, and can be all the same, by whoever has seen the ``issues``."""


def incomplete(missing: Sequence[str]) -> BlockedError:
    """What to say when files of the program itself are gone."""
    named = "、".join(missing[:_NAMED])
    more = f"等{len(missing)}个文件" if len(missing) > _NAMED else ""
    return BlockedError(f"安装不完整，缺少 {named}{more}。", "请重新安装本程序。")


class Cancelled(Exception):  # noqa: N818 - a request, not an error
    """The user asked to stop; shown to nobody."""
