"""One row per position."""

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from mutasi.state._columns import (
    NOBODY,
    NONE,
    Array,
    Columns,
    LazyColumns,
    Tables,
    days,
    latest_row,
    number_at,
    objects,
    text_at,
    without_gap,
)
from mutasi.state._people import field_bits
from mutasi.state._regions import regions
from mutasi.state._service import rung_numbers
from mutasi.vocabulary import COMPETENCIES, PositionKind

if TYPE_CHECKING:
    import pandas as pd

HEAD = "kepala "
"""How the title of a post begins that leads, as of a school or a health centre."""


def positions(as_of: date, tables: Tables, people: Columns) -> Columns:
    """Return one row per position, with what it has from its unit.

    Returns:
        ``position_id``, ``position_row``, ``title``, ``position_kind``, ``family``, ``rung``,
        ``rung_number`` (place among ``vocabulary.RUNGS``, -1 = none of them),
        ``level``, ``function`` (its own or its unit's), ``lowest_grade``,
        ``highest_grade``, ``minimum_education``,
        ``qualifying`` (fields of study that qualify, a bit each; 0 = any),
        ``retirement_age``, ``allowance_class``; ``required_<competency>`` and
        ``required_technical``; ``is_structural``, ``leads`` (a structural post, or titled a head);
        ``unit`` (row of the unit, -1 = none),
        ``unit_id``, ``unit_name``, ``region``, ``place``, ``latitude``,
        ``longitude``, ``is_remote``; ``title_code``, ``family_code``,
        ``function_code``, ``place_code`` (equal texts have equal codes, -1 =
        unknown); ``region_code``, ``government`` and ``province_code`` as of
        employees; ``blackout_until`` (last day of the blackouts that bind
        its government on the day and follow without a gap; NaT if none);
        ``is_closed``; ``needed`` (people; NaN = never assessed), ``filled`` (people)
        and ``open`` (people missing; 0 if closed or never assessed).
    """
    import pandas as pd

    moment = np.datetime64(as_of, "D")
    posts, units = tables["positions"], tables["units"]
    unit = posts["unit"].to_numpy()
    need = latest_row(tables["needs"], "since", moment, len(posts), by="position")
    needed = number_at(tables["needs"], "needed", need)
    holders = people["position"]
    filled = np.bincount(holders[holders >= 0], minlength=len(posts)).astype(float)
    closed = days(posts["closed_on"]) <= moment
    unit_function = text_at(units, "function", unit)
    own_function = objects(posts["function"])
    function = np.where(np.equal(own_function, NONE), unit_function, own_function)
    place = text_at(units, "place", unit)
    region = text_at(units, "region", unit)
    return LazyColumns(
        {
            "position_id": objects(posts["position_id"]),
            "position_row": np.arange(len(posts)),
            "title": objects(posts["title"]),
            "position_kind": objects(posts["kind"]),
            "family": objects(posts["family"]),
            "rung": objects(posts["rung"]),
            "rung_number": rung_numbers(posts["rung"]),
            "level": posts["level"].to_numpy(),
            "function": function,
            "lowest_grade": posts["lowest_grade"].to_numpy(),
            "highest_grade": posts["highest_grade"].to_numpy(),
            "minimum_education": posts["minimum_education"].to_numpy(),
            "qualifying": field_bits(posts["fields"]),
            "retirement_age": posts["retirement_age"].to_numpy(),
            "allowance_class": posts["allowance_class"].to_numpy(),
            **{f"required_{name}": posts[name].to_numpy() for name in (*COMPETENCIES, "technical")},
            "unit": unit,
            "unit_id": text_at(units, "unit_id", unit),
            "unit_name": text_at(units, "name", unit),
            "region": region,
            "place": place,
            "latitude": number_at(units, "latitude", unit),
            "longitude": number_at(units, "longitude", unit),
            "is_remote": number_at(units, "is_remote", unit),
            "title_code": pd.factorize(posts["title"])[0],
            "family_code": pd.factorize(posts["family"])[0],
            "function_code": pd.factorize(function)[0],
            "place_code": pd.factorize(place)[0],
            "is_closed": closed,
            "needed": needed,
            "filled": filled,
            "open": np.where(closed, 0.0, np.nan_to_num(np.clip(needed - filled, 0, None))),
        },
        {
            ("is_structural", "leads"): partial(_leading, posts),
            ("region_code", "government", "province_code"): lambda: regions(
                pd.Series(region, dtype="str"), tables
            ),
            ("blackout_until",): lambda: {
                "blackout_until": _blackout_until(tables["blackouts"], region, moment)
            },
        },
    )


def _leading(posts: "pd.DataFrame") -> Columns:
    titled = posts["title"].str.lower().str.startswith(HEAD).fillna(value=False)
    structural = (posts["kind"] == PositionKind.STRUCTURAL).fillna(value=False)
    return {
        "is_structural": structural.to_numpy(bool),
        "leads": (titled | structural).to_numpy(bool),
    }


def _blackout_until(
    blackouts: "pd.DataFrame", region: Array, moment: np.datetime64
) -> NDArray[np.datetime64]:
    """Return the last day of the blackouts that bind each region without a gap; NaT if none."""
    import pandas as pd

    blackouts = blackouts[blackouts["approved_on"].isna()]
    since, end = days(blackouts["since"]), days(blackouts["until"])
    code, names = pd.factorize(blackouts["region"])
    until = np.full(len(names), NOBODY)
    until[code[(since <= moment) & (end >= moment)]] = moment
    place = pd.Index(names).get_indexer(pd.Index(region))
    last: NDArray[np.datetime64] = np.append(without_gap(until, code, since, end), NOBODY)[place]
    return last
