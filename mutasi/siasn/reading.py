"""An export of SIASN read: good rows as records, bad ones with their reasons."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Final

import pandas as pd

from mutasi.bundle.admission import Known, admitted
from mutasi.bundle.contract import NOUN_OF
from mutasi.bundle.quarantine import Quarantine
from mutasi.bundle.reading import Bundle, Progress
from mutasi.bundle.rejected import Rejected
from mutasi.bundle.stored import Stored
from mutasi.bundle.transfers import transfers
from mutasi.siasn import careers, people, performance, posts
from mutasi.siasn.drafts import Draft, People
from mutasi.siasn.gathering import Rows
from mutasi.siasn.resources import RESOURCES
from mutasi.siasn.sources import Sources
from mutasi.siasn.values import is_nothing
from mutasi.vocabulary import NOUNS

PLAIN: Final[Mapping[str, Callable[[Rows, People], Draft]]] = {
    "grades": people.grades,
    "educations": people.educations,
    "trainings": people.trainings,
    "assessments": people.assessed,
    "potentials": people.assessed,
    "merit_indices": people.assessed,
    "awards": people.awards,
    "credits": people.credits_,
    "sanctions": people.sanctions,
    "appraisals": performance.appraisals,
    "reviews": performance.reviews,
}
"""What makes records of rows that need nothing else."""

PRESENT: Final[Mapping[str, Callable[[Rows, People], Draft]]] = {
    "grades": people.present_grades,
    "educations": people.present_educations,
}
"""What *data-utama* tells besides, for those of whom no history tells it."""

UNTOLD: Final = {
    "units": ("function", "place", "latitude", "longitude", "is_remote"),
    "assessments": ("technical", "technical_function"),
    "trainings": ("function",),
}
"""What SIASN never tells; what another source told stays as it is stored."""

STAFF, UNITS, HISTORY = "data-utama", "ref-unor", "rw-jabatan"
MOVES = ("rw-pindahinstansi", "rw-pnsunor")


def read(
    folder: Path,
    known: Known | None = None,
    progress: Progress | None = None,
    *,
    today: date,
    as_of: date | None = None,
) -> Bundle:
    """Read an export of SIASN.

    Args:
        folder: With JSON documents in any of the layouts of
            :mod:`mutasi.siasn.documents`, or the list of employees as CSV or xlsx;
            or one such file.
        known: Ids that may be referred to besides those of the files, by table.
        progress: Called with what is done: "files" in megabytes, then "read" in tables.
        today: The day on which it is read.
        as_of: The day of the export: nothing in it can be known later. By default that on
            which its files were last written, today at the latest.

    Raises:
        BundleFileMissing: If there is nothing of SIASN.
        BundleFileUnreadable: If a file cannot be read, and it is not one person's.
        SpreadsheetTooLarge: If a spreadsheet is beyond what is read.
    """
    told = progress or _silent
    sources = Sources(folder, told)
    day = as_of if as_of is not None else min(sources.written, today)
    made = _Reading(sources, {} if known is None else known, pd.Timestamp(day))
    steps = (made.organisation, made.employees, made.careers, *made.records(), made.standings)
    for done, step in enumerate(steps, start=1):
        step()
        told("read", done, len(steps))
    return made.bundle()


def _silent(_: str, __: int, ___: int) -> None:
    """Tell nobody."""


class _Reading:
    """The tables of a region while they are made, parents before children."""

    def __init__(self, sources: Sources, known: Known, day: pd.Timestamp) -> None:
        self._sources = sources
        self._known = known
        self._day = day
        self._ids: dict[str, Set[str]] = defaultdict(set)
        self._ids.update({table: set(names) for table, names in known.items()})
        self._rows = sources.rows
        self._people = People(list(sources.rows.values()))
        self._regions = posts.Regions(list(sources.rows.values()))
        self._named = {
            name: posts.jobs(rows)
            for name, rows in sources.rows.items()
            if name in {UNITS, STAFF, HISTORY, *MOVES}
        }
        self._frames: dict[str, pd.DataFrame] = {}
        self._read: dict[str, int] = {}
        self._derived: dict[str, int] = {}
        self._rejected: dict[str, list[Rejected]] = {}

    def organisation(self) -> None:
        """Make units and posts."""
        if UNITS in self._rows:
            self._take([posts.units(self._rows[UNITS], self._regions)])
        named = self._all_named()
        known = pd.Index([*self._ids["units"]], dtype="str")
        self._derive(posts.named_units(named, self._regions, known))
        if "units" in self._frames:
            units = self._frames["units"]
            units = units.assign(function=posts.functions(units))
            self._frames["units"] = self._kept("units", units)
        self._derive(posts.positions(named))

    def _all_named(self) -> pd.DataFrame:
        """Return the posts that rows name, those of today first, then the latest.

        A node that was refused names none; a history may still name it.
        """
        good = self._frames.get("units", pd.DataFrame()).index
        order = [name for name in (UNITS, STAFF, HISTORY, *MOVES) if name in self._named]
        parts = []
        for name in order:
            part = self._named[name].assign(label=self._rows[name].said.index)
            deleted = self._rows[name].said["deletedAt"]
            part = part[deleted.isna() | is_nothing(deleted)]
            part = part[part["label"].isin(good)] if name == UNITS else part
            parts.append(part[::-1] if name == HISTORY else part)
        if not parts:
            return posts.jobs(next(iter(self._rows.values()))).iloc[:0].assign(label=0)
        return pd.concat(parts)

    def employees(self) -> None:
        """Make employees."""
        if STAFF in self._rows:
            self._take([people.employees(self._rows[STAFF], self._people)])

    def careers(self) -> None:
        """Make postings: those of the history, then those that only other rows tell."""
        if HISTORY in self._rows:
            named = self._named[HISTORY]
            self._take([careers.postings(self._rows[HISTORY], self._people, named)])
        for name in MOVES:
            if name in self._rows:
                rows, named = self._rows[name], self._named[name]
                moves = careers.moves(rows, self._people, named, self._held())
                self._derive(self._new_posts(moves))
                self._take([moves])
        if STAFF in self._rows:
            rows, named = self._rows[STAFF], self._named[STAFF]
            present = careers.present_postings(rows, self._people, named, self._held())
            self._derive(self._of_the_good(present))
        if "postings" in self._frames:
            held = self._held()
            self._frames["postings"] = held.assign(ended_on=careers.ended(held))
            self._frames["transfers"] = transfers(self._frames["postings"])
            self._derived["transfers"] = len(self._frames["transfers"])

    def _new_posts(self, moves: Draft) -> Draft:
        """Return the posts that only these moves lead to: known jobs in other units."""
        named = self._all_named()
        tried = {*self._ids["positions"], *named["position_id"].dropna()}
        blamed = [row for fault in moves.faults for row in fault.rows]
        led = moves.shown["position_id"].drop(blamed).drop_duplicates()
        new = led[led.str.contains(":", na=False) & ~led.isin(list(tried))]
        return posts.positions(posts.elsewhere(new, named))

    def _held(self) -> pd.DataFrame:
        empty = Draft.of("postings", pd.RangeIndex(0), {}).shown
        return self._frames.get("postings", empty.astype({"started_on": "datetime64[s]"}))

    def records(self) -> Iterable[Callable[[], None]]:
        """Return what makes each of the tables that need nothing but their rows."""
        return [partial(self._make, table, draft) for table, draft in PLAIN.items()]

    def _make(self, table: str, draft: Callable[[Rows, People], Draft]) -> None:
        names = [resource.name for resource in RESOURCES if resource.table == table]
        there = [draft(self._rows[name], self._people) for name in names if name in self._rows]
        if there:
            self._take(there)
            self._frames[table] = self._kept(table, self._frames[table])
        if table in PRESENT and STAFF in self._rows:
            present = PRESENT[table](self._rows[STAFF], self._people)
            self._derive(self._untold(present))

    def _untold(self, present: Draft) -> Draft:
        """Return what good rows tell of people of whom the table has nothing."""
        numbers = present.shown["employee_id"].str.replace(r"\D", "", regex=True)
        told = self._frames.get(present.table, pd.DataFrame({"employee_id": []}))["employee_id"]
        anything = present.shown.drop(columns="employee_id").notna().any(axis=1)
        kept = present.shown[~numbers.isin(told) & anything]
        return self._of_the_good(Draft(present.table, kept, present.faults))

    def _of_the_good(self, present: Draft) -> Draft:
        """Return what those rows of *data-utama* tell besides that are good themselves."""
        good = self._frames.get("employees", pd.DataFrame()).index
        shown = present.shown[present.shown.index.isin(good)]
        return Draft(present.table, shown, present.faults)

    def standings(self) -> None:
        """Make standings, and end the postings of those who left."""
        if STAFF not in self._rows or "employees" not in self._frames:
            return
        days = [
            frame[["employee_id", "known_on"]]
            for frame in self._frames.values()
            if {"employee_id", "known_on"} <= set(frame)
        ]
        last = pd.concat(days).groupby("employee_id")["known_on"].max()
        who = self._frames["employees"]
        told = pd.DataFrame(
            {
                "since": who["appointed_on"],
                "until": last.reindex(who["employee_id"]).to_numpy(),
                "day": self._day,
                "stored": _latest(self._stored("standings"), who["employee_id"]),
            },
            who.index,
        )
        for draft in people.standings(self._rows[STAFF], self._people, told):
            self._derive(draft)
        if {"standings", "postings"} <= self._frames.keys():
            held = self._frames["postings"]
            self._frames["postings"] = held.assign(
                ended_on=careers.left(held, self._frames["standings"])
            )

    def _stored(self, table: str) -> pd.DataFrame:
        return self._known.rows(table) if isinstance(self._known, Stored) else pd.DataFrame()

    def _take(self, drafts: Sequence[Draft]) -> None:
        """Take the rows that tell a table's records."""
        table = drafts[0].table
        self._read[table] = self._read.get(table, 0) + sum(len(draft.shown) for draft in drafts)
        self._admit(drafts)

    def _derive(self, draft: Draft) -> None:
        """Take records that follow from the rows of other tables."""
        if len(draft.shown):
            self._derived[draft.table] = self._derived.get(draft.table, 0) + len(draft.shown)
            self._admit([draft])

    def _kept(self, table: str, frame: pd.DataFrame) -> pd.DataFrame:
        """Return records that still say what is stored of them and SIASN does not know."""
        stored = self._stored(table) if table in UNTOLD else pd.DataFrame()
        if stored.empty:
            return frame
        key = list(NOUN_OF[table].key)
        typed = stored.astype(frame.dtypes[key].to_dict())
        before = frame[key].merge(typed[[*key, *UNTOLD[table]]], how="left", on=key)
        kept = {}
        for name in UNTOLD[table]:
            said = before[name].set_axis(frame.index).astype(object)
            kept[name] = said.where(said.notna(), frame[name]).astype(frame[name].dtype)
        return frame.assign(**kept)

    def _admit(self, drafts: Sequence[Draft]) -> None:
        table = drafts[0].table
        noun = NOUN_OF[table]
        shown = pd.concat([draft.shown for draft in drafts])
        bad = Quarantine(noun, shown, self._sources.place, partial(self._names, table))
        for draft in drafts:
            for fault in draft.faults:
                bad.put(
                    shown.index.intersection(fault.rows), fault.field, fault.reason, fault.expected
                )
        frame = admitted(noun, bad.kept(shown), bad, self._ids, self._day)
        before = [self._frames[table]] if table in self._frames else []
        self._frames[table] = pd.concat([*before, frame])
        self._rejected.setdefault(table, []).extend(bad.rejected())
        self._ids[table] = {*self._ids[table], *frame[noun.key[0]]}

    def _names(self, table: str, label: int) -> Mapping[str, str]:
        """Return what the source of a row calls the fields of the table that it is for."""
        resource = self._sources.rows_with(label).resource
        return resource.feeds if resource.table == table else {}

    def bundle(self) -> Bundle:
        """Return the region."""
        tables = [noun.table for noun in NOUNS]
        return Bundle(
            {
                table: self._frames[table].reset_index(drop=True)
                for table in tables
                if table in self._frames
            },
            {table: self._read[table] for table in tables if table in self._read},
            tuple(each for table in tables for each in self._rejected.get(table, ())),
            tuple(self._sources.ignored),
            self._derived,
        )


def _latest(standings: pd.DataFrame, people: "pd.Series[str]") -> "pd.Series[Any]":
    """Return the last of the standings of each person, missing where there is none."""
    if standings.empty:
        return pd.Series(None, people.index, dtype="str")
    last = standings.sort_values("since").drop_duplicates("employee_id", keep="last")
    found = last.set_index("employee_id")["standing"].astype("str").reindex(people)
    return found.set_axis(people.index)
