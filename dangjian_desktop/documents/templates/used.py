"""The placeholders of a parsed template, as paths: "member.name", "members[].name"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from jinja2 import nodes

ROW = "[]"
"""Behind the path of a list: one of its rows."""
_OWN = frozenset({"loop", "range", "dict", "lipsum", "cycler", "joiner", "namespace"})
"""Names that the language itself has."""
_LOOP = ("loop", "self", "super", "caller", "varargs", "kwargs")


def used_in(template: nodes.Template) -> list[str]:
    """Every path that a template reads, each once, in its order."""
    return list(dict.fromkeys(_used(template, dict.fromkeys(_LOOP, ""))))


def _used(node: nodes.Node, known: Mapping[str, str]) -> Iterator[str]:
    """``known`` tells what names of the template's own stand for: a path, "" for anything else."""
    path = _path(node, known)
    if isinstance(node, nodes.With | nodes.Macro):
        yield from _of_children(node, {**known, **_own_names(node)})
    elif isinstance(node, nodes.For):
        yield from _of_loop(node, known)
    elif path is None:
        yield from _of_children(node, known)
    elif path:
        yield path


def _of_loop(node: nodes.For, known: Mapping[str, str]) -> Iterator[str]:
    yield from _used(node.iter, known)
    inside = {**known, **_bound(node.target, _path(node.iter, known))}
    for part in (node.test, *node.body, *node.else_):
        if part is not None:
            yield from _used(part, inside)


def _of_children(node: nodes.Node, known: Mapping[str, str]) -> Iterator[str]:
    scope = dict(known)
    for child in node.iter_child_nodes():
        yield from _used(child, scope)
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
