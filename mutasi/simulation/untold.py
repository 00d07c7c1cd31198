"""What the records of a region will not tell: a share for each row that there is."""

import numpy as np

from mutasi.simulation import appraisal
from mutasi.simulation.arrays import Bools, Floats, Ints, day_number
from mutasi.simulation.chronicle import Chronicle
from mutasi.simulation.silence import left_out

SMALL = 12
"""People needed by a unit, below which it is small."""

AFTERMATH = 800
"""Days after a move in which a rating is laid to it."""

FELL = 0.25
"""Standard deviations by which a rating must be below the one before, to have fallen."""


def homes(region: Chronicle) -> Floats:
    """Return the share untold of each home."""
    silence = region.world.nature.silence
    who = region.homes["employee"]
    return left_out(
        silence.home, region.config.missingness, _times(region, _last_units(region)[who])
    )


def fields(region: Chronicle) -> Floats:
    """Return the share untold of the field of study of each person."""
    silence = region.world.nature.silence
    return left_out(silence.field, region.config.missingness, _times(region, _last_units(region)))


def ratings(region: Chronicle) -> tuple[Floats, Floats]:
    """Return the share untold of each rating, and the share told late."""
    silence, gaps = region.world.nature.silence, region.config.missingness
    times = _times(region, region.appraisals["unit"])
    rating = _standing(region)
    untold = times * silence.of_ratings(rating, _failed(region, rating))
    return left_out(silence.rating, gaps, untold), left_out(silence.late, gaps, times)


def assessed(region: Chronicle, post: Ints) -> Floats:
    """Return the share of people like each one who come to be assessed.

    Args:
        region: The region.
        post: The post that each person holds.
    """
    silence, gaps = region.world.nature.silence, region.config.missingness
    times = _times(region, region.posts.unit[post])
    times = times * silence.of_ratings(region.last_rating, np.zeros(len(post), dtype=np.bool_))
    never = np.where(region.posts.structural[post], silence.leader, silence.other)
    return np.asarray((1 - never * gaps) / times ** min(gaps, 1.0))


def _times(region: Chronicle, unit: Ints) -> Floats:
    """Return how many times the usual share is left out of people in units."""
    posts = region.posts
    place = np.array([plan.place for plan in posts.units], dtype=np.int64)
    staff = np.bincount(posts.unit, weights=posts.need, minlength=len(posts.units))
    silence = region.world.nature.silence
    return silence.times(posts.places.remote[place[unit]], staff[unit] < SMALL)


def _last_units(region: Chronicle) -> Ints:
    """Return the unit in which each person worked last."""
    log = region.postings
    unit = np.zeros(len(region.people), dtype=np.int64)
    order = np.argsort(log.start, kind="stable")
    unit[log.employee[order]] = region.posts.unit[log.post[order]]
    return unit


def _standing(region: Chronicle) -> Floats:
    """Return each rating in standard deviations of its year."""
    log = region.appraisals
    years, row = np.unique(log["year"], return_inverse=True)
    mean, spread = np.array([region.scales[int(year)] for year in years]).T
    quadrant = log["results"] > 0
    worth = log["score"].copy()
    worth[quadrant] = appraisal.value(log["results"][quadrant], log["behaviour"][quadrant])
    return np.asarray((worth - mean[row]) / spread[row])


def _failed(region: Chronicle, rating: Floats) -> Bools:
    """Return whether each rating fell after a move.

    Args:
        region: The region.
        rating: Its ratings, in standard deviations of their year.
    """
    log, moves = region.appraisals, region.transfers
    who, end = log["employee"], _year_ends(log["year"])
    order = np.lexsort((end, who))
    follows = who[order][1:] == who[order][:-1]
    fell = np.zeros(len(who), dtype=np.bool_)
    fell[order[1:]] = follows & (np.diff(rating[order]) < -FELL)
    span = 10**6
    moved = np.sort(np.append(moves["employee"] * span + moves["started"], -1))
    latest = moved[np.searchsorted(moved, who * span + end, side="right") - 1]
    return fell & (latest >= who * span + end - AFTERMATH)


def _year_ends(years: Ints) -> Ints:
    """Return the last day of each year."""
    known, row = np.unique(years, return_inverse=True)
    return np.array([day_number(int(year), 12, 31) for year in known])[row]
