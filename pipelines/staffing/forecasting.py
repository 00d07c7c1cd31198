"""The job behind ``mutasi forecast``: which places will fall vacant, and how sure that is."""

from collections.abc import Iterator, Sequence
from datetime import date

import pandas as pd

from mutasi.staffing import By, Past, Prediction, hindsight, predicted, retirements
from pipelines.staffing.records import region_of, rows
from pipelines.staffing.schema import (
    Forecast,
    Gap,
    Hindsight,
    Horizon,
    Leaving,
    Outlook,
    Retiring,
    Trial,
)

TRIAL_YEARS, WAVE_YEARS = 10, 10
"""Predictions of the past that are looked back on, and years whose retirements are shown."""


def forecast(past: Past, day: date, months: Sequence[int]) -> Forecast:
    """Return what was to be expected on a day, and how such predictions fared before.

    Args:
        past: What was known when.
        day: The day.
        months: How far to look ahead.
    """
    made = predicted(past, day, months)
    rate = made.rate
    total = made.total()
    return Forecast(
        as_of=day,
        region=region_of(past, day),
        months=tuple(months),
        leaving=None
        if rate is None
        else Leaving(
            years=rate.years,
            left=rate.left,
            served=rate.served,
            mean=rate.mean,
            dispersion=rate.dispersion,
            is_thin=rate.is_thin,
        ),
        total=next(_outlooks(total, made)),
        positions=tuple(_outlooks(made.by(By.POSITION), made)),
        units=tuple(_outlooks(made.by(By.UNIT), made)),
        sectors=tuple(_outlooks(made.by(By.SECTOR), made)),
        retiring=tuple(
            Retiring(year=row["year"], sector=row["function"], people=row["people"])
            for row in rows(retirements(past, day, WAVE_YEARS))
        ),
        hindsight=tuple(_hindsight(past, day, ahead) for ahead in months),
        gaps=tuple(_gaps(made, total)),
    )


def _outlooks(groups: pd.DataFrame, made: Prediction) -> Iterator[Outlook]:
    """Yield the groups in which anyone serves or is missing, most openings first."""
    near = made.months[0]
    order = groups[(groups["filled"] > 0) | (groups["needed"] > 0)].sort_values(
        [f"opening_{near}", f"due_{near}", "key"], ascending=[False, False, True], kind="stable"
    )
    for row in rows(order):
        yield Outlook(
            **{name: row[name] for name in Outlook.model_fields if name != "horizons"},
            horizons=tuple(
                Horizon(
                    months=ahead,
                    **{
                        name: row[f"{name}_{ahead}"]
                        for name in Horizon.model_fields
                        if name != "months"
                    },
                )
                for ahead in made.months
            ),
        )


def _hindsight(past: Past, day: date, months: int) -> Hindsight:
    found = hindsight(past, day, months, TRIAL_YEARS)
    inside = (found["low"] <= found["actual"]) & (found["actual"] <= found["high"])
    known = len(found) > 0
    return Hindsight(
        months=months,
        trials=tuple(Trial(**row) for row in rows(found)),
        error=float((found["predicted"] - found["actual"]).abs().mean()) if known else None,
        baseline_error=float((found["baseline"] - found["actual"]).abs().mean()) if known else None,
        covered=int(inside.sum()),
    )


def _gaps(made: Prediction, total: pd.DataFrame) -> Iterator[Gap]:
    overdue, undated = (int(total[name].iloc[0]) for name in ("overdue", "undated"))
    if overdue:
        yield Gap(code="overdue", facts={"people": overdue})
    if undated:
        yield Gap(code="undated", facts={"people": undated})
    if made.rate is None:
        yield Gap(code="no_rate")
    elif made.rate.is_thin:
        yield Gap(code="thin_rate", facts={"years": made.rate.years, "left": made.rate.left})
