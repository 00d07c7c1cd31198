"""What the files of an invented region say: frames of the vocabulary, with gaps."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from mutasi.simulation import untold
from mutasi.simulation.appraisal import scheme
from mutasi.simulation.arrays import (
    FOREVER,
    LONG_AGO,
    Bools,
    Floats,
    Ints,
    dates,
    day_number,
    where_told,
)
from mutasi.simulation.chronicle import Chronicle
from mutasi.simulation.development import unpacked
from mutasi.simulation.establishment import FAMILY_NAMES, RUNG_NAMES
from mutasi.simulation.jobs import FAMILIES, KIND_OF_RUNG
from mutasi.simulation.naming import names, numbers
from mutasi.simulation.schooling import field_names
from mutasi.vocabulary import (
    COMPETENCIES,
    FUNCTIONS,
    NOUNS,
    Assignment,
    EmployeeKind,
    PositionKind,
    columns as columns_of,
)

ALWAYS = day_number(1900)
"""Units and positions count as known from the start."""

LEVEL_NAMES = {
    5: "SD", 10: "SLTP", 15: "SLTA", 17: "SMK", 25: "D-II", 30: "D-III", 35: "D-IV", 40: "S-1",
    42: "PROFESI", 45: "S-2", 47: "SPESIALIS", 50: "S-3",
}  # fmt: skip

FIELD_NAMES = {
    "health": "KESEHATAN MASYARAKAT", "education": "PENDIDIKAN", "engineering": "TEKNIK SIPIL",
    "informatics": "TEKNIK INFORMATIKA", "economics": "MANAJEMEN", "law": "ILMU HUKUM",
    "government": "ADMINISTRASI NEGARA", "social": "SOSIOLOGI", "agriculture": "AGRONOMI",
    "statistics": "STATISTIKA", "archives": "ILMU PERPUSTAKAAN", "culture": "PARIWISATA",
}  # fmt: skip


def frames(region: Chronicle, rng: np.random.Generator) -> dict[str, pd.DataFrame]:
    """Return one frame per table, with exactly the columns of the vocabulary.

    Args:
        region: A region whose years have been lived through.
        rng: Source of chance for names and gaps.
    """
    who = region.people
    ids = numbers(who.born, who.appointed, who.woman, who.contract).to_numpy(object)
    posts = np.array(region.posts.ids, dtype=object)
    raw = {
        "units": _units(region),
        "positions": _positions(region),
        "needs": _needs(region, posts),
        "employees": _employees(region, rng, ids),
        "standings": _standings(region, ids),
        "grades": _grades(region, ids),
        "residences": _residences(region, rng, ids),
        "postings": _postings(region, ids, posts),
        "appraisals": _appraisals(region, rng, ids),
        "educations": _educations(region, rng, ids),
        "trainings": _trainings(region, ids),
        "assessments": _assessments(region, ids),
        "sanctions": _sanctions(region, ids),
        "offers": _offers(region, ids, posts),
        "transfers": _transfers(region, ids, posts),
    }
    return {noun.table: _typed(noun, raw.get(noun.table, _none(noun))) for noun in NOUNS}


def _none(noun: type[Any]) -> dict[str, Any]:
    """Return no records: what the invented region does not keep."""
    return {column.name: [] for column in columns_of(noun)}


def _typed(noun: type[Any], raw: Mapping[str, Any]) -> pd.DataFrame:
    """Return a frame with the columns of a noun, in order and of their kinds."""
    wanted = columns_of(noun)
    assert set(raw) == {column.name for column in wanted}
    return pd.DataFrame(
        {
            column.name: _cast(pd.Series(raw[column.name]).reset_index(drop=True), column.kind)
            for column in wanted
        }
    )


DTYPES: dict[type, Any] = {str: "str", float: "float64", bool: "bool", date: "datetime64[s]"}


def _cast(values: "pd.Series[Any]", kind: type) -> "pd.Series[Any]":
    if kind is int:
        number = values.astype("float64")
        return number.astype("Int64" if number.isna().any() else "int64")
    cast: pd.Series[Any] = values.astype(DTYPES[kind])
    return cast


def _known(count: int, day: int = ALWAYS) -> "pd.Series[Any]":
    return dates(np.full(count, day))


def _units(region: Chronicle) -> dict[str, Any]:
    units, where = region.posts.units, region.posts.places
    place = np.array([unit.place for unit in units])
    return {
        "unit_id": [unit.code for unit in units],
        "name": [unit.name for unit in units],
        "region": [region.config.name] * len(units),
        "parent_id": [unit.parent for unit in units],
        "function": [unit.function for unit in units],
        "place": np.array(where.names, dtype=object)[place],
        "latitude": np.round(region.posts.unit_north, 5),
        "longitude": np.round(region.posts.unit_east, 5),
        "is_remote": where.remote[place],
        "known_on": _known(len(units)),
    }


def _positions(region: Chronicle) -> dict[str, Any]:
    posts = region.posts
    rung = [post.rung if post.rung in KIND_OF_RUNG else None for post in posts.posts]
    kind = [KIND_OF_RUNG.get(post.rung, PositionKind.GENERAL).value for post in posts.posts]
    qualifying = [
        ";".join(FAMILIES[post.family].fields) if post.family in FAMILIES else None
        for post in posts.posts
    ]
    levels = dict(zip((*COMPETENCIES, "technical"), posts.standard.T, strict=True))
    return {
        "position_id": list(posts.ids),
        "unit_id": [posts.units[number].code for number in posts.unit.tolist()],
        "title": [post.title for post in posts.posts],
        "kind": kind,
        "family": [post.family for post in posts.posts],
        "rung": rung,
        "level": posts.level,
        "function": [post.function for post in posts.posts],
        "lowest_grade": posts.lowest,
        "highest_grade": posts.highest,
        "minimum_education": posts.education,
        "fields": qualifying,
        "retirement_age": posts.retirement,
        "allowance_class": posts.allowance,
        **levels,
        "closed_on": dates(posts.closed),
        "known_on": _known(len(posts.ids)),
    }


def _needs(region: Chronicle, posts: Any) -> dict[str, Any]:
    log = region.needs
    return {
        "position_id": posts[log["post"]],
        "since": dates(log["since"]),
        "needed": log["needed"],
        "workload": [None] * len(log),
        "known_on": dates(log["since"]),
    }


def _employees(region: Chronicle, rng: np.random.Generator, ids: Any) -> dict[str, Any]:
    who = region.people
    kinds = np.array([EmployeeKind.CIVIL_SERVANT.value, EmployeeKind.CONTRACT.value], dtype=object)
    return {
        "employee_id": ids,
        "name": names(rng, who.woman),
        "region": [region.config.name] * len(who),
        "kind": kinds[who.contract.astype(np.int64)],
        "born_on": dates(who.born),
        "sex": np.array(["M", "F"], dtype=object)[who.woman.astype(np.int64)],
        "appointed_on": dates(who.appointed),
        "known_on": dates(who.appointed),
    }


def _standings(region: Chronicle, ids: Any) -> dict[str, Any]:
    log = region.standings
    return {
        "employee_id": ids[log["employee"]],
        "since": dates(log["since"]),
        "standing": log["standing"],
        "known_on": dates(log["since"]),
    }


def _grades(region: Chronicle, ids: Any) -> dict[str, Any]:
    reached = region.people.reached
    who, column = np.nonzero((reached != FOREVER) & (reached != LONG_AGO))
    since = reached[who, column]
    return {
        "employee_id": ids[who],
        "since": dates(since),
        "grade": column + 1,
        "known_on": dates(since),
    }


def _residences(region: Chronicle, rng: np.random.Generator, ids: Any) -> dict[str, Any]:
    log, where = region.homes, region.posts.places
    place = log["place"]
    told = _told(rng, untold.homes(region))
    named = told | (rng.random(len(place)) < 0.5)
    return {
        "employee_id": ids[log["employee"]],
        "since": dates(log["since"]),
        "place": where_told(named, np.array(where.names, dtype=object)[place]),
        "latitude": np.where(told, np.round(where.north[place], 4), np.nan),
        "longitude": np.where(told, np.round(where.east[place], 4), np.nan),
        "known_on": dates(log["since"]),
    }


def _postings(region: Chronicle, ids: Any, posts: Any) -> dict[str, Any]:
    log = region.postings
    order = np.lexsort((log.start, log.employee))
    acting = region.acting
    start = np.concatenate([log.start[order], acting["started"]])
    return {
        "employee_id": ids[np.concatenate([log.employee[order], acting["employee"]])],
        "position_id": posts[np.concatenate([log.post[order], acting["post"]])],
        "started_on": dates(start),
        "ended_on": dates(np.concatenate([log.end[order], acting["ended"]])),
        "assignment": [Assignment.DEFINITIVE.value] * len(order)
        + [Assignment.ACTING.value] * len(acting),
        "known_on": dates(start),
    }


def _appraisals(region: Chronicle, rng: np.random.Generator, ids: Any) -> dict[str, Any]:
    log = region.appraisals
    missing, delayed = untold.ratings(region)
    kept = np.flatnonzero(_told(rng, missing))
    known, year = log["known"][kept], log["year"][kept]
    late = ~_told(rng, delayed[kept])
    last = day_number(region.config.last_year + 1, 3, 30)
    known = np.where(late, np.minimum(known + rng.integers(60, 420, len(kept)), last), known)
    quadrant = log["results"][kept] > 0
    units = np.array([f"R-{unit.code}" for unit in region.posts.units], dtype=object)
    schemes = np.array([scheme(int(each)).value for each in np.unique(year)], dtype=object)
    return {
        "employee_id": ids[log["employee"][kept]],
        "year": year,
        "scheme": schemes[np.searchsorted(np.unique(year), year)],
        "score": log["score"][kept],
        "results": np.where(quadrant, log["results"][kept], np.nan),
        "behaviour": np.where(quadrant, log["behaviour"][kept], np.nan),
        "predicate": log["predicate"][kept],
        "rater": units[log["unit"][kept]],
        "known_on": dates(known),
    }


def _educations(region: Chronicle, rng: np.random.Generator, ids: Any) -> dict[str, Any]:
    who = region.people
    again = np.flatnonzero(who.later.level > 0)
    employee: Ints = np.concatenate([np.arange(len(who)), again])
    level = np.concatenate([who.degree.level, who.later.level[again]])
    day = np.concatenate([who.degree.day, who.later.day[again]])
    field = field_names(np.concatenate([who.degree.fields, who.later.fields[again]]))
    told = _told(rng, untold.fields(region)[employee])
    level_names = pd.Series(level).map(LEVEL_NAMES)
    subject = pd.Series(field).map(FIELD_NAMES).fillna("")
    return {
        "employee_id": ids[employee],
        "level": level,
        "field": where_told(told, field),
        "name": (level_names + " " + subject).str.strip().where(told, level_names),
        "graduated_on": dates(day),
        "known_on": dates(np.maximum(day + 30, who.appointed[employee])),
    }


def _trainings(region: Chronicle, ids: Any) -> dict[str, Any]:
    log = region.trainings
    key = pd.DataFrame({name: log[name] for name in ("employee", "title", "completed")})
    once = np.flatnonzero(~key.duplicated().to_numpy())
    return {
        "employee_id": ids[log["employee"][once]],
        "title": log["title"][once],
        "kind": log["kind"][once],
        "function": log["function"][once],
        "hours": log["hours"][once],
        "completed_on": dates(log["completed"][once]),
        "known_on": dates(log["completed"][once] + 14),
    }


def _assessments(region: Chronicle, ids: Any) -> dict[str, Any]:
    log = region.assessments
    levels = unpacked(log["levels"]).astype(np.float64)
    return {
        "employee_id": ids[log["employee"]],
        "assessed_on": dates(log["assessed"]),
        **dict(zip((*COMPETENCIES, "technical"), levels.T, strict=True)),
        "technical_function": np.array(FUNCTIONS, dtype=object)[log["function"]],
        "known_on": dates(log["assessed"] + 21),
    }


def _sanctions(region: Chronicle, ids: Any) -> dict[str, Any]:
    log = region.sanctions
    return {
        "employee_id": ids[log["employee"]],
        "decided_on": dates(log["decided"]),
        "ended_on": dates(log["ended"]),
        "severity": log["severity"],
        "known_on": dates(log["decided"]),
    }


def _offer_ids(count: int) -> Any:
    return np.array([f"OFR-{number:06d}" for number in range(1, count + 1)] + [None], dtype=object)


def _offers(region: Chronicle, ids: Any, posts: Any) -> dict[str, Any]:
    log = region.offers
    return {
        "offer_id": _offer_ids(len(log))[:-1],
        "employee_id": ids[log["employee"]],
        "position_id": posts[log["post"]],
        "offered_on": dates(log["offered"]),
        "answer": log["answer"],
        "answered_on": dates(log["answered"]),
        "reason": log["reason"],
        "evidence": [None] * len(log),
        "known_on": dates(log["offered"]),
    }


def _transfers(region: Chronicle, ids: Any, posts: Any) -> dict[str, Any]:
    log = region.transfers
    return {
        "employee_id": ids[log["employee"]],
        "from_position_id": posts[log["before"]],
        "position_id": posts[log["post"]],
        "decided_on": dates(log["decided"]),
        "started_on": dates(log["started"]),
        "offer_id": _offer_ids(len(region.offers))[log["offer"]],
        "known_on": dates(log["known"]),
    }


def _told(rng: np.random.Generator, shares: Floats) -> Bools:
    """Return which rows are told, if a share like each one's is left out."""
    return rng.random(len(shares)) >= shares


assert set(RUNG_NAMES) >= set(KIND_OF_RUNG)
assert FAMILY_NAMES[0] == "structural"
