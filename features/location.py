"""Where people live and work; the home is the centre of its place, so kilometres are coarse."""

import numpy as np

from features._feature import Array, Concept, Floats, Grain, feature

EARTH_RADIUS_KM = 6371.0
NONE = np.array(None, dtype=object)


@feature(Grain.EMPLOYEE, "km", Concept.DISTANCE)
def distance_now_km(
    home_latitude: Floats,
    home_longitude: Floats,
    present_latitude: Floats,
    present_longitude: Floats,
) -> Floats:
    """Return the distance from home to the present unit."""
    return distance_km(home_latitude, home_longitude, present_latitude, present_longitude)


@feature(Grain.PAIR, "km", Concept.DISTANCE)
def distance_then_km(
    home_latitude: Floats, home_longitude: Floats, latitude: Floats, longitude: Floats
) -> Floats:
    """Return the distance from home to the position's unit."""
    return distance_km(home_latitude, home_longitude, latitude, longitude)


@feature(Grain.PAIR, "km", Concept.DISTANCE)
def distance_change_km(distance_then_km: Floats, distance_now_km: Floats) -> Floats:
    """Return by how much the way to work would grow."""
    return distance_then_km - distance_now_km


@feature(Grain.PAIR, "1 or 0", Concept.DISTANCE)
def is_home_place(home_place: Array, place: Array) -> Floats:
    """Return whether the position lies in the place of the home."""
    unknown = np.equal(home_place, NONE) | np.equal(place, NONE)
    return np.where(unknown, np.nan, (home_place == place).astype(float))


@feature(Grain.PAIR, "-1 to 1", Concept.DISTANCE)
def remoteness_change(is_remote: Floats, present_is_remote: Floats) -> Floats:
    """Return 1 for a move into a remote unit, -1 for one out of it, else 0."""
    return is_remote - present_is_remote


def distance_km(
    latitude: Floats, longitude: Floats, to_latitude: Floats, to_longitude: Floats
) -> Floats:
    """Return great-circle distances in km (equirectangular; within 0.5% below 500 km).

    >>> float(distance_km(*map(np.array, (-7.0, 110.0, -7.0, 111.0))).round(1))
    110.4
    """
    middle = np.radians((latitude + to_latitude) / 2)
    east = np.radians(to_longitude - longitude) * np.cos(middle)
    north = np.radians(to_latitude - latitude)
    return np.asarray(EARTH_RADIUS_KM * np.hypot(east, north))
