"""The job behind ``mutasi staffing``: need against who is there, now and year by year."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import takewhile
from typing import Any

import numpy as np
import pandas as pd

from mutasi.i18n import word
from mutasi.rules import Law
from mutasi.snapshot import Snapshot
from mutasi.staffing import FIGURES, By, Past, Units, balance, departed, efficiency, grouped
from mutasi.vocabulary import RUNGS
from pipelines.staffing.records import region_of, rows
from pipelines.staffing.schema import Balance, Cell, Gap, Point, Signal, Staffing

TREND_YEARS = 15
"""How many earlier years are shown, as far as the records reach."""

RUNG_WORDS = frozenset(
    ("ahli", "pertama", "muda", "madya", "utama", "pemula", "terampil", "mahir", "penyelia")
)
"""Words at the end of a functional title that tell its rung."""


def staffing(past: Past, day: date, language: str) -> Staffing:
    """Return need against who is there on a day, and how it came about.

    Args:
        past: What was known when.
        day: The day.
        language: Of the names of job families that have no title of their own.
    """
    snapshot = past.at(day)
    units = Units.of(snapshot)
    posts = balance(snapshot, units)
    law = Law(day)
    shown = posts[(posts["needed"] > 0) | (posts["filled"] > 0)]
    total = grouped(posts.assign(function=None), By.SECTOR, units, FIGURES)
    return Staffing(
        as_of=day,
        region=region_of(past, day),
        minutes_a_year=law("workload.minutes_a_year"),
        total=next(_balances(total, law)),
        positions=tuple(_balances(grouped(shown, By.POSITION, units, FIGURES), law)),
        units=tuple(_balances(grouped(posts, By.UNIT, units, FIGURES), law)),
        sectors=tuple(_balances(grouped(posts, By.SECTOR, units, FIGURES), law)),
        trend=tuple(_trend(past, day)),
        cells=tuple(_cells(posts, units, language)),
        signals=tuple(_signals(snapshot)),
        gaps=tuple(_gaps(snapshot, posts, units)),
    )


def _balances(groups: pd.DataFrame, law: Law) -> Iterator[Balance]:
    """Yield the groups, those that miss most first."""
    workload, working = (groups[name].to_numpy() for name in ("workload", "working"))
    found, letter = efficiency(workload, working, law)
    told = groups.drop(columns="workload").rename(columns={"working": "measured"})
    told = told.assign(
        difference=groups["surplus"] - groups["shortage"],
        efficiency=found,
        efficiency_class=letter,
        share=groups["shortage"] / groups["needed"].clip(1),
    )
    order = told.sort_values(
        ["weighted", "share", "key"], ascending=[False, False, True], kind="stable"
    )
    return (Balance(**row) for row in rows(order.drop(columns="share")))


def _trend(past: Past, day: date) -> Iterator[Point]:
    """Yield every sector on the day and on the same day of earlier years, the oldest first."""
    for then in sorted(past.back(day, TREND_YEARS)):
        units = Units.of(past.at(then))
        posts = balance(past.at(then), units)
        is_assessed = not past.at(then).tables["needs"].empty
        for row in rows(grouped(posts, By.SECTOR, units, FIGURES)):
            if row["needed"] or row["filled"]:
                yield Point(
                    day=then,
                    sector=row["key"],
                    needed=row["needed"],
                    filled=row["filled"],
                    shortage=row["shortage"],
                    surplus=row["surplus"],
                    is_assessed=is_assessed,
                )


def _cells(posts: pd.DataFrame, units: Units, language: str) -> Iterator[Cell]:
    """Yield need and people of every job family in every office."""
    names = units.names["name"].to_numpy(object)
    office = units.office[posts["unit"].to_numpy()]
    table = posts.assign(office=names[office], family=family_names(posts, language))
    summed = table.groupby(["office", "family"])[["needed", "filled"]].sum().reset_index()
    return (Cell(**row) for row in rows(summed[summed[["needed", "filled"]].any(axis=1)]))


def family_names(posts: pd.DataFrame, language: str) -> "pd.Series[str]":
    """Return what the job family of each position is called.

    It is what the titles of the family have in common at their beginning, without
    their rungs; the legal kind of the posts where they have nothing in common.
    """
    code = posts["family"].where(posts["family"].notna(), posts["position_kind"])
    names = {}
    for family, members in posts.groupby(code, dropna=False):
        titles = members["title"].drop_duplicates()
        kinds = members["position_kind"].dropna().unique().tolist()
        names[family] = _in_common(titles.tolist()) or _kind(family, kinds, language)
    return code.map(names)


def _in_common(titles: Sequence[str]) -> str:
    """Return the words with which all titles begin, but for those of rungs."""
    words = [[part for part in title.split() if _tells_work(part)] for title in titles]
    places = zip(*words, strict=False)
    return " ".join(place[0] for place in takewhile(lambda said: len(set(said)) == 1, places))


def _tells_work(part: str) -> bool:
    return part.lower() not in RUNG_WORDS and part not in RUNGS


def _kind(family: Any, kinds: Sequence[Any], language: str) -> str:
    if len(kinds) == 1:
        return word("position_kind", kinds[0], language)
    return str(family).replace("_", " ") if isinstance(family, str) else "–"


def _signals(snapshot: Snapshot) -> Iterator[Signal]:
    """Yield the demands that last on the day, the strongest first."""
    demands = snapshot.tables["demands"]
    moment = pd.Timestamp(snapshot.as_of)
    lasting = demands[(demands["since"] <= moment) & ~(demands["until"] < moment)]
    names = snapshot.tables["units"]["name"].to_numpy(object)
    told = lasting.assign(unit=names[lasting["unit"].to_numpy()])
    for row in rows(told.sort_values(["weight", "unit"], ascending=[False, True])):
        until = row["until"]
        yield Signal(
            unit=row["unit"],
            subject=row["subject"],
            since=row["since"].date(),
            until=None if until is None else until.date(),
            weight=row["weight"],
        )


def _gaps(snapshot: Snapshot, posts: pd.DataFrame, units: Units) -> Iterator[Gap]:
    if not posts["needed"].any():
        yield Gap(code="no_need")
    elif posts["unassessed"].any():
        count = int(np.count_nonzero(posts["unassessed"]))
        people = int(posts["unassessed"].sum())
        yield Gap(code="unassessed", facts={"count": count, "people": people})
    if not posts["workload"].any():
        yield Gap(code="no_workload")
    gone = int(departed(snapshot).sum())
    if gone:
        yield Gap(code="departed", facts={"people": gone})
    if len(units.circular):
        named = units.names["name"].iloc[units.circular[:3]]
        facts: dict[str, int | str] = {"count": len(units.circular), "names": ", ".join(named)}
        yield Gap(code="circular", facts=dict(facts))
