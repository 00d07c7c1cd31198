"""An invented region from its first day to its last."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from mutasi.simulation import development, history, placement, workforce
from mutasi.simulation.acting import stand_in
from mutasi.simulation.arrays import Ints, day_number
from mutasi.simulation.chronicle import Chronicle, opened
from mutasi.simulation.config import SimulationConfig
from mutasi.simulation.establishment import Establishment, establishment
from mutasi.simulation.people import people
from mutasi.simulation.records import frames
from mutasi.simulation.truth import Truth

Progress = Callable[[int, int], None]
"""Told how many years are done, of how many."""

DECISION_DAYS = 8
"""Days of decision in a year."""

FORETOLD = 2
"""Years before the first one that were rated."""


@dataclass(frozen=True)
class Region:
    """What came of a simulation.

    Attributes:
        frames: One frame per table name, with the columns of the vocabulary.
        truth: What no record says.
    """

    frames: dict[str, pd.DataFrame]
    truth: Truth


def simulate(config: SimulationConfig, progress: Progress | None = None) -> Region:
    """Return an invented region with its records and its hidden truth.

    Args:
        config: Size, span, seed and difficulty.
        progress: Called after each year.
    """
    ground, chance, gaps = (
        np.random.default_rng(seed) for seed in np.random.SeedSequence(config.seed).spawn(3)
    )
    posts = establishment(ground, config.name, config.employees)
    first = day_number(config.first_year)
    held = _filled(ground, posts, config.employees)
    region = opened(config, chance, posts, people(ground, posts, held, first, new=False))
    region.settle(np.arange(len(held)))
    history.tell(region, held, first)
    placement.rehearse(region, first + 40)
    workforce.first_need(region, day_number(config.first_year - 1, 1, 2))
    for year in range(config.first_year - FORETOLD, config.first_year):
        development.rate(region, year)
    for year in range(config.first_year, config.last_year + 1):
        _live(region, year)
        if progress is not None:
            progress(year - config.first_year + 1, config.years)
    _stand_open(region)
    stand_in(region)
    records = frames(region, gaps)
    return Region(records, Truth.of(region, records["employees"]["employee_id"].tolist()))


def _live(region: Chronicle, year: int) -> None:
    """Let a region live through a year."""
    if year > region.config.first_year:
        workforce.recount(region, year)
    workforce.study_and_leave(region, year)
    workforce.retire(region, year)
    workforce.hire(region, year)
    promotions = [day_number(year, 4), day_number(year, 10)]
    for day in _decision_days(region, year):
        while promotions and promotions[0] <= day:
            workforce.promote(region, promotions.pop(0))
        placement.decide(region, day, DECISION_DAYS)
    for day in promotions:
        workforce.promote(region, day)
    workforce.resettle(region, year)
    workforce.punish(region, year)
    development.train(region, year)
    development.assess(region, year)
    development.rate(region, year)


def _decision_days(region: Chronicle, year: int) -> list[int]:
    """Return the days of decision of a year, in order; all are working days."""
    weeks = np.sort(region.rng.choice(np.arange(3, 51), size=DECISION_DAYS, replace=False))
    day = day_number(year) + 7 * weeks
    weekday = (day + 3) % 7
    return [int(each) for each in day - weekday + region.rng.integers(0, 5, DECISION_DAYS)]


def _stand_open(region: Chronicle) -> None:
    """Make offers after the last year that nobody has answered yet."""
    placement.decide(
        region, day_number(region.config.last_year + 1, 3, 10), DECISION_DAYS, ask=True
    )


def _filled(rng: np.random.Generator, posts: Establishment, employees: int) -> Ints:
    """Return the post of each person of the first day; some posts stay short, some overfull."""
    away = posts.remote.astype(np.float64)
    usual = 0.97 - 0.15 * away + 0.10 * (posts.place == 0)
    usual = np.where(posts.structural, 0.93, usual)
    unit = np.exp(rng.normal(0, 0.10, len(posts.units)))[posts.unit]
    rate = np.where(posts.structural, usual, usual * unit)
    count = np.floor(posts.need * rate + rng.random(len(rate))).astype(np.int64)
    count = np.where(posts.structural, np.minimum(count, 1), count)
    change = employees - int(count.sum())
    weight = np.where(posts.structural, 0, count).astype(np.float64)
    if change > 0:
        extra = rng.choice(len(count), size=change, p=weight / weight.sum())
        np.add.at(count, extra, 1)
    elif change < 0:
        holders = np.repeat(np.arange(len(count)), weight.astype(np.int64))
        np.subtract.at(count, rng.choice(holders, size=-change, replace=False), 1)
    return np.repeat(np.arange(len(count)), count)
