"""The rows of a region that were known on a day.

A row is a mapping from column to value as docs/glossary.md names them: dates, texts,
numbers, and ``None`` where nothing is on record.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import Any

from tests.mutasi.rules.verifier.calendar import ONE_DAY

Row = Mapping[str, Any]
Rows = list[Row]


class Known:
    """The records that were known on a day.

    Only what was known by then counts, and only about people, posts and units that
    were known themselves.

    Attributes:
        on: The day.
    """

    def __init__(self, region: Mapping[str, Iterable[Row]], on: date) -> None:
        self.on = on
        self._tables = {
            table: [row for row in rows if row["known_on"] <= on] for table, rows in region.items()
        }
        self.units = _by_key(self._tables.get("units", []), "unit_id")
        self.governments = _by_key(self._tables.get("governments", []), "region")
        self.posts = {
            key: row
            for key, row in _by_key(self._tables.get("positions", []), "position_id").items()
            if row["unit_id"] in self.units
        }
        self.people = _by_key(self._tables.get("employees", []), "employee_id")
        self._by_owner: dict[tuple[str, str], Mapping[str, Rows]] = {}

    def about(self, person: str, table: str) -> Rows:
        """Return a person's rows of a table, in the order of the table."""
        return self._grouped(table, "employee_id").get(person, [])

    def of_post(self, post: str, table: str) -> Rows:
        """Return a post's rows of a table."""
        return self._grouped(table, "position_id").get(post, [])

    def of_region(self, region: str, table: str) -> Rows:
        """Return a government's rows of a table."""
        return self._grouped(table, "region").get(region, [])

    def definitive(self, person: str) -> Rows:
        """Return a person's definitive postings in posts that are known."""
        rows = self.about(person, "postings")
        return [
            row for row in rows if row["assignment"] == "D" and row["position_id"] in self.posts
        ]

    def begun(self, person: str) -> Rows:
        """Return a person's definitive postings that began not after the day."""
        return [row for row in self.definitive(person) if row["started_on"] <= self.on]

    def present_posting(self, person: str) -> Row | None:
        """Return the definitive posting that has not ended and began last; if equal, known last."""
        lasting = [row for row in self.begun(person) if not _has_ended(row, self.on)]
        return last(lasting, lambda row: (row["started_on"], self._known_on(row)))

    def _known_on(self, posting: Row) -> date:
        """Return since when a posting was known, and the person, post and unit with it."""
        post = self.posts[posting["position_id"]]
        person = self.people[posting["employee_id"]]
        every = (posting, person, post, self.units[post["unit_id"]])
        known_on: date = max(row["known_on"] for row in every)
        return known_on

    @cached_property
    def holders(self) -> Mapping[str, int]:
        """How many people have each post as their present one."""
        count: dict[str, int] = defaultdict(int)
        for person in self.people:
            posting = self.present_posting(person)
            if posting is not None:
                count[posting["position_id"]] += 1
        return count

    def _grouped(self, table: str, owner: str) -> Mapping[str, Rows]:
        if (table, owner) not in self._by_owner:
            groups: dict[str, Rows] = defaultdict(list)
            for row in self._tables.get(table, []):
                groups[row[owner]].append(row)
            self._by_owner[table, owner] = groups
        return self._by_owner[table, owner]


def running(rows: Rows, on: date, first: str, until: str) -> Rows:
    """Return the rows that last on a day, first and last day included."""
    return [row for row in rows if row[first] <= on and (row[until] is None or on <= row[until])]


def first_day_without(rows: Rows, on: date, first: str, until: str) -> date | None:
    """Return the first day, not before one, on which no row lasts; nothing if one is for good."""
    day = on
    while lasting := running(rows, day, first, until):
        ends = [row[until] for row in lasting]
        if None in ends:
            return None
        day = max(ends) + ONE_DAY
    return day


def last(rows: Rows, day: Callable[[Row], Any]) -> Row | None:
    """Return the row with the latest day; of equal days the later in the table."""
    return max(reversed(rows), key=day, default=None)


def _has_ended(posting: Row, on: date) -> bool:
    """Return whether a posting's last day is over: on that day it still lasts."""
    return posting["ended_on"] is not None and posting["ended_on"] < on


def _by_key(rows: Rows, key: str) -> dict[str, Row]:
    return {row[key]: row for row in rows}
