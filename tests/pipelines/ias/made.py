"""Invented tables of the shape of the public ones."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from mutasi.snapshot import Snapshot
from pipelines.ias.frames import frames
from pipelines.ias.reshuffles import Reshuffle, of_region, reshuffles, snapshot

STATE = "Kerala"
GRADES = ("Junior Scale", "Under Secretary", "Deputy Secretary", "Director", "Joint Secretary")
TITLES = (
    ("Assistant Collector", "Land Revenue Mgmt & District Admn / Sub Divisional Admn"),
    ("Dy Secy", "Finance / Finance"),
    ("Jt Secy", "Finance / Sales Tax"),
    ("Director", "Transport / Road Transport"),
    ("Secretary", "Home / Home"),
)
MOVERS = 24
"""Officers who change posts in each reshuffle."""


def officer(identity: str, **said: str) -> dict[str, str]:
    """Return a row of the officers; what is not said is ordinary."""
    return {
        "ID": identity,
        "Cadre": STATE,
        "Allotment_Year": "1990",
        "Date_of_Birth": "01/01/1965",
        "Date_of_Joining": "01/09/1990",
        "Source_of_Recruitment": "Direct Recruitment",
        "Gender": "Female",
        "Place_of_Domicile": "Goa",
        **said,
    }


def row(identity: str, start: str, end: str = "", **said: str) -> dict[str, str]:
    """Return a row of experience; what is not said is ordinary."""
    return {
        "identity_no": identity,
        "designation_level": "Secretary Director",
        "ministry_dept_office_location": "Finance Deptt",
        "organisation": "Cadre (AIS)",
        "experience_major_minor": "Finance / Finance",
        "period_from": start,
        "period_to": end,
        **said,
    }


def written(
    folder: Path,
    experience: list[dict[str, str]],
    officers: list[dict[str, str]] | None = None,
    **others: list[dict[str, str]],
) -> Path:
    """Write tables and return their folder; every officer who is not said is ordinary."""
    if officers is None:
        officers = [officer(who) for who in dict.fromkeys(row["identity_no"] for row in experience)]
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in {"officers": officers, "experience": experience, **others}.items():
        pd.DataFrame(rows).to_parquet(folder / f"{name}.parquet")
    return folder


def career(years: range, seed: int = 0) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """Return officers and experience of a state that reshuffles every March.

    Officers are of different years; the longer they serve, the higher the post,
    with some noise.  Half of the posts are filled anew each year.
    """
    random = np.random.default_rng(seed)
    people = [f"O{number:03d}" for number in range(2 * MOVERS)]
    entered = random.integers(1970, years.start - 1, len(people))
    officers = [
        officer(who, Allotment_Year=str(year)) for who, year in zip(people, entered, strict=True)
    ]
    rows = []
    for number, who in enumerate(people):
        begins = [year for year in years if (year + number) % 2 == 0]
        starts = [date(year, 3, 1) + timedelta(days=int(random.integers(0, 25))) for year in begins]
        for place, start in enumerate(starts):
            served = start.year - entered[number] + random.normal(0, 2)
            step = int(np.clip(served // 6, 0, len(TITLES) - 1))
            title, field = TITLES[step]
            end = starts[place + 1] - timedelta(days=1) if place + 1 < len(starts) else None
            rows.append(
                row(
                    who,
                    start.strftime("%d/%m/%Y"),
                    end.strftime("%d/%m/%Y") if end else "",
                    designation_level=f"{title} {GRADES[step]}",
                    ministry_dept_office_location=f"Town {random.integers(0, 9)}",
                    experience_major_minor=field,
                )
            )
    return officers, rows


def known(folder: Path, state: str = STATE) -> tuple[Snapshot, list[Reshuffle]]:
    """Return all that the tables of a folder say of a state, and its reshuffles."""
    part = of_region(frames(folder), state)
    return snapshot(part), list(reshuffles(part, state))


def postings(folder: Path) -> list[dict[str, Any]]:
    """Return the postings that a folder's tables give, with the titles of the posts."""
    found = frames(folder)
    joined = found["postings"].merge(found["positions"], on="position_id")
    joined = joined.sort_values(["employee_id", "started_on"])
    return [
        {
            "title": each["title"],
            "from": each["started_on"].date().isoformat(),
            "to": None if pd.isna(each["ended_on"]) else each["ended_on"].date().isoformat(),
        }
        for each in joined.to_dict("records")
    ]
