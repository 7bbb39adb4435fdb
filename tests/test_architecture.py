"""Sizes, names and imports that hold in every file; the layers themselves are import-linter's.

Each file is read and parsed once; every test is a loop over what was read.
"""

from __future__ import annotations

import ast
import builtins
import keyword
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "dangjian_desktop"

FORBIDDEN_NAMES = {"utils", "util", "common", "helpers", "helper", "managers", "manager", "base"}
UNFINISHED = re.compile("|".join(("TO" + "DO", "FIX" + "ME", r"\bXX" + r"X\b")))
NETWORK = {
    "socket",
    "socketserver",
    "ssl",
    "ftplib",
    "smtplib",
    "telnetlib",
    "xmlrpc",
    "urllib.request",
    "http",
    "requests",
    "urllib3",
    "httpx",
    "aiohttp",
    "websockets",
    "PySide6.QtNetwork",
    "PySide6.QtWebSockets",
    "webbrowser",
}
COLOUR = re.compile(r"#(?:[0-9A-Fa-f]{8}|[0-9A-Fa-f]{6}|[0-9A-Fa-f]{3})\b")
LATE = ("app.py", "cli/")
HEAVY = {"pypinyin", "openpyxl", "docx", "lxml", "reportlab"}
# The only functions outside of those that bring in what is heavy, when it is first used.
FIRST_USERS = {
    ("storage/pinyin.py", "_usual"),
    ("services/rendering.py", "_word_of"),
    ("services/workbooks.py", "data"),
    ("services/import_saving.py", "write_sheet"),
    ("services/papers/looks.py", "take_word"),
    ("services/projects/pictures.py", "chart_picture"),
}

# A folder inside a layer is a subject, the same word in every layer, or one of the layer's rooms.
SUBJECTS = {
    *("members", "meetings", "projects", "ledgers", "checks", "summaries"),
    *("blank_forms", "submissions", "templates", "talks", "fusion", "plans", "items"),
    *("assessments", "agreements", "appraisals"),
    "updating",
}
ROOMS = {
    "domain": {"members/importing"},
    "storage": {"file", "records", "copies", "migrations", "migrations/versions"},
    "papers": set(),
    "services": {"records", "papers", "library"},
    "ui": {"look", "desk", "fields", "records", "paper", "window", "home", "settings"},
}
RECORD_LINES = 7150
RECORD_FILE_LINES = 260

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


@dataclass(frozen=True)
class Source:
    """One file as it was read: its name from the root, its place in the package, its tree."""

    name: str
    place: str
    text: str
    nodes: tuple[ast.AST, ...]

    @property
    def lines(self) -> int:
        return self.text.count("\n")

    def imported(self) -> list[str]:
        return [module for node in self.nodes for module in imported_by(node)]


@cache
def sources() -> tuple[Source, ...]:
    """Every file of the program, the installer and the tests, parsed once."""
    folders = (PACKAGE, ROOT / "installer", ROOT / "tests")
    return tuple(read(path) for folder in folders for path in sorted(folder.rglob("*.py")))


def read(path: Path) -> Source:
    text = path.read_text(encoding="utf-8")
    place = path.relative_to(PACKAGE).as_posix() if path.is_relative_to(PACKAGE) else ""
    return Source(str(path.relative_to(ROOT)), place, text, tuple(ast.walk(ast.parse(text))))


def program(start: str = "") -> Iterator[Source]:
    return (source for source in sources() if source.place and source.place.startswith(start))


def breaches(where: Iterable[Source], told: Callable[[Source], Iterable[object]]) -> list[str]:
    return [f"{source.name}: {breach}" for source in where for breach in told(source)]


def imported_by(node: ast.AST) -> Iterator[str]:
    """What an import statement may bring, "a" and "a.b" for ``from a import b``."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and node.module:
        yield node.module
        yield from (f"{node.module}.{alias.name}" for alias in node.names)


def within(module: str, names: set[str]) -> bool:
    return any(module == name or module.startswith(f"{name}.") for name in names)


def test_the_files_are_found():
    assert len(list(program())) > 50


# ---- sizes ------------------------------------------------------------------------------------


def too_long(source: Source) -> Iterator[str]:
    if source.lines > 400:
        yield f"{source.lines} lines"
    for node in source.nodes:
        if isinstance(node, Definition):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > (200 if isinstance(node, ast.ClassDef) else 50):
                yield f"{node.name}: {length} lines"


def test_files_classes_and_functions_keep_their_size():
    assert breaches(sources(), too_long) == []


def test_what_every_record_shares_stays_small():
    shared = [s for s in program() if re.match(r"\w+/records/|ui/fields/", s.place)]
    assert [s.name for s in shared if s.lines > RECORD_FILE_LINES] == []
    assert sum(source.lines for source in shared) <= RECORD_LINES


# ---- names ------------------------------------------------------------------------------------


def test_a_module_is_named_after_what_it_is_about():
    parts = {s.name: set(s.name.removesuffix(".py").split("/")) for s in sources()}
    assert [name for name, words in parts.items() if FORBIDDEN_NAMES & words] == []


def taken(source: Source) -> Iterator[str]:
    """A name of Python itself would be shadowed, or would shadow ours, in a module's own folder."""
    name = source.place.removesuffix(".py").rpartition("/")[2]
    if keyword.iskeyword(name) or name in dir(builtins) or name in sys.stdlib_module_names:
        yield name


def test_no_module_is_named_like_one_of_python():
    assert breaches((s for s in program() if not s.place.endswith("__.py")), taken) == []


def test_a_subject_has_one_folder_name_in_every_layer():
    for layer, rooms in ROOMS.items():
        inits = [s.place for s in program(f"{layer}/") if s.place.endswith("/__init__.py")]
        folders = {place.removeprefix(f"{layer}/").removesuffix("/__init__.py") for place in inits}
        assert folders - {"__init__.py"} <= SUBJECTS | rooms, layer


def unfinished(source: Source) -> Iterator[str]:
    yield from UNFINISHED.findall(source.text)
    for node in source.nodes:
        if isinstance(node, ast.Raise) and node.exc and "NotImplemented" in ast.unparse(node.exc):
            yield ast.unparse(node)


def test_nothing_is_left_for_later():
    assert breaches(sources(), unfinished) == []


# ---- imports ----------------------------------------------------------------------------------


def networked(source: Source) -> Iterator[str]:
    return (module for module in source.imported() if within(module, NETWORK))


def test_the_program_knows_no_network():
    assert breaches(program(), networked) == []


def late_imports(source: Source) -> Iterator[str]:
    for node in source.nodes:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            for inner in ast.walk(node):
                found = imported_by(inner) if (source.place, node.name) not in FIRST_USERS else ()
                yield from (f"{node.name}: {module}" for module in found)


def test_imports_stand_at_the_head_of_a_file():
    assert breaches((s for s in program() if not s.place.startswith(LATE)), late_imports) == []


def test_few_functions_bring_in_what_is_heavy_and_each_does():
    assert len(FIRST_USERS) <= 12
    heads = {s.place: {m for m in s.imported() if within(m, HEAVY)} for s in program()}
    for place, name in FIRST_USERS:
        source = next(s for s in program() if s.place == place)
        (user,) = (n for n in source.nodes if isinstance(n, ast.FunctionDef) and n.name == name)
        brought = {m for inner in ast.walk(user) for m in imported_by(inner)}
        files = {m.removeprefix("dangjian_desktop.").replace(".", "/") + ".py" for m in brought}
        assert any(within(m, HEAVY) or heads.get(f) for m in brought for f in files)


def strange_to_the_domain(source: Source) -> Iterator[str]:
    own = {f"dangjian_desktop.{name}" for name in ("domain", "errors", "frozen")}
    for module in source.imported():
        known = module.split(".")[0] in sys.stdlib_module_names or module == "dangjian_desktop"
        if not known and not within(module, own):
            yield module


def test_the_domain_uses_the_standard_library_only():
    assert breaches(program("domain/"), strange_to_the_domain) == []


# ---- what is written --------------------------------------------------------------------------


def colours(source: Source) -> Iterator[str]:
    for node in source.nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from COLOUR.findall(node.value)


def test_colours_are_tokens():
    assert breaches((s for s in program("ui/") if s.place != "ui/look/tokens.py"), colours) == []


def clocks(source: Source) -> Iterator[str]:
    for node in source.nodes:
        asked = isinstance(node, ast.Attribute) and node.attr in {"today", "now", "utcnow"}
        if asked and ast.unparse(node).startswith(("date.", "datetime.")):
            yield ast.unparse(node)


def test_the_domain_is_told_the_day():
    assert breaches(program("domain/"), clocks) == []
