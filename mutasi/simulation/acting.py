"""Who stood in for leaders while their posts were vacant (*Plt*)."""

import numpy as np

from mutasi.simulation.arrays import FOREVER, Bools, Ints, day_number
from mutasi.simulation.chronicle import Chronicle

LONGEST_PAUSE = 20
"""Days that a leader's post is vacant before somebody stands in."""

STOOD_IN = 0.6
"""Share of vacancies of leaders in which somebody stands in."""


def stand_in(region: Chronicle) -> None:
    """Let officials of the same unit act in the vacant posts of leaders.

    Acting is no tenure and takes nobody from the own post.
    """
    first = day_number(region.config.first_year)
    last = day_number(region.config.last_year + 1, 3, 1)
    post, begins, ends = _gaps(region, first, last)
    chosen = region.rng.random(len(post)) < STOOD_IN
    for vacant, begin, end in zip(
        post[chosen].tolist(), begins[chosen].tolist(), ends[chosen].tolist(), strict=True
    ):
        deputy, until = _deputy(region, vacant, begin)
        if deputy >= 0:
            stop = min(end, until)
            region.acting.add(
                1,
                employee=deputy,
                post=vacant,
                started=begin,
                ended=FOREVER if stop >= last else stop,
            )


def _gaps(region: Chronicle, first: int, last: int) -> tuple[Ints, Ints, Ints]:
    """Return the posts of leaders that stood vacant, with first and last day of standing in."""
    log, posts = region.postings, region.posts
    rows = np.flatnonzero(posts.structural[log.post] & (log.end >= first))
    rows = rows[np.lexsort((log.start[rows], log.post[rows]))]
    post, start, end = log.post[rows], log.start[rows], log.end[rows]
    follows: Bools = np.append(post[1:] == post[:-1], [False])
    begins = end + LONGEST_PAUSE
    ends = np.where(follows, np.append(start[1:], last) - 1, last)
    ends = np.minimum(ends, posts.closed[post] - 1)
    vacant = (end < last) & (begins >= first) & (ends - begins > LONGEST_PAUSE)
    return post[vacant], begins[vacant], ends[vacant]


def _deputy(region: Chronicle, vacant: int, day: int) -> tuple[int, int]:
    """Return the highest official below a post in its unit, and the last day in the own post."""
    log, posts = region.postings, region.posts
    here = (log.start <= day) & (log.end > day + LONGEST_PAUSE)
    here &= posts.unit[log.post] == posts.unit[vacant]
    here &= posts.level[log.post] <= posts.level[vacant]
    rows = np.flatnonzero(here)
    if len(rows) == 0:
        return -1, day
    best = rows[np.argmax(posts.level[log.post[rows]] + 0.5 * posts.structural[log.post[rows]])]
    return int(log.employee[best]), int(log.end[best])
