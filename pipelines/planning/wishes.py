"""What employees told and asked for, as preferences of a plan."""

from collections.abc import Iterator

from mutasi.planning.request import PlanRequest, Preference
from mutasi.settings import Settings
from mutasi.snapshot import Snapshot
from mutasi.store import cases, preferences, session
from mutasi.store.cases import Kind
from mutasi.workflow.applications import State

MOST = 100_000
"""Applications that are looked at: more than a region has."""


def with_wishes(settings: Settings, snapshot: Snapshot, request: PlanRequest) -> PlanRequest:
    """Return a request with what employees told, if it says what that is worth.

    Units, and those at a place, that an employee prefers, and posts that one has applied
    for; kinds and families of posts are for people to read.  Wishes that the request
    names itself go before, and so do people and units that are on record on its day.
    """
    if not request.wishes:
        return request
    said = {(each.person, each.unit, each.post) for each in request.preference}
    people = set(snapshot.tables["employees"]["employee_id"])
    told = [
        Preference(person=person, unit=unit, post=post, worth=request.wishes)
        for person, unit, post in dict.fromkeys(_told(settings, snapshot))
        if person in people and (person, unit, post) not in said
    ]
    return request.model_copy(update={"preference": (*request.preference, *told)})


def _told(settings: Settings, snapshot: Snapshot) -> Iterator[tuple[str, str | None, str | None]]:
    units = snapshot.tables["units"]
    at_place = units.dropna(subset=["place"]).groupby("place")["unit_id"].agg(list).to_dict()
    known = set(units["unit_id"])
    posts = set(snapshot.tables["positions"]["position_id"])
    with session.reading(session.engine(settings.database_url)) as work:
        wished = preferences.every(work)
        asked = cases.newest(work, Kind.APPLICATION, MOST, states=[State.SUBMITTED])
    for person, each in wished.items():
        there = [unit for place in each.content["places"] for unit in at_place.get(place, [])]
        for unit in (*each.content["units"], *there):
            if unit in known:
                yield person, unit, None
    for case in reversed(asked):
        if case.subject.position_id in posts:
            yield case.subject.employee_id, None, case.subject.position_id
