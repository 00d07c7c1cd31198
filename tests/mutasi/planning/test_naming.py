"""Whom and what a request names, and that a region has all of it."""

import pytest

from mutasi.errors import DemandUnknown
from mutasi.planning.naming import names, require_named
from mutasi.planning.request import PlanRequest

REQUEST = PlanRequest.model_validate(
    {
        "pool": {"units": ["U1"], "people": ["1"], "without": ["2"]},
        "posts": {"units": ["U2"], "only": ["P1"], "opening": {"P2": 1, "P3": 2}},
        "temporary": {"until": "2026-09-30", "units": ["U3"]},
        "outcome": [{"name": "person"}],
        "preference": [{"person": "3", "unit": "U4", "post": "P4"}],
        "floor": [{"least": 1}, {"least": 1, "unit": "U5", "family": "nurse"}],
        "most_moves": [{"most": 1, "unit": "U6"}],
        "must": [{"person": "4", "post": "P5"}],
        "must_not": [{"person": "5", "post": "P6"}],
        "keep": [{"person": "6"}],
        "place": [{"person": "7"}],
        "together": [{"person": "8", "other": "9"}],
        "apart": [{"person": "10", "other": "11"}],
    }
)
THERE = {
    "person": {str(number) for number in range(1, 12)},
    "unit": {f"U{number}" for number in range(1, 7)},
    "post": {f"P{number}" for number in range(1, 7)},
    "family": {"nurse"},
}


def test_all_that_is_named_is_told_with_its_field() -> None:
    found = list(names(REQUEST))

    for kind, ids in THERE.items():
        assert {value for _, each, value in found if each == kind} == ids
    assert ("posts.opening.P3", "post", "P3") in found
    assert ("floor.1.family", "family", "nurse") in found
    assert ("together.0.other", "person", "9") in found
    assert len({field for field, _, _ in found}) == len(found) == 24


def test_a_request_of_what_there_is_passes() -> None:
    require_named(REQUEST, THERE)
    require_named(PlanRequest(), dict.fromkeys(THERE, ()))


@pytest.mark.parametrize(("field", "kind", "value"), list(names(REQUEST)))
def test_what_there_is_not_is_named_by_its_field(field: str, kind: str, value: str) -> None:
    there = THERE | {kind: THERE[kind] - {value}}

    with pytest.raises(DemandUnknown) as refused:
        require_named(REQUEST, there)

    assert refused.value.params == {"field": field, "name": kind, "value": value}
