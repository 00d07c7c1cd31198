"""Where units lie and people live, on which distances rest; and what units are for."""

import numpy as np
import pandas as pd

from mutasi.quality._check import Answer, Dimension, Severity, check
from mutasi.quality._records import Floats, Records

EARTH_RADIUS_KM = 6371.0
SOUTH, NORTH, WEST, EAST = -11.5, 6.5, 94.5, 141.5
"""Bounds of Indonesia, degrees."""

UNIT_KM = 300.0
"""Km from the middle of its government beyond which a unit is not believed."""

HOME_KM = 200.0
"""Km from the unit beyond which a home is not believed: nobody goes there daily."""


@check(Dimension.COMPLETENESS, Severity.MEDIUM, "units.function")
def function_recorded(records: Records) -> Answer:
    """The function of government of a unit with posts is known, or each post's own is."""
    lacks = pd.isna(records.posts["function"]) & records.in_use("positions")
    unit = records.codes("positions", "unit")[lacks]
    count = np.bincount(unit[unit >= 0], minlength=len(records.table("units")))
    facts = {"name": records.texts("units", "name"), "count": count}
    return Answer(records.in_use("units"), count > 0, facts)


@check(Dimension.COMPLETENESS, Severity.MEDIUM, "units.latitude")
def unit_located(records: Records) -> Answer:
    """A unit with posts has coordinates."""
    lacks = records.is_empty("units", "latitude") | records.is_empty("units", "longitude")
    return Answer(records.in_use("units"), lacks, {"name": records.texts("units", "name")})


@check(Dimension.ACCURACY, Severity.MEDIUM, "units.latitude")
def unit_in_its_region(records: Records) -> Answer:
    """The coordinates of a unit lie in Indonesia and near the other units of its government."""
    latitude = records.numbers("units", "latitude")
    longitude = records.numbers("units", "longitude")
    region = records.texts("units", "region")
    middle = [
        pd.Series(values).groupby(region).transform("median").to_numpy(float)
        for values in (latitude, longitude)
    ]
    inside = (latitude > SOUTH) & (latitude < NORTH) & (longitude > WEST) & (longitude < EAST)
    km = _km(latitude, longitude, *middle)
    asked = records.in_use("units") & ~np.isnan(km)
    facts = {"latitude": latitude, "longitude": longitude, "km": km, "most": UNIT_KM}
    return Answer(asked, ~inside | (km > UNIT_KM), facts)


@check(Dimension.COMPLETENESS, Severity.MEDIUM, "residences.latitude", of="employees")
def home_located(records: Records) -> Answer:
    """The place where somebody lives has coordinates; the middle of the kecamatan is enough."""
    return Answer(records.serves, np.isnan(records.people["home_latitude"]))


@check(Dimension.ACCURACY, Severity.LOW, "residences.latitude", of="employees")
def home_within_reach(records: Records) -> Answer:
    """Home and unit are no further apart than one can travel."""
    home = records.people["home_latitude"], records.people["home_longitude"]
    km = _km(*home, records.present("latitude"), records.present("longitude"))
    asked = records.serves & ~np.isnan(km)
    facts = {"found": records.people["home_place"], "km": km, "most": HOME_KM}
    return Answer(asked, km > HOME_KM, facts)


def _km(latitude: Floats, longitude: Floats, to_latitude: Floats, to_longitude: Floats) -> Floats:
    """Return rough distances in km; NaN where a coordinate is missing."""
    east = np.radians(to_longitude - longitude) * np.cos(np.radians((latitude + to_latitude) / 2))
    return np.asarray(EARTH_RADIUS_KM * np.hypot(east, np.radians(to_latitude - latitude)))
