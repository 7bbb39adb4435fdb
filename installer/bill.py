"""What a release is made of: a bill of materials (CycloneDX), and whether all of it may be shipped.

``licences.toml`` says for every package its licence in SPDX, and what the package itself says: a
package that is not in the table, says something new, or may not be shipped, stops the release.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from email.parser import HeaderParser
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
TABLE = HERE / "licences.toml"
FONTS = HERE.parent / "resources" / "fonts" / "MANIFEST.toml"
MAY_BE_SHIPPED = {
    *("MIT", "MIT-0", "MIT-CMU", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "ISC", "Zlib"),
    *("PSF-2.0", "Python-2.0", "LGPL-2.1-only", "LGPL-3.0-only", "OpenSSL", "Unicode-3.0"),
    *("GPL-2.0-or-later WITH Bootloader-exception", "MPL-2.0"),
}
FONTS_MAY_BE_SHIPPED = {
    *("OFL-1.1", "GPL-3.0-only WITH font exception", "Hanazono Font License"),
}


def stated(metadata: str) -> str:
    """What a package says of its licence, in one line."""
    told = HeaderParser().parsestr(metadata)
    if told["License-Expression"]:
        return str(told["License-Expression"])
    classes = [each for each in told.get_all("Classifier", []) if each.startswith("License")]
    words = (told["License"] or "").strip().splitlines()
    return " | ".join([*words[:1], *(each.rpartition(" :: ")[2] for each in classes)])


def may_be_shipped(expression: str) -> bool:
    """Whether every part of an SPDX expression, or one where there is a choice, may be."""
    choices = [part.strip() for part in expression.strip("()").split(" OR ")]
    return any(
        all(each.strip(" ()") in MAY_BE_SHIPPED for each in choice.split(" AND "))
        for choice in choices
    )


def packages(site: Path, shipped: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """Name, version and what it says of its licence, of each package that ships."""
    for folder in sorted(site.glob("*.dist-info")):
        text = (folder / "METADATA").read_text(encoding="utf-8")
        told = HeaderParser().parsestr(text)
        name = re.sub(r"[-_.]+", "-", told["Name"]).lower()
        if name in shipped:
            yield name, told["Version"], stated(text)


def complaints(found: Sequence[tuple[str, str, str]], table: Mapping[str, Any]) -> list[str]:
    """Why a release may not be made of these."""
    said = []
    for name, version, words in found:
        known = table.get(name)
        if known is None:
            said.append(f"{name} {version} 不在 licences.toml 里（它自己说：{words or '没有说'}）")
        elif known["said"] != words:
            said.append(f"{name} {version} 的许可变了：原来说“{known['said']}”，现在说“{words}”")
        elif not may_be_shipped(known["spdx"]):
            said.append(f"{name} {version} 的许可 {known['spdx']} 不能随程序分发")
    return said


def fonts() -> list[Mapping[str, Any]]:
    """The fonts that are carried along, as their own list has them."""
    return list(tomllib.loads(FONTS.read_text(encoding="utf-8"))["face"])


def complaints_of_fonts(faces: Sequence[Mapping[str, Any]]) -> list[str]:
    """Why a release may not be made with these fonts."""
    return [
        f"字体 {face['file']} 的许可 {face['licence']} 不能随程序分发"
        for face in faces
        if face["licence"] not in FONTS_MAY_BE_SHIPPED
    ]


def _fonts(faces: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    for face in faces:
        yield {
            "type": "file",
            "bom-ref": f"font:{face['file']}",
            "name": face["file"],
            "version": face["version"],
            "description": f"{face['style']}, {face['package']}: {face['source']}",
            "licenses": [{"license": {"name": face["licence"]}}],
        }


def report(found: Sequence[tuple[str, str, str]], table: Mapping[str, Any]) -> str:
    """Under which licence what is shipped, in one line."""
    under: dict[str, list[str]] = {}
    for name, _, _ in found:
        under.setdefault(table[name]["spdx"], []).append(name)
    told = sorted(under.items())
    return "、".join(f"{spdx} {len(names)}（{' '.join(names)}）" for spdx, names in told)


def table() -> Mapping[str, Any]:
    """What was looked at once, by package."""
    found: Mapping[str, Any] = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    return found


def system_libraries(program: Path, licences: Path) -> dict[str, str]:
    """Debian's packages whose libraries lie in the program, with their versions.

    Their licences are copied. A library that no package owns came with a wheel or with Python.
    """
    found = (path.name for path in (program / "_internal").glob("*.so*"))
    names = {name for name in found if not name.startswith("libpython")}
    call = ["dpkg-query", "--search", *(f"*/{name}" for name in sorted(names))]
    told = subprocess.run(call, check=False, capture_output=True, text=True).stdout
    rows = re.findall(r"^([^:,\s]+)(?::\w+)?: (?:/usr)?/lib/[^/]+/([^/]+)$", told, re.M)
    owners = dict.fromkeys(sorted({owner for owner, name in rows if name in names}), "")
    for owner in owners:
        asked = ["dpkg-query", "--show", "--showformat=${Version}", owner]
        told = subprocess.run(asked, check=True, capture_output=True, text=True).stdout
        owners[owner] = told.split()[0]
        text = Path("/usr/share/doc") / owner / "copyright"
        if text.is_file():
            shutil.copyfile(text, licences / f"system_{owner}.txt")
    return owners


def _python(number: str, source: str) -> Iterator[dict[str, Any]]:
    if number:
        yield {
            "type": "platform",
            "bom-ref": f"pkg:generic/cpython@{number}",
            "name": "cpython",
            "version": number,
            "purl": f"pkg:generic/cpython@{number}",
            "licenses": [{"license": {"id": "Python-2.0"}}],
            **({"pedigree": {"notes": f"python3.11 {source}, Debian"}} if source else {}),
        }


def bill(
    version: str,
    found: Sequence[tuple[str, str, str]],
    system: Mapping[str, str],
    known: Mapping[str, Any],
    python: tuple[str, str] = ("", ""),
    faces: Sequence[Mapping[str, Any]] = (),
) -> str:
    """The bill of materials as CycloneDX 1.5 in JSON, without a time: equal twice.

    ``python`` is the version of the one carried along, and of Debian's source for it; ``faces``
    are its fonts.
    """
    parts = [*_python(*python)]
    parts += [
        {
            "type": "library",
            "bom-ref": f"pkg:pypi/{name}@{number}",
            "name": name,
            "version": number,
            "purl": f"pkg:pypi/{name}@{number}",
            "licenses": [{"expression": known[name]["spdx"]}],
        }
        for name, number, _ in found
    ]
    parts += [
        {
            "type": "library",
            "bom-ref": f"pkg:deb/debian/{name}@{number}",
            "name": name,
            "version": number,
            "purl": f"pkg:deb/debian/{name}@{number}",
            "licenses": [{"license": {"name": f"licences/system_{name}.txt"}}],
        }
        for name, number in sorted(system.items())
    ]
    parts += _fonts(faces)
    own = {"type": "application", "name": "dangjian-desktop", "version": version}
    data = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": {**own, "licenses": [{"expression": "MIT"}]}},
        "components": parts,
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"
