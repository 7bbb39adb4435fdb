"""What must be true of the folder that is staged for Windows: nothing of it runs here, all is read.

Every import of ours leads to a module that is there or that Python brings; what those import
leads on; every library that a library asks for is there or belongs to the system.
"""

from __future__ import annotations

import ast
import importlib.util
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from email.parser import HeaderParser
from pathlib import Path
from typing import NamedTuple

from environment import plain_name
from frozen_folder import FOREIGN, ReleaseError, modules_of
from pip._vendor.packaging.requirements import Requirement

from dangjian_desktop.domain.updating.names import name_issues

LONGEST = 150
SITE = Path("python", "Lib", "site-packages")
# Of the standard library: what the embeddable package leaves out, what only other systems have.
ABSENT = {
    *("tkinter", "turtle", "turtledemo", "idlelib", "ensurepip", "venv", "test", "distutils"),
    *("lib2to3", "fcntl", "termios", "tty", "pty", "pwd", "grp", "spwd", "crypt", "resource"),
    *("syslog", "readline", "curses", "nis", "ossaudiodev", "posix", "dbm.gnu", "dbm.ndbm"),
}
QT = ("PySide6", "shiboken6")
BROUGHT = {"python311", "python3", "vcruntime140", "vcruntime140_1"}
"""Libraries that the embeddable package brings."""


def problems(staged: Path, system: Sequence[str], whole: bool) -> list[str]:
    """What is wrong with it; nothing where it may be shipped. ``whole``: Python lies there too."""
    site = staged / SITE
    python = staged / "python" if whole else None
    return [
        *_names(staged),
        *_foreign(staged),
        *_uncompiled(site),
        *_requirements(site),
        *_imports(site, python),
        *(
            f"{file} 要 {name}，哪里都没有"
            for file, name in missing_libraries(site, system)
            if not (name in BROUGHT and (python is None or (python / f"{name}.dll").is_file()))
        ),
    ]


def _names(staged: Path) -> Iterator[str]:
    paths = [path for path in sorted(staged.rglob("*")) if not path.is_dir() or path.is_symlink()]
    names = [path.relative_to(staged).as_posix() for path in paths]
    yield from (issue.message for issue in name_issues(names))
    yield from (f"{name} 是链接" for name in names if (staged / name).is_symlink())
    yield from (f"{name} 长于 {LONGEST} 个字" for name in names if len(name) > LONGEST)


def _foreign(staged: Path) -> Iterator[str]:
    for path in sorted((staged / SITE).iterdir()):
        if FOREIGN.search(path.name):
            yield f"不该带上 {path.name}"


def _uncompiled(site: Path) -> Iterator[str]:
    for path in site.rglob("*.py"):
        if not Path(importlib.util.cache_from_source(str(path))).is_file():
            yield f"没有编译 {path.relative_to(site).as_posix()}"


# ---- what packages say that they require --------------------------------------------------------


WIN32 = {
    **{"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt"},
    **{"platform_machine": "AMD64", "python_version": "3.11", "python_full_version": "3.11.0"},
    **{"implementation_name": "cpython", "platform_python_implementation": "CPython", "extra": ""},
}


def _requirements(site: Path) -> Iterator[str]:
    told = [
        HeaderParser().parsestr(path.read_text(encoding="utf-8"))
        for path in sorted(site.glob("*.dist-info/METADATA"))
    ]
    versions = {plain_name(each["Name"]): each["Version"] for each in told}
    for each in told:
        for wanted in map(Requirement, each.get_all("Requires-Dist", [])):
            if wanted.marker and not wanted.marker.evaluate(WIN32):
                continue
            found = versions.get(plain_name(wanted.name))
            if found is None or not wanted.specifier.contains(found, prereleases=True):
                yield f"{each['Name']} 需要 {wanted.name}{wanted.specifier}，有的是 {found or '无'}"


# ---- imports ------------------------------------------------------------------------------------


class Import(NamedTuple):
    """One import of a module: what, whether only a call or a condition does it, may it fail."""

    name: str
    late: bool
    may_fail: bool
    part: bool = False
    """Of ``from a import b``: b may be a module or only a name in a."""


def _imports(site: Path, python: Path | None) -> Iterator[str]:
    """What cannot be imported; ours with everything, of others what they import at once."""
    brought = _pure(python) if python else None
    waiting = [*modules_of(site), *(f"{name}.__main__" for name in _entries(site))]
    seen = {*waiting}
    while waiting:
        module = waiting.pop()
        path = found(site, module)
        if path is None or path.suffix != ".py":
            continue
        ours = module.partition(".")[0] == "dangjian_desktop"
        for each in imports_of(path, module):
            if not ours and (each.late or each.may_fail):
                continue
            if _is_brought(each.name, brought):
                continue
            if found(site, each.name) is None:
                if not (each.part or each.may_fail):
                    yield f"{module} 要 {each.name}，哪里都没有"
                continue
            above = [each.name.rsplit(".", n)[0] for n in range(each.name.count(".") + 1)]
            waiting += [name for name in above if name not in seen]
            seen.update(above)


def _entries(site: Path) -> Iterator[str]:
    for path in (site / "dangjian_desktop").rglob("__main__.py"):
        yield ".".join(path.parent.relative_to(site).parts)


def _is_brought(name: str, pure: set[str] | None) -> bool:
    top = name.partition(".")[0]
    if top not in sys.stdlib_module_names or top in ABSENT or name in ABSENT:
        return False
    if pure is None:
        return True
    spec = importlib.util.find_spec(top)
    is_source = spec is not None and (spec.origin or "").endswith(".py")
    return top in pure or not is_source


def _pure(python: Path) -> set[str]:
    """The modules in the standard library's archive, by their first name."""
    with zipfile.ZipFile(python / "python311.zip") as archive:
        return {name.partition("/")[0].partition(".")[0] for name in archive.namelist()}


def found(site: Path, name: str) -> Path | None:
    """Where a module lies; a folder without source for a namespace, a binary for what is in it."""
    path = site
    for part in name.split("."):
        if path.suffix == ".pyd":
            return path
        places = (
            path / part / "__init__.py",
            *(path / f"{part}{end}" for end in (".cp311-win_amd64.pyd", ".pyd", ".py")),
            path / part,
        )
        place = next((each for each in places if each.exists()), None)
        if place is None or path.suffix == ".py":
            return None
        path = place.parent if place.name == "__init__.py" else place
    return path / "__init__.py" if (path / "__init__.py").is_file() else path


def imports_of(path: Path, module: str) -> Iterator[Import]:
    """The imports in a file, as they are done on Windows."""
    tree = ast.parse(path.read_bytes())
    package = module if path.name == "__init__.py" else module.rpartition(".")[0]
    yield from _walk(tree.body, package, late=False, may_fail=False)


def _walk(nodes: Sequence[ast.AST], package: str, late: bool, may_fail: bool) -> Iterator[Import]:
    for node in nodes:
        if isinstance(node, ast.Import | ast.ImportFrom | ast.Call):
            yield from _named(node, package, late, may_fail)
        if isinstance(node, ast.If):
            taken, is_sure = _taken(node)
            yield from _walk(taken, package, late or not is_sure, may_fail)
        elif isinstance(node, ast.Try):
            may_fail = may_fail or _forgives(node)
            yield from _walk([*node.body, *node.orelse, *node.finalbody], package, late, may_fail)
            yield from _walk(node.handlers, package, late=True, may_fail=may_fail)
        else:
            is_function = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            inner = [*ast.iter_child_nodes(node)]
            yield from _walk(inner, package, late or is_function, may_fail)


def _named(node: ast.AST, package: str, late: bool, may_fail: bool) -> Iterator[Import]:
    if isinstance(node, ast.Import):
        yield from (Import(each.name, late, may_fail) for each in node.names)
    elif isinstance(node, ast.ImportFrom):
        above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
        base = ".".join([*above, *([node.module] if node.module else [])])
        yield Import(base, late, may_fail)
        yield from (
            Import(f"{base}.{each.name}", late, may_fail, part=True)
            for each in node.names
            if each.name != "*"
        )
    elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("import_module"):
        match node.args:
            case [ast.Constant(value=str(name)), *_]:
                yield Import(name, late, may_fail)


def _taken(node: ast.If) -> tuple[Sequence[ast.AST], bool]:
    """The branches that Windows may take, and whether it is sure to."""
    test = ast.unparse(node.test)
    if "TYPE_CHECKING" in test:
        return node.orelse, True
    asked = re.fullmatch(r"(?:sys\.platform|os\.name) (==|!=) '(\w+)'", test)
    if asked:
        is_here = (asked[2] in {"win32", "nt"}) == (asked[1] == "==")
        return (node.body if is_here else node.orelse), True
    return [node.test, *node.body, *node.orelse], False


def _forgives(node: ast.Try) -> bool:
    """Whether an import that fails is expected there."""
    kinds = [ast.unparse(each.type) if each.type else "Exception" for each in node.handlers]
    return any(re.search(r"ImportError|ModuleNotFoundError|\bException\b", each) for each in kinds)


# ---- libraries ----------------------------------------------------------------------------------


def libraries_of(files: Sequence[Path]) -> dict[Path, list[str]]:
    """The libraries that each binary asks for, in small letters, without what is behind the dot."""
    told: dict[Path, list[str]] = {}
    for path in files:
        call = ["objdump", "--private-headers", str(path)]
        try:
            done = subprocess.run(call, check=False, capture_output=True, text=True)
        except OSError as error:
            raise ReleaseError("缺少 objdump，请先安装软件包 binutils。") from error
        if done.returncode:
            raise ReleaseError(f"{path.name} 不是 Windows 的程序文件。")
        names = re.findall(r"DLL Name: (\S+)", done.stdout)
        told[path] = [re.sub(r"\.(dll|drv)$", "", name.lower()) for name in names]
    return told


def binaries(site: Path) -> list[Path]:
    return sorted(path for path in site.rglob("*") if path.suffix.lower() in {".pyd", ".dll"})


def of_windows(name: str, system: Sequence[str]) -> bool:
    """Whether the system brings it."""
    return name in system or name.startswith("api-ms-win-")


def missing_libraries(site: Path, system: Sequence[str]) -> Iterator[tuple[str, str]]:
    """File and library, for each that lies neither beside it nor, for Qt, in Qt's folders.

    Windows looks in those only after PySide6 was imported, which other packages do not wait for.
    """
    there = {path.stem.lower() for folder in QT for path in (site / folder).glob("*.dll")}
    for path, names in libraries_of(binaries(site)).items():
        found_there = {each.stem.lower() for each in path.parent.glob("*.dll")}
        if path.relative_to(site).parts[0] in QT:
            found_there |= there
        for name in sorted({*names} - found_there):
            if not of_windows(name, system):
                yield path.relative_to(site).as_posix(), name


def wanted_libraries(site: Path, kept: Sequence[Path]) -> set[Path]:
    """Of the libraries beside Qt's modules those that ``kept`` ask for, and so on."""
    folders = [site / name for name in QT]
    wanted, waiting = {*kept}, [*kept]
    while waiting:
        asked: Mapping[Path, list[str]] = libraries_of(waiting)
        waiting = []
        for path, names in asked.items():
            for folder in dict.fromkeys((path.parent, *folders)):
                near = {each.stem.lower(): each for each in folder.glob("*.dll")}
                found_there = {near[name] for name in names if name in near}
                waiting += sorted(found_there - wanted)
                wanted |= found_there
    return wanted
