"""The objects of a PDF file and how they are written: values, streams, references, the table.

Our own, because importing reportlab's counterpart alone took 31 of the 108 ms from a cold start
to the bytes of two pages; what reportlab draws is taken in as the content of a ``form``.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias

# Half the time of the usual level 6, for 2-3 % more bytes.
_LEVEL = 4
_KEPT_NAMES = 256
# The second line tells programs that copy files that this one is not text.
_HEAD = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_ESCAPES = str.maketrans({"\\": "\\\\", "(": "\\(", ")": "\\)"})
_IN_NAMES = frozenset("-._+")


class Name(str):
    """A name such as ``/Page``, kept without its slash."""

    __slots__ = ()


class Reference(NamedTuple):
    """Points to an indirect object; numbers start at 1."""

    number: int


Value: TypeAlias = int | float | str | Name | Reference | Sequence["Value"] | Mapping[str, "Value"]


class PdfObjects:
    """Collects the objects of one file; what was added in the same order gives the same bytes."""

    def __init__(self) -> None:
        self._bodies: list[bytes | None] = []

    def reserve(self) -> Reference:
        """A reference to an object that is put in later."""
        self._bodies.append(None)
        return Reference(len(self._bodies))

    def put(self, place: Reference, value: Value) -> None:
        """Fill a reserved place."""
        self._bodies[place.number - 1] = _written(value).encode("ascii")

    def add(self, value: Value) -> Reference:
        """Add an object; a reference to it."""
        place = self.reserve()
        self.put(place, value)
        return place

    def stream(self, content: bytes, entries: Mapping[str, Value] | None = None) -> Reference:
        """Add a stream, compressed here, with further entries in its dictionary."""
        return self.packed(zlib.compress(content, _LEVEL), entries or {})

    def packed(self, content: bytes, entries: Mapping[str, Value]) -> Reference:
        """Add a stream that was compressed before."""
        about = {**entries, "Filter": Name("FlateDecode")}
        return self.plain_stream(content, about)

    def plain_stream(self, content: bytes, entries: Mapping[str, Value]) -> Reference:
        """Add a stream as it is: other programs look for some of them in the file."""
        head = _written({**entries, "Length": len(content)}).encode("ascii")
        self._bodies.append(head + b"\nstream\n" + content + b"\nendstream")
        return Reference(len(self._bodies))

    def form(
        self, content: bytes, box: tuple[float, float, float, float], resources: Value
    ) -> Reference:
        """Add a drawing made elsewhere; pages print it with ``Do`` under a name of theirs.

        ``content`` holds its operators, ``box`` its left, lower, right and upper edge in points,
        ``resources`` the dictionary of the faces and pictures that the operators name.
        """
        return self.stream(
            content,
            {
                "Type": Name("XObject"),
                "Subtype": Name("Form"),
                "BBox": box,
                "Resources": resources,
            },
        )

    def file(self, catalog: Reference, about: Reference) -> bytes:
        """The whole file; ``catalog`` is its root, ``about`` its information dictionary.

        Raises ``ValueError`` when a reserved place was left empty.
        """
        parts, places, end = [_HEAD], [], len(_HEAD)
        for number, body in enumerate(self._bodies, 1):
            if body is None:
                raise ValueError(f"object {number} was reserved and never put in")
            part = b"%d 0 obj\n%b\nendobj\n" % (number, body)
            places.append(f"{end:010} 00000 n \n")
            parts.append(part)
            end += len(part)
        objects = b"".join(parts)
        count = len(places) + 1
        trailer = f"/Size {count} /Root {_written(catalog)} /Info {_written(about)}"
        identity = f"<{_fingerprint(objects)}>"
        table = (
            f"xref\n0 {count}\n0000000000 65535 f \n{''.join(places)}"
            f"trailer\n<<{trailer} /ID [{identity} {identity}]>>\nstartxref\n{end}\n%%EOF\n"
        )
        return objects + table.encode("ascii")


def _fingerprint(content: bytes) -> str:
    """32 hexadecimal digits: four checksums, each of a fourth."""
    part, view = -(-len(content) // 4), memoryview(content)
    return "".join(f"{zlib.crc32(view[n * part : (n + 1) * part]):08X}" for n in range(4))


def _written(value: Value) -> str:
    return _WRITERS.get(type(value), _array)(value)


def _array(values: Sequence[Value]) -> str:
    return f"[{' '.join(map(_written, values))}]"


def _dictionary(values: Mapping[str, Value]) -> str:
    return f"<<{' '.join([f'{_name(key)} {_written(each)}' for key, each in values.items()])}>>"


def _reference(value: Reference) -> str:
    return f"{value.number} 0 R"


def _number(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".")


def _truth(value: bool) -> str:
    return str(value).lower()


@lru_cache(maxsize=_KEPT_NAMES)
def _name(name: str) -> str:
    return f"/{''.join(_name_characters(name))}"


def _name_characters(name: str) -> Iterator[str]:
    for byte in name.encode():
        character = chr(byte)
        plain = byte < 0x80 and (character.isalnum() or character in _IN_NAMES)
        yield character if plain else f"#{byte:02X}"


def _string(text: str) -> str:
    if text.isascii() and text.isprintable():
        return f"({text.translate(_ESCAPES)})"
    return f"<FEFF{text.encode('utf-16-be').hex().upper()}>"


_WRITERS: Mapping[type, Callable[[Any], str]] = {
    bool: _truth,
    int: str,
    float: _number,
    Name: _name,
    str: _string,
    Reference: _reference,
    dict: _dictionary,
}
