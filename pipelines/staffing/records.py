"""Open the records of a region for staffing, and turn frames into rows of a report."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import pandas as pd

from mutasi.errors import RegionEmpty
from mutasi.settings import Settings
from mutasi.staffing import READ, Past
from mutasi.store import personnel, session


def opened(settings: Settings, as_of: date | None) -> tuple[Past, date]:
    """Return the past of a region, and the day that is asked about.

    Args:
        settings: Where the store is.
        as_of: The day; the last one on which staffing changed by default.

    Raises:
        RegionEmpty: If no employees or no positions were known on the day.
    """
    with session.reading(session.engine(settings.database_url)) as work:
        snapshot = personnel.snapshot(work, as_of, READ)
    if snapshot.tables["employees"].empty or snapshot.tables["positions"].empty:
        raise RegionEmpty(as_of=snapshot.as_of)
    past = Past(snapshot)
    return past, as_of or past.last_change


def region_of(past: Past, day: date) -> str:
    """Return the names of the governments whose units are known, sorted."""
    return ", ".join(sorted(set(past.at(day).tables["units"]["region"])))


def rows(frame: pd.DataFrame) -> Iterator[Mapping[str, Any]]:
    """Yield the rows of a frame as plain values; what is missing is None."""
    plain = frame.astype(object).where(frame.notna(), None)
    names = [str(name) for name in frame.columns]
    for values in zip(*(plain[name].tolist() for name in names), strict=True):
        yield dict(zip(names, values, strict=True))
