"""Whose decision a move still needs, by its route from one government to another."""

import numpy as np

from mutasi.rules._law import Law
from mutasi.rules._rule import Array, Case, Judgement, Severity, rule
from mutasi.vocabulary import GovernmentKind, Route

ROUTES = tuple(Route)
KINDS = tuple(GovernmentKind)
LOCAL = [KINDS.index(kind) for kind in (GovernmentKind.REGENCY, GovernmentKind.CITY)]
CENTRE, MISSION = KINDS.index(GovernmentKind.CENTRE), KINDS.index(GovernmentKind.MISSION)


def routes(case: Case) -> Array:
    """Return the kind of each move (*jenis mutasi*) as place among ``Route``; -1 if unknown.

    Whether two governments are one is told by their names; what kind they are,
    and in which province, by the records of governments (PP 11/2017 Ps 190).
    """
    one = case.region_code == case.employee_region_code
    if np.all(one):  # the usual question, and the quick answer to it
        is_central = case.government == CENTRE
        within = ROUTES.index(Route.WITHIN_CENTRAL), ROUTES.index(Route.WITHIN_REGIONAL)
        return np.where(is_central, *within)
    here, there = case.employee_government, case.government
    known = (here >= 0) & (there >= 0)
    central = np.isin(here, [CENTRE, MISSION]).astype(int) + np.isin(there, [CENTRE, MISSION])
    local = np.isin(here, LOCAL) & np.isin(there, LOCAL)
    provinces = (case.employee_province_code >= 0) & (case.province_code >= 0)
    same_province = provinces & (case.employee_province_code == case.province_code)
    cases = (
        (one & (there == CENTRE), Route.WITHIN_CENTRAL),
        (one, Route.WITHIN_REGIONAL),
        (known & (there == MISSION), Route.TO_MISSION),
        (central == 2, Route.BETWEEN_CENTRAL),
        (known & (central == 1), Route.REGION_AND_CENTRE),
        (local & same_province, Route.SAME_PROVINCE),
        (known & provinces & ~same_province, Route.OTHER_PROVINCE),
        (known & same_province, Route.PROVINCE_AND_REGENCY),
    )
    conditions = [np.atleast_1d(where) for where, _ in cases]
    return np.select(conditions, [ROUTES.index(route) for _, route in cases], default=-1)


def _of(case: Case, *wanted: Route) -> Array:
    """Return where the move is of one of some kinds."""
    return np.isin(case.once(routes), [ROUTES.index(route) for route in wanted])


@rule(basis="PP 11/2017 Ps 191", severity=Severity.INFORMS)
def approval_within(case: Case, _: Law) -> Judgement:
    """Within one government the appointing officer (PPK) decides, having heard the Tim Penilai."""
    return Judgement(_of(case, Route.WITHIN_REGIONAL, Route.WITHIN_CENTRAL))


@rule(basis="PP 11/2017 Ps 192; Peraturan BKN 5/2019", severity=Severity.INFORMS)
def approval_of_governor(case: Case, _: Law) -> Judgement:
    """Within one province the Governor decides, after BKN's technical consideration.

    It holds between regencies and cities of one province, and between them and the
    province itself. Of two governments that are not one by name, it is unknown which
    approvals are needed where the kind of one is not on record, or where neither is
    of the centre or abroad and the province of one is not on record.
    """
    return Judgement(
        breached=_of(case, Route.SAME_PROVINCE, Route.PROVINCE_AND_REGENCY),
        unknown=case.once(routes) < 0,
    )


@rule(basis="PP 11/2017 Ps 193; Peraturan BKN 5/2019", severity=Severity.INFORMS)
def approval_of_minister(case: Case, _: Law) -> Judgement:
    """Between provinces the Minister of Home Affairs decides, after BKN's consideration.

    Both governments are regional, of provinces that are on record and differ.
    """
    return Judgement(_of(case, Route.OTHER_PROVINCE))


@rule(basis="PP 11/2017 Ps 194; Peraturan BKN 5/2019", severity=Severity.INFORMS)
def approval_of_bkn(case: Case, _: Law) -> Judgement:
    """From or to the central government, and within it, the head of BKN decides.

    It holds between two governments of which one is of the centre; a mission abroad,
    to which or from which one moves, is the centre's. Neither lies in a province, so
    what is on record of one does not matter.
    """
    return Judgement(_of(case, Route.REGION_AND_CENTRE, Route.BETWEEN_CENTRAL, Route.TO_MISSION))


@rule(basis="UU 24/2013; Permendagri 76/2015", severity=Severity.INFORMS)
def approval_of_civil_registry(case: Case, _: Law) -> Judgement:
    """Officials of the civil registry are replaced with the Minister of Home Affairs' consent.

    The post left or the post taken is structural and of that function. Which article
    says so is uncertain, to be confirmed by the legal reviewer.
    """
    return _official(case, "civil_registry")


@rule(basis="PP 72/2019", severity=Severity.INFORMS)
def consultation_on_inspectorate(case: Case, _: Law) -> Judgement:
    """Officials of the inspectorate are replaced after consulting who oversees the government.

    The Governor is consulted on a regency's or city's, the Minister of Home
    Affairs on a province's. The post left or the post taken is structural and of the
    function audit. Which article says so is uncertain, to be confirmed
    by the legal reviewer.
    """
    return _official(case, "audit")


def _official(case: Case, function: str) -> Judgement:
    """Return where a structural post of a function of government is left or taken."""
    taken = case.is_structural & (case.function == function)
    left = case.present_is_structural & (case.present_function == function)
    return Judgement(taken | left)
