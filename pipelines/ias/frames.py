"""The public tables in the project's vocabulary.

A post of the tables is what its words say: a role (its title in one spelling)
in a field, in a department or place, of a state.  Its grade is not known: what
a row gives is the pay grade of who holds it.  So positions have no level and no
grades, and what the source lacks is absent, not invented.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha1
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

from mutasi.bundle.rejected import Rejected
from mutasi.vocabulary import NOUNS, Assignment, Transfer, columns
from pipelines.ias.learning import educations, trainings
from pipelines.ias.stays import day, rows, stays
from pipelines.ias.tables import Table, tables

ALWAYS: Final = pd.Timestamp("1900-01-01")
"""Day from which units and positions are known: that they exist tells nothing of who came."""

FIRST_YEAR: Final = 1930
"""Years of allotment before this stand for unknown."""

SEXES: Final = {"male": "M", "female": "F"}


@dataclass(frozen=True)
class Imported:
    """What reading the tables gave.

    Attributes:
        frames: One frame per noun that the source speaks of, by table name.
        read: Rows read of the tables that the frames come from, by frame.
        rejected: What is wrong with the rows that cannot be used.
        left_out: Rows that are no postings or say nothing new, by reason.
        absent: Tables of the vocabulary of which the source holds nothing.
    """

    frames: Mapping[str, pd.DataFrame]
    read: Mapping[str, int]
    rejected: tuple[Rejected, ...]
    left_out: Mapping[str, int]
    absent: tuple[str, ...]


def frames(folder: Path) -> dict[str, pd.DataFrame]:
    """Return the tables of a folder as frames of the vocabulary, by table name."""
    return dict(imported(folder).frames)


def imported(folder: Path) -> Imported:
    """Read the tables of a folder.

    Raises:
        BundleFileMissing: If the officers or their experience are not there.
        BundleFileUnreadable: If a file is no Parquet or CSV.
        BundleColumnMissing: If a table lacks columns that are read.
    """
    source = tables(folder)
    repeated = source["officers"].texts.duplicated("id")
    officers = source["officers"].texts[~repeated]
    experience = rows(source["experience"], officers.set_index("id")["cadre"])
    kept = experience.kept
    appointed = _appointed(officers, kept)
    entered_on = appointed.dropna()
    employees = _employees(officers.set_index("id").loc[entered_on.index], entered_on, kept)
    known = entered_on.index
    held = stays(kept)
    held = _posts(held[held["employee_id"].isin(known)])
    made = {
        "units": _units(held),
        "positions": _positions(held),
        "employees": employees,
        "grades": _grades(kept[kept["employee_id"].isin(known)]),
        "residences": _residences(officers.set_index("id"), entered_on),
        "postings": _postings(held),
        "educations": educations(source, entered_on),
        "trainings": trainings(source, known),
    }
    complete = {name: _complete(name, frame) for name, frame in made.items() if len(frame)}
    is_post, is_named = kept["is_post"], kept["title"].notna()
    no_entry = pd.Series(appointed.isna().to_numpy(), officers.index)
    return Imported(
        frames=complete,
        read={name: len(frame) for name, frame in complete.items()}
        | {"employees": len(repeated), "postings": len(source["experience"].texts)},
        rejected=(
            *source["officers"].wrong_fields(),
            *source["officers"].rejected(repeated, "id", "duplicate"),
            *source["officers"].rejected(
                no_entry.reindex(repeated.index, fill_value=False),
                "allotment_year",
                "no_day_of_entry",
            ),
            *experience.rejected,
        ),
        left_out={
            "repeated": experience.repeated,
            "absence": int((~is_post).sum()),
            "unnamed": int((is_post & ~is_named).sum()),
            "same_stay": int((is_post & is_named).sum()) - len(held),
            "undated_education": _length(source, "education") - _length(complete, "educations"),
        },
        absent=tuple(
            noun.table for noun in NOUNS if noun.table not in complete and noun is not Transfer
        ),
    )


def _length(found: Mapping[str, Any], name: str) -> int:
    frame = found[name].texts if isinstance(found.get(name), Table) else found.get(name, ())
    return len(frame)


def _appointed(officers: pd.DataFrame, kept: pd.DataFrame) -> "pd.Series[Any]":
    """Return from when each officer's seniority counts, by id; NaT if nothing says.

    It counts from July of the year of allotment, which is how the service
    itself ranks; where that is unknown from the day of joining, or else from
    the first row of experience.
    """
    ids = pd.Index(officers["id"])
    year = pd.to_numeric(officers["allotment_year"], errors="coerce")
    allotted = day(year.map(lambda known: f"{known:.0f}-07-01" if known > FIRST_YEAR else ""))
    first = kept.groupby("employee_id")["started_on"].min().reindex(ids)
    appointed = allotted.fillna(day(officers["date_of_joining"]))
    return appointed.set_axis(ids).fillna(first)


def _employees(
    officers: pd.DataFrame, entered_on: "pd.Series[Any]", kept: pd.DataFrame
) -> pd.DataFrame:
    """Return the officers, known from entry or from their first row."""
    first = kept.groupby("employee_id")["started_on"].min().reindex(entered_on.index)
    return pd.DataFrame(
        {
            "employee_id": entered_on.index,
            "region": officers["cadre"].to_numpy(),
            "born_on": day(officers["date_of_birth"]).to_numpy(),
            "sex": officers["gender"].str.lower().map(SEXES).to_numpy(object),
            "appointed_on": entered_on.to_numpy(),
            "known_on": np.fmin(entered_on.to_numpy(), first.to_numpy()),
        }
    )


def _posts(held: pd.DataFrame) -> pd.DataFrame:
    """Add ``unit_id`` and ``position_id``: equal words are one unit, one position.

    Where no department or place is said, the unit is that of the post alone, so
    that two posts without one are not taken for colleagues.
    """
    words = held[["region", "title", "function", "family", "unit"]].fillna("")
    alone = words["title"] + "|" + words["function"] + "|" + words["family"]
    unit = words["region"] + "|" + words["unit"].where(words["unit"] != "", "?" + alone)
    return held.assign(
        unit_id=_ids("U", unit), position_id=_ids("P", unit + "|" + alone)
    ).reset_index(drop=True)


def _ids(prefix: str, texts: "pd.Series[str]") -> "pd.Series[str]":
    digest = {
        text: prefix + sha1(text.encode(), usedforsecurity=False).hexdigest()[:12]
        for text in texts.unique()
    }
    return texts.map(digest)


def _units(held: pd.DataFrame) -> pd.DataFrame:
    units = held.drop_duplicates("unit_id")
    name = units["unit"].fillna(units["title"] + ", " + units["function"].fillna("?"))
    return pd.DataFrame(
        {
            "unit_id": units["unit_id"],
            "name": name,
            "region": units["region"],
            "is_remote": False,
            "known_on": ALWAYS,
        }
    )


def _positions(held: pd.DataFrame) -> pd.DataFrame:
    positions = held.drop_duplicates("position_id")
    wanted = ["position_id", "unit_id", "title", "family", "function"]
    return positions[wanted].assign(known_on=ALWAYS)


def _grades(kept: pd.DataFrame) -> pd.DataFrame:
    """Return the grades that rows give, each from the day on which it first is given."""
    graded = kept[kept["grade"].notna()].drop_duplicates(["employee_id", "started_on"], keep="last")
    former = graded.groupby("employee_id")["grade"].shift()
    changed = graded[graded["grade"] != former]
    return pd.DataFrame(
        {
            "employee_id": changed["employee_id"],
            "since": changed["started_on"],
            "grade": changed["grade"].astype(int),
            "known_on": changed["started_on"],
        }
    )


def _residences(officers: pd.DataFrame, entered_on: "pd.Series[Any]") -> pd.DataFrame:
    """Return the state of domicile, known since entry."""
    place = officers["place_of_domicile"].reindex(entered_on.index)
    said = place != ""
    return pd.DataFrame(
        {
            "employee_id": entered_on.index[said],
            "since": entered_on[said].to_numpy(),
            "place": place[said].to_numpy(),
            "known_on": entered_on[said].to_numpy(),
        }
    )


def _postings(held: pd.DataFrame) -> pd.DataFrame:
    wanted = ["employee_id", "position_id", "started_on", "ended_on"]
    postings = held[wanted].drop_duplicates(["employee_id", "position_id", "started_on"])
    return postings.assign(assignment=Assignment.DEFINITIVE.value, known_on=postings["started_on"])


def _complete(table: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame with every column of its noun; what the source lacks is empty."""
    noun = next(noun for noun in NOUNS if noun.table == table)
    wanted = [column.name for column in columns(noun)]
    return frame.reindex(columns=wanted).reset_index(drop=True)
