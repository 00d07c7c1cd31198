"""Several regions at once, each in a process of its own."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from typing import TypeVar

from threadpoolctl import threadpool_limits

from pipelines.regions.design import Trial

Found = TypeVar("Found")
Told = Callable[[str, int, int], None]


def of_each(
    work: Callable[[Trial], Found], trials: Sequence[Trial], told: Told, jobs: int
) -> dict[Trial, Found]:
    """Return what work finds of each region.

    Args:
        work: What is done with a region; a function of a module, for it goes to others.
        trials: The regions.
        told: Told how many are done.
        jobs: How many are worked on at once, each in a process of its own.
    """
    found = {}
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        futures = {pool.submit(_alone, work, trial): trial for trial in trials}
        for done, future in enumerate(as_completed(futures)):
            found[futures[future]] = future.result()
            told("regions", done + 1, len(trials))
    return {trial: found[trial] for trial in trials}


def by_kind(found: Mapping[Trial, Found]) -> list[list[Found]]:
    """Return what was found, regions of one kind and size together, small ones first."""
    members: dict[tuple[int, str], list[Found]] = {}
    for trial in sorted(found, key=lambda each: each.moves):
        members.setdefault((trial.moves, trial.world.name), []).append(found[trial])
    return list(members.values())


def _alone(work: Callable[[Trial], Found], trial: Trial) -> Found:
    """Work on a region on one core, so that processes do not wait for each other."""
    with threadpool_limits(1):
        return work(trial)
