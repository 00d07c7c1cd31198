"""What officers studied and were trained in, as far as it can be dated.

The tables give no day of graduation.  A first degree is a condition of entry,
so it was held on the day of entry; of any other degree nobody knows since when,
and it is left out rather than dated by guess.
"""

import re
from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import pandas as pd

from pipelines.ias import wording
from pipelines.ias.stays import day
from pipelines.ias.tables import Table

BACHELOR: Final = 40
"""SIASN level of a first degree (S-1)."""

_FIRST_DEGREE = re.compile(
    r"^\s*(?:graduat|bachelor|b\.? ?(?:a|e|tech|sc|com|v\.? ?sc|d\.? ?s|arch|ed|h\.? ?m\.? ?s)\b"
    r"|m\.?b\.?b\.?s|ll\.?b)",
    re.IGNORECASE,
)

FIELDS: Final = (
    ("health", r"medic|surg|dent|nurs|pharm|public health|health|ayurved"),
    ("agriculture", r"agri|agron|veterin|animal|forest|horticult|fisher|botan|zoolog|dairy"),
    ("informatics", r"comput|informat|software"),
    ("engineering", r"engg|engin|electr|mechan|civil|architect|metallurg|technolog|mining|prodn"),
    ("statistics", r"statist|mathem|demograph"),
    ("economics", r"econom|commerce|business|financ|account|bank|cost|trade|marketing|management"),
    ("law", r"\blaw|legal"),
    ("government", r"public (?:admn|admin|polic|manag|mgmt)|politic|poltic|govern|dev adm"),
    ("education", r"\beducat|pedagog"),
    ("culture", r"\bart|music|sanskrit|archaeolog|ancient|literat|english lit|urdu|drama"),
    ("archives", r"librar|archiv"),
    ("social", r"sociol|social|psychol|anthrop|philosoph|histor|journal|communicat|geograph"),
)
"""Families of fields of study of the vocabulary, and how a subject that is one reads."""

HOURS_A_WEEK: Final = 40.0
DAYS_A_WEEK: Final = 7.0
_SPAN = re.compile(r"(\d+) ?(Yr|Mn|Day)")
_SPAN_DAYS: Final = {"Yr": 365.0, "Mn": 30.4, "Day": 1.0}


def educations(source: Mapping[str, Table], entered_on: "pd.Series[Any]") -> pd.DataFrame:
    """Return the first degrees, held since entry; rows of unknown people are left out.

    Args:
        source: The tables by name.
        entered_on: Each officer's day of entry, by id.
    """
    if "education" not in source:
        return pd.DataFrame()
    table = source["education"].texts
    first = table["qualification_university_institute"].str.match(_FIRST_DEGREE)
    table = table[first & table["identity_no"].isin(entered_on.index)]
    held = table["identity_no"].map(entered_on)
    found = pd.DataFrame(
        {
            "employee_id": table["identity_no"],
            "level": BACHELOR,
            "field": table["subject"].map({text: field(text) for text in set(table["subject"])}),
            "name": (table["qualification_university_institute"] + " " + table["subject"]).str[
                :200
            ],
            "graduated_on": held,
            "known_on": held,
        }
    )
    found = found.sort_values("field", na_position="last", kind="stable")
    return found.drop_duplicates(["employee_id", "level", "graduated_on"]).reset_index(drop=True)


def trainings(source: Mapping[str, Table], known: "pd.Index[Any]") -> pd.DataFrame:
    """Return the trainings whose end can be dated; a year alone counts as its last day.

    A training of 2010-2011 ended with the fiscal year, on 31 March 2011.

    Args:
        source: The tables by name.
        known: Ids of the officers.
    """
    parts = [
        _training(source, "in_service_training", "training_name", "", "duration_weeks"),
        _training(source, "mid_career_training", "training_name", "", "", kind="leadership"),
        _training(source, "domestic_training", "name", "subject", "duration"),
        _training(source, "foreign_training", "name", "subject", "duration"),
    ]
    found = pd.concat([part for part in parts if len(part)]) if any(map(len, parts)) else parts[0]
    if not len(found):
        return pd.DataFrame()
    found = found[found["completed_on"].notna() & found["employee_id"].isin(known)]
    found = found[found["title"] != ""]
    found["known_on"] = found["completed_on"]
    found = found.drop_duplicates(["employee_id", "title", "completed_on"])
    return found.reset_index(drop=True)


def field(subject: str) -> str | None:
    """Return the family of a field of study; None where it is not evident.

    >>> field("Electrical Engg."), field("Public Admn"), field("N.A.")
    ('engineering', 'government', None)
    """
    text = subject.lower()
    return next((name for name, reads in FIELDS if re.search(reads, text)), None)


def hours(duration: str) -> float:
    """Return a length in hours, 40 a week; NaN if it is not said.

    >>> hours("2"), hours("1Mn 17Days"), hours("")
    (80.0, 270.9, nan)
    """
    if duration.replace(".", "", 1).isdigit():
        return float(duration) * HOURS_A_WEEK
    spans = _SPAN.findall(duration)
    if not spans:
        return float("nan")
    days = sum(int(number) * _SPAN_DAYS[unit] for number, unit in spans)
    return round(days / DAYS_A_WEEK * HOURS_A_WEEK, 1)


def _training(
    source: Mapping[str, Table],
    table: str,
    title: str,
    subject: str,
    length: str,
    kind: str = "technical",
) -> pd.DataFrame:
    if table not in source:
        return pd.DataFrame()
    rows = source[table].texts
    unknown: Any = np.full(len(rows), None, dtype=object)
    lengths = rows[length] if length else _weeks(rows)
    return pd.DataFrame(
        {
            "employee_id": rows["identity_no"],
            "title": rows[title].str[:200],
            "kind": kind,
            "function": _functions(rows[subject]) if subject else unknown,
            "hours": lengths.map({text: hours(text) for text in set(lengths)}).astype(float),
            "completed_on": day(rows["date_to"]) if "date_to" in rows else _year_end(rows["year"]),
        }
    )


def _functions(subject: "pd.Series[str]") -> "pd.Series[Any]":
    return subject.map({text: wording.fields(text)[0] for text in set(subject)}).astype(object)


def _weeks(rows: pd.DataFrame) -> "pd.Series[str]":
    days = (day(rows["date_to"]) - day(rows["date_from"])).dt.days + 1
    return (days / DAYS_A_WEEK).map(lambda weeks: "" if np.isnan(weeks) else f"{weeks:.1f}")


def _year_end(year: "pd.Series[str]") -> "pd.Series[pd.Timestamp]":
    """Return the last day of "2012", or of the fiscal year "2010-2011"."""
    single = year.where(year.str.fullmatch(r"\d{4}"), "")
    fiscal = year.str.extract(r"^\d{4}-(\d{4})$")[0].fillna("")
    texts = (single + "-12-31").where(single != "", fiscal + "-03-31")
    return day(texts)
