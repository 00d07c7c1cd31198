"""From rows of experience to stays in posts.

Rows repeat, overlap and split: a promotion in the same post starts a new row, a
second charge runs beside the first, an order may be entered twice.  Leave,
training and waiting are rows too, but no posts.
"""

import re
from collections.abc import Callable
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd

from mutasi.bundle.rejected import Rejected
from pipelines.ias import wording
from pipelines.ias.tables import Table

JOINING_DAYS: Final = 60
"""Longest gap between two posts that is handing over and joining, not absence.

The former post then lasts until the next begins.  Otherwise the day on which the
one ends and the next begins would tell, inside a reshuffle, which belong together.
"""

FAR: Final = pd.Timestamp("9999-12-31")

STILL: Final = re.compile(r"^(?:|till.?date|to.?date|present|continu\w*|n\.?a\.?)$", re.IGNORECASE)
"""How an end reads that had not come when the row was written."""

OWN_CADRE: Final = ("Cadre (AIS)", "Cadre (PSU)", "Cadre (Ex-Cadre)", "Cadre (Non-AIS)")
CENTRE: Final = "Centre"
ELSEWHERE: Final = "elsewhere"


class Rows(NamedTuple):
    """Rows of experience that can be used, and those that cannot.

    Attributes:
        kept: Columns ``employee_id``, ``started_on``, ``ended_on`` (NaT = open),
            ``title``, ``function``, ``family``, ``unit``, ``region``, ``grade``,
            ``is_post``; in the order of person, day and file.
        rejected: What is wrong with the others.
        repeated: How many rows said word for word what another had said.
    """

    kept: pd.DataFrame
    rejected: list[Rejected]
    repeated: int


def rows(table: Table, cadres: "pd.Series[Any]") -> Rows:
    """Return the rows of experience with their words understood.

    Args:
        table: The table.
        cadres: Each officer's state, by id.
    """
    experience = table.texts
    started, ended = day(experience["period_from"]), day(experience["period_to"])
    cadre = experience["identity_no"].map(cadres)
    faults = (
        (cadre.isna(), "identity_no", "unknown_reference"),
        (started.isna(), "period_from", "not_a_date"),
        (ended.isna() & ~_is_open(experience["period_to"]), "period_to", "not_a_date"),
        (ended < started, "period_to", "ended_before_start"),
    )
    rejected = table.wrong_fields()
    usable = pd.Series(data=True, index=experience.index)
    for faulty, field, reason in faults:
        rejected += table.rejected(faulty & usable, field, reason)
        usable &= ~faulty
    frame = pd.DataFrame(
        {
            "employee_id": experience["identity_no"],
            "started_on": started,
            "ended_on": ended,
            **_words(experience),
            "region": _region(experience["organisation"], cadre),
        }
    )[usable]
    same = experience[usable].duplicated()
    kept = frame[~same].sort_values(["employee_id", "started_on"], kind="stable")
    return Rows(kept.reset_index(drop=True), rejected, int(same.sum()))


def stays(kept: pd.DataFrame) -> pd.DataFrame:
    """Return one row per stay in a post, in the order of person and day.

    Rows of the same post that follow each other within :data:`JOINING_DAYS` or
    overlap are one stay.  An open row that another row of the person follows is
    stale and ends where that begins.
    """
    following = _next_start(kept["employee_id"], kept["started_on"])
    is_stale = kept["ended_on"].isna() & following.notna()
    ended = kept["ended_on"].mask(is_stale, following)
    posts = kept.assign(ended_on=ended)
    posts = posts[posts["is_post"] & posts["title"].notna()]
    posts = posts.sort_values(["employee_id", "title", "started_on"], kind="stable")
    stay = _opens_stay(posts).cumsum().to_numpy()
    open_until = posts["ended_on"].fillna(FAR)
    merged = posts.groupby(stay, sort=False).first()
    for column in ("title", "function", "family", "unit", "region"):
        merged[column] = posts.loc[~pd.Series(stay).duplicated().to_numpy(), column].to_numpy()
    last = open_until.groupby(stay, sort=False).max()
    merged["ended_on"] = last.where(last < FAR)
    merged = merged.sort_values(["employee_id", "started_on"], kind="stable").reset_index(drop=True)
    return _joined(merged)


def day(texts: "pd.Series[str]") -> "pd.Series[pd.Timestamp]":
    """Return days written dd/mm/yyyy or yyyy-mm-dd; NaT for anything else."""
    distinct = pd.Series(texts.unique())
    known = pd.to_datetime(distinct, format="%d/%m/%Y", errors="coerce")
    iso = pd.to_datetime(distinct.str[:10], format="%Y-%m-%d", errors="coerce")
    found = known.fillna(iso).dt.as_unit("s")
    return texts.map(dict(zip(distinct, found, strict=True))).astype("datetime64[s]")


def _words(experience: pd.DataFrame) -> dict[str, Any]:
    designation = experience["designation_level"]
    field = experience["experience_major_minor"]
    both = _each(field, wording.fields)
    function = both.map(lambda pair: pair[0]).astype(object)
    title = _each(designation, wording.title)
    paired = pd.Series(list(zip(title, function, strict=True)), index=title.index)
    away = _each(experience["organisation"], wording.is_away) | _each(
        designation, wording.is_absence
    )
    return {
        "title": _each(paired, lambda pair: wording.role(*pair)),
        "function": function,
        "family": both.map(lambda pair: pair[1]).astype(object),
        "unit": _each(experience["ministry_dept_office_location"], wording.place),
        "grade": _each(designation, wording.grade).astype(float),
        "is_post": ~away.astype(bool),
    }


def _each(values: "pd.Series[Any]", meaning: Callable[[Any], Any]) -> "pd.Series[Any]":
    """Return what values mean; each distinct one is looked at once."""
    codes, distinct = pd.factorize(values)
    meanings = np.empty(len(distinct), dtype=object)
    for place, value in enumerate(distinct):
        meanings[place] = meaning(value)
    return pd.Series(meanings[codes], index=values.index, dtype=object)


def _is_open(texts: "pd.Series[str]") -> "pd.Series[bool]":
    return texts.str.match(STILL).astype(bool)


def _region(organisation: "pd.Series[str]", cadre: "pd.Series[Any]") -> "pd.Series[Any]":
    own = organisation.isin(OWN_CADRE)
    centre = organisation.str.startswith(CENTRE)
    return cadre.where(own, centre.map({True: CENTRE, False: ELSEWHERE}))


def _next_start(
    person: "pd.Series[str]", started: "pd.Series[pd.Timestamp]"
) -> "pd.Series[pd.Timestamp]":
    """Return when the person's next later row begins; rows are in order."""
    later = started.groupby([person, started]).first().groupby(level=0).shift(-1)
    keys = pd.MultiIndex.from_arrays([person, started])
    return pd.Series(later.reindex(keys).to_numpy(), index=started.index)


def _opens_stay(posts: pd.DataFrame) -> "pd.Series[bool]":
    """Return which rows, in order of person, title and day, open a new stay."""
    title = [posts["employee_id"], posts["title"]]
    held_until = posts["ended_on"].fillna(FAR).groupby(title).cummax().groupby(title).shift()
    follows = (posts["started_on"] - held_until).dt.days <= JOINING_DAYS
    unit, former_unit = posts["unit"], posts.groupby(title)["unit"].shift()
    field = posts["function"].fillna("") + "/" + posts["family"].fillna("")
    former_field = field.groupby(title).shift()
    same_unit = unit.eq(former_unit) & unit.notna()
    compatible = same_unit | unit.isna() | former_unit.isna()
    same_field = field.eq(former_field) | field.eq("/") | former_field.eq("/")
    return ~(follows & compatible & (same_field | same_unit))


def _joined(merged: pd.DataFrame) -> pd.DataFrame:
    """Let a post last until the next begins where only days of joining lie between."""
    following = _next_start(merged["employee_id"], merged["started_on"])
    gap = (following - merged["ended_on"]).dt.days
    joins = (gap > 0) & (gap <= JOINING_DAYS)
    merged["ended_on"] = merged["ended_on"].mask(joins, following)
    return merged
