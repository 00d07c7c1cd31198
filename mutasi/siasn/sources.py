"""All files of an export, gathered by resource."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from mutasi.bundle.reading import Progress
from mutasi.bundle.rejected import collapsed, shown_name
from mutasi.errors import BundleFileMissing
from mutasi.siasn import staff_list
from mutasi.siasn.documents import Document, documents, records
from mutasi.siasn.gathering import Gathering, Rows
from mutasi.siasn.resources import RESOURCES
from mutasi.siasn.staff_list import STAFF
from mutasi.workflow.deadlines import latest_day

MEGABYTE: Final = 1_000_000

Gatherings = dict[str, Gathering]


@dataclass(frozen=True)
class Source:
    """A file, as it is called where a row of it is told.

    Attributes:
        name: Its name, without a person's number.
        resource: The resource that its name tells; else the row's is told beside it.
    """

    name: str
    resource: str


class Sources:
    """What the files of a folder hold.

    Attributes:
        rows: The rows of each resource that is there, by name.
        ignored: Files in which nothing is known.
        written: The latest day that it was anywhere in the country when the last of the
            files was written.
    """

    def __init__(self, place: Path, progress: Progress) -> None:
        """Read all files of a folder, or the one file.

        Raises:
            BundleFileMissing: If there is nothing of SIASN.
            BundleFileUnreadable: If a file cannot be read, and it is not one person's.
            SpreadsheetTooLarge: If a spreadsheet is beyond what is read.
        """
        found, lists = documents(place), staff_list.files(place)
        paths = [*(document.path for document in found), *lists]
        into = {resource.name: Gathering(resource) for resource in RESOURCES}
        self._files: list[Source] = []
        self.ignored: dict[str, None] = {}
        told = _told(progress, sum(path.stat().st_size for path in paths))
        for document in found:
            self._add_document(document, into, told)
        for path in lists:
            self._add_list(path, into)
        if not any(map(len, into.values())):
            raise BundleFileMissing(file=f"{STAFF.name}.json")
        changed = max(path.stat().st_mtime for path in paths)
        self.written: date = latest_day(int(changed))
        self._ordered = _labelled(into)
        self._first = [rows.first for rows in self._ordered]
        self.rows = {rows.resource.name: rows for rows in self._ordered}

    def place(self, label: int) -> tuple[str, int]:
        """Return the file of a row, and its number as a person counts."""
        rows = self.rows_with(label)
        at = label - rows.first
        file = self._files[rows.file[at]]
        beside = "" if file.resource else f" · {rows.resource.name}"
        return f"{file.name}{beside}", rows.number[at]

    def rows_with(self, label: int) -> Rows:
        """Return the rows among which a label is."""
        return self._ordered[bisect_right(self._first, label) - 1]

    def _add_document(
        self, document: Document, into: Gatherings, told: Callable[[int], None]
    ) -> None:
        number = len(self._files)
        name = document.resource.name if document.resource else ""
        self._files.append(Source(document.shown, name))
        counted: Counter[str] = Counter()
        for record in records(document, told):
            # Of a person's document that cannot be read nobody knows what it told.
            resource = record.resource or (STAFF.name if record.fault == "damaged_document" else "")
            if resource:
                counted[resource] += 1
                into[resource].add(
                    record.content, record.nip, number, counted[resource], record.fault
                )
            else:
                self.ignored[collapsed(document.shown)] = None

    def _add_list(self, path: Path, into: Gatherings) -> None:
        found = staff_list.lists(path)
        for sheet in found:
            staff_list.gather(sheet, into[STAFF.name], len(self._files))
            self._files.append(Source(shown_name(Path(sheet.name)), STAFF.name))
        if not found:
            self.ignored[shown_name(Path(path.name))] = None


def _told(progress: Progress, size: int) -> Callable[[int], None]:
    """Return what is told of each piece that was read."""
    done = 0

    def told(signs: int) -> None:
        nonlocal done
        done = min(done + signs, size)
        progress("files", -(-done // MEGABYTE), -(-size // MEGABYTE))

    return told


def _labelled(into: Gatherings) -> Sequence[Rows]:
    """Return all rows, each with a label of its own; what was gathered is given up."""
    first, made = 0, []
    for name in list(into):
        gathering = into.pop(name)
        if len(gathering):
            made.append(gathering.rows(first))
            first += len(gathering)
    return made
