"""An analysis of workload (*ABK*): needs worked out from tasks."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from mutasi.bundle.admission import admitted
from mutasi.bundle.quarantine import Quarantine
from mutasi.bundle.reading import Remark
from mutasi.bundle.rejected import Rejected
from mutasi.bundle.spreadsheets import heading
from mutasi.peta.columns import TASKS, Rows
from mutasi.peta.matching import Posts, Units
from mutasi.rules import Law
from mutasi.vocabulary import Need

MINUTES = {"menit": 1.0, "minute": 1.0, "minutes": 1.0, "jam": 60.0, "hour": 60.0, "hours": 60.0}
"""Minutes of each unit of time that a sheet may name."""


@dataclass(frozen=True)
class Counted:
    """What an analysis gives.

    Attributes:
        frame: Good needs; labelled by the first task of each.
        read: Needs of which there are tasks.
        rejected: What is wrong with tasks; a need of which one task is bad is not taken.
        remarks: How many tasks were counted.
    """

    frame: pd.DataFrame
    read: int
    rejected: tuple[Rejected, ...]
    remarks: tuple[Remark, ...]


def counted(
    rows: Rows, posts: Posts, units: Units, ids: dict[str, Set[str]], since: date, today: date
) -> Counted:
    """Return the needs that follow from tasks.

    need = Σ volume × minutes ÷ minutes that a person works in a year, halves rounded up.
    The minutes of a year are the law's on the day (75,000 from 2020). A task without a
    position belongs to that of the task above it in its sheet.
    """
    text = _carried(rows)
    minutes, faults = _minutes(rows)
    volume, wrong = rows.amounts("volume")
    bad = Quarantine(Need, text, rows.place, rows.names({name: name for name in TASKS}))
    bad.put(rows.broken, "", "wrong_number_of_fields")
    for field in ("volume", "minutes", "hours", "time"):
        for reason, labels in rows.faults(field):
            bad.put(labels, field, reason)
    bad.put(wrong, "volume", "not_a_number")
    bad.put(text.index[volume.isna()], "volume", "empty")
    bad.put(text.index[(volume < 0) | (minutes < 0)], "volume", "out_of_bounds", "0–")
    for reason, labels in faults.items():
        bad.put(labels, "time", reason)
    post, lost = _meant(text, posts, units)
    for reason, labels in lost.items():
        bad.put(labels, "position", reason, "positions")
    spoilt = post.notna() & post.isin(post[list(bad.rows)].dropna())
    bad.put(text.index[spoilt & ~text.index.isin(list(bad.rows))], "", "task_beside_bad_one")
    good = spoilt.eq(False) & ~text.index.isin(list(bad.rows)) & post.notna()
    load = (volume * minutes)[good].groupby(post[good]).sum()
    first = pd.Series(text.index, text.index)[good].groupby(post[good]).first()
    year = float(Law(since)("workload.minutes_a_year"))
    shown = pd.DataFrame(
        {
            "position_id": load.index,
            "since": since.isoformat(),
            "needed": ((load / year + 0.5) // 1).map("{:.0f}".format).to_numpy(),
            "workload": load.map(repr).to_numpy(),
            "known_on": min(since, today).isoformat(),
        },
        index=first.to_numpy(),
        dtype="str",
    )
    found = Quarantine(Need, shown, rows.place)
    frame = admitted(Need, shown, found, ids, pd.Timestamp(today))
    told = {"tasks": int(good.sum()), "positions": len(load), "minutes": year}
    return Counted(
        frame,
        len(shown),
        (*bad.rejected(), *found.rejected()),
        (Remark("tasks_counted", told),) if len(load) else (),
    )


def _carried(rows: Rows) -> pd.DataFrame:
    """Return the text of tasks, each with the position that the sheet names above it."""
    names = ["position", "unit", "code"]
    sheet = np.asarray(rows.sheets)
    block = rows.text[names].notna().any(axis=1).groupby(sheet).cumsum()
    return rows.text.assign(**rows.text[names].groupby([sheet, block]).transform("first"))


def _minutes(rows: Rows) -> tuple["pd.Series[float]", dict[str, list[int]]]:
    """Return the minutes that one result takes, and the tasks of which they are not told."""
    minutes, wrong = rows.amounts("minutes")
    hours, wrong_hours = rows.amounts("hours")
    time, wrong_time = rows.amounts("time")
    unit = rows.text["time_unit"].map(lambda text: MINUTES.get(heading(text)), na_action="ignore")
    known = minutes.fillna(hours * 60).fillna(time * pd.to_numeric(unit))
    untold = known.isna() & time.notna()
    missing = known.isna() & ~untold
    bad = {*wrong, *wrong_hours, *wrong_time}
    return known, {
        "not_a_number": sorted(bad),
        "time_unit_untold": [label for label in known.index[untold] if label not in bad],
        "empty": [label for label in known.index[missing] if label not in bad],
    }


def _meant(
    text: pd.DataFrame, posts: Posts, units: Units
) -> tuple["pd.Series[Any]", dict[str, list[int]]]:
    """Return the position of each task, and the tasks of which none or several may be."""
    lost: dict[str, list[int]] = {"empty": [], "unknown_reference": [], "several_positions": []}
    found: dict[int, str | None] = {}
    for label, (title, unit, code) in enumerate(
        text[["position", "unit", "code"]].itertuples(index=False)
    ):
        below = units.named(unit) if isinstance(unit, str) else None
        said = title if isinstance(title, str) else ""
        lost_unit = isinstance(unit, str) and below is None
        found[label] = (
            None if lost_unit and not isinstance(code, str) else posts.known(said, code, below)
        )
        if found[label] is None:
            many = not lost_unit and below is None and posts.has_title(said)
            reason = "several_positions" if many else "unknown_reference"
            lost["empty" if not said and not isinstance(code, str) else reason].append(label)
    return pd.Series(found, dtype=object), lost
