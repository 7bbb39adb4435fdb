"""What a release is made of: a bill of materials (CycloneDX), and whether all of it may be shipped.

``licences.toml`` says for every package its licence in SPDX, and what the package itself says: a
package that is not in the table, says something new, or may not be shipped, stops the release; so
does what lies in them (``contained.py``), a font, and a library of the system.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from email.parser import HeaderParser
from pathlib import Path
from typing import Any

from contained import Folder, Part

HERE = Path(__file__).resolve().parent
TABLE = HERE / "licences.toml"
FONTS = HERE.parent / "resources" / "fonts" / "MANIFEST.toml"
MAY_BE_SHIPPED = {
    *("MIT", "MIT-0", "MIT-CMU", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "ISC", "Zlib"),
    *("PSF-2.0", "Python-2.0", "LGPL-2.1-only", "LGPL-2.1-or-later", "LGPL-3.0-only", "MPL-2.0"),
    *("Unicode-3.0", "Unicode-DFS-2016", "X11", "HPND", "IJG", "FTL", "libtiff", "libpng-2.0"),
    *("0BSD", "CC0-1.0", "Unlicense", "blessing", "bzip2-1.0.6", "OpenSSL", "LicenseRef-AGG-2.3"),
    *("BSD-3-Clause WITH PCRE2-exception", "Apache-2.0 WITH LLVM-exception"),
    *("GPL-2.0-or-later WITH Bootloader-exception",),
    "LicenseRef-Microsoft-Visual-Cpp-Redistributable",
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
    words = re.findall(r"[()]|(?:(?! OR | AND )[^()])+| OR | AND ", expression)
    may, rest = _choice([word.strip() for word in words if word.strip()])
    return may and not rest


def _choice(words: Sequence[str]) -> tuple[bool, Sequence[str]]:
    may, rest = _together(words)
    while rest[:1] == ["OR"]:
        other, rest = _together(rest[1:])
        may = may or other
    return may, rest


def _together(words: Sequence[str]) -> tuple[bool, Sequence[str]]:
    may, rest = _single(words)
    while rest[:1] == ["AND"]:
        other, rest = _single(rest[1:])
        may = may and other
    return may, rest


def _single(words: Sequence[str]) -> tuple[bool, Sequence[str]]:
    """One licence, or what stands in brackets; and what follows."""
    if words[:1] != ["("]:
        return bool(words) and words[0] in MAY_BE_SHIPPED, words[1:]
    may, rest = _choice(words[1:])
    return may and rest[:1] == [")"], rest[1:]


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


def complaints_of_parts(parts: Sequence[Part]) -> list[str]:
    """Why a release may not be made with what lies in its packages."""
    return [
        f"{part.of or '资料'} 里的 {part.name} {part.version}".rstrip()
        + f" 的许可 {part.licence or '没有说'} 不能随程序分发"
        for part in parts
        if not may_be_shipped(part.licence)
    ]


def complaints_of_folder(folder: Folder, owners: Mapping[str, str]) -> list[str]:
    """Why what was made may not be handed out: all that lies in it beside the packages.

    ``owners`` are the libraries that the system's packages brought, each with its package.
    """
    faces = fonts()
    return [
        *complaints_of_fonts(faces),
        *complaints_of_parts(folder.parts()),
        *folder.complaints(owners, [face["file"] for face in faces]),
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


def report_of_parts(parts: Sequence[Part]) -> str:
    """What lies in the packages, in one line: by licence, crates by their number alone."""
    under: dict[str, list[str]] = {}
    for part in parts:
        named = under.setdefault(part.licence, [])
        if not part.purl:
            named.append(f"{part.name} {part.version or '版本不明'}")
    told = "、".join(
        f"{spdx}（{'，'.join(names)}）" for spdx, names in sorted(under.items()) if names
    )
    return f"{told}；Rust 的库 {sum(1 for part in parts if part.purl)} 个"


def table() -> Mapping[str, Any]:
    """What was looked at once, by package."""
    found: Mapping[str, Any] = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    return found


def owners(program: Path) -> dict[str, str]:
    """The libraries in the program that Debian's packages brought, each with its package.

    One that no package owns came with a wheel or with Python.
    """
    found = (path.name for path in (program / "_internal").glob("*.so*"))
    names = {name for name in found if not name.startswith("libpython")}
    call = ["dpkg-query", "--search", *(f"*/{name}" for name in sorted(names))]
    told = subprocess.run(call, check=False, capture_output=True, text=True).stdout
    rows = re.findall(r"^([^:,\s]+)(?::\w+)?: (?:/usr)?/lib/[^/]+/([^/\n]+)$", told, re.M)
    return {name: owner for owner, name in sorted(rows) if name in names}


def system_libraries(packages: Iterable[str], licences: Path) -> dict[str, str]:
    """The versions of these packages of Debian; their licences are copied."""
    found = {}
    for owner in sorted({*packages}):
        asked = ["dpkg-query", "--show", "--showformat=${Version}", owner]
        told = subprocess.run(asked, check=True, capture_output=True, text=True).stdout
        found[owner] = told.split()[0]
        text = Path("/usr/share/doc") / owner / "copyright"
        if text.is_file():
            shutil.copyfile(text, licences / f"system_{owner}.txt")
    return found


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


def _debian(system: Mapping[str, str], folder: Folder | None) -> Iterator[dict[str, Any]]:
    for name, number in sorted(system.items()):
        licence = folder.licence_of_system(name) if folder else ""
        told = {"expression": licence} if licence else {"license": {"name": f"licences/{name}"}}
        yield {
            "type": "library",
            "bom-ref": f"pkg:deb/debian/{name}@{number}",
            "name": name,
            "version": number,
            "purl": f"pkg:deb/debian/{name}@{number}",
            "licenses": [told],
        }


def _part(part: Part) -> dict[str, Any]:
    """What lies in another; without a version where none can be read."""
    return {
        "type": "library" if part.of else "data",
        "bom-ref": f"in:{part.of}:{part.purl or part.name}",
        "name": part.name,
        **({"version": part.version} if part.version else {}),
        **({"purl": part.purl} if part.purl else {}),
        "licenses": [{"expression": part.licence}],
    }


def _filled(parts: Sequence[dict[str, Any]], inside: Sequence[Part]) -> Iterator[dict[str, Any]]:
    """Each with what lies in it, and then what lies in none."""
    known = {part["name"] for part in parts}
    for part in parts:
        lying = [_part(each) for each in inside if each.of == part["name"]]
        yield part | ({"components": lying} if lying else {})
    yield from (_part(each) for each in inside if each.of not in known)


def bill(
    version: str,
    found: Sequence[tuple[str, str, str]],
    system: Mapping[str, str],
    known: Mapping[str, Any],
    python: tuple[str, str] = ("", ""),
    faces: Sequence[Mapping[str, Any]] = (),
    folder: Folder | None = None,
) -> str:
    """The bill of materials as CycloneDX 1.5 in JSON, without a time: equal twice.

    ``python`` is the version of the one carried along, and of Debian's source for it; ``faces``
    are its fonts, ``folder`` is what was made, for all that lies in it.
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
    parts = [*_filled(parts, folder.parts() if folder else ())]
    parts += [*_debian(system, folder), *_fonts(faces)]
    own = {"type": "application", "name": "dangjian-desktop", "version": version}
    data = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": {**own, "licenses": [{"expression": "MIT"}]}},
        "components": parts,
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"
