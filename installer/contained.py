"""What lies inside of a program folder besides the packages by name, as ``contained.toml`` has it.

Libraries that are linked into a wheel's binaries, those that lie beside them, what a wheel's own
list names, fonts. A version is read from the files; where it cannot be, it stays unknown. A binary
or a font that belongs to nothing that was looked at stops a release.
"""

from __future__ import annotations

import json
import re
import subprocess
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).resolve().parent
TABLE = HERE / "contained.toml"
BINARIES = (b"\x7fELF", b"MZ")
FONTS = {".ttf", ".otf", ".ttc", ".pfa", ".pfb", ".sfd", ".woff", ".woff2", ".pcf", ".bdf"}
OWN_FONTS = "dangjian_desktop/resources/fonts"
ASKING = """import importlib, json, sys
told = {}
for each in sys.argv[1:]:
    module, name = each.split(":")
    told[each] = ".".join(map(str, getattr(importlib.import_module(module), name)))
print(json.dumps(told))
"""


class Part(NamedTuple):
    """One thing inside of another: its name, its version or nothing, its licence, and of what."""

    name: str
    version: str
    licence: str
    of: str
    purl: str = ""


class Folder:
    """A program folder that is looked at. ``python`` is one that can import what lies in it."""

    def __init__(self, program: Path, python: Path | None = None) -> None:
        self.program, self.python = program, python
        self.table: Mapping[str, Any] = tomllib.loads(TABLE.read_text(encoding="utf-8"))
        paths = sorted(path for path in program.rglob("*") if path.is_file())
        self.files = {path.relative_to(program).as_posix(): path for path in paths}

    def parts(self) -> list[Part]:
        """All that lies in it, without the packages themselves."""
        found = [*self._of_table(), *self._of_lists()]
        return sorted({*found}, key=lambda part: (part.of, part.name.lower(), part.version))

    def complaints(self, system: Mapping[str, str], faces: Sequence[str]) -> list[str]:
        """What lies there and was never looked at.

        ``system`` are the names of the libraries that the system's packages brought, each with its
        package; ``faces`` the file names of our fonts.
        """
        said = [f"{name} 不知道属于哪个程序包" for name in self._strange({*system})]
        said += [f"字体 {name} 没有核对过" for name in self._strange_fonts({*faces})]
        said += [
            f"系统库 {owner} 的许可没有核对过"
            for owner in sorted({*system.values()})
            if not self.licence_of_system(owner)
        ]
        return [*said, *self._unknown_in_lists()]

    def licence_of_system(self, package: str) -> str:
        """The licence of one of Debian's packages whose library lies there; nothing: not known."""
        known = self.table["system"].items()
        return next((licence for like, licence in known if fnmatchcase(package, like)), "")

    # ---- what the table names -------------------------------------------------------------------

    def _of_table(self) -> Iterator[Part]:
        for row in self.table["part"]:
            places = [path for name, path in self.files.items() if _is_one(name, row["in"])]
            texts = [_bytes(path, wide=row.get("wide", False)) for path in places]
            if seen := row.get("seen"):
                texts = [text for text in texts if re.search(seen.encode(), text)]
            if texts:
                yield Part(
                    row["name"], self._version(row, texts), row["licence"], row.get("of", "")
                )

    def _version(self, row: Mapping[str, Any], texts: Sequence[bytes]) -> str:
        if pattern := row.get("version"):
            matches = (re.search(pattern.encode(), text) for text in texts)
            found = next((match for match in matches if match), None)
            return ".".join(part.decode("ascii") for part in found.groups()) if found else ""
        if told := row.get("told"):
            return next(
                (v for of, name, v, *_ in self._lists if (of, name) == (row["of"], told)), ""
            )
        return self._asked.get(row.get("ask", ""), "")

    @cached_property
    def _asked(self) -> Mapping[str, str]:
        """What modules say of themselves, where there is a Python that can import them."""
        if self.python is None:
            return {}
        wanted = [row["ask"] for row in self.table["part"] if "ask" in row]
        call = [str(self.python), "-I", "-c", ASKING, *wanted]
        done = subprocess.run(call, check=True, capture_output=True, text=True)
        told: Mapping[str, str] = json.loads(done.stdout)
        return told

    # ---- what wheels say of themselves ----------------------------------------------------------

    @cached_property
    def _lists(self) -> Sequence[tuple[str, str, str, str, str]]:
        """What the lists of wheels name: of what it is part, name, version, licence, its URL."""
        found = []
        for name, path in self.files.items():
            match = re.search(r"(?:^|/)([^/]+?)-[^/-]+\.dist-info/sboms/[^/]+\.json$", name)
            if match is None:
                continue
            of = re.sub(r"[-_.]+", "-", match[1]).lower()
            for each in json.loads(path.read_bytes()).get("components", []):
                row = (
                    each["name"],
                    each.get("version") or "",
                    _licence(each),
                    each.get("purl", ""),
                )
                found.append((of, *row))
        return found

    def _of_lists(self) -> Iterator[Part]:
        """Of those the crates: of the rest the table says whether it lies there at all."""
        for of, name, version, licence, purl in self._lists:
            if purl.startswith("pkg:cargo/"):
                yield Part(name, version, licence, of, purl.partition("?")[0])

    def _unknown_in_lists(self) -> Iterator[str]:
        told = {(row.get("of"), row.get("told", row["name"]).lower()) for row in self.table["part"]}
        for of, name, version, _, purl in self._lists:
            first = name.partition(" / ")[0].lower()
            is_known = {(of, name.lower()), (of, first), (of, f"{first}-turbo")} & told
            if purl.startswith("pkg:cargo/") or is_known:
                continue
            if not _is_one(name, self.table["not_carried"].get(of, ())):
                yield f"{of} 说它里面有 {name} {version}，没有核对过"

    # ---- what belongs to nothing ----------------------------------------------------------------

    def _strange(self, system: set[str]) -> Iterator[str]:
        likes = [
            *self.table["belongs"],
            *(each for row in self.table["part"] for each in row["in"]),
        ]
        for name, path in self.files.items():
            with path.open("rb") as file:
                if not file.read(4).startswith(BINARIES):
                    continue
            if not (_is_one(name, likes) or path.name in system):
                yield name

    def _strange_fonts(self, faces: set[str]) -> Iterator[str]:
        for name, path in self.files.items():
            is_ours = path.parent.as_posix().endswith(OWN_FONTS) and path.name in faces
            if path.suffix.lower() in FONTS and not is_ours:
                yield name


def _is_one(name: str, likes: Sequence[str]) -> bool:
    return any(fnmatchcase(name, like) for like in likes)


def _bytes(path: Path, *, wide: bool) -> bytes:
    read = path.read_bytes()
    return read.replace(b"\0", b"") if wide else read


def _licence(component: Mapping[str, Any]) -> str:
    """The licence of a component in a list of others, as one expression."""
    told = []
    for each in component.get("licenses") or ():
        licence = each.get("license", {})
        told.append(each.get("expression") or licence.get("id") or licence.get("name") or "")
    return " AND ".join(f"({each})" if " " in each and len(told) > 1 else each for each in told)
