"""An import contract: each library of others has its places, and one without a place is refused."""

from __future__ import annotations

import sys

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class OnlyIn(Contract):
    """``places`` are lines such as ``docx lxml: documents``; a place is a module or a package."""

    type_name = "only_in"

    places = fields.ListField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        strange = sorted(self._strange(graph))
        return ContractCheck(kept=not strange, metadata={"strange": strange})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for importer, library, line in check.metadata["strange"]:
            output.print_error(f"{importer} imports {library} (l.{line})", bold=False)

    def _strange(self, graph: ImportGraph) -> list[tuple[str, str, int]]:
        allowed = self._allowed()
        found = []
        for library in self._libraries(graph, set(allowed)):
            for importer in graph.find_modules_that_directly_import(library):
                if not any(_within(importer, place) for place in allowed.get(library, ())):
                    lines = graph.get_import_details(importer=importer, imported=library)
                    found.append((importer, library, lines[0]["line_number"]))
        return found

    def _allowed(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for line in self.places:
            libraries, _, places = line.partition(":")
            for library in libraries.split():
                found[library] = [f"{self._root()}.{place}" for place in places.split()]
        return found

    def _libraries(self, graph: ImportGraph, listed: set[str]) -> list[str]:
        every = {name for name in graph.modules if not _within(name, self._root())}
        return sorted(every - (sys.stdlib_module_names - listed))

    def _root(self) -> str:
        return str(self.session_options["root_packages"][0])


def _within(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")
