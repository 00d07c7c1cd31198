"""JSON documents of a folder: whose they are, and the records in them.

A folder may hold a file a resource, a folder a resource with a file a person, a file or
folder a person with all resources, or any mix.  Each file may be a bare list, one
envelope ``{"code", "data", "message"}``, lists or rows of envelopes one after another,
or documents that name resources.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from mutasi.bundle.rejected import NIP, shown_name
from mutasi.errors import BundleFileUnreadable
from mutasi.siasn.resources import NAMES, RESOURCE, Resource, plain
from mutasi.siasn.streaming import WIDE, Damaged, Text, opened

KINDS: Final = (".json", ".jsonl", ".ndjson")

NOTHING_FOUND: Final = re.compile(
    r"not found|no (?:data|record)|empty|tidak (?:di)?temu|tidak ada|belum ada|kosong|nihil",
    re.IGNORECASE,
)
"""How the service says, instead of a list, that there is nothing."""

REFUSED: Final = re.compile(
    r"unauthori|forbidden|denied|token|expired|time.?out|error|exception|gateway|unavailable"
    r"|limit|gagal|ditolak|akses|login|kadaluarsa|kedaluwarsa",
    re.IGNORECASE,
)
"""How it says that it did not look; what is there is then unknown."""

SUCCESS: Final = re.compile(r"success(?:ful(?:ly)?)?|sukses|berhasil|ok", re.IGNORECASE)
"""How it says only that it looked."""

ENVELOPE: Final = frozenset({"data", "Data", "DATA", "message"})

_NAMES: Final = sorted(NAMES, key=len, reverse=True)
_PLAIN: Final = {plain(name): resource for name, resource in NAMES.items()}
_NUMBER: Final = ("nipbaru", "nip")


@dataclass(frozen=True)
class Document:
    """A file, and what its place says of it.

    Attributes:
        path: Where it is.
        shown: What it is called, without a person's number.
        resource: The resource whose records it holds; none if its content says so.
        nip: The person whom it is about, if its name says so.
    """

    path: Path
    shown: str
    resource: Resource | None
    nip: str | None


@dataclass(frozen=True)
class Record:
    """What stands where a record is expected.

    Attributes:
        resource: The resource that it belongs to; empty if nothing says so.
        nip: The person whose document it stands in.
        content: The record: an object, or whatever stands there.
        fault: Why it is none, as a reason of quarantine; else empty.
    """

    resource: str
    nip: str | None
    content: Any
    fault: str = ""


def documents(place: Path) -> list[Document]:
    """Return the JSON files of a folder and of those in it, by name; or the one file."""
    folder = place.parent if place.is_file() else place
    found = [place] if place.is_file() else place.rglob("*")
    paths = sorted(
        (path for path in found if path.suffix.casefold() in KINDS),
        key=lambda path: (path.parent, path.stem, path.suffix),
    )
    return [
        _document(path.relative_to(folder), folder, number)
        for number, path in enumerate(filter(Path.is_file, paths), start=1)
    ]


def _document(place: Path, folder: Path, number: int) -> Document:
    """Return what a place says: the nearest name of a resource and of a person count."""
    parts = [place.stem, *reversed(place.parent.parts)]
    resources = (_named(part) for part in parts)
    numbers = (NIP.search(part) for part in parts)
    nip = next((found.group() for found in numbers if found), None)
    shown = shown_name(place)
    if nip is not None:
        shown = f"{shown} ({number})"
    resource = next((found for found in resources if found), None)
    return Document(folder / place, shown, resource, nip)


def _named(part: str) -> Resource | None:
    words = re.sub(r"[\W_]+", "-", f"-{part.casefold()}-")
    return next((NAMES[name] for name in _NAMES if f"-{name}-" in words), None)


def records(document: Document, told: Callable[[int], None] | None = None) -> Iterator[Record]:
    """Yield what a document holds, in order.

    A person's document that is no JSON is one faulty record: the others' are still good.

    Args:
        document: The file.
        told: Called with the number of signs of each piece that was read.

    Raises:
        BundleFileUnreadable: If a file of many people's records is no JSON, or breaks
            off: nobody could say who is missing.
    """
    name = document.resource.name if document.resource else ""
    try:
        with opened(document.path) as file:
            text = Text(file, told)
            if not text.next_sign():
                raise Damaged  # what says nothing at all does not even say that there is nothing
            if not text.next_sign():
                raise Damaged
            while text.next_sign():
                yield from _streamed(text, name, document.nip)
    except (Damaged, RecursionError, UnicodeDecodeError) as error:
        if document.nip is not None:
            yield Record(name, document.nip, None, "damaged_document")
            return
        reason = "encoding" if isinstance(error, UnicodeDecodeError) else "damaged"
        raise BundleFileUnreadable(file=document.shown, reason=reason) from error


def _streamed(text: Text, name: str, nip: str | None) -> Iterator[Record]:
    """Yield the records of the next value, entering it if it is long."""
    value = text.value()
    if value is not WIDE:
        yield from _found(value, name, nip)
    elif text.next_sign() == "[":
        for _ in text.elements():
            yield from _element(text, name, nip)
    else:
        yield from _entered(text, name, nip)


def _element(text: Text, name: str, nip: str | None) -> Iterator[Record]:
    value = text.value()
    if value is not WIDE:
        yield from _row(value, name, nip)
    elif text.next_sign() == "[":
        yield from _streamed(text, name, nip)
    else:
        yield from _entered(text, name, nip)


def _entered(text: Text, name: str, nip: str | None) -> Iterator[Record]:
    """Yield the records of an object that is too long to be decoded at once."""
    rest: dict[str, Any] = {}
    is_envelope = False
    for key in text.members():
        part = _part(key, name)
        if part is not None:
            is_envelope = True
            yield from _streamed(text, part, nip)
        else:
            rest[key] = text.value()
            if rest[key] is WIDE:
                raise Damaged
    if not is_envelope:
        yield Record(name, nip, rest)


def _found(value: Any, name: str, nip: str | None) -> Iterator[Record]:
    """Yield the records of what the service answered: rows, or words instead."""
    if isinstance(value, list):
        for each in value:
            yield from _row(each, name, nip)
    elif isinstance(value, str):
        if not _says_nothing(value):
            yield Record(name, nip, None, "answered_with_error")
    elif value is not None:
        yield from _row(value, name, nip)


def _says_nothing(answer: str) -> bool:
    """Return whether words instead of rows say that the service looked and found none.

    >>> [_says_nothing(said) for said in ("Error: data tidak ditemukan", "Token not found", "OK.")]
    [True, False, True]
    """
    bare = re.sub(r"(?i)^error\b", "", answer.strip()).strip(" \t\r\n.:!-")
    looked = not bare or SUCCESS.fullmatch(bare) is not None
    found_none = NOTHING_FOUND.search(bare) is not None and REFUSED.search(bare) is None
    return looked or found_none


def _row(value: Any, name: str, nip: str | None) -> Iterator[Record]:
    """Yield a record, or the records of an envelope, of a person's document or of a page."""
    if isinstance(value, list):
        yield from _found(value, name, nip)
    elif not isinstance(value, dict):
        yield Record(name, nip, None, "not_a_record")
    elif name and value.keys().isdisjoint(ENVELOPE):
        yield Record(name, nip, value)
    else:
        yield from _opened(value, name, _number(value) or nip)


def _opened(value: dict[str, Any], name: str, nip: str | None) -> Iterator[Record]:
    """Yield the records of an envelope or of a person's document."""
    parts = [(part, value[key]) for key in value if (part := _part(key, name)) is not None]
    for part, inner in parts:
        yield from _found(inner or value.get("message"), part, nip)
    if not parts and "message" in value:
        yield from _found(str(value["message"] or ""), name, nip)
    elif not parts:
        yield Record(name, nip, value)


def _part(key: str, name: str) -> str | None:
    """Return the resource that a member of an object holds; none if it holds no records.

    Where the resource is known, a member is a value of the record, not a resource:
    the index of professionality has a value called ``kompetensi``.
    """
    said = plain(key)
    if said == "data":
        return name
    resource = None if name else _PLAIN.get(said)
    return resource.name if resource else None


def _number(value: Any) -> str | None:
    """Return the number of the person whom a document is about, if it says so."""
    if isinstance(value, list):
        return _number(value[0]) if len(value) == 1 else None
    if not isinstance(value, dict):
        return None
    found = {plain(key): inner for key, inner in value.items()}
    own = next((found[key] for key in _NUMBER if isinstance(found.get(key), str)), None)
    inner = found.get(plain(RESOURCE["data-utama"].name)) or found.get("data")
    return own or _number(inner)
