"""Local lists read: good rows as records, bad ones with their reasons.

A list that only tells more of what is stored (where units lie, which are remote) is laid
over the stored records here, and goes on as whole records: docs/decisions/0015.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from mutasi.bundle import parsing
from mutasi.bundle.admission import admitted
from mutasi.bundle.quarantine import Quarantine
from mutasi.bundle.reading import Bundle, Progress
from mutasi.bundle.rejected import Rejected
from mutasi.bundle.spreadsheets import KINDS, Sheet, heading, sheets
from mutasi.bundle.stored import Stored
from mutasi.bundle.workbooks import Kind
from mutasi.errors import BundleColumnMissing, ListUnknown
from mutasi.lists.catalogue import LISTS, LocalList
from mutasi.vocabulary import Offer, columns

FAULTS = {Kind.FORMULA: "formula_without_value", Kind.FAULT: "cell_fault"}


def read(
    place: Path, stored: Stored | None = None, progress: Progress | None = None, *, today: date
) -> Bundle:
    """Read the local lists of a folder, or one of them.

    A file is known by its name: that of a list in any language, or what begins with one
    (``jawaban_2025.xlsx``). Other spreadsheets are named among the ignored.

    Args:
        place: A folder of spreadsheets, or one.
        stored: What may be referred to, and the records that lists tell more of.
        progress: Called with "read", the files done and the files in all.
        today: The day of the files: nothing in them can be known later.

    Raises:
        ListUnknown: If no file is a list.
        BundleColumnMissing: If a file that is one lacks a column that a row needs.
        BundleFileUnreadable: If it cannot be read.
        HeadingsUnknown: If it has no headings.
        SpreadsheetTooLarge: If it is beyond what is read.
    """
    known = Stored() if stored is None else stored
    paths = [place] if place.is_file() else sorted(place.iterdir())
    paths = [path for path in paths if path.suffix.casefold() in KINDS]
    lists = {path: _list_of(path) for path in paths}
    found = [path for path in paths if lists[path] is not None]
    if not found:
        names = ", ".join(name for each in LISTS for name in each.names[:1])
        raise ListUnknown(place=place.name, known=names)
    taken: list[_Taken] = []
    rows = _Rows(known)
    done = 0
    for each in LISTS:
        mine = [path for path in found if lists[path] is each]
        if mine:
            taken.append(_taken(each, mine, known, rows, pd.Timestamp(today)))
            done += len(mine)
            if progress is not None:
                progress("read", done, len(found))
    return _together(taken, [path.name for path in paths if lists[path] is None])


@dataclass(frozen=True)
class _Taken:
    table: str
    frame: pd.DataFrame
    read: int
    rejected: tuple[Rejected, ...]
    ignored: list[str]


def _together(taken: Sequence[_Taken], strangers: list[str]) -> Bundle:
    frames: dict[str, list[pd.DataFrame]] = {}
    counts: dict[str, int] = {}
    for each in taken:
        frames.setdefault(each.table, []).append(each.frame)
        counts[each.table] = counts.get(each.table, 0) + each.read
    return Bundle(
        {table: pd.concat(parts, ignore_index=True) for table, parts in frames.items()},
        counts,
        tuple(fault for each in taken for fault in each.rejected),
        tuple(strangers) + tuple(name for each in taken for name in each.ignored),
    )


def _list_of(path: Path) -> LocalList | None:
    """Return which list a file is by its name; of two that fit, the longer name decides."""
    stem = heading(path.stem)
    fits = [
        (len(name), each)
        for each in LISTS
        for name in each.names
        if stem == name or stem.startswith(f"{name}_")
    ]
    return max(fits, key=lambda fit: fit[0])[1] if fits else None


class _Rows:
    """Stored records, and what the lists read so far have told of them."""

    def __init__(self, stored: Stored) -> None:
        self._stored = stored
        self._now: dict[str, pd.DataFrame] = {}

    def now(self, table: str) -> pd.DataFrame:
        if table not in self._now:
            self._now[table] = self._stored.rows(table)
        return self._now[table]

    def told(self, table: str, key: str, frame: pd.DataFrame) -> None:
        rest = self.now(table)
        rest = rest[~rest[key].isin(frame[key])]
        self._now[table] = pd.concat([rest.astype(object), frame.astype(object)])


def _taken(
    each: LocalList, paths: Sequence[Path], known: Stored, rows: _Rows, today: pd.Timestamp
) -> _Taken:
    """Return the good rows of a list's files, and what is wrong with the others."""
    parts = [sheet for path in paths for sheet in _sheets(each, path)]
    shown, places, faults = _shown(each, parts)
    names = {label: dict(parts[part].fields) for label, (part, _) in enumerate(places)}
    bad = Quarantine(
        each.noun,
        shown,
        lambda label: (parts[places[label][0]].name, places[label][1]),
        lambda label: names[label],
    )
    read = len(shown)
    for reason, field, labels in faults:
        bad.put(labels, field, reason)
    if each.updates:
        key = each.noun.key[0]
        shown = _over(each, shown, bad, rows.now(each.noun.table))
        frame = admitted(each.noun, shown, bad, known, today)
        rows.told(each.noun.table, key, frame)
    else:
        frame = admitted(each.noun, shown, bad, known, today)
    return _Taken(
        each.noun.table,
        frame.reset_index(drop=True),
        read,
        bad.rejected(),
        [f"{part.name}: {name}" for part in parts for name in part.ignored],
    )


@dataclass(frozen=True)
class _Part:
    """A sheet of a list.

    Attributes:
        name: What it is called.
        sheet: It.
        fields: What it calls each field.
        ignored: Headings that no field has.
    """

    name: str
    sheet: Sheet
    fields: dict[str, str]
    ignored: list[str]


def _sheets(each: LocalList, path: Path) -> list[_Part]:
    """Return the sheets of a file that have every column that a row needs.

    Raises:
        BundleColumnMissing: If there is none.
    """
    needed = [column.name for column in each.columns if each.is_required(column)]
    parts = list(_parts(each, path))
    whole = [part for part in parts if part.fields.keys() >= set(needed)]
    if not whole:
        missing = [field for field in needed if field not in parts[0].fields]
        raise BundleColumnMissing(file=path.name, columns=", ".join(missing))
    return whole


def _parts(each: LocalList, path: Path) -> Iterator[_Part]:
    for sheet in sheets(path, each.headings):
        fields: dict[str, str] = {}
        ignored = []
        for name in sheet.frame.columns:
            field = each.headings.get(name)
            if field is None or field in fields:
                ignored.append(name)
            else:
                fields[field] = name
        yield _Part(sheet.name, sheet, fields, ignored)


_Faults = list[tuple[str, str, list[int]]]


def _shown(
    each: LocalList, parts: Sequence[_Part]
) -> tuple[pd.DataFrame, list[tuple[int, int]], _Faults]:
    """Return the text of all filled rows by field, where each stands, and faulty cells."""
    frames: list[pd.DataFrame] = []
    places: list[tuple[int, int]] = []
    faults: _Faults = []
    for number, part in enumerate(parts):
        text = {
            column.name: _coded(
                each, column.name, parsing.text(part.sheet.frame[part.fields[column.name]])
            )
            if column.name in part.fields
            else pd.Series(np.nan, part.sheet.frame.index, dtype="str")
            for column in columns(each.noun)
        }
        frame = pd.DataFrame(text)
        kinds = part.sheet.kinds[list(part.fields.values())].to_numpy()
        filled = frame.notna().any(axis=1).to_numpy() | np.isin(kinds, list(FAULTS)).any(axis=1)
        start = len(places)
        for at, field in enumerate(part.fields):
            for kind, reason in FAULTS.items():
                labels = start + np.flatnonzero(kinds[filled, at] == kind)
                faults.append((reason, field, labels.tolist()))
        frames.append(frame[filled])
        places += [(number, row) for row in frame.index[filled]]
        broken = range(len(places), len(places) + len(part.sheet.broken))
        faults.append(("wrong_number_of_fields", "", list(broken)))
        frames.append(pd.DataFrame(index=list(part.sheet.broken), columns=list(text), dtype="str"))
        places += [(number, row) for row in part.sheet.broken]
    return _made(each, pd.concat(frames, ignore_index=True)), places, faults


def _coded(each: LocalList, field: str, text: "pd.Series[str]") -> "pd.Series[str]":
    """Return codes for the words that stand for them, in any language."""
    codes = each.codes(field)
    return text.str.casefold().map(codes).fillna(text).astype("str") if codes else text


def _made(each: LocalList, shown: pd.DataFrame) -> pd.DataFrame:
    """Return rows with what is made where it is not said: the id of an offer.

    The same offer has the same id whenever it is read, and it tells nobody's number.
    """
    if each.noun is Offer and len(shown):
        days = {column.name: column for column in columns(Offer)}["offered_on"]
        day = parsing.text(parsing.parsed(days, shown["offered_on"]).values)
        told = shown["employee_id"] + " " + shown["position_id"] + " " + day
        made = pd.util.hash_pandas_object(told, index=False).map("L-{:016x}".format)
        shown["offer_id"] = shown["offer_id"].fillna(made.where(told.notna()))
    return shown


def _over(
    each: LocalList, shown: pd.DataFrame, bad: Quarantine, stored: pd.DataFrame
) -> pd.DataFrame:
    """Return rows laid over the stored records that they tell more of; empty changes nothing."""
    key = each.noun.key[0]
    lost = shown[key].notna() & ~shown[key].isin(stored[key])
    bad.put(shown.index[lost], key, "unknown_reference", each.noun.table)
    before = pd.DataFrame({name: parsing.text(stored[name]) for name in shown})
    shown = shown[~lost]
    before = before.set_index(key, drop=False).reindex(shown[key]).set_axis(shown.index)
    return shown.fillna(before)
