"""Rules about the person alone: standing, sanctions, tenure, appraisals, circumstances."""

from tests.mutasi.rules.verifier.calendar import anniversary
from tests.mutasi.rules.verifier.records import first_day_without, running
from tests.mutasi.rules.verifier.terms import BROKEN, UNKNOWN, Answer, Move

WEIGHTS = {"R": 1, "S": 2, "B": 3}


def active_service(move: Move) -> Answer | None:
    standing = move.person.on_the_day("standings", "standing")
    if standing is None:
        return UNKNOWN
    movable = {f"{code:02}" for code in move.law("standing.movable")}
    return None if standing in movable else BROKEN


def no_running_sanction(move: Move) -> Answer | None:
    least = move.law("standing.blocking_severity")
    weighty = [row for row in move.person.records("sanctions") if WEIGHTS[row["severity"]] >= least]
    free = first_day_without(weighty, move.on, "decided_on", "ended_on")
    return None if free == move.on else Answer(ends_on=free)


def minimum_tenure(move: Move) -> Answer | None:
    if move.person.present_posting is None:
        return UNKNOWN
    began = move.person.present_posting["started_on"]
    possible = anniversary(began, move.law("tenure.minimum_years"))
    return Answer(ends_on=possible) if move.on < possible else None


def maximum_tenure(move: Move) -> Answer | None:
    if move.person.present_posting is None:
        return None
    began = move.person.present_posting["started_on"]
    return BROKEN if move.on >= anniversary(began, move.law("tenure.maximum_years")) else None


def own_request_lock(move: Move) -> Answer | None:
    possible = anniversary(move.person["appointed_on"], move.law("tenure.own_request_years"))
    locked = move.is_own_request and move.on < possible
    return Answer(ends_on=possible) if locked else None


def good_appraisals(move: Move) -> Answer | None:
    predicates, years = move.person.predicates, move.law("performance.years")
    latest = max(predicates, default=0)
    counted = [said for year, said in predicates.items() if year > latest - years]
    if any(said > move.law("performance.worst_predicate") for said in counted):
        return BROKEN
    return UNKNOWN if len(counted) < years else None


def protective_circumstance(move: Move) -> Answer | None:
    told = running(move.person.records("circumstances"), move.on, "since", "until")
    return BROKEN if told else None
