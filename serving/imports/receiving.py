"""Files as they come: streamed to disk, named harmlessly, each once; or refused as a whole.

The body is read only once the caller is known to be allowed to send it, and what came of it
is gone when the answer is given, whatever that is.
"""

import hashlib
import unicodedata
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import PurePath
from typing import BinaryIO, Final, Literal

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException

from mutasi.bundle.rejected import shown_name
from mutasi.errors import (
    MediaTypeOther,
    UploadEmpty,
    UploadKindOther,
    UploadMissing,
    UploadNameUnusable,
    UploadsTooMany,
    UploadTwice,
    UploadUnreadable,
)
from mutasi.store.uploads import PIECE_BYTES, on_a_disk
from serving.areas import media_type
from serving.envelope import Bounds

Format = Literal["bundle", "siasn", "lists", "peta"]

KINDS: Final[dict[Format, tuple[str, ...]]] = {
    "bundle": (".csv",),
    "siasn": (".json", ".jsonl", ".ndjson", ".csv", ".xlsx"),
    "lists": (".csv", ".xlsx"),
    "peta": (".csv", ".xlsx"),
}
"""What files of each format are called.

No Parquet and no archives: a few bytes of either unpack to any number.  Workbooks are
archives too, but what reads them measures them first."""

FORM: Final = "multipart/form-data"
FIELD: Final = "file"
MOST_FILES: Final = 100
LONGEST_NAME: Final = 120
SLOWEST_SECONDS: Final = 600
"""How long all of it may take to come."""

FRAMING: Final = 1 << 16
"""Bytes that names and boundaries may take beside the files."""

MEGABYTE: Final = 1 << 20


@dataclass(frozen=True)
class Handed:
    """A file that came.

    Attributes:
        name: What it is called.
        size: Its bytes.
        digest: Its SHA-256, as hexadecimal digits.
        content: It, from its beginning.
    """

    name: str
    size: int
    digest: str
    content: BinaryIO


def bounds(megabytes: int) -> Bounds:
    """Return how much of a body of files is read."""
    return Bounds(megabytes * MEGABYTE + FRAMING, SLOWEST_SECONDS)


@asynccontextmanager
async def received(request: Request, wanted: Format) -> AsyncIterator[list[Handed]]:
    """Yield the files of a request, by name; they are gone afterwards.

    Raises:
        MediaTypeOther: If it is not said to be a form with files.
        Invalid: If it is none, or a file cannot be used: which, and why.
        DiskFull: If the disk does not take them.
    """
    form = await _form(request)
    try:
        yield await run_in_threadpool(_checked, form, wanted)
    finally:
        await form.close()


async def _form(request: Request) -> FormData:
    if media_type(request) != FORM:
        raise MediaTypeOther(expected=FORM)
    try:
        with on_a_disk():
            return await request.form(max_files=MOST_FILES, max_fields=0)
    except HTTPException as error:
        if str(error.detail).startswith("Too many files"):
            raise UploadsTooMany(limit=MOST_FILES) from None
        if error.status_code == 400:
            raise UploadUnreadable from None
        raise


def _checked(form: FormData, wanted: Format) -> list[Handed]:
    found = [_handed(_file(name, part), wanted) for name, part in form.multi_items()]
    if not found:
        raise UploadMissing
    _require_different(found)
    return sorted(found, key=lambda file: file.name)


def _file(name: str, part: UploadFile | str) -> UploadFile:
    if name != FIELD or isinstance(part, str):
        raise UploadUnreadable
    return part


def _handed(part: UploadFile, wanted: Format) -> Handed:
    name = _usable(part.filename or "")
    if PurePath(name).suffix.casefold() not in KINDS[wanted]:
        raise UploadKindOther(file=shown(name), kinds=", ".join(KINDS[wanted]))
    size, digest = 0, hashlib.sha256()
    while piece := part.file.read(PIECE_BYTES):
        size += len(piece)
        digest.update(piece)
    part.file.seek(0)
    if not size:
        raise UploadEmpty(file=shown(name))
    return Handed(name, size, digest.hexdigest(), part.file)


def _usable(name: str) -> str:
    """Return a name as it is written on disk: never a path, and what it looks like.

    Raises:
        UploadNameUnusable: If it leads elsewhere, hides itself or something in it, or has
            signs that nobody sees.
    """
    plain = unicodedata.normalize("NFC", name)
    is_visible = all(unicodedata.category(sign)[0] not in "CZ" or sign == " " for sign in plain)
    is_name = plain == plain.strip(" .") and not set(plain) & set('/\\:*?"<>|')
    if not (plain and is_visible and is_name and len(plain) <= LONGEST_NAME):
        raise UploadNameUnusable(file=shown(name), limit=LONGEST_NAME)
    return plain


def shown(name: str) -> str:
    """Return a name as it may be told: of people's numbers the end, of hidden signs their code.

    >>> shown("rw-skp-198505172010012001.json")
    'rw-skp-•••001.json'
    """
    said = "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in name)
    return shown_name(PurePath(said[:LONGEST_NAME])) if said else ""


def _require_different(files: Sequence[Handed]) -> None:
    """Refuse two files of one name, however it is capitalised, or of one content.

    Raises:
        UploadTwice: If there are two.
    """
    seen: dict[str, str] = {}
    for file in files:
        for mark in (f"name {file.name.casefold()}", f"content {file.digest}"):
            if mark in seen:
                raise UploadTwice(file=shown(seen[mark]), other=shown(file.name))
            seen[mark] = file.name
