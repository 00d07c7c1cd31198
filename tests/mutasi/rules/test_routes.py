"""Every route from one government to another (M3)."""

from itertools import product

import numpy as np

from mutasi.rules import Case
from mutasi.rules.approval import routes
from mutasi.vocabulary import Route
from tests.mutasi.rules.test_cases import DAY, KINDS

UNKNOWN = ""
PROVINCES = [(0, 0), (0, 1), (-1, 0), (0, -1), (-1, -1)]


def route(is_one: bool, here: str, there: str, provinces: tuple[int, int]) -> str:
    """Return the kind of a move; the governments by kind and province."""
    if is_one:
        return Route.WITHIN_CENTRAL if there == "PUSAT" else Route.WITHIN_REGIONAL
    if UNKNOWN in {here, there}:
        return UNKNOWN
    if there == "LN":
        return Route.TO_MISSION
    if {here, there} <= {"PUSAT", "LN"}:
        return Route.BETWEEN_CENTRAL
    if {here, there} & {"PUSAT", "LN"}:
        return Route.REGION_AND_CENTRE
    return within_the_regions(here, there, provinces)


def within_the_regions(here: str, there: str, provinces: tuple[int, int]) -> str:
    if -1 in provinces:
        return UNKNOWN
    if provinces[0] != provinces[1]:
        return Route.OTHER_PROVINCE
    return Route.PROVINCE_AND_REGENCY if "PROV" in {here, there} else Route.SAME_PROVINCE


def found(moves: list[tuple[bool, str, str, tuple[int, int]]]) -> list[str]:
    codes = {kind: code for code, kind in enumerate(KINDS)} | {UNKNOWN: -1}
    table = {
        "region_code": [0 for _ in moves],
        "employee_region_code": [int(not is_one) for is_one, *_ in moves],
        "employee_government": [codes[here] for _, here, _, _ in moves],
        "government": [codes[there] for _, _, there, _ in moves],
        "employee_province_code": [province for *_, (province, _) in moves],
        "province_code": [province for *_, (_, province) in moves],
    }
    case = Case(DAY, len(moves), lambda name: np.array(table[name]))
    names: dict[int, str] = {**dict(enumerate(Route)), -1: UNKNOWN}
    return [names[place] for place in routes(case).tolist()]


def test_m3_every_route_is_told_by_kind_and_province() -> None:
    kinds = [*KINDS, UNKNOWN]
    moves = list(product([True, False], kinds, kinds, PROVINCES))

    assert found(moves) == [route(*move) for move in moves]


def test_m3_moves_within_one_government_alone_are_told_as_among_others() -> None:
    moves = [(True, kind, kind, (0, 0)) for kind in [*KINDS, UNKNOWN]]

    assert found(moves) == [route(*move) for move in moves]
