"""Who held which post when: the log of postings, and where everyone stood on a day."""

from dataclasses import dataclass

import numpy as np

from mutasi.simulation.arrays import FOREVER, YEAR, Bools, Floats, Ints


@dataclass(frozen=True)
class Situation:
    """Where everyone stood at the close of a day; arrays with one entry a person.

    Attributes:
        day: The day.
        post: Number of the definitive post held, -1 for none.
        since: First day in it; FOREVER for none.
        eased: Whether they rose to it where they already worked.
        in_function: Years spent in each function of government, one column each.
        in_family: Years spent in each family of posts, one column each.
    """

    day: int
    post: Ints
    since: Ints
    eased: Bools
    in_function: Floats
    in_family: Floats


class Postings:
    """The definitive postings of a region, growing as the years pass."""

    def __init__(self) -> None:
        self.employee: Ints = np.zeros(0, dtype=np.int64)
        self.post: Ints = np.zeros(0, dtype=np.int64)
        self.start: Ints = np.zeros(0, dtype=np.int64)
        self.end: Ints = np.zeros(0, dtype=np.int64)
        self.eased: Bools = np.zeros(0, dtype=np.bool_)

    def begin(
        self,
        employee: Ints,
        post: Ints,
        start: Ints,
        end: Ints | None = None,
        eased: Bools | None = None,
    ) -> None:
        """Record that people hold posts from days on.

        Args:
            employee: The people.
            post: The post of each.
            start: First day of each in the post.
            end: Last day of each; unless given, it lasts.
            eased: Whether each rises where they already work; unless given, nobody.
        """
        self.employee = np.concatenate([self.employee, employee])
        self.post = np.concatenate([self.post, post])
        self.start = np.concatenate([self.start, start])
        last = np.full(len(employee), FOREVER, dtype=np.int64) if end is None else end
        self.end = np.concatenate([self.end, last])
        known = np.zeros(len(employee), dtype=np.bool_) if eased is None else eased
        self.eased = np.concatenate([self.eased, known])

    def close(self, employee: Ints, end: Ints) -> None:
        """Record the last day of the posting that each of these people holds."""
        until = np.full(int(self.employee.max(initial=0)) + 1, FOREVER, dtype=np.int64)
        until[employee] = end
        mine = until[self.employee]
        self.end = np.where(self.end == FOREVER, np.minimum(self.end, mine), self.end)
        assert (self.end >= self.start).all(), "nobody leaves a post before it begins"

    def holders(self, count: int, day: int) -> tuple[Ints, Ints, Bools]:
        """Return the post held on a day by each of ``count`` people.

        Returns:
            Number of the post (-1 for none), the first day in it, and whether
            they rose to it where they already worked.
        """
        now = (self.start <= day) & (self.end >= day)
        post = np.full(count, -1, dtype=np.int64)
        since = np.full(count, FOREVER, dtype=np.int64)
        eased = np.zeros(count, dtype=np.bool_)
        post[self.employee[now]] = self.post[now]
        since[self.employee[now]] = self.start[now]
        eased[self.employee[now]] = self.eased[now]
        return post, since, eased

    def situation(self, count: int, day: int, function: Ints, family: Ints) -> Situation:
        """Return where each of ``count`` people stood at the close of a day.

        Args:
            count: People in all.
            day: The day.
            function: Function of each post.
            family: Family of each post.
        """
        post, since, eased = self.holders(count, day)
        begun = self.start <= day
        years = (np.minimum(self.end, day)[begun] - self.start[begun] + 1) / YEAR
        who, where = self.employee[begun], self.post[begun]
        return Situation(
            day,
            post,
            since,
            eased,
            _totals(who, function[where], years, count, int(function.max()) + 1),
            _totals(who, family[where], years, count, int(family.max()) + 1),
        )

    def reserved(self, day: int, posts: int) -> Ints:
        """Return how many people each post has or is about to have after a day."""
        coming = (self.start > day) | ((self.start <= day) & (self.end >= day))
        return np.bincount(self.post[coming], minlength=posts)


def _totals(who: Ints, kind: Ints, years: Floats, count: int, kinds: int) -> Floats:
    cells = np.bincount(who * kinds + kind, weights=years, minlength=count * kinds)
    return cells.reshape(count, kinds).astype(np.float64)
