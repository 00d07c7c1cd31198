"""The job of taking a region's records in: all of them, or none."""

import csv
import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

import pandas as pd

from mutasi.bundle.formulas import inert
from mutasi.bundle.proxies import proxies
from mutasi.bundle.reading import Bundle, Remark, read as bundle
from mutasi.bundle.rejected import Rejected, shown_name
from mutasi.bundle.stored import Stored
from mutasi.errors import BundleFileRejected, RegionEmpty
from mutasi.i18n import render
from mutasi.lists.reading import read as lists
from mutasi.peta.reading import read as peta
from mutasi.private import make_folder
from mutasi.sentences import rejection_sentence
from mutasi.settings import Settings
from mutasi.siasn.reading import read as siasn
from mutasi.store import personnel, placements, session, states, trail
from mutasi.store.personnel import Saved
from mutasi.store.trail import Action, Deed, Kind
from mutasi.vocabulary import Evidence
from pipelines.actor import user

Told = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is."""

Reader = Callable[[Path, Stored, Told], Bundle]
"""Reads a folder, given what its rows may refer to, or tell more of, besides its own."""


@dataclass(frozen=True)
class Imported:
    """What came of an import.

    Attributes:
        folder: Where the records came from.
        read: Rows read, by table.
        saved: What was done, by table.
        quarantined: Rows put into quarantine, by table.
        reasons: What was wrong, by file and reason code: rows.
        listed: The file that lists what was wrong; none if nothing was.
        ignored: Columns and files that no table has.
        remarks: What people should know besides.
    """

    folder: Path
    read: Mapping[str, int]
    saved: Mapping[str, Saved]
    quarantined: Mapping[str, int]
    reasons: Mapping[tuple[str, str], int]
    listed: Path | str | None
    ignored: tuple[str, ...]
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True)
class Taken:
    """What was taken into the store in a unit of work, and is not yet on the trail.

    Attributes:
        imported: What came of it.
        hash: Of the rows, the same for the same rows in the same order.
    """

    imported: Imported
    hash: str

    def by(self, actor: str, name: str) -> Deed:
        """Return the entry of the trail that says who took in what, by its name."""
        return Deed(actor, Action.IMPORT, Kind.RECORDS, name, after=self.hash)


def reader_of(
    kind: str, today: date, since: date | None = None, as_of: date | None = None
) -> Reader:
    """Return what reads files of a kind.

    Args:
        kind: ``bundle``, ``siasn``, ``lists`` or ``peta``.
        today: The day of the import: no record can be known later.
        since: Of peta: the first day on which the needs hold.
        as_of: Of siasn and bundle: the day of the files, which may be another; that on which
            files of siasn were written, and today of a bundle, by default.
    """
    if kind == "peta":
        assert since is not None, "who asks for it says from when"
        return partial(peta, today=today, since=since)
    readers: dict[str, Reader] = {
        "bundle": partial(bundle, today=as_of or today),
        "lists": partial(lists, today=today),
        "siasn": partial(siasn, today=today, as_of=as_of),
    }
    return readers[kind]


def ingest(
    settings: Settings,
    folder: Path,
    reader: Reader,
    progress: Told,
    *,
    language: str,
    strict: bool = False,
    listed: Path | None = None,
) -> Imported:
    """Take the records of a folder into the store, in one transaction.

    Args:
        settings: Which store.
        folder: Where the records are.
        reader: What reads them.
        progress: Told of tables read and rows stored.
        language: Of the reasons in the list of what was wrong.
        strict: Refuse a file of which a row is bad.
        listed: Where to list what was wrong; ``quarantine/<folder>.csv`` in the
            home by default. Only written if something was.

    Raises:
        Invalid: If a file cannot be used; nothing was stored.
        BundleFileRejected: If rows are bad and that is not allowed, or all
            employees are; nothing was stored.
        RegionEmpty: If there are no employees or positions, in the files or in
            the store; nothing was stored.
    """
    name = shown_name(Path(folder.resolve().name))
    place = listed or settings.home / "quarantine" / f"{name}.csv"

    def listing(rejected: tuple[Rejected, ...]) -> Path:
        write_list(place, rejected, language)
        return place

    store = session.engine(settings.database_url)
    with reading_first(store, folder, reader, progress) as (work, read):
        taken = take_in(work, folder, read, progress, listing, strict=strict)
        trail.append(work, taken.by(user(), name))
    return taken.imported


@contextmanager
def reading_first(
    store: session.Engine, folder: Path, reader: Reader, progress: Told
) -> Iterator[tuple[session.Work, Bundle]]:
    """Yield a unit of work of the queue of records, and the files as they were read before it.

    So nobody waits for files that are read, and how far that is can be told; once the unit of
    work has begun, SQLite has no other writer. If the records are others by then than those
    that the files were read against, they are read again.

    Args:
        store: The store.
        folder: Where the records are.
        reader: What reads them.
        progress: Told of what is read.
    """
    with session.reading(store) as work:
        before, read = states.state(work), reader(folder, _stored(work), progress)
    with session.unit_of_work(store, placements.QUEUE) as work:
        if before is None or states.state(work) != before:
            read = reader(folder, _stored(work), _silent)
        yield work, read


def _stored(work: session.Work) -> Stored:
    return Stored(personnel.ids(work), partial(personnel.rows, work))


def _silent(_: str, __: int, ___: int) -> None:
    """Tell nobody."""


def take_in(
    work: session.Work,
    folder: Path,
    read: Bundle,
    progress: Told,
    listing: Callable[[tuple[Rejected, ...]], Path | str],
    *,
    strict: bool = False,
) -> Taken:
    """Take the records of a folder into the store, in a unit of work of the queue of records.

    Args:
        work: The unit of work.
        folder: Where the files were.
        read: What they held.
        progress: Told of rows stored.
        listing: Is given what was wrong, if anything was, and tells where it is listed.
        strict: Refuse a file of which a row is bad.

    Raises:
        MutasiError: As :func:`ingest` does.
    """
    place = listing(read.rejected) if read.rejected else None
    if strict and read.rejected:
        _refuse(read.rejected, read.rejected[0].table, place)
    derived = read.frames.keys() - read.read.keys()
    saved = personnel.save(work, read.frames, progress, derived)
    stored = personnel.ids(work)
    for table in ("employees", "positions"):
        if not stored[table]:
            _refuse(read.rejected, table, place)
            raise RegionEmpty
    inferred = pd.DataFrame()
    if read.frames.keys() & {"transfers", "offers"}:
        rows = partial(personnel.rows, work)
        inferred = _inferred(rows, personnel.last_known_on(work))
        personnel.remove(work, "offers", _stale(rows("offers"), inferred))
        personnel.save(work, {"offers": inferred})
    imported = Imported(
        folder=folder,
        read=read.read,
        saved=saved,
        quarantined=Counter(
            table for table, _, _ in {(r.table, r.file, r.row): None for r in read.rejected}
        ),
        reasons=Counter(
            (files, reason)
            for files, reason, *_ in {(r.files, r.reason, r.file, r.row) for r in read.rejected}
        ),
        listed=place,
        ignored=read.ignored,
        remarks=(*read.remarks, *_told(inferred)),
    )
    return Taken(imported, _hash(read.frames))


def _hash(frames: Mapping[str, pd.DataFrame]) -> str:
    """Return a hash of what was taken in, the same for the same rows in the same order."""
    found = hashlib.sha256()
    for name in sorted(frames):
        found.update(name.encode())
        found.update(pd.util.hash_pandas_object(frames[name], index=False).to_numpy().tobytes())
    return found.hexdigest()


def _inferred(rows: Callable[[str], pd.DataFrame], until: date) -> pd.DataFrame:
    """Return what returns and stays tell of stored moves without an answer."""
    tables = (rows("transfers"), rows("offers"), rows("postings"), rows("positions"))
    return proxies(*tables, until=pd.Timestamp(until))


def _stale(offers: pd.DataFrame, inferred: pd.DataFrame) -> set[str]:
    """Return the answers that were inferred before and no longer follow: one was recorded."""
    before = offers.loc[offers["evidence"].isin([Evidence.RETURN, Evidence.STAY]), "offer_id"]
    return set(before) - set(inferred["offer_id"])


def _told(inferred: pd.DataFrame) -> Iterator[Remark]:
    """Tell how many answers were inferred."""
    if len(inferred):
        count = Counter(inferred["evidence"])
        kinds = {"returns": Evidence.RETURN, "stays": Evidence.STAY}
        yield Remark("proxies", {name: count[kind.value] for name, kind in kinds.items()})


def write_list(place: Path, rejected: tuple[Rejected, ...], language: str) -> None:
    """Write what is wrong as CSV, in words, one line a fault.

    The mark at its beginning lets spreadsheets read it as UTF-8; nothing in it is a formula.
    """
    make_folder(place.parent)
    with place.open("w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file)
        heads = ("file", "row", "field", "value", "reason")
        rows.writerow(render(f"quarantine.column_{head}", language) for head in heads)
        rows.writerows(
            (
                inert(each.file),
                each.row,
                inert(each.field),
                inert(each.value),
                inert(rejection_sentence(each, language)),
            )
            for each in rejected
        )


def _refuse(rejected: tuple[Rejected, ...], table: str, listed: Path | str | None) -> None:
    """Refuse the first file of a table that has bad rows, if one has.

    Raises:
        BundleFileRejected: If there is one.
    """
    bad = [each for each in rejected if each.table == table]
    if bad:
        rows = len({each.row for each in bad if each.file == bad[0].file})
        raise BundleFileRejected(file=bad[0].file, rejected=rows, listed=listed)
