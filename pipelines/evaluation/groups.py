"""Which group a decision belongs to: by whom it is about, and by what kind of move it is.

What a person is follows from the records on the day of the decision: they audit here,
and are never handed to a model.
"""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from features.frames import days
from models.fairness import Grouping
from mutasi.snapshot import Snapshot
from mutasi.state import Columns, in_effect
from mutasi.vocabulary import Assignment, EmployeeKind, PositionKind

Codes = NDArray[np.int64]
Days = NDArray[np.datetime64]
Ids = NDArray[np.object_]

AGES = (30, 40, 50)
"""First ages of all bands but the youngest."""

BANDS = ("under_30", "from_30", "from_40", "from_50")
SEXES = ("female", "male")
KINDS = ("civil_servant", "contract")
PLACES = ("not_remote", "remote")
STEPS = ("down", "level", "up")
FUNCTIONS = ("same_function", "other_function")
FAMILIES = ("structural", "general", "education", "health", "other_functional")
"""Groups of job families: leading posts, general ones (*pelaksana*), and functional posts
of the two functions of government that employ most, and of all others."""


def protected(snapshot: Snapshot, employee_id: Ids, day: Days) -> tuple[Grouping, ...]:
    """Return the groups that must be treated alike: sex, age, kind of employment, remoteness.

    Args:
        snapshot: What is known now.
        employee_id: Whom each decision is about.
        day: Day of each decision.
    """
    people, row = snapshot.tables["employees"], _rows(snapshot, "employees", employee_id)
    born = np.append(days(people["born_on"]), np.datetime64("NaT", "D"))[row]
    present = present_post(snapshot, row, day)
    return (
        Grouping("sex", SEXES, _among(people["sex"], ("F", "M"))[row]),
        Grouping("age", BANDS, age_band(born, day)),
        Grouping("kind", KINDS, _among(people["kind"], tuple(EmployeeKind))[row]),
        Grouping("remoteness", PLACES, _flagged(snapshot.positions["is_remote"], present)),
    )


def moves(snapshot: Snapshot, employee_id: Ids, position_id: Ids, day: Days) -> list[Grouping]:
    """Return what kinds of moves decisions are about: step, function, job family, remoteness.

    Arguments as of :func:`protected`; ``position_id`` is where each would lead.
    """
    posts = snapshot.positions
    now = present_post(snapshot, _rows(snapshot, "employees", employee_id), day)
    then = _rows(snapshot, "positions", position_id)
    level = np.append(posts["level"].astype(float), np.nan)
    step = np.nan_to_num(np.sign(level[then] - level[now]) + 1.0, nan=-1.0).astype(np.int64)
    function = np.append(posts["function_code"], -1)
    known = (function[then] >= 0) & (function[now] >= 0)
    return [
        Grouping("step", STEPS, step),
        Grouping("function", FUNCTIONS, np.where(known, (function[then] != function[now]) * 1, -1)),
        Grouping("family", FAMILIES, np.append(_family(posts), -1)[then]),
        Grouping("place", PLACES, _flagged(posts["is_remote"], then)),
    ]


def age_band(born_on: Days, day: Days) -> Codes:
    """Return the band of the age in whole years on a day; -1 where the birth is unknown.

    >>> born = np.array(["1980-05-02", "1980-05-02", "NaT"], "datetime64[D]")
    >>> on = np.array(["2020-05-01", "2020-05-02", "2020-05-02"], "datetime64[D]")
    >>> age_band(born, on).tolist()
    [1, 2, -1]
    """
    unknown = np.isnat(born_on)
    born = np.where(unknown, day, born_on)
    months = (day.astype("datetime64[M]") - born.astype("datetime64[M]")).astype(np.int64)
    age = (months - (_day_of_month(day) < _day_of_month(born))) // 12
    return np.where(unknown, -1, np.searchsorted(AGES, age, side="right")).astype(np.int64)


def present_post(snapshot: Snapshot, employee: Codes, day: Days) -> Codes:
    """Return the definitive post that each employee held on the eve of a day; -1 for none."""
    postings, (since, counts) = snapshot.tables["postings"], in_effect(snapshot.tables)
    held = pd.DataFrame(
        {
            "employee": postings["employee"].to_numpy(),
            "position": postings["position"].to_numpy(),
            "moment": since.astype("datetime64[s]"),
            "ended_on": postings["ended_on"].to_numpy("datetime64[s]"),
        }
    )[counts & (postings["assignment"] == Assignment.DEFINITIVE).to_numpy()]
    eve = (day.astype("datetime64[D]") - np.timedelta64(1, "D")).astype("datetime64[s]")
    asked = pd.DataFrame({"employee": employee, "moment": eve, "row": np.arange(len(eve))})
    found = pd.merge_asof(
        asked.sort_values("moment", kind="stable"),
        held.sort_values("moment", kind="stable"),
        on="moment",
        by="employee",
    ).sort_values("row")
    lasting = found["ended_on"].isna() | (found["ended_on"] >= found["moment"])
    return np.asarray(found["position"].where(lasting).fillna(-1).to_numpy(), np.int64)


def _rows(snapshot: Snapshot, table: str, ids: Ids) -> Codes:
    index = pd.Index(snapshot.tables[table].iloc[:, 0])
    return np.asarray(index.get_indexer(pd.Index(ids)), np.int64)


def _among(column: "pd.Series[str]", values: tuple[str, ...]) -> Codes:
    """Return the place of each value among some, and a -1 for who is not on record."""
    return np.append(pd.Index(values).get_indexer(pd.Index(column)), -1).astype(np.int64)


def _flagged(flag: NDArray[np.float64], row: Codes) -> Codes:
    found: NDArray[np.float64] = np.append(flag, np.nan)[row]
    return np.nan_to_num(found, nan=-1.0).astype(np.int64)


def _family(posts: Columns) -> Codes:
    kind, function = posts["position_kind"], posts["function"]
    return np.select(
        [
            kind == PositionKind.STRUCTURAL,
            kind == PositionKind.GENERAL,
            kind != PositionKind.FUNCTIONAL,
            function == "education",
            function == "health",
        ],
        [0, 1, -1, 2, 3],
        4,
    ).astype(np.int64)


def _day_of_month(day: Days) -> Codes:
    first = day.astype("datetime64[M]").astype("datetime64[D]")
    return np.asarray((day - first).astype(np.int64))
