"""The placeholders of a parsed template, as paths: "member.name", "members[].name"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from jinja2 import nodes

ROW = "[]"
"""Behind the path of a list: one of its rows."""
_OWN = frozenset({"loop", "range", "dict", "lipsum", "cycler", "joiner", "namespace"})
"""Names that the language itself has."""
_LOOP = ("loop", "self", "super", "caller", "varargs", "kwargs")


Read = tuple[str, bool]
"""A path, and whether its value is put into the text as it is."""


def used_in(template: nodes.Template) -> tuple[list[str], list[str]]:
    """Every path that a template reads, each once, in its order; and those that it puts into the
    text as they are."""
    read = [*_used(template, dict.fromkeys(_LOOP, ""))]
    printed = (path for path, put in read if put)
    return list(dict.fromkeys(path for path, _put in read)), list(dict.fromkeys(printed))


def _used(node: nodes.Node, known: Mapping[str, str], *, put: bool = False) -> Iterator[Read]:
    """``known`` tells what names of the template's own stand for: a path, "" for anything else."""
    path = _path(node, known)
    if isinstance(node, nodes.With | nodes.Macro):
        own = {node.name: ""} if isinstance(node, nodes.Macro) else {}
        yield from _of_children(node, {**known, **own, **_own_names(node)})
    elif isinstance(node, nodes.For):
        yield from _of_loop(node, known)
    elif path is None:
        yield from _of_children(node, known)
    elif path:
        yield path, put


def _of_loop(node: nodes.For, known: Mapping[str, str]) -> Iterator[Read]:
    yield from _used(node.iter, known)
    inside = {**known, **_bound(node.target, _path(node.iter, known))}
    for part in (node.test, *node.body, *node.else_):
        if part is not None:
            yield from _used(part, inside)


def _of_children(node: nodes.Node, known: Mapping[str, str]) -> Iterator[Read]:
    scope = dict(known)
    for child in node.iter_child_nodes():
        yield from _used(child, scope, put=isinstance(node, nodes.Output))
        if isinstance(child, nodes.Assign | nodes.Macro):
            scope |= _assigned(child, scope)


def _bound(target: nodes.Node, of: str | None) -> dict[str, str]:
    if isinstance(target, nodes.Name):
        return {target.name: f"{of}{ROW}" if of else ""}
    return {name.name: "" for name in target.find_all(nodes.Name)}


def _assigned(node: nodes.Node, known: Mapping[str, str]) -> dict[str, str]:
    if isinstance(node, nodes.Assign) and isinstance(node.target, nodes.Name):
        return {node.target.name: _path(node.node, known) or ""}
    return {node.name: ""} if isinstance(node, nodes.Macro) else _own_names(node)


def _own_names(node: nodes.Node) -> dict[str, str]:
    names = node.find_all(nodes.Name)
    return {name.name: "" for name in names if name.ctx in ("store", "param")}


def _path(node: nodes.Node, known: Mapping[str, str]) -> str | None:
    """The path that a chain of names stands for: "" what the template made, None no chain."""
    if isinstance(node, nodes.Name):
        if node.name in known:
            return known[node.name]
        return "" if node.ctx in ("store", "param") or node.name in _OWN else node.name
    if isinstance(node, nodes.Getattr):
        return _below(_path(node.node, known), node.attr)
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
        value = node.arg.value
        above = _path(node.node, known)
        return f"{above}{ROW}" if above and isinstance(value, int) else _below(above, str(value))
    return None


def _below(above: str | None, name: str) -> str | None:
    return f"{above}.{name}" if above else above
