"""The Word templates that ship with the program."""

from __future__ import annotations

import tomllib
from functools import cache
from uuid import NAMESPACE_URL, uuid5

from dangjian_desktop import paths
from dangjian_desktop.domain.templates.template import Template
from dangjian_desktop.frozen import dataclass

_FOLDER = "templates"
_LIST = "templates.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shipped:
    """One of them, by its code for ever."""

    code: str
    title: str
    section: str
    file: str

    def data(self) -> bytes:
        """The .docx."""
        return paths.resources(_FOLDER, self.file).read_bytes()

    @property
    def uid(self) -> str:
        """The id of its record in every library, once there is one."""
        return str(uuid5(NAMESPACE_URL, f"dangjian-desktop/template/{self.code}"))

    def as_template(self) -> Template:
        """As it stands in a list before anything of it was changed."""
        return Template(id=self.uid, title=self.title, section=self.section, builtin=self.code)


@cache
def shipped_templates() -> dict[str, Shipped]:
    """All of them by code, in their order."""
    told = tomllib.loads(paths.resources(_FOLDER, _LIST).read_text(encoding="utf-8"))
    return {each["code"]: Shipped(**each) for each in told["template"]}
