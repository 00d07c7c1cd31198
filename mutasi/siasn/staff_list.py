"""The *pegawai* list that SIASN exports for spreadsheets: *data-utama* as rows."""

import re
from pathlib import Path
from typing import Final

from mutasi.bundle.spreadsheets import KINDS, Sheet, heading, sheets
from mutasi.errors import HeadingsUnknown
from mutasi.siasn.gathering import Gathering
from mutasi.siasn.resources import RESOURCE, plain, spellings

STAFF: Final = RESOURCE["data-utama"]

HEADINGS: Final = frozenset(
    heading(re.sub(r"(?<=[a-z])(?=[A-Z])", "_", spelling))
    for key, others in STAFF.keys.items()
    for spelling in (key, *others)
)
"""Headings that are read; all other columns are dropped at once."""

NUMBER: Final = "nipBaru"


def files(place: Path) -> list[Path]:
    """Return the spreadsheets of a folder, by name; or the one file."""
    found = [place] if place.is_file() else place.iterdir()
    return sorted(path for path in found if path.suffix.casefold() in KINDS and path.is_file())


def lists(path: Path) -> list[Sheet]:
    """Return the lists of employees in a spreadsheet: none if it is something else.

    Raises:
        BundleFileUnreadable: If it is damaged, or names a column twice.
        SpreadsheetTooLarge: If it is beyond what is read.
    """
    try:
        found = sheets(path, HEADINGS)
    except HeadingsUnknown:
        return []
    return [sheet for sheet in found if NUMBER in _keys(sheet).values()]


def gather(sheet: Sheet, into: Gathering, file: int) -> None:
    """Add the rows of a list; what is not read of *data-utama* is left out."""
    keys = _keys(sheet)
    told = sheet.frame[list(keys)].astype(object)
    told = told.where(told.notna(), None)
    for number, row in zip(told.index, told.itertuples(index=False, name=None), strict=True):
        into.add(dict(zip(keys.values(), row, strict=True)), None, file, int(number))
    for number in sheet.broken:
        into.add(None, None, file, number, "wrong_number_of_fields")


def _keys(sheet: Sheet) -> dict[str, str]:
    """Return which column is which key."""
    known = spellings(STAFF)
    return {name: known[plain(name)] for name in map(str, sheet.frame) if plain(name) in known}
